// The same things in both pictures: points to drag, with a loupe, by mouse, touch or keyboard, and a way back.

import { element, paint } from "./canvas.js";
import type { Frame, PointPair, Side } from "./protocol.js";

const SIDES = ["near", "far"] as const;
const NAMES = ["NEAR", "FAR"] as const;
const LOUPE = 116;
/** Canvas pixels across the loupe. */
const LOUPE_SEES = 36;

interface Pad {
  box: HTMLElement;
  canvas: HTMLCanvasElement;
  /** The picture's size in its file, in whose pixels points are. */
  width: number;
  height: number;
  dots: HTMLButtonElement[];
}

export class PointsEditor extends HTMLElement {
  private pads: [Pad, Pad] | null = null;
  private pairs: PointPair[] = [];
  private past: PointPair[][] = [];
  private faces: PointPair[] = [];
  private readonly result = element("canvas", { width: 4, height: 3 });
  private readonly loupe = element("canvas", { className: "loupe", width: LOUPE, height: LOUPE, hidden: true });
  private readonly undo = element("button", { type: "button" }, "Undo");
  private readonly clear = element("button", { type: "button" }, "Remove all");
  private readonly fromFaces = element("button", { type: "button" }, "Start from the faces");
  private readonly status = element("p", { className: "quiet help" });

