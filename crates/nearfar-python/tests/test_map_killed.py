"""Maps that are killed, and go on."""

import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

import nearfar
from conftest import FAST, Direct, lines

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


def test_workers_that_outlive_their_driver_are_no_strangers(tmp_path, pairs):
    """They finish what the next driver has begun."""
    script = tmp_path / "driver.py"
    script.write_text(DRIVER)
    command = [sys.executable, str(script), str(tmp_path), "2"]
    driver = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert driver.stdout.readline()
    os.kill(driver.pid, signal.SIGKILL)
    driver.wait()
    try:
        made = nearfar.map(pairs, tmp_path / "out", **FAST)
    finally:
        os.killpg(driver.pid, signal.SIGKILL)
    assert (made.done, made.failed) == (12, 0)
    assert nearfar.map(pairs, tmp_path / "out", **FAST).skipped == 12


WRITE = nearfar._native.write


class Outlived(Direct):
    """Works for a driver while a worker of an earlier one finishes every task just before its own does."""

    def __init__(self, monkeypatch, **options):
        super().__init__()
        self.options, self.task = options, None
        monkeypatch.setattr(nearfar._native, "write", self.write)

    def submit(self, call, task):
        self.task = task
        return super().submit(call, task)

    def write(self, path, contents, force):
        if self.task is not None and path == self.task.path:
            task, self.task = self.task, None
            nearfar._task.run(replace(task, options={**task.options, **self.options}))
            self.task = None
        WRITE(path, contents, force)


@pytest.mark.parametrize("others", [{}, {"low": "7cpi"}])
def test_what_an_outliving_worker_finishes_meanwhile_is_ours(tmp_path, pairs, monkeypatch, others):
    out = tmp_path / "out"
    made = nearfar.map(pairs[:3], out, **FAST, low="9cpi", executor=Outlived(monkeypatch, **others))
    monkeypatch.undo()
    assert (made.done, made.failed) == (3, 0), list(made.records())
    assert {record["crossover"] for record in made.records()} == {9 / 64}
    assert nearfar.map(pairs[:3], out, **FAST, low="9cpi").skipped == 3
