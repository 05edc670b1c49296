// Points that mark the same thing in both pictures: drag them with a magnifier, by mouse, touch or keyboard, with undo.

import { element, paint } from "./canvas.js";
import { Loupe } from "./loupe.js";
import { NAMES, type Place, PointsPad } from "./points-pad.js";
import type { Frame, PointPair, Side } from "./protocol.js";

const SIDES = ["near", "far"] as const;
/** How far a finger may slip in a tap, in CSS pixels. */
const SLIP = 10;

export class PointsEditor extends HTMLElement {
  private readonly pads = [new PointsPad(0), new PointsPad(1)] as const;
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
    this.result.setAttribute("aria-label", "The result");
    const result = element("figure", { className: "result" }, element("figcaption", {}, "The result"), this.result);
    for (const side of [0, 1] as const) {
      const { box } = this.pads[side];
      box.onpointerdown = (event) => this.press(side, event);
      box.onkeydown = (event) => {
        if (event.target === box) this.padKey(side, event);
      };
    }
    const figures = this.pads.map(({ figure }) => figure);
    const row = element("div", { className: "row" }, this.undo, this.removeOne, this.clear, this.fromFaces, open, keep, file);
    const tools = element("div", { className: "tools" }, this.status, row);
    this.append(element("div", { className: "pads" }, ...figures, tools, result), this.loupe.canvas);
    this.show();
  }

  get points(): PointPair[] {
    return this.pairs;
  }

  /** Replaces the points, for example by those of a file. */
  set points(pairs: PointPair[]) {
    this.change(pairs, true);
  }

  /** A message if a point lies outside its picture, or null. */
  outside(pairs: PointPair[]): string | null {
    for (const [i, pair] of pairs.entries()) {
      for (const side of [0, 1] as const) {
        const [x, y] = pair[SIDES[side]];
        if (this.pads[side].has([x, y])) continue;
        const { width, height } = this.pads[side].sight;
        return `point ${i + 1} lies at ${x}, ${y}, outside ${NAMES[side]}, which has ${width} × ${height} pixels. It may be of other pictures.`;
      }
    }
    return null;
  }

  /** Restores earlier points of the same pictures, without an event. */
  restore(pairs: PointPair[]): void {
    this.pairs = pairs;
    this.show();
  }

  set suggested(pairs: PointPair[]) {
    this.faces = pairs;
    this.show();
  }

  /** Takes another picture, which drops the points. */
  picture(side: Side, frame: Frame, blob: Blob, width: number, height: number): void {
    this.pads[side].take(frame, blob, width, height);
    // Upright and square pictures leave room beside them for the result; others leave it below.
    this.classList.toggle("upright", this.pads.every(({ sight }) => sight.width < 1.1 * sight.height));
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

  /** Releases the magnifier's memory while the editor is hidden. */
  rest(): void {
    for (const { sight } of this.pads) sight.rest();
  }

  /** The points in one picture. */
  private of(side: Side): Place[] {
    return this.pairs.map((pair) => pair[SIDES[side]]);
  }

  /** A press: on the nearest point within reach, or on a position for a new one. */
  private press(side: Side, event: PointerEvent): void {
    if (event.button !== 0) return;
    const pad = this.pads[side];
    const near = pad.nearest(this.of(side), event);
    if (near !== null || event.pointerType === "mouse") {
      event.preventDefault();
      return this.drag(side, near ?? this.add(side, pad.place(event), false), event, near === null);
    }
    // A finger may be about to scroll the page: only a tap sets a point.
    pad.box.onpointerup = (up) => {
      if (up.pointerId !== event.pointerId) return;
      pad.box.onpointerup = null;
      if (Math.hypot(up.clientX - event.clientX, up.clientY - event.clientY) > SLIP) return;
      this.add(side, pad.place(event), true);
    };
    pad.box.onpointercancel = () => {
      pad.box.onpointerup = null;
    };
  }

  /** Adds a pair by its point in one picture, and returns its index, counted from 0. */
  private add(side: Side, at: Place, tell: boolean): number {
    const other = this.elsewhere(side, at);
    this.chosen = this.pairs.length;
    this.change([...this.pairs, side === 0 ? { near: at, far: other } : { near: other, far: at }], tell);
    return this.pairs.length - 1;
  }

  private padKey(side: Side, event: KeyboardEvent): void {
    const pad = this.pads[side];
    const way = arrow(event.key, pad.stride);
    if (way) {
      event.preventDefault();
      pad.at = pad.inside([pad.at[0] + way[0], pad.at[1] + way[1]]);
      this.lay();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pad.dots[this.add(side, pad.at, true)]?.focus();
    }
  }

  /** A guess of a new point's position in the other picture: offset like its nearest neighbour, or else in proportion. */
  private elsewhere(side: Side, at: Place): Place {
    const [from, to] = (side === 0 ? [0, 1] : [1, 0]) as [Side, Side];
    const [here, there] = [this.pads[from], this.pads[to]];
    const known = this.pairs
      .map((pair) => [pair[SIDES[from]], pair[SIDES[to]]] as const)
      .sort(([a], [b]) => Math.hypot(a[0] - at[0], a[1] - at[1]) - Math.hypot(b[0] - at[0], b[1] - at[1]))[0];
    const scale = [there.sight.width / here.sight.width, there.sight.height / here.sight.height] as const;
    const guess: Place = known
      ? [known[1][0] + (at[0] - known[0][0]) * scale[0], known[1][1] + (at[1] - known[0][1]) * scale[1]]
      : [at[0] * scale[0], at[1] * scale[1]];
    return there.inside(guess);
  }

  private drag(side: Side, index: number, event: PointerEvent, isNew: boolean): void {
    const pad = this.pads[side];
    const dot = pad.dots[index];
    if (!dot) return;
    dot.setPointerCapture(event.pointerId);
    dot.focus({ preventScroll: true });
    this.choose(index);
    let moved = false;
    const grip = this.pairs[index]?.[SIDES[side]] ?? [0, 0];
    const start = pad.place(event);
    const offset = [grip[0] - start[0], grip[1] - start[1]] as const;
    let last = event;
    const look = () => {
      const point = this.pairs[index]?.[SIDES[side]];
      if (point && dot.onpointermove) this.loupe.show(pad.sight, point, last);
    };
    dot.onpointermove = (next) => {
      if (next.pointerId !== event.pointerId) return;
      last = next;
      // A tap that only selects a point changes nothing to undo.
      if (!moved && !isNew) this.remember();
      moved = true;
      const [x, y] = pad.place(next);
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

  private move(side: Side, index: number, to: Place, ended: boolean): void {
    const pair = this.pairs[index];
    if (!pair) return;
    pair[SIDES[side]] = this.pads[side].inside(to);
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
      const { dots, box } = this.pads[side];
      (dots[Math.min(index, this.pairs.length - 1)] ?? box).focus();
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

  /** If a button has become disabled, moves the focus to the first picture. */
  private keepFocus(button: HTMLButtonElement): void {
    if (button.disabled) this.pads[0].box.focus({ preventScroll: true });
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
    if (this.chosen !== null && this.chosen >= this.pairs.length) this.chosen = this.pairs.length > 0 ? this.pairs.length - 1 : null;
    this.lay();
    this.undo.disabled = this.past.length === 0;
    this.clear.disabled = this.pairs.length === 0;
    this.fromFaces.hidden = this.faces.length === 0;
    const few = this.pairs.length;
    this.status.textContent =
      few === 0
        ? "Tap or click something that is in both pictures: an eye, a corner. Then drag its twin into place. Until there are two pairs, the pictures are fitted automatically."
        : few === 1
          ? "One more pair is needed. Arrow keys move a point, Shift moves it ten pixels, Delete removes it."
          : "Drag, or use the arrow keys (Shift: ten pixels); Delete removes a pair. 2 pairs rotate and scale FAR, 3 also shear it, 4 give it perspective, more bend it.";
  }

  private lay(): void {
    const { chosen } = this;
    this.removeOne.textContent = chosen === null ? "Remove a point" : `Remove point ${chosen + 1}`;
    this.removeOne.disabled = chosen === null;
    for (const side of [0, 1] as const) {
      this.pads[side].lay(this.of(side), chosen, (dot, index) => {
        dot.onfocus = () => this.choose(index);
        dot.onkeydown = (event) => this.key(side, index, event);
      });
    }
  }
}

/** The step of an arrow key, `step` pixels long; null for another key. */
function arrow(key: string, step: number): Place | null {
  const ways: Record<string, Place> = {
    ArrowLeft: [-step, 0],
    ArrowRight: [step, 0],
    ArrowUp: [0, -step],
    ArrowDown: [0, step],
  };
  return ways[key] ?? null;
}
customElements.define("points-editor", PointsEditor);
