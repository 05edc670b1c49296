"""The file of records: what was made, so that it need not be made again."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from . import _native
from ._lock import FolderLock
from ._native import NearfarError
from ._task import Record, Task, digest, slip_of, slips


class Manifest:
    """Records, a line each, written by one process, which locks the folder.

    Opening it leaves one line for every hybrid that was made, and none for what failed: that is tried again. A worker
    or a driver that was killed has left slips, the records of hybrids that no line knows; they are taken up first.
    Closing it leaves one line for every pair, the newest. Lines that are not understood stay as they are: a hybrid that
    one of them still names by its digest is of an earlier run.

    Raises NearfarError if all lines are somebody else's, or another map is writing.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "results.jsonl"
        self.done = 0
        self.failed = 0
        self._slips = Path(slips(str(folder)))
        # For every hybrid the digest of its record's key and of its file's digest, in one for memory's sake.
        self._known: dict[str, str] = {}
        # Of those, the ones that have another record by now, and whether it is of a failure.
        self._renewed: dict[str, bool] = {}
        # Lines that are none of ours, with their numbers from 1.
        self._foreign: list[tuple[int, bytes]] = []
        self._folder = folder
        self._lock = FolderLock(folder)
        try:
            self._tidy()
            self._file = open(self.path, "ab", buffering=0)
            for slip, record in self._left_over(folder):
                self._write(record)
                self._known[record["out"]] = _seal(record["key"], record["made"])
                slip.unlink()
            self._start = self.path.stat().st_size
        except BaseException:
            self._lock.close()
            raise

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
            self._settle()
        finally:
            self._leave()

    def _leave(self) -> None:
        with contextlib.suppress(OSError):
            # What a worker was writing when it was killed.
            for torn in self._slips.glob(".nearfar-*.tmp"):
                torn.unlink(missing_ok=True)
        self._lock.close()

    def knows(self, out: str) -> bool:
        """Whether an earlier run made a file of that name, or the very file that is there."""
        if out in self._known or not self._foreign:
            return out in self._known
        try:
            made = digest((self._folder / out).read_bytes())
        except OSError:
            return False
        return any(_native.names_digest(line, made) for _, line in self._foreign)

    def damage(self) -> str | None:
        """What is said of the lines that are not understood, if there are some."""
        if not self._foreign:
            return None
        return _native.foreign_lines(str(self.path), self._foreign[0][0], len(self._foreign))

    def holds(self, task: Task) -> bool:
        """Whether the task's hybrid is there, byte for byte, made of the same pictures with the same settings."""
        known = self._known.get(task.out)
        try:
            return known is not None and known == _seal(task.key(), digest(Path(task.path).read_bytes()))
        except OSError:
            return False

    def add(self, record: Record, slip: str | None = None, *, renews: bool = True) -> None:
        """Adds a record, then removes its slip: killed in between, the next run finds both and takes one.

        renews: whether it takes the place of what an earlier run said of the hybrid of that name.
        """
        self._write(record)
        if renews and record["out"] in self._known:
            self._renewed[record["out"]] = "error" in record
        if "error" in record:
            self.failed += 1
        else:
            self.done += 1
        if slip is not None:
            Path(slip).unlink(missing_ok=True)

    def _write(self, record: Record) -> None:
        self._file.write(json.dumps(record).encode() + b"\n")

    def _tidy(self) -> None:
        """Keeps the last line of every hybrid that was made, and those that are not understood."""
        if not self.path.exists():
            return
        last: dict[str, int] = {}
        number, ours = 0, False
        line = b"\n"
        for number, (line, record) in enumerate(_lines(self.path), 1):
            ours = ours or record is not None or _native.is_damaged_result(line)
            if record is None and _is_foreign(line):
                self._foreign.append((number, line))
            elif record is not None and "error" not in record:
                last[record["out"]] = number
                self._known[record["out"]] = _seal(record["key"], record["made"])
        if self._foreign and not ours:
            raise NearfarError(f"{self.path} is not a file of results (fix: choose another folder, or move it away)")
        kept = {*last.values(), *(number for number, _ in self._foreign)}
        if len(kept) < number or not line.endswith(b"\n"):
            numbered = enumerate(_lines(self.path), 1)
            self._rewrite(line.removesuffix(b"\n") + b"\n" for number, (line, _) in numbered if number in kept)

    def _settle(self) -> None:
        """Drops what earlier runs said of pairs that have a newer record."""
        if self._renewed:
            self._rewrite(self._newest())

    def _newest(self) -> Iterator[bytes]:
        place = 0
        for line, record in _lines(self.path):
            earlier, out = place < self._start, "" if record is None else record.get("out", "")
            place += len(line)
            if not earlier or out not in self._renewed:
                yield line
            elif self._renewed[out] and (self._folder / out).exists():
                # The hybrid is still there, and still ours: the next run finds its record in a slip.
                _native.write(slip_of(str(self._folder), out), line, True)

    def _rewrite(self, lines: Iterable[bytes]) -> None:
        fresh = self.path.with_suffix(".jsonl.tmp")
        with open(fresh, "wb") as file:
            file.writelines(lines)
        os.replace(fresh, self.path)

    def _left_over(self, folder: Path) -> Iterator[tuple[Path, Record]]:
        """Slips of hybrids that are there as they were made, and that no line knows."""
        for slip in sorted(self._slips.glob("*.json")):
            record = _parsed(slip.read_bytes())
            if record is None or "error" in record:
                continue
            try:
                there = digest((folder / record["out"]).read_bytes())
            except OSError:
                continue
            if there != record["made"]:
                continue
            if self._known.get(record["out"]) == _seal(record["key"], record["made"]):
                slip.unlink()
            else:
                yield slip, record


def _seal(key: str, made: str) -> str:
    return digest(f"{key} {made}".encode())


def records_of(path: Path) -> Iterator[Record]:
    """The records of a manifest; lines that are not understood are passed over."""
    return (record for _, record in _lines(path) if record is not None)


def _lines(path: Path) -> Iterator[tuple[bytes, Record | None]]:
    """Every line, with its record if it is one."""
    with open(path, "rb") as file:
        for line in file:
            yield line, _parsed(line)


def _parsed(line: bytes) -> Record | None:
    """A record, if the line is one."""
    try:
        record = json.loads(line)
    except ValueError:
        return None
    if not isinstance(record, dict) or "row" not in record:
        return None
    return record if "error" in record or {"out", "key", "made"} <= record.keys() else None


def _is_foreign(line: bytes) -> bool:
    """Whether a line that is no record is none of ours: neither empty nor a record that was cut short at the end."""
    cut_short = not line.endswith(b"\n") and _native.is_cut_short(line)
    return bool(line.strip()) and not cut_short
