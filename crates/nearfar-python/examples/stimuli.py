"""Stimuli for an experiment: pairs x crossovers x sizes, fully crossed, with a CSV that says what each one is.

    python stimuli.py pairs.csv stimuli --cycles 8 12 16 24 --sides 256 512

pairs.csv has a line `near,far` first and then two paths on each line. Every pair is fitted once, shrunk to each size,
and mixed at each crossover, given in cycles across the shorter side. stimuli.csv has a line for each hybrid: the
crossover in cycles per image, per pixel, and per degree of the visual field on the experiment's screen (`--dpi`,
`--distance`), what the percept model expects to be seen (`percept_near` at that distance, `percept_far` from
`far_centimetres`), and the contrast and luminance of the picture. missing.csv has a line for each one that could not be
made, such as one larger than its pictures, and says why. Both are written when all is made. A run that was stopped goes
on where it was. `--method fourier` takes filters instead of the optimiser.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import math
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

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
    "far_centimetres",
    "switch_centimetres",
    "rms_contrast",
    "mean_luminance",
]


def main(words: Sequence[str] | None = None) -> int:
    """0 if every stimulus was made, 1 if some are missing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pairs", type=Path, help="a CSV with the columns near and far")
    parser.add_argument("out", type=Path, help="the folder of the stimuli; it is made if need be")
    parser.add_argument("--cycles", type=float, nargs="+", default=[8, 12, 16, 24], help="crossovers, per image")
    parser.add_argument("--sides", type=int, nargs="+", default=[256, 512], help="shorter sides, in pixels")
    parser.add_argument("--method", choices=["descent", "fourier"], default="descent")
    parser.add_argument("--dpi", type=float, default=96.0, help="pixels per inch of the screen")
    parser.add_argument("--distance", type=float, default=60.0, help="viewing distance, in centimetres")
    arguments = parser.parse_args(words)
    if min(arguments.sides) < 1:
        parser.error("a side is a whole number of pixels, from 1 on")
    try:
        pairs = pairs_in(arguments.pairs)
        # What is nonsense for every pair ends the run before anything is made.
        recipes = {
            (side, cycles): recipe(arguments.method, cycles / side)
            for side in dict.fromkeys(arguments.sides)
            for cycles in dict.fromkeys(arguments.cycles)
        }
        return made_of(pairs, recipes, arguments.out, arguments.dpi, arguments.distance)
    except (OSError, ValueError) as error:  # a NearfarError is a ValueError
        parser.error(str(error))


def pairs_in(path: Path) -> list[tuple[Path, Path]]:
    """The pairs of a CSV, all of them files, none twice."""
    with path.open(newline="") as file:
        table = csv.DictReader(file)
        if not {"near", "far"} <= set(table.fieldnames or ()):
            raise ValueError(f"{path} has no columns near and far; its first line names them: near,far")
        lines = [(table.line_num, Path(row["near"] or ""), Path(row["far"] or "")) for row in table]
    if not lines:
        raise ValueError(f"{path} has no pairs")
    missing = [f"{picture} (line {line})" for line, *pair in lines for picture in pair if not picture.is_file()]
    if missing:
        raise ValueError(f"{path} names what is no file: {', '.join(missing)}")
    first: dict[tuple[Path, Path], int] = {}
    for line, near, far in lines:
        if first.setdefault((near, far), line) != line:
            raise ValueError(f"{path} says on line {line} what it says on line {first[near, far]}: {near}, {far}")
    return list(first)


def recipe(method: str, crossover: float) -> nearfar.Recipe:
    """How to mix pictures that fit already, at so many cycles per pixel."""
    return nearfar.Recipe.from_dict({"align": {"method": "none"}, "method": {method: {"crossover": crossover}}})


