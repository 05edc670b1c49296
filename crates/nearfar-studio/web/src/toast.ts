// A word at the bottom of the page.

import { byId, element } from "./canvas.js";

let timer = 0;

export function toast(text: string, code?: string): void {
  const box = byId("toast");
  box.replaceChildren(text);
  if (code) box.append(element("br"), element("code", {}, code));
  clearTimeout(timer);
  timer = setTimeout(() => box.replaceChildren(), code ? 12000 : 7000);
}
