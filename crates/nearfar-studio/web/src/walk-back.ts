// Walking back: a slider in metres below the curve that shows which picture is seen from where.

import { element, metres } from "./canvas.js";
import type { Percept } from "./protocol.js";

/** Start of the slider, in metres. */
export const NEAREST = 0.2;
const STEPS = 1000;
const HEIGHT = 74;

const TEMPLATE = `<div class="tags" aria-hidden="true"><span class="n">NEAR is seen</span><span class="f">FAR is seen</span></div>
<svg viewBox="0 0 1000 74" preserveAspectRatio="none" aria-hidden="true"><path class="area-n"/><path class="area-f"/>
<line class="even" x1="0" x2="1000" y1="37" y2="37"/><path class="curve"/><line class="here" y1="0" y2="74"/></svg>`;

export class WalkBack extends HTMLElement {
  private readonly input = element("input", { type: "range", min: "0", max: String(STEPS), step: "1", value: "0" });
  private readonly scale = element("div", { className: "scale", ariaHidden: "true" });
  private readonly output = element("output");
  private farthest = 12;
  private seen: Percept | null = null;

  connectedCallback(): void {
    this.innerHTML = TEMPLATE;
    this.input.setAttribute("aria-label", "How far away you stand");
    this.append(this.input, this.scale, this.output);
    this.input.oninput = () => this.tell();
    // The width decides how many marks fit.
    new ResizeObserver(() => this.clientWidth > 0 && this.draw()).observe(this);
    this.metres = NEAREST;
  }

  get metres(): number {
    return NEAREST * (this.farthest / NEAREST) ** (this.input.valueAsNumber / STEPS);
  }

  set metres(distance: number) {
    const at = Math.log(distance / NEAREST) / Math.log(this.farthest / NEAREST);
    this.input.value = String(Math.round(STEPS * Math.min(1, Math.max(0, at))));
    this.show();
  }

  /** Whether the viewer has moved away from the picture. */
  get isAway(): boolean {
    return this.input.valueAsNumber > 0;
  }

  get nearest(): number {
    return NEAREST;
  }

  get most(): number {
    return this.farthest;
  }

  set percept(percept: Percept | null) {
    const here = this.metres;
    const away = this.isAway;
    this.seen = percept;
    const end = percept?.far ?? percept?.even ?? percept?.near ?? 5;
    // At least 1.9 times as far as needed, rounded up to a round number.
    this.farthest = [2, 3, 5, 8, 12, 20, 30, 50, 80].find((round) => round >= 1.9 * end) ?? 120;
    this.metres = away ? here : NEAREST;
    this.draw();
  }

  private tell(): void {
    this.show();
    this.dispatchEvent(new CustomEvent("walk", { bubbles: true }));
  }

  private x(distance: number): number {
    return (1000 * Math.log(distance / NEAREST)) / Math.log(this.farthest / NEAREST);
  }

  private draw(): void {
    const set = (selector: string, d: string) => this.querySelector(selector)?.setAttribute("d", d);
    const y = (p: number) => HEIGHT * (0.5 - 0.47 * p);
    const curve = this.seen?.curve ?? [];
    const inside: [number, number][] = [];
    const first = curve[0];
    const last = curve.at(-1);
    if (first && last) {
      inside.push([0, y(valueAt(curve, NEAREST))]);
      for (const [distance, p] of curve) {
        if (distance > NEAREST && distance < this.farthest) inside.push([this.x(distance), y(p)]);
      }
      inside.push([1000, y(valueAt(curve, this.farthest))]);
    }
    const path = inside.map(([px, py], i) => `${i ? "L" : "M"}${px.toFixed(1)} ${py.toFixed(1)}`).join("");
    set(".curve", path);
    const middle = HEIGHT / 2;
    const area = (clip: (v: number) => number) =>
      inside.length
        ? `M0 ${middle}${inside.map(([px, py]) => `L${px.toFixed(1)} ${clip(py).toFixed(1)}`).join("")}L1000 ${middle}Z`
        : "";
    set(".area-n", area((v) => Math.min(v, middle)));
    set(".area-f", area((v) => Math.max(v, middle)));
    // Marks need some space, and so does the last one.
    const room = 52 / Math.max(200, this.clientWidth);
    const marks: number[] = [];
    for (const mark of [NEAREST, 0.5, 1, 2, 4, 8, 16, 32, 64]) {
      const at = this.x(mark) / 1000;
      if (at <= 1 - 1.2 * room && (marks.length === 0 || at - this.x(marks.at(-1) as number) / 1000 > room)) marks.push(mark);
    }
    this.scale.replaceChildren(
      ...[...marks, this.farthest].map((mark) => {
        const label = element("span", {}, metres(mark));
        label.style.left = `${this.x(mark) / 10}%`;
        return label;
      }),
    );
    this.show();
  }

  private show(): void {
    const text = this.isAway ? `as seen from ${metres(this.metres)}` : "the picture as it is";
    this.output.textContent = text[0]?.toUpperCase() + text.slice(1);
    const p = this.seen && valueAt(this.seen.curve, this.metres);
    const what = p === null ? "" : p > 0.25 ? ", NEAR is seen" : p < -0.25 ? ", FAR is seen" : ", neither is clear";
    this.input.setAttribute("aria-valuetext", text + what);
    const here = String(this.input.valueAsNumber);
    for (const end of ["x1", "x2"]) this.querySelector(".here")?.setAttribute(end, here);
  }
}

/** The percept at a distance, interpolated linearly in its logarithm. */
function valueAt(curve: [number, number][], distance: number): number {
  const after = curve.findIndex(([d]) => d >= distance);
  if (after < 0) return curve.at(-1)?.[1] ?? 0;
  const [d1, p1] = curve[after] as [number, number];
  const before = curve[after - 1];
  if (!before) return p1;
  const [d0, p0] = before;
  return p0 + ((p1 - p0) * Math.log(distance / d0)) / Math.log(d1 / d0);
}
customElements.define("walk-back", WalkBack);
