"""Progress, Ctrl-C and the GIL."""

import os
import signal
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

import nearfar
from conftest import picture


def test_false_ends_a_mix_with_the_hybrid_so_far(near, far):
    hybrid = nearfar.descent(near, far, progress=lambda event: event.step is None or event.step.evaluations < 3)
    assert hybrid.report.stop_reason == "cancelled" and hybrid.picture.shape == near.shape
    # As numpy compares.
    numpys = nearfar.descent(
        near, far, progress=lambda event: np.bool_(event.step is None or event.step.evaluations < 3)
    )
    assert np.array_equal(numpys.picture, hybrid.picture)


def test_the_share_grows_to_1_and_no_further_than_where_it_was_stopped(near, far):
    for make in (nearfar.mix, nearfar.fourier):
        shares = []
        make(near, far, progress=lambda event, shares=shares: shares.append(event.share))
        assert shares == sorted(shares) and shares[-1] == 1 and shares.count(1) == 1
    shares = []
    nearfar.mix(near, far, progress=lambda event: shares.append(event.share) or event.step is None)
    assert shares[-1] < 1


def test_exception_of_a_watcher_ends_the_mix_and_comes_through(near, far):
    def watch(event):
        if event.step is not None:
            raise RuntimeError(f"enough at {event.step.evaluations}")

    with pytest.raises(RuntimeError, match="enough at 1"):
        nearfar.descent(near, far, progress=watch)
    with pytest.raises(ZeroDivisionError):
        nearfar.fourier(near, far, progress=lambda event: 1 / 0)


def test_what_cannot_be_called_is_no_progress(near, far):
    for make in (nearfar.mix, nearfar.fourier):
        with pytest.raises(nearfar.NearfarError, match="progress is 3; it must be callable"):
            make(near, far, progress=3)


def test_false_before_there_is_a_hybrid_ends_in_an_error(near, far):
    with pytest.raises(nearfar.NearfarError, match="interrupted"):
        nearfar.mix(near, far, progress=lambda event: False)


def test_ctrl_c_ends_a_mix():
    # A mix that would take minutes, in a process of its own.
    program = (
        # A shell's background job, as a gate may be, is born deaf to it.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import numpy as np, nearfar\n"
        "a, b = np.random.default_rng(0).random((2, 900, 900, 3), np.float32)\n"
        "def told(event):\n"
        "    if event.step and event.step.evaluations == 2: print('running', flush=True)\n"
        "nearfar.descent(a, b, sigma=5.0, steps=100000, tolerance=0, start='grey', solver='adam', progress=told)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "running\n"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "KeyboardInterrupt" in errors and process.returncode != 0


@pytest.mark.parametrize(
    "work",
    [
        lambda a, b: nearfar.mix(a, b),
        lambda a, b: nearfar.score(a, a, b),
        lambda a, b: nearfar.percept(a, a, b),
        lambda a, b: nearfar.suggest(a, b),
        lambda a, b: nearfar.align(a, np.roll(a, 7, axis=1), align="content"),
    ],
)
def test_ctrl_c_is_heard_in_the_middle(work):
    a, b = picture(900, 900, 1), picture(900, 900, 2)
    start = time.monotonic()
    work(a, b)
    whole = time.monotonic() - start
    hearer = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(whole / 10, os.kill, (os.getpid(), signal.SIGINT))
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            timer.start()
            work(a, b)
            timer.join()
        # In the middle, and not when it is done.
        assert time.monotonic() - start < whole
    finally:
        signal.signal(signal.SIGINT, hearer)


def test_other_threads_run_meanwhile():
    a, b = picture(256, 256, 1), picture(256, 256, 2)
    done, counted = threading.Event(), 0

    def work():
        nearfar.descent(a, b, sigma=3.0, threads=1, steps=200, tolerance=0)
        done.set()

    worker = threading.Thread(target=work)
    worker.start()
    while not done.is_set():
        counted += 1
        time.sleep(0.001)
    worker.join()
    # With the GIL held, this thread would hardly run at all between the evaluations.
    assert counted > 20
