// Many pairs: a list of what is made of which pictures, how far it is, and all of it as one file.

import { element } from "./canvas.js";
import { fileName, save } from "./files.js";
import { pairsOf } from "./pairs.js";
import type { Wish } from "./protocol.js";
import { explained } from "./words.js";
import type { Wholes } from "./wholes.js";
import { zipped } from "./zip.js";

type State = "half" | "waiting" | "going" | "done" | "failed";

/** The sides of a picture in the list, in CSS pixels. */
const THUMB = { width: 76, height: 60 };

/** A line of the list. */
class Row {
  state: State;
  png: Blob | null = null;
  private text = "";
  readonly item = element("li", { className: "pair" });
  private readonly pics = [element("canvas"), element("canvas"), element("canvas")] as const;
  private readonly names = element("span", { className: "names" });
  private readonly word = element("span", { className: "word" });
  private readonly bar = element("progress", { max: 1, value: 0 });
  private readonly buttons = {
    save: element("button", { type: "button" }, "Save"),
    open: element("button", { type: "button" }, "Open"),
    swap: element("button", { type: "button" }, "Swap"),
    remove: element("button", { type: "button" }, "Remove"),
  };

  constructor(
    public near: File,
    public far: File | null,
    on: { open(row: Row): void; remove(row: Row): void; change(): void },
  ) {
    this.state = far ? "waiting" : "half";
    for (const canvas of this.pics) {
      canvas.width = THUMB.width * 2;
      canvas.height = THUMB.height * 2;
      canvas.setAttribute("aria-hidden", "true");
    }
    const { save: keep, open, swap, remove } = this.buttons;
    keep.onclick = () => this.png && save(this.png, this.fileName, "image/png");
    open.onclick = () => on.open(this);
    remove.onclick = () => on.remove(this);
    swap.onclick = () => {
      if (!this.far) return;
      [this.near, this.far] = [this.far, this.near];
      this.png = null;
      this.tell("waiting");
      this.draw();
      on.change();
    };
    this.item.append(
      element("span", { className: "pics" }, ...this.pics),
      element("div", { className: "about" }, this.names, this.word, this.bar),
      element("div", { className: "row" }, ...Object.values(this.buttons)),
    );
    this.tell(this.state);
    this.draw();
  }

  get fileName(): string {
    return fileName([this.near.name, this.far?.name ?? ""], ".png");
  }

  complete(far: File): void {
    this.far = far;
    this.tell("waiting");
    this.draw();
  }

  progress(share: number): void {
    this.bar.value = share;
  }

  tell(state: State, text = ""): void {
    this.state = state;
    this.text = text;
    const { near, far } = this;
    const name = (label: string, className: string, of: string) =>
      element("span", { title: of }, element("b", { className }, label), of);
    this.names.replaceChildren(name("NEAR", "n", near.name), name("FAR", "f", far?.name ?? "missing"));
    const words: Record<State, string> = {
      half: "Add one more picture to complete this pair.",
      waiting: "Ready to be made.",
      going: "Being made …",
      done: "Done.",
      failed: this.text,
    };
    this.item.dataset["state"] = state;
    this.word.textContent = words[state];
    this.bar.hidden = state !== "going";
    this.bar.setAttribute("aria-label", `How far ${this.fileName} is`);
    this.bar.value = 0;
    const { save: keep, open, swap, remove } = this.buttons;
    keep.hidden = state !== "done";
    open.hidden = state === "half";
    swap.hidden = state === "half";
    for (const button of [open, swap, remove]) button.disabled = state === "going";
    const pair = far ? `${near.name} and ${far.name}` : near.name;
    for (const [what, button] of Object.entries(this.buttons)) {
      button.setAttribute("aria-label", `${what.charAt(0).toUpperCase()}${what.slice(1)} ${what === "save" ? this.fileName : pair}`);
    }
  }

