// Points by mouse, finger and keyboard, and their files.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alike, decoded, download, drop, FAR, folder, native, NEAR, pixels, ready, sharp, studio, unpacked } from "./studio.mjs";

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
  // The areas in which a finger takes the two points overlap.
  await tap(x, y);
  await tap(x + 34, y);
  const [first, second] = await names();
  assert.ok(first && second);
  // Nearer to the first, on the button of the second.
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
  // A finger that moves on from a free position scrolls, and sets no point.
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
  // Lines one pixel wide, which no smaller copy shows.
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
  // From the middle, a fiftieth of the longer side to the right.
  assert.equal(await focused(), "Point 1 in NEAR, at 1248, 800");
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), "Point 1 in NEAR, at 1248, 801");
  const at = await pad.boundingBox();
  await page.mouse.move(at.x + 100, at.y + 100);
  await page.mouse.down();
  // Black and white, not the grey that they are in a smaller copy.
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
