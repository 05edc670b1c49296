"""Ray as an executor for `nearfar.map`. Needs ray: `pip install nearfar[ray]`.

ray.init(address="auto")
nearfar.map(pairs, "/shared/hybrids", executor=nearfar.ray.RayExecutor())
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

_T = TypeVar("_T")


class RayExecutor(Executor):
    """Runs calls as Ray tasks on the cluster that `ray.init` joined.

    options: those of a Ray task, such as `num_cpus=1`, `max_retries=5` (how often a task is given to another worker
        when its own dies) or `resources`.
    """

    def __init__(self, **options: Any) -> None:
        import ray  # type: ignore[import-not-found, import-untyped, unused-ignore]

        self._task: Any = ray.remote(_called).options(**options)

    def submit(self, call: Callable[..., _T], /, *arguments: Any, **keywords: Any) -> Future[_T]:
        """Hands a call to the cluster."""
        future: Future[_T] = self._task.remote(call, arguments, keywords).future()
        return future


def _called(call: Callable[..., _T], arguments: tuple[Any, ...], keywords: dict[str, Any]) -> _T:
    return call(*arguments, **keywords)
