"""A second, independent measure for hybrids: FLIP (Andersson et al. 2020), which covers colours and contours.

Usage: cargo build --release && python3 benches/peers/flip.py        (needs numpy, pillow and flip-evaluator)

For every pair of imgs/aligned and both mixers at their defaults and the textbook's Fourier mix: the mean FLIP error against
NEAR from 60 cm and against FAR from where the program says that FAR is seen, at 96 pixels per inch. Smaller is better; both
count all that differs, the other picture's share and its colours alike.
"""

import re
import subprocess
import tempfile
from pathlib import Path

import flip_evaluator
import numpy as np
from PIL import Image

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "target/release/nearfar"
METHODS = {"optimised": ["descent"], "Fourier": ["fourier"], "Fourier classic": ["fourier", "--classic"]}
INCH, DPI, NEAR_METRES = 0.0254, 96, 0.6


def pixels_per_degree(metres):
    return 2 * metres * np.tan(np.radians(0.5)) * DPI / INCH


def codes(path):
    return np.asarray(Image.open(path).convert("RGB"), np.float32) / 255


def flip(reference, test, metres):
    parameters = {"ppd": float(pixels_per_degree(metres))}
    return flip_evaluator.evaluate(reference, test, "LDR", applyMagma=False, parameters=parameters)[1]


def main():
    print(f"{'pair':16s}" + "".join(f"{name:>24s}" for name in METHODS))
    print(f"{'':16s}" + "".join(f"{'NEAR':>12s}{'FAR':>12s}" for _ in METHODS))
    sums = np.zeros(2 * len(METHODS))
    nears = sorted((ROOT / "imgs/aligned").glob("*-near.jpg"))
    with tempfile.TemporaryDirectory() as folder:
        for near in nears:
            far = Path(str(near).replace("-near.jpg", "-far.jpg"))
            row = []
            for number, command in enumerate(METHODS.values()):
                out = Path(folder) / f"{near.stem}-{number}.png"
                words = [PROGRAM, *command, near, far, "-o", out]
                said = subprocess.run(words, check=True, capture_output=True, text=True).stderr
                metres = float(re.search(r"from about ([0-9.]+)m on", said)[1])
                hybrid = codes(out)
                row += [flip(codes(near), hybrid, NEAR_METRES), flip(codes(far), hybrid, metres)]
            sums += row
            print(f"{near.stem[:-5]:16s}" + "".join(f"{value:12.3f}" for value in row))
    print(f"{'mean':16s}" + "".join(f"{value:12.3f}" for value in sums / len(nears)))


if __name__ == "__main__":
    main()
