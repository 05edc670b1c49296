"""One map at a time in a folder."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from pathlib import Path

from ._native import NearfarError

# A lock of fcntl's belongs to the process: it ends with it, and the workers that it forked do not keep it. Two threads
# of one process are told apart here.
_ours: set[str] = set()
_guard = threading.Lock()

_NO_LOCKS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL}


class FolderLock:
    """A lock on a folder, held until it is closed or the process ends, however it ends. A file system that knows no
    locks keeps nobody else away.

    Raises NearfarError if somebody else holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / ".nearfar" / "lock"
        self._name = os.path.realpath(folder)
        busy = NearfarError(f"another map is writing into {folder}; wait for it, or give this one another folder")
        with _guard:
            if self._name in _ours:
                raise busy
            _ours.add(self._name)
        try:
            self._file = self._locked()
        except BlockingIOError:
            self._forget()
            raise busy from None
        except BaseException:
            self._forget()
            raise

    def _locked(self) -> int:
        while True:
            os.makedirs(self._path.parent, exist_ok=True)
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except FileNotFoundError:  # whoever was here before has just removed its folder
                continue
            try:
                _lock(file)
                # That may have been a file that its holder has removed since.
                if os.path.samestat(os.fstat(file), os.stat(self._path)):
                    return file
            except FileNotFoundError:
                pass
            except BaseException:
                os.close(file)
                raise
            os.close(file)

    def close(self) -> None:
        """Lets others in, and leaves nothing behind."""
        if os.name == "nt":  # an open file cannot be removed there
            os.close(self._file)
        with contextlib.suppress(OSError):
            self._path.unlink()
        with contextlib.suppress(OSError):  # a slip is left
            self._path.parent.rmdir()
        if os.name != "nt":
            os.close(self._file)
        self._forget()

    def _forget(self) -> None:
        with _guard:
            _ours.discard(self._name)


def _lock(file: int) -> None:
    """Locks an open file; BlockingIOError if somebody else has it."""
    try:
        _of_system(file)
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
            raise BlockingIOError from error
        if error.errno not in _NO_LOCKS:
            raise


def _of_system(file: int) -> None:
    if os.name == "nt":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    else:
        import fcntl

        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
