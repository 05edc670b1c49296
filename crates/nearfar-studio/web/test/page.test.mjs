// The page in a real browser, from the disk.
//
// CHROMIUM names the browser; NEARFAR the program, which must make the same pictures, NEARFAR_NATIVE the built example `native`;
// NEARFAR_PAGE a page, if not dist/nearfar-studio.html.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const PAGE = pathToFileURL(process.env.NEARFAR_PAGE ?? file("../dist/nearfar-studio.html")).href;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [NEAR, FAR] = [file("../../../../imgs/hopper.jpg"), file("../../../../imgs/collins.png")];
const folder = mkdtempSync(join(tmpdir(), "nearfar-page-"));
let browser;
let context;

before(async () => {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
});
after(() => browser?.close());
afterEach(() => context?.close());

/** A page that has said nothing wrong and asked for nothing. */
async function studio({ init, ...options } = {}) {
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

async function transferOf(page, paths) {
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

async function drop(page, selector, ...paths) {
  await page.dispatchEvent(selector, "drop", { dataTransfer: await transferOf(page, paths) });
}

/** Until the newest wish is granted at full size, and judged. */
async function sharp(page) {
  await page.waitForFunction(() => document.body.dataset.work === "done", null, { timeout: 90_000 });
}

/** Until the hybrid is shown as from where the slider stands. */
async function walked(page) {
  await page.waitForFunction(() => {
    const walk = document.getElementById("walk");
    return Number(document.getElementById("hybrid").dataset.metres) === (walk.isAway ? walk.metres : 0);
  });
}

async function ready(page) {
  await drop(page, "body", NEAR, FAR);
  await page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 60_000 });
  await sharp(page);
}

/** Codes as they come out of the page: as an array of numbers they would take minutes. */
function packed(data) {
  let text = "";
  for (let at = 0; at < data.length; at += 0x8000) text += String.fromCharCode(...data.subarray(at, at + 0x8000));
  return btoa(text);
}

const unpacked = (base64) => new Uint8Array(Buffer.from(base64, "base64"));

async function pixels(page, selector) {
  const { width, height, base64 } = await page.$eval(selector, (canvas) => {
    const { width, height } = canvas;
    return { width, height, base64: packed(canvas.getContext("2d").getImageData(0, 0, width, height).data) };
  });
  return { width, height, rgba: unpacked(base64) };
}

