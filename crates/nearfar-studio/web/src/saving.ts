// Saving: the picture, the walk as a film, the command.

import { byId, element } from "./canvas.js";
import type { Engine } from "./engine.js";
import { fail } from "./failing.js";
import type { FarView } from "./far-view.js";
import { fileName, save } from "./files.js";
import type { Leaving } from "./leaving.js";
import type { Mixing, Wanted } from "./mixing.js";
import type { Photograph, Photographs } from "./photographs.js";
import { progress } from "./progress.js";
import type { Whole } from "./protocol.js";
import { toast } from "./toast.js";
import type { WalkBack } from "./walk-back.js";
import type { Wholes } from "./wholes.js";
import { WORDS_FILE } from "./words-picture.js";

/** Number of frames of a walk, and their longer side in pixels. */
const WALK = { pages: 26, longest: 480 };

export class Saving {
  private readonly saveButton = byId<HTMLButtonElement>("save");
  /** Whether a full-size picture is being made; the button then stops it. */
  private making = false;

  constructor(
    private readonly engine: Engine,
    private readonly wholes: Wholes,
    private readonly photographs: Photographs,
    private readonly wanted: Wanted,
    private readonly mixing: Mixing,
    private readonly walk: WalkBack,
    private readonly farView: FarView,
    private readonly leaving: Leaving,
  ) {
    const wire = (id: string, work: () => Promise<void>) => {
      const button = byId<HTMLButtonElement>(id);
      button.onclick = () => whileDisabled(button, work);
    };
    this.saveButton.onclick = () => this.picture().catch(fail);
    wire("save-smaller", () => this.smaller());
    wire("save-walk", () => this.film(false));
    wire("save-gif", () => this.film(true));
    wire("save-words", async () => {
      const far = this.photographs.pair?.[1];
      if (far) save(far.blob, far.name, "image/png");
    });
    byId("copy").onclick = () => this.command().catch(fail);
  }

  /** Whether a recipe can reproduce the hybrid: nearfar has decoded every pixel of both files. */
  private get canBeRedone(): boolean {
    return this.photographs.pair?.every(({ info }) => info.fitsWhole && !info.byBrowser) ?? false;
  }

  private nameWith(ending: string): string {
    const [near, far] = this.photographs.pair ?? [];
    return fileName([near?.name ?? "", far?.name ?? ""], ending);
  }

  /** Says what can be saved of this pair. */
  tell(): void {
    const { pair } = this.photographs;
    if (!pair) return;
    byId("words-file").hidden = pair[1].name !== WORDS_FILE;
    const isWhole = pair.every(({ info }) => info.whole);
    const fits = pair.every(({ info }) => info.fitsWhole);
    byId("smaller").hidden = isWhole;
    byId("save-note").replaceChildren(
      ...(this.canBeRedone
        ? [
            "PNG. The recipe is inside: ",
            element("code", {}, "nearfar redo"),
            // The optimiser stops at a tolerance there, and native code rounds sums differently from a browser.
            isWhole ? " makes it again." : " makes it again, some pixels a few shades off.",
          ]
        : fits
          ? ["PNG, without a recipe: this browser, and not nearfar, has read one of the files."]
          : ["PNG with fewer pixels than these and without a recipe: a browser does not have enough memory for all. The command makes it whole."]),
    );
  }

  private async picture(): Promise<void> {
    const { pair } = this.photographs;
    if (!pair) return;
    if (this.making) return this.wholes.rest();
    const name = this.nameWith(".png");
    if (pair.every(({ info }) => info.whole)) {
      // The final hybrid may still be in progress.
      await whileDisabled(this.saveButton, async () => {
        const png = (await this.mixing.settled()) && (await this.engine.ask("file", null));
        if (png) this.keep(png, name, this.canBeRedone);
      });
    } else {
      const whole = await this.whole(pair);
      if (!whole) return;
      this.keep(whole.png, name, whole.complete && this.canBeRedone);
      const fits = pair.every(({ info }) => info.fitsWhole);
      if (!whole.complete && fits) toast("Saved with fewer pixels: this browser does not have enough memory for all of them.");
    }
  }

  /** Makes the hybrid at full size, while the button shows the progress and stops the work. */
  private async whole(pair: [Photograph, Photograph]): Promise<Whole | undefined> {
    const button = this.saveButton;
    const text = button.textContent;
    const say = (share: number) => {
      // Reading and fitting come before the work that is counted.
      button.textContent = `Stop making it at full size${share > 0 ? ` (${Math.round(100 * share)} %)` : " …"}`;
    };
    this.making = true;
    say(0);
    try {
      return await this.wholes.make(pair, this.wanted.align(), this.wanted.knobs(), say);
    } finally {
      this.wholes.rest();
      this.making = false;
      button.textContent = text;
    }
  }

  /** Saves the hybrid at working size, without a recipe, for users who do not wait for full size. */
  private async smaller(): Promise<void> {
    if (!(await this.mixing.settled())) return;
    const png = await this.engine.ask("file", null);
    if (png) this.keep(png, this.nameWith("-small.png"), false);
  }

  /** Saves the hybrid as a file. */
  private keep(png: Uint8Array<ArrayBuffer>, name: string, hasRecipe: boolean): void {
    save(png, name, "image/png");
    this.leaving.kept("the hybrid");
    // The recipe holds the points.
    if (hasRecipe) this.leaving.kept("points");
  }

  /** Saves an animated PNG, or a GIF, which has 256 colours and works everywhere. */
  private async film(gif: boolean): Promise<void> {
    if (!(await this.mixing.settled()) || !this.mixing.mine) return;
    const { nearest, most } = this.walk;
    const ratio = most / nearest;
    const metres = Array.from({ length: WALK.pages }, (_, i) => nearest * ratio ** (i / (WALK.pages - 1)));
    const args = { metres, density: this.farView.density(this.mixing.mine.frame), longest: WALK.longest, gif };
    const film = await this.engine.ask("walk", args, { lane: "walk", progress });
    if (film) save(film, this.nameWith(gif ? "-walk.gif" : "-walk.png"), gif ? "image/gif" : "image/apng");
  }

  private async command(): Promise<void> {
    if (!(await this.mixing.settled())) return;
    const line = await this.engine.ask("command", { knobs: this.wanted.knobs() });
    if (!line) return;
    try {
      await navigator.clipboard.writeText(line);
      toast("Copied. In a terminal it makes the same picture.", { code: line });
    } catch {
      toast("This is the command:", { code: line });
    }
  }
}

async function whileDisabled(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    fail(error);
  } finally {
    progress(null);
    button.disabled = false;
  }
}
