"""What a map remembers of what was made."""

import os

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import FAST, Direct, lines, picture


def test_manifest_that_was_cut_short_is_read_up_to_there(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs, out, **FAST)
    text = (out / "results.jsonl").read_bytes()
    (out / "results.jsonl").write_bytes(text[:-30])
    made = nearfar.map(pairs, out, **FAST)
    assert (made.skipped, made.done, len(lines(out))) == (11, 12, 12)
    (out / "results.jsonl").write_bytes(b"\x00garbage\n[]\n{}\n" + text)
    with pytest.warns(UserWarning, match="3 lines, the first of them line 1, are not understood; they are kept"):
        assert nearfar.map(pairs, out, **FAST).skipped == 12


def test_no_records_become_an_empty_table(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    assert parquet.read_table(nearfar.map([], tmp_path / "out").to_parquet()).num_rows == 0


def test_records_become_parquet(tmp_path, pairs):
    parquet = pytest.importorskip("pyarrow.parquet")
    made = nearfar.map(pairs, tmp_path / "out", **FAST)
    table = parquet.read_table(made.to_parquet())
    assert table.num_rows == 12 and table.column("out").to_pylist() == [record["out"] for record in made.records()]


def test_damaged_hybrids_are_made_again(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs[:3], out, **FAST)
    whole = [(out / f"{i}-{i + 1}.png").read_bytes() for i in range(2)]
    os.truncate(out / "0-1.png", 100)
    (out / "1-2.png").write_bytes(whole[1][:-1] + b"?")
    assert nearfar.map(pairs[:3], out, **FAST).skipped == 1
    assert [(out / f"{i}-{i + 1}.png").read_bytes() for i in range(2)] == whole


def test_every_pair_has_one_record_the_newest(tmp_path, pairs):
    out, options = tmp_path / "out", {"method": "fourier", "align": "none"}

    def said(made):
        found = [(record["out"], record.get("crossover"), "error" in record) for record in made.records()]
        assert len({name for name, *_ in found}) == len(found), found
        return {name: (crossover, failed) for name, crossover, failed in found}

    nearfar.map(pairs[:4], out, low="8cpi", **options)
    # Another call, of some of them in another order and of a new one.
    made = said(nearfar.map([pairs[4], *pairs[2:0:-1]], out, low="16cpi", **options))
    assert {name: crossover for name, (crossover, _) in made.items()} == {
        "0-1.png": 0.125, "1-2.png": 0.25, "2-3.png": 0.25, "3-4.png": 0.125, "4-5.png": 0.25,
    }  # fmt: skip
    # An input that is gone, and comes back.
    away, whole = pairs[0][0].with_suffix(".away"), (out / "0-1.png").read_bytes()
    pairs[0][0].rename(away)
    for _ in range(2):
        made = nearfar.map(pairs[:2], out, low="16cpi", **options)
        assert (made.failed, made.skipped) == (1, 1)
        assert said(made)["0-1.png"] == (None, True) and len(lines(out)) == 5
        assert (out / "0-1.png").read_bytes() == whole
    away.rename(pairs[0][0])
    made = nearfar.map(pairs[:1], out, low="8cpi", **options)
    assert (made.skipped, said(made)["0-1.png"]) == (1, (0.125, False))
    assert not (out / ".nearfar").exists()
    # One that failed, was changed meanwhile, and is made with other settings: no file of a stranger's.
    pairs[0][0].rename(away)
    nearfar.map(pairs[:1], out, low="8cpi", **options)
    away.rename(pairs[0][0])
    assert said(nearfar.map(pairs[:1], out, low="9cpi", **options))["0-1.png"] == (9 / 64, False)


def test_a_row_that_is_refused_takes_no_others_record(tmp_path, pairs):
    nearfar.map(pairs[:1], tmp_path / "out", **FAST)
    made = nearfar.map([pairs[0], pairs[0]], tmp_path / "out", **FAST)
    assert (made.skipped, made.failed) == (1, 1)
    assert [record.get("error", "made") for record in made.records()] == ["made", "0-1.png is written by row 1 already"]


def test_what_a_loss_was_part_of_has_one_record(tmp_path, pairs):
    for _ in range(2):
        loss = lambda picture: (0.0, np.zeros_like(picture))  # noqa: E731
        made = nearfar.map(pairs[:1], tmp_path / "out", align="none", steps=1, loss=loss)
        assert len(list(made.records())) == 1


def test_second_call_makes_nothing_again_and_knows_what_changed(tmp_path, pairs):
    out, pool = tmp_path / "out", Direct()
    nearfar.map(pairs[:4], out, **FAST, executor=pool)
    again = nearfar.map(pairs, out, **FAST, executor=pool)
    assert (pool.count, again.skipped, again.done) == (12, 4, 12)
    # A changed input, a lost output, and other settings.
    Image.fromarray(picture(64, 64, 99)).save(pairs[0][0])
    (out / "5-6.png").unlink()
    assert nearfar.map(pairs, out, **FAST, executor=pool).skipped == 10
    assert np.array_equal(np.asarray(Image.open(out / "0-1.png")), nearfar.fourier(*pairs[0], align="none").picture)
    assert nearfar.map(pairs[:3], out, **FAST, low="9cpi", executor=pool).skipped == 0
    assert len({line["out"] for line in lines(out)}) == 12
    assert nearfar.map(pairs[3:], out, **FAST, executor=pool).skipped == 9
    assert len(lines(out)) == 12, "tidied: a line for every hybrid"


def test_a_start_is_known_by_its_samples_or_its_file(tmp_path, pairs):
    out = tmp_path / "out"
    options = {"align": "none", "sigma": 3.0, "steps": 2}
    start = np.zeros((64, 64, 3), np.uint8)
    made = nearfar.map(pairs[:1], out, start=start, **options)
    (record,) = made.records()
    assert "started from" in record["notes"][-1]["text"]
    with pytest.raises(nearfar.NearfarError, match="no recipe"):
        nearfar.Recipe.from_file(out / "0-1.png")
    assert nearfar.map(pairs[:1], out, start=start.copy(), **options).skipped == 1
    start[40, 40] = 1  # where numpy's short form of an array shows nothing
    assert nearfar.map(pairs[:1], out, start=start, **options).skipped == 0
    Image.fromarray(start).save(tmp_path / "start.png")
    for skipped in (0, 1):
        assert nearfar.map(pairs[:1], out, start=tmp_path / "start.png", **options).skipped == skipped
    os.utime(tmp_path / "start.png", ns=(1, 1))
    assert nearfar.map(pairs[:1], out, start=tmp_path / "start.png", **options).skipped == 0


def test_a_row_with_a_recipe_of_its_own_is_not_made_again(tmp_path, pairs):
    near, far = pairs[0]
    for low, skipped in [(0.1, 0), (0.1, 1), (0.2, 0)]:
        recipe = nearfar.Recipe.from_dict({"align": {"method": "none"}, "method": {"fourier": {"crossover": low}}})
        row = {"near": near, "far": far, "recipe": recipe}
        assert nearfar.map([row], tmp_path / "out").skipped == skipped


def test_what_a_loss_was_part_of_is_made_again(tmp_path, pairs):
    def loss(picture):
        return 0.0, np.zeros_like(picture)

    for _ in range(2):
        assert nearfar.map(pairs[:1], tmp_path / "out", align="none", steps=1, loss=loss).skipped == 0


def test_a_number_is_the_same_however_it_is_written(tmp_path, pairs):
    options = {"align": "none", "steps": 1}
    for tone, skipped in [(1, 0), (1.0, 1), (np.float32(1), 1), (0.5, 0)]:
        assert nearfar.map(pairs[:1], tmp_path / "out", far_tone=tone, **options).skipped == skipped


def test_hybrids_without_a_record_are_known_by_what_they_are(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs[:4], out, **FAST)
    (out / "results.jsonl").unlink()
    times = {i: (out / f"{i}-{i + 1}.png").stat().st_mtime_ns for i in range(4)}
    # Of the same recipe and inputs, but other bytes; with other settings; and of another program.
    with open(out / "1-2.png", "ab") as file:
        file.write(b"?")
    nearfar.fourier(*pairs[2], align="none", low="7cpi").save(out / "2-3.png", force=True)
    Image.fromarray(picture(64, 64, 1)).save(out / "3-4.png")
    strangers = [(out / f"{i}-{i + 1}.png").read_bytes() for i in (2, 3)]
    made = nearfar.map(pairs[:4], out, **FAST)
    assert (made.done, made.failed) == (2, 2)
    errors = {record["out"]: record["error"] for record in made.records() if "error" in record}
    assert errors.keys() == {"2-3.png", "3-4.png"} and all("force=True" in error for error in errors.values())
    assert (out / "0-1.png").stat().st_mtime_ns == times[0], "what is the same stays as it is"
    assert (out / "1-2.png").read_bytes()[-1:] != b"?"
    assert [(out / f"{i}-{i + 1}.png").read_bytes() for i in (2, 3)] == strangers
    assert nearfar.map(pairs[:2], out, **FAST).skipped == 2


def test_damaged_lines_are_kept_and_named_and_their_hybrids_made_again(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs[:3], out, **FAST)
    first, second, third = (out / "results.jsonl").read_bytes().splitlines(True)
    damaged = second.replace(b'"row"', b'"rwo', 1)
    (out / "results.jsonl").write_bytes(b"\n" + first + damaged + third)
    # With other settings the bytes are others, and the line still says whose the file is.
    with pytest.warns(UserWarning, match=r"results.jsonl: line 3 is not understood; it is kept$") as told:
        made = nearfar.map(pairs[:3], out, **FAST, low="9cpi")
    assert len(told) == 1 and told[0].filename == __file__
    assert (made.done, made.skipped, made.failed) == (3, 0, 0)
    assert damaged in (out / "results.jsonl").read_bytes()
    assert sorted(record["out"] for record in made.records()) == ["0-1.png", "1-2.png", "2-3.png"]
    assert made.to_parquet().exists()
    with pytest.warns(UserWarning, match="line 1 is not understood"):
        assert nearfar.map(pairs[:3], out, **FAST, low="9cpi").skipped == 3


def test_a_manifest_whose_only_line_is_damaged_is_still_one(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs[:1], out, **FAST)
    damaged = (out / "results.jsonl").read_bytes().replace(b'"row"', b'"rwo', 1)
    (out / "results.jsonl").write_bytes(damaged)
    with pytest.warns(UserWarning, match="line 1 is not understood; it is kept"):
        made = nearfar.map(pairs[:1], out, **FAST)
    assert (made.done, made.failed) == (1, 0)
    assert (out / "results.jsonl").read_bytes().startswith(damaged)


@pytest.mark.parametrize("mine", [b"my results\n", b'{"row": 1, "mine": 2}'])
def test_a_file_that_is_no_manifest_is_left_alone(tmp_path, pairs, mine):
    out = tmp_path / "out"
    out.mkdir()
    (out / "results.jsonl").write_bytes(mine)
    with pytest.raises(nearfar.NearfarError, match=r"results.jsonl is not a file of results .fix: choose another"):
        nearfar.map(pairs, out, **FAST)
    assert (out / "results.jsonl").read_bytes() == mine
    assert [path.name for path in out.iterdir()] == ["results.jsonl"]
