// From two pictures to a hybrid by the current knobs: a draft at once, and the final one when the knobs rest.

import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import { progress } from "./progress.js";
import type { Calls, FitOptions, FitReport, Knobs, Mixture } from "./protocol.js";

/** Milliseconds for which a knob must rest before the final hybrid is made. */
const REST = 130;

export type Found = Calls["fit"][1];

/** What the user wants. */
export interface Wanted {
  knobs(): Knobs;
  /** How the pictures are brought into register. */
  align(): FitOptions;
}

/** The listeners to the results. */
export interface Heard {
  /** The pictures are in register in another way; hybrids follow. */
  fitted(report: FitReport): void;
  /** A hybrid is ready, a draft or the final one. */
  mixed(mixture: Mixture): void;
  /** The final hybrid is ready: update what depends on it. */
  sharp(): Promise<unknown>;
}

export class Mixing {
  /** How the pictures are in register; null until they are. */
  found: Found | null = null;
  /** The hybrid on show; null until there is one. */
  mine: Mixture | null = null;
  /** Settles when the newest request is done. */
  private granting: Promise<void> = Promise.resolve();
  private turns = 0;
  /** Settles when the draft in progress is shown. */
  private drafting: Promise<void> | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly wanted: Wanted,
    private readonly heard: Heard,
  ) {}

  /** Waits until the hybrid of the current knobs is there at full quality; false if it could not be. */
  async settled(): Promise<boolean> {
    for (let seen; seen !== this.granting; ) {
      seen = this.granting;
      await seen;
    }
    return document.body.dataset["work"] === "done";
  }

  /** Does work on which a hybrid depends, so that whoever waits for the hybrid waits for both. */
  hold(work: () => Promise<void>): Promise<void> {
    if (this.mine) this.working();
    this.granting = work();
    return this.granting;
  }

  /** Brings the pictures into register, and mixes. */
  refit(): Promise<void> {
    this.granting = this.fitAndMix();
    return this.granting;
  }

  /** Makes a draft at once, and the final hybrid when no knob is being turned. */
  remix(): Promise<void> {
    this.granting = this.mixTwice();
    return this.granting;
  }

  /** While a point is dragged: fits and mixes small copies. */
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
      // On its way a point may define no map; only its final position counts.
    }
  }

  /** Marks the hybrid on show as outdated. */
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
      // An error of an outdated request no longer matters.
      if (turn === this.turns) broke(error);
    }
  }

  /**
   * Makes a draft and shows it after the previous one: if requests come faster than hybrids, every draft would otherwise be
   * overtaken, and a knob that is being dragged would change nothing. Of the waiting requests only the newest is done.
   * True if there is a hybrid and no newer request.
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
    return this.engine.ask("mix", { knobs: this.wanted.knobs(), level, which: "mine" }, how);
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
