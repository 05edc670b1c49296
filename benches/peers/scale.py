"""Hybrids per second on this machine, for every executor of `nearfar.map`, and what a killed worker costs.

    pip install ./crates/nearfar-python distributed pyarrow pillow
    python benches/peers/scale.py [--pairs 2000] [--side 128]

Makes the pairs (the pictures of imgs/pairs, cut out at places of their own), and prints a table of docs/scale.md. The
machine has to be quiet: two workers on two cores compete with everything else, the scheduler and this program among it.
"""

import argparse
import os
import shutil
import signal
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import distributed
import numpy as np
from PIL import Image

import nearfar

PICTURES = Path(__file__).parents[2] / "imgs" / "pairs"


def cut_outs(folder, count, side):
    """`count` pairs of squares, each from a place of its own in one of the pictures."""
    pictures = [np.asarray(Image.open(path).convert("RGB")) for path in sorted(PICTURES.glob("*.jpg"))]
    random = np.random.default_rng(1)
    names = []
    for i in range(count + 1):
        picture = pictures[i % len(pictures)]
        y, x = (random.integers(0, length - side + 1) for length in picture.shape[:2])
        names.append(folder / f"{i:05}.jpg")
        Image.fromarray(picture[y : y + side, x : x + side]).save(names[-1], quality=92)
    return list(zip(names, names[1:], strict=False))


def timed(what, pairs, executor=None, progress=None, single=None):
    """Makes all hybrids in a new folder; returns the seconds."""
    out = Path(tempfile.mkdtemp())
    start = time.monotonic()
    made = nearfar.map(pairs, out, executor=executor, align="none", progress=progress)
    seconds = time.monotonic() - start
    parquet = made.to_parquet()
    size = sum(path.stat().st_size for path in out.glob("*.png"))
    outs = [record["out"] for record in made.records()]
    assert made.done == len(pairs) == len(set(outs)) == len(outs), "something was lost or made twice"
    ratio = "" if single is None else f"{single / seconds:.2f}"
    print(
        f"| {what} | {seconds:.1f} | {len(pairs) / seconds:.1f} | {ratio} | "
        f"{size / len(pairs) / 1024:.0f} | {made.manifest.stat().st_size / len(pairs):.0f} | "
        f"{parquet.stat().st_size / len(pairs):.0f} |",
        flush=True,
    )
    shutil.rmtree(out)
    return seconds


def cluster(workers):
    return distributed.LocalCluster(
        n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address=None
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=2000)
    parser.add_argument("--side", type=int, default=128)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    pairs = cut_outs(folder, options.pairs, options.side)
    load = os.getloadavg()[0]
    print(f"{options.pairs} pairs of {options.side} x {options.side}, {os.cpu_count()} cores, load {load:.1f} at the start\n")
    print("| executor | seconds | pairs per second | times one worker | kB a hybrid | bytes a record | as Parquet |")
    print("|---|---|---|---|---|---|---|")
    with ThreadPoolExecutor(1) as executor:
        timed("one thread", pairs, executor)
    timed("threads, the default", pairs)
    with ProcessPoolExecutor(os.cpu_count()) as executor:
        timed("processes", pairs, executor)
    with cluster(1) as one, distributed.Client(one) as client:
        single = timed("Dask, one worker", pairs, client.get_executor(pure=False))
    with cluster(2) as two, distributed.Client(two) as client:
        timed("Dask, two workers", pairs, client.get_executor(pure=False), single=single)
    with cluster(2) as two, distributed.Client(two) as client:
        count = 0

        def kill(record):
            nonlocal count
            count += 1
            if count == len(pairs) // 2:
                os.kill(int(record["worker"].split(":")[1]), signal.SIGKILL)

        timed("Dask, two, one killed half way", pairs, client.get_executor(pure=False), kill, single)
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
