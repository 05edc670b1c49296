// The page's wiring: pictures and knobs go to the worker, and its results go to the parts that show them.

import "./band-plot.js";
import "./knob-row.js";
import "./many-pairs.js";
import "./photo-slot.js";
import "./points-editor.js";
import "./two-up.js";
import "./walk-back.js";
import type { BandPlot } from "./band-plot.js";
import { byId } from "./canvas.js";
import { Comparison } from "./comparison.js";
import { Controls } from "./controls.js";
import { takeDropped } from "./dropping.js";
import { Engine } from "./engine.js";
import { fail, message } from "./failing.js";
import { FarView } from "./far-view.js";
import { picturesOf, save } from "./files.js";
import { wasm, workerScript } from "./inside.js";
import { Leaving } from "./leaving.js";
import type { ManyPairs } from "./many-pairs.js";
import { Mixing, type Wanted } from "./mixing.js";
import { Photographs } from "./photographs.js";
import type { PointsEditor } from "./points-editor.js";
import type { Percept, Side } from "./protocol.js";
import { offerSamples } from "./sample-list.js";
import { Saving } from "./saving.js";
import { ScreenSize } from "./screen.js";
import { Tabs } from "./tabs.js";
import { hush, toast } from "./toast.js";
import { tellFinding, tellFitted, tellVerdict } from "./verdict.js";
import type { WalkBack } from "./walk-back.js";
import { Wholes } from "./wholes.js";
import { offerWords, wordsPicture } from "./words-picture.js";

const walk = byId<WalkBack>("walk");
const points = byId<PointsEditor>("points");
const bandPlot = byId<BandPlot>("band-plot");
const many = byId<ManyPairs>("many");

const leaving = new Leaving();

// ---- from pictures and knobs to a hybrid ------------------------------------------------------------------------

const engine = new Engine(workerScript, wasm, async () => {
  // The worker died; the new one has no state.
  await photographs.again();
  await mixing.refit();
});
/** The sides whose picture has changed since a knob was last turned. */
const fresh = new Set<Side>();
const controls = new Controls(() => {
  fresh.clear();
  mixing.remix();
});
const photographs = new Photographs(engine, points, take);
const wanted: Wanted = {
  knobs: () => controls.knobs,
  align: () => {
    if (points.points.length >= 2) return { method: "points", points: points.points };
    // A picture paired with itself is in register already.
    return { method: isSame ? "none" : "auto", points: [] };
  },
};
/** Whether NEAR and FAR are the same file. */
let isSame = false;
const mixing = new Mixing(engine, wanted, {
  fitted: (report) => {
    if (points.points.length === 0) leaving.kept("points");
    // If the pair has been judged already, the percepts will hardly change.
    if (percept === null) tellFitted(report, isSame);
    points.suggested = report.points;
    comparison.forget();
  },
  mixed: ({ frame, settings }) => {
    leaving.made("the hybrid");
    controls.show(settings);
    points.preview(frame);
    look();
  },
  sharp: () => Promise.all([perceive(), compare(), plot()]),
});

/** What FAR says, if it is made of words. */
let words: string | null = null;

/** Reads a picture for one side; false if that failed. */
async function read(side: Side, blob: Blob, name: string): Promise<boolean> {
  const could = await photographs.put(side, blob, name);
  if (!could) return false;
  fresh.add(side);
  if (side === 1) words = null;
  else if (words !== null) await write(words);
  return true;
}

/** Makes FAR of words, in NEAR's shape if it is there. */
async function write(said: string): Promise<boolean> {
  const { width, height } = photographs.near?.info ?? { width: 1200, height: 900 };
  const file = await wordsPicture(said, width, height);
  const could = await read(1, file, file.name);
  if (could) words = said;
  return could;
}

/** Takes pictures for one side, or for a free one; more than two become many pairs. */
function take(files: File[], side?: Side, keepsKnobs = false): void {
  hush();
  const pictures = picturesOf(files);
  const [first, second] = pictures;
  if (!first) {
    if (files[0]) toast(`${files[0].name} is no picture.`);
    return;
  }
  if (document.body.dataset["state"] === "many" || pictures.length > 2) {
    openMany();
    return many.take(pictures);
  }
  const at: Side = side ?? photographs.free;
  mixing
    .hold(async () => {
      let could = await read(at, first, first.name);
      if (second) could = (await read(at === 0 ? 1 : 0, second, second.name)) || could;
      if (could) await begin(keepsKnobs);
      else if (mixing.mine) await mixing.remix();
    })
    .catch(fail);
}

/** Makes the first hybrid of a complete pair. Knob values from another pair do not apply to it. */
async function begin(keepsKnobs = false): Promise<void> {
  const { pair } = photographs;
  if (!pair) return;
  if (fresh.size === 2) {
    if (!keepsKnobs) controls.reset();
    fresh.clear();
  }
  const first = document.body.dataset["state"] === "start";
  // The user may have gone on to many pairs in the meantime.
  if (first) document.body.dataset["state"] = "ready";
  saving.tell();
  percept = null;
  walk.percept = null;
  walk.metres = walk.nearest;
  isSame = false;
  tellFinding(false);
  isSame = await photographs.areSame();
  if (isSame) tellFinding(true);
  if (first) {
    scrollTo(0, 0);
    byId("stage").focus({ preventScroll: true });
  }
  await mixing.refit();
}

