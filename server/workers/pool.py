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
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

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
from server.workers.protocol import Failure, Form, Kind, Request
from server.workers.running import Begun, Counts, Running, Turn

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
        self._lock = self._crew.lock
        self._clients = Clients(limits.client)
        self._turns: deque[Turn] = deque()
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
        return len(self._turns)

    def running(self) -> list[Running]:
        """The queries that run or wait now, oldest first."""
        with self._lock:
            return [replace(query) for query in self._running.values()]

    def cancel(self, query: int) -> bool:
        """Ends a running query; False where none has that id (any more)."""
        with self._lock:
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
            try:
                return self._carry_out(request, client, departure)
            except VersionGoneError:  # published twice between reading `current` and opening
                request = request._replace(version=self.version)
        raise QueryError("the version that was asked for is gone")

    def _carry_out(self, request: Request, client: str, departure: Departure | None) -> Answer:
        granted = threading.Event()
        turn = self.enter(request, client, lambda _: granted.set())
        if not granted.wait(turn.end - time.monotonic()):
            self.give_up(turn)
        begun = self.begin(turn)
        if departure is not None:
            departure.then(lambda: self.cancel(begun.running.id))
        return self.conclude(begun, self.receive(begun))

    def enter(self, request: Request, client: str, ready: Callable[[Turn], object]) -> Turn:
        """Takes a query in: `ready` is called, here or from another thread, when it may `begin`.

        QueryLimitError and QueryBusyError where it may not even wait.
        """
        running = Running(next(_IDS), request.text, client, time.time(), request.deadline)
        turn = Turn(running, request, time.monotonic() + request.deadline, ready)
        with self._lock:
            if self._crew.stopped:
                raise QueryBusyError("the server is stopping")
            if self._crew.busy >= self.limits.workers:
                self._check_queue()
                self._clients.enter(client)
                self._turns.append(turn)
                return turn
            self._clients.enter(client)
            self._give_place(turn)
        self._start(turn)
        return turn

    def begin(self, turn: Turn) -> Begun:
        """The query, at a worker; waits for the system where one has to be forked (StoreError where it cannot)."""
        if turn.begun is None:
            asked = time.monotonic()
            try:
                worker = self._crew.fork()
            except StoreError:
                self._release(turn.running, None, 0.0)
                raise
            turn.end += time.monotonic() - asked  # no query pays for that
            turn.begun = self._hand(turn, worker)
            self._send(turn.begun)
        return turn.begun

    def give_up(self, turn: Turn) -> None:
        """Ends the waiting with a QueryBusyError, unless the turn has come meanwhile."""
        with self._lock:
            if turn.has_place:
                return
            self._turns.remove(turn)
            self._clients.leave(turn.running.client, 0.0)
            self.counts.refused += 1
        raise QueryBusyError("no worker was free before the deadline", retry_after=self.limits.deadline)

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
            answer.first = payload[1:]
        return answer

    def fork(self, task: Literal["writer", "validator"]) -> Worker:
        """A process for one write or one validation; to be ended with `end_process`."""
        return self._crew.parent.fork(f"fork {task}")

    def end_process(self, process: Worker) -> int:
        """Ends the process of a write or a validation where it still lives; the signal that ended it, 0 for none."""
        return process.parent.end(process)

    def stop(self) -> None:
        """Ends all workers; running queries fail."""
        self._crew.stop()

    def receive(self, begun: Begun) -> tuple[Kind, bytes] | None:
        """The worker's next message; None where it died or is past its deadline."""
        return begun.worker.receive(max(begun.end + GRACE - time.monotonic(), GRACE))

    def give_back(self, begun: Begun) -> None:
        """The worker is idle again."""
        fit = not begun.running.cancelled and self._crew.is_current(begun.worker)
        self._release(begun.running, begun.worker if fit else None, begun.since)
        if not fit:
            begun.worker.parent.end(begun.worker)
            self._crew.refill_soon()

    def discard(self, begun: Begun) -> int:
        """Ends a busy worker and has another forked; the signal that ended it."""
        ended_by = begun.worker.parent.end(begun.worker)
        self._lose(begun)
        return ended_by

    def died(self, begun: Begun) -> QueryError:
        """The error for a worker that answers no more."""
        if time.monotonic() >= begun.end and not begun.running.cancelled:
            self._lose(begun)
            begun.worker.parent.drop(begun.worker)
            return from_death(0, True, begun.request.deadline, self.limits.memory)
        ended_by = self.discard(begun)
        if begun.running.cancelled:
            return QueryCancelledError("the query was cancelled")
        return from_death(ended_by, False, begun.request.deadline, self.limits.memory)

    def _lose(self, begun: Begun) -> None:
        self.counts.died += 1
        self._release(begun.running, None, begun.since)
        self._crew.refill_soon()

    def _give_place(self, turn: Turn) -> None:
        """Counts the query among those that run, with an idle worker where there is one; the lock is held."""
        turn.has_place = True
        self._running[turn.running.id] = turn.running
        worker = self._crew.take()
        if worker is not None:
            turn.begun = self._hand(turn, worker)

    def _hand(self, turn: Turn, worker: Worker) -> Begun:
        turn.running.pid = worker.pid
        return Begun(worker, turn.running, turn.request, turn.end, time.monotonic())

    def _start(self, turn: Turn) -> None:
        if turn.begun is not None:
            self._send(turn.begun)
        turn.ready(turn)

    def _send(self, begun: Begun) -> None:
        with suppress(OSError):  # whoever reads will see that it died
            begun.worker.connection.sendall(begun.request.encode(max(begun.end - begun.since, 0.01)))

    def _release(self, running: Running, idle: Worker | None, since: float) -> None:
        """The query's place is free: the next in line gets it, and its worker at once."""
        turn = None
        with self._lock:
            del self._running[running.id]
            self._clients.leave(running.client, time.monotonic() - since if since else 0.0)
            self._crew.put(idle)
            if self._turns:
                turn = self._turns.popleft()
                self._give_place(turn)
        if turn is not None:
            self._start(turn)

    def _check_queue(self) -> None:
        if len(self._turns) >= self.limits.waiting:
            self.counts.refused += 1
            raise QueryBusyError(f"{len(self._turns)} queries wait already", retry_after=self.limits.deadline)
