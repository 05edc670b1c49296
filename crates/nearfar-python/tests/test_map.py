"""Many hybrids, wherever they are made."""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import FAST, Direct, lines


def test_every_pair_becomes_a_hybrid_and_a_record(tmp_path, pairs):
    out, seen = tmp_path / "out", []
    made = nearfar.map(pairs, out, **FAST, progress=seen.append)
    assert (made.done, made.skipped, made.failed) == (12, 0, 0)
    records = {record["out"]: record for record in made.records()}
    assert len(records) == 12 and list(made.records()) == seen == lines(out)
    for i, pair in enumerate(pairs):
        expected = nearfar.fourier(*pair, align="none")
        record = records[f"{i}-{i + 1}.png"]
        assert np.array_equal(np.asarray(Image.open(out / record["out"])), expected.picture)
        assert record["row"] == i + 1 and record["method"] == "fourier" and record["width"] == 64
        assert record["crossover"] == expected.crossover and record["percept"]["near"] == expected.percept.near
        assert all(note["severity"] != "info" for note in record["notes"])
    assert sorted(path.name for path in out.iterdir()) == sorted([*records, "results.jsonl"])


def test_options_and_recipes_hold_for_all_pairs_and_rows_override_them(tmp_path, pairs):
    recipe = nearfar.Recipe.from_toml(
        "[align]\nmethod = 'none'\n[method.descent]\nsigma = 3.0\nstop = { max-iterations = 2 }"
    )
    nearfar.map(pairs[:1], tmp_path / "by-recipe", recipe)
    assert np.array_equal(
        np.asarray(Image.open(tmp_path / "by-recipe" / "0-1.png")), nearfar.mix(*pairs[0], recipe=recipe).picture
    )
    near, far = pairs[0]
    rows = [
        {"near": near, "far": far, "out": "a.jpg", "quality": 60},
        {"near": near, "far": far, "out": "sub/b.tif", "method": "mix", "steps": 2, "depth": 16},
    ]
    made = nearfar.map(rows, tmp_path / "by-row", **FAST, strip=True)
    assert {record["out"]: record["method"] for record in made.records()} == {
        "a.jpg": "fourier",
        "sub/b.tif": "descent",
    }
    written = nearfar.read(tmp_path / "by-row" / "sub" / "b.tif", dtype="uint8")
    assert np.array_equal(written, nearfar.mix(near, far, steps=2, align="none").picture)
    with pytest.raises(nearfar.NearfarError, match="no recipe"):
        nearfar.Recipe.from_file(tmp_path / "by-row" / "a.jpg")


def test_lost_workers_are_records(tmp_path, pairs):
    class Losing(Direct):
        def submit(self, call, /, *arguments):
            if self.count % 2:
                return super().submit(lambda task: 1 / 0, *arguments)
            return super().submit(call, *arguments)

    made = nearfar.map(pairs, tmp_path / "out", **FAST, executor=Losing())
    assert (made.done, made.failed) == (6, 6)
    assert "its worker was lost: ZeroDivisionError" in next(r["error"] for r in made.records() if "error" in r)
    assert nearfar.map(pairs, tmp_path / "out", **FAST).skipped == 6


def test_processes_are_an_executor_too(tmp_path, pairs):
    with ProcessPoolExecutor(2) as pool:
        made = nearfar.map(pairs, tmp_path / "out", **FAST, executor=pool)
    assert made.done == 12 and len({record["worker"] for record in made.records()}) == 2


def test_what_cannot_be_pickled_is_named(tmp_path, pairs):
    with ProcessPoolExecutor(1) as pool:
        loss = lambda picture: (0.0, np.zeros_like(picture))  # noqa: E731
        made = nearfar.map(pairs[:1], tmp_path / "out", align="none", steps=1, loss=loss, executor=pool)
    (record,) = made.records()
    assert record["error"].startswith("loss cannot be pickled") and "executor=None" in record["error"]


def test_pairs_are_read_as_the_work_goes_on(tmp_path, pairs):
    taken = []

    def endless():
        for row in pairs:
            taken.append(row)
            yield row

    done, most = [], []
    nearfar.map(
        endless(),
        tmp_path / "out",
        **FAST,
        ahead=2,
        executor=Direct(),
        progress=lambda record: (done.append(record), most.append(len(taken) - len(done))),
    )
    assert len(done) == 12 and max(most) <= 2


def test_two_maps_into_one_folder_are_one_too_many(tmp_path, pairs):
    out = tmp_path / "out"
    refused = []

    def told(record):
        with pytest.raises(nearfar.NearfarError, match="another map is writing into"):
            nearfar.map(pairs[3:], out, **FAST)
        # Another process, too.
        script = f"import nearfar; nearfar.map([], {str(out)!r})"
        other = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
        refused.append(other.returncode != 0 and "another map is writing into" in other.stderr)

    made = nearfar.map(pairs[:3], out, **FAST, progress=told)
    assert (made.done, made.failed, refused) == (3, 0, [True] * 3)
    assert nearfar.map(pairs, out, **FAST).skipped == 3
    assert not (out / ".nearfar").exists()
