// The page: what is wished for, and what is shown of what comes back.

import "./band-plot.js";
import "./knob-row.js";
import "./many-pairs.js";
import "./photo-slot.js";
import "./points-editor.js";
import "./two-up.js";
import "./walk-back.js";
import type { BandPlot } from "./band-plot.js";
import { byId, element, metres, paint } from "./canvas.js";
import { Engine } from "./engine.js";
import { fileName, picturesOf, save } from "./files.js";
import type { KnobRow } from "./knob-row.js";
import type { ManyPairs } from "./many-pairs.js";
import type { PhotoSlot } from "./photo-slot.js";
import type { PointsEditor } from "./points-editor.js";
import type { FitOptions, FitReport, Frame, Mixture, Percept, PhotoInfo, Settings, Side, Wish } from "./protocol.js";
import { samples, wasm, workerScript } from "./inside.js";
import { ScreenSize } from "./screen.js";
import { toast } from "./toast.js";
import type { TwoUp } from "./two-up.js";
import type { WalkBack } from "./walk-back.js";
import { Wholes } from "./wholes.js";
import { explained, sentence } from "./words.js";

/** How long a knob must rest before the picture sharpens, in milliseconds. */
const REST = 130;
/** Where people stand who look at a screen: the shrunk picture is as if seen from there. */
const DESK_METRES = 0.6;
const SMALL = { width: 124, height: 92 };
/** Pages of a walk, and the longer side of one in pixels. */
const WALK = { pages: 26, longest: 480 };

interface Source {
  name: string;
  blob: Blob;
  info: PhotoInfo;
}

const slots = [byId<PhotoSlot>("near"), byId<PhotoSlot>("far")] as const;
const hybrid = byId<HTMLCanvasElement>("hybrid");
const small = byId<HTMLCanvasElement>("small");
const walk = byId<WalkBack>("walk");
const twoUp = byId<TwoUp>("two-up");
const pointsEditor = byId<PointsEditor>("points");
const bandPlot = byId<BandPlot>("band-plot");
const many = byId<ManyPairs>("many");
const against = byId<HTMLSelectElement>("against");
const knob = (id: string) => byId<KnobRow>(id);
const knobs = {
  octaves: knob("octaves"),
  color: knob("far-color"),
  tone: knob("far-tone"),
  beside: knob("beside"),
  detail: knob("detail-weight"),
};

const sources: [Source | null, Source | null] = [null, null];
let report: FitReport | null = null;
let fitted: { near: Frame; far: Frame } | null = null;
let mine: Mixture | null = null;
let percept: Percept | null = null;
let otherFrame: Frame | null = null;
let tab = "hybrid";

const engine = new Engine(workerScript, wasm, recover);
const wholes = new Wholes(workerScript, wasm);
const screen = new ScreenSize(() => {
  sayScreen();
  look();
  perceive();
});

function fail(error: unknown): void {
  toast(explained(error instanceof Error ? error.message : String(error)));
}

// ---- pictures in -------------------------------------------------------------------------------------------------

async function put(side: Side, file: Blob, name: string): Promise<boolean> {
  const slot = slots[side];
  slot.wait("Reading …");
  try {
    const bytes = await file.arrayBuffer();
    const info = await engine.ask("load", { side, name, bytes }, { transfer: [bytes] });
    if (!info) return false;
    sources[side] = { name, blob: file, info };
    slot.show(name, info);
    pointsEditor.forget();
    pointsEditor.picture(side, info.thumb, info.width, info.height);
    for (const note of info.notes) toast(`${name}: ${note}`);
    return true;
  } catch (error) {
    toast(explained(error instanceof Error ? error.message : String(error), name));
    return false;
  } finally {
    slot.wait(null);
  }
}

/** Pictures for one side, or for whichever is free. */
async function take(files: File[], side?: Side): Promise<void> {
  const pictures = picturesOf(files);
  if (pictures.length === 0) {
    if (files.length > 0) toast("That is no picture.");
    return;
  }
  if (document.body.dataset["state"] === "many" || pictures.length > 2) {
    openMany();
    return many.take(pictures);
  }
  const [first, second] = pictures as [File, File?];
  const free: Side = sources[0] && !sources[1] ? 1 : 0;
  const at: Side = side ?? free;
  if (mine) working();
  let read = await put(at, first, first.name);
  if (second) read = (await put(at === 0 ? 1 : 0, second, second.name)) || read;
  if (read) await begin();
  else if (mine) await remix();
}

