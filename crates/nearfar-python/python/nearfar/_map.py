"""Many hybrids, on threads or on many machines, and a manifest of them that a killed run goes on from."""

from __future__ import annotations

import io
import json
import os
import pickle
import queue
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from numbers import Integral
from pathlib import Path, PurePath
from typing import Any, TypeAlias

import numpy as np

from ._asked import check_watcher
from ._hybrid import check_save
from ._manifest import Manifest, records_of
from ._native import NearfarError
from ._recipe import Recipe
from ._task import OWN_FOLDER, Record, Task, check_names, check_options, is_file, run

Pair: TypeAlias = tuple["str | os.PathLike[str]", "str | os.PathLike[str]"] | Mapping[str, Any]
"""`(near, far)`, or a mapping with `near`, `far` and, if you like, `out`, `method` and any option of that method."""

_SAVE = ("depth", "quality", "keep", "profile", "strip")
_OURS = ("near", "far", "progress")


@dataclass(frozen=True)
class Mapped:
    """What came of a map.

    manifest: the records, a JSON object on each line, in the order in which they were finished: one for every hybrid
        in the folder, those of other calls among them, and one for every pair of this call that failed.
    done: hybrids that are there now, those that were there before (skipped) among them.
    skipped: hybrids that were there before.
    failed: pairs that no hybrid could be made of; their records say why.
    """

    manifest: Path
    done: int
    skipped: int
    failed: int

    def records(self) -> Iterator[Record]:
        """The records, read one by one: `near`, `far`, `out`, and either `error` or what was made (`docs/scale.md`)."""
        return records_of(self.manifest)

    def to_parquet(self, path: str | os.PathLike[str] | None = None) -> Path:
        """Writes the records as Parquet, by default beside the manifest, and says where. Needs pyarrow."""
        import pyarrow.json  # type: ignore[import-not-found, import-untyped, unused-ignore]
        import pyarrow.parquet  # type: ignore[import-not-found, import-untyped, unused-ignore]

        target = self.manifest.with_suffix(".parquet") if path is None else Path(path)
        lines = b"".join(json.dumps(record).encode() + b"\n" for record in self.records())
        table = pyarrow.json.read_json(io.BytesIO(lines)) if lines else pyarrow.table({})
        pyarrow.parquet.write_table(table, target)
        return target


