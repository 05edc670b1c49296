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
  /** What it is compared with, and the wish that it was made for. */
  private other: { what: string; frame: Frame; wish: string } | null = null;

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
      this.other = { what, frame: found[what], wish: "" };
    } else {
      this.show(mine.frame, wish);
      const other = this.wished(wish);
      const made = await this.engine.ask("mix", { wish: other, level: "work", which: "other" }, { lane: "other", progress });
      progress(null);
      // Something else may have been chosen meanwhile.
      if (!made || what !== this.against.value) return;
      this.other = { what, frame: made.frame, wish: JSON.stringify(other) };
    }
    this.show(mine.frame, wish);
  }

  /** What another method is to make: all that is wished, but for what is this method's own. */
  private wished(wish: Wish): Wish {
    return { ...wish, mixer: this.against.value as Wish["mixer"], "detail-weight": null };
  }

  /** Shows both from where somebody stands. */
  show(mine: Frame, wish: Wish): void {
    const { other, walk } = this;
    const what = this.against.value;
    const names = { left: NAMES[wish.mixer] ?? "", right: NAMES[what] ?? "" };
    this.twoUp.show("left", mine, names.left);
    // Under the name of one nobody is to take another for it.
    if (other?.what !== what) return this.twoUp.wait(mine, `${names.right}, in the making …`);
    const isOld = other.wish !== "" && other.wish !== JSON.stringify(this.wished(wish));
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
    // NEAR and FAR are what they are; the worker blurs hybrids.
    if (what !== "near" && what !== "far") seen("other", "right");
  }
}
