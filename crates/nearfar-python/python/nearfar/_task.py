"""One pair of a map, wherever it is worked at: a task in, a record out, both small and plain."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import _mixing, _native
from ._native import NearfarError
from ._recipe import Recipe
from ._results import Hybrid

Record = dict[str, Any]
"""What came of a pair: plain data that JSON holds."""

METHODS: dict[str, Callable[..., Hybrid]] = {"mix": _mixing.mix, "descent": _mixing.descent, "fourier": _mixing.fourier}


@dataclass(frozen=True)
class Task:
    """One hybrid to make. It carries paths, so that a scheduler never carries pictures."""

    row: int
    near: str
    far: str
    folder: str
    out: str
    """Within the folder."""
    method: str
    recipe: str | None
    options: dict[str, Any] = field(default_factory=dict)
    save: dict[str, Any] = field(default_factory=dict)
    own: bool = False
    """Whether a file that is there was made by an earlier run, or may be replaced anyway."""

    @property
    def path(self) -> str:
        """Where the hybrid goes."""
        return os.path.join(self.folder, self.out)

    @property
    def slip(self) -> str:
        """Where its record lies until the manifest has it."""
        return os.path.join(slips(self.folder), hashlib.sha256(self.out.encode()).hexdigest()[:32] + ".json")

    def key(self) -> str:
        """Digest of all that the hybrid depends on: what was said, and the inputs by name, size and time of change.

        Raises OSError if an input is not there.
        """
        inputs = [(path, (status := os.stat(path)).st_size, status.st_mtime_ns) for path in (self.near, self.far)]
        said = [_native.__version__, inputs, self.method, self.recipe, self.options, self.save]
        return digest(json.dumps(said, sort_keys=True, default=repr).encode())


def slips(folder: str) -> str:
    """The folder of records that are not in the manifest yet."""
    return os.path.join(folder, ".nearfar")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def run(task: Task) -> Record:
    """Makes the hybrid, or says why not: a bad pair is a record, never an exception."""
    record: Record = {"row": task.row, "near": task.near, "far": task.far, "out": task.out}
    try:
        return made_before(task) or _make(task, record)
    except Exception as error:  # whatever it is, the other pairs go on
        return {**record, "error": str(error) or type(error).__name__}


def made_before(task: Task) -> Record | None:
    """The record of a hybrid that was made by a run that was killed before the manifest had it."""
    try:
        with open(task.slip, "rb") as file:
            record: Record = json.loads(file.read())
        with open(task.path, "rb") as file:
            there = digest(file.read())
    except (OSError, ValueError):
        return None
    return record if record["made"] == there and record["key"] == task.key() else None


def _make(task: Task, record: Record) -> Record:
    start = time.perf_counter()
    key = task.key()
    for source in (task.near, task.far):
        if os.path.exists(task.path) and os.path.samefile(source, task.path):
            raise NearfarError(f"{task.path} is an input; it is never overwritten")
    force = task.own or os.path.exists(task.slip)
    if os.path.exists(task.path) and not force:
        raise NearfarError(f"{task.path} exists already; force replaces it")
    options = {"threads": 1, **task.options}
    if task.recipe is not None:
        options["recipe"] = Recipe.from_json(task.recipe)
    hybrid = METHODS[task.method](task.near, task.far, **options)
    contents = hybrid.encode(task.path, **task.save)
    record |= {
        "key": key,
        "made": digest(contents),
        **_in_short(json.loads(hybrid._made.summary())),
        "seconds": round(time.perf_counter() - start, 6),
        "worker": f"{socket.gethostname()}:{os.getpid()}",
    }
    # First the record, then the picture: a worker that is killed in between leaves a record without its picture, which
    # is made again, and never a picture that nobody knows.
    _native.write(task.slip, json.dumps(record).encode(), True)
    os.makedirs(os.path.dirname(task.path), exist_ok=True)
    _native.write(task.path, contents, force)
    return record


def _in_short(summary: dict[str, Any]) -> dict[str, Any]:
    """What the program prints, but for curves and for notes that say the same of every pair."""
    percept = summary["percept"]
    if percept is not None:
        del percept["curve"]
    notes = [{"severity": note["severity"], "text": note["text"]} for note in summary["notes"]]
    return {**summary, "notes": [note for note in notes if note["severity"] != "info"]}
