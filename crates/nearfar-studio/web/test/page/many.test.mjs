// Many pairs at once.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alike, decoded, download, drop, FAR, file, folder, NEAR, program, sharp, studio, unpacked } from "./studio.mjs";

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
  // Six files in one drop; the broken one pairs with the odd one left over.
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
  // A pair of the list is opened on its own.
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
    named("small-near.png", readFileSync(file("../../../../../imgs/gravel.png"))),
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
