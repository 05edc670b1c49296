// Messages between the page and its worker.

/** 0 is NEAR, 1 is FAR. */
export type Side = 0 | 1;

/** A picture for a canvas. */
export interface Frame {
  width: number;
  height: number;
  rgba: Uint8ClampedArray<ArrayBuffer>;
}

export interface PhotoInfo {
  /** Size in the file. */
  width: number;
  height: number;
  /** Whether every pixel of the file is used; otherwise a smaller copy is. */
  whole: boolean;
  /** Whether a hybrid can be made with every pixel of the file; otherwise it is made with fewer. */
  fitsWhole: boolean;
  /** Whether the browser decoded the file, and not this program: no recipe can name it then. */
  byBrowser: boolean;
  notes: string[];
  thumb: Frame;
}

export interface PointPair {
  near: [number, number];
  far: [number, number];
}

/** The part of `nearfar::fit::Options` that the page uses. */
export interface FitOptions {
  method: string;
  points: PointPair[];
}

/** `nearfar::Knobs`; null values are chosen. */
export interface Knobs {
  mixer: "descent" | "fourier" | "article";
  octaves: number;
  share: {
    strength: "subtle" | "even" | "strong";
    color: number | null;
    tone: number | null;
    relight: number | null;
    beside: number | null;
  };
  "detail-weight": number | null;
}

export interface FitReport {
  method: string;
  confidence: number;
  overlap: number;
  /** Points of the faces, if both pictures have one. */
  points: PointPair[];
  width: number;
  height: number;
  /** How the pictures were brought into register, and why, in sentences. */
  words: string[];
}

export interface Share {
  color: number;
  tone: number;
  relight: number;
  focus: { rest: number } | null;
}

export interface Settings {
  /** Cycles per pixel; null if the weights define no crossover. */
  crossover: number | null;
  chosen: number;
  share: Share | null;
  chosenShare: Share;
  /** The optimiser's own detail weight. */
  detailWeight: number;
  /** Shorter side of the hybrid in pixels. */
  side: number;
  /** The face by which the crossover was chosen. */
  face: { width: number } | null;
}

export interface Percept {
  near: number | null;
  even: number | null;
  far: number | null;
  /** Distances in metres with their percepts, from +1 NEAR to -1 FAR. */
  curve: [number, number][];
  /** Reasons why it does not flip, and what would help. */
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

/** A hybrid of the full-size pictures. */
export interface Whole {
  png: Uint8Array<ArrayBuffer>;
  /** Whether it has every pixel; memory may not suffice for that. */
  complete: boolean;
  /** Reasons why it is not good, one sentence each, if requested. */
  warnings: string[];
}

export type Level = "draft" | "work";
/** Which hybrid: the user's, or the one that it is compared with. */
export type Which = "mine" | "other";

export interface Mixture {
  frame: Frame;
  settings: Settings;
  level: Level;
}

/** The requests to the worker: arguments and answer. */
export interface Calls {
  start: [{ wasm: ArrayBuffer }, null];
  load: [{ side: Side; name: string; bytes: ArrayBuffer }, PhotoInfo];
  swap: [null, null];
  fit: [{ options: FitOptions; level: Level }, { report: FitReport; near: Frame; far: Frame }];
  mix: [{ knobs: Knobs; level: Level; which: Which }, Mixture];
  seen: [{ metres: number; density: number; which: Which }, Frame];
  shrunk: [{ width: number; height: number }, Frame];
  percept: [{ density: number }, Percept];
  bands: [null, Band[]];
  /** Spectra of NEAR, FAR, the parts taken of each, and the hybrid. */
  spectra: [null, Frame[]];
  command: [{ knobs: Knobs }, string];
  file: [null, Uint8Array<ArrayBuffer>];
  whole: [
    /** `share` is that of all pixels, or of the most for which there can be memory. */
    {
      names: [string, string];
      bytes: [ArrayBuffer, ArrayBuffer];
      options: FitOptions;
      knobs: Knobs;
      share: number;
      /** Whether to judge it, too. */
      judged: boolean;
    },
    Whole,
  ];
  /** An animated PNG, or a GIF with fewer colours. */
  walk: [{ metres: number[]; density: number; longest: number; gif: boolean }, Uint8Array<ArrayBuffer>];
  /** Names of files in, indices of NEAR and FAR out; `leftOver` is one that an earlier call left over. */
  pairs: [{ names: string[]; leftOver: number | null }, [number, number | null][]];
  points: [{ text: string; toml: boolean }, PointPair[]];
  pointsFile: [{ points: PointPair[] }, string];
}

/** What went wrong. */
export interface Fault {
  /** The library's message. */
  text: string;
  /** The error's name: of files that cannot be read it says why (`unread` in photo.rs), of all else it is `Error`. */
  kind: string;
  /** What a decoder says, at the end of the message. */
  cause: string | null;
  /** The file, where a request has more than one. */
  file: string | null;
}

export type Kind = keyof Calls;

export interface Request<K extends Kind = Kind> {
  id: number;
  kind: K;
  args: Calls[K][0];
  /** Only the newest request of a lane counts. */
  lane: string | null;
}

export type Reply =
  | { id: number; kind: "done"; value: unknown }
  | { id: number; kind: "stale" }
  | { id: number; kind: "failed"; fault: Fault }
  | { id: number; kind: "progress"; share: number };