  connectedCallback(): void {
    this.pads = [this.pad(0), this.pad(1)];
    const open = element("button", { type: "button" }, "Open a points file");
    const keep = element("button", { type: "button" }, "Save the points");
    const file = element("input", { type: "file", accept: ".toml,.json", hidden: true });
    file.setAttribute("aria-label", "A points file");
    file.tabIndex = -1;
    open.onclick = () => file.click();
    file.onchange = () => {
      const [chosen] = file.files ?? [];
      file.value = "";
      if (chosen) this.dispatchEvent(new CustomEvent("points-open", { detail: chosen, bubbles: true }));
    };
    keep.onclick = () => this.dispatchEvent(new CustomEvent("points-save", { bubbles: true }));
    this.undo.onclick = () => this.goBack();
    this.clear.onclick = () => this.change([], true);
    this.fromFaces.onclick = () => this.change(structuredClone(this.faces), true);
    this.onkeydown = (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        this.goBack();
      }
    };
    this.result.setAttribute("role", "img");
    this.result.setAttribute("aria-label", "What comes of it");
    const result = element("figure", { className: "result" }, element("figcaption", {}, "What comes of it"), this.result);
    const figures = this.pads.map((pad) => pad.box.parentElement as HTMLElement);
    const pads = element("div", { className: "pads" }, ...figures, result);
    const row = element("div", { className: "row" }, this.undo, this.clear, this.fromFaces, open, keep, file);
    this.append(pads, this.loupe, row, this.status);
    this.show();
  }

  get points(): PointPair[] {
    return this.pairs;
  }

  /** Points from a file, or none. */
  set points(pairs: PointPair[]) {
    this.change(pairs, true);
  }

  /** Which of some points lies in no picture, in words; none if all lie in theirs. */
  outside(pairs: PointPair[]): string | null {
    for (const [i, pair] of pairs.entries()) {
      for (const side of [0, 1] as const) {
        const { width, height } = this.pads?.[side] ?? { width: 0, height: 0 };
        const [x, y] = pair[SIDES[side]];
        if (x >= -0.5 && y >= -0.5 && x <= width - 0.5 && y <= height - 0.5) continue;
        return `point ${i + 1} lies at ${x}, ${y}, outside ${NAMES[side]}, which has ${width} × ${height} pixels. It may be of other pictures.`;
      }
    }
    return null;
  }

  /** Points of the same pictures, as they were; nobody is told. */
  restore(pairs: PointPair[]): void {
    this.pairs = pairs;
    this.show();
  }

  set suggested(pairs: PointPair[]) {
    this.faces = pairs;
    this.show();
  }

  /** Another picture: its points are other ones. */
  picture(side: Side, frame: Frame, width: number, height: number): void {
    const pad = this.pads?.[side];
    if (!pad) return;
    paint(pad.canvas, frame);
    Object.assign(pad, { width, height });
    this.show();
  }

  preview(frame: Frame): void {
    paint(this.result, frame);
  }

  forget(): void {
    this.pairs = [];
    this.past = [];
    this.faces = [];
    this.show();
  }

  private pad(side: Side): Pad {
    const canvas = element("canvas", { width: 4, height: 3 });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `${NAMES[side]}: click to set a point`);
    const box = element("div", { className: "pad" }, canvas);
    const pad: Pad = { box, canvas, width: 1, height: 1, dots: [] };
    element("figure", {}, element("figcaption", {}, NAMES[side]), box);
    canvas.onpointerdown = (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      const at = this.place(pad, event);
      const other = this.elsewhere(side, at);
      this.change([...this.pairs, side === 0 ? { near: at, far: other } : { near: other, far: at }], false);
      this.drag(side, this.pairs.length - 1, event);
    };
    return pad;
  }

  /** Where a new point of one picture probably is in the other: moved as its nearest neighbour is, or at the same part. */
  private elsewhere(side: Side, at: [number, number]): [number, number] {
    const [from, to] = (side === 0 ? [0, 1] : [1, 0]) as [Side, Side];
    const [here, there] = [this.pads?.[from], this.pads?.[to]] as [Pad, Pad];
    const known = this.pairs
      .map((pair) => [pair[SIDES[from]], pair[SIDES[to]]] as const)
      .sort(([a], [b]) => Math.hypot(a[0] - at[0], a[1] - at[1]) - Math.hypot(b[0] - at[0], b[1] - at[1]))[0];
    const scale = [there.width / here.width, there.height / here.height] as const;
    const guess: [number, number] = known
      ? [known[1][0] + (at[0] - known[0][0]) * scale[0], known[1][1] + (at[1] - known[0][1]) * scale[1]]
      : [at[0] * scale[0], at[1] * scale[1]];
    return this.inside(there, guess);
  }

  private inside(pad: Pad, [x, y]: [number, number]): [number, number] {
    const round = (v: number, most: number) => Math.round(10 * Math.min(most - 1, Math.max(0, v))) / 10;
    return [round(x, pad.width), round(y, pad.height)];
  }

  private place(pad: Pad, event: PointerEvent): [number, number] {
    const box = pad.canvas.getBoundingClientRect();
    const part = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] as const;
    return this.inside(pad, [part[0] * pad.width - 0.5, part[1] * pad.height - 0.5]);
  }

  private drag(side: Side, index: number, event: PointerEvent): void {
    const pad = this.pads?.[side];
    const dot = pad?.dots[index];
    if (!pad || !dot) return;
    dot.setPointerCapture(event.pointerId);
    dot.focus({ preventScroll: true });
    let moved = false;
    const grip = this.pairs[index]?.[SIDES[side]] ?? [0, 0];
    const start = this.place(pad, event);
    const offset = [grip[0] - start[0], grip[1] - start[1]] as const;
    this.look(pad, side, index, event);
    dot.onpointermove = (next) => {
      if (next.pointerId !== event.pointerId) return;
      moved = true;
      const [x, y] = this.place(pad, next);
      this.move(side, index, [x + offset[0], y + offset[1]], false);
      this.look(pad, side, index, next);
    };
    dot.onlostpointercapture = () => {
      dot.onpointermove = null;
      dot.onlostpointercapture = null;
      this.loupe.hidden = true;
      if (moved || this.pairs.length > 0) this.tell(true);
    };
  }

  private look(pad: Pad, side: Side, index: number, event: PointerEvent): void {
    const point = this.pairs[index]?.[SIDES[side]];
    const context = this.loupe.getContext("2d");
    if (!point || !context) return;
    const scale = pad.canvas.width / pad.width;
    const [x, y] = [(point[0] + 0.5) * scale, (point[1] + 0.5) * scale];
    context.imageSmoothingEnabled = false;
    context.fillStyle = "#808080";
    context.fillRect(0, 0, LOUPE, LOUPE);
    const half = LOUPE_SEES / 2;
    context.drawImage(pad.canvas, x - half, y - half, LOUPE_SEES, LOUPE_SEES, 0, 0, LOUPE, LOUPE);
    context.strokeStyle = "#fff";
    context.lineWidth = 3;
    for (const color of ["#000", "#fff"]) {
      context.strokeStyle = color;
      context.beginPath();
      context.moveTo(LOUPE / 2, LOUPE / 2 - 14);
      context.lineTo(LOUPE / 2, LOUPE / 2 + 14);
      context.moveTo(LOUPE / 2 - 14, LOUPE / 2);
      context.lineTo(LOUPE / 2 + 14, LOUPE / 2);
      context.stroke();
      context.lineWidth = 1;
    }
    const frame = this.getBoundingClientRect();
    this.style.position = "relative";
    // Above the finger, or below it at the top of the screen.
    const above = event.clientY > LOUPE + 50;
    this.loupe.style.left = `${Math.min(frame.width - LOUPE, Math.max(0, event.clientX - frame.left - LOUPE / 2))}px`;
    this.loupe.style.top = `${event.clientY - frame.top + (above ? -LOUPE - 34 : 40)}px`;
    this.loupe.hidden = false;
  }

  private move(side: Side, index: number, to: [number, number], ended: boolean): void {
    const pad = this.pads?.[side];
    const pair = this.pairs[index];
    if (!pad || !pair) return;
    pair[SIDES[side]] = this.inside(pad, to);
    this.lay();
    this.tell(ended);
  }

  private key(side: Side, index: number, event: KeyboardEvent): void {
    const step = event.shiftKey ? 10 : 1;
    const ways: Record<string, [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const way = ways[event.key];
    if (way) {
      event.preventDefault();
      if (!event.repeat) this.remember();
      const [x, y] = this.pairs[index]?.[SIDES[side]] ?? [0, 0];
      this.move(side, index, [x + way[0], y + way[1]], true);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.change(this.pairs.filter((_, i) => i !== index), true);
      this.pads?.[side].dots[Math.min(index, this.pairs.length - 1)]?.focus();
    }
  }

  private remember(): void {
    this.past.push(structuredClone(this.pairs));
    if (this.past.length > 100) this.past.shift();
  }

  private change(pairs: PointPair[], tell: boolean): void {
    this.remember();
    this.pairs = pairs;
    this.show();
    if (tell) this.tell(true);
  }

  private goBack(): void {
    const pairs = this.past.pop();
    if (!pairs) return;
    this.pairs = pairs;
    this.show();
    this.tell(true);
  }

  private tell(ended: boolean): void {
    this.undo.disabled = this.past.length === 0;
    this.dispatchEvent(new CustomEvent("points", { detail: { ended }, bubbles: true }));
  }

  private show(): void {
    for (const side of [0, 1] as const) {
      const pad = this.pads?.[side];
      if (!pad) continue;
      while (pad.dots.length > this.pairs.length) pad.dots.pop()?.remove();
      while (pad.dots.length < this.pairs.length) {
        const index = pad.dots.length;
        const dot = element("button", { type: "button", className: "dot" }, element("span", {}, String(index + 1)));
        dot.onpointerdown = (event) => {
          if (event.button !== 0) return;
          event.preventDefault();
          this.remember();
          this.drag(side, index, event);
        };
        dot.onkeydown = (event) => this.key(side, index, event);
        pad.dots.push(dot);
        pad.box.append(dot);
      }
    }
    this.lay();
    this.undo.disabled = this.past.length === 0;
    this.clear.disabled = this.pairs.length === 0;
    this.fromFaces.hidden = this.faces.length === 0;
    const few = this.pairs.length;
    this.status.textContent =
      few === 0
        ? "Click where the same thing is in both pictures: an eye, a corner. Then drag its twin into place. Until there are two pairs, the pictures are fitted by themselves."
        : few === 1
          ? "One more pair is needed. Arrow keys move a point, Shift moves it ten pixels, Delete removes it."
          : "Drag, or use the arrow keys (Shift: ten pixels); Delete removes a pair. 2 pairs turn and scale FAR, 3 shear it too, 4 give it perspective, more bend it.";
  }

  private lay(): void {
    for (const side of [0, 1] as const) {
      const pad = this.pads?.[side];
      pad?.dots.forEach((dot, i) => {
        const [x, y] = this.pairs[i]?.[SIDES[side]] ?? [0, 0];
        dot.style.left = `${(100 * (x + 0.5)) / pad.width}%`;
        dot.style.top = `${(100 * (y + 0.5)) / pad.height}%`;
        dot.setAttribute("aria-label", `Point ${i + 1} in ${NAMES[side]}, at ${Math.round(x)}, ${Math.round(y)}`);
      });
    }
  }
}
customElements.define("points-editor", PointsEditor);
