"""The HTTP process's side of the query workers: hands out idle ones, ends late ones, keeps a spare warm.

pool = WorkerPool(db, Limits())
with pool.run(text, formats, client="…") as answer:      # or a QueryError
    answer.form, answer.whole or answer.chunks()
"""

from __future__ import annotations

import itertools
import logging
import os
import signal
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kg.errors import QueryBusyError, QueryCancelledError, QueryError, StoreError, VersionGoneError
from kg.store import current
from kg.store.layout import Layout
from server.departure import Departure
from server.workers.answer import Answer
from server.workers.clients import Clients
from server.workers.crew import Crew
from server.workers.failures import from_death, from_failure
from server.workers.limits import Limits
from server.workers.process import Worker, WorkerParent
from server.workers.protocol import Failure, Form, Kind, Request, read_message
from server.workers.running import Begun, Counts, Running

log = logging.getLogger("khabar.workers")

GRACE = 0.03
"""Seconds after its deadline in which a worker may still answer. Its own alarm ends it at the deadline, but a process
that holds much memory closes its socket only once that is given back."""


_IDS = itertools.count(1)
"""Of running queries, whichever pool they run in."""


class WorkerPool:
    """Query workers over the store in folder `db`, at most `limits.workers` of them busy at a time.

    Only with `endpoints`, IRIs of SPARQL endpoints that queries may ask by SERVICE, have its workers a network.
    """

    def __init__(self, db: Path, limits: Limits, endpoints: tuple[str, ...] = ()) -> None:
        """Starts the workers' parent and the first workers; StoreError where nothing is published."""
        current(db)
        self.limits = limits
        self._current = str(Layout(db).current)
        self._crew = Crew(db, limits, endpoints)
        self._changed = self._crew.lock
        self._waiting = 0
        self._clients = Clients(limits.client)
        self._calls: deque[tuple[str, Callable[[], object]]] = deque()
        self._running: dict[int, Running] = {}
        if self.missing:
            log.warning("this system lacks, for query workers: %s", ", ".join(self.missing))

    @property
    def version(self) -> int:
        """The number of the version published now."""
        return int(os.readlink(self._current).rpartition("/")[2])  # noqa: PTH115 -- asked for by every request

    @property
    def missing(self) -> list[str]:
        """The protections of a worker that this system does not offer."""
        return self._crew.parent.missing

    @property
    def counts(self) -> Counts:
        """What happened to the workers so far."""
        return self._crew.counts

    @property
    def copied(self) -> int | None:
        """The version that the workers have in memory, if any."""
        return self._crew.copied

    def adopt(self, copy: WorkerParent | None) -> None:
        """Has workers come from a parent that holds a copy of a version; None: from the files. StoreError where it
        gives none; then nothing has changed."""
        self._crew.adopt(copy)

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
                with suppress(ProcessLookupError):
                    os.kill(found.pid, signal.SIGKILL)  # whoever reads from it will see the closed socket
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
        request = Request(version or self.version, text, formats, seconds, default_graphs, named_graphs, base, union)
        return self.carry_out(request, client, departure)

    def carry_out(self, request: Request, client: str = "", departure: Departure | None = None) -> Answer:
        """The same for a request that is made already; its deadline is not looked at again."""
        for _ in range(3):
            begun = self._begin(request, client, departure)
            try:
                return self.conclude(begun, self.receive(begun))
            except VersionGoneError:  # published twice between reading `current` and opening
                request = replace(request, version=self.version)
        raise QueryError("the version that was asked for is gone")

    def try_begin(self, request: Request, client: str, departure: Departure) -> Begun | None:
        """Hands a query to an idle worker at once; None where there is none. `conclude` is to be called."""
        running = Running(next(_IDS), request.text, client, time.time(), request.deadline)
        with self._changed:
            if self._crew.stopped or not self._crew.any_idle:
                return None
            self._clients.enter(client)
            worker = self._crew.take()
            assert worker is not None
            running.pid = worker.pid
            self._running[running.id] = running
        departure.then(lambda: self.cancel(running.id))
        return self._send(Begun(worker, running, request, time.monotonic() + request.deadline))

    def when_free(self, client: str, call: Callable[[], object]) -> bool:
        """Has `call` called once, from any thread, when a busy worker becomes free; False where none is waited for.

        QueryBusyError where too many wait already.
        """
        with self._changed:
            if self._crew.busy < self.limits.workers:
                return False
            self._check_queue()
            self._clients.enter(client)
            self._waiting += 1
            self._calls.append((client, call))
            return True

    def forget(self, client: str, call: Callable[[], object]) -> None:
        """Takes back a `when_free`."""
        with self._changed, suppress(ValueError):
            self._calls.remove((client, call))
            self._stop_waiting(client)

    def _stop_waiting(self, client: str) -> None:
        self._waiting -= 1
        self._clients.leave(client, 0.0)

    def conclude(self, begun: Begun, received: tuple[Kind, bytes] | None) -> Answer:
        """The answer that a worker's first message begins; None is for a worker that died. Raises QueryError."""
        if received is None:
            raise self.died(begun)
        kind, payload = received
        if kind is Kind.FAILED:
            failure = Failure.decode(payload)
            self.give_back(begun)
            if failure.code == "gone":
                raise VersionGoneError(failure.detail)
            raise from_failure(failure)
        answer = Answer(self, begun, Form(payload[0]))
        if kind is Kind.WHOLE:
            answer.finish(payload[1:])
        else:
            first = self.receive(begun)
            if first is None:
                raise self.died(begun)
            answer.first = first[1]
        return answer

    def fork_writer(self) -> Worker:
        """A process for one write; to be ended with `end_writer`."""
        return self._crew.parent.fork("fork writer")

    def fork_validator(self) -> Worker:
        """A process for one validation; to be ended with `end_writer`."""
        return self._crew.parent.fork("fork validator")

    def end_writer(self, writer: Worker) -> int:
        """Ends a writer where it still lives; the signal that ended it, 0 for none."""
        return writer.parent.end(writer)

    def stop(self) -> None:
        """Ends all workers; running queries fail."""
        self._crew.stop()

    def receive(self, begun: Begun) -> tuple[Kind, bytes] | None:
        """The worker's next message; None where it died or is past its deadline."""
        begun.worker.connection.settimeout(max(begun.end + GRACE - time.monotonic(), GRACE))
        try:
            return read_message(begun.worker.stream)
        except OSError:  # the timeout, or a reset
            return None

    def give_back(self, begun: Begun) -> None:
        """The worker is idle again."""
        fit = not begun.running.cancelled and self._crew.is_current(begun.worker)
        self._release(begun, begun.worker if fit else None)
        if not fit:
            begun.worker.parent.end(begun.worker)
            self._crew.refill_soon()

    def discard(self, begun: Begun) -> int:
        """Ends a busy worker and has another forked; the signal that ended it."""
        ended_by = begun.worker.parent.end(begun.worker)
        self.counts.died += 1
        self._release(begun, None)
        self._crew.refill_soon()
        return ended_by

    def died(self, begun: Begun) -> QueryError:
        """The error for a worker that answers no more."""
        if time.monotonic() >= begun.end and not begun.running.cancelled:
            self.counts.died += 1
            self._release(begun, None)
            begun.worker.parent.drop(begun.worker)
            self._crew.refill_soon()
            return from_death(0, True, begun.request.deadline, self.limits.memory)
        ended_by = self.discard(begun)
        if begun.running.cancelled:
            return QueryCancelledError("the query was cancelled")
        return from_death(ended_by, False, begun.request.deadline, self.limits.memory)

    def _release(self, begun: Begun, idle: Worker | None) -> None:
        with self._changed:
            self._running.pop(begun.running.id, None)
            self._clients.leave(begun.running.client, time.time() - begun.running.since)
            self._crew.put(idle)
            turn = self._calls.popleft() if self._calls else None
            if turn is not None:
                self._stop_waiting(turn[0])
            self._changed.notify()
        if turn is not None:
            turn[1]()

    def _begin(self, request: Request, client: str, departure: Departure | None) -> Begun:
        running = Running(next(_IDS), request.text, client, time.time(), request.deadline)
        end = time.monotonic() + request.deadline
        worker = self._take(running, end)
        if departure is not None:
            departure.then(lambda: self.cancel(running.id))
        left = replace(request, deadline=max(end - time.monotonic(), 0.01))
        return self._send(Begun(worker, running, left, end))

    def _send(self, begun: Begun) -> Begun:
        with suppress(OSError):  # whoever reads will see that it died
            begun.worker.connection.sendall(begun.request.encode())
        return begun

    def _take(self, running: Running, end: float) -> Worker:
        with self._changed:
            if self._crew.stopped:
                raise QueryBusyError("the server is stopping")
            self._clients.enter(running.client)
            if self._crew.busy >= self.limits.workers:
                self._wait_for_turn(running, end)
            worker = self._crew.take()
            self._running[running.id] = running
        if worker is None:
            try:
                worker = self._crew.fork()
            except StoreError:
                with self._changed:
                    self._crew.put(None)
                    self._running.pop(running.id, None)
                    self._clients.leave(running.client, 0.0)
                raise
        running.pid = worker.pid
        return worker

    def _wait_for_turn(self, running: Running, end: float) -> None:
        try:
            self._check_queue()
            self._stand_in_line(end)
        except QueryBusyError:
            self._clients.leave(running.client, 0.0)
            raise

    def _stand_in_line(self, end: float) -> None:
        self._waiting += 1
        try:
            while self._crew.busy >= self.limits.workers:
                if not self._changed.wait(end - time.monotonic()):
                    self.counts.refused += 1
                    raise QueryBusyError("no worker was free before the deadline", retry_after=self.limits.deadline)
        finally:
            self._waiting -= 1

    def _check_queue(self) -> None:
        if self._waiting >= self.limits.waiting:
            self.counts.refused += 1
            raise QueryBusyError(f"{self._waiting} queries wait already", retry_after=self.limits.deadline)
