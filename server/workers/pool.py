"""The HTTP process's side of the query workers: hands out idle ones, ends late ones, keeps a spare warm.

pool = WorkerPool(db, Limits())
with pool.run(text, formats, client="…") as answer:      # or a QueryError
    answer.form, answer.whole or answer.chunks()
"""

from __future__ import annotations

import itertools
import logging
import threading
import time
from dataclasses import replace
from pathlib import Path

from kg.errors import QueryBusyError, QueryCancelledError, QueryError, StoreError
from kg.store import current
from kg.store.layout import Layout
from server.departure import Departure
from server.workers.answer import Answer
from server.workers.failures import from_death, from_failure
from server.workers.limits import Limits
from server.workers.process import Worker, WorkerParent
from server.workers.protocol import Failure, Form, Kind, Request, read_message
from server.workers.running import Counts, Running

log = logging.getLogger("khabar.workers")

GRACE = 0.2
"""Seconds after its deadline in which a worker's own alarm should have ended it; then it is killed from outside."""


class WorkerPool:
    """Query workers over the store in folder `db`, at most `limits.workers` of them busy at a time."""

    def __init__(self, db: Path, limits: Limits) -> None:
        """Starts the workers' parent and the first workers; StoreError where nothing is published."""
        current(db)
        self.limits = limits
        self.counts = Counts()
        self._current = Layout(db).current
        self._parent = WorkerParent(db, limits.memory)
        self._changed = threading.Condition()
        self._idle: list[Worker] = []
        self._busy = 0
        self._waiting = 0
        self._ids = itertools.count(1)
        self._running: dict[int, Running] = {}
        self._stopped = False
        self._refill()
        if self._parent.missing:
            log.warning("this system lacks, for query workers: %s", ", ".join(self._parent.missing))

    @property
    def version(self) -> int:
        """The number of the version published now."""
        return int(self._current.readlink().name)

    @property
    def missing(self) -> list[str]:
        """The protections of a worker that this system does not offer."""
        return self._parent.missing

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return self._waiting

    def running(self) -> list[Running]:
        """The queries that run or wait now, oldest first."""
        with self._changed:
            return [replace(query) for query in self._running.values()]

    def cancel(self, query: int) -> bool:
        """Ends a running query; False where none has that id (any more)."""
        with self._changed:
            found = self._running.get(query)
            if found is None:
                return False
            found.cancelled = True
            if found.pid is not None:
                self._parent.kill(found.pid)
            return True

    def run(
        self,
        text: str,
        formats: tuple[str | None, str | None, str | None],
        *,
        client: str = "",
        deadline: float | None = None,
        default_graphs: tuple[str, ...] | None = None,
        named_graphs: tuple[str, ...] | None = None,
        base: str | None = None,
        version: int | None = None,
        departure: Departure | None = None,
        union: bool = True,
    ) -> Answer:
        """Runs a query; returns when its answer is whole or has filled the first chunk. Raises QueryError.

        `formats`: the media type per `Form` in its order, None where the client accepts none.
        `union`: whether the default graph is the union of all, where neither query nor caller name another.
        `deadline`: seconds, never more than the pool's own. `departure`: ends the query when its client leaves.
        """
        seconds = min(deadline or self.limits.deadline, self.limits.deadline)
        end = time.monotonic() + seconds
        running = Running(next(self._ids), text, client, time.time(), seconds)
        worker = self._take(running, end)
        if departure is not None:
            departure.then(lambda: self.cancel(running.id))
        for _ in range(3):
            request = Request(
                version or self.version,
                text,
                formats,
                max(end - time.monotonic(), 0.01),
                default_graphs,
                named_graphs,
                base,
                union,
            )
            try:
                return self._first_chunk(worker, running, request, end)
            except _GoneError:  # published twice between reading `current` and opening
                continue
        self.give_back(worker, running)
        raise QueryError("the version that was asked for is gone")

    def fork_writer(self) -> Worker:
        """A process for one write; to be ended with `end_writer`."""
        return self._parent.fork("fork writer")

    def end_writer(self, writer: Worker) -> int:
        """Ends a writer where it still lives; the signal that ended it, 0 for none."""
        return self._parent.end(writer)

    def stop(self) -> None:
        """Ends all workers; running queries fail."""
        with self._changed:
            self._stopped = True
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.close()
        self._parent.stop()

    def _first_chunk(self, worker: Worker, running: Running, request: Request, end: float) -> Answer:
        try:
            worker.connection.sendall(request.encode())
        except OSError:
            raise self._died(worker, running, end) from None
        kind, payload = self.receive(worker, running, end)
        if kind is Kind.FAILED:
            failure = Failure.decode(payload)
            if failure.code == "gone":
                raise _GoneError
            self.give_back(worker, running)
            raise from_failure(failure)
        answer = Answer(self, worker, running, Form(payload[0]), end)
        if kind is Kind.WHOLE:
            answer.finish(payload[1:])
        else:
            answer.first = self.receive(worker, running, end)[1]
        return answer

    def receive(self, worker: Worker, running: Running, end: float) -> tuple[Kind, bytes]:
        """The worker's next message; a QueryError where it died or passed its deadline."""
        worker.connection.settimeout(max(end + GRACE - time.monotonic(), GRACE))
        try:
            received = read_message(worker.stream)
        except OSError:  # the timeout, or a reset
            received = None
        if received is None:
            raise self._died(worker, running, end)
        return received

    def give_back(self, worker: Worker, running: Running) -> None:
        """The worker is idle again."""
        with self._changed:
            self._running.pop(running.id, None)
            self._busy -= 1
            cancelled = running.cancelled
            if not cancelled:
                self._idle.append(worker)
            self._changed.notify()
        if cancelled:
            self._parent.end(worker)
            self._refill_soon()

    def discard(self, worker: Worker, running: Running) -> int:
        """Ends a busy worker and has another forked; the signal that ended it."""
        ended_by = self._parent.end(worker)
        with self._changed:
            self._running.pop(running.id, None)
            self._busy -= 1
            self.counts.died += 1
            self._changed.notify()
        self._refill_soon()
        return ended_by

    def _died(self, worker: Worker, running: Running, end: float) -> QueryError:
        ended_by = self.discard(worker, running)
        if running.cancelled:
            return QueryCancelledError("the query was cancelled")
        return from_death(ended_by, time.monotonic() >= end, running.deadline, self.limits.memory)

    def _take(self, running: Running, end: float) -> Worker:
        with self._changed:
            if self._stopped:
                raise QueryBusyError("the server is stopping")
            if self._busy >= self.limits.workers:
                self._wait_for_turn(running, end)
            self._busy += 1
            worker = self._idle.pop() if self._idle else None
            self._running[running.id] = running
        if worker is None:
            try:
                worker = self._fork()
            except StoreError:
                with self._changed:
                    self._busy -= 1
                    self._running.pop(running.id, None)
                raise
        running.pid = worker.pid
        return worker

    def _wait_for_turn(self, running: Running, end: float) -> None:
        if self._waiting >= self.limits.waiting:
            self.counts.refused += 1
            raise QueryBusyError(f"{self._waiting} queries wait already", retry_after=self.limits.deadline)
        self._waiting += 1
        try:
            while self._busy >= self.limits.workers:
                if not self._changed.wait(end - time.monotonic()):
                    self.counts.refused += 1
                    raise QueryBusyError("no worker was free before the deadline", retry_after=self.limits.deadline)
        finally:
            self._waiting -= 1

    def _fork(self) -> Worker:
        self.counts.forked += 1
        return self._parent.fork()

    def _refill_soon(self) -> None:
        threading.Thread(target=self._refill, name="khabar-refill", daemon=True).start()

    def _refill(self) -> None:
        while True:
            with self._changed:
                wanted = self.limits.workers + self.limits.spares
                if self._stopped or len(self._idle) + self._busy >= wanted:
                    return
            try:
                worker = self._fork()
            except StoreError as error:
                log.warning("%s", error)
                return
            with self._changed:
                if not self._stopped:
                    self._idle.insert(0, worker)
                    continue
            worker.close()


class _GoneError(Exception):
    """The version was deleted between reading its number and opening it."""