function turn(page, selector, value) {
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
function difference(a, b) {
  assert.equal(a.length, b.length);
  let [most, count] = [0, 0];
  for (let i = 0; i < a.length; i += 1) {
    const d = Math.abs(a[i] - b[i]);
    most = Math.max(most, d);
    count += d > 0 ? 1 : 0;
  }
  return { most, share: count / a.length };
}

async function download(page, button) {
  const [got] = await Promise.all([page.waitForEvent("download", { timeout: 90_000 }), page.click(button)]);
  const path = join(folder, `${Math.random().toString(36).slice(2)}-${got.suggestedFilename()}`);
  await got.saveAs(path);
  return { path, name: got.suggestedFilename() };
}

/** A picture file's codes, by the browser. */
async function decoded(page, path) {
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

/** What this machine makes with the instructions that every processor has: the same bits. */
function native(...words) {
  return execFileSync(process.env.NEARFAR_NATIVE, words.map(String), { cwd: folder, stdio: "pipe" });
}

/** Wider vectors round other sums, and a solver that stops a step earlier or later ends a little elsewhere. */
function alike(a, b, what) {
  assert.equal(a.length, b.length, what);
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += Math.abs(a[i] - b[i]);
  const { most } = difference(a, b);
  assert.ok(most <= 8 && sum / a.length < 0.1, `${what}: ${most} codes at most, ${sum / a.length} on average`);
}

function program(...words) {
  return execFileSync(process.env.NEARFAR, words, { cwd: folder, stdio: "pipe" });
}

test("two files dropped become a hybrid by their faces, and nothing leaves the page", async () => {
  const page = await studio();
  await ready(page);
  assert.match(await page.textContent("#words"), /by the faces/i);
  assert.match(await page.textContent("#verdict"), /NEAR up to .*, FAR from/);
  const others = page.asked.filter((url) => !/^(file|blob|data):/.test(url));
  assert.deepEqual(others, []);
  const blocked = await page.evaluate(() => fetch("https://example.org/").then(() => "sent", () => "blocked"));
  assert.equal(blocked, "blocked");
  assert.deepEqual(page.wrongs, []);
});

test("a saved picture is the program's, and is made again from its recipe", async () => {
  const page = await studio();
  await ready(page);
  const saved = await download(page, "#save");
  assert.equal(saved.name, "hopper-collins.png");
  const mine = await decoded(page, saved.path);
  native("redo", saved.path, NEAR, FAR, join(folder, "again.png"));
  alike(mine, await decoded(page, join(folder, "again.png")), "made again by the same instructions");
  program("redo", saved.path, "--near", NEAR, "--far", FAR, "-o", "redone.png", "--force");
  alike(mine, await decoded(page, join(folder, "redone.png")), "redone by the program");
  program("mix", NEAR, FAR, "-o", "mix.png", "--force");
  alike(mine, await decoded(page, join(folder, "mix.png")), "mixed by the program");
});

test("a command copied makes what is shown", async () => {
  const page = await studio({ permissions: ["clipboard-read", "clipboard-write"] });
  await ready(page);
  for (const [mixer, strength] of [["descent", "strong"], ["fourier", "subtle"], ["article", "subtle"]]) {
    await page.check(`input[value=${mixer}]`, { force: true });
    await page.check(`input[value=${strength}]`, { force: true });
    await turn(page, "#octaves input", 0.4);
    if (mixer !== "article") await turn(page, "#far-color input", 0.8);
    await sharp(page);
    await page.click("#copy");
    await page.waitForFunction(() => document.querySelector("#toast code"));
    const line = await page.textContent("#toast code");
    assert.equal(line.includes(`--strength ${strength}`), mixer !== "article", line);
    const words = line.split(" ").slice(1).map((word) => ({ "hopper.jpg": NEAR, "collins.png": FAR })[word] ?? word);
    const out = words.includes("-o") ? "hybrid.png" : "command.png";
    if (!words.includes("-o")) words.push("-o", out);
    program(...words, "--force");
    const shown = await pixels(page, "#hybrid");
    const made = await decoded(page, join(folder, out));
    if (mixer === "article") {
      // Its preset cuts codes off where others round.
      const { most } = difference(shown.rgba, made);
      assert.ok(most <= 2, `${line}: ${most} codes`);
    } else {
      alike(shown.rgba, made, line);
    }
    await page.evaluate(() => document.getElementById("toast").replaceChildren());
  }
});

test("the slider shows what an eye sees from there", async () => {
  const page = await studio();
  await ready(page);
  const before = await pixels(page, "#hybrid");
  await turn(page, "#walk input", 640);
  await walked(page);
  const far = await pixels(page, "#hybrid");
  const { metres, density } = await page.evaluate(() => ({
    metres: document.getElementById("walk").metres,
    density: Number(document.getElementById("hybrid").dataset.density),
  }));
  native("mix", NEAR, FAR, "{}", metres, density, folder);
  const seen = difference(far.rgba, readFileSync(join(folder, "seen.rgba")));
  assert.ok(seen.most <= 1, JSON.stringify(seen));
  assert.ok(difference(before.rgba, far.rgba).share > 0.5);
  // And back.
  await turn(page, "#walk input", 0);
  await walked(page);
  assert.equal(difference(before.rgba, (await pixels(page, "#hybrid")).rgba).most, 0);
});

/** The cycles across FAR's face that the knob says, to a tenth. */
const cycles = async (page) => Number.parseFloat(await page.textContent("#octaves output"));

test("the newest wish wins, and the picture answers before it is sharp", async () => {
  const page = await studio();
  await ready(page);
  await page.evaluate(() => {
    window.levels = [];
    new MutationObserver(() => window.levels.push(document.body.dataset.level)).observe(document.body, {
      attributes: true,
      attributeFilter: ["data-level"],
    });
  });
  const chosen = await cycles(page);
  for (const value of [-1, -0.5, 0, 0.5, 1]) await turn(page, "#octaves input", value);
  await sharp(page);
  assert.equal((await page.evaluate(() => window.levels)).at(0), "draft");
  assert.equal(await page.getAttribute("body", "data-level"), "work");
  assert.ok(Math.abs((await cycles(page)) - 2 * chosen) < 0.11, "an octave up are twice the cycles");
  const turned = await pixels(page, "#hybrid");
  await page.click("#octaves button");
  await sharp(page);
  assert.equal(await cycles(page), chosen);
  assert.ok(difference(turned.rgba, (await pixels(page, "#hybrid")).rgba).share > 0.5);
});

/** Counts the quick hybrids that are asked for and made, and how often the picture is painted. */
function counting() {
  window.counts = { asked: 0, made: [], painted: [] };
  const { counts } = window;
  window.Worker = class extends Worker {
    constructor(url) {
      super(url);
      this.addEventListener("message", ({ data }) => {
        if (data.kind === "done" && data.value?.level === "draft") counts.made.push(data.value.settings.crossover);
      });
    }
    postMessage(request, transfer) {
      if (request.kind === "mix" && request.args.level === "draft") counts.asked += 1;
      super.postMessage(request, transfer);
    }
  };
  const paint = CanvasRenderingContext2D.prototype.putImageData;
  let last = null;
  CanvasRenderingContext2D.prototype.putImageData = function (...words) {
    // A picture of another shape is painted twice.
    if (this.canvas.id === "hybrid" && words[0].data.buffer !== last) counts.painted.push(document.body.dataset.level);
    if (this.canvas.id === "hybrid") last = words[0].data.buffer;
    return paint.apply(this, words);
  };
}

test("a knob that is dragged without rest moves the picture: each quick hybrid is shown, in order", async () => {
  const page = await studio({ init: counting });
  await ready(page);
  const counts = () => page.evaluate(() => window.counts);
  const before = await counts();
  const box = await page.locator("#octaves input").boundingBox();
  const at = (share) => [box.x + 12 + share * (box.width - 24), box.y + box.height / 2];
  await page.mouse.move(...at(0.5));
  await page.mouse.down();
  // On and on to the right, until the picture has moved five times; no rest is long enough to sharpen it.
  let moves = 0;
  for (; (await counts()).made.length < before.made.length + 5; moves += 1) {
    assert.ok(moves < 4000, "a drag starves the picture");
    await page.mouse.move(...at(0.5 + 0.5 * Math.min(1, moves / 1000)));
  }
  await page.mouse.move(...at(1));
  const during = await counts();
  await page.mouse.up();
  await page.waitForFunction(() => document.querySelector("#octaves input").valueAsNumber === 1.5);
  await sharp(page);
  const after = await counts();
  assert.ok(during.painted.length - before.painted.length >= 5, "painted while it is dragged");
  const made = after.made.slice(before.made.length);
  assert.equal(after.asked - before.asked, made.length, "no quick hybrid is given up");
  assert.equal(after.painted.slice(before.painted.length).filter((level) => level === "draft").length, made.length);
  assert.deepEqual(made, [...made].sort((a, b) => a - b), "none is shown after a newer one");
  // The last one is of where the knob came to rest.
  assert.ok(Math.abs(made.at(-1) / before.made.at(-1) - 2 ** 1.5) < 0.01, `${made.at(-1)} and ${before.made.at(-1)}`);
  assert.deepEqual(page.wrongs, []);
});

test("points are set, dragged, moved by keys, taken back, saved and opened", async () => {
  const page = await studio();
  await ready(page);
  const auto = await pixels(page, "#hybrid");
  await page.click("#tab-points");
  await page.click("text=Start from the faces");
  await sharp(page);
  assert.match(await page.textContent("#words"), /by the points/i);
  const dots = page.locator("points-editor figure:nth-child(1) .dot");
  assert.equal(await dots.count(), 3);
  const name = () => dots.first().getAttribute("aria-label");
  const first = await name();
  const box = await dots.first().boundingBox();
  await page.mouse.move(box.x + 22, box.y + 22);
  await page.mouse.down();
  await page.mouse.move(box.x + 52, box.y + 40, { steps: 6 });
  assert.ok(await page.locator(".loupe").isVisible());
  await page.mouse.up();
  assert.ok(await page.locator(".loupe").isHidden());
  const dragged = await name();
  assert.notEqual(dragged, first);
  await sharp(page);
  await page.click("#tab-hybrid");
  const other = (await pixels(page, "#hybrid")).rgba;
  assert.ok(other.slice(0, 1e5).filter((code, i) => code !== auto.rgba[i]).length > 1e4);
  await page.click("#tab-points");
  await dots.first().focus();
  await page.keyboard.press("Shift+ArrowLeft");
  assert.notEqual(await name(), dragged);
  await page.keyboard.press("Control+z");
  assert.equal(await name(), dragged);
  const kept = await download(page, "text=Save the points");
  assert.match(readFileSync(kept.path, "utf8"), /\[\[points\]\]/);
  await dots.first().focus();
  await page.keyboard.press("Delete");
  assert.equal(await dots.count(), 2);
  await page.click("text=Remove all");
  assert.equal(await dots.count(), 0);
  await page.setInputFiles("points-editor input[type=file]", kept.path);
  await page.waitForFunction(() => document.querySelectorAll("points-editor .dot").length === 6);
  assert.equal(await name(), dragged);
  const saved = await download(page, "#save");
  native("redo", saved.path, NEAR, FAR, join(folder, "points.png"));
  alike(await decoded(page, saved.path), await decoded(page, join(folder, "points.png")), "by points");
  assert.deepEqual(page.wrongs, []);
});

test("a finger takes the nearest point, taps another one in, removes one, and moves the page elsewhere", async () => {
  const page = await studio({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ready(page);
  await page.tap("#tab-points");
  const pads = page.locator("points-editor .pad");
  for (const pad of await pads.all()) assert.ok((await pad.boundingBox()).width > 300, "as wide as the phone");
  const finger = await page.context().newCDPSession(page);
  const touch = (type, ...points) => finger.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  const tap = async (x, y) => {
    await touch("touchStart", [x, y]);
    await touch("touchEnd");
  };
  const names = () => page.$$eval("points-editor figure:nth-child(1) .dot", (dots) => dots.map((dot) => dot.getAttribute("aria-label")));
  await pads.first().evaluate((pad) => pad.scrollIntoView({ block: "start" }));
  const box = await pads.first().boundingBox();
  const [x, y] = [box.x + 120, box.y + 160];
  // The places that a finger takes of the two overlap.
  await tap(x, y);
  await tap(x + 34, y);
  const [first, second] = await names();
  assert.ok(first && second);
  // Nearer to the first, on the second's place.
  await touch("touchStart", [x + 15, y + 2]);
  await touch("touchMove", [x + 15, y + 30]);
  assert.ok(await page.locator(".loupe").isVisible());
  await touch("touchMove", [x + 15, y + 50]);
  await touch("touchEnd");
  const dragged = await names();
  assert.notEqual(dragged[0], first);
  assert.equal(dragged[1], second);
  await tap(x + 34, y);
  assert.deepEqual(await names(), dragged, "a tap on a point only chooses it");
  await page.tap("text=Remove point 2");
  assert.deepEqual(await names(), dragged.slice(0, 1));
  // A finger that moves on from a free place scrolls, and sets nothing.
  const before = await page.evaluate(() => scrollY);
  await pads.first().evaluate((pad) => pad.scrollIntoView({ block: "start" }));
  await touch("touchStart", [300, 500]);
  for (let at = 480; at > 300; at -= 20) await touch("touchMove", [300, at]);
  await touch("touchEnd");
  await page.waitForFunction((before) => scrollY !== before, before);
  assert.equal((await names()).length, 1);
  assert.deepEqual(page.wrongs, []);
});

test("points are set without a mouse, and the loupe sees the file's own pixels", async () => {
  const page = await studio();
  // Lines of one pixel, which no smaller copy shows.
  const lines = join(folder, "lines.png");
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(2400, 1600);
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, 2400, 1600);
    context.fillStyle = "#000";
    for (let x = 0; x < 2400; x += 2) context.fillRect(x, 0, 1, 1600);
    return packed(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()));
  });
  writeFileSync(lines, unpacked(base64));
  await drop(page, "body", lines, FAR);
  await page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 60_000 });
  await page.focus("#tab-hybrid");
  await page.keyboard.press("End");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-bands");
  await page.keyboard.press("ArrowLeft");
  assert.equal(await page.evaluate(() => document.activeElement.id), "tab-points");
  const pad = page.locator("points-editor .pad").first();
  await pad.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const focused = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  // From the middle a fiftieth of the longer side to the right.
  assert.equal(await focused(), "Point 1 in NEAR, at 1248, 800");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), "Point 1 in NEAR, at 1248, 801");
  const at = await pad.boundingBox();
  await page.mouse.move(at.x + 100, at.y + 100);
  await page.mouse.down();
  // Black and white, not the grey that they are from afar.
  await page.waitForFunction(() => {
    const loupe = document.querySelector(".loupe");
    const { data } = loupe.getContext("2d").getImageData(20, 60, 60, 1);
    const codes = data.filter((_, i) => i % 4 === 0);
    return Math.min(...codes) < 60 && Math.max(...codes) > 195;
  });
  await page.mouse.up();
  await page.focus("text=Remove all");
  await page.keyboard.press("Enter");
  assert.match(await focused(), /^NEAR: arrow keys/);
  assert.deepEqual(page.wrongs, []);
});