/** Both pictures are there: make the first hybrid. */
async function begin(): Promise<void> {
  if (!sources[0] || !sources[1]) return;
  const first = document.body.dataset["state"] === "start";
  // Somebody may have gone on to many pairs while these were read.
  if (first) document.body.dataset["state"] = "ready";
  byId("smaller").hidden = sources[0].info.whole && sources[1].info.whole;
  walk.percept = null;
  walk.metres = walk.nearest;
  if (first) {
    scrollTo(0, 0);
    byId("stage").focus({ preventScroll: true });
  }
  await refit();
}

function openMany(): void {
  document.body.dataset["state"] = "many";
  scrollTo(0, 0);
}

function closeMany(): void {
  document.body.dataset["state"] = sources[0] && sources[1] ? "ready" : "start";
  look();
}

async function swap(): Promise<void> {
  if (!sources[0] || !sources[1]) return;
  working();
  sources.reverse();
  const swapped = engine.ask("swap", null);
  const pairs = pointsEditor.points.map(({ near, far }) => ({ near: far, far: near }));
  pointsEditor.forget();
  for (const side of [0, 1] as const) {
    const { name, info } = sources[side] as Source;
    slots[side].show(name, info);
    pointsEditor.picture(side, info.thumb, info.width, info.height);
  }
  await swapped;
  if (pairs.length > 0) pointsEditor.points = pairs;
  else await refit();
}

/** The worker died and another one has started, which knows nothing. */
async function recover(): Promise<void> {
  const kept = [...sources] as typeof sources;
  for (const side of [0, 1] as const) {
    const source = kept[side];
    if (!source) continue;
    const bytes = await source.blob.arrayBuffer();
    await engine.ask("load", { side, name: source.name, bytes }, { transfer: [bytes] }).catch(() => undefined);
  }
  await refit();
}

// ---- wishes ------------------------------------------------------------------------------------------------------

/** What a method is, for somebody who has never heard of it. */
const METHODS: Record<Wish["mixer"], string> = {
  descent: "The best picture: every pixel is changed until both are as clear as they can be.",
  fourier: "The classical way: the coarse of one and the fine of the other, added.",
  article: "As the method was first published, step by step: slower.",
};

function wish(): Wish {
  const checked = document.querySelector<HTMLInputElement>("input[name=mixer]:checked");
  return {
    mixer: (checked?.value ?? "descent") as Wish["mixer"],
    octaves: knobs.octaves.value ?? 0,
    share: { color: knobs.color.value, tone: knobs.tone.value, beside: knobs.beside.value },
    "detail-weight": knobs.detail.value,
  };
}

function align(): FitOptions {
  const points = pointsEditor.points;
  return points.length >= 2 ? { method: "points", points } : { method: "auto", points: [] };
}

/** What somebody wishes is not yet what is shown. */
function working(): void {
  document.body.dataset["work"] = "going";
}

function isSettled(): boolean {
  return document.body.dataset["work"] === "done";
}

/** The wish that is being granted; the newest, if one has overtaken another. */
let granting: Promise<void> = Promise.resolve();

/** Waits until what is wished for is made, sharp; false if it could not be. */
async function settled(): Promise<boolean> {
  for (let seen; seen !== granting; ) {
    seen = granting;
    await seen;
  }
  return isSettled();
}

/** Makes the pictures fit, and mixes. */
function refit(): Promise<void> {
  granting = fitAndMix();
  return granting;
}

/** A quick hybrid at once, the real one when nobody turns a knob any more. */
function remix(): Promise<void> {
  granting = mixTwice();
  return granting;
}

