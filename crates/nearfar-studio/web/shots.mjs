// Takes screenshots of every state of the page, and those of docs/studio.
//
//   node shots.mjs [FOLDER]
//
// takes all states into FOLDER, at two widths, light and dark; without FOLDER only those of docs/studio.md. CHROMIUM
// names the browser.

import { mkdirSync, readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const image = (path) => file(`../../../imgs/${path}`);
const PAGE = pathToFileURL(file("dist/nearfar-studio.html")).href;
const folder = process.argv[2];
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const done = (page) => page.waitForFunction(() => document.body.dataset.work === "done", null, { timeout: 180_000 });

async function open(width, scheme, scale = 1) {
  const options = { viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: scheme, deviceScaleFactor: scale };
  if (width < 600) Object.assign(options, { hasTouch: true, isMobile: true });
  const page = await (await browser.newContext(options)).newPage();
  await page.goto(PAGE);
  await page.waitForSelector("#samples button");
  return page;
}

async function pair(page, near, far) {
  await page.setInputFiles("#near input", [near, far]);
  await done(page);
}

async function walkTo(page, step) {
  await page.$eval(
    "#walk input",
    (input, value) => {
      input.value = value;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    },
    step,
  );
  await page.waitForFunction(() => {
    const walk = document.getElementById("walk");
    return Number(document.getElementById("hybrid").dataset.metres) === (walk.isAway ? walk.metres : 0);
  });
}

async function tab(page, name) {
  await page.click(`#tab-${name}`);
  if (name === "compare") await page.waitForFunction(() => document.querySelector("two-up .tag.r")?.textContent === "Fourier");
  if (name === "bands") await page.waitForSelector("band-plot path.hybrid");
  await done(page);
}

async function every() {
  const scratch = mkdtempSync(join(tmpdir(), "nearfar-shots-"));
  const broken = join(scratch, "broken.png");
  writeFileSync(broken, readFileSync(image("collins.png")).subarray(0, 20_000));
  const noFlip = [image("gravel.png"), image("grass.png")];
  mkdirSync(folder, { recursive: true });
  for (const width of [1440, 390]) {
    for (const scheme of ["light", "dark"]) {
      const page = await open(width, scheme);
      const shot = (name) => page.screenshot({ path: join(folder, `${name}-${width}-${scheme}.png`), fullPage: true });
      await shot("1-empty");
      await page.setInputFiles("#near input", broken);
      await page.waitForFunction(() => document.getElementById("toast").textContent);
      await shot("2-broken");
      await page.setInputFiles("#near input", image("hopper.jpg"));
      await page.waitForSelector("#near.full");
      await page.evaluate(() => document.getElementById("toast").replaceChildren());
      await shot("3-one");
      await pair(page, image("hopper.jpg"), image("collins.png"));
      await shot("4-fitted");
      await walkTo(page, 640);
      await shot("5-away");
      await walkTo(page, 0);
      await tab(page, "compare");
      await shot("6-compare");
      await tab(page, "points");
      await page.click("text=Start from the faces");
      await done(page);
      await shot("7-points");
      await tab(page, "bands");
      await shot("8-spectra");
      await tab(page, "hybrid");
      await page.click("#calibrate");
      await shot("9-screen");
      await page.keyboard.press("Escape");
      await pair(page, ...noFlip);
      await shot("10-warning");
      const pairs = ["cat.png", "collins.png", "hopper.jpg", "raccoon.png"].map(image);
      await page.click(".side [data-many]");
      await shot("11-many-empty");
      await page.setInputFiles("many-pairs input", [...pairs, broken]);
      await page.waitForFunction(() => document.querySelectorAll("many-pairs .pair").length === 3);
      await shot("12-many-ready");
      await page.setInputFiles("many-pairs input", image("brick.png"));
      await page.waitForSelector("many-pairs [data-state=half]", { state: "detached" });
      await page.click("many-pairs button.primary");
      await page.waitForSelector("many-pairs [data-state=going]");
      await shot("13-many-going");
      await page.waitForSelector("many-pairs [data-state=failed]", { timeout: 300_000 });
      await page.waitForFunction(() => document.querySelectorAll("many-pairs [data-state=done]").length === 2, null, { timeout: 300_000 });
      await shot("14-many-done");
      await page.context().close();
    }
  }
}

async function forDocs() {
  const docs = file("../../../docs/studio");
  const shot = (page, name, options = {}) => page.screenshot({ path: join(docs, `${name}.jpg`), type: "jpeg", quality: 78, ...options });
  const wide = await open(1440, "light");
  await pair(wide, image("hopper.jpg"), image("collins.png"));
  await shot(wide, "wide");
  await tab(wide, "points");
  await wide.click("text=Start from the faces");
  await done(wide);
  await shot(wide, "points");
  const phone = await open(390, "dark", 1.5);
  await pair(phone, image("hopper.jpg"), image("collins.png"));
  await shot(phone, "phone");
}

await (folder ? every() : forDocs());
await browser.close();
