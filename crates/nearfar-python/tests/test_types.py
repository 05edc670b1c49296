"""What a type checker says of somebody's code."""

import pytest

RIGHT = """
from pathlib import Path
import numpy as np
from PIL import Image
import nearfar

picture = Image.open("near.png")
for near in (picture, picture.convert("RGB"), np.zeros((4, 4), np.uint8), Path("near.png"), "near.png", b""):
    hybrid: nearfar.Hybrid = nearfar.mix(near, picture, start=picture)
    nearfar.view(picture, "3m")
    reveal_type(hybrid.recipe)
    reveal_type(hybrid.percept)
"""

NAMES = """
from collections.abc import Iterable
import numpy as np
import nearfar
from nearfar.typing import Array, OwnLoss, Pair, PictureLike, Preset, Record, Watcher

def darker(picture: Array) -> tuple[float, Array]:
    return 0.5 * float(np.sum(picture**2)), picture

def made(near: PictureLike, far: PictureLike, loss: OwnLoss, preset: Preset, told: Watcher) -> nearfar.Hybrid:
    return nearfar.mix(near, far, loss=loss, preset=preset, progress=told)

def failed(pairs: Iterable[Pair]) -> list[Record]:
    return [record for record in nearfar.map(pairs, "out").records() if "error" in record]

made("near.png", np.zeros((4, 4), np.uint8), darker, "draft", print)
"""

WRONG = """
import nearfar

hybrid = nearfar.mix("a.png", "b.png")
hybrid.picture = hybrid.near
hybrid.recipe = nearfar.Recipe()
hybrid.notes[0].text = ""
nearfar.align("a.png", "b.png").far = hybrid.far
nearfar.mix(3j, object())
"""


@pytest.fixture
def checked(tmp_path, monkeypatch, cache):
    api = pytest.importorskip("mypy.api")
    # Elsewhere, so that what is installed is checked.
    monkeypatch.chdir(tmp_path)
    return lambda program: api.run(["--strict", "--cache-dir", str(cache), "-c", program])[0].splitlines()


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("mypy")


def test_pictures_of_all_kinds_are_taken(checked):
    *notes, last = checked(RIGHT)
    assert last.startswith("Success"), (notes, last)
    assert [note.split("Revealed type is ")[1] for note in notes] == [
        '"nearfar._recipe.Recipe"',
        '"nearfar._results.Percept | None"',
    ]


def test_what_is_taken_and_given_has_public_names(checked):
    assert checked(NAMES)[-1].startswith("Success")


def test_what_is_frozen_cannot_be_assigned(checked):
    errors = checked(WRONG)
    lines = {int(error.split(":")[1]) for error in errors if "error:" in error}
    assert lines == {5, 6, 7, 8, 9}, errors
