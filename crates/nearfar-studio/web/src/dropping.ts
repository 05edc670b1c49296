// Files dropped on the page or pasted into it.

import type { PhotoSlot } from "./photo-slot.js";
import type { Side } from "./protocol.js";

/** `took` is called with the files and, if they were dropped on a picture's slot, its side. */
export function takeDropped(took: (files: File[], side?: Side) => void): void {
  let inside = 0;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const dropping = (on: boolean) => document.body.classList.toggle("dropping", on);
  addEventListener("dragenter", (event) => {
    if (hasFiles(event)) dropping(++inside > 0);
  });
  addEventListener("dragleave", (event) => {
    if (hasFiles(event)) dropping(--inside > 0);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    inside = 0;
    dropping(false);
    const slot = (event.target as Element | null)?.closest?.("photo-slot") as PhotoSlot | null;
    took([...(event.dataTransfer?.files ?? [])], slot?.side);
  });
  addEventListener("paste", (event) => {
    const files = [...((event as ClipboardEvent).clipboardData?.files ?? [])];
    if (files.length > 0) took(files);
  });
}
