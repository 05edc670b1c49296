"""Pictures that are too large for the memory there is: an error, and the interpreter goes on."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import nearfar
from conftest import FAST
from nearfar import _task

SCRIPT = """
import resource, sys
import numpy as np
import nearfar

side, call = int(sys.argv[1]), sys.argv[2]
picture = np.zeros((side, side, 3), np.uint8)
small = np.zeros((64, 64, 3), np.uint8)
room = 200 << 20  # for the picture in floats, and not for the work on it
used = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmSize:"))
resource.setrlimit(resource.RLIMIT_AS, ((used << 10) + room, -1))
try:
    eval(call)
    print("made")
except nearfar.NearfarMemoryError as error:
    print(error)
assert nearfar.view(small, "3m", threads=1).shape == small.shape
print("alive")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space")
@pytest.mark.parametrize(
    "call",
    [
        "nearfar.mix(picture, picture, threads=1)",
        "nearfar.mix(small, picture, threads=1)",
        "nearfar.fourier(picture, picture, threads=1)",
        "nearfar.align(picture, picture, threads=1)",
        "nearfar.score(picture, picture, picture, threads=1)",
        "nearfar.percept(picture, picture, picture, threads=1)",
        "nearfar.suggest(picture, picture, threads=1)",
        "nearfar.view(picture, '3m', threads=1)",
    ],
)
def test_work_that_does_not_fit_into_the_address_space_is_refused(call):
    def run(side: int) -> str:
        command = [sys.executable, "-c", SCRIPT, str(side), call]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    told = run(2400)
    assert "memory" in told and "ulimit -v" in told and told.endswith("alive\n"), told
    assert run(200) == "made\nalive\n"


def test_hybrids_of_a_map_wait_for_the_memory_of_others(tmp_path, pairs, monkeypatch):
    make, lock, working, refused, is_refused = _task._make, threading.Lock(), [], [], threading.Event()

    def too_much_beside_others(task, record):
        with lock:
            alone = not working
            working.append(task.row)
        try:
            if not alone:
                refused.append(task.row)
                is_refused.set()
                raise nearfar.NearfarMemoryError("too little memory")
            is_refused.wait(60)  # the first waits until another one was refused
            return make(task, record)
        finally:
            working.remove(task.row)

    monkeypatch.setattr(_task, "_make", too_much_beside_others)
    with ThreadPoolExecutor(4) as executor:
        made = nearfar.map(pairs, tmp_path / "out", executor=executor, **FAST)
    assert (made.done, made.failed) == (12, 0) and refused

    def always_too_much(task, record):
        raise nearfar.NearfarMemoryError("too little memory")

    monkeypatch.setattr(_task, "_make", always_too_much)
    made = nearfar.map(pairs, tmp_path / "other", **FAST)
    assert (made.done, made.failed) == (0, 12)
    assert issubclass(nearfar.NearfarMemoryError, nearfar.NearfarError)