test("comparing, spectra, swapping and the walk work", async () => {
  const page = await studio();
  await ready(page);
  await page.click("#tab-compare");
  await page.waitForFunction(() => document.querySelector("two-up .tag.r")?.textContent === "Fourier");
  const [left, right] = [await pixels(page, "two-up canvas:nth-child(1)"), await pixels(page, "two-up canvas:nth-child(2)")];
  assert.ok(difference(left.rgba, right.rgba).share > 0.3);
  await page.focus("two-up input");
  await page.keyboard.press("Home");
  assert.equal(await page.$eval("two-up", (element) => element.style.getPropertyValue("--at")), "0%");
  await page.click("#tab-bands");
  await page.waitForSelector("band-plot path.hybrid");
  await page.click("#tab-hybrid");
  const film = readFileSync((await download(page, "#save-walk")).path);
  assert.ok(film.includes("acTL") && film.includes("fdAT"));
  const bitmap = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const decoder = new ImageDecoder({ data: bytes, type: "image/png" });
    await decoder.tracks.ready;
    return decoder.tracks.selectedTrack.frameCount;
  }, film.toString("base64"));
  assert.equal(bitmap, 50);
  const gif = await download(page, "#save-gif");
  assert.equal(gif.name, "hopper-collins-walk.gif");
  const shown = await page.evaluate(async (data) => {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const decoder = new ImageDecoder({ data: bytes, type: "image/gif" });
    await decoder.tracks.ready;
    const { frameCount, repetitionCount } = decoder.tracks.selectedTrack;
    return { frameCount, repetitionCount, duration: (await decoder.decode()).image.duration };
  }, readFileSync(gif.path).toString("base64"));
  // 24 pages each way, and 15 times the first and the last.
  assert.deepEqual(shown, { frameCount: 78, repetitionCount: Infinity, duration: 60_000 });
  await page.click("#swap");
  await sharp(page);
  assert.match(await page.textContent("#near"), /collins\.png/);
  assert.deepEqual(page.wrongs, []);
});

