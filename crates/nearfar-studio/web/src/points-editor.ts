// The same things in both pictures: points to drag, with a loupe, by mouse, touch or keyboard, and a way back.

import { element, paint } from "./canvas.js";
import { Loupe, Sight } from "./loupe.js";
import type { Frame, PointPair, Side } from "./protocol.js";

const SIDES = ["near", "far"] as const;
const NAMES = ["NEAR", "FAR"] as const;
/** How near a point a finger or a mouse must come to take it, in CSS pixels. */
const REACH = { touch: 26, mouse: 14 };
/** How far a finger may slip that taps. */
const SLIP = 10;
/** The keyboard's cross moves by this part of the picture. */
const STRIDE = 1 / 50;

interface Pad {
  box: HTMLElement;
  /** The picture, in whose file's pixels points are. */
  sight: Sight;
  dots: HTMLButtonElement[];
  cross: HTMLElement;
  /** Where the keyboard's cross is, in the file's pixels. */
  at: [number, number];
}

export class PointsEditor extends HTMLElement {
  private pads: [Pad, Pad] | null = null;
  private pairs: PointPair[] = [];
  private past: PointPair[][] = [];
  private faces: PointPair[] = [];
  private readonly result = element("canvas", { width: 4, height: 3 });
  private readonly loupe = new Loupe();
  /** The point that was touched last. */
  private chosen: number | null = null;
  private readonly undo = element("button", { type: "button" }, "Undo");
  private readonly removeOne = element("button", { type: "button" });
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
    this.undo.onclick = () => {
      this.goBack();
      this.keepFocus(this.undo);
    };
    this.removeOne.onclick = () => {
      this.drop(this.chosen);
      this.keepFocus(this.removeOne);
    };
    this.clear.onclick = () => {
      this.change([], true);
      this.keepFocus(this.clear);
    };
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
    const row = element("div", { className: "row" }, this.undo, this.removeOne, this.clear, this.fromFaces, open, keep, file);
    const tools = element("div", { className: "tools" }, this.status, row);
    this.append(element("div", { className: "pads" }, ...figures, tools, result), this.loupe.canvas);
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
        const { width, height } = this.pads?.[side].sight ?? { width: 0, height: 0 };
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
  picture(side: Side, frame: Frame, blob: Blob, width: number, height: number): void {
    const pad = this.pads?.[side];
    if (!pad) return;
    paint(pad.sight.canvas, frame);
    pad.sight.take(blob, width, height);
    pad.at = [Math.round(width / 2), Math.round(height / 2)];
    pad.box.style.setProperty("--aspect", String(width / height));
    // Upright pictures leave room at their side for what comes of them, others below.
    this.classList.toggle("upright", this.pads?.every(({ sight }) => sight.width < sight.height));
    this.show();
  }

  preview(frame: Frame): void {
    paint(this.result, frame);
  }

  forget(): void {
    this.pairs = [];
    this.past = [];
    this.faces = [];
    this.chosen = null;
    this.show();
  }

  /** Somebody looks elsewhere: what the loupe needs is given back. */
  rest(): void {
    for (const { sight } of this.pads ?? []) sight.rest();
  }

  private pad(side: Side): Pad {
    const canvas = element("canvas", { width: 4, height: 3 });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", NAMES[side]);
    const cross = element("span", { className: "cross", ariaHidden: "true" });
    const box = element("div", { className: "pad", tabIndex: 0 }, canvas, cross);
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", `${NAMES[side]}: arrow keys move a cross, Enter sets a point there`);
    const pad: Pad = { box, sight: new Sight(canvas), dots: [], cross, at: [0, 0] };
    element("figure", {}, element("figcaption", {}, NAMES[side]), box);
    box.onpointerdown = (event) => this.press(side, pad, event);
    box.onkeydown = (event) => {
      if (event.target === box) this.padKey(side, pad, event);
    };
    box.onfocus = () => this.lay();
    return pad;
  }

