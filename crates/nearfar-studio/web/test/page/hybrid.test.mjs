// A hybrid in the page: made, saved, compared, and seen from afar.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alike, decoded, difference, download, FAR, folder, native, NEAR, pixels, program, ready, sharp, studio, turn, walked } from "./studio.mjs";

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
    if (mixer !== "article") {
      await turn(page, "#far-color input", 0.8);
      await turn(page, "#relight input", 0.3);
    }
    await sharp(page);
    await page.click("#copy");
    await page.waitForFunction(() => document.querySelector("#toast code"));
    const line = await page.textContent("#toast code");
    assert.equal(line.includes(`--strength ${strength}`), mixer !== "article", line);
    assert.equal(line.includes("--relight 0.3"), mixer !== "article", line);
    const words = line.split(" ").slice(1).map((word) => ({ "hopper.jpg": NEAR, "collins.png": FAR })[word] ?? word);
    const out = words.includes("-o") ? "hybrid.png" : "command.png";
    if (!words.includes("-o")) words.push("-o", out);
    program(...words, "--force");
    const shown = await pixels(page, "#hybrid");
    const made = await decoded(page, join(folder, out));
    if (mixer === "article") {
      // Its preset truncates codes where others round.
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
  // 24 frames each way, with the first and the last 15 times as long.
  assert.deepEqual(shown, { frameCount: 78, repetitionCount: Infinity, duration: 60_000 });
  await page.click("#swap");
  await sharp(page);
  assert.match(await page.textContent("#near"), /collins\.png/);
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
  // A later choice is not replaced by the result of an earlier one.
  await page.selectOption("#against", "far");
  assert.equal(await tag(), "FAR");
  const far = (await pixels(page, "two-up canvas.right")).rgba;
  await page.selectOption("#against", "fourier");
  await page.waitForFunction(() => document.querySelector("two-up .tag.r")?.textContent === "Fourier");
  await page.selectOption("#against", "far");
  assert.equal(difference(far, (await pixels(page, "two-up canvas.right")).rgba).most, 0);
  assert.deepEqual(page.wrongs, []);
});

test("who would lose a hybrid or points by leaving is asked, and nobody else", async () => {
  const page = await studio();
  // The browser asks only after a click; what matters is that the page requests it.
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
  // The recipe in the file holds the points.
  await download(page, "#save");
  assert.equal(await asks(), false, "when all is saved");
  assert.deepEqual(page.wrongs, []);
});
