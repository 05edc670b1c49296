"""Shared by all peers: the pictures, a clock, and one JSON line per measure. Needs numpy and pillow."""

import json
import os
import statistics
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from PIL import Image

IMGS = Path(__file__).parents[2] / "imgs"

# Both 512x512 RGB. The first is a case of values.jsonl: a peer can be checked against its losses.
PAIRS = {
    "collins-grass": ("collins.png", "grass.png"),
    "hopper-collins": ("aligned/hopper-collins-near.jpg", "aligned/hopper-collins-far.jpg"),
}

# The loss that the article's 200 steps end with (near weight 0.1, kernel 15, sigma 3), in double precision, as
# `reference.py NEAR FAR --crop 512,512` prints it.
ARTICLE_LOSS = {"collins-grass": 7557.60829268602, "hopper-collins": 12390.875225220212}


def pair(name):
    """Near and far codes in [0, 1], (512, 512, 3), double precision."""
    pictures = (Image.open(IMGS / file).convert("RGB").crop((0, 0, 512, 512)) for file in PAIRS[name])
    return [np.asarray(picture) / 255.0 for picture in pictures]


def timed(call):
    """One call's (seconds on the clock, seconds of all cores together)."""
    start = time.perf_counter(), time.process_time()
    call()
    return time.perf_counter() - start[0], time.process_time() - start[1]


def seconds(call, repeats):
    """`timed` of each of `repeats` calls, after one that is not counted."""
    call()
    return [timed(call) for _ in range(repeats)]


def since_process_start():
    """Seconds on the clock since the interpreter was started, its imports included."""
    started = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / os.sysconf("SC_CLK_TCK")
    return float(Path("/proc/uptime").read_text().split()[0]) - started


def cpu():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))


_load = os.getloadavg()[0]


def emit(peer, work, times, packages, **more):
    """Prints one measure: medians of the times, as `seconds` returns them, and the conditions they were taken under."""
    clock, cores = zip(*times)
    line = {
        "peer": peer,
        "work": work,
        "seconds": statistics.median(clock),
        "fastest": min(clock),
        "cpu_seconds": statistics.median(cores),
        "repeats": len(times),
        "threads": len(os.sched_getaffinity(0)),
        **more,
        "versions": {name: version(name) for name in packages},
        "cpu": cpu(),
        "load": _load,
    }
    print(json.dumps(line), flush=True)
