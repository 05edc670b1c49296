"""A real cluster: a scheduler and two workers, processes of their own, on loopback."""

import json
import os
import signal

import numpy as np
import pytest
from PIL import Image

import nearfar
from conftest import picture

distributed = pytest.importorskip("distributed")
COUNT = 60


@pytest.fixture
def client():
    options = {"n_workers": 2, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        yield client


@pytest.fixture
def pairs(tmp_path):
    for i in range(COUNT + 1):
        Image.fromarray(picture(96, 96, i)).save(tmp_path / f"{i}.png")
    return [(tmp_path / f"{i}.png", tmp_path / f"{i + 1}.png") for i in range(COUNT)]


def test_killed_worker_of_a_cluster_loses_nothing_and_makes_nothing_twice(tmp_path, client, pairs):
    out, done, there = tmp_path / "out", [], {}
    expected = [f"{i}-{i + 1}.png" for i in range(COUNT)]

    def told(record):
        done.append(record["out"])
        if len(done) == 10:
            os.kill(int(record["worker"].split(":")[1]), signal.SIGKILL)
            # What is whole now stays as it is, whether its record has come back or died with the worker.
            there.update((path.name, path.stat().st_mtime_ns) for path in out.glob("*.png"))

    executor = client.get_executor(pure=False)
    made = nearfar.map(pairs, out, executor=executor, method="fourier", align="none", progress=told)
    assert (made.done, made.skipped, made.failed) == (COUNT, 0, 0)
    records = [json.loads(line) for line in made.manifest.read_text().splitlines()]
    assert sorted(record["out"] for record in records) == sorted(expected), "nothing lost, nothing twice"
    assert len(there) >= 10 and all((out / name).stat().st_mtime_ns == then for name, then in there.items())
    assert len({record["worker"] for record in records}) >= 2
    for i in (0, COUNT // 2, COUNT - 1):
        hybrid = nearfar.fourier(*pairs[i], align="none")
        assert np.array_equal(np.asarray(Image.open(out / expected[i])), hybrid.picture)
    assert nearfar.map(pairs, out, executor=executor, method="fourier", align="none").skipped == COUNT


def test_scheduler_carries_paths_and_no_pictures(client, pairs, tmp_path):
    """What goes to a worker and back is some kilobytes, however large the pictures are."""
    sizes = []

    class Weighing(type(client.get_executor())):
        def submit(self, call, /, *arguments):
            sizes.append(len(distributed.protocol.pickle.dumps(arguments)))
            return super().submit(call, *arguments)

    executor = Weighing(client)
    made = nearfar.map(pairs[:4], tmp_path / "out", executor=executor, method="fourier", align="none")
    records = list(made.records())
    assert len(sizes) == len(records) == 4 and max(sizes) < 2000
    assert max(len(json.dumps(record)) for record in records) < 4000