for (const [width, height] of [[390, 844], [320, 640], [844, 390], [932, 430], [720, 450]]) {
  test(`every knob is seen together with the picture at ${width} by ${height}`, async () => {
    const page = await studio({ viewport: { width, height }, hasTouch: true, isMobile: true });
    await ready(page);
    for (const tab of ["hybrid", "compare"]) {
      await page.click(`#tab-${tab}`);
      for (const knob of await page.$$("knob-row input:enabled")) {
        await knob.focus();
        const { shown, free } = await knob.evaluate((input, tab) => {
          const box = input.getBoundingClientRect();
          const picture = document.querySelector(tab === "hybrid" ? "#hybrid" : "two-up .both").getBoundingClientRect();
          const shown = Math.min(picture.bottom, innerHeight) - Math.max(picture.top, 0);
          const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
          return { shown: shown / picture.height, free: hit === input };
        }, tab);
        assert.ok(shown > 0.8, `${tab}: ${shown} of the picture is shown`);
        assert.ok(free, `${tab}: the picture hides the knob`);
      }
    }
    const slots = await page.locator(".slots").boundingBox();
    assert.ok(slots.height <= 64, `the slots are ${slots.height} high`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(wide, 0);
    assert.deepEqual(page.wrongs, []);
  });
}

test("files that are no pictures get a clear word, and the page goes on", async () => {
  const page = await studio();
  const broken = join(folder, "broken.png");
  writeFileSync(broken, readFileSync(FAR).subarray(0, 20_000));
  const heic = join(folder, "phone.heic.jpg");
  writeFileSync(heic, Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"));
  await drop(page, "#near", broken);
  await page.waitForFunction(() => /cut short|damaged/.test(document.getElementById("toast").textContent));
  await drop(page, "#near", heic);
  await page.waitForFunction(() => /HEIC/.test(document.getElementById("toast").textContent));
  await ready(page);
  assert.deepEqual(page.wrongs, []);
});

test("what a decoder says comes after a sentence, and what is to be done stays until another picture is chosen", async () => {
  const page = await studio();
  const damaged = join(folder, "damaged.png");
  const bytes = readFileSync(FAR);
  bytes[bytes.indexOf("IDAT") + 2000] ^= 0xff;
  writeFileSync(damaged, bytes);
  await drop(page, "#near", damaged);
  await page.waitForSelector("#toast .said");
  const said = await page.$eval("#toast p", (p) => p.firstChild.textContent);
  assert.match(said, /^damaged\.png: the PNG file is damaged and cannot be read\./);
  assert.doesNotMatch(said, /CRC|Chunk|expected/);
  const heic = join(folder, "phone.heic");
  writeFileSync(heic, Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"));
  await drop(page, "#near", heic);
  await page.waitForSelector("#toast .stays");
  assert.match(await page.textContent("#toast .stays"), /Save the photograph as JPEG/);
  await page.click("#toast .stays .close");
  assert.equal(await page.locator("#toast .stays").count(), 0);
  await drop(page, "#near", heic);
  await page.waitForSelector("#toast .stays");
  await drop(page, "#near", NEAR);
  await page.waitForSelector("#toast .stays", { state: "detached" });
  assert.deepEqual(page.wrongs, []);
});

test("a picture with itself is said to be that at once, and nothing is looked for", async () => {
  const page = await studio();
  const twin = join(folder, "twin.jpg");
  writeFileSync(twin, readFileSync(NEAR));
  await drop(page, "body", NEAR, twin);
  await page.waitForFunction(() => /are the same picture/.test(document.getElementById("verdict").textContent));
  assert.match(await page.textContent("#words"), /^NEAR and FAR are the same picture; it will look the same from everywhere\./);
  await sharp(page);
  assert.match(await page.textContent("#words"), /the same picture.*taken as they are/s);
  assert.equal(await page.locator("#words .warn").count(), 1);
  // Another FAR ends that.
  await drop(page, "#far", FAR);
  await page.waitForFunction(() => /collins/.test(document.getElementById("far").textContent));
  await sharp(page);
  assert.match(await page.textContent("#words"), /by the faces, sure to \d+ %/);
  assert.deepEqual(page.wrongs, []);
});

test("files of points that are none, or of other pictures, change nothing and say why", async () => {
  const page = await studio();
  await ready(page);
  await page.click("#tab-points");
  await page.click("text=Start from the faces");
  const count = () => page.locator("points-editor .dot").count();
  const before = await count();
  const open = async (name, text) => {
    writeFileSync(join(folder, name), text);
    await page.evaluate(() => document.getElementById("toast").replaceChildren());
    await page.setInputFiles("points-editor input[type=file]", join(folder, name));
    await page.waitForSelector("#toast .said");
    assert.equal(await count(), before);
    return page.$eval("#toast p", (p) => p.firstChild.textContent);
  };
  assert.match(await open("shopping.toml", "milk = 2\n"), /^shopping\.toml is no points file/);
  const far = "[[points]]\nnear = [5, 5]\nfar = [7, 8]\n[[points]]\nnear = [99999, 5]\nfar = [3, 4]\n";
  assert.match(await open("far.toml", far), /^far\.toml: point 2 lies at 99999, 5, outside NEAR/);
  assert.deepEqual(page.wrongs, []);
});

test("pictures are pasted, and nothing moves for who wants no motion", async () => {
  const page = await studio({ reducedMotion: "reduce" });
  await page.evaluate((transfer) => {
    dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }));
  }, await transferOf(page, [NEAR, FAR]));
  await page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 60_000 });
  await sharp(page);
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return transitionDuration !== "0s" || animationName !== "none";
    }).length,
  );
  assert.equal(moving, 0);
});

