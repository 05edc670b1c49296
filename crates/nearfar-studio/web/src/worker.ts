// The worker: holds the pictures, does the work, and always knows the newest request.

import init, { Film, Fitted, type Frame as WasmFrame, Mixed, Photo, mix, pairsByName, readPoints, writePoints } from "../pkg/nearfar_studio.js";
import { LONG_PAUSE, PAUSE, animation } from "./apng.js";
import type { Calls, Fault, Frame, Kind, Knobs, Level, PhotoInfo, Reply, Request, Side, Which, Whole } from "./protocol.js";

/** Longer side of the pictures at working size; larger ones are mixed at full size when saved. */
const WORK = 1024;
/** Shorter side of a hybrid while a knob is turned. */
const DRAFT = 208;
/** Longer side of a picture in its slot and in the editor of points. */
const THUMB = 1024;
/** Shorter side of the hybrid that is judged instead of a large one, and its width in inches: as in the program. */
const JUDGED = 480;
const INCHES = 20 / 2.54;
/** Milliseconds for which a mix works before it lets other requests in. */
const SLICE = 20;

const photos: [Photo | null, Photo | null] = [null, null];
const byBrowser: [boolean, boolean] = [false, false];
let drafts: [Photo, Photo] | null = null;
const fits: Record<Level, Fitted | null> = { draft: null, work: null };
const mixes: Record<Which, Mixed | null> = { mine: null, other: null };

const queue: Request[] = [];
/** The newest request of each lane. */
const newest = new Map<string, number>();
let busy = false;

/** The answer to an outdated request. */
const STALE = Symbol("stale");

function post(reply: Reply, transfer: Transferable[] = []): void {
  self.postMessage(reply, { transfer });
}

function plain(frame: WasmFrame): Frame {
  const { width, height } = frame;
  const bytes = frame.take();
  return { width, height, rgba: new Uint8ClampedArray(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length) };
}

function both(): [Photo, Photo] {
  const [near, far] = photos;
  if (!near || !far) throw new Error("two pictures are needed");
  return [near, far];
}

function need<T>(value: T | null): T {
  if (value === null) throw new Error("there is no hybrid yet");
  return value;
}

function dropFits(): void {
  for (const level of ["draft", "work"] as const) {
    fits[level]?.free();
    fits[level] = null;
  }
  for (const photo of drafts ?? []) photo.free();
  drafts = null;
}

function draftPhotos(): [Photo, Photo] {
  // The pair that they give is about as large as a draft.
  drafts ??= both().map((photo) => photo.copy(Math.round(1.3 * DRAFT))) as [Photo, Photo];
  return drafts;
}

/** Errors of files that the browser may read where this program does not, by their names. */
const BROWSERS = new Set(["HEIC", "UnknownFormat", "UnreadableFormat", "Unsupported"]);

/** Decodes a file by this program, or else by the browser, which may support a format that this program does not. */
async function read(name: string, bytes: ArrayBuffer, longest: number): Promise<{ photo: Photo; byBrowser: boolean }> {
  try {
    return { photo: Photo.read(name, new Uint8Array(bytes), longest), byBrowser: false };
  } catch (error) {
    if (!BROWSERS.has((error as Error).name)) throw error;
    const bitmap = await createImageBitmap(new Blob([bytes])).catch(() => null);
    if (!bitmap) throw error;
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    if (!context) throw error;
    context.drawImage(bitmap, 0, 0);
    const { width, height } = bitmap;
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    return { photo: Photo.fromCanvas(name, width, height, new Uint8Array(data.buffer), longest), byBrowser: true };
  }
}

async function load({ side, name, bytes }: Calls["load"][0]): Promise<PhotoInfo> {
  const { photo, byBrowser: foreign } = await read(name, bytes, WORK);
  photos[side]?.free();
  photos[side] = photo;
  byBrowser[side] = foreign;
  dropFits();
  const small = photo.copy(THUMB);
  const thumb = plain(small.frame());
  small.free();
  const { width, height, isWhole, fitsWhole } = photo;
  return { width, height, whole: isWhole, fitsWhole, byBrowser: foreign, notes: photo.notes(), thumb };
}

