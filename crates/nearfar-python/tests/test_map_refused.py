"""Maps and pairs that make no sense."""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

import nearfar
from conftest import FAST

FOURIER = nearfar.Recipe.from_toml("[method.fourier]")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"ahead": 0}, "ahead is 0"),
        ({"ahead": -1}, "ahead is -1"),
        ({"executor": 3}, "executor is 3"),
        ({"method": "foo"}, "the method is foo"),
        ({"method": "fourier", "sigmaa": 8}, "fourier has no option sigmaa"),
        ({"sigmaa": 8}, "mix has no option sigmaa$"),
        ({"low": "8cpi"}, 'mix has no option low; say method="fourier"'),
        ({"sigma": -1}, "sigma is -1.0"),
        ({"steps": 0}, "give steps a whole number from 1 to 100000"),
        ({"method": "fourier", "near_gain": -2}, "near gain is -2"),
        ({"far_tone": 1.5}, "far tone is 1.5"),
        ({"beside": -0.5}, "beside the focus is -0.5"),
        ({"strength": "mad"}, "strength is mad; it must be subtle, even or strong"),
        ({"near_distance": "5m", "far_distance": "3m"}, 'near_distance="5m" is not nearer'),
        ({"background": "white"}, "a colour is six hexadecimal digits"),
        ({"loss": print, "loss_weight": -1}, "loss_weight is -1"),
        ({"progress": 3}, "progress is 3; it must be callable"),
        ({"threads": 0}, "threads is 0"),
        ({"depth": 12}, "depth is 12"),
        ({"keep": "foo"}, "keep is foo"),
        ({"solver": "magic"}, "magic"),
        (
            {"recipe": nearfar.Recipe(), "method": "fourier"},
            'a recipe says itself by which method.*leave method="fourier" out',
        ),
        ({"force": "yes"}, "force is 'yes'; it is False or True"),
        ({"force": 1}, "force is 1; it is False or True"),
        ({"recipe": {}}, "recipe is {}; give a Recipe"),
        ({"strip": "no"}, "strip is 'no'"),
        ({"recipe": FOURIER, "loss": print}, "fourier minimises nothing; .* leave the loss out, or mix by descent"),
        ({"recipe": FOURIER, "start": np.zeros((64, 64))}, "fourier starts from no picture"),
        ({"start": 3}, "start"),
        ({"far_distance": "30cm"}, 'far_distance="30cm" is not beyond 60cm'),
        ({"recipe": nearfar.Recipe(), "sigma": 3.0}, "leave sigma out"),
        ({"start": "noise"}, "start is 'noise'"),
        ({"far_distance": "3"}, "far_distance is '3'"),
    ],
)
def test_what_no_pair_could_be_made_with_is_said_before_any_is(tmp_path, pairs, options, words):
    with pytest.raises(nearfar.NearfarError, match=words):
        nearfar.map(pairs, tmp_path / "out", **options)
    assert not (tmp_path / "out").exists()


def test_pairs_that_are_no_list_are_refused(tmp_path, pairs):
    for wrong in (str(pairs[0][0]), pairs[0][0], {"near": "a", "far": "b"}, 3):
        with pytest.raises(nearfar.NearfarError, match="give a list of pairs"):
            nearfar.map(wrong, tmp_path / "out")
    made = nearfar.map(["ab", pairs[0]], tmp_path / "out", **FAST)
    assert (made.done, made.failed) == (1, 1)


def test_bad_pairs_are_records_and_are_tried_again(tmp_path, pairs):
    out, near = tmp_path / "out", pairs[0][0]
    (tmp_path / "damaged.png").write_bytes(near.read_bytes()[:100])
    (tmp_path / "out").mkdir()
    (out / "taken.png").write_text("somebody's")
    bad = [
        {"near": near},
        ("no-such.png", near),
        (near, tmp_path / "damaged.png"),
        {"near": near, "far": near, "out": "../outside.png"},
        {"near": near, "far": near, "out": "a.xyz"},
        {"near": near, "far": near, "out": "taken.png"},
        {"near": near, "far": near, "out": "b.png", "method": "magic"},
        {"near": near, "far": near, "out": "c.png", "sigmo": 3.0},
        {"near": near, "far": near, "out": "d.png", "sigma": -3.0},
        {"near": near, "far": near, "out": "e.png", "progress": print},
        (near, near, near),
        pairs[1],
        {"near": near, "far": near, "out": "1-2.png"},
        (near, b"the bytes of a file"),
    ]
    told = []
    made = nearfar.map(bad, out, align="none", progress=told.append)
    assert len(told) == 14
    assert (made.done, made.failed) == (1, 13)
    errors = {record["row"]: record["error"] for record in made.records() if "error" in record}
    words = {
        1: "far is missing",
        2: "no-such.png",
        3: "damaged.png",
        4: "within the folder",
        5: "extension",
        6: "exists",
        7: "magic",
        8: "no option sigmo",
        9: "sigma",
        10: "progress",
        11: "a pair is (near, far)",
        13: "row 12",
        14: "far is of type bytes; map takes paths",
    }
    assert errors.keys() == words.keys()
    for row, word in words.items():
        assert word in errors[row], errors[row]
    assert (out / "taken.png").read_text() == "somebody's"
    assert not list(tmp_path.glob("outside*")) and sorted(p.name for p in out.iterdir()) == [
        "1-2.png",
        "results.jsonl",
        "taken.png",
    ]
    near.with_name("damaged.png").write_bytes(near.read_bytes())
    assert nearfar.map(bad[2:3], out, **FAST).done == 1
    assert nearfar.map([bad[5]], out, force=True, **FAST).done == 1
    with pytest.raises(nearfar.NearfarError, match="near"):
        nearfar.map(pairs, out, near="x.png")


