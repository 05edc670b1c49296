"""Whole processes of nearfar, from files to a file, and a Python process that has imported everything.

Needs `cargo build --release`. A cold process is timed from its start, as a shell starts it; Python's work without its start
and its imports. The large pictures are those of imgs/, enlarged.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image

from fourier import SIGMA, half, response, scipy_two
from measure import IMGS, emit, seconds

PROGRAM = IMGS.parent / "target/release/nearfar"


def python_fourier(near, far, out):
    """The Fourier hybrid of two PNGs by scipy, two transforms, to a PNG."""
    pictures = [np.asarray(Image.open(p).convert("RGB"), np.float32).transpose(2, 0, 1) / 255 for p in (near, far)]
    height, width = pictures[0].shape[1:]
    hybrid = scipy_two(*pictures, half(response(height, width)))
    Image.fromarray(np.rint(255 * hybrid).astype(np.uint8).transpose(1, 2, 0)).save(out)


def run(command):
    """One process's (seconds on the clock, seconds of all cores, peak memory in MB)."""
    start = time.perf_counter()
    # Python opens DEVNULL for reading and writing, which is how a closed standard output looks: `score` refuses to print to that.
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen([PROGRAM, *map(str, command)], stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"nearfar {' '.join(map(str, command))} failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def cold(label, command, repeats):
    run(command)
    runs = [run(command) for _ in range(repeats)]
    emit("processes", label, [times[:2] for times in runs], [], memory_mb=round(max(m for *_, m in runs)))


def main():
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        out = folder / "out.png"
        for side in ("near", "far"):
            picture = Image.open(IMGS / f"aligned/hopper-collins-{side}.jpg").convert("RGB").crop((0, 0, 512, 512))
            picture.save(folder / f"{side}.png")
        near, far = folder / "near.png", folder / "far.png"
        work = seconds(lambda: python_fourier(near, far, out), 20)
        emit("processes", "Fourier hybrid, PNG to PNG, Python after its imports", work, ["numpy", "scipy", "pillow"])
        plain = ["fourier", near, far, "--classic", "--low", f"{SIGMA}px", "--align", "none", "-f", "-o", out]
        cold("Fourier hybrid, PNG to PNG, cold", plain, 20)
        # As Python, it says nothing of what is seen from where, for which faces are searched.
        cold("Fourier hybrid, PNG to PNG, cold, quiet", ["fourier", "--quiet", *plain[1:]], 20)
        ours, theirs = folder / "ours.png", out
        run([*plain[:-1], ours])
        python_fourier(near, far, theirs)
        # Ours mirrors at the border, where Python's wraps around.
        ours, theirs = (np.asarray(Image.open(path), np.float32)[48:-48, 48:-48] for path in (ours, theirs))
        assert np.abs(ours - theirs).max() <= 1.5, "the two programs make different pictures"
        cold("fourier, 512x512, all chosen", ["fourier", near, far, "-f", "-o", out], 10)
        portraits = [IMGS / "hopper.jpg", IMGS / "collins.png"]
        others = [IMGS / "cat.png", IMGS / "raccoon.png"]
        cold("mix, two portraits, 512x588", ["mix", *portraits, "-f", "-o", out], 10)
        cold("mix, two animals, 451x300", ["mix", *others, "-f", "-o", out], 10)
        cold("score, 451x300", ["score", out, *others], 10)
        cold("compare, 512x588", ["compare", *portraits, "-f", "--out", folder / "compare"], 5)
        for megapixels, size in ((12, (4000, 3000)), (24, (6000, 4000))):
            large = []
            for name in ("alps.jpg", "sheep.jpg"):
                large.append(folder / f"{megapixels}-{name}")
                Image.open(IMGS / name).convert("RGB").resize(size, Image.Resampling.LANCZOS).save(large[-1], quality=92)
            for command in ("fourier", "mix"):
                cold(f"{command}, {megapixels} megapixels", [command, *large, "-f", "-o", out], 3)


if __name__ == "__main__":
    main()