def made_of(
    pairs: Iterable[tuple[Path, Path]],
    recipes: dict[tuple[int, float], nearfar.Recipe],
    out: Path,
    dpi: float,
    distance: float,
) -> int:
    """Makes and lists the stimuli."""
    options: dict[str, Any] = {"dpi": dpi, "near_distance": f"{distance}cm"}
    # Without pairs it makes nothing, and says whether the options make sense.
    nearfar.map([], out, **options)
    (out / "scaled").mkdir(exist_ok=True)
    rows: list[dict[str, Any]] = []
    design: list[tuple[str, Path, Path, int, float]] = []
    missing: list[tuple[Path, Path, int | None, float | None, str]] = []
    for near, far in pairs:
        try:
            fitted = nearfar.align(near, far)
        except nearfar.NearfarError as error:
            missing.append((near, far, None, None, str(error)))
            continue
        # Both names alone would mix up two pairs that are called alike, in folders of their own.
        pair = f"{near.stem}-{far.stem}-{hashlib.sha256(f'{near}|{far}'.encode()).hexdigest()[:6]}"
        for side in dict.fromkeys(side for side, _ in recipes):
            shorter = min(fitted.near.shape[:2])
            if side > shorter:
                why = f"the shorter side of what both pictures show is {shorter} pixels; none is enlarged"
                missing.append((near, far, side, None, why))
                continue
            files = [out / "scaled" / f"{pair}-{side}px-{role}.png" for role in ("near", "far")]
            for path, picture in zip(files, (fitted.near, fitted.far), strict=True):
                keep(path, png(shrunk(picture, side)))
            for (of, cycles), made_so in recipes.items():
                if of == side:
                    name = f"{pair}-{side}px-{cycles:g}cpi.png"
                    rows.append({"near": files[0], "far": files[1], "out": name, "recipe": made_so})
                    design.append((name, near, far, side, cycles))

    # What an earlier run listed may be made again otherwise before this one is stopped.
    (out / "stimuli.csv").unlink(missing_ok=True)
    made = nearfar.map(rows, out, **options)
    records = {record["out"]: record for record in made.records()}
    # At this distance one degree is so many pixels.
    pixels_per_degree = distance / 2.54 * dpi * 2 * math.tan(math.radians(0.5))
    lines: list[list[object]] = []
    for name, near, far, side, cycles in design:
        record = records[name]
        if "error" in record:
            missing.append((near, far, side, cycles, record["error"]))
            continue
        percept = record["percept"] or {}
        light = luminance(out / name)
        lines.append(
            [name, near, far, side, cycles, record["crossover"], record["crossover"] * pixels_per_degree]
            + [percept.get(key) for key in ("near", "far", "far_centimetres", "switch_centimetres")]
            + [light.std() / light.mean(), light.mean()]
        )
    keep(out / "stimuli.csv", table_of([COLUMNS, *lines]))
    keep(out / "missing.csv", table_of([["near", "far", "side", "cycles_per_image", "why"], *missing]))
    print(f"{len(lines)} stimuli ({made.skipped} of them were there): {out}/stimuli.csv")
    if missing:
        print(f"{len(missing)} lines of what could not be made: {out}/missing.csv", file=sys.stderr)
    return 1 if missing else 0


def shrunk(picture: np.ndarray, side: int) -> np.ndarray:
    """So many pixels along the shorter side: every one the mean of the light on it, as the eye takes it."""
    height, width = picture.shape[:2]
    scale = side / min(height, width)
    size = (round(scale * width), round(scale * height))
    light = light_of(picture / 255.0).astype(np.float32)
    planes = [
        np.asarray(Image.fromarray(plane).resize(size, Image.Resampling.BOX))
        for plane in np.moveaxis(np.atleast_3d(light), 2, 0)
    ]
    # A grey picture has no axis of colours.
    means = np.stack(planes, axis=2).reshape(size[1], size[0], *picture.shape[2:]).astype(np.float64)
    codes = np.where(means <= 0.0031308, means * 12.92, 1.055 * means ** (1 / 2.4) - 0.055)
    return (codes * 255.0).round().astype(np.uint8)


def light_of(codes: np.ndarray) -> np.ndarray:
    """The light of sRGB codes, both from 0 to 1."""
    return np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)


def luminance(path: Path) -> np.ndarray:
    """Relative luminance of a picture's pixels, 0 to 1."""
    light = light_of(nearfar.read(path).astype(np.float64))
    return light if light.ndim == 2 else light @ [0.2126, 0.7152, 0.0722]


def png(picture: np.ndarray) -> bytes:
    """A picture's file."""
    file = io.BytesIO()
    Image.fromarray(picture).save(file, "png")
    return file.getvalue()


def table_of(lines: Iterable[Sequence[object]]) -> bytes:
    """A CSV's file."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    return file.getvalue().encode()


def keep(path: Path, contents: bytes) -> None:
    """Has a file hold this: whole, whatever it held before. One that holds it already is left alone: by the time of
    change `nearfar.map` knows what it has made of it.
    """
    if path.is_file() and path.read_bytes() == contents:
        return
    fresh = path.with_name(f"{path.name}.tmp")
    fresh.write_bytes(contents)
    os.replace(fresh, path)


if __name__ == "__main__":
    sys.exit(main())