function fit({ options, level }: Calls["fit"][0]): Calls["fit"][1] {
  const [near, far] = level === "work" ? both() : draftPhotos();
  const fitted = new Fitted(near, far, JSON.stringify(options));
  fits[level]?.free();
  fits[level] = fitted;
  if (level === "work") {
    fits.draft?.free();
    fits.draft = fitted.copy(DRAFT);
  }
  const report = { ...JSON.parse(fitted.report()), words: fitted.words() };
  return { report, near: plain(fitted.near()), far: plain(fitted.far()) };
}

async function mixed(id: number, { knobs, level, which }: Calls["mix"][0]): Promise<Calls["mix"][1] | typeof STALE> {
  const fitted = fits[level];
  // Another picture has just arrived: a fit of it follows, and a mix.
  if (!fitted) return STALE;
  const fidelity = JSON.stringify(level === "draft" ? "preview" : "full");
  const made = (await mix(fitted, JSON.stringify(knobs), fidelity, ticker(id))) as Mixed | undefined;
  if (!made) return STALE;
  mixes[which]?.free();
  mixes[which] = made;
  return { frame: plain(made.frame()), settings: JSON.parse(made.settings()), level };
}

/** Reports a mix's progress and lets quick requests in; false once a newer mix is wanted. */
function ticker(id: number): (share: number) => boolean | Promise<boolean> {
  let last = performance.now();
  return (share) => {
    if (performance.now() - last < SLICE) return true;
    post({ id, kind: "progress", share });
    return pause()
      .then(serveQuick)
      .then(() => {
        last = performance.now();
        return !isStale(id);
      });
  };
}

const hop = new MessageChannel();
let resume: (() => void) | null = null;
hop.port1.onmessage = () => resume?.();

/** Lets pending messages in. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    resume = resolve;
    hop.port2.postMessage(null);
  });
}

const running = new Map<number, string>();

function isStale(id: number): boolean {
  const lane = running.get(id);
  if (lane === undefined) return false;
  return newest.get(lane) !== id || queue.some(({ kind }) => OVERTAKES[lane]?.has(kind));
}

/** The requests that make a running mix pointless, because another follows. The picture to compare with waits for that. */
const OVERTAKES: Record<string, ReadonlySet<Kind>> = {
  mix: new Set<Kind>(["load", "swap", "fit"]),
  other: new Set<Kind>(["load", "swap", "fit", "mix"]),
};

/** Requests that may be answered in the middle of a mix: they change nothing on which it works. */
const QUICK: ReadonlySet<Kind> = new Set(["seen", "shrunk", "command", "pairs", "points", "pointsFile"]);

async function serveQuick(): Promise<void> {
  for (let i = 0; i < queue.length; ) {
    const request = queue[i] as Request;
    if (QUICK.has(request.kind)) {
      queue.splice(i, 1);
      await serve(request);
    } else {
      i += 1;
    }
  }
}

/** Reasons why a pair makes no good hybrid, one sentence each, found by a small hybrid that is quickly made and judged. */
async function judged(fitted: Fitted, knobs: Knobs): Promise<string[]> {
  // The first sentence says how the pictures were brought into register.
  const odd = fitted.words().slice(1).filter((word) => !/^faces found/.test(word));
  const small = fitted.copy(JUDGED);
  let made: Mixed | undefined;
  try {
    made = (await mix(small, JSON.stringify(knobs), JSON.stringify("full"), () => true)) as Mixed | undefined;
    if (!made) return odd;
    const { width } = JSON.parse(small.report());
    return [...odd, ...JSON.parse(made.percept(width / INCHES)).warnings];
  } finally {
    made?.free();
    small.free();
  }
}

async function whole(id: number, args: Calls["whole"][0]): Promise<Whole | typeof STALE> {
  post({ id, kind: "progress", share: 0 });
  const file = async (side: Side) => {
    const name = args.names[side];
    const { photo } = await read(name, args.bytes[side], 0).catch((error) => {
      throw error instanceof Error ? Object.assign(error, { file: name }) : error;
    });
    return photo.reduced(args.share);
  };
  const near = await file(0);
  const far = await file(1).catch((error) => {
    near.free();
    throw error;
  });
  const complete = near.isWhole && far.isWhole;
  // Each step consumes its input, so that a pair is in memory only once.
  const fitted = Fitted.of(near, far, JSON.stringify(args.options));
  let made: Mixed | undefined;
  let warnings: string[] = [];
  try {
    if (args.judged) warnings = await judged(fitted, args.knobs);
    made = await mix(fitted, JSON.stringify(args.knobs), JSON.stringify("full"), ticker(id));
  } finally {
    fitted.free();
  }
  if (!made) return STALE;
  try {
    return { png: made.file() as Uint8Array<ArrayBuffer>, complete, warnings };
  } finally {
    made.free();
  }
}