def test_a_name_is_one_however_it_is_written(tmp_path, pairs):
    rows = [
        {"near": near, "far": far, "out": out}
        for (near, far), out in zip(
            pairs[:5], ["a.png", "./a.png", "b/c.png", "b//c.png", ".nearfar/d.png"], strict=True
        )
    ]
    rows += [{"near": pairs[0][0], "far": pairs[0][1], "out": 3}, np.array(pairs[5], str)]
    made = nearfar.map(rows, tmp_path / "out", **FAST)
    errors = {record["row"]: record["error"] for record in made.records() if "error" in record}
    assert (made.done, made.failed) == (3, 4)
    words = {
        2: "a.png is written by row 1",
        4: "c.png is written by row 3",
        5: "the map's own",
        6: "out is 3; it must be a name",
    }
    assert all(word in errors[row] for row, word in words.items()), errors


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_names_that_are_no_text_are_names(tmp_path, pairs):
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.png"))
    odd.write_bytes(pairs[0][0].read_bytes())
    assert nearfar.map([(odd, pairs[0][1]), pairs[1]], tmp_path / "out", **FAST).done == 2
    assert nearfar.map([(odd, pairs[0][1]), pairs[1]], tmp_path / "out", **FAST).skipped == 2


def test_what_lies_in_the_way_is_refused_before_the_work(tmp_path, pairs):
    (near, far), out = pairs[0], tmp_path / "out"
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(near.read_bytes()[:100])
    nearfar.map(pairs[:1], out, **FAST)
    hybrid = (out / "0-1.png").read_bytes()
    (out / "results.jsonl").unlink()
    (out / "folder.png").mkdir()
    (out / "text.png").write_text("somebody's")
    (out / "recipe.png").write_bytes(hybrid)
    (out / "picture.bmp").write_bytes(near.read_bytes())
    # The damaged picture is found out only by the work.
    names = {"folder.png": "it is a folder", "text.png": "exists", "recipe.png": "exists", "picture.bmp": "damaged.png"}
    rows = [{"near": near, "far": damaged, "out": name} for name in names]
    made = nearfar.map(rows, out, **FAST)
    errors = {record["out"]: record["error"] for record in made.records()}
    assert errors.keys() == names.keys()
    for name, word in names.items():
        assert word in errors[name], errors[name]
    assert (out / "recipe.png").read_bytes() == hybrid
    assert nearfar.map([{"near": near, "far": far, "out": "recipe.png"}, pairs[0]], out, **FAST).done == 2


def test_inputs_are_never_overwritten(tmp_path, pairs):
    near, far = pairs[0]
    before = near.read_bytes()
    made = nearfar.map([{"near": near, "far": far, "out": near.name}], tmp_path, force=True)
    assert made.failed == 1 and near.read_bytes() == before
    assert "never overwritten" in next(made.records())["error"]


def test_rows_may_say_another_method_that_has_the_options(tmp_path, pairs):
    near, far = pairs[0]
    rows = [{"near": near, "far": far, "method": "mix", "steps": 1, "low": None}, (near, near)]
    made = nearfar.map(rows[1:], tmp_path / "out", method="fourier", low="9cpi", align="none")
    assert (made.done, made.failed) == (1, 0)
    made = nearfar.map(rows[:1], tmp_path / "out", method="fourier", low="9cpi", align="none")
    assert 'mix has no option low; say method="fourier"' in next(r["error"] for r in made.records() if "error" in r)


@pytest.mark.parametrize("out", [3, None, "", b"out"])
def test_a_folder_that_is_none_is_refused(pairs, out):
    with pytest.raises(nearfar.NearfarError, match=r"out is .*give the folder that hybrids go to"):
        nearfar.map(pairs, out, **FAST)


def test_a_pair_by_another_method_takes_no_recipe(tmp_path, pairs):
    near, far = pairs[0]
    recipe = nearfar.Recipe.from_toml("[method.fourier]\n[align]\nmethod = 'none'")
    rows = [{"near": near, "far": far, "method": "fourier"}, pairs[1]]
    made = nearfar.map(rows, tmp_path / "out", recipe)
    assert (made.done, made.failed) == (1, 1)
    assert 'leave method="fourier" out' in next(record["error"] for record in made.records() if "error" in record)
