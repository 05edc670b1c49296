// A slot for a picture: pick or drop a file, and see it.

import { element, paint } from "./canvas.js";
import type { PhotoInfo, Side } from "./protocol.js";

const ASK = [
  ["NEAR", "seen up close"],
  ["FAR", "seen from afar"],
] as const;

export class PhotoSlot extends HTMLElement {
  private readonly input = element("input", { type: "file", accept: "image/*,.heic,.heif,.png,.jpg,.jpeg,.webp" });
  private readonly label = element("label");
  private readonly canvas = element("canvas");
  private busy: HTMLElement | null = null;

  get side(): Side {
    return Number(this.getAttribute("side")) as Side;
  }

  connectedCallback(): void {
    this.input.onchange = () => {
      const files = [...(this.input.files ?? [])];
      this.input.value = "";
      this.dispatchEvent(new CustomEvent("files", { detail: files, bubbles: true }));
    };
    this.input.multiple = true;
    this.append(this.label);
    this.clear();
  }

  clear(): void {
    const [name, what] = ASK[this.side];
    this.classList.remove("full");
    this.input.setAttribute("aria-label", `Choose the ${name} picture, ${what}`);
    const ask = element("span", { className: "ask" });
    ask.append(element("b", {}, name), element("span", {}, what), element("span", { className: "pick" }, "Choose a picture"));
    ask.append(element("span", { className: "drop" }, "or drop or paste it here"));
    this.label.replaceChildren(ask, this.input);
  }

  /** Shows that something is being read; null ends that. */
  wait(text: string | null): void {
    this.busy?.remove();
    this.busy = null;
    if (text) {
      this.busy = element("div", { className: "busy" }, text);
      this.append(this.busy);
    }
  }

  show(name: string, info: PhotoInfo): void {
    const [label] = ASK[this.side];
    this.classList.add("full");
    paint(this.canvas, info.thumb);
    this.input.setAttribute("aria-label", `${label} is ${name}; choose another picture`);
    this.label.title = `${name}, ${info.width} × ${info.height}`;
    this.label.replaceChildren(
      this.canvas,
      element("span", { className: "name" }, element("b", {}, label), name),
      this.input,
    );
  }
}
customElements.define("photo-slot", PhotoSlot);
