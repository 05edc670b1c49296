"""Small pictures, and the program to compare with."""

from __future__ import annotations

import json
import os
from concurrent.futures import Executor, Future
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

IMGS = Path(__file__).resolve().parents[3] / "imgs"


def picture(height: int, width: int, seed: int, channels: int = 3) -> np.ndarray:
    """Smooth shapes with some texture, uint8: `H x W` if there is one channel."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    planes = [
        0.5 + 0.3 * np.sin(x / rng.uniform(4, 30) + c) * np.cos(y / rng.uniform(4, 30)) + 0.1 * rng.random(x.shape)
        for c in range(channels)
    ]
    codes = np.stack(planes, axis=-1) if channels > 1 else planes[0]
    return (codes.clip(0, 1) * 255).round().astype(np.uint8)


@pytest.fixture
def near() -> np.ndarray:
    return picture(72, 96, 1)


@pytest.fixture
def far() -> np.ndarray:
    return picture(72, 96, 2)


@pytest.fixture
def program() -> str:
    """The program, as the gate built it."""
    found = os.environ.get("NEARFAR_PROGRAM")
    if not found:
        pytest.skip("NEARFAR_PROGRAM names no program to compare with")
    return found


# For maps: without looking for what both pictures show.
FAST = {"method": "fourier", "align": "none"}


@pytest.fixture
def pairs(tmp_path: Path) -> list[tuple[Path, Path]]:
    """Twelve pairs of small files."""
    for i in range(13):
        Image.fromarray(picture(64, 64, i)).save(tmp_path / f"{i}.png")
    return [(tmp_path / f"{i}.png", tmp_path / f"{i + 1}.png") for i in range(12)]


class Direct(Executor):
    """Works at once, and counts."""

    def __init__(self):
        self.count = 0

    def submit(self, call, /, *arguments, **options):
        self.count += 1
        future = Future()
        try:
            future.set_result(call(*arguments, **options))
        except Exception as error:
            future.set_exception(error)
        return future


def lines(out: Path) -> list[dict]:
    """The records of a map."""
    return [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
