"""Hands articles to workers, a few at a time, and takes back what became of each.

A worker that dies (out of memory, a signal) or an article that breaks the extractor costs that one article only.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Generic, ParamSpec, Self, TypeVar

from kg.errors import DataError, KhabarError

T = TypeVar("T")
R = TypeVar("R")
P = ParamSpec("P")


class Workers(Generic[T, R]):
    """Runs `work(items) -> results` (one result an item) in `jobs` processes; with one job in this process.

    `work` and its items must be picklable when there are several.
    """

    def __init__(self, jobs: int, work: Callable[[Sequence[T]], list[R]]) -> None:
        self.jobs = jobs
        self._work = work
        self._executor = self._start()

    def _start(self) -> Executor:
        if self.jobs == 1:
            return _Here()
        # forked workers would share the locks and the open store of this process's threads
        spawn = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.jobs, spawn, initializer=_end_with_parent)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(cancel_futures=True)

    def submit(self, items: Sequence[T]) -> Future[list[R]]:
        try:
            return self._executor.submit(self._work, items)
        except BrokenProcessPool:
            self._executor = self._start()
            return self._executor.submit(self._work, items)

    def settle(self, items: Sequence[T], future: Future[list[R]]) -> list[R | str]:
        """Waits for submitted items; each gives its result, or the reason that it has none.

        Raises what is no fault of an article (KhabarErrors other than DataErrors).
        """
        error = future.exception()
        if error is None:
            return list(future.result())
        if isinstance(error, KhabarError) and not isinstance(error, DataError):
            raise error
        if len(items) > 1 or isinstance(error, BrokenProcessPool):
            return [self._alone(item) for item in items]
        return [_reason(error)]

    def _alone(self, item: T) -> R | str:
        future = self.submit([item])
        error = future.exception()
        return _reason(error) if error is not None else future.result()[0]


class _Here(Executor):
    """Runs each call at once in the caller's thread: the engine's objects may be dropped on their own thread only."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        future: Future[R] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # as every executor does: who asks for the result hears of it
            future.set_exception(error)
        return future


def _end_with_parent() -> None:
    """Ends this worker when the process that started it dies: its queue would never tell."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_end, args=(parent.sentinel,), daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


def _reason(error: BaseException) -> str:
    if isinstance(error, BrokenProcessPool):
        return "the process that worked on it died; it may need more memory than there is"
    if isinstance(error, DataError):
        return str(error)
    return f"internal error, please report it ({type(error).__name__}: {error})"