def map(
    pairs: Iterable[Pair],
    out: str | os.PathLike[str],
    recipe: Recipe | None = None,
    *,
    executor: Executor | None = None,
    ahead: int = 256,
    force: bool = False,
    progress: Callable[[Record], object] | None = None,
    **options: Any,
) -> Mapped:
    """Makes a hybrid of every pair, and goes on where an earlier call stopped, or was killed.

    >>> import tempfile, nearfar, numpy as np
    >>> folder = tempfile.TemporaryDirectory()
    >>> for name, seed in [("a", 1), ("b", 2)]:
    ...     grey = np.random.default_rng(seed).random((64, 64), np.float32)
    ...     _ = nearfar.fourier(grey, grey, align="none").save(f"{folder.name}/{name}.png")
    >>> pairs = [(f"{folder.name}/a.png", f"{folder.name}/b.png"), ("no.png", f"{folder.name}/b.png")]
    >>> made = nearfar.map(pairs, f"{folder.name}/hybrids", method="fourier", align="none")
    >>> made.done, made.failed, [record["out"] for record in made.records() if "error" not in record]
    (1, 1, ['a-b.png'])
    >>> nearfar.map(pairs, f"{folder.name}/hybrids", method="fourier", align="none").skipped
    1
    >>> folder.cleanup()

    pairs: `(near, far)` paths, or mappings with `near`, `far` and, if you like, `out` (a name within the folder; else
        NEAR-FAR.png), `method` and any option of that method, which count for this pair alone. Any iterable will do,
        and is read as the work goes on. A crossed design, every pair at every cutoff, is
        `[{"near": a, "far": b, "out": f"{a.stem}-{b.stem}-{low}.png", "low": low} for a, b in pairs for low in lows]`
        with `method="fourier"`: the names must differ.
    out: the folder of the hybrids and of `results.jsonl`, the manifest. Every worker must be able to write there, and
        to read the pictures by the same paths. One call writes there at a time; a second one is refused (where the
        file system has locks).
    recipe: all settings at once, as for `mix`.
    executor: where the work is done; anything with the interface of `concurrent.futures.Executor`: a
        ProcessPoolExecutor, `dask.distributed.Client(...).get_executor(pure=False)`, `nearfar.ray.RayExecutor()`. None
        is a thread for every core.
    ahead: pairs that are handed to the executor before the first of them is back, 1 or more.
    force: replace files in the folder that no manifest knows.
    progress: called with every record as it comes, such as `lambda record: bar.update()` of tqdm; not for hybrids that
        were there before, which have theirs: `Mapped.skipped` counts them.
    options: `method` ("mix", if not given, "descent" or "fourier") and its options, `threads` being 1 here unless you
        say more;
        `depth`, `quality`, `keep`, `profile` and `strip` as for `Hybrid.save`.

    A pair that nothing can be made of is a record with an `error`, never an exception, and is tried again by the next
    call. Hybrids are written whole or not at all. One that was made with the same settings of inputs of the same name,
    size and time of change, and whose file is as it was written, is not made again; but for one with a `loss`, of
    which nobody knows what it computes. A file of that name that no record knows is replaced by the same hybrid, and by
    nothing else unless `force` says so. Lines of the manifest that are not understood are kept, and a UserWarning
    names the first. Ctrl-C ends the call when the hybrids under way are made; none is lost.

    Raises NearfarError, before anything is made, if an option that is said for all pairs is unknown or makes no sense,
    if another map is writing into the folder, or its `results.jsonl` is of something else; and if the executor takes no
    more work, as a ProcessPoolExecutor does not when one of its processes was killed: what is made is kept, and the
    same call goes on. OSError if the manifest cannot be written.
    """
    if isinstance(pairs, (str, bytes, os.PathLike, Mapping)) or not isinstance(pairs, Iterable):
        raise NearfarError(f"pairs is {pairs!r}; give a list of pairs, such as [(near, far)]")
    if isinstance(ahead, bool) or not isinstance(ahead, Integral) or ahead < 1:
        raise NearfarError(f"ahead is {ahead!r}; it must be a whole number from 1 on")
    if executor is not None and not callable(getattr(executor, "submit", None)):
        raise NearfarError(f"executor is {executor!r}; it must have submit(), as those of concurrent.futures have")
    if not isinstance(force, bool):
        raise NearfarError(f"force is {force!r}; it is False or True")
    if not isinstance(out, (str, os.PathLike)) or not os.fspath(out):
        raise NearfarError(f"out is {out!r}; give the folder that hybrids go to")
    check_watcher(progress)
    _check_all(options, recipe)
    folder = os.path.abspath(os.fspath(out))
    text = None if recipe is None else recipe.to_json()
    with Manifest(Path(folder)) as manifest:
        damage = manifest.damage()
        if damage is not None:
            warnings.warn(damage, stacklevel=2)
        owners: dict[str, int] = {}
        tasks = _tasks(pairs, folder, text, options, force, manifest, owners)
        skipped = 0

        def todo() -> Iterator[Task]:
            nonlocal skipped
            for task in tasks:
                if isinstance(task, dict):
                    manifest.add(task, renews=owners.get(task.get("out", "")) == task["row"])
                    if progress is not None:
                        progress(task)
                elif manifest.holds(task):
                    skipped += 1
                else:
                    yield task

        pool = ThreadPoolExecutor(os.cpu_count()) if executor is None else executor
        try:
            for task, record in _worked(pool, todo(), ahead):
                manifest.add(record, task.slip)
                if progress is not None:
                    progress(record)
        finally:
            if executor is None:
                pool.shutdown(cancel_futures=True)
    return Mapped(manifest.path, skipped + manifest.done, skipped, manifest.failed)


def _worked(pool: Executor, tasks: Iterator[Task], ahead: int) -> Iterator[tuple[Task, Record]]:
    """The records of tasks as they come, of which some are always under way."""
    finished: queue.SimpleQueue[tuple[Task, Future[Record]]] = queue.SimpleQueue()
    waiting: set[Future[Record]] = set()

    def submit(task: Task) -> None:
        try:
            future = pool.submit(run, task)
        except RuntimeError as error:
            raise _broken(error) from error
        waiting.add(future)
        future.add_done_callback(lambda future: finished.put((task, future)))

    try:
        for _, task in zip(range(ahead), tasks, strict=False):
            submit(task)
        while waiting:
            task, future = finished.get()
            waiting.discard(future)
            yield task, _record(task, future)
            for task in tasks:
                submit(task)
                break
    finally:
        for future in waiting:
            future.cancel()