offerSamples((near, far) => {
  mixing
    .hold(async () => {
      if ((await read(0, near.blob, near.name)) && (await read(1, far.blob, far.name))) await begin();
    })
    .catch(fail);
});
offerWords((said) => {
  mixing
    .hold(async () => {
      if (await write(said)) await begin();
    })
    .catch(fail);
});
takeDropped(take);
byId("swap").onclick = () => {
  if (!photographs.pair) return;
  mixing
    .hold(async () => {
      await photographs.swap();
      words = null;
      saving.tell();
      percept = null;
      tellFinding(isSame);
      await mixing.refit();
    })
    .catch(fail);
};
points.addEventListener("points", (event) => {
  if (points.points.length > 0) leaving.made("points");
  else leaving.kept("points");
  if ((event as CustomEvent<{ ended: boolean }>).detail.ended) mixing.refit();
  else mixing.glance();
});
points.addEventListener("points-open", (event) => {
  const file = (event as CustomEvent<File>).detail;
  file
    .text()
    .then((text) => engine.ask("points", { text, toml: !file.name.endsWith(".json") }))
    .then(
      (pairs) => {
        const outside = pairs && points.outside(pairs);
        if (outside) toast(`${file.name}: ${outside}`);
        else if (pairs) points.points = pairs;
      },
      (error) => toast(`${file.name} is no points file. One is written by Save the points.`, { code: message(error) }),
    )
    .catch(fail);
});
points.addEventListener("points-save", () => {
  engine
    .ask("pointsFile", { points: points.points })
    .then((text) => {
      if (text === undefined) return;
      save(text, "points.toml", "text/plain");
      leaving.kept("points");
    })
    .catch(fail);
});

// ---- views of the hybrid -----------------------------------------------------------------------------------------

for (const button of document.querySelectorAll<HTMLElement>("[data-leave]")) {
  // Not a button that submits: Enter would press it, as the first of them.
  button.onclick = () => button.closest("dialog")?.close();
}
const screen = new ScreenSize(() => {
  sayScreen();
  look();
  perceive().catch(fail);
});
const tabs = new Tabs(() => {
  if (tabs.open !== "points") points.rest();
  look();
  Promise.all([compare(), plot()]).catch(fail);
});
const farView = new FarView(engine, walk, screen, () => byId(tabs.open === "compare" ? "two-up" : "hybrid"));
const comparison = new Comparison(engine, walk, farView, () => compare().catch(fail));
let percept: Percept | null = null;

/** Shows the hybrid as seen from the current distance. */
function look(): void {
  if (!mixing.mine) return;
  const { frame } = mixing.mine;
  if (tabs.open === "compare") {
    farView.shrink(frame);
    comparison.show(frame, controls.knobs);
  } else {
    farView.show(frame);
  }
}

async function perceive(): Promise<void> {
  const { mine, found } = mixing;
  if (!mine) return;
  percept = (await engine.ask("percept", { density: farView.density(mine.frame) }, { lane: "percept" })) ?? percept;
  if (!percept) return;
  walk.percept = percept;
  tellVerdict(percept, found?.report ?? null, isSame);
  const [near, far] = photographs.pair ?? [];
  farView.label = `The hybrid of ${near?.name} up close and ${far?.name} from afar`;
}

async function compare(): Promise<void> {
  const { mine, found } = mixing;
  if (tabs.open === "compare" && mine && found) await comparison.compare(mine, found, controls.knobs);
}

async function plot(): Promise<void> {
  if (tabs.open !== "bands" || !mixing.mine) return;
  bandPlot.wait();
  const bands = await engine.ask("bands", null, { lane: "bands" });
  const spectra = await engine.ask("spectra", null, { lane: "spectra" });
  const { settings } = mixing.mine;
  if (bands && spectra) bandPlot.show(bands, spectra, settings.side, settings.crossover);
}

function sayScreen(): void {
  const { ppi, isMeasured } = screen;
  byId("screen-size").textContent = isMeasured
    ? `Your screen: ${ppi.toFixed(0)} pixels per inch.`
    : `Distances for a screen of ${ppi} pixels per inch.`;
}

walk.addEventListener("walk", look);
let resized = 0;
addEventListener("resize", () => {
  clearTimeout(resized);
  resized = setTimeout(() => {
    look();
    perceive().catch(fail);
  }, 200);
});
sayScreen();

// ---- saving, and many pairs --------------------------------------------------------------------------------------

const saving = new Saving(engine, new Wholes(workerScript, wasm), photographs, wanted, mixing, walk, farView, leaving);

function openMany(): void {
  document.body.dataset["state"] = "many";
  scrollTo(0, 0);
}

function closeMany(): void {
  document.body.dataset["state"] = photographs.pair ? "ready" : "start";
  look();
}

many.use({
  wholes: new Wholes(workerScript, wasm),
  knobs: () => controls.knobs,
  pair: async (names, leftOver) => (await engine.ask("pairs", { names, leftOver })) ?? [],
});
for (const link of document.querySelectorAll<HTMLElement>("[data-many]")) {
  link.onclick = () => {
    openMany();
    many.querySelector("input")?.focus();
  };
}
many.addEventListener("many-files", (event) => take((event as CustomEvent<File[]>).detail));
many.addEventListener("many-unsaved", (event) => {
  if ((event as CustomEvent<boolean>).detail) leaving.made("many pairs");
  else leaving.kept("many pairs");
});
many.addEventListener("many-close", closeMany);
many.addEventListener("many-open", (event) => {
  closeMany();
  // It was made with the settings of the page.
  take((event as CustomEvent<File[]>).detail, 0, true);
});

engine.start().catch(fail);
