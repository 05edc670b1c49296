// A picture with points on it: their positions, and which one a finger means. Positions are in the file's pixels.

import { element, paint } from "./canvas.js";
import { Sight } from "./loupe.js";
import type { Frame, Side } from "./protocol.js";

export type Place = [number, number];

export const NAMES = ["NEAR", "FAR"] as const;
/** How near to a point a finger or a mouse must come to take it, in CSS pixels. */
const REACH = { finger: 26, mouse: 14 };
/** Step of the keyboard's cross, relative to the picture. */
const STRIDE = 1 / 50;

export class PointsPad {
  private readonly canvas = element("canvas", { width: 4, height: 3 });
  private readonly cross = element("span", { className: "cross", ariaHidden: "true" });
  readonly sight = new Sight(this.canvas);
  readonly box = element("div", { className: "pad", tabIndex: 0 }, this.canvas, this.cross);
  readonly figure: HTMLElement;
  readonly dots: HTMLButtonElement[] = [];
  /** Position of the keyboard's cross. */
  at: Place = [0, 0];

  constructor(private readonly side: Side) {
    const name = NAMES[side];
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", name);
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", `${name}: arrow keys move a cross, Enter sets a point there`);
    this.figure = element("figure", {}, element("figcaption", {}, name), this.box);
  }

  /** Takes another picture; `width` and `height` are those of its file. */
  take(frame: Frame, blob: Blob, width: number, height: number): void {
    paint(this.canvas, frame);
    this.sight.take(blob, width, height);
    this.at = [Math.round(width / 2), Math.round(height / 2)];
    this.box.style.setProperty("--aspect", String(width / height));
  }

  /** Step of the cross for one key press, in pixels. */
  get stride(): number {
    return Math.max(1, Math.round(STRIDE * Math.max(this.sight.width, this.sight.height)));
  }

  has([x, y]: Place): boolean {
    const { width, height } = this.sight;
    return x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5;
  }

  /** The nearest position inside the picture, to a tenth of a pixel. */
  inside([x, y]: Place): Place {
    const round = (v: number, most: number) => Math.round(10 * Math.min(most - 1, Math.max(0, v))) / 10;
    return [round(x, this.sight.width), round(y, this.sight.height)];
  }

  /** The position of a pointer. */
  place(event: PointerEvent): Place {
    const box = this.canvas.getBoundingClientRect();
    const part = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] as const;
    return this.inside([part[0] * this.sight.width - 0.5, part[1] * this.sight.height - 0.5]);
  }

  /** The point nearest to a pointer, if one is within reach: the buttons of points may overlap. */
  nearest(points: Place[], event: PointerEvent): number | null {
    const box = this.canvas.getBoundingClientRect();
    const { width, height } = this.sight;
    const away = points.map(([x, y]) => {
      const at = [box.left + ((x + 0.5) / width) * box.width, box.top + ((y + 0.5) / height) * box.height] as const;
      return Math.hypot(at[0] - event.clientX, at[1] - event.clientY);
    });
    const least = Math.min(...away);
    return least <= (event.pointerType === "mouse" ? REACH.mouse : REACH.finger) ? away.indexOf(least) : null;
  }

  /** Places a button at each point. `made` is called for every new button. */
  lay(points: Place[], chosen: number | null, made: (dot: HTMLButtonElement, index: number) => void): void {
    const { dots } = this;
    while (dots.length > points.length) dots.pop()?.remove();
    while (dots.length < points.length) {
      const dot = element("button", { type: "button", className: "dot" }, element("span", {}, String(dots.length + 1)));
      made(dot, dots.length);
      dots.push(dot);
      this.box.append(dot);
    }
    this.put(this.cross, this.at);
    for (const [i, dot] of dots.entries()) {
      const [x, y] = points[i] as Place;
      this.put(dot, [x, y]);
      dot.classList.toggle("chosen", i === chosen);
      dot.setAttribute("aria-label", `Point ${i + 1} in ${NAMES[this.side]}, at ${Math.round(x)}, ${Math.round(y)}`);
    }
  }

  private put(what: HTMLElement, [x, y]: Place): void {
    what.style.left = `${(100 * (x + 0.5)) / this.sight.width}%`;
    what.style.top = `${(100 * (y + 0.5)) / this.sight.height}%`;
  }
}