def _record(task: Task, future: Future[Record]) -> Record:
    """What came of a task; one whose workers died again and again is a record, too."""
    try:
        return future.result()
    except BrokenExecutor as error:
        raise _broken(error) from error
    except Exception as error:
        reason = _unsent(task) or f"its worker was lost: {type(error).__name__}: {error}"
        return {"row": task.row, "near": task.near, "far": task.far, "out": task.out, "error": reason}


def _unsent(task: Task) -> str | None:
    """Why a task could not be handed to another process, if that is so."""
    for name, value in {**task.options, **task.save}.items():
        try:
            pickle.dumps(value)
        except Exception as error:  # whatever a foreign __reduce__ raises
            return (
                f"{name} cannot be pickled, as it must be for another process ({error}); define it at the top of a "
                "module that the workers can import, or take threads: executor=None"
            )
    return None


def _broken(error: Exception) -> NearfarError:
    return NearfarError(
        f"the executor takes no more work ({error}); with another one the same call goes on where this one stopped"
    )


def _path(name: str, source: object) -> str:
    """The whole path of a picture, by which any worker finds it."""
    if not isinstance(source, (str, os.PathLike)):
        raise NearfarError(f"{name} is of type {type(source).__name__}; map takes paths, since workers read the files")
    return os.path.abspath(os.fspath(source))


def _tasks(
    pairs: Iterable[Pair],
    folder: str,
    recipe: str | None,
    options: Mapping[str, Any],
    force: bool,
    manifest: Manifest,
    owners: dict[str, int],
) -> Iterator[Task | Record]:
    """A task for every pair, or a record that says why there is none. `owners` learns which row writes which name."""
    for row, pair in enumerate(pairs, 1):
        record: Record = {"row": row}
        try:
            said = _said_of(pair)
            near, far = (_path(name, said.pop(name)) for name in ("near", "far"))
            name = _name(said.pop("out", f"{PurePath(near).stem}-{PurePath(far).stem}.png"))
            record |= {"near": near, "far": far, "out": name}
            if owners.setdefault(name, row) != row:
                raise NearfarError(f"{name} is written by row {owners[name]} already")
            _check(said)
            all_options = {**options, **said}
            method = all_options.pop("method", "mix")
            save = {name: all_options.pop(name) for name in _SAVE if name in all_options}
            check_names(method, all_options if recipe is None else {**all_options, "recipe": recipe})
            start = all_options.get("start")
            if is_file(start):
                all_options["start"] = os.path.abspath(start)
            own = force or manifest.knows(name)
            yield Task(row, near, far, folder, name, method, recipe, all_options, save, own)
        except (NearfarError, KeyError, TypeError, ValueError) as error:
            reason = f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)
            yield {**record, "error": reason}


def _name(out: object) -> str:
    """The name of a hybrid within the folder of results, one for every way to write it."""
    if not isinstance(out, (str, os.PathLike)):
        raise NearfarError(f"out is {out!r}; it must be a name within the folder of results, or be left out")
    name = PurePath(os.fspath(out))
    if not name.parts or name.is_absolute() or ".." in name.parts:
        raise NearfarError(f"out is {os.fspath(out)}; it must be a name within the folder of results")
    if name.parts[0] == OWN_FOLDER:
        raise NearfarError(f"out is {name}; what is in {OWN_FOLDER} is the map's own")
    return str(name)


def _check(options: Mapping[str, Any]) -> None:
    for name in options:
        if name in _OURS:
            raise NearfarError(f"{name} cannot be said here")


def _check_all(options: Mapping[str, Any], recipe: Recipe | None) -> None:
    """Checks what holds for all pairs: by the method that is said for all, since every one must know these options."""
    _check(options)
    rest = {name: value for name, value in options.items() if name != "method" and name not in _SAVE}
    check_save(None, **{name: options[name] for name in _SAVE if name in options})
    check_options(options.get("method", "mix"), {**rest, **({} if recipe is None else {"recipe": recipe})})


def _said_of(pair: object) -> dict[str, Any]:
    """What a pair says, by names."""
    if isinstance(pair, Mapping):
        return dict(pair)
    if isinstance(pair, np.ndarray):  # a row of a table
        pair = pair.tolist()
    if isinstance(pair, Sequence) and not isinstance(pair, (str, bytes)) and len(pair) == 2:
        return {"near": pair[0], "far": pair[1]}
    raise NearfarError(f"a pair is (near, far) or a mapping that says both, not {pair!r}")
