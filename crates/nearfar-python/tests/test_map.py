"""Many hybrids, and going on after a kill."""

import json
import os
import signal
import subprocess
import sys
from concurrent.futures import Executor, Future, ProcessPoolExecutor

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import picture

# Without looking for content that both pictures share.
FAST = {"method": "fourier", "align": "none"}


@pytest.fixture
def pairs(tmp_path):
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


def lines(out):
    return [json.loads(line) for line in (out / "results.jsonl").read_text().splitlines()]


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


def test_inputs_are_never_overwritten(tmp_path, pairs):
    near, far = pairs[0]
    before = near.read_bytes()
    made = nearfar.map([{"near": near, "far": far, "out": near.name}], tmp_path, force=True)
    assert made.failed == 1 and near.read_bytes() == before
    assert "never overwritten" in next(made.records())["error"]


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


def test_manifest_that_was_cut_short_is_read_up_to_there(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs, out, **FAST)
    text = (out / "results.jsonl").read_bytes()
    (out / "results.jsonl").write_bytes(text[:-30])
    made = nearfar.map(pairs, out, **FAST, force=True)
    assert (made.skipped, made.done, len(lines(out))) == (11, 12, 12)
    (out / "results.jsonl").write_bytes(b"\x00garbage\n[]\n{}\n" + text)
    assert nearfar.map(pairs, out, **FAST).skipped == 12


DRIVER = """
import sys, time, nearfar
from concurrent.futures import ProcessPoolExecutor
folder, workers = sys.argv[1:]
pairs = [(f"{folder}/{i}.png", f"{folder}/{i + 1}.png") for i in range(12)]
def told(record):
    print(record["out"], record.get("worker", ":0").split(":")[1], flush=True)
    time.sleep(0.05)
if __name__ == "__main__":
    pool = ProcessPoolExecutor(int(workers)) if workers != "0" else None
    nearfar.map(pairs, folder + "/out", method="fourier", align="none", executor=pool, progress=told)
"""


@pytest.mark.parametrize("workers", ["0", "2"])
def test_killed_driver_is_gone_on_from(tmp_path, pairs, workers):
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), str(tmp_path), workers]
    driver = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    told = [driver.stdout.readline().split() for _ in range(3)]
    os.killpg(driver.pid, signal.SIGKILL)
    driver.wait()
    assert all(told)
    out = tmp_path / "out"
    times = {path.name: path.stat().st_mtime_ns for path in out.glob("*.png")}
    assert 3 <= len(times) < 13
    # A worker may have been killed while it wrote a record.
    (out / ".nearfar" / ".nearfar-torn.tmp").write_bytes(b"{")
    made = nearfar.map(pairs, out, **FAST)
    assert (made.done, made.failed) == (12, 0)
    assert made.skipped >= 3
    known = [line["out"] for line in lines(out)]
    assert sorted(known) == sorted(f"{i}-{i + 1}.png" for i in range(12)), "nothing lost, nothing twice"
    again = {name: (out / name).stat().st_mtime_ns for name in times}
    assert again == times, "what was whole was not made again"
    assert not (out / ".nearfar").exists()


def test_killed_worker_loses_nothing(tmp_path, pairs):
    """A worker that dies breaks a process pool; the next call goes on."""
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), str(tmp_path), "2"]
    driver = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    victim = int(driver.stdout.readline().split()[1])
    os.kill(victim, signal.SIGKILL)
    _, errors = driver.communicate(timeout=60)
    assert driver.returncode == 0 or "the same call goes on where this one stopped" in errors
    out = tmp_path / "out"
    assert all("error" not in line for line in lines(out)), "nothing is said to have failed"
    made = nearfar.map(pairs, out, **FAST)
    assert (made.done, made.failed) == (12, 0) and made.skipped >= 1
    assert sorted(line["out"] for line in lines(out)) == sorted(f"{i}-{i + 1}.png" for i in range(12))


def test_records_become_parquet(tmp_path, pairs):
    parquet = pytest.importorskip("pyarrow.parquet")
    made = nearfar.map(pairs, tmp_path / "out", **FAST)
    table = parquet.read_table(made.to_parquet())
    assert table.num_rows == 12 and table.column("out").to_pylist() == [record["out"] for record in made.records()]


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


def test_lock_of_a_killed_driver_is_free_though_its_workers_live(tmp_path, pairs):
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), str(tmp_path), "2"]
    driver = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert driver.stdout.readline()
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait()
    try:
        assert nearfar.map([], tmp_path / "out").failed == 0
    finally:
        os.killpg(driver.pid, signal.SIGKILL)


def test_damaged_hybrids_are_made_again(tmp_path, pairs):
    out = tmp_path / "out"
    nearfar.map(pairs[:3], out, **FAST)
    whole = [(out / f"{i}-{i + 1}.png").read_bytes() for i in range(2)]
    os.truncate(out / "0-1.png", 100)
    (out / "1-2.png").write_bytes(whole[1][:-1] + b"?")
    assert nearfar.map(pairs[:3], out, **FAST).skipped == 1
    assert [(out / f"{i}-{i + 1}.png").read_bytes() for i in range(2)] == whole


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
        ({"recipe": nearfar.Recipe(), "method": "fourier"}, "fourier has no option recipe"),
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


def test_rows_may_say_another_method_that_has_the_options(tmp_path, pairs):
    near, far = pairs[0]
    rows = [{"near": near, "far": far, "method": "mix", "steps": 1, "low": None}, (near, near)]
    made = nearfar.map(rows[1:], tmp_path / "out", method="fourier", low="9cpi", align="none")
    assert (made.done, made.failed) == (1, 0)
    made = nearfar.map(rows[:1], tmp_path / "out", method="fourier", low="9cpi", align="none")
    assert 'mix has no option low; say method="fourier"' in next(r["error"] for r in made.records() if "error" in r)


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
