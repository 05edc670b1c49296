// A slider with a name, its value as text, and a button that returns to the chosen value.

import { element } from "./canvas.js";

let count = 0;

export class KnobRow extends HTMLElement {
  private readonly input = element("input", { type: "range" });
  private readonly output = element("output");
  private readonly back = element("button", { type: "button", className: "link" }, "auto");
  private touched = false;
  private usual = 0;
  /** Formats a value. */
  say: (value: number) => string = (value) => `${Math.round(100 * value)} %`;

  connectedCallback(): void {
    const name = this.getAttribute("label") ?? "";
    const { input } = this;
    input.id = `knob-${++count}`;
    input.min = this.place(Number(this.getAttribute("min")));
    input.max = this.place(Number(this.getAttribute("max")));
    input.step = this.isLog ? "any" : (this.getAttribute("step") ?? "any");
    this.back.title = "Back to the chosen value";
    this.back.setAttribute("aria-label", `${name}: back to what was chosen`);
    input.oninput = () => this.turned(false);
    input.onchange = () => this.turned(true);
    this.back.onclick = () => {
      this.value = null;
      this.tell(true);
      input.focus();
    };
    const label = element("label", { htmlFor: input.id }, name);
    this.append(
      element("div", { className: "head" }, label, this.output, this.back),
      input,
      element(
        "div",
        { className: "ends", ariaHidden: "true" },
        element("span", {}, this.getAttribute("low") ?? ""),
        element("span", {}, this.getAttribute("high") ?? ""),
      ),
    );
    this.show();
  }

  /** The user's value; null if the choice is left to the rule. */
  get value(): number | null {
    return this.touched ? this.raw : null;
  }

  /** Restores an earlier value. */
  set value(value: number | null) {
    this.touched = value !== null;
    if (value !== null) this.input.value = this.place(value);
    this.show();
  }

  /** The value that the rule chooses. */
  set chosen(value: number) {
    this.usual = value;
    if (!this.touched) this.show();
  }

  set enabled(on: boolean) {
    this.input.disabled = !on;
    this.classList.toggle("off", !on);
    this.back.hidden = !on || !this.touched;
  }

  private get isLog(): boolean {
    return this.getAttribute("scale") === "log";
  }

  private get raw(): number {
    const at = this.input.valueAsNumber;
    return this.isLog ? Number((2 ** at).toPrecision(3)) : at;
  }

  private place(value: number): string {
    return String(this.isLog ? Math.log2(value) : value);
  }

  private turned(ended: boolean): void {
    this.touched = true;
    this.show();
    this.tell(ended);
  }

  private tell(ended: boolean): void {
    this.dispatchEvent(new CustomEvent("knob", { detail: { ended }, bubbles: true }));
  }

  private show(): void {
    if (!this.touched) this.input.value = this.place(this.usual);
    const text = this.say(this.touched ? this.raw : this.usual);
    this.output.textContent = text;
    this.input.setAttribute("aria-valuetext", this.touched ? text : `${text}, chosen`);
    this.back.hidden = !this.touched || this.input.disabled;
  }
}
customElements.define("knob-row", KnobRow);
