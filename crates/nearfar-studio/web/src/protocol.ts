// What the page and its worker say to each other.

/** 0 is NEAR, 1 is FAR. */
export type Side = 0 | 1;

/** A picture for a canvas. */
export interface Frame {
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface PhotoInfo {
  /** In the file. */
  width: number;
  height: number;
  /** Whether every pixel of the file is worked on; if not, a copy is. */
  whole: boolean;
  /** Whether a hybrid can be made of every pixel of the file; if not, it is made of fewer. */
  fitsWhole: boolean;
  /** Whether the browser, and not this program, has read the file: then no recipe can name it. */
  byBrowser: boolean;
  notes: string[];
  thumb: Frame;
}

export interface PointPair {
  near: [number, number];
  far: [number, number];
}

/** `nearfar::fit::Options`, as far as the page says anything about it. */
export interface FitOptions {
  method: string;
  points: PointPair[];
}

/** `nearfar::Wish`; what is null is chosen. */
export interface Wish {
  mixer: "descent" | "fourier" | "article";
  octaves: number;
  share: { strength: "subtle" | "even" | "strong"; color: number | null; tone: number | null; beside: number | null };
  "detail-weight": number | null;
}

export interface FitReport {
  method: string;
  confidence: number;
  overlap: number;
  /** The faces' points, where both pictures have a face. */
  points: PointPair[];
  width: number;
  height: number;
  /** How and why, in sentences. */
  words: string[];
}

export interface Share {
  color: number;
  tone: number;
  focus: { rest: number } | null;
}

export interface Settings {
  /** In cycles per pixel; null where weights leave no such place. */
  crossover: number | null;
  chosen: number;
  share: Share | null;
  chosenShare: Share;
  /** The optimiser's own weight of details. */
  detailWeight: number;
  /** The hybrid's shorter side in pixels. */
  side: number;
  /** The face that the crossover was chosen by. */
  face: { width: number } | null;
}

export interface Percept {
  near: number | null;
  even: number | null;
  far: number | null;
  /** Distances in metres, and what is seen from there: +1 NEAR to -1 FAR. */
  curve: [number, number][];
  /** What keeps it from flipping, and what would help. */
  warnings: string[];
}

export interface Band {
  cycles_per_pixel: number;
  near_gain: number;
  far_gain: number;
  near_rms: number;
  far_rms: number;
  hybrid_rms: number;
}

/** A hybrid of the whole pictures. */
export interface Whole {
  png: Uint8Array<ArrayBuffer>;
  /** Whether it has every pixel: there may be no memory for that. */
  complete: boolean;
  /** What keeps it from being good, a sentence each, if that was asked for. */
  warnings: string[];
}

export type Level = "draft" | "work";
/** Which hybrid: the one that is made, or the one that it is compared with. */
export type Which = "mine" | "other";

export interface Mixture {
  frame: Frame;
  settings: Settings;
  level: Level;
}

/** What can be asked of the worker: arguments and answer. */
export interface Calls {
  start: [{ wasm: ArrayBuffer }, null];
  load: [{ side: Side; name: string; bytes: ArrayBuffer }, PhotoInfo];
  swap: [null, null];
  fit: [{ options: FitOptions; level: Level }, { report: FitReport; near: Frame; far: Frame }];
  mix: [{ wish: Wish; level: Level; which: Which }, Mixture];
  seen: [{ metres: number; density: number; which: Which }, Frame];
  shrunk: [{ width: number; height: number }, Frame];
  percept: [{ density: number }, Percept];
  bands: [null, Band[]];
  /** Of NEAR, FAR, what was taken of either, and the hybrid. */
  spectra: [null, Frame[]];
  command: [{ wish: Wish }, string];
  file: [null, Uint8Array<ArrayBuffer>];
  whole: [
    /** `share` is that of all pixels, or of the most that there can be memory for. */
    {
      names: [string, string];
      bytes: [ArrayBuffer, ArrayBuffer];
      options: FitOptions;
      wish: Wish;
      share: number;
      /** Whether it is to be judged, too. */
      judged: boolean;
    },
    Whole,
  ];
  /** An animated PNG, or a GIF of fewer colours. */
  walk: [{ metres: number[]; density: number; longest: number; gif: boolean }, Uint8Array<ArrayBuffer>];
  /** Of files' names, indices of NEAR and FAR; `leftOver` is one that an earlier answer left over. */
  pairs: [{ names: string[]; leftOver: number | null }, [number, number | null][]];
  points: [{ text: string; toml: boolean }, PointPair[]];
  pointsFile: [{ points: PointPair[] }, string];
}

export type Kind = keyof Calls;

export interface Request<K extends Kind = Kind> {
  id: number;
  kind: K;
  args: Calls[K][0];
  /** Of the requests in a lane only the newest counts. */
  lane: string | null;
}

export type Reply =
  | { id: number; kind: "done"; value: unknown }
  | { id: number; kind: "stale" }
  | { id: number; kind: "failed"; text: string }
  | { id: number; kind: "progress"; share: number };