  /** A finger or a mouse comes down: on the nearest point within reach, or on a place for a new one. */
  private press(side: Side, pad: Pad, event: PointerEvent): void {
    if (event.button !== 0) return;
    const isTouch = event.pointerType === "touch";
    const near = this.nearest(side, pad, event, isTouch ? REACH.touch : REACH.mouse);
    if (near !== null) {
      event.preventDefault();
      return this.drag(side, near, event, false);
    }
    if (!isTouch) {
      event.preventDefault();
      return this.drag(side, this.add(side, this.place(pad, event), false), event, true);
    }
    // A finger may be about to move the page: only a tap sets a point.
    pad.box.onpointerup = (up) => {
      if (up.pointerId !== event.pointerId) return;
      pad.box.onpointerup = null;
      if (Math.hypot(up.clientX - event.clientX, up.clientY - event.clientY) > SLIP) return;
      this.add(side, this.place(pad, event), true);
    };
    pad.box.onpointercancel = () => {
      pad.box.onpointerup = null;
    };
  }

  /** The point nearest to where somebody points, if one is within reach. */
  private nearest(side: Side, pad: Pad, event: PointerEvent, reach: number): number | null {
    const box = pad.box.getBoundingClientRect();
    const { width, height } = pad.sight;
    const away = this.pairs.map((pair) => {
      const [x, y] = pair[SIDES[side]];
      const at = [box.left + ((x + 0.5) / width) * box.width, box.top + ((y + 0.5) / height) * box.height] as const;
      return Math.hypot(at[0] - event.clientX, at[1] - event.clientY);
    });
    const least = Math.min(...away);
    return least <= reach ? away.indexOf(least) : null;
  }

  /** Adds a pair by its point in one picture, and returns its number from 0. */
  private add(side: Side, at: [number, number], tell: boolean): number {
    const other = this.elsewhere(side, at);
    this.chosen = this.pairs.length;
    this.change([...this.pairs, side === 0 ? { near: at, far: other } : { near: other, far: at }], tell);
    return this.pairs.length - 1;
  }

  private padKey(side: Side, pad: Pad, event: KeyboardEvent): void {
    const stride = Math.max(1, Math.round(STRIDE * Math.max(pad.sight.width, pad.sight.height)));
    const way = arrow(event.key, stride);
    if (way) {
      event.preventDefault();
      pad.at = this.inside(pad, [pad.at[0] + way[0], pad.at[1] + way[1]]);
      this.lay();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pad.dots[this.add(side, pad.at, true)]?.focus();
    }
  }

  /** Where a new point of one picture probably is in the other: moved as its nearest neighbour is, or at the same part. */
  private elsewhere(side: Side, at: [number, number]): [number, number] {
    const [from, to] = (side === 0 ? [0, 1] : [1, 0]) as [Side, Side];
    const [here, there] = [this.pads?.[from], this.pads?.[to]] as [Pad, Pad];
    const known = this.pairs
      .map((pair) => [pair[SIDES[from]], pair[SIDES[to]]] as const)
      .sort(([a], [b]) => Math.hypot(a[0] - at[0], a[1] - at[1]) - Math.hypot(b[0] - at[0], b[1] - at[1]))[0];
    const scale = [there.sight.width / here.sight.width, there.sight.height / here.sight.height] as const;
    const guess: [number, number] = known
      ? [known[1][0] + (at[0] - known[0][0]) * scale[0], known[1][1] + (at[1] - known[0][1]) * scale[1]]
      : [at[0] * scale[0], at[1] * scale[1]];
    return this.inside(there, guess);
  }

  private inside(pad: Pad, [x, y]: [number, number]): [number, number] {
    const round = (v: number, most: number) => Math.round(10 * Math.min(most - 1, Math.max(0, v))) / 10;
    return [round(x, pad.sight.width), round(y, pad.sight.height)];
  }

