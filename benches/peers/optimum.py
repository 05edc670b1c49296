"""The optimum of the article's objective over pictures in the box [0, 1]: a yardstick for every solver.

SciPy's L-BFGS-B, run until a step gains less than 1e-8 of the loss, on the objective in double precision with its
gradient written out:

    near_weight |y - near|^2 + far_weight |seen(y) - seen(far)|^2,   seen(y) = encode(max(blur(decode(y)), floor))

The floor is the light of half a code, (0.5/255)^2.2, for the power curve and 0 for sRGB. Both pictures' blurred light
is held there, and the slope of `encode` is taken there too: it is not set to zero, or a dark pixel could never get out.
The problem is not convex, so it is solved from several starts; the lowest loss is kept, the others are reported too.

Usage: python3 optimum.py [--case NAME] [--near-weight 0.1] [--far-weight 1] [--size 15] [--sigma 3]
                          [--border zero|mirror] [--curve power|srgb] [--iterations 600] [--starts grey,near,hybrid]
       python3 optimum.py --all > optimum.jsonl        (the committed file; it takes an hour)
Needs numpy, pillow and scipy; `run.sh` makes such an environment: target/peers/venv-array/bin/python.
Prints one JSON line per problem.
"""

import argparse
import itertools
import json
import sys
import time
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import correlate1d
from scipy.optimize import Bounds, minimize

from reference import descend, gaussian_taps

IMGS = Path(__file__).parents[2] / "imgs"

# name: near picture, its box (left, top, right, bottom), far picture, its box.
# The pairs with hubble are dark: there a solver meets the box and vanishing slopes.
CASES = {
    "hopper-collins": (
        *("aligned/hopper-collins-near.jpg", (134, 50, 390, 306)),
        *("aligned/hopper-collins-far.jpg", (134, 50, 390, 306)),
    ),
    "rocket-hubble": ("rocket.jpg", (190, 85, 446, 341), "hubble.jpg", (400, 400, 656, 656)),
    "hubble-rocket": ("hubble.jpg", (400, 400, 656, 656), "rocket.jpg", (190, 171, 446, 427)),
    "collins-hubble": ("collins.png", (100, 256, 356, 512), "hubble.jpg", (400, 400, 656, 656)),
    "cat-coffee": ("cat.png", (0, 0, 451, 300), "coffee.png", (0, 0, 451, 300)),
    "collins-grass": ("collins.png", (0, 0, 512, 512), "grass.png", (0, 0, 512, 512)),
}
MODES = {"zero": "constant", "mirror": "reflect"}  # SciPy's names; its "reflect" is the half-sample mirror


class Power:
    """light = code^2.2."""

    floor = (0.5 / 255) ** 2.2

    def decode(self, y):
        """The light and its slope."""
        slope = y**1.2
        return y * slope, 2.2 * slope

    def encode(self, light):
        """The code and its slope."""
        code = light ** (1 / 2.2)
        return code, code / light / 2.2


class Srgb:
    """The sRGB curve of IEC 61966-2-1; its slopes are finite, so it needs no floor."""

    floor = 0.0

    def decode(self, y):
        base = (y + 0.055) / 1.055
        power = base**1.4
        dark = y <= 0.04045
        return np.where(dark, y / 12.92, base * power), np.where(dark, 1 / 12.92, 2.4 / 1.055 * power)

    def encode(self, light):
        dark = light <= 0.0031308
        safe = np.where(dark, 1.0, light)
        root = safe ** (1 / 2.4)
        return (
            np.where(dark, 12.92 * light, 1.055 * root - 0.055),
            np.where(dark, 12.92, 1.055 / 2.4 * root / safe),
        )


CURVES = {"power": Power(), "srgb": Srgb()}


class Problem:
    """The objective for one pair of pictures, arrays of (height, width, 3)."""

    def __init__(self, near, far, near_weight, far_weight, taps, border, curve):
        self.near, self.weights = near, (near_weight, far_weight)
        self.taps, self.mode, self.curve = taps, MODES[border], CURVES[curve]
        self.far_seen, _, _ = self.seen(far)

    def blur(self, planes):
        """Its own adjoint: the taps are symmetric, outside is zero or the half-sample mirror."""
        along = correlate1d(planes, self.taps, axis=1, mode=self.mode)
        return correlate1d(along, self.taps, axis=0, mode=self.mode)

    def seen(self, y):
        """The picture from afar, the slope of its encoding, the slope of y's decoding."""
        light, decode_slope = self.curve.decode(y)
        code, encode_slope = self.curve.encode(np.maximum(self.blur(light), self.curve.floor))
        return code, encode_slope, decode_slope

    def losses_and_gradient(self, y):
        near_weight, far_weight = self.weights
        code, encode_slope, decode_slope = self.seen(y)
        near_residual, far_residual = y - self.near, code - self.far_seen
        back = decode_slope * self.blur(far_residual * encode_slope)
        gradient = 2 * near_weight * near_residual + 2 * far_weight * back
        return np.sum(near_residual**2), np.sum(far_residual**2), gradient

    def loss_and_gradient(self, y):
        near_loss, far_loss, gradient = self.losses_and_gradient(y)
        return self.weights[0] * near_loss + self.weights[1] * far_loss, gradient


