"""The example that makes stimuli: what is listed is what is in the files."""

import csv
import importlib.util
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import picture

SCRIPT = Path(__file__).resolve().parents[1] / "examples" / "stimuli.py"
SMALL = ["--method", "fourier", "--cycles", "4", "--sides", "48"]


@pytest.fixture(scope="module")
def stimuli():
    spec = importlib.util.spec_from_file_location("stimuli", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / f"{name}.png" for name in "abcd"]
    for seed, path in enumerate(paths):
        Image.fromarray(picture(96, 96, seed)).save(path)
    return paths


def listed(tmp_path, *pairs):
    path = tmp_path / "pairs.csv"
    path.write_text("near,far\n" + "".join(f"{near},{far}\n" for near, far in pairs))
    return str(path)


def rows(path):
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_another_list_takes_its_own_pictures(stimuli, tmp_path, files):
    a, b, c, d = files
    out = tmp_path / "out"
    for pair in [(a, b), (c, d)]:
        assert stimuli.main([listed(tmp_path, pair), str(out), *SMALL]) == 0
        (row,) = rows(out / "stimuli.csv")
        assert (row["near"], row["far"]) == tuple(map(str, pair))
    fresh = tmp_path / "fresh"
    assert stimuli.main([listed(tmp_path, (c, d)), str(fresh), *SMALL]) == 0
    assert (out / row["file"]).read_bytes() == (fresh / row["file"]).read_bytes()


def test_pairs_that_are_called_alike_stay_apart(stimuli, tmp_path):
    pairs = []
    for i in range(2):
        (tmp_path / f"person{i}").mkdir()
        pairs.append((tmp_path / f"person{i}" / "near.png", tmp_path / f"person{i}" / "far.png"))
        for seed, path in enumerate(pairs[-1]):
            Image.fromarray(picture(64, 64, 2 * i + seed)).save(path)
    assert stimuli.main([listed(tmp_path, *pairs), str(tmp_path / "out"), *SMALL]) == 0
    assert len({(tmp_path / "out" / row["file"]).read_bytes() for row in rows(tmp_path / "out" / "stimuli.csv")}) == 2


def test_scaled_copies_are_whole_and_nothing_is_made_again_without_need(stimuli, tmp_path, files, capsys):
    out, pairs = tmp_path / "out", listed(tmp_path, files[:2], files[2:])
    stimuli.main([pairs, str(out), *SMALL])
    before = (out / "stimuli.csv").read_bytes()
    scaled = sorted((out / "scaled").iterdir())
    assert len(scaled) == 4
    scaled[0].write_bytes(scaled[0].read_bytes()[:50])
    capsys.readouterr()
    assert stimuli.main([pairs, str(out), *SMALL]) == 0
    assert "2 stimuli (1 of them were there)" in capsys.readouterr().out
    assert (out / "stimuli.csv").read_bytes() == before
    assert stimuli.main([pairs, str(out), *SMALL]) == 0
    assert "(2 of them were there)" in capsys.readouterr().out


def test_a_stopped_run_leaves_no_list_of_another(stimuli, tmp_path, files, monkeypatch):
    out, pairs = tmp_path / "out", listed(tmp_path, files[:2])
    stimuli.main([pairs, str(out), *SMALL])
    make = nearfar.map

    def stopped(rows, *arguments, **options):
        made = make(rows, *arguments, **options)
        if rows:
            raise KeyboardInterrupt
        return made

    monkeypatch.setattr(nearfar, "map", stopped)
    with pytest.raises(KeyboardInterrupt):
        stimuli.main([pairs, str(out), *SMALL, "--dpi", "72"])
    assert not (out / "stimuli.csv").exists()


def test_shrinking_keeps_the_light(stimuli):
    checker = np.uint8(np.indices((64, 96)).sum(0) % 2 * 255)
    for channels in ((), (3,)):
        source = np.broadcast_to(checker.reshape(64, 96, *[1] * len(channels)), (64, 96, *channels))
        small = stimuli.shrunk(source, 32)
        assert small.shape == (32, 48, *channels) and small.dtype == np.uint8
        assert (small == 188).all(), "half of the light is code 188"
    same = picture(40, 50, 1)
    assert np.array_equal(stimuli.shrunk(same, 40), same)


def test_nothing_is_enlarged_and_what_is_missing_is_listed(stimuli, tmp_path, files):
    damaged = tmp_path / "damaged.png"
    damaged.write_bytes(files[0].read_bytes()[:80])
    out, pairs = tmp_path / "out", listed(tmp_path, files[:2], (damaged, files[0]))
    assert stimuli.main([pairs, str(out), "--method", "fourier", "--cycles", "4", "--sides", "48", "200"]) == 1
    assert [row["side"] for row in rows(out / "stimuli.csv")] == ["48"]
    missing = rows(out / "missing.csv")
    assert [row["side"] for row in missing] == ["200", ""]
    assert "none is enlarged" in missing[0]["why"] and "damaged.png" in missing[1]["why"]


def test_the_distance_is_the_percepts(stimuli, tmp_path, files):
    seen = []
    for distance in ("60", "300"):
        out = tmp_path / distance
        stimuli.main([listed(tmp_path, files[:2]), str(out), *SMALL, "--distance", distance])
        (row,) = rows(out / "stimuli.csv")
        expected = nearfar.percept(
            out / row["file"],
            *sorted((out / "scaled").iterdir(), reverse=True),
            align="none",
            near_distance=f"{distance}cm",
        )
        assert float(row["percept_near"]) == pytest.approx(expected.near, abs=2e-3)
        seen.append(float(row["percept_near"]))
    assert seen[0] > seen[1] + 0.01


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("near,far\n{a},nowhere.png\n", [], "no file: nowhere.png (line 2)"),
        ("near\n{a}\n", [], "no columns near and far"),
        ("near,far\n", [], "no pairs"),
        ("near,far\n{a},{b}\n{a},{b}\n", [], "on line 3 what it says on line 2"),
        ("near,far\n{a},{b}\n", ["--cycles", "40"], "crossover"),
        ("near,far\n{a},{b}\n", ["--sides", "0"], "a side is"),
        ("near,far\n{a},{b}\n", ["--distance", "-1"], "near_distance"),
    ],
)
def test_what_makes_no_sense_is_said_before_anything_is_made(stimuli, tmp_path, files, capsys, text, options, words):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(text.format(a=files[0], b=files[1]))
    with pytest.raises(SystemExit) as ended:
        stimuli.main([str(pairs), str(tmp_path / "out"), *SMALL, *options])
    assert ended.value.code == 2 and words in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_records_are_of_the_same_stimuli(stimuli, tmp_path, files):
    out = tmp_path / "out"
    stimuli.main([listed(tmp_path, files[:2]), str(out), "--method", "fourier", "--cycles", "4", "6", "--sides", "48"])
    records = [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]
    assert {record["out"] for record in records} == {row["file"] for row in rows(out / "stimuli.csv")}
    for row in rows(out / "stimuli.csv"):
        assert float(row["cycles_per_pixel"]) * 48 == pytest.approx(float(row["cycles_per_image"]))
