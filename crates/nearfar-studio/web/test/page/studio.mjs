// The page in a real browser, opened from the disk: helpers for its tests.
//
// CHROMIUM names the browser; NEARFAR the program, which must make the same pictures, NEARFAR_NATIVE the built example `native`;
// NEARFAR_PAGE a page, if not dist/nearfar-studio.html.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

export const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const PAGE = pathToFileURL(process.env.NEARFAR_PAGE ?? file("../../dist/nearfar-studio.html")).href;
export const [NEAR, FAR] = [file("../../../../../imgs/hopper.jpg"), file("../../../../../imgs/collins.png")];
export const folder = mkdtempSync(join(tmpdir(), "nearfar-page-"));
let browser;
let context;

before(async () => {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
after(() => browser?.close());
afterEach(() => context?.close());

/** A page that has reported no error and sent no request. */
export async function studio({ init, ...options } = {}) {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  page.wrongs = [];
  page.asked = [];
  page.on("pageerror", (error) => page.wrongs.push(error.message));
  page.on("request", (request) => page.asked.push(request.url()));
  await page.addInitScript(`globalThis.packed = ${packed}`);
  if (init) await page.addInitScript(init);
  await page.goto(PAGE);
  return page;
}

export async function transferOf(page, paths) {
  const files = paths.map((path) => ({ name: path.split("/").at(-1), data: readFileSync(path).toString("base64") }));
  return page.evaluateHandle((files) => {
    const all = new DataTransfer();
    for (const { name, data } of files) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      all.items.add(new File([bytes], name, { type: name.endsWith(".png") ? "image/png" : "image/jpeg" }));
    }
    return all;
  }, files);
}

export async function drop(page, selector, ...paths) {
  await page.dispatchEvent(selector, "drop", { dataTransfer: await transferOf(page, paths) });
}

/** Waits until the newest request is done at full size, and judged. */
export async function sharp(page) {
  await page.waitForFunction(() => document.body.dataset.work === "done", null, { timeout: 90_000 });
}

/** Waits until the hybrid is shown as from the slider's distance. */
export async function walked(page) {
  await page.waitForFunction(() => {
    const walk = document.getElementById("walk");
    return Number(document.getElementById("hybrid").dataset.metres) === (walk.isAway ? walk.metres : 0);
  });
}

export async function ready(page) {
  await drop(page, "body", NEAR, FAR);
  await page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 60_000 });
  await sharp(page);
}

/** Codes out of the page as text: as an array of numbers they would take minutes. */
function packed(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text);
}

export const unpacked = (base64) => new Uint8Array(Buffer.from(base64, "base64"));

export async function pixels(page, selector) {
  const { width, height, base64 } = await page.$eval(selector, (canvas) => {
    const { width, height } = canvas;
    return { width, height, base64: packed(canvas.getContext("2d").getImageData(0, 0, width, height).data) };
  });
  return { width, height, rgba: unpacked(base64) };
}

export function turn(page, selector, value) {
  return page.$eval(
    selector,
    (input, value) => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    value,
  );
}

/** The largest difference of codes, and the share of codes that differ. */
export function difference(a, b) {
  assert.equal(a.length, b.length);
  let [most, count] = [0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const d = Math.abs(a[i] - b[i]);
    most = Math.max(most, d);
    count += d > 0 ? 1 : 0;
  }
  return { most, share: count / a.length };
}

export async function download(page, button) {
  const [got] = await Promise.all([page.waitForEvent("download", { timeout: 90_000 }), page.click(button)]);
  const path = join(folder, `${Math.random().toString(36).slice(2)}-${got.suggestedFilename()}`);
  await got.saveAs(path);
  return { path, name: got.suggestedFilename() };
}

/** The codes of a picture file, decoded by the browser. */
export async function decoded(page, path) {
  const base64 = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return packed(context.getImageData(0, 0, bitmap.width, bitmap.height).data);
  }, readFileSync(path).toString("base64"));
  return unpacked(base64);
}

/** The result of native code with baseline instructions only: the same bits. */
export function native(...words) {
  return execFileSync(process.env.NEARFAR_NATIVE, words.map(String), { cwd: folder, stdio: "pipe" });
}

/** Wider vectors change the order of sums, and a solver that stops a step earlier or later ends slightly elsewhere. */
export function alike(a, b, what) {
  assert.equal(a.length, b.length, what);
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs(a[i] - b[i]);
  const { most } = difference(a, b);
  assert.ok(most <= 8 && sum / a.length < 0.1, `${what}: ${most} codes at most, ${sum / a.length} on average`);
}

export function program(...words) {
  return execFileSync(process.env.NEARFAR, words, { cwd: folder, stdio: "pipe" });
}

/** The number of cycles across FAR's face on the knob, to a tenth. */
export const cycles = async (page) => Number.parseFloat(await page.textContent("#octaves output"));