async function fitAndMix(): Promise<void> {
  working();
  otherFrame = null;
  try {
    progress(0);
    const found = await engine.ask("fit", { options: align(), level: "work" }, { lane: "fit" });
    if (!found) return;
    ({ report } = found);
    fitted = found;
    pointsEditor.suggested = report.points;
    await mixTwice();
  } catch (error) {
    broke(error);
  }
}

function broke(error: unknown): void {
  progress(null);
  document.body.dataset["work"] = "failed";
  fail(error);
}

/** While a point is dragged: a small fit and a small hybrid. */
async function glance(): Promise<void> {
  if (pointsEditor.points.length < 2) return;
  working();
  try {
    const found = await engine.ask("fit", { options: align(), level: "draft" }, { lane: "fit" });
    if (!found) return;
    const made = await engine.ask("mix", { wish: wish(), level: "draft", which: "mine" }, { lane: "mix" });
    if (made) show(made);
  } catch {
    // Half way between two places points may make no map; where they come to rest counts.
  }
}

let turns = 0;

async function mixTwice(): Promise<void> {
  const turn = ++turns;
  working();
  try {
    const draft = await engine.ask("mix", { wish: wish(), level: "draft", which: "mine" }, { lane: "mix" });
    if (!draft || turn !== turns) return;
    show(draft);
    await new Promise((done) => setTimeout(done, REST));
    if (turn !== turns) return;
    const whole = await engine.ask(
      "mix",
      { wish: wish(), level: "work", which: "mine" },
      { lane: "mix", progress },
    );
    if (!whole || turn !== turns) return;
    progress(null);
    show(whole);
    await Promise.all([perceive(), compare(), plot()]);
    if (turn === turns) document.body.dataset["work"] = "done";
  } catch (error) {
    broke(error);
  }
}

function progress(share: number | null): void {
  const bar = byId("progress");
  bar.classList.toggle("on", share !== null);
  bar.style.backgroundSize = `${100 * (share ?? 1)}% 100%`;
  bar.setAttribute("aria-valuenow", String(Math.round(100 * (share ?? 1))));
}

// ---- what is shown -----------------------------------------------------------------------------------------------

function show(mixture: Mixture): void {
  mine = mixture;
  document.body.dataset["level"] = mixture.level;
  tellKnobs(mixture.settings);
  pointsEditor.preview(mixture.frame);
  look();
}

function tellKnobs({ chosen, share, chosenShare, detailWeight, side, face }: Settings): void {
  const { mixer } = wish();
  byId("method-note").textContent = METHODS[mixer];
  const across = face?.width ?? side;
  knobs.octaves.say = (octaves) =>
    `${(chosen * 2 ** octaves * across).toFixed(1)} cycles across ${face ? "the face" : "the picture"}`;
  knobs.octaves.chosen = 0;
  knobs.color.chosen = chosenShare.color;
  knobs.tone.chosen = chosenShare.tone;
  knobs.beside.chosen = chosenShare.focus?.rest ?? 1;
  knobs.detail.say = (weight) => weight.toFixed(1);
  knobs.detail.chosen = detailWeight;
  knobs.color.enabled = share !== null;
  knobs.tone.enabled = share !== null;
  knobs.beside.enabled = share?.focus != null;
  knobs.detail.enabled = mixer === "descent";
}

/** Pixels of the hybrid in an inch of the screen, as it is shown now. */
function density(frame: Frame): number {
  const shown = tab === "compare" ? twoUp : hybrid;
  const box = shown.getBoundingClientRect();
  const highest = Math.min(0.62 * innerHeight, 720);
  const width = box.width || byId("stage").clientWidth;
  const scale = Math.min(width / frame.width, (box.height || highest) / frame.height);
  return screen.ppi / Math.max(scale, 0.01);
}

/** Shows the hybrid from where somebody stands. */
function look(): void {
  if (!mine) return;
  const { frame } = mine;
  if (hybrid.width !== frame.width || hybrid.height !== frame.height) {
    // The canvas takes its shape at once, for distances depend on how large it is.
    if (hybrid.width * frame.height !== hybrid.height * frame.width) paint(hybrid, frame);
  }
  shrink();
  if (tab === "compare") return lookBoth();
  if (!walk.isAway) {
    hybrid.dataset["metres"] = "0";
    return paint(hybrid, frame);
  }
  const args = { metres: walk.metres, density: density(frame), which: "mine" } as const;
  engine
    .ask("seen", args, { lane: "seen" })
    .then((seen) => {
      if (!seen || !walk.isAway) return;
      paint(hybrid, seen);
      Object.assign(hybrid.dataset, { metres: args.metres, density: args.density });
    })
    .catch(fail);
}

