// Messages at the bottom of the page.

import { byId, element } from "./canvas.js";

export interface Manner {
  /** Text shown as code: input, or a program's output. */
  code?: string | undefined;
  /** Whether it stays until closed, because it says what to do elsewhere. */
  stays?: boolean | undefined;
}

/** Most messages at a time. */
const MOST = 3;

export function toast(text: string, { code, stays = false }: Manner = {}): void {
  const box = byId("toast");
  const close = element("button", { type: "button", className: "close", ariaLabel: "Close" }, "×");
  const said = element("div", { className: "said" }, element("p", {}, text), close);
  if (code) said.firstElementChild?.append(element("br"), element("code", {}, code));
  said.classList.toggle("stays", stays);
  close.onclick = () => said.remove();
  for (const other of [...box.children]) if (other.textContent === said.textContent) other.remove();
  box.append(said);
  while (box.childElementCount > MOST) box.firstElementChild?.remove();
  if (!stays) setTimeout(() => said.remove(), code ? 12000 : 7000);
}

/** Clears messages about an earlier picture. */
export function hush(): void {
  byId("toast").replaceChildren();
}
