"""Makes the pictures of imgs/aligned from the samples beside this file.

Usage: python3 imgs/prepare.py        (from anywhere; needs numpy, scipy and pillow)

In every pair the near picture keeps its own pixels, because its fine detail is what people see up
close; it is only cropped. The far picture is turned, scaled and shifted into the near one's frame
so that the eyes coincide, and both are cropped to the part that both cover, so no edge shows.
The warp runs in linear light. Each pair becomes NAME-near.jpg and NAME-far.jpg.
"""

from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage

HERE = Path(__file__).parent

# The two eyes, left and right as seen, (x, y) in pixels; by hand, +-2 px.
EYES = {
    "cat.png": ((172, 116), (316, 136)),
    "collins.png": ((203, 101), (248, 103)),
    "hopper.jpg": ((220, 188), (305, 186)),
    "raccoon.png": ((577, 306), (722, 330)),
}

# name of the pair, near picture, far picture.
FACES = [
    ("hopper-collins", "hopper.jpg", "collins.png"),
    ("collins-hopper", "collins.png", "hopper.jpg"),
    ("raccoon-cat", "raccoon.png", "cat.png"),
    ("cat-raccoon", "cat.png", "raccoon.png"),
    ("cat-collins", "cat.png", "collins.png"),
]

# Pairs that need no warp: name, and for each picture its file and the box (left, top, right, bottom) to keep.
CROPS = [
    ("brick-hopper", ("brick.png", (0, 0, 512, 512)), ("hopper.jpg", (0, 20, 512, 532))),
    ("alps-sheep", ("alps.jpg", (32, 0, 992, 484)), ("sheep.jpg", (32, 8, 992, 492))),
]


def load(name):
    return np.asarray(Image.open(HERE / name).convert("RGB")) / 255.0


def save(name, picture):
    codes = np.rint(np.clip(picture, 0, 1) * 255).astype(np.uint8)
    Image.fromarray(codes).save(HERE / "aligned" / name, quality=95, subsampling=0, optimize=True)


def decode(codes):
    """sRGB codes to light (IEC 61966-2-1)."""
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def encode(light):
    """Light to sRGB codes."""
    light = np.clip(light, 0, 1)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def similarity(source, target):
    """The turn, scale and shift z -> a z + b (points as complex numbers) that takes two points to two points."""
    s0, s1 = (complex(*p) for p in source)
    t0, t1 = (complex(*p) for p in target)
    a = (t1 - t0) / (s1 - s0)
    return a, t0 - a * s0


def warp(picture, a, b, height, width):
    """Resamples into a height x width frame. Returns the picture and where all of its filter had source pixels."""
    light = decode(picture)
    shrink = 1 / abs(a)
    if shrink > 1:  # the pre-filter brings a source pixel's width up to the target's
        light = ndimage.gaussian_filter(light, (0.5 * np.sqrt(shrink**2 - 1),) * 2 + (0,), mode="mirror")
    y, x = np.mgrid[:height, :width]
    z = (x + 1j * y - b) / a
    at = np.stack([z.imag, z.real])
    # Cubic B-spline as a plain kernel: it has no negative lobes, so bright edges grow no dark rims. It is a little
    # soft, which costs a far picture nothing. Shrinking interpolates instead: the pre-filter has taken the peaks.
    planes = [
        ndimage.map_coordinates(light[..., c], at, order=3, mode="mirror", prefilter=shrink > 1) for c in range(3)
    ]
    rows, columns = light.shape[:2]
    margin = 1.0
    inside = (at[0] >= margin) & (at[0] <= rows - 1 - margin) & (at[1] >= margin) & (at[1] <= columns - 1 - margin)
    return encode(np.stack(planes, axis=-1)), inside


def largest_box(inside):
    """The largest axis-parallel box of true pixels: (left, top, right, bottom)."""
    height, width = inside.shape
    run = np.zeros(width + 1, dtype=int)  # true pixels above and including this row; the last stays 0 as a sentinel
    best, box = 0, (0, 0, 0, 0)
    for row in range(height):
        run[:width] = np.where(inside[row], run[:width] + 1, 0)
        stack = []  # columns of rising run
        for column in range(width + 1):
            start = column
            while stack and stack[-1][1] >= run[column]:
                start, tall = stack.pop()
                if tall * (column - start) > best:
                    best, box = tall * (column - start), (start, row + 1 - tall, column, row + 1)
            stack.append((start, run[column]))
    return box


def main():
    (HERE / "aligned").mkdir(exist_ok=True)
    for name, near_name, far_name in FACES:
        near = load(near_name)
        a, b = similarity(EYES[far_name], EYES[near_name])
        far, inside = warp(load(far_name), a, b, *near.shape[:2])
        left, top, right, bottom = largest_box(inside)
        save(f"{name}-near.jpg", near[top:bottom, left:right])
        save(f"{name}-far.jpg", far[top:bottom, left:right])
        eyes = ", ".join(f"({x - left}, {y - top})" for x, y in EYES[near_name])
        print(f"{name}: {right - left}x{bottom - top}, far scaled by {abs(a):.3f}, eyes {eyes}")
    for name, *pictures in CROPS:
        for role, (file, (left, top, right, bottom)) in zip(("near", "far"), pictures):
            save(f"{name}-{role}.jpg", load(file)[top:bottom, left:right])
        print(f"{name}: {right - left}x{bottom - top}")


if __name__ == "__main__":
    main()