function shrink(): void {
  if (!mine) return;
  const { frame } = mine;
  const inch = density(frame);
  // In CSS pixels, as the large one would be if it stood so far behind the desk.
  const full = { width: (frame.width / inch) * screen.ppi, height: (frame.height / inch) * screen.ppi };
  const fits = Math.min(SMALL.width / full.width, SMALL.height / full.height);
  const factor = Math.min(fits, DESK_METRES / Math.max(walk.metres, DESK_METRES));
  const css = [full.width * factor, full.height * factor] as const;
  const [width, height] = css.map((side, i) =>
    Math.max(1, Math.min(i ? frame.height : frame.width, Math.round(side * devicePixelRatio))),
  ) as [number, number];
  engine
    .ask("shrunk", { width, height }, { lane: "shrunk" })
    .then((frame) => {
      if (!frame) return;
      paint(small, frame);
      small.style.width = `${css[0]}px`;
      small.style.height = `${css[1]}px`;
    })
    .catch(fail);
}

async function perceive(): Promise<void> {
  if (!mine) return;
  percept = (await engine.ask("percept", { density: density(mine.frame) }, { lane: "percept" })) ?? percept;
  if (!percept) return;
  walk.percept = percept;
  const { near, even, far } = percept;
  const verdict = byId("verdict");
  verdict.replaceChildren();
  const part = (className: string, text: string) => element("span", { className }, text);
  if (near && far) {
    verdict.append(part("n", `NEAR up to ${metres(near)}`), ", ", part("f", `FAR from ${metres(far)}`));
  } else if (far) {
    verdict.append(part("f", `FAR from ${metres(far)}`), ", nearer neither is clear");
  } else if (near) {
    verdict.append(part("n", `NEAR up to ${metres(near)}`), ", farther neither is clear");
  } else if (even) {
    verdict.append("It changes at ", part("f", metres(even)), ", but neither is clear");
  } else {
    verdict.append("It does not change as you walk away");
  }
  verdict.append(element("small", {}, "Seen on this screen, by a model of the eye. Move the slider, or get up and walk back."));
  hybrid.setAttribute("aria-label", `The hybrid of ${sources[0]?.name} up close and ${sources[1]?.name} from afar`);
  const words = (report?.words ?? []).map((text) => element("p", {}, sentence(text)));
  const warnings = percept.warnings.map((text) => element("p", { className: "warn" }, sentence(text)));
  byId("words").replaceChildren(...words, ...warnings);
}

// ---- comparing, spectra ------------------------------------------------------------------------------------------

const NAMES: Record<string, string> = { descent: "Optimised", fourier: "Fourier", article: "Article", near: "NEAR", far: "FAR" };

async function compare(): Promise<void> {
  if (tab !== "compare" || !mine || !fitted) return;
  const what = against.value;
  if (what === "near" || what === "far") {
    otherFrame = fitted[what];
  } else {
    twoUp.show("left", mine.frame, NAMES[wish().mixer] ?? "");
    if (!otherFrame) twoUp.show("right", mine.frame, "In the making …");
    const other = { ...wish(), mixer: what as Wish["mixer"], "detail-weight": null };
    const made = await engine.ask("mix", { wish: other, level: "work", which: "other" }, { lane: "other", progress });
    progress(null);
    if (!made) return;
    otherFrame = made.frame;
  }
  lookBoth();
}

