"""Who may work at the same time, of the threads of this process."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Many may work beside each other, or one alone; whoever waits to be alone goes before those who do not."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._working = 0
        self._alone = 0

    @contextmanager
    def beside_others(self) -> Iterator[None]:
        """A turn beside others."""
        with self._changed:
            self._changed.wait_for(lambda: self._alone == 0)
            self._working += 1
        try:
            yield
        finally:
            with self._changed:
                self._working -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """A turn that nobody else has."""
        with self._changed:
            self._alone += 1
        works = False
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._working == 0)
                self._working += 1
                works = True
            yield
        finally:
            with self._changed:
                self._working -= works
                self._alone -= 1
                self._changed.notify_all()


TURNS = Turns()
"""Those of maps."""

if hasattr(os, "register_at_fork"):  # whoever works in the parent does not work in the child
    os.register_at_fork(after_in_child=TURNS.__init__)  # type: ignore[misc]
