"""SciPy's L-BFGS-B on JAX's gradients: how quickly it reaches the loss that the article's 200 steps end with.

It solves for the pixels y in the box [0, 1] directly, from mid grey. Light below half a code is held there (value and
slope alike), or the slope would be infinite. Compilation is start-up and not in the time.
"""

import time

import jax
import numpy as np
from scipy.optimize import Bounds, minimize

from jax_model import BLURS, FLOOR, loss, planes, seen
from measure import ARTICLE_LOSS, emit, pair, seconds, since_process_start


class Reached(Exception):
    """Raised from inside the solver: its evaluations are what we count, and callbacks come only once per step."""


def main():
    for name, target in ARTICLE_LOSS.items():
        near, far = (planes(picture) for picture in pair(name))
        for kind, blur in BLURS.items():
            far_seen = seen(far, blur, FLOOR)
            begin = time.perf_counter()
            value_and_slope = jax.jit(jax.value_and_grad(lambda y: loss(y, near, far_seen, blur, FLOOR)))
            jax.block_until_ready(value_and_slope(near))
            start_up = time.perf_counter() - begin
            evaluations = reached = 0

            def objective(flat):
                nonlocal evaluations, reached
                value, slope = value_and_slope(flat.reshape(near.shape).astype(np.float32))
                evaluations += 1
                reached = float(value)
                if reached <= target:
                    raise Reached
                return reached, np.asarray(slope, np.float64).ravel()

            def solve():
                nonlocal evaluations
                evaluations = 0
                try:
                    grey = np.full(near.size, 0.5)
                    minimize(objective, grey, jac=True, method="L-BFGS-B", bounds=Bounds(0, 1), options={"maxcor": 5})
                except Reached:
                    return
                raise RuntimeError("the solver stopped above the article's loss")

            times = seconds(solve, 5)
            more = {"pair": name, "target": target, "loss": reached, "evaluations": evaluations, "start_up": start_up}
            packages = ["jax", "jaxlib", "scipy", "numpy"]
            emit("lbfgs", f"reach the article's loss ({kind})", times, packages, **more)


if __name__ == "__main__":
    main()