function lookBoth(): void {
  if (!mine || !otherFrame) return;
  const names = [NAMES[wish().mixer] ?? "", NAMES[against.value] ?? ""] as const;
  const plain = otherFrame;
  const shown = { left: mine.frame, right: plain };
  const made = against.value !== "near" && against.value !== "far";
  twoUp.show("left", shown.left, names[0]);
  twoUp.show("right", shown.right, names[1]);
  if (!walk.isAway) return;
  const args = { metres: walk.metres, density: density(mine.frame) };
  const seen = (which: "mine" | "other", side: "left" | "right", name: string) =>
    engine
      .ask("seen", { ...args, which }, { lane: `seen-${which}` })
      .then((frame) => {
        if (frame && walk.isAway) twoUp.show(side, frame, name);
      })
      .catch(fail);
  seen("mine", "left", names[0]);
  if (made) seen("other", "right", names[1]);
}

async function plot(): Promise<void> {
  if (tab !== "bands" || !mine) return;
  bandPlot.wait();
  const bands = await engine.ask("bands", null, { lane: "bands" });
  const spectra = await engine.ask("spectra", null, { lane: "spectra" });
  if (bands && spectra && mine) bandPlot.show(bands, spectra, mine.settings.side, mine.settings.crossover);
}

function open(name: string): void {
  tab = name;
  for (const button of document.querySelectorAll<HTMLElement>("[role=tab]")) {
    const here = button.id === `tab-${name}`;
    button.setAttribute("aria-selected", String(here));
    button.tabIndex = here ? 0 : -1;
    byId(button.getAttribute("aria-controls") ?? "").hidden = !here;
  }
  byId("walk-box").hidden = name === "points" || name === "bands";
  look();
  Promise.all([compare(), plot()]).catch(fail);
}

// ---- out ---------------------------------------------------------------------------------------------------------

async function saving(button: HTMLButtonElement, work: () => Promise<void>): Promise<void> {
  const text = button.textContent;
  button.disabled = true;
  try {
    await work();
  } catch (error) {
    fail(error);
  } finally {
    progress(null);
    button.disabled = false;
    button.textContent = text;
  }
}

async function savePicture(): Promise<void> {
  const [near, far] = sources;
  if (!near || !far) return;
  let png: Uint8Array<ArrayBuffer> | undefined;
  if (near.info.whole && far.info.whole) {
    // The real one may still be in the making.
    if (!(await settled())) return;
    png = await engine.ask("file", { options: align() });
  } else {
    toast("Making it at full size. The page stays usable.");
    png = await wholes.make([near, far], align(), wish(), progress);
    wholes.rest();
  }
  if (png) save(png, fileName([near.name, far.name], ".png"), "image/png");
}

/** The hybrid that is worked on, for who will not wait for the whole: a picture without a recipe. */
async function saveSmaller(): Promise<void> {
  const [near, far] = sources;
  if (!near || !far || !(await settled())) return;
  const png = await engine.ask("file", { options: align() });
  if (png) save(png, fileName([near.name, far.name], "-small.png"), "image/png");
}

async function saveWalk(): Promise<void> {
  const [near, far] = sources;
  if (!near || !far || !(await settled()) || !mine) return;
  const ratio = walk.most / walk.nearest;
  const distances = Array.from({ length: WALK.pages }, (_, i) => walk.nearest * ratio ** (i / (WALK.pages - 1)));
  const args = { metres: distances, density: density(mine.frame), longest: WALK.longest };
  const film = await engine.ask("walk", args, { lane: "walk", progress });
  if (film) save(film, fileName([near.name, far.name], "-walk.png"), "image/apng");
}

async function copyCommand(): Promise<void> {
  if (!(await settled())) return;
  const line = await engine.ask("command", { wish: wish(), options: align() });
  if (!line) return;
  try {
    await navigator.clipboard.writeText(line);
    toast("Copied. In a terminal it makes the same picture.", line);
  } catch {
    toast("This is the command:", line);
  }
}

// ---- wiring ------------------------------------------------------------------------------------------------------

function sayScreen(): void {
  const { ppi, isMeasured } = screen;
  byId("screen-size").textContent = isMeasured
    ? `Your screen: ${ppi.toFixed(0)} pixels per inch.`
    : `Distances for a screen of ${ppi} pixels per inch.`;
}

