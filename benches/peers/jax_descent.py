"""The article's 200 steps in JAX: one compiled program, single precision, the far picture blurred once."""

import time

import jax

from jax_model import BLURS, article_run, planes, seen
from measure import ARTICLE_LOSS, emit, pair, seconds, since_process_start


def main():
    name = "collins-grass"
    near, far = (planes(picture) for picture in pair(name))
    start_up = since_process_start()
    for kind, blur in BLURS.items():
        far_seen = seen(far, blur)
        start = time.perf_counter()
        run = jax.jit(lambda near, far_seen: article_run(near, far_seen, blur, 200)).lower(near, far_seen).compile()
        compiled = time.perf_counter() - start
        loss = float(run(near, far_seen)[1])
        error = abs(loss / ARTICLE_LOSS[name] - 1)
        assert error < 1e-4, f"loss {loss} is not the article's"
        times = seconds(lambda: jax.block_until_ready(run(near, far_seen)), 5)
        more = {"pair": name, "loss": loss, "relative_error": error, "start_up": start_up + compiled}
        emit("jax", f"article, 200 steps ({kind})", times, ["jax", "jaxlib", "numpy"], **more)


if __name__ == "__main__":
    main()