  /** Draws the pictures, one after the other, so that few of them are in memory. */
  async draw(): Promise<void> {
    for (const [i, blob] of [this.near, this.far, this.png].entries()) {
      const canvas = this.pics[i] as HTMLCanvasElement;
      canvas.hidden = blob === null;
      const context = canvas.getContext("2d");
      context?.clearRect(0, 0, canvas.width, canvas.height);
      // What the browser does not know may still be read; then its name has to do.
      const bitmap = blob && (await createImageBitmap(blob, { resizeHeight: 2 * THUMB.height, resizeQuality: "medium" }).catch(() => null));
      if (!bitmap) continue;
      const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
      const [width, height] = [bitmap.width * scale, bitmap.height * scale];
      context?.drawImage(bitmap, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
      bitmap.close();
    }
  }
}

export class ManyPairs extends HTMLElement {
  private rows: Row[] = [];
  private going = false;
  /** Counts what was started, so that what was stopped does not go on. */
  private run = 0;
  private wholes: Wholes | null = null;
  private wish: () => Wish = () => {
    throw new Error("the list has not been told what is wished for");
  };
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

  /** By what hybrids are made, and what is wished for. */
  use(wholes: Wholes, wish: () => Wish): void {
    this.wholes = wholes;
    this.wish = wish;
  }

  /** More pictures; the first may complete a pair. */
  take(files: File[]): void {
    const half = this.rows.find((row) => row.state === "half");
    const names = new Intl.Collator("en", { numeric: true });
    const left = [...files].sort((a, b) => names.compare(a.name, b.name));
    const [first] = left;
    if (half && first) half.complete(left.shift() as File);
    for (const [near, far] of pairsOf(left)) {
      const row = new Row(near, far, {
        open: (one) => this.dispatchEvent(new CustomEvent("many-open", { detail: [one.near, one.far], bubbles: true })),
        remove: (one) => this.drop(one),
        change: () => this.show(),
      });
      this.rows.push(row);
      this.list.append(row.item);
    }
    this.show();
  }

  private drop(row: Row): void {
    this.rows = this.rows.filter((one) => one !== row);
    row.item.remove();
    this.show();
    this.make.focus();
  }

  private get waiting(): Row[] {
    return this.rows.filter(({ state }) => state === "waiting");
  }

  private async makeAll(): Promise<void> {
    if (this.going || !this.wholes) return;
    this.going = true;
    const run = ++this.run;
    const wish = this.wish();
    for (const row of this.rows) if (row.state === "failed") row.tell("waiting");
    this.show();
    for (let row = this.waiting[0]; row && run === this.run; row = this.waiting[0]) {
      await this.makeOne(row, wish, run);
      this.show();
    }
    if (run !== this.run) return;
    this.wholes.rest();
    this.going = false;
    this.show();
  }

  private async makeOne(row: Row, wish: Wish, run: number): Promise<void> {
    const { near, far } = row;
    if (!far || !this.wholes) return;
    row.tell("going");
    try {
      const pair = [{ name: near.name, blob: near }, { name: far.name, blob: far }] as const;
      const png = await this.wholes.make(pair, { method: "auto", points: [] }, wish, (share) => row.progress(share));
      if (!png || run !== this.run) return row.tell("waiting");
      row.png = new Blob([png], { type: "image/png" });
      row.tell("done");
      await row.draw();
    } catch (error) {
      row.tell("failed", explained(error instanceof Error ? error.message : String(error)));
    }
  }

  private halt(): void {
    this.run += 1;
    this.going = false;
    this.wholes?.rest();
    this.show();
    this.make.focus();
  }

  private async saveAll(): Promise<void> {
    const files = this.rows.flatMap((row) => (row.png ? [{ name: row.fileName, blob: row.png }] : []));
    save(await zipped(files), "hybrids.zip", "application/zip");
  }

  private show(): void {
    const count = (state: State) => this.rows.filter((row) => row.state === state).length;
    const [done, failed, waiting] = [count("done"), count("failed"), count("waiting")];
    const all = this.rows.length;
    const some = (n: number) => `${n} hybrid${n === 1 ? "" : "s"}`;
    const next = waiting + failed;
    this.make.textContent = waiting > 0 ? `Make ${some(next)}` : failed > 0 ? "Try again" : "Make hybrids";
    this.make.hidden = this.going;
    this.make.disabled = next === 0;
    this.stop.hidden = !this.going;
    this.keep.textContent = `Save ${some(done)} as a zip`;
    this.keep.disabled = done === 0;
    this.keep.classList.toggle("primary", done > 0 && waiting === 0 && !this.going);
    this.make.classList.toggle("primary", waiting > 0 || done === 0);
    const bad = failed ? `, ${failed} could not be made` : "";
    this.status.textContent = all === 0 ? "" : `${done} of ${all} made${bad}.`;
  }
}
customElements.define("many-pairs", ManyPairs);
