// Knobs: they respond at once, the newest request wins, and all are visible together with the picture.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { alike, cycles, decoded, difference, download, drop, FAR, folder, native, NEAR, pixels, ready, sharp, studio, turn } from "./studio.mjs";

test("the newest request wins, and the picture answers before it is sharp", async () => {
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

/** Counts drafts that are requested and made, and repaints of the picture. */
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
  // Further to the right until the picture has changed five times, without a rest long enough to sharpen it.
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
  // The last one is for the knob's final position.
  assert.ok(Math.abs(made.at(-1) / before.made.at(-1) - 2 ** 1.5) < 0.01, `${made.at(-1)} and ${before.made.at(-1)}`);
  assert.deepEqual(page.wrongs, []);
});

test("what is saved in the midst of a change is what was asked for last", async () => {
  const page = await studio();
  await ready(page);
  // The full-size descent takes longer than this; the file must be that of the last position, not an earlier one.
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

test("knobs are taken back by Ctrl+Z, and start anew with two other pictures but not with one", async () => {
  const page = await studio();
  await ready(page);
  const press = async (id, key, times) => {
    await page.focus(`#${id} input`);
    for (let i = 0; i < times; i += 1) await page.keyboard.press(key);
  };
  const states = () => page.$$eval("knob-row", (rows) => rows.map((row) => row.value));
  const untouched = (await states()).map(() => null);
  await press("octaves", "ArrowRight", 2);
  await press("far-color", "ArrowLeft", 1);
  await page.check("input[name=mixer][value=fourier]", { force: true });
  const [octaves, color] = await states();
  assert.ok(octaves > 0.09 && color !== null);
  await page.keyboard.press("Control+z");
  assert.ok(await page.isChecked("input[name=mixer][value=descent]"));
  await page.keyboard.press("Control+z");
  assert.deepEqual(await states(), [octaves, ...untouched.slice(1)]);
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  assert.deepEqual(await states(), untouched);
  await press("octaves", "ArrowRight", 1);
  const turned = await states();
  await drop(page, "#near", FAR);
  await sharp(page);
  assert.deepEqual(await states(), turned, "one other picture");
  await drop(page, "body", FAR, NEAR);
  await page.waitForFunction(() => /hopper/.test(document.getElementById("far").textContent));
  await sharp(page);
  assert.deepEqual(await states(), untouched, "two others");
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
