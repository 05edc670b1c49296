"""Ray, where it is installed: a script of its own, since it starts half a dozen processes.

Run it with `RAY_AUTH_MODE=disabled RAY_worker_niceness=0 pytest tests/test_ray.py`.
"""

import pytest
from PIL import Image

import nearfar
from conftest import picture

ray = pytest.importorskip("ray")


def test_ray_makes_every_pair_once(tmp_path):
    from nearfar.ray import RayExecutor

    for i in range(13):
        Image.fromarray(picture(64, 64, i)).save(tmp_path / f"{i}.png")
    pairs = [(tmp_path / f"{i}.png", tmp_path / f"{i + 1}.png") for i in range(12)]
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        made = nearfar.map(pairs, tmp_path / "out", executor=RayExecutor(), method="fourier", align="none")
    finally:
        ray.shutdown()
    assert (made.done, made.failed) == (12, 0)
    assert sorted(record["out"] for record in made.records()) == sorted(f"{i}-{i + 1}.png" for i in range(12))
