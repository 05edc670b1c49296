// Pictures that come into the page, and files that are none.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { difference, drop, FAR, folder, NEAR, pixels, ready, sharp, studio, transferOf, unpacked } from "./studio.mjs";

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

test("a picture in Display P3 keeps its colours", async () => {
  const page = await studio();
  // Colours within sRGB, stored as by a phone: the canvas writes a profile.
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
  // The browser computes with fewer digits.
  assert.ok(difference(shown, unpacked(stored.srgb)).most <= 2);
  assert.ok(difference(shown, unpacked(stored.p3)).most >= 8, "the colours' codes are other ones in sRGB");
  assert.deepEqual(page.wrongs, []);
});
