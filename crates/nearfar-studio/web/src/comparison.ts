// The hybrid beside what another method makes of the same wish, or beside NEAR or FAR.

import { byId } from "./canvas.js";
import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import type { FarView } from "./far-view.js";
import type { Found } from "./mixing.js";
import { progress } from "./progress.js";
import type { Frame, Mixture, Which, Wish } from "./protocol.js";
import type { TwoUp } from "./two-up.js";
import type { WalkBack } from "./walk-back.js";

const NAMES: Record<string, string> = { descent: "Optimised", fourier: "Fourier", article: "Article", near: "NEAR", far: "FAR" };

export class Comparison {
  private readonly twoUp = byId<TwoUp>("two-up");
  private readonly against = byId<HTMLSelectElement>("against");
  private other: Frame | null = null;

  /** `changed` is called when it is to be compared with something else. */
  constructor(
    private readonly engine: Engine,
    private readonly walk: WalkBack,
    private readonly farView: FarView,
    changed: () => void,
  ) {
    this.against.onchange = changed;
  }

  /** What it was compared with is of other pictures. */
  forget(): void {
    this.other = null;
  }

  /** Makes what it is compared with, and shows both. */
  async compare(mine: Mixture, found: Found, wish: Wish): Promise<void> {
    const what = this.against.value;
    if (what === "near" || what === "far") {
      this.other = found[what];
    } else {
      this.twoUp.show("left", mine.frame, NAMES[wish.mixer] ?? "");
      if (!this.other) this.twoUp.show("right", mine.frame, "In the making …");
      const other = { ...wish, mixer: what as Wish["mixer"], "detail-weight": null };
      const made = await this.engine.ask("mix", { wish: other, level: "work", which: "other" }, { lane: "other", progress });
      progress(null);
      if (!made) return;
      this.other = made.frame;
    }
    this.show(mine.frame, wish);
  }

  /** Shows both from where somebody stands. */
  show(mine: Frame, wish: Wish): void {
    const { other, walk } = this;
    if (!other) return;
    const what = this.against.value;
    const names = { left: NAMES[wish.mixer] ?? "", right: NAMES[what] ?? "" };
    this.twoUp.show("left", mine, names.left);
    this.twoUp.show("right", other, names.right);
    if (!walk.isAway) return;
    const args = { metres: walk.metres, density: this.farView.density(mine) };
    const seen = (which: Which, side: "left" | "right") =>
      this.engine
        .ask("seen", { ...args, which }, { lane: `seen-${which}` })
        .then((frame) => {
          if (frame && walk.isAway) this.twoUp.show(side, frame, names[side]);
        })
        .catch(fail);
    seen("mine", "left");
    // NEAR and FAR are what they are; the worker blurs hybrids.
    if (what !== "near" && what !== "far") seen("other", "right");
  }
}
