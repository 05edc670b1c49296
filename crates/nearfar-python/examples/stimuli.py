"""Stimuli for an experiment: pairs x crossovers x sizes, fully crossed, with a CSV that says what each one is.

    python stimuli.py pairs.csv stimuli --cycles 8 12 16 24 --sides 256 512

pairs.csv has a line `near,far` first and then two paths on each line. Every pair is fitted once, scaled to each size,
and mixed at each crossover, given in cycles across the shorter side. stimuli.csv has a line for each hybrid: the
crossover in cycles per image, per pixel, and per degree of the visual field on the experiment's screen (`--dpi`,
`--distance`), what the percept model expects to be seen, and the contrast and luminance of the picture. A run that was
stopped goes on where it was. `--method fourier` takes filters instead of the optimiser.
"""

from __future__ import annotations

import argparse
import csv
import math
from pathlib import Path

import numpy as np
from PIL import Image

import nearfar

COLUMNS = [
    "file",
    "near",
    "far",
    "side",
    "cycles_per_image",
    "cycles_per_pixel",
    "cycles_per_degree",
    "percept_near",
    "percept_far",
    "switch_centimetres",
    "rms_contrast",
    "mean_luminance",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path, help="a CSV with the columns near and far")
    parser.add_argument("out", type=Path, help="the folder of the stimuli; it is made if need be")
    parser.add_argument("--cycles", type=float, nargs="+", default=[8, 12, 16, 24], help="crossovers, per image")
    parser.add_argument("--sides", type=int, nargs="+", default=[256, 512], help="shorter sides, in pixels")
    parser.add_argument("--method", choices=["descent", "fourier"], default="descent")
    parser.add_argument("--dpi", type=float, default=96.0, help="pixels per inch of the screen")
    parser.add_argument("--distance", type=float, default=60.0, help="viewing distance, in centimetres")
    arguments = parser.parse_args()

    scaled = arguments.out / "scaled"
    scaled.mkdir(parents=True, exist_ok=True)
    rows, design = [], []
    with arguments.pairs.open(newline="") as file:
        pairs = [(Path(row["near"]), Path(row["far"])) for row in csv.DictReader(file)]
    for number, (near, far) in enumerate(pairs):
        fitted = nearfar.align(near, far)
        for side in arguments.sides:
            files = [scaled / f"{number:03}-{side}-{role}.png" for role in ("near", "far")]
            for path, picture in zip(files, (fitted.near, fitted.far), strict=True):
                if not path.exists():
                    shrunk(picture, side).save(path)
            for cycles in arguments.cycles:
                name = f"{number:03}-{near.stem}-{far.stem}-{side}px-{cycles:g}cpi.png"
                method = {arguments.method: {"crossover": cycles / side}}
                recipe = nearfar.Recipe.from_dict({"align": {"method": "none"}, "method": method})
                rows.append({"near": files[0], "far": files[1], "out": name, "recipe": recipe})
                design.append((name, near, far, side, cycles))

    made = nearfar.map(rows, arguments.out, dpi=arguments.dpi)
    records = {record["out"]: record for record in made.records() if "error" not in record}
    # At this distance one degree is so many pixels.
    pixels_per_degree = arguments.distance / 2.54 * arguments.dpi * 2 * math.tan(math.radians(0.5))
    with (arguments.out / "stimuli.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        for name, near, far, side, cycles in design:
            if (record := records.get(name)) is None:
                continue
            percept = record["percept"] or {}
            light = luminance(arguments.out / name)
            table.writerow(
                [name, near, far, side, cycles, record["crossover"], record["crossover"] * pixels_per_degree]
                + [percept.get(key) for key in ("near", "far", "switch_centimetres")]
                + [light.std() / light.mean(), light.mean()]
            )
    print(f"{made.done} stimuli ({made.skipped} of them were there), {made.failed} failed: {arguments.out}/stimuli.csv")


def shrunk(picture: np.ndarray, side: int) -> Image.Image:
    """So many pixels along the shorter side."""
    image = Image.fromarray(picture)
    scale = side / min(image.size)
    return image.resize([round(scale * length) for length in image.size], Image.Resampling.LANCZOS)


def luminance(path: Path) -> np.ndarray:
    """Relative luminance of a picture's pixels, 0 to 1."""
    codes = nearfar.read(path).astype(np.float64)
    light = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    return light if light.ndim == 2 else light @ [0.2126, 0.7152, 0.0722]


if __name__ == "__main__":
    main()
