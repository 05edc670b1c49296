// The hybrid as seen from the current distance: blurred in light, and beside that actually shrunk.

import { byId, paint } from "./canvas.js";
import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import type { Frame } from "./protocol.js";
import type { ScreenSize } from "./screen.js";
import type { WalkBack } from "./walk-back.js";

/** Usual distance from a screen: the shrunk picture is drawn as seen from there. */
const DESK_METRES = 0.6;
const SMALL = { width: 124, height: 92 };

export class FarView {
  private readonly canvas = byId<HTMLCanvasElement>("hybrid");
  private readonly small = byId<HTMLCanvasElement>("small");

  constructor(
    private readonly engine: Engine,
    private readonly walk: WalkBack,
    private readonly screen: ScreenSize,
    /** The element that shows the hybrid now. */
    private readonly shown: () => Element,
  ) {}

  /** A description of the picture for those who cannot see it. */
  set label(text: string) {
    this.canvas.setAttribute("aria-label", text);
  }

  /** Pixels of the hybrid per inch of the screen, at the current size. */
  density(frame: Frame): number {
    const box = this.shown().getBoundingClientRect();
    // A hidden canvas would be as high as the style allows.
    const highest = Number.parseFloat(getComputedStyle(this.canvas).maxHeight);
    const width = box.width || byId("stage").clientWidth;
    const scale = Math.min(width / frame.width, (box.height || highest) / frame.height);
    return this.screen.ppi / Math.max(scale, 0.01);
  }

  show(frame: Frame): void {
    const { canvas, walk } = this;
    // The canvas takes its shape at once, because distances depend on its size.
    if (canvas.width * frame.height !== canvas.height * frame.width) paint(canvas, frame);
    this.shrink(frame);
    if (!walk.isAway) {
      canvas.dataset["metres"] = "0";
      return paint(canvas, frame);
    }
    const args = { metres: walk.metres, density: this.density(frame), which: "mine" } as const;
    this.engine
      .ask("seen", args, { lane: "seen" })
      .then((seen) => {
        if (!seen || !walk.isAway) return;
        paint(canvas, seen);
        Object.assign(canvas.dataset, { metres: args.metres, density: args.density });
      })
      .catch(fail);
  }

  /** Shows the hybrid as small as it would look at the current distance to a viewer at the desk. */
  shrink(frame: Frame): void {
    const { small } = this;
    const inch = this.density(frame);
    const full = { width: (frame.width / inch) * this.screen.ppi, height: (frame.height / inch) * this.screen.ppi };
    const fits = Math.min(SMALL.width / full.width, SMALL.height / full.height);
    const factor = Math.min(fits, DESK_METRES / Math.max(this.walk.metres, DESK_METRES));
    const css = [full.width * factor, full.height * factor] as const;
    const [width, height] = css.map((side, i) =>
      Math.max(1, Math.min(i ? frame.height : frame.width, Math.round(side * devicePixelRatio))),
    ) as [number, number];
    this.engine
      .ask("shrunk", { width, height }, { lane: "shrunk" })
      .then((shrunk) => {
        if (!shrunk) return;
        paint(small, shrunk);
        small.style.width = `${css[0]}px`;
        small.style.height = `${css[1]}px`;
      })
      .catch(fail);
  }
}
