// Nothing hinders users of a screen reader or a keyboard, in any state of the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { drop, FAR, NEAR, sharp, studio } from "./studio.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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
    await page.click(".save [data-words]");
    await check("words");
    await page.keyboard.press("Escape");
    await page.click(".side [data-many]");
    await check("many pairs");
    await drop(page, "body", NEAR, FAR, NEAR);
    await check("a list of pairs");
  });
}