test("a large photograph is worked on as a copy and saved whole", async () => {
  const page = await studio();
  // 1500 pixels wide, upside down by EXIF's word.
  const large = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1500, 1100);
    const context = canvas.getContext("2d");
    for (let i = 0; i < 400; i += 1) {
      context.fillStyle = `hsl(${i * 37} 50% ${20 + ((i * 13) % 60)}%)`;
      context.fillRect((i * 197) % 1500, (i * 131) % 1100, 160, 110);
    }
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const path = join(folder, "large.jpg");
  writeFileSync(path, Buffer.from(large));
  await drop(page, "body", path, FAR);
  await page.waitForFunction(() => document.body.dataset.state === "ready");
  await sharp(page);
  assert.equal((await pixels(page, "#hybrid")).width, 1024);
  const small = await download(page, "#save-smaller");
  assert.equal(readFileSync(small.path).readUInt32BE(16), 1024);
  const saved = await download(page, "#save");
  assert.equal(readFileSync(saved.path).readUInt32BE(16), 1500);
  // What made it has ended, and its memory is given back.
  assert.equal(page.workers().length, 1);
  native("redo", saved.path, path, FAR, join(folder, "large.png"));
  alike(await decoded(page, saved.path), await decoded(page, join(folder, "large.png")), "large");
});

