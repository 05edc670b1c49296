// The module under node, compared with native code.
//
// NEARFAR_NATIVE names the built example `native` of this crate.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Fitted, Photo, initSync, mix, pairsByName, readPoints, writePoints } from "../pkg/nearfar_studio.js";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const [NEAR, FAR] = ["near", "far"].map((which) => file(`../../../../imgs/aligned/hopper-collins-${which}.jpg`));
/** A fit without any search: the finder of faces evaluates exponentials, which systems round differently. */
const face = { eyes: [[218, 237], [303, 235]], mouth: [268, 329], confidence: 0.9, animal: false };
const ALIGN = JSON.stringify({ method: "none", "near-face": face, "far-face": face });
const KNOBS = { mixer: "descent", octaves: 0, share: { color: null, tone: null, relight: null, beside: null }, "detail-weight": null };
const [METRES, DENSITY] = [2.5, 96];
const go = () => true;
let fitted;
let folder;
let module;

function photo(path) {
  return Photo.read(path, readFileSync(path), 0);
}

function floats(name) {
  const bytes = readFileSync(join(folder, name));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
}

function mixed(knobs, tick = go) {
  return mix(fitted, JSON.stringify({ ...KNOBS, ...knobs }), JSON.stringify("full"), tick);
}

before(() => {
  module = readFileSync(file("../pkg/nearfar_studio_small.wasm"));
  initSync({ module });
  folder = mkdtempSync(join(tmpdir(), "nearfar-studio-"));
  execFileSync(process.env.NEARFAR_NATIVE, ["mix", NEAR, FAR, ALIGN, METRES, DENSITY, folder].map(String));
  fitted = new Fitted(photo(NEAR), photo(FAR), ALIGN);
});

test("faces are found and said", () => {
  const by = new Fitted(photo(file("../../../../imgs/hopper.jpg")), photo(FAR), "{}");
  assert.equal(JSON.parse(by.report()).method, "faces");
  assert.match(by.words()[0], /aligned by the faces/);
});

test("optimiser gives the native baseline's bits", async () => {
  const hybrid = await mixed({});
  assert.deepEqual(hybrid.samples(), floats("descent.f32"));
  // The far view uses the same code for its curves, and is rounded.
  const seen = hybrid.seen(METRES, DENSITY).take();
  const native = readFileSync(join(folder, "seen.rgba"));
  assert.equal(seen.length, native.length);
  assert.ok(seen.every((code, i) => Math.abs(code - native[i]) <= 1));
});

test("Fourier is native to 1e-5", async () => {
  // rustfft chooses other algorithms on other processors.
  const [found, native] = [(await mixed({ mixer: "fourier" })).samples(), floats("fourier.f32")];
  assert.equal(found.length, native.length);
  assert.ok(found.every((sample, i) => Math.abs(sample - native[i]) <= 1e-5));
});

test("a mix ends when the tick says no, at once or by a promise", async () => {
  let ticks = 0;
  assert.equal(await mixed({}, () => ++ticks < 3), undefined);
  assert.equal(ticks, 3);
  assert.equal(await mixed({}, () => Promise.resolve(false)), undefined);
});

test("a higher crossover shows FAR from closer", async () => {
  const far = async (octaves) => JSON.parse((await mixed({ octaves })).percept(DENSITY)).far;
  const [low, high] = [await far(-0.5), await far(0.5)];
  assert.ok(high < low, `${high} m is not nearer than ${low} m`);
});

test("mistakes are errors with the library's words", () => {
  assert.throws(() => Photo.read("x.png", new Uint8Array([1, 2, 3]), 0), /no picture in a known format/);
  const kind = (bytes) => {
    try {
      Photo.read("x", bytes, 0);
    } catch ({ name, message, cause }) {
      return { name, cause: cause && message.endsWith(`file is damaged: ${cause}`) };
    }
  };
  assert.deepEqual(kind(new Uint8Array([1, 2, 3])), { name: "UnknownFormat", cause: undefined });
  assert.deepEqual(kind(Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1")), { name: "HEIC", cause: undefined });
  assert.deepEqual(kind(Buffer.from("%PDF-1.7\n")).name, "UnreadableFormat");
  const damaged = readFileSync(file("../../../../imgs/cat.png"));
  damaged[damaged.indexOf("IDAT") + 2000] ^= 0xff;
  assert.deepEqual(kind(damaged), { name: "Damaged", cause: true });
  assert.deepEqual(kind(new Uint8Array()).name, "Error");
  assert.throws(() => Photo.read("x.png", new Uint8Array(), 0), /empty/);
  const header = readFileSync(file("../../../../imgs/cat.png")).subarray(0, 400);
  assert.throws(() => Photo.read("x.png", header, 0), /cut short|damaged/);
  const huge = Buffer.from(readFileSync(file("../../../../imgs/cat.png")));
  huge.writeUInt32BE(2_000_000, 16);
  assert.throws(() => Photo.read("x.png", huge, 0));
  assert.throws(() => new Fitted(new Photo(), new Photo(), "{}"));
});

test("files are paired by their names", () => {
  assert.deepEqual(JSON.parse(pairsByName(["b.jpg", "x-far.jpg", "x-near.jpg"], 0)), [[2, 1], [0, null]]);
});

test("points files are read and written", () => {
  const pairs = [{ near: [1, 2.5], far: [3, 4] }];
  assert.deepEqual(JSON.parse(readPoints(writePoints(JSON.stringify(pairs)), true)), pairs);
  assert.deepEqual(JSON.parse(readPoints('{"points": [{"near": [1, 2], "far": [3, 4]}]}', false))[0].far, [3, 4]);
  assert.throws(() => readPoints("[[points]]\nnear = [1]", true), /line 2/);
});

test("a photo is shrunk to what is asked, and knows its own size", () => {
  const bytes = readFileSync(file("../../../../imgs/hopper.jpg"));
  const small = Photo.read("hopper.jpg", bytes, 300);
  assert.deepEqual([small.width, small.height, small.isWhole], [512, 600, false]);
  const frame = small.frame();
  assert.deepEqual([frame.width, frame.height], [256, 300]);
});

test("a whole pair takes the memory that its limit is reckoned with", async () => {
  // In a process of its own, in which nothing else has used memory.
  const [width, height] = [1200, 900];
  const script = `
    import { Fitted, Photo, initSync, mix } from ${JSON.stringify(new URL("../pkg/nearfar_studio.js", import.meta.url).href)};
    import { readFileSync } from "node:fs";
    const { memory } = initSync({ module: readFileSync(${JSON.stringify(file("../pkg/nearfar_studio_small.wasm"))}) });
    const empty = memory.buffer.byteLength;
    const photo = (seed) => {
      const rgba = new Uint8Array(${width * height * 4}).map((_, i) => (i % 4 === 3 ? 255 : (i * seed) >> 7));
      return Photo.fromCanvas("x", ${width}, ${height}, rgba, 0).reduced(1);
    };
    const fitted = Fitted.of(photo(3), photo(5), JSON.stringify({ method: "none" }));
    // All memory is allocated once the finest level has begun, after a quarter of the work.
    const made = await mix(fitted, ${JSON.stringify(JSON.stringify(KNOBS))}, JSON.stringify("full"), (share) => share < 0.4);
    console.log(memory.buffer.byteLength - empty);`;
  const bytes = Number(execFileSync(process.execPath, ["--input-type=module", "-e", script]));
  const each = bytes / (width * height);
  assert.ok(each < 135, `${each} bytes for a pixel`);
});
