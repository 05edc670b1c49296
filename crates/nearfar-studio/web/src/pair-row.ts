// A row of the list of many pairs: two pictures, their hybrid, and its progress.

import { element } from "./canvas.js";
import { fileName, save } from "./files.js";

export type State = "half" | "waiting" | "going" | "done" | "failed";

/** Size of a thumbnail in the list, in CSS pixels. */
const THUMB = { width: 76, height: 60 };

/** A row of the list. */
export class PairRow {
  state: State;
  png: Blob | null = null;
  /** Whether the hybrid was saved. */
  isKept = false;
  private text = "";
  /** Counts redraws, so that outdated pictures are not drawn. */
  private drawings = 0;
  readonly item = element("li", { className: "pair" });
  private readonly pics = [element("canvas"), element("canvas"), element("canvas")] as const;
  private readonly names = element("span", { className: "names" });
  private readonly word = element("span", { className: "word" });
  private readonly notes = element("span", { className: "notes" });
  private readonly bar = element("progress", { max: 1, value: 0 });
  private readonly buttons = {
    save: element("button", { type: "button" }, "Save"),
    open: element("button", { type: "button" }, "Open"),
    swap: element("button", { type: "button" }, "Swap"),
    remove: element("button", { type: "button" }, "Remove"),
  };

  constructor(
    public near: File,
    public far: File | null,
    on: { open(row: PairRow): void; remove(row: PairRow): void; change(): void },
  ) {
    this.state = far ? "waiting" : "half";
    for (const canvas of this.pics) {
      canvas.width = THUMB.width * 2;
      canvas.height = THUMB.height * 2;
      canvas.setAttribute("aria-hidden", "true");
    }
    const { save: keep, open, swap, remove } = this.buttons;
    keep.onclick = () => {
      if (!this.png) return;
      save(this.png, this.fileName, "image/png");
      this.isKept = true;
      on.change();
    };
    open.onclick = () => on.open(this);
    remove.onclick = () => on.remove(this);
    swap.onclick = () => {
      if (!this.far) return;
      [this.near, this.far] = [this.far, this.near];
      this.png = null;
      this.tell("waiting");
      this.draw();
      on.change();
    };
    this.item.append(
      element("span", { className: "pics" }, ...this.pics),
      element("div", { className: "about" }, this.names, this.word, this.notes, this.bar),
      element("div", { className: "row" }, ...Object.values(this.buttons)),
    );
    this.tell(this.state);
    this.draw();
  }

  get fileName(): string {
    return fileName([this.near.name, this.far?.name ?? ""], ".png");
  }

  complete(near: File, far: File): void {
    [this.near, this.far] = [near, far];
    this.tell("waiting");
    this.draw();
  }

  progress(share: number): void {
    this.bar.value = share;
  }

  /** Shows the state, and notes, one sentence each. */
  tell(state: State, text = "", notes: string[] = []): void {
    this.state = state;
    this.text = text;
    const { near, far } = this;
    const name = (label: string, className: string, of: string) =>
      element("span", { title: of }, element("b", { className }, label), of);
    this.names.replaceChildren(name("NEAR", "n", near.name), name("FAR", "f", far?.name ?? "missing"));
    const words: Record<State, string> = {
      half: "Add one more picture to complete this pair.",
      waiting: "Ready to be made.",
      going: "Being made …",
      done: this.text || "Done.",
      failed: this.text,
    };
    this.item.dataset["state"] = state;
    this.word.textContent = words[state];
    this.notes.replaceChildren(...notes.map((note) => element("span", {}, note)));
    this.notes.hidden = notes.length === 0;
    this.bar.hidden = state !== "going";
    this.bar.setAttribute("aria-label", `How far ${this.fileName} is`);
    this.bar.value = 0;
    const { save: keep, open, swap, remove } = this.buttons;
    keep.hidden = state !== "done";
    open.hidden = state === "half";
    swap.hidden = state === "half";
    for (const button of [open, swap, remove]) button.disabled = state === "going";
    const pair = far ? `${near.name} and ${far.name}` : near.name;
    for (const [what, button] of Object.entries(this.buttons)) {
      button.setAttribute("aria-label", `${what.charAt(0).toUpperCase()}${what.slice(1)} ${what === "save" ? this.fileName : pair}`);
    }
  }

  /** Draws the pictures one after the other, so that few are in memory at a time. */
  async draw(): Promise<void> {
    const drawing = ++this.drawings;
    for (const [i, blob] of [this.near, this.far, this.png].entries()) {
      if (drawing !== this.drawings) return;
      const canvas = this.pics[i] as HTMLCanvasElement;
      canvas.hidden = blob === null;
      const context = canvas.getContext("2d");
      context?.clearRect(0, 0, canvas.width, canvas.height);
      // The program may still read a file that the browser cannot; the name must do here.
      const bitmap = blob && (await createImageBitmap(blob, { resizeHeight: 2 * THUMB.height, resizeQuality: "medium" }).catch(() => null));
      if (!bitmap) continue;
      if (drawing !== this.drawings) return bitmap.close();
      const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      context?.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
      bitmap.close();
    }
  }
}
