// The library's words as sentences, and errors with what to do about them in a browser.

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

/** What went wrong, and what to do about it; a decoder's own message follows. */
export function explained(text: string, name?: string): Explained {
  const where = name ? `${name}: ` : "";
  if (/HEIC/.test(text)) {
    return {
      text: `${where}this browser cannot read HEIC. Save the photograph as JPEG first; an iPhone takes JPEGs if Settings, Camera, Formats says Most Compatible.`,
      stays: true,
    };
  }
  if (/files cannot be read|no picture in a known format/.test(text)) {
    return { text: `${where}this is not a picture that can be read here; PNG, JPEG and WebP can.` };
  }
  const damaged = /^(.*\bfile is damaged): (.*)$/s.exec(text);
  if (damaged) {
    return { text: `${where}${damaged[1]} and cannot be read. Copy it again from its source.`, code: damaged[2] };
  }
  return { text: `${where}${text}` };
}
