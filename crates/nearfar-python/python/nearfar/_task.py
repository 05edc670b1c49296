"""One pair of a map, wherever it is worked at: a task in, a record out, both small and plain."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from inspect import signature
from typing import Any, TypeGuard

import numpy as np

from . import _mixing, _native
from ._asked import STARTS, asked_of_fourier, asked_of_mix
from ._hybrid import Hybrid, check_save
from ._native import NearfarError, NearfarMemoryError
from ._pictures import to_color, to_picture
from ._recipe import Recipe
from ._results import Note
from ._turns import TURNS

Record = dict[str, Any]
"""What came of a pair: plain data that JSON holds."""

OWN_FOLDER = ".nearfar"
"""What a map keeps for itself, within the folder of results."""

METHODS: dict[str, Callable[..., Hybrid]] = {"mix": _mixing.mix, "descent": _mixing.descent, "fourier": _mixing.fourier}
_ASKED = {"mix": asked_of_mix, "descent": asked_of_mix, "fourier": asked_of_fourier}


def check_names(method: object, options: Mapping[str, Any]) -> None:
    """Checks that there is such a method, and that it has these options."""
    if method not in METHODS:
        raise NearfarError(f"the method is {method}; it must be mix, descent or fourier")
    unknown = options.keys() - signature(METHODS[method]).parameters.keys()
    if "recipe" in unknown:
        raise NearfarError(f'a recipe says itself by which method it is mixed; leave method="{method}" out')
    if unknown:
        others = [name for name in METHODS if unknown <= signature(METHODS[name]).parameters.keys()]
        hint = f'; say method="{others[0]}"' if others else ""
        raise NearfarError(f"{method} has no option {', '.join(sorted(unknown))}{hint}")


def check_options(method: str, options: Mapping[str, Any]) -> None:
    """Checks what can be checked without a picture."""
    check_names(method, options)
    defaults = {name: value.default for name, value in signature(METHODS[method]).parameters.items()}
    asked = _ASKED[method]({**defaults, **options})
    _native.check_request(asked.request, asked.start is not None, asked.loss is not None)
    to_color(asked.background)
    if asked.start is not None:
        to_picture("start", asked.start, asked.background)


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
        return slip_of(self.folder, self.out)

    def key(self) -> str:
        """Digest of all that the hybrid depends on: what was said, and the inputs by name, size and time of change.

        Raises OSError if an input is not there.
        """
        start = self.options.get("start")
        paths = [self.near, self.far, *([start] if is_file(start) else [])]
        inputs = [(path, (status := os.stat(path)).st_size, status.st_mtime_ns) for path in paths]
        said = [_native.__version__, inputs, self.method, self.recipe, _in_key(self.options), _in_key(self.save)]
        return digest(json.dumps(said, sort_keys=True).encode())


def slips(folder: str) -> str:
    """The folder of records that are not in the manifest yet."""
    return os.path.join(folder, OWN_FOLDER)


def slip_of(folder: str, out: str) -> str:
    """Where the record of a hybrid lies while it is not in the manifest."""
    return os.path.join(slips(folder), digest(os.fsencode(out))[:32] + ".json")


def is_file(start: object) -> TypeGuard[str | os.PathLike[str]]:
    """Whether it is a picture's file to start from, and none of the words."""
    return isinstance(start, (str, os.PathLike)) and start not in STARTS


