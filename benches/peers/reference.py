"""The article's optimisation in double precision, as plainly as numpy allows.

nearfar's own solver is tested against this program: its losses are in
crates/nearfar-descent/tests/data/values.jsonl, its pictures beside them.
The method is from the article by Kright, "How to take tensorflow and mix two pictures into one"
(https://habr.com/ru/post/591409/, in Russian); the gradient that TensorFlow derives there is written out here.

Usage: python3 reference.py NEAR FAR [--size 15] [--sigma 3] [--near-weight 0.1] [--far-weight 1]
                            [--rate 0.3] [--steps 200] [--every 50] [--crop W,H] [--save OUT]
Needs numpy and pillow. Prints one JSON line per report: the step's index (from 0) and the losses BEFORE that step's
update, as the article reports them. The picture saved is the one that the last step's losses belong to, as
.npy (height, width, 3; double), .f32 (little-endian single precision: plane of red, of green, of blue, row by row)
or .png (16 bits).
"""

import argparse
import json
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

GAMMA = 2.2


def load(path, crop=None):
    """A picture's codes in [0, 1], (height, width, 3); crop is (width, height) from the top left corner."""
    picture = Image.open(path).convert("RGB")
    if crop:
        picture = picture.crop((0, 0, *crop))
    return np.asarray(picture) / 255.0


def gaussian_taps(size, sigma):
    offset = np.arange(size) - (size - 1) // 2
    taps = np.exp(-(offset**2) / (2 * sigma**2))
    return taps / taps.sum()


def blur(planes, taps):
    """Correlates every row, then every column, of a (height, width, planes) array. Outside is zero."""
    radius = (len(taps) - 1) // 2
    for axis in (1, 0):
        margin = [(0, 0)] * 3
        margin[axis] = (radius, len(taps) - 1 - radius)
        padded = np.pad(planes, margin)
        n = planes.shape[axis]
        planes = sum(w * padded.take(range(i, i + n), axis=axis) for i, w in enumerate(taps))
    return planes


def losses_and_gradient(x, near, far_seen, taps, near_weight, far_weight):
    """The picture y = sigmoid(x), its near and far loss, and the gradient of their weighted sum with respect to x."""
    y = 1 / (1 + np.exp(-x))
    light = blur(y**GAMMA, taps)
    near_residual = y - near
    far_residual = light ** (1 / GAMMA) - far_seen
    # The taps are symmetric and outside is zero, so the blur is its own adjoint.
    back = blur(far_residual * light ** (1 / GAMMA - 1) / GAMMA, taps)
    slope = 2 * near_weight * near_residual + 2 * far_weight * GAMMA * y ** (GAMMA - 1) * back
    return y, np.sum(near_residual**2), np.sum(far_residual**2), slope * y * (1 - y)


def descend(near, far, taps, near_weight, far_weight, rate, steps):
    """Yields (step, picture, near loss, far loss) before each step's update, from mid grey."""
    far_seen = blur(far**GAMMA, taps) ** (1 / GAMMA)
    x = np.zeros_like(near)
    for step in range(steps):
        y, near_loss, far_loss, gradient = losses_and_gradient(x, near, far_seen, taps, near_weight, far_weight)
        yield step, y, near_loss, far_loss
        x -= rate * gradient


def png16(picture):
    """The bytes of a 16-bit RGB PNG (pillow writes 8 bits only)."""
    height, width, _ = picture.shape
    codes = np.rint(picture * 65535).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in codes)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def save(path, picture):
    path = Path(path)
    if path.suffix == ".npy":
        np.save(path, picture)
    elif path.suffix == ".f32":
        path.write_bytes(np.moveaxis(picture, 2, 0).astype("<f4").tobytes())
    else:
        path.write_bytes(png16(picture))


def main():
    p = argparse.ArgumentParser(description="The article's optimisation in double precision.")
    p.add_argument("near")
    p.add_argument("far")
    p.add_argument("--size", type=int, default=15)
    p.add_argument("--sigma", type=float, default=3)
    p.add_argument("--near-weight", type=float, default=0.1)
    p.add_argument("--far-weight", type=float, default=1)
    p.add_argument("--rate", type=float, default=0.3)
    p.add_argument("--steps", type=int, default=200)
    p.add_argument("--every", type=int, default=50)
    p.add_argument("--crop", type=lambda text: tuple(map(int, text.split(","))))
    p.add_argument("--save")
    a = p.parse_args()
    near, far = load(a.near, a.crop), load(a.far, a.crop)
    taps = gaussian_taps(a.size, a.sigma)
    for step, y, near_loss, far_loss in descend(near, far, taps, a.near_weight, a.far_weight, a.rate, a.steps):
        if step % a.every == a.every - 1:
            total = a.near_weight * near_loss + a.far_weight * far_loss
            print(json.dumps({"step": step, "near": near_loss, "far": far_loss, "total": total}), flush=True)
    if a.save:
        save(a.save, y)


if __name__ == "__main__":
    main()
