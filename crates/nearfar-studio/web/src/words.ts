// The library's words as sentences, and errors with what to do about them in a browser.

import { Failed } from "./engine.js";
import type { Manner } from "./toast.js";

/** The library's note on two identical files. */
export const SAME = "NEAR and FAR are the same picture; it will look the same from everywhere";

/** A sentence without the numbers that only the percept model and the finders understand. */
export function sentence(text: string): string {
  const plain = text
    .replace(/ \(percept [+-]?[\d.]+\)/, "")
    .replace(/, confidence ([\d.]+)/, (_, share: string) => `, sure to ${Math.round(100 * Number(share))} %`);
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}.`;
}

export interface Explained extends Manner {
  text: string;
}

/** What went wrong, and what to do about it; a decoder's own message follows. `name` is that of the file, if it is of one. */
export function explained(error: unknown, name?: string): Explained {
  const text = error instanceof Error ? error.message : String(error);
  const { kind, cause, file } = error instanceof Failed ? error.fault : { kind: "Error", cause: null, file: null };
  const where = name ?? file ? `${name ?? file}: ` : "";
  switch (kind) {
    case "HEIC":
      return {
        text: `${where}this browser cannot read HEIC. Save the photograph as JPEG first; an iPhone takes JPEGs if Settings, Camera, Formats says Most Compatible.`,
        stays: true,
      };
    case "UnknownFormat":
    case "UnreadableFormat":
      return { text: `${where}this is not a picture that can be read here; PNG, JPEG and WebP can.` };
    case "Damaged": {
      const what = text.slice(0, -`: ${cause}`.length);
      return { text: `${where}${what} and cannot be read. Copy it again from its source.`, code: cause ?? "" };
    }
  }
  return { text: `${where}${text}` };
}