def _in_key(value: Any) -> Any:
    """An option as plain data that tells it from others: 1 and 1.0 are one number, and an array is all its samples."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (int, float, np.number)):
        return float(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    if isinstance(value, Recipe):
        return value.to_json()
    if isinstance(value, dict):
        return {name: _in_key(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_in_key(part) for part in value]
    try:
        array = np.asarray(value)
    except Exception:  # whatever a foreign __array__ raises
        array = np.asarray(None)
    if array.dtype.hasobject:
        # A loss, say: nobody knows what it computes, so what was made with it is never taken for the same.
        return uuid.uuid4().hex
    return [array.dtype.str, array.shape, digest(array.tobytes())]


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def run(task: Task) -> Record:
    """Makes the hybrid, or says why not: a bad pair is a record, never an exception."""
    record: Record = {"row": task.row, "near": task.near, "far": task.far, "out": task.out}
    try:
        return made_before(task) or _in_turn(lambda: _make(task, record))
    except Exception as error:  # whatever it is, the other pairs go on
        return {**record, "error": str(error) or type(error).__name__}


def _in_turn(make: Callable[[], Record]) -> Record:
    """Makes a hybrid beside others, or by itself, when those under way are made, if there is too little memory."""
    try:
        with TURNS.beside_others():
            return make()
    except NearfarMemoryError:
        with TURNS.alone():
            return make()


def made_before(task: Task) -> Record | None:
    """The record of a hybrid that was made by a run that was killed before the manifest had it."""
    record = _slip(task)
    if record is None or record["key"] != task.key() or record["made"] != _made(task):
        return None
    return record


def _slip(task: Task) -> Record | None:
    """The record that lies beside the manifest, if there is one."""
    try:
        with open(task.slip, "rb") as file:
            record: Record = json.loads(file.read())
    except (OSError, ValueError):
        return None
    return record


def _made(task: Task) -> str | None:
    """The digest of the file that is there, if there is one."""
    try:
        with open(task.path, "rb") as file:
            return digest(file.read())
    except OSError:
        return None


def _make(task: Task, record: Record) -> Record:
    start = time.perf_counter()
    for name, source in (("near", task.near), ("far", task.far)):
        if not os.path.exists(source):
            raise NearfarError(f"{name} is {source}, and there is no such file")
    check_save(task.path, **task.save)
    _check_place(task)
    key = task.key()
    options = {"threads": 1, **task.options}
    if task.recipe is not None:
        options["recipe"] = Recipe.from_json(task.recipe)
    hybrid = METHODS[task.method](task.near, task.far, **options)
    contents, lost = hybrid._encoded(task.path, **task.save)
    record |= {
        "key": key,
        "made": digest(contents),
        **_in_short(json.loads(hybrid._made.summary()), (*hybrid.notes, *lost)),
        "seconds": round(time.perf_counter() - start, 6),
        "worker": f"{socket.gethostname()}:{os.getpid()}",
    }
    _put(task, record, contents)
    return record


def _check_place(task: Task) -> None:
    """Makes the hybrid's folder, and checks before the work that the hybrid can be written there.

    Raises NearfarError if an input is there, a folder, or a file that is certainly not this hybrid.
    """
    os.makedirs(os.path.dirname(task.path), exist_ok=True)
    start = task.options.get("start")
    inputs = [task.near, task.far, *([os.fspath(start)] if is_file(start) else [])]
    _native.check_place(task.path, True, inputs)
    if not (task.own or _is_recorded(task) or not os.path.exists(task.path) or _may_be(task, start)):
        raise _taken(task)


def _is_recorded(task: Task) -> bool:
    """Whether a record beside the manifest is of the file that is there."""
    earlier = _slip(task)
    return earlier is not None and earlier["made"] == _made(task)


def _may_be(task: Task, start: object) -> bool:
    """Whether the file that is there may be this hybrid, which only mixing tells for sure."""
    has_other_start = start is not None and not isinstance(start, (str, os.PathLike))
    keeps_recipe = not (task.save.get("strip") or task.options.get("loss") is not None or has_other_start)
    with open(task.path, "rb") as there, open(task.near, "rb") as near, open(task.far, "rb") as far:
        return _native.may_be_hybrid(there.read(), task.path, keeps_recipe, digest(near.read()), digest(far.read()))


def _taken(task: Task) -> NearfarError:
    return NearfarError(f"{task.path} exists already, and no map is known to have made it; force=True replaces it")


def _put(task: Task, record: Record, contents: bytes) -> None:
    """Writes record and hybrid. Of what is there already only that gives way which an earlier run made, or the very
    same hybrid: a worker whose driver was killed may still finish it, while the next driver's has begun.

    Raises NearfarError if something else is there.
    """

    def write(own: bool) -> None:
        # First the record, then the picture: a worker that is killed in between leaves a record without its picture,
        # which is made again, and never a picture that nobody knows.
        _native.write(task.slip, json.dumps(record).encode(), True)
        _native.write(task.path, contents, own)

    earlier = _slip(task)
    own = task.own or _is_recorded(task)
    try:
        write(own)
    except NearfarError:
        made = _made(task)
        if made == record["made"]:
            return
        if own or made is None:
            raise
        if made not in [slip["made"] for slip in (earlier, _slip(task)) if slip] and not _is_same(task, contents):
            with suppress(OSError):  # it is of no hybrid
                os.unlink(task.slip)
            raise _taken(task) from None
        write(True)


def _is_same(task: Task, contents: bytes) -> bool:
    """Whether the file that is there holds the same hybrid as one of these contents."""
    with open(task.path, "rb") as file:
        return _native.is_same_hybrid(file.read(), contents)


def _in_short(summary: dict[str, Any], notes: Iterable[Note]) -> dict[str, Any]:
    """What the program prints, but for curves and for notes that say the same of every pair."""
    percept = summary["percept"]
    if percept is not None:
        del percept["curve"]
    told = [{"severity": note.severity, "text": note.text} for note in notes if note.severity != "info"]
    return {**summary, "notes": told}
