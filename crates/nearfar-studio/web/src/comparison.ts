// The hybrid beside another method's result at the same knobs, or beside NEAR or FAR.

import { byId } from "./canvas.js";
import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import type { FarView } from "./far-view.js";
import type { Found } from "./mixing.js";
import { progress } from "./progress.js";
import type { Frame, Knobs, Mixture, Which } from "./protocol.js";
import type { TwoUp } from "./two-up.js";
import type { WalkBack } from "./walk-back.js";

const NAMES: Record<string, string> = { descent: "Optimised", fourier: "Fourier", article: "Article", near: "NEAR", far: "FAR" };

export class Comparison {
  private readonly twoUp = byId<TwoUp>("two-up");
  private readonly against = byId<HTMLSelectElement>("against");
  /** The other picture, and the knobs with which it was made. */
  private other: { what: string; frame: Frame; knobs: string } | null = null;

  /** `changed` is called when the choice of the other picture changes. */
  constructor(
    private readonly engine: Engine,
    private readonly walk: WalkBack,
    private readonly farView: FarView,
    changed: () => void,
  ) {
    this.against.onchange = changed;
  }

  /** Drops the other picture: it belongs to an earlier pair. */
  forget(): void {
    this.other = null;
  }

  /** Makes the other picture, and shows both. */
  async compare(mine: Mixture, found: Found, knobs: Knobs): Promise<void> {
    const what = this.against.value;
    if (what === "near" || what === "far") {
      this.other = { what, frame: found[what], knobs: "" };
    } else {
      this.show(mine.frame, knobs);
      const other = this.matching(knobs);
      const made = await this.engine.ask("mix", { knobs: other, level: "work", which: "other" }, { lane: "other", progress });
      progress(null);
      // The choice may have changed in the meantime.
      if (!made || what !== this.against.value) return;
      this.other = { what, frame: made.frame, knobs: JSON.stringify(other) };
    }
    this.show(mine.frame, knobs);
  }

  /** The knobs for the other method: the same, without anything that only this method knows. */
  private matching(knobs: Knobs): Knobs {
    return { ...knobs, mixer: this.against.value as Knobs["mixer"], "detail-weight": null };
  }

  /** Shows both as seen from the current distance. */
  show(mine: Frame, knobs: Knobs): void {
    const { other, walk } = this;
    const what = this.against.value;
    const names = { left: NAMES[knobs.mixer] ?? "", right: NAMES[what] ?? "" };
    this.twoUp.show("left", mine, names.left);
    // A picture must never appear under another one's name.
    if (other?.what !== what) return this.twoUp.wait(mine, `${names.right}, in the making …`);
    const isOld = other.knobs !== "" && other.knobs !== JSON.stringify(this.matching(knobs));
    if (isOld) names.right += ", as it was …";
    this.twoUp.show("right", other.frame, names.right);
    if (!walk.isAway) return;
    const args = { metres: walk.metres, density: this.farView.density(mine) };
    const seen = (which: Which, side: "left" | "right") =>
      this.engine
        .ask("seen", { ...args, which }, { lane: `seen-${which}` })
        .then((frame) => {
          if (frame && walk.isAway && this.other === other && this.against.value === what) this.twoUp.show(side, frame, names[side]);
        })
        .catch(fail);
    seen("mine", "left");
    // NEAR and FAR need no blur; the worker blurs only hybrids.
    if (what !== "near" && what !== "far") seen("other", "right");
  }
}
