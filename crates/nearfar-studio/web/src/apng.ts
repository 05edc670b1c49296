// Joins PNG frames of the same size to an animation (APNG, as in the third edition of the PNG specification).

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Duration of a frame in milliseconds, and that of the first and the last, which people look at. */
export const PAUSE = 60;
export const LONG_PAUSE = 900;

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export function crc32(...parts: Uint8Array[]): number {
  let c = 0xffffffff;
  for (const part of parts) for (const byte of part) c = (TABLE[(c ^ byte) & 255] as number) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function big(...numbers: number[]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(4 * numbers.length));
  numbers.forEach((number, i) => bytes.setUint32(4 * i, number));
  return new Uint8Array(bytes.buffer);
}

function* chunks(png: Uint8Array): Generator<[string, Uint8Array]> {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  for (let at = SIGNATURE.length; at < png.length; ) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    yield [name, png.subarray(at + 8, at + 8 + length)];
    at += 12 + length;
  }
}

/** Plays there and back, for ever. */
export function animation(pages: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const back = pages.slice(1, -1).reverse();
  const shown = [...pages, ...back];
  const parts: Uint8Array[] = [Uint8Array.from(SIGNATURE)];
  const chunk = (name: string, data: Uint8Array) => {
    const tag = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
    parts.push(big(data.length), tag, data, big(crc32(tag, data)));
  };
  let sequence = 0;
  shown.forEach((page, i) => {
    for (const [name, data] of chunks(page)) {
      if (name === "IHDR") {
        if (i === 0) {
          chunk(name, data);
          chunk("acTL", big(shown.length, 0));
        }
        const size = new DataView(data.buffer, data.byteOffset);
        const rest = i === 0 || i === pages.length - 1 ? LONG_PAUSE : PAUSE;
        const timing = new Uint8Array(6);
        new DataView(timing.buffer).setUint16(0, rest);
        new DataView(timing.buffer).setUint16(2, 1000);
        chunk("fcTL", Uint8Array.from([...big(sequence, size.getUint32(0), size.getUint32(4), 0, 0), ...timing]));
        sequence += 1;
      } else if (name === "IDAT" && i === 0) {
        chunk(name, data);
      } else if (name === "IDAT") {
        const bytes = new Uint8Array(4 + data.length);
        bytes.set(big(sequence));
        bytes.set(data, 4);
        chunk("fdAT", bytes);
        sequence += 1;
      } else if (name === "sRGB" && i === 0) {
        chunk(name, data);
      }
    }
  });
  chunk("IEND", new Uint8Array());
  const file = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}
