// Photographs larger than the working size: a copy in the page, saved at full size.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alike, decoded, download, drop, FAR, folder, native, NEAR, pixels, sharp, studio } from "./studio.mjs";

test("a large photograph is worked on as a copy and saved whole", async () => {
  const page = await studio();
  // 1500 pixels wide, upside down according to EXIF.
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
  // The worker that made it has ended, and its memory is released.
  assert.equal(page.workers().length, 1);
  native("redo", saved.path, path, FAR, join(folder, "large.png"));
  alike(await decoded(page, saved.path), await decoded(page, join(folder, "large.png")), "large");
});

/** A JPEG like those of phones: stored in landscape, upright according to EXIF. */
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
  // A single EXIF entry: orientation 6, rotated to the right.
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
  // The frame is the upright part of NEAR that FAR covers.
  assert.ok(width === 3024 && height > 3024 && height <= 4032, `${width} x ${height}`);
  assert.equal(page.workers().length, 1);
  assert.equal(await page.textContent("#save"), "Save the picture");
  assert.ok(readFileSync(saved).includes("nearfar-recipe"));
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
  // The browser reports the end of a worker somewhat later.
  for (let tries = 0; page.workers().length > 1 && tries < 50; tries += 1) await page.waitForTimeout(100);
  assert.equal(page.workers().length, 1);
  assert.deepEqual(page.wrongs, []);
});