/** A JPEG as a phone makes them: so many pixels, lying, upright by EXIF's word. */
async function photograph(page, path, width, height) {
  const base64 = await page.evaluate(
    async ({ data, width, height }) => {
      const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))]));
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext("2d");
      context.translate(0, height);
      context.rotate(-Math.PI / 2);
      context.drawImage(bitmap, 0, 0, height, width);
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
      return packed(new Uint8Array(await blob.arrayBuffer()));
    },
    { data: readFileSync(path).toString("base64"), width, height },
  );
  const jpeg = Buffer.from(base64, "base64");
  // One entry of EXIF: orientation 6, turned right.
  const exif = Buffer.from("ffe10022457869660000" + "4d4d002a00000008" + "000101120003000000010006" + "0000" + "00000000", "hex");
  const to = join(folder, `${width}-${path.split("/").at(-1).replace(/\.[^.]*$/, ".jpg")}`);
  writeFileSync(to, Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]));
  return to;
}

test("photographs of 12 megapixels are saved with every pixel", async () => {
  const page = await studio();
  const [near, far] = [await photograph(page, NEAR, 4032, 3024), await photograph(page, FAR, 4032, 3024)];
  await drop(page, "body", near, far);
  await page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 60_000 });
  await sharp(page);
  assert.match(await page.textContent("#save-note"), /recipe is inside/);
  const saving = page.waitForEvent("download", { timeout: 300_000 });
  await page.click("#save");
  await page.waitForFunction(() => /Stop making it .*\(\d+ %\)/.test(document.getElementById("save").textContent));
  const saved = join(folder, "12.png");
  await (await saving).saveAs(saved);
  const [width, height] = [16, 20].map((at) => readFileSync(saved).readUInt32BE(at));
  // The frame is what FAR covers of NEAR, upright.
  assert.ok(width === 3024 && height > 3024 && height <= 4032, `${width} x ${height}`);
  assert.equal(page.workers().length, 1);
  assert.equal(await page.textContent("#save"), "Save the picture");
  assert.ok(readFileSync(saved).includes("nearfar-recipe"));
  assert.deepEqual(page.wrongs, []);
});

test("a picture in Display P3 keeps its colours", async () => {
  const page = await studio();
  // Colours that sRGB holds, as a phone stores them: the canvas writes a profile.
  const stored = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(240, 180);
    const context = canvas.getContext("2d", { colorSpace: "display-p3" });
    for (let i = 0; i < 48; i += 1) {
      context.fillStyle = `rgb(${90 + ((i * 29) % 90)} ${90 + ((i * 53) % 90)} ${90 + ((i * 71) % 90)})`;
      context.fillRect(30 * (i % 8), 30 * Math.floor(i / 8), 30, 30);
    }
    const png = new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
    const plain = new OffscreenCanvas(240, 180).getContext("2d");
    plain.drawImage(canvas, 0, 0);
    const codes = (context, colorSpace) => packed(context.getImageData(0, 0, 240, 180, { colorSpace }).data);
    return { png: packed(png), srgb: codes(plain, "srgb"), p3: codes(context, "display-p3") };
  });
  const path = join(folder, "p3.png");
  writeFileSync(path, unpacked(stored.png));
  assert.ok(readFileSync(path).includes("iCCP") || readFileSync(path).includes("cICP"), "the browser says which colours");
  await drop(page, "#near", path);
  await page.waitForSelector("#near.full");
  const shown = (await pixels(page, "#near canvas")).rgba;
  // The browser's own sums have fewer digits.
  assert.ok(difference(shown, unpacked(stored.srgb)).most <= 2);
  assert.ok(difference(shown, unpacked(stored.p3)).most >= 8, "the colours' codes are other ones in sRGB");
  assert.deepEqual(page.wrongs, []);
});

