"""Makes the pictures of the README: hybrids of sample pictures that are told nothing but their names, and how they look from
afar (imgs/readme/faces.jpg), and the strip of the program's demo with the photographs that it was
made of (imgs/readme/hopper-collins.jpg).

Usage: cargo build --release && python3 imgs/readme.py        (needs numpy and pillow)
"""

import subprocess
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[1]
PAIRS = [("cat.png", "raccoon.png"), ("cat.png", "collins.png"), ("brick.png", "hopper.jpg")]
HEIGHT, GAP, GREY = 300, 12, (237, 237, 237)
# Of the strip, whose room over the smaller copies the photographs take.
MARGIN, SOURCE = 20, 236


def mixed(near, far, folder):
    out = folder / f"{Path(near).stem}-{Path(far).stem}.png"
    program = ROOT / "target/release/nearfar"
    subprocess.run([program, "mix", ROOT / "imgs" / near, ROOT / "imgs" / far, "-o", out, "--quiet"], check=True)
    return Image.open(out).convert("RGB")


def shrunk(picture, times):
    """Means of light over squares of pixels: what distance does."""
    light = (np.asarray(picture) / 255.0) ** 2.2
    height, width = (side // times for side in light.shape[:2])
    squares = light[: height * times, : width * times].reshape(height, times, width, times, 3)
    return Image.fromarray((255.0 * squares.mean((1, 3)) ** (1 / 2.2) + 0.5).astype(np.uint8))


def beside_strip(strip, names):
    """The photographs that a hybrid was made of, over its smaller copies, from the right."""
    x = strip.width - MARGIN
    for name in reversed(names):
        picture = Image.open(ROOT / "imgs" / name).convert("RGB")
        picture = picture.resize((round(picture.width * SOURCE / picture.height), SOURCE), Image.Resampling.LANCZOS)
        x -= picture.width
        strip.paste(picture, (x, MARGIN))
        x -= MARGIN


def main():
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo"
        subprocess.run([ROOT / "target/release/nearfar", "demo", "-o", demo], check=True)
        strip = Image.open(demo / "hopper-collins-strip.jpg").convert("RGB")
        beside_strip(strip, ["hopper.jpg", "collins.png"])
        strip.save(ROOT / "imgs/readme/hopper-collins.jpg", quality=90)
        hybrids = [mixed(near, far, Path(folder)) for near, far in PAIRS]
    crops = [h.crop((0, 0, h.width, min(h.height, HEIGHT))) for h in hybrids]
    small = [[shrunk(h, times) for times in (8, 16)] for h in hybrids]
    below = max(s[0].height for s in small) + GAP
    sheet = Image.new("RGB", (sum(c.width for c in crops) + GAP * (len(crops) - 1), HEIGHT + below), GREY)
    x = 0
    for crop, (eighth, sixteenth) in zip(crops, small):
        sheet.paste(crop, (x, 0))
        sheet.paste(eighth, (x, HEIGHT + GAP))
        sheet.paste(sixteenth, (x + eighth.width + GAP, HEIGHT + GAP))
        x += crop.width + GAP
    sheet.save(ROOT / "imgs/readme/faces.jpg", quality=88)


if __name__ == "__main__":
    main()
