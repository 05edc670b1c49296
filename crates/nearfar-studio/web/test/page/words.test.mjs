// Words instead of a far picture.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { alike, decoded, download, drop, folder, native, NEAR, sharp, studio } from "./studio.mjs";

/** Says words in the dialog that the given button opens. */
async function say(page, button, words) {
  await page.click(button);
  await page.fill("#words-input", words);
  await page.keyboard.press("Enter");
}

test("words are hidden in a picture, and can be made again", async () => {
  const page = await studio();
  await say(page, ".samples [data-words]", "HELLO");
  await page.waitForFunction(() => document.querySelector("#far .name")?.textContent.includes("words.png"));
  assert.equal(await page.evaluate(() => document.body.dataset.state), "start");
  // They take the shape of the picture that comes later.
  await drop(page, "body", NEAR);
  await page.waitForFunction(() => document.body.dataset.state === "ready");
  await sharp(page);
  assert.match(await page.textContent("#verdict"), /FAR/);
  const [saved, words] = [await download(page, "#save"), await download(page, "#save-words")];
  const size = (path) => [16, 20].map((at) => readFileSync(path).readUInt32BE(at));
  assert.deepEqual(size(words.path), size(saved.path));
  native("redo", saved.path, NEAR, words.path, join(folder, "words-again.png"));
  alike(await decoded(page, saved.path), await decoded(page, join(folder, "words-again.png")), "words");
  // Other words take their place, a picture takes that of words.
  await say(page, ".save [data-words]", "good bye");
  await sharp(page);
  const other = await download(page, "#save-words");
  assert.ok(!readFileSync(other.path).equals(readFileSync(words.path)));
  await page.click("#swap");
  await sharp(page);
  assert.equal(await page.isVisible("#save-words"), false);
});