test("making a whole picture is stopped by the button that began it", async () => {
  const page = await studio();
  const [near, far] = [await photograph(page, NEAR, 2400, 1800), await photograph(page, FAR, 2400, 1800)];
  await drop(page, "body", near, far);
  await page.waitForFunction(() => document.body.dataset.state === "ready", null, { timeout: 60_000 });
  await sharp(page);
  await page.click("#save");
  await page.click("text=Stop making it");
  await page.waitForFunction(() => document.getElementById("save").textContent === "Save the picture");
  // The browser tells of a worker's end a little later.
  for (let tries = 0; page.workers().length > 1 && tries < 50; tries += 1) await page.waitForTimeout(100);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(page.wrongs, []);
});

test("what is saved in the midst of a change is what was wished for last", async () => {
  const page = await studio();
  await ready(page);
  // The descent at full size takes longer than this; the file must be of the wish, not of what was there before.
  const chosen = await cycles(page);
  await turn(page, "#octaves input", 0.7);
  const saved = await download(page, "#save");
  assert.ok(Math.abs((await cycles(page)) - 2 ** 0.7 * chosen) < 0.11);
  const shown = await pixels(page, "#hybrid");
  assert.equal(difference(shown.rgba, await decoded(page, saved.path)).most, 0);
  await page.click("#swap");
  const swapped = await download(page, "#save");
  assert.equal(swapped.name, "collins-hopper.png");
  native("redo", swapped.path, FAR, NEAR, join(folder, "swapped.png"));
  alike(await decoded(page, swapped.path), await decoded(page, join(folder, "swapped.png")), "swapped");
  assert.deepEqual(page.wrongs, []);
});

test("who would lose a hybrid or points by leaving is asked, and nobody else", async () => {
  const page = await studio();
  // The browser's own question needs a click before; what counts is that the page asks for it.
  const asks = () => page.evaluate(() => !dispatchEvent(new Event("beforeunload", { cancelable: true })));
  assert.equal(await asks(), false, "at the start");
  await ready(page);
  assert.equal(await asks(), true, "with a hybrid");
  await download(page, "#save");
  assert.equal(await asks(), false, "when it is saved");
  await page.click("#tab-points");
  await page.click("text=Start from the faces");
  await sharp(page);
  assert.equal(await asks(), true, "with points");
  // The recipe in it holds the points.
  await download(page, "#save");
  assert.equal(await asks(), false, "when all is saved");
  assert.deepEqual(page.wrongs, []);
});

