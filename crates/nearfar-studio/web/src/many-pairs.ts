// Many pairs: a list with the progress of each hybrid, and a single file of all results.

import { element } from "./canvas.js";
import { fail } from "./failing.js";
import { areSame, save } from "./files.js";
import { PairRow, type State } from "./pair-row.js";
import type { Knobs } from "./protocol.js";
import { SAME, explained, sentence } from "./words.js";
import type { Wholes } from "./wholes.js";
import { zipped } from "./zip.js";

/** What the list needs from the page. */
export interface Makers {
  /** Makes hybrids. */
  wholes: Wholes;
  knobs(): Knobs;
  /** Pairs names: indices, NEAR first; `leftOver` is one that an earlier call left over. */
  pair(names: string[], leftOver: number | null): Promise<[number, number | null][]>;
}

export class ManyPairs extends HTMLElement {
  private rows: PairRow[] = [];
  private going = false;
  /** Number of the current run, so that a stopped one does not go on. */
  private run = 0;
  private makers: Makers | null = null;
  /** Files are sorted into pairs one drop at a time. */
  private taking: Promise<void> = Promise.resolve();
  private readonly list = element("ul", { className: "pairs" });
  private readonly status = element("p", { className: "quiet status" });
  private readonly input = element("input", { type: "file", multiple: true, accept: "image/*,.heic,.heif,.png,.jpg,.jpeg,.webp" });
  private readonly make = element("button", { type: "button", className: "primary" });
  private readonly stop = element("button", { type: "button" }, "Stop");
  private readonly keep = element("button", { type: "button" });
  private readonly back = element("button", { type: "button" }, "Back to one pair");

  connectedCallback(): void {
    this.status.setAttribute("role", "status");
    this.input.setAttribute("aria-label", "Add pictures");
    this.input.onchange = () => {
      const files = [...(this.input.files ?? [])];
      this.input.value = "";
      this.dispatchEvent(new CustomEvent("many-files", { detail: files, bubbles: true }));
    };
    this.make.onclick = () => this.makeAll();
    this.stop.onclick = () => this.halt();
    this.keep.onclick = () => this.saveAll();
    this.back.onclick = () => this.dispatchEvent(new CustomEvent("many-close", { bubbles: true }));
    this.append(
      element("h1", {}, "Many pairs"),
      element(
        "p",
        { className: "quiet" },
        "Add as many pictures as you like. Names like cat-near.jpg and cat-far.jpg go together; all others go two by two, in the order of their names.",
      ),
      element("label", { className: "add" }, element("span", {}, "Add pictures, or drop them here"), this.input),
      this.list,
      this.status,
      element("div", { className: "row" }, this.make, this.stop, this.keep, this.back),
    );
    this.show();
  }

  use(makers: Makers): void {
    this.makers = makers;
  }

  /** Takes more pictures; one of them may complete a pair. */
  take(files: File[]): void {
    this.taking = this.taking.then(() => this.sort(files)).catch(fail);
  }

  private async sort(files: File[]): Promise<void> {
    const half = this.rows.find((row) => row.state === "half");
    const all = half ? [half.near, ...files] : files;
    const names = all.map(({ name }) => name);
    const pairs = (await this.makers?.pair(names, half ? 0 : null)) ?? [];
    for (const [first, second] of pairs) {
      const [near, far] = [all[first] as File, second === null ? null : (all[second] as File)];
      if (half && far && (first === 0 || second === 0)) half.complete(near, far);
      else this.add(near, far);
    }
    this.show();
  }

  private add(near: File, far: File | null): void {
    const row = new PairRow(near, far, {
      open: (one) => this.dispatchEvent(new CustomEvent("many-open", { detail: [one.near, one.far], bubbles: true })),
      remove: (one) => this.drop(one),
      change: () => this.show(),
    });
    this.rows.push(row);
    this.list.append(row.item);
  }

  private drop(row: PairRow): void {
    this.rows = this.rows.filter((one) => one !== row);
    row.item.remove();
    this.show();
    this.make.focus();
  }

  private get waiting(): PairRow[] {
    return this.rows.filter(({ state }) => state === "waiting");
  }

  private async makeAll(): Promise<void> {
    const { makers } = this;
    if (this.going || !makers) return;
    this.going = true;
    const run = ++this.run;
    const knobs = makers.knobs();
    for (const row of this.rows) if (row.state === "failed") row.tell("waiting");
    this.show();
    for (let row = this.waiting[0]; row && run === this.run; row = this.waiting[0]) {
      await this.makeOne(row, makers.wholes, knobs, run);
      this.show();
    }
    if (run !== this.run) return;
    makers.wholes.rest();
    this.going = false;
    this.show();
  }

  private async makeOne(row: PairRow, wholes: Wholes, knobs: Knobs, run: number): Promise<void> {
    const { near, far } = row;
    if (!far) return;
    row.tell("going");
    try {
      const pair = [{ name: near.name, blob: near }, { name: far.name, blob: far }] as const;
      const isSame = await areSame(near, far);
      const options = { method: isSame ? "none" : "auto", points: [] };
      const made = await wholes.make(pair, options, knobs, (share) => row.progress(share), !isSame);
      if (!made || run !== this.run) return row.tell("waiting");
      row.png = new Blob([made.png], { type: "image/png" });
      row.isKept = false;
      const notes = (isSame ? [SAME] : made.warnings).map(sentence);
      row.tell("done", made.complete ? "" : "Done, with fewer pixels: there is not enough memory for all of them.", notes);
      await row.draw();
    } catch (error) {
      const { text, code } = explained(error);
      row.tell("failed", code ? `${text} (${code})` : text);
    }
  }

  private halt(): void {
    this.run += 1;
    this.going = false;
    this.makers?.wholes.rest();
    this.show();
    this.make.focus();
  }

  private async saveAll(): Promise<void> {
    const files = this.rows.flatMap((row) => (row.png ? [{ name: row.fileName, blob: row.png }] : []));
    save(await zipped(files), "hybrids.zip", "application/zip");
    for (const row of this.rows) row.isKept = row.png !== null;
    this.show();
  }

  private show(): void {
    const count = (state: State) => this.rows.filter((row) => row.state === state).length;
    const [done, failed, waiting] = [count("done"), count("failed"), count("waiting")];
    const unsaved = this.going || this.rows.some((row) => row.png && !row.isKept);
    this.dispatchEvent(new CustomEvent("many-unsaved", { detail: unsaved, bubbles: true }));
    const all = this.rows.length - count("half");
    const some = (n: number) => `${n} hybrid${n === 1 ? "" : "s"}`;
    const next = waiting + failed;
    this.make.textContent = waiting > 0 ? `Make ${some(next)}` : failed > 0 ? "Try again" : "Make hybrids";
    this.make.hidden = this.going;
    this.make.disabled = next === 0;
    this.stop.hidden = !this.going;
    this.keep.textContent = `Save ${some(done)} as a zip`;
    this.keep.hidden = done === 0;
    this.keep.classList.toggle("primary", done > 0 && waiting === 0 && !this.going);
    this.make.classList.toggle("primary", waiting > 0 || done === 0);
    const bad = failed ? `, ${failed} could not be made` : "";
    const half = count("half") ? " One picture waits for another." : "";
    this.status.textContent = this.rows.length === 0 ? "" : `${all === 0 ? "" : `${done} of ${all} made${bad}.`}${half}`;
  }
}
customElements.define("many-pairs", ManyPairs);