function wire(): void {
  for (const slot of slots) {
    slot.addEventListener("files", (event) => take((event as CustomEvent<File[]>).detail, slot.side));
  }
  many.use(new Wholes(workerScript, wasm), wish);
  for (const link of document.querySelectorAll<HTMLElement>("[data-many]")) {
    link.onclick = () => {
      openMany();
      many.querySelector("input")?.focus();
    };
  }
  many.addEventListener("many-files", (event) => take((event as CustomEvent<File[]>).detail));
  many.addEventListener("many-close", closeMany);
  many.addEventListener("many-open", (event) => {
    closeMany();
    take((event as CustomEvent<File[]>).detail, 0).catch(fail);
  });
  byId("swap").onclick = () => swap().catch(fail);
  document.addEventListener("knob", () => remix());
  for (const radio of document.querySelectorAll<HTMLInputElement>("input[name=mixer]")) radio.onchange = () => remix();
  walk.addEventListener("walk", () => look());
  against.onchange = () => compare().catch(fail);
  pointsEditor.addEventListener("points", (event) => {
    if ((event as CustomEvent<{ ended: boolean }>).detail.ended) refit();
    else glance();
  });
  pointsEditor.addEventListener("points-open", (event) => {
    const file = (event as CustomEvent<File>).detail;
    file
      .text()
      .then((text) => engine.ask("points", { text, toml: !file.name.endsWith(".json") }))
      .then((pairs) => {
        if (pairs) pointsEditor.points = pairs;
      })
      .catch(fail);
  });
  pointsEditor.addEventListener("points-save", () => {
    engine
      .ask("pointsFile", { points: pointsEditor.points })
      .then((text) => text !== undefined && save(text, "points.toml", "text/plain"))
      .catch(fail);
  });
  const saveButton = byId<HTMLButtonElement>("save");
  saveButton.onclick = () => saving(saveButton, savePicture);
  const smallerButton = byId<HTMLButtonElement>("save-smaller");
  smallerButton.onclick = () => saving(smallerButton, saveSmaller);
  const walkButton = byId<HTMLButtonElement>("save-walk");
  walkButton.onclick = () => saving(walkButton, saveWalk);
  byId("copy").onclick = () => copyCommand().catch(fail);

  const tabs = [...document.querySelectorAll<HTMLElement>("[role=tab]")];
  for (const [i, button] of tabs.entries()) {
    button.onclick = () => open(button.id.replace("tab-", ""));
    button.onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      next?.focus();
      next?.click();
    };
  }

  let inside = 0;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const dropping = (on: boolean) => document.body.classList.toggle("dropping", on);
  addEventListener("dragenter", (event) => {
    if (hasFiles(event)) dropping(++inside > 0);
  });
  addEventListener("dragleave", (event) => {
    if (hasFiles(event)) dropping(--inside > 0);
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    inside = 0;
    dropping(false);
    const slot = (event.target as Element | null)?.closest?.("photo-slot") as PhotoSlot | null;
    take([...(event.dataTransfer?.files ?? [])], slot?.side).catch(fail);
  });
  addEventListener("paste", (event) => {
    const files = [...((event as ClipboardEvent).clipboardData?.files ?? [])];
    if (files.length > 0) take(files).catch(fail);
  });
  let resized = 0;
  addEventListener("resize", () => {
    clearTimeout(resized);
    resized = setTimeout(() => {
      look();
      perceive().catch(fail);
    }, 200);
  });
}

function offerSamples(): void {
  const list = byId("samples");
  for (const { title, near, far } of samples()) {
    const picture = ({ name, blob }: { name: string; blob: Blob }) =>
      element("img", { src: URL.createObjectURL(blob), alt: "", title: name, loading: "lazy" });
    const button = element(
      "button",
      { type: "button" },
      element("span", { className: "pics" }, picture(near), picture(far)),
      element("span", { className: "title" }, title),
    );
    button.onclick = async () => {
      const read = (await put(0, near.blob, near.name)) && (await put(1, far.blob, far.name));
      if (read) await begin();
    };
    list.append(element("li", {}, button));
  }
}

wire();
offerSamples();
sayScreen();
engine.start().catch(fail);