test("knobs are taken back by Ctrl+Z, and start anew with two other pictures but not with one", async () => {
  const page = await studio();
  await ready(page);
  const press = async (id, key, times) => {
    await page.focus(`#${id} input`);
    for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
  };
  const states = () => page.$$eval("knob-row", (rows) => rows.map((row) => row.value));
  await press("octaves", "ArrowRight", 2);
  await press("far-color", "ArrowLeft", 1);
  await page.check("input[name=mixer][value=fourier]", { force: true });
  const [octaves, color] = await states();
  assert.ok(octaves > 0.09 && color !== null);
  await page.keyboard.press("Control+z");
  assert.ok(await page.isChecked("input[name=mixer][value=descent]"));
  await page.keyboard.press("Control+z");
  assert.deepEqual(await states(), [octaves, null, null, null, null]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.deepEqual(await states(), [null, null, null, null, null]);
  await press("octaves", "ArrowRight", 1);
  const turned = await states();
  await drop(page, "#near", FAR);
  await sharp(page);
  assert.deepEqual(await states(), turned, "one other picture");
  await drop(page, "body", FAR, NEAR);
  await page.waitForFunction(() => /hopper/.test(document.getElementById("far").textContent));
  await sharp(page);
  assert.deepEqual(await states(), [null, null, null, null, null], "two others");
  assert.deepEqual(page.wrongs, []);
});

test("what a comparison waits for stands under no picture's name", async () => {
  const page = await studio();
  await ready(page);
  await page.click("#tab-compare");
  const tag = () => page.textContent("two-up .tag.r");
  await page.waitForFunction(() => document.querySelector("two-up .tag.r")?.textContent === "Fourier");
  await page.selectOption("#against", "article");
  assert.equal(await tag(), "Article, in the making …");
  const blank = await pixels(page, "two-up canvas.right");
  assert.ok(blank.rgba.every((code) => code === 0));
  // Another choice is not overtaken by what was chosen before.
  await page.selectOption("#against", "far");
  assert.equal(await tag(), "FAR");
  const far = (await pixels(page, "two-up canvas.right")).rgba;
  await page.selectOption("#against", "fourier");
  await page.waitForFunction(() => document.querySelector("two-up .tag.r")?.textContent === "Fourier");
  await page.selectOption("#against", "far");
  assert.equal(difference(far, (await pixels(page, "two-up canvas.right")).rgba).most, 0);
  assert.deepEqual(page.wrongs, []);
});

test("many pairs become a zip, and what cannot be made says why in its line", async () => {
  const page = await studio();
  const named = (name, path) => {
    const to = join(folder, name);
    writeFileSync(to, readFileSync(path));
    return to;
  };
  const files = [
    named("space-far.png", FAR),
    named("1.jpg", NEAR),
    named("space-near.jpg", NEAR),
    named("2.png", FAR),
    named("3.jpg", NEAR),
  ];
  const broken = join(folder, "4.png");
  writeFileSync(broken, readFileSync(FAR).subarray(0, 20_000));
  // Six files by one drop, and the broken one completes what an odd number left over.
  await drop(page, "body", ...files);
  const rows = page.locator("many-pairs .pair");
  await page.waitForFunction(() => document.querySelectorAll("many-pairs .pair").length === 3);
  assert.match(await rows.nth(0).textContent(), /NEARspace-near\.jpgFARspace-far\.png/);
  assert.match(await rows.nth(2).textContent(), /3\.jpg.*Add one more picture/);
  assert.match(await page.textContent("many-pairs .status"), /^0 of 2 made\. One picture waits for another\.$/);
  await drop(page, "body", broken);
  await page.click("many-pairs button.primary");
  await page.waitForSelector("many-pairs [data-state=failed]", { timeout: 120_000 });
  assert.match(await rows.nth(2).textContent(), /4\.png: .*cut short/);
  assert.equal(await page.locator("many-pairs [data-state=done]").count(), 2);
  await page.waitForSelector("text=Stop", { state: "hidden" });
  assert.equal(page.workers().length, 1);
  const zip = await download(page, "text=Save 2 hybrids as a zip");
  const unpack = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; z.extractall(sys.argv[2]); print(*sorted(z.namelist()))";
  const names = execFileSync("python3", ["-c", unpack, zip.path, folder]).toString().trim();
  assert.equal(names, "1-2.png space-near-space-far.png");
  program("mix", NEAR, FAR, "-o", "zipped.png", "--force");
  alike(await decoded(page, join(folder, "1-2.png")), await decoded(page, join(folder, "zipped.png")), "of the zip");
  // A pair of the list is opened by itself.
  await rows.nth(0).locator("text=Open").click();
  await sharp(page);
  assert.match(await page.textContent("#near"), /space-near/);
  assert.deepEqual(page.wrongs, []);
});

test("a line of many says what is odd about its pair, and which file cannot be read", async () => {
  const page = await studio();
  const named = (name, bytes) => {
    const to = join(folder, name);
    writeFileSync(to, bytes);
    return to;
  };
  const heic = Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1");
  const small = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(60, 40);
    const context = canvas.getContext("2d");
    for (let i = 0; i < 40; i += 1) {
      context.fillStyle = `hsl(${i * 37} 50% ${20 + ((i * 13) % 60)}%)`;
      context.fillRect((i * 19) % 60, (i * 13) % 40, 9, 7);
    }
    return packed(new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer()));
  });
  const files = [
    named("twin-near.jpg", readFileSync(NEAR)),
    named("twin-far.jpg", readFileSync(NEAR)),
    named("small-near.png", readFileSync(file("../../../../imgs/gravel.png"))),
    named("small-far.png", unpacked(small)),
    named("phone-near.jpg", readFileSync(NEAR)),
    named("phone-far.heic", heic),
  ];
  await drop(page, "body", ...files);
  await page.click("many-pairs button.primary");
  await page.waitForFunction(
    () => document.querySelectorAll("many-pairs [data-state=done], many-pairs [data-state=failed]").length === 3,
    null,
    { timeout: 120_000 },
  );
  const row = (name) => page.locator("many-pairs .pair", { hasText: name }).locator(".about").textContent();
  assert.match(await row("twin-near"), /NEAR and FAR are the same picture/);
  assert.match(await row("small-near"), /FAR is enlarged \d+\.\d times/);
  assert.match(await row("phone-near"), /phone-far\.heic: this browser cannot read HEIC/);
  assert.deepEqual(page.wrongs, []);
});

for (const [width, scheme] of [[1440, "light"], [1440, "dark"], [390, "light"], [390, "dark"]]) {
  test(`axe finds nothing at ${width}, ${scheme}`, async () => {
    const page = await studio({ viewport: { width, height: 844 }, colorScheme: scheme, bypassCSP: true });
    const check = async (where) => {
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run());
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`);
      assert.deepEqual(found, [], where);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${where} is ${wide} pixels too wide`);
    };
    await check("the start");
    await page.focus("#samples button");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.body.dataset.state === "ready");
    await sharp(page);
    for (const tab of ["hybrid", "compare", "points", "bands"]) {
      await page.click(`#tab-${tab}`);
      if (tab === "compare") await page.waitForFunction(() => document.querySelector("two-up .tag.r")?.textContent === "Fourier");
      if (tab === "bands") await page.waitForSelector("band-plot path.hybrid");
      if (tab === "points") await page.click("text=Start from the faces");
      await sharp(page);
      await check(tab);
    }
    await page.click("#tab-hybrid");
    await page.click("#calibrate");
    await check("the screen's size");
    await page.keyboard.press("Escape");
    await page.click(".side [data-many]");
    await check("many pairs");
    await drop(page, "body", NEAR, FAR, NEAR);
    await check("a list of pairs");
  });
}
