
"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;

  // The eye: how far a hybrid is, in widths of itself, and what blur that is.
  const section = find("seen-from-afar");
  const { width, eye, degree, far, nearest, farthest } = Object.fromEntries(
    ["width", "eye", "degree", "far", "nearest", "farthest"].map((name) => [name, Number(section.dataset[name])]));
  // Of each picture at some distances how much more of it is seen than of the strongest other one.
  const curves = JSON.parse(section.dataset.curves);
  const sigmaAt = (widths, pixels) => eye * degree * widths * pixels;

  // Light of 8-bit codes, and codes of light: the curve of sRGB.
  const light = Float32Array.from({ length: 256 }, (_, code) => {
    const v = code / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  const STEPS = 1 << 16;
  const codes = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, step) => {
    const v = step / STEPS;
    return 255 * (v <= 0.04045 / 12.92 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
  });

  // Three planes of light of a picture on the page.
  function decode(image) {
    const [w, h] = [image.naturalWidth, image.naturalHeight];
    const canvas = new OffscreenCanvas(w, h);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, w, h);
    const planes = [0, 1, 2].map((channel) => {
      const plane = new Float32Array(w * h);
      for (let i = 0; i < plane.length; i++) plane[i] = light[data[4 * i + channel]];
      return plane;
    });
    return { w, h, planes };
  }

  function encode({ w, h, planes }) {
    const picture = new ImageData(w, h);
    for (let channel = 0; channel < 3; channel++) {
      const plane = planes[channel];
      for (let i = 0; i < plane.length; i++) picture.data[4 * i + channel] = codes[Math.round(STEPS * plane[i])];
    }
    for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = 255;
    return picture;
  }

  // A Gaussian cut at 4 sigma, mirror border: along rows, turned, along rows, turned back.
  function blurRows(plane, w, h, taps) {
    const radius = taps.length - 1;
    const turned = new Float32Array(w * h);
    const line = new Float32Array(w + 2 * radius);
    for (let y = 0; y < h; y++) {
      for (let x = -radius; x < w + radius; x++) {
        let from = ((x % (2 * w)) + 2 * w) % (2 * w);
        if (from >= w) from = 2 * w - 1 - from;
        line[x + radius] = plane[y * w + from];
      }
      for (let x = 0; x < w; x++) {
        const middle = x + radius;
        let sum = taps[0] * line[middle];
        for (let k = 1; k <= radius; k++) sum += taps[k] * (line[middle - k] + line[middle + k]);
        turned[x * h + y] = sum;
      }
    }
    return turned;
  }

  function blur({ w, h, planes }, sigma) {
    const radius = Math.ceil(4 * sigma);
    const taps = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp((-k * k) / (2 * sigma * sigma)));
    const sum = 2 * taps.reduce((a, b) => a + b) - taps[0];
    for (let k = 0; k < taps.length; k++) taps[k] /= sum;
    return { w, h, planes: planes.map((plane) => blurRows(blurRows(plane, w, h, taps), h, w, taps)) };
  }

  function halved({ w, h, planes }) {
    const [halfW, halfH] = [w >> 1, h >> 1];
    const half = planes.map((plane) => {
      const target = new Float32Array(halfW * halfH);
      for (let y = 0; y < halfH; y++) {
        for (let x = 0; x < halfW; x++) {
          const i = 2 * y * w + 2 * x;
          target[y * halfW + x] = 0.25 * (plane[i] + plane[i + 1] + plane[i + w] + plane[i + w + 1]);
        }
      }
      return target;
    });
    return { w: halfW, h: halfH, planes: half };
  }

  // The slider: distances evenly spaced in octaves.
  const image = find("picture-hybrid");
  const canvas = find("canvas");
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

  // One picture is seen where it is clear, else all that are not clearly hidden, the strongest first.
  function seen(widths) {
    const values = curves.map(({ points }) => valueIn(points, widths));
    const best = Math.max(...values);
    const names = curves.map(({ name }, i) => [name, values[i]])
      .filter(([, p]) => p === best || (best < 0.25 && p > -0.25))
      .sort(([, p], [, q]) => q - p)
      .map(([name]) => name);
    const last = names.pop();
    return names.length > 0 ? `${names.join(", ")} and ${last} are seen` : `${last} is seen`;
  }

  function metres(widths) {
    // What no screen has is refused by the field, and the distances stay as they were printed.
    const perInch = Number(dpi.validity.valid && dpi.value) || Number(section.dataset.dpi);
    const value = (widths * width * 0.0254) / perInch;
    if (value < 0.995) return `${(100 * value).toFixed(0)} cm`;
    return value < 9.95 ? `${value.toFixed(1)} m` : `${value.toFixed(0)} m`;
  }

  let levels = null;
  let waiting = 0;
  let late = 0;

  // A preview from a smaller copy at once, all pixels when the slider rests.
  function draw(widths, exact) {
    levels ??= [decode(image)];
    const sigma = sigmaAt(widths, levels[0].w);
    let level = 0;
    while (!exact && sigma / 2 ** level > 3 && Math.min(levels[level].w, levels[level].h) > 32) {
      levels[++level] ??= halved(levels[level - 1]);
    }
    const seen = encode(blur(levels[level], Math.max(0.05, sigma / 2 ** level)));
    const context = canvas.getContext("2d");
    [canvas.width, canvas.height] = [levels[0].w, levels[0].h];
    if (level === 0) {
      context.putImageData(seen, 0, 0);
    } else {
      const small = new OffscreenCanvas(seen.width, seen.height);
      small.getContext("2d").putImageData(seen, 0, 0);
      context.imageSmoothingQuality = "high";
      context.drawImage(small, 0, 0, canvas.width, canvas.height);
    }
    canvas.hidden = false;
    image.hidden = true;
    return seen;
  }

  function show() {
    const widths = widthsAt(Number(slider.value));
    const words = `${metres(widths)} (${widths.toFixed(widths < 9.95 ? 1 : 0)} picture widths): ${seen(widths)}`;
    find("readout").textContent = words;
    slider.setAttribute("aria-valuetext", words);
    cancelAnimationFrame(waiting);
    clearTimeout(late);
    waiting = requestAnimationFrame(() => draw(widths, false));
    late = setTimeout(() => draw(widths, true), 200);
  }

  slider.addEventListener("input", show);
  dpi.addEventListener("input", show);
  dpi.addEventListener("change", () => dpi.reportValidity());
  for (const button of document.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => { slider.value = valueAt(Number(button.dataset.go)); show(); });
  }

  // What this script sees from afar, held against what nearfar itself computed.
  function check() {
    const ours = encode(blur(decode(image), sigmaAt(far, image.naturalWidth))).data;
    const theirs = encode(decode(find("picture-afar"))).data;
    let worst = 0;
    for (let i = 0; i < ours.length; i++) worst = Math.max(worst, Math.abs(ours[i] - theirs[i]));
    document.documentElement.dataset.worst = worst;
    find("check").textContent =
      `Checked: from ${metres(far)} this page's blur differs from nearfar's own by at most ${worst} of 255 codes.`;
  }

  // Two pictures, one beside the other in one frame.
  const pictures = [...document.querySelectorAll("[data-name]")];
  const wipe = document.querySelector(".wipe");
  for (const [side, first, target] of [["wipe-left", 1, "wipe-above"], ["wipe-right", 0, "wipe-below"]]) {
    const select = find(side);
    for (const [i, picture] of pictures.entries()) select.add(new Option(picture.dataset.name, i));
    select.selectedIndex = first;
    const change = () => {
      find(target).src = pictures[select.value].src;
      find(target).alt = `${side === "wipe-left" ? "Left" : "Right"}: ${select.selectedOptions[0].text}`;
    };
    select.addEventListener("change", change);
    change();
  }
  find("cut").addEventListener("input", (event) => wipe.style.setProperty("--cut", `${event.target.value}%`));

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const text = find(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(text.textContent);
        find("copied").textContent = "Copied.";
      } catch {
        getSelection().selectAllChildren(text);
        find("copied").textContent = "Selected: copy it with the keyboard.";
      }
    });
  }

  const begin = () => { show(); setTimeout(check, 50); };
  Promise.all([image.decode(), find("picture-afar").decode()]).then(begin);
})();