  private place(pad: Pad, event: PointerEvent): [number, number] {
    const { canvas, width, height } = pad.sight;
    const box = canvas.getBoundingClientRect();
    const part = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height] as const;
    return this.inside(pad, [part[0] * width - 0.5, part[1] * height - 0.5]);
  }

  private drag(side: Side, index: number, event: PointerEvent, isNew: boolean): void {
    const pad = this.pads?.[side];
    const dot = pad?.dots[index];
    if (!pad || !dot) return;
    dot.setPointerCapture(event.pointerId);
    dot.focus({ preventScroll: true });
    this.choose(index);
    let moved = false;
    const grip = this.pairs[index]?.[SIDES[side]] ?? [0, 0];
    const start = this.place(pad, event);
    const offset = [grip[0] - start[0], grip[1] - start[1]] as const;
    let last = event;
    const look = () => {
      const point = this.pairs[index]?.[SIDES[side]];
      if (point && dot.onpointermove) this.loupe.show(pad.sight, point, last);
    };
    dot.onpointermove = (next) => {
      if (next.pointerId !== event.pointerId) return;
      last = next;
      // A tap that only chooses a point is nothing to take back.
      if (!moved && !isNew) this.remember();
      moved = true;
      const [x, y] = this.place(pad, next);
      this.move(side, index, [x + offset[0], y + offset[1]], false);
      look();
    };
    look();
    pad.sight.read().then(look);
    dot.onlostpointercapture = () => {
      dot.onpointermove = null;
      dot.onlostpointercapture = null;
      this.loupe.hide();
      if (moved || isNew) this.tell(true);
    };
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
    const way = arrow(event.key, event.shiftKey ? 10 : 1);
    if (way) {
      event.preventDefault();
      if (!event.repeat) this.remember();
      const [x, y] = this.pairs[index]?.[SIDES[side]] ?? [0, 0];
      this.move(side, index, [x + way[0], y + way[1]], true);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.drop(index);
      const pad = this.pads?.[side];
      (pad?.dots[Math.min(index, this.pairs.length - 1)] ?? pad?.box)?.focus();
    }
  }

  private choose(index: number): void {
    this.chosen = index;
    this.lay();
  }

  private drop(index: number | null): void {
    if (index === null) return;
    this.change(this.pairs.filter((_, i) => i !== index), true);
  }

  /** Where a button can no longer be pressed, the keyboard goes on in the first picture. */
  private keepFocus(button: HTMLButtonElement): void {
    if (button.disabled) this.pads?.[0].box.focus({ preventScroll: true });
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
        dot.onfocus = () => this.choose(index);
        dot.onkeydown = (event) => this.key(side, index, event);
        pad.dots.push(dot);
        pad.box.append(dot);
      }
    }
    if (this.chosen !== null && this.chosen >= this.pairs.length) this.chosen = this.pairs.length > 0 ? this.pairs.length - 1 : null;
    this.lay();
    this.undo.disabled = this.past.length === 0;
    this.clear.disabled = this.pairs.length === 0;
    this.fromFaces.hidden = this.faces.length === 0;
    const few = this.pairs.length;
    this.status.textContent =
      few === 0
        ? "Tap or click where the same thing is in both pictures: an eye, a corner. Then drag its twin into place. Until there are two pairs, the pictures are fitted by themselves."
        : few === 1
          ? "One more pair is needed. Arrow keys move a point, Shift moves it ten pixels, Delete removes it."
          : "Drag, or use the arrow keys (Shift: ten pixels); Delete removes a pair. 2 pairs turn and scale FAR, 3 shear it too, 4 give it perspective, more bend it.";
  }

  private lay(): void {
    const { chosen } = this;
    this.removeOne.textContent = chosen === null ? "Remove a point" : `Remove point ${chosen + 1}`;
    this.removeOne.disabled = chosen === null;
    for (const side of [0, 1] as const) {
      const pad = this.pads?.[side];
      if (!pad) continue;
      const { width, height } = pad.sight;
      const put = (what: HTMLElement, [x, y]: [number, number]) => {
        what.style.left = `${(100 * (x + 0.5)) / width}%`;
        what.style.top = `${(100 * (y + 0.5)) / height}%`;
      };
      put(pad.cross, pad.at);
      for (const [i, dot] of pad.dots.entries()) {
        const at = this.pairs[i]?.[SIDES[side]] ?? [0, 0];
        put(dot, at);
        dot.classList.toggle("chosen", i === chosen);
        dot.setAttribute("aria-label", `Point ${i + 1} in ${NAMES[side]}, at ${Math.round(at[0])}, ${Math.round(at[1])}`);
      }
    }
  }
}

/** Where an arrow key moves something, by so many pixels; none for another key. */
function arrow(key: string, step: number): [number, number] | null {
  const ways: Record<string, [number, number]> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  };
  return ways[key] ?? null;
}
customElements.define("points-editor", PointsEditor);
