// Two pictures in one place, with a divider between them.

import { element, paint } from "./canvas.js";
import type { Frame } from "./protocol.js";

export class TwoUp extends HTMLElement {
  private readonly left = element("canvas", { width: 4, height: 3 });
  private readonly right = element("canvas", { width: 4, height: 3, className: "right" });
  private readonly tags = [element("span", { className: "tag l" }), element("span", { className: "tag r" })] as const;

  connectedCallback(): void {
    const bar = element("input", { type: "range", min: "0", max: "100", value: "50", step: "0.5" });
    bar.setAttribute("aria-label", "Where the left picture ends and the right one begins");
    bar.oninput = () => this.style.setProperty("--at", `${bar.value}%`);
    for (const canvas of [this.left, this.right]) canvas.setAttribute("aria-hidden", "true");
    this.append(
      element("div", { className: "both" }, this.left, this.right),
      element("div", { className: "bar" }),
      ...this.tags,
      bar,
    );
  }

  /** Shows an empty area of the same shape on the right, while there is no picture. */
  wait({ width, height }: Frame, name: string): void {
    Object.assign(this.right, { width, height });
    this.right.classList.add("empty");
    this.tags[1].textContent = name;
  }

  show(side: "left" | "right", frame: Frame, name: string): void {
    paint(this[side], frame);
    this[side].classList.remove("empty");
    this.tags[side === "left" ? 0 : 1].textContent = name;
  }
}
customElements.define("two-up", TwoUp);
