
const find = (id) => document.getElementById(id);
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

// The eye: distance to the hybrids in widths of one, and the blur at that distance.
const section = find("seen-from-afar");
const { width, eye, degree, far, nearest, farthest } = Object.fromEntries(
  ["width", "eye", "degree", "far", "nearest", "farthest"].map((name) => [name, Number(section.dataset[name])]));
const sigmaAt = (widths, pixels) => eye * degree * widths * pixels;

// Every picture that the slider walks away from. For a hybrid, curves give the margin of each of its pictures over the
// strongest other one at several distances.
const screens = [...document.querySelectorAll(".screen")].map((element) => ({
  image: element.querySelector("img"),
  canvas: element.querySelector("canvas"),
  curves: JSON.parse(element.dataset.curves),
  words: element.closest("figure")?.querySelector(".seen"),
  levels: null,
}));
const hybrids = screens.filter(({ curves }) => curves.length > 0);

// The slider: distances evenly spaced in octaves.
const slider = find("distance");
const dpi = find("dpi");
const widthsAt = (value) => nearest * (farthest / nearest) ** value;
const valueAt = (widths) => Math.log(widths / nearest) / Math.log(farthest / nearest);

function valueIn(points, widths) {
  const after = points.findIndex(([at]) => at >= widths);
  if (after <= 0) return points[after === 0 ? 0 : points.length - 1][1];
  const [[a, p], [b, q]] = [points[after - 1], points[after]];
  return p + ((q - p) * Math.log(widths / a)) / Math.log(b / a);
}

// A single picture where one is clear; otherwise all that are not clearly hidden, the strongest first.
function seen({ curves }, widths) {
  const values = curves.map(({ points }) => valueIn(points, widths));
  const best = Math.max(...values);
  return curves.map(({ name }, i) => [name, values[i]])
    .filter(([, p]) => p === best || (best < 0.25 && p > -0.25))
    .sort(([, p], [, q]) => q - p)
    .map(([name]) => name);
}

function sentence(names) {
  const [others, last] = [names.slice(0, -1), names.at(-1)];
  return others.length > 0 ? `${others.join(", ")} and ${last} are seen` : `${last} is seen`;
}

// With many hybrids: how many show which picture.
function counted(all) {
  const counts = new Map();
  for (const names of all) {
    const words = [...names].sort().join(" and ");
    counts.set(words, 1 + (counts.get(words) ?? 0));
  }
  return `seen: ${[...counts].map(([words, count]) => `${words} in ${count}`).join(", ")} of ${all.length}`;
}

function metres(widths) {
  // The field refuses densities that no screen has; the distances then stay as printed.
  const perInch = Number(dpi.validity.valid && dpi.value) || Number(section.dataset.dpi);
  const value = (widths * width * 0.0254) / perInch;
  if (value < 0.995) return `${(100 * value).toFixed(0)} cm`;
  return value < 9.95 ? `${value.toFixed(1)} m` : `${value.toFixed(0)} m`;
}

// A preview from a smaller copy at once, and all pixels when the slider rests.
function draw(screen, widths, exact) {
  const { image, canvas } = screen;
  const levels = (screen.levels ??= [decode(image)]);
  const sigma = sigmaAt(widths, levels[0].w);
  let level = 0;
  while (!exact && sigma / 2 ** level > 3 && Math.min(levels[level].w, levels[level].h) > 32) {
    levels[++level] ??= halved(levels[level - 1]);
  }
  const picture = encode(blur(levels[level], Math.max(0.05, sigma / 2 ** level)));
  const context = canvas.getContext("2d");
  [canvas.width, canvas.height] = [levels[0].w, levels[0].h];
  if (level === 0) {
    context.putImageData(picture, 0, 0);
  } else {
    const small = new OffscreenCanvas(picture.width, picture.height);
    small.getContext("2d").putImageData(picture, 0, 0);
    context.imageSmoothingQuality = "high";
    context.drawImage(small, 0, 0, canvas.width, canvas.height);
  }
  canvas.hidden = false;
  image.hidden = true;
}

// All in turn, a few per frame, so that the slider stays responsive. The one drawn last is drawn last again.
let next = 0;
let waiting = 0;
let late = 0;
function drawAll(widths, exact) {
  cancelAnimationFrame(waiting);
  let left = screens.length;
  const some = () => {
    const end = performance.now() + 30;
    for (; left > 0 && performance.now() < end; left--) {
      draw(screens[next], widths, exact);
      next = (next + 1) % screens.length;
    }
    if (left > 0) waiting = requestAnimationFrame(some);
  };
  waiting = requestAnimationFrame(some);
}

function show() {
  const widths = widthsAt(Number(slider.value));
  const all = hybrids.map((hybrid) => seen(hybrid, widths));
  for (const [i, { words }] of hybrids.entries()) if (words) words.textContent = sentence(all[i]);
  const what = all.length > 1 ? counted(all) : sentence(all[0]);
  const words = `${metres(widths)} (${widths.toFixed(widths < 9.95 ? 1 : 0)} picture widths): ${what}`;
  find("readout").textContent = words;
  slider.setAttribute("aria-valuetext", words);
  clearTimeout(late);
  drawAll(widths, false);
  late = setTimeout(() => drawAll(widths, true), 200);
}

slider.addEventListener("input", show);
dpi.addEventListener("input", show);
dpi.addEventListener("change", () => dpi.reportValidity());
for (const button of document.querySelectorAll("[data-go]")) {
  button.addEventListener("click", () => { slider.value = valueAt(Number(button.dataset.go)); show(); });
}

// The far view of this script, checked against that of nearfar.
function check() {
  const image = find("checked");
  const ours = encode(blur(decode(image), sigmaAt(far, image.naturalWidth))).data;
  const theirs = encode(decode(find("picture-afar"))).data;
  let worst = 0;
  for (let i = 0; i < ours.length; i++) worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
  document.documentElement.dataset.worst = worst;
  find("check").textContent =
    `Checked: from ${metres(far)} this page's blur differs from nearfar's own by at most ${worst} of 255 codes.`;
}

// All pictures are in this file; those not decoded yet are decoded when drawn.
addEventListener("load", () => { show(); setTimeout(check, 50); });