def check_gradient(border, curve):
    """The gradient is the central difference, or nothing below means anything."""
    random = np.random.default_rng(1)
    near, far, y = random.uniform(0.05, 0.95, (3, 7, 9, 3))
    problem = Problem(near, far, 0.1, 1.0, gaussian_taps(15, 3.0), border, curve)
    gradient = problem.loss_and_gradient(y)[1]
    for _ in range(5):
        direction = random.standard_normal(y.shape)
        step = 1e-6 * direction
        difference = (problem.loss_and_gradient(y + step)[0] - problem.loss_and_gradient(y - step)[0]) / 2e-6
        scale = np.linalg.norm(gradient) * np.linalg.norm(direction)
        assert abs(difference - np.sum(gradient * direction)) < 1e-6 * scale, "the gradient is wrong"


def solve(problem, start, iterations):
    """The picture, and how it was reached."""
    shape = start.shape
    trace = []
    begin = time.perf_counter()

    def objective(flat):
        loss, gradient = problem.loss_and_gradient(flat.reshape(shape))
        return loss, gradient.ravel()

    def after_step(intermediate_result):
        trace.append(float(intermediate_result.fun))

    options = {"maxcor": 10, "maxiter": iterations, "maxfun": 3 * iterations, "ftol": 1e-8, "gtol": 1e-9, "maxls": 40}
    done = minimize(
        objective, start.ravel(), jac=True, method="L-BFGS-B", bounds=Bounds(0, 1), options=options, callback=after_step
    )
    return done.x.reshape(shape), {
        "loss": float(done.fun),
        "iterations": int(done.nit),
        "evaluations": int(done.nfev),
        "message": done.message,
        "gain_of_last_10": trace[-min(11, len(trace))] / trace[-1] - 1,
        "seconds": round(time.perf_counter() - begin, 1),
    }


def pictures(case):
    near, near_box, far, far_box = CASES[case]
    both = ((near, near_box), (far, far_box))
    return [np.asarray(Image.open(IMGS / file).convert("RGB").crop(box)) / 255.0 for file, box in both]


def record(case, near_weight, far_weight, size, sigma, border, curve, iterations, starts):
    check_gradient(border, curve)
    near, far = pictures(case)
    taps = gaussian_taps(size, sigma)
    problem = Problem(near, far, near_weight, far_weight, taps, border, curve)
    inside = {
        "grey": np.full_like(near, 0.5),
        "near": np.clip(near, 0.01, 0.99),
        "hybrid": np.clip(near + problem.blur(far - near), 0.05, 0.95),
    }
    runs = {}
    for name in starts:
        y, told = solve(problem, inside[name], iterations)
        print(f"{case} {near_weight} {border} {curve} from {name}: {told}", file=sys.stderr, flush=True)
        runs[name] = (y, told)
    best = min(runs, key=lambda name: runs[name][1]["loss"])
    y, told = runs[best]
    near_loss, far_loss, gradient = problem.losses_and_gradient(y)
    projected = y - np.clip(y - gradient, 0, 1)
    near_file, near_box, far_file, far_box = CASES[case]
    line = {
        "case": case,
        "near_picture": near_file,
        "near_box": near_box,
        "far_picture": far_file,
        "far_box": far_box,
        "near_weight": near_weight,
        "far_weight": far_weight,
        "size": size,
        "sigma": sigma,
        "border": border,
        "curve": curve,
        "floor": CURVES[curve].floor,
        "loss": told["loss"],
        "near": float(near_loss),
        "far": float(far_loss),
        "start": best,
        **{key: told[key] for key in ("iterations", "evaluations", "gain_of_last_10", "message")},
        "projected_gradient_norm": float(np.linalg.norm(projected)),
        "projected_gradient_max": float(np.abs(projected).max()),
        "share_on_bounds": float(np.mean((y <= 0) | (y >= 1))),
        "other_starts": {name: run[1]["loss"] for name, run in runs.items() if name != best},
    }
    if (border, curve) == ("zero", "power"):
        *_, (_, _, article_near, article_far) = descend(near, far, taps, near_weight, far_weight, 0.3, 200)
        line["article_after_200"] = float(near_weight * article_near + far_weight * article_far)
        line["article_above_optimum"] = line["article_after_200"] / line["loss"] - 1
    return line


def main():
    p = argparse.ArgumentParser(description="The optimum of the article's objective in the box [0, 1].")
    p.add_argument("--all", action="store_true")
    p.add_argument("--case", choices=CASES, default="hopper-collins")
    p.add_argument("--near-weight", type=float, default=0.1)
    p.add_argument("--far-weight", type=float, default=1)
    p.add_argument("--size", type=int, default=15)
    p.add_argument("--sigma", type=float, default=3)
    p.add_argument("--border", choices=MODES, default="zero")
    p.add_argument("--curve", choices=CURVES, default="power")
    p.add_argument("--iterations", type=int, default=600)
    p.add_argument("--starts", type=lambda text: text.split(","), default=["grey", "near", "hybrid"])
    a = p.parse_args()
    problems = [(a.case, a.near_weight, a.border, a.curve)]
    if a.all:
        models = [("zero", "power"), ("mirror", "srgb")]
        problems = [(case, weight, *model) for model, case, weight in itertools.product(models, CASES, (0.1, 1.0))]
    for case, weight, border, curve in problems:
        line = record(case, weight, a.far_weight, a.size, a.sigma, border, curve, a.iterations, a.starts)
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