async function walk(id: number, args: Calls["walk"][0]): Promise<Uint8Array<ArrayBuffer> | typeof STALE> {
  const { metres, density, longest, gif } = args;
  const hybrid = need(mixes.mine);
  const pages: Uint8Array[] = [];
  const film = new Film();
  try {
    for (const [i, distance] of metres.entries()) {
      if (gif) film.add(hybrid, distance, density, longest);
      else pages.push(hybrid.page(distance, density, longest));
      post({ id, kind: "progress", share: (i + 1) / metres.length });
      await pause();
      await serveQuick();
      if (isStale(id)) return STALE;
    }
    return gif ? (film.gif(PAUSE, LONG_PAUSE / PAUSE) as Uint8Array<ArrayBuffer>) : animation(pages);
  } finally {
    film.free();
  }
}

function swap(): null {
  photos.reverse();
  byBrowser.reverse();
  dropFits();
  return null;
}

function answer(request: Request): unknown {
  const { id, kind } = request;
  const args = <K extends Kind>(_: K) => request.args as Calls[K][0];
  switch (kind) {
    case "start":
      return init({ module_or_path: args("start").wasm }).then(() => null);
    case "load":
      return load(args("load"));
    case "swap":
      return swap();
    case "fit":
      return fit(args("fit"));
    case "mix":
      return mixed(id, args("mix"));
    case "seen": {
      const { metres, density, which } = args("seen");
      return plain(need(mixes[which]).seen(metres, density));
    }
    case "shrunk":
      return plain(need(mixes.mine).shrunk(args("shrunk").width, args("shrunk").height));
    case "percept":
      return JSON.parse(need(mixes.mine).percept(args("percept").density));
    case "bands":
      return JSON.parse(need(mixes.mine).bands());
    case "spectra":
      return need(mixes.mine).spectra().map(plain);
    case "command":
      return need(mixes.mine).command(JSON.stringify(args("command").knobs));
    case "file":
      return need(mixes.mine).file();
    case "whole":
      return whole(id, args("whole"));
    case "walk":
      return walk(id, args("walk"));
    case "pairs":
      return JSON.parse(pairsByName(args("pairs").names, args("pairs").leftOver ?? undefined));
    case "points":
      return JSON.parse(readPoints(args("points").text, args("points").toml));
    case "pointsFile":
      return writePoints(JSON.stringify(args("pointsFile").points));
  }
}

/** Buffers to transfer instead of copying. */
function memory(value: unknown): Transferable[] {
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null) return [];
  return [...new Set(Object.values(value).flatMap(memory))];
}

/** What is told of an error. */
function fault(error: unknown): Fault {
  if (!(error instanceof Error)) return { text: String(error), kind: "Error", cause: null, file: null };
  const { message: text, name: kind, cause } = error;
  return { text, kind, cause: typeof cause === "string" ? cause : null, file: (error as { file?: string }).file ?? null };
}

async function serve(request: Request): Promise<void> {
  const { id, lane } = request;
  if (lane !== null && newest.get(lane) !== id) return post({ id, kind: "stale" });
  if (lane !== null) running.set(id, lane);
  try {
    const value = await answer(request);
    post(value === STALE ? { id, kind: "stale" } : { id, kind: "done", value }, memory(value));
  } catch (error) {
    // A module that has trapped cannot be trusted any more: the page starts another worker.
    if (error instanceof WebAssembly.RuntimeError) throw error;
    post({ id, kind: "failed", fault: fault(error) });
  } finally {
    running.delete(id);
  }
}

async function work(): Promise<void> {
  if (busy) return;
  busy = true;
  for (let request = queue.shift(); request; request = queue.shift()) {
    await serve(request);
    // Newer requests may be pending.
    await pause();
  }
  busy = false;
}

self.onmessage = (event: MessageEvent<Request>) => {
  const request = event.data;
  if (request.lane !== null) newest.set(request.lane, request.id);
  queue.push(request);
  work().catch((error) =>
    // Unhandled, it reaches the page as an error of the worker.
    setTimeout(() => {
      throw error;
    }),
  );
};

