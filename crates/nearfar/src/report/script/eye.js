
// From 8-bit codes to light, and from light to codes: the sRGB curve.
const light = Float32Array.from({ length: 256 }, (_, code) => {
  const v = code / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});
const STEPS = 1 << 16;
const codes = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, step) => {
  const v = step / STEPS;
  return 255 * (v <= 0.04045 / 12.92 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
});

// A picture on the page as three planes of light.
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

// A Gaussian truncated at 4 sigma, with a mirror border: along rows, transpose, along rows, transpose back.
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
