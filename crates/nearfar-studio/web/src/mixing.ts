// From two pictures to a hybrid of them, as it is wished for by now: a quick one at once, the real one when nobody wishes any more.

import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import { progress } from "./progress.js";
import type { Calls, FitOptions, FitReport, Mixture, Wish } from "./protocol.js";

/** How long a knob must rest before the picture sharpens, in milliseconds. */
const REST = 130;

export type Found = Calls["fit"][1];

/** What somebody wants. */
export interface Wanted {
  wish(): Wish;
  /** How the pictures are made to fit. */
  align(): FitOptions;
}

/** Who is told what comes of it. */
export interface Heard {
  /** The pictures fit another way now; what comes of that follows. */
  fitted(report: FitReport): void;
  /** Here is a hybrid, a quick one or the real one. */
  mixed(mixture: Mixture): void;
  /** The real one is there: what else depends on it. */
  sharp(): Promise<unknown>;
}

export class Mixing {
  /** How the pictures fit; none until they do. */
  found: Found | null = null;
  /** What is shown; none until there is something. */
  mine: Mixture | null = null;
  /** The wish that is being granted; the newest, if one has overtaken another. */
  private granting: Promise<void> = Promise.resolve();
  private turns = 0;
  /** What is over when the quick hybrid that is in the making is shown. */
  private drafting: Promise<void> | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly wanted: Wanted,
    private readonly heard: Heard,
  ) {}

  /** Waits until what is wished for is made, sharp; false if it could not be. */
  async settled(): Promise<boolean> {
    for (let seen; seen !== this.granting; ) {
      seen = this.granting;
      await seen;
    }
    return document.body.dataset["work"] === "done";
  }

  /** Does something that another hybrid follows from, so that whoever waits for that waits for both. */
  hold(work: () => Promise<void>): Promise<void> {
    if (this.mine) this.working();
    this.granting = work();
    return this.granting;
  }

  /** Makes the pictures fit, and mixes. */
  refit(): Promise<void> {
    this.granting = this.fitAndMix();
    return this.granting;
  }

  /** A quick hybrid at once, the real one when nobody turns a knob any more. */
  remix(): Promise<void> {
    this.granting = this.mixTwice();
    return this.granting;
  }

  /** While a point is dragged: a small fit and a small hybrid. */
  async glance(): Promise<void> {
    if (this.wanted.align().method !== "points") return;
    const turn = ++this.turns;
    this.working();
    try {
      await this.draft(turn, async () => {
        const found = await this.engine.ask("fit", { options: this.wanted.align(), level: "draft" }, { lane: "fit" });
        return found && this.mix("draft");
      });
    } catch {
      // Half way between two places points may make no map; where they come to rest counts.
    }
  }

  /** What somebody wishes is not yet what is shown. */
  private working(): void {
    document.body.dataset["work"] = "going";
  }

  private async fitAndMix(): Promise<void> {
    this.working();
    try {
      progress(0);
      const found = await this.engine.ask("fit", { options: this.wanted.align(), level: "work" }, { lane: "fit" });
      if (!found) return;
      this.found = found;
      this.heard.fitted(found.report);
      await this.mixTwice();
    } catch (error) {
      broke(error);
    }
  }

  private async mixTwice(): Promise<void> {
    const turn = ++this.turns;
    this.working();
    try {
      if (!(await this.draft(turn, () => this.mix("draft")))) return;
      await new Promise((done) => setTimeout(done, REST));
      if (turn !== this.turns) return;
      const whole = await this.mix("work");
      if (!whole || turn !== this.turns) return;
      progress(null);
      this.show(whole);
      await this.heard.sharp();
      if (turn === this.turns) document.body.dataset["work"] = "done";
    } catch (error) {
      // What is wrong with a wish that another has overtaken no longer matters.
      if (turn === this.turns) broke(error);
    }
  }

  /**
   * Makes a quick hybrid and shows it, once the one before it is shown: wishes that come faster than hybrids would otherwise
   * overtake every one of them, and a knob that is dragged would move nothing. Of the wishes that wait only the newest is
   * granted. Says whether there is a hybrid and no newer wish.
   */
  private async draft(turn: number, make: () => Promise<Mixture | undefined>): Promise<boolean> {
    while (this.drafting) await this.drafting;
    if (turn !== this.turns) return false;
    const making = make();
    const over = () => {
      this.drafting = null;
    };
    this.drafting = making.then(over, over);
    const made = await making;
    if (made) this.show(made);
    return made !== undefined && turn === this.turns;
  }

  private mix(level: "draft" | "work"): Promise<Mixture | undefined> {
    const how = level === "work" ? { lane: "mix", progress } : { lane: "mix" };
    return this.engine.ask("mix", { wish: this.wanted.wish(), level, which: "mine" }, how);
  }

  private show(mixture: Mixture): void {
    this.mine = mixture;
    document.body.dataset["level"] = mixture.level;
    this.heard.mixed(mixture);
  }
}

function broke(error: unknown): void {
  progress(null);
  document.body.dataset["work"] = "failed";
  fail(error);
}
