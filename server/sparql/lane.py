"""The short way for queries: the event loop itself waits for the workers, with no thread and no task between them.

Handing a request to a thread and its answer back costs more than a small query takes. What is not small (a second
chunk, a worker that must be forked) goes on in threads.
"""

from __future__ import annotations

import asyncio
import math
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kg.errors import KhabarError, QueryBusyError, QueryServiceError, VersionGoneError
from server.reply import Reply
from server.sparql.endpoint import Prepared, SparqlEndpoint
from server.workers.answer import Answer
from server.workers.pool import GRACE, WorkerPool
from server.workers.process import Worker
from server.workers.running import Begun, Turn

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_PATIENCE = 0.05
"""Seconds that a query goes on without its client: ending a worker costs more than most queries."""

Then = Callable[[Reply | None], None]


@dataclass(slots=True, eq=False)
class Asked:
    """A query that the loop waits for; `then` gets its reply, or None where a thread has to work for it."""

    environ: WSGIEnvironment
    prepared: Prepared
    then: Then
    turn: Turn | None = None
    line: _Line | None = None
    left: bool = False  # by its client


@dataclass(slots=True, eq=False)
class _Line:
    """The loop's own descriptor of the socket to a worker, and the query whose answer is to come from it.

    Being its own, it is watched from one query to the next: the worker's may be closed by any thread, and its number
    given to another. A line that speaks while the loop waits for nothing is given up: a thread reads it, or it ended.
    """

    worker: Worker
    descriptor: int
    asked: Asked | None = None


class Lane:
    """Answers prepared queries in the event loop, which alone calls it."""

    def __init__(self, endpoint: SparqlEndpoint, pool: WorkerPool) -> None:
        self._endpoint = endpoint
        self._pool = pool
        self._lines: dict[Worker, _Line] = {}
        self._timed: set[Asked] = set()
        self._clock: asyncio.TimerHandle | None = None  # one for all
        self._first = math.inf  # the deadline that it is set to

    @property
    def version(self) -> int:
        """The number of the published version."""
        return self._pool.version

    def ask(self, environ: WSGIEnvironment, prepared: Prepared, then: Then) -> Asked | None:
        """Has `then` called, once; returns what `leave` takes, or None where it was called already."""
        asked = Asked(environ, prepared, then)
        ready = partial(_in_loop, asyncio.get_running_loop(), threading.get_ident(), partial(self._begin, asked))
        try:
            turn = self._pool.enter(prepared.request, environ.get("REMOTE_ADDR", ""), ready)
        except KhabarError as error:
            then(self._endpoint.failed(environ, error))
            return None
        if asked.turn is None:
            asked.turn = turn
            self._time(asked, turn)
        return asked

    def leave(self, asked: Asked) -> None:
        """Ends a query whose client is gone, unless it ends soon; its `then` is called all the same."""
        asyncio.get_running_loop().call_later(_PATIENCE, self._cancel, asked)

    def _cancel(self, asked: Asked) -> None:
        asked.left = True
        turn = asked.turn
        if turn is None:  # it is over
            return
        if turn.begun is not None:
            self._pool.cancel(turn.running.id)
        else:
            self._give_up(asked, turn)

    def _begin(self, asked: Asked, turn: Turn) -> None:
        """The query has got its place."""
        asked.turn = turn
        if turn.begun is not None:
            self._listen(asked, turn.begun)
            return
        self._timed.discard(asked)  # no query pays for the forking
        forking = asyncio.get_running_loop().run_in_executor(None, self._pool.begin, turn)
        forking.add_done_callback(partial(self._forked, asked))

    def _forked(self, asked: Asked, forking: asyncio.Future[Begun]) -> None:
        try:
            begun = forking.result()
        except KhabarError as error:
            self._over(asked, partial(_fail, error))
        else:
            self._listen(asked, begun)

    def _listen(self, asked: Asked, begun: Begun) -> None:
        line = self._lines.get(begun.worker)
        if line is None:
            line = self._lines[begun.worker] = _Line(begun.worker, os.dup(begun.worker.connection.fileno()))
            asyncio.get_running_loop().add_reader(line.descriptor, self._said, line)
        line.asked, asked.line = asked, line
        assert asked.turn is not None
        self._time(asked, asked.turn)
        if asked.left:
            self._pool.cancel(begun.running.id)

    def _said(self, line: _Line) -> None:
        """A worker has said something, or died."""
        asked = line.asked
        if asked is None:
            asyncio.get_running_loop().remove_reader(line.descriptor)
            os.close(line.descriptor)
            del self._lines[line.worker]
            return
        try:
            received = line.worker.receive_now()
        except BlockingIOError:
            return
        assert asked.turn is not None
        assert asked.turn.begun is not None
        if received is None:
            self._end(line, asked, asked.turn.begun)
        else:
            line.asked = None
            self._over(asked, partial(self._pool.conclude, asked.turn.begun, received))

    def _end(self, line: _Line, asked: Asked, begun: Begun) -> None:
        """Ends the worker of a query, which waits for the system a little."""
        line.asked = None
        self._timed.discard(asked)
        ending = asyncio.get_running_loop().run_in_executor(None, self._pool.died, begun)
        ending.add_done_callback(lambda ended: self._over(asked, partial(_fail, ended.result())))

    def _give_up(self, asked: Asked, turn: Turn) -> None:
        try:
            self._pool.give_up(turn)
        except QueryBusyError as error:
            self._over(asked, partial(_fail, error))

    def _over(self, asked: Asked, outcome: Callable[[], Answer]) -> None:
        """Tells the query's reply; a thread has to work for it where it cannot be had here, whyever."""
        self._timed.discard(asked)
        asked.turn = asked.line = None  # a turn knows whom it is for: together they would live until they are collected
        reply = None
        try:
            reply = self._endpoint.reply(asked.environ, asked.prepared, outcome())
        except VersionGoneError:
            pass
        except QueryServiceError as error:
            reply = None if self._endpoint.federates else self._endpoint.failed(asked.environ, error)
        except KhabarError as error:
            reply = self._endpoint.failed(asked.environ, error)
        finally:
            asked.then(reply)

    def _time(self, asked: Asked, turn: Turn) -> None:
        """Has the query ended at its deadline."""
        self._timed.add(asked)
        if turn.end < self._first:
            self._wind()

    def _wind(self) -> None:
        """Sets the clock to the first deadline."""
        if self._clock is not None:
            self._clock.cancel()
        self._first = min((asked.turn.end for asked in self._timed if asked.turn is not None), default=math.inf)
        if self._timed:
            self._clock = asyncio.get_running_loop().call_at(self._first + GRACE, self._late)

    def _late(self) -> None:
        """Ends what is past its deadline."""
        due = time.monotonic() - GRACE
        for asked in [asked for asked in self._timed if asked.turn is not None and asked.turn.end <= due]:
            self._timed.discard(asked)
            turn, line = asked.turn, asked.line
            assert turn is not None
            if turn.begun is None:
                self._give_up(asked, turn)
            elif line is not None:  # else it has got its place this moment, and `_listen` is to come
                self._end(line, asked, turn.begun)
        self._wind()


def _in_loop(loop: asyncio.AbstractEventLoop, thread: int, act: Callable[[Turn], None], turn: Turn) -> None:
    """Calls `act` in the loop that runs in `thread`, at once where this is it."""
    if threading.get_ident() == thread:
        act(turn)
    else:
        loop.call_soon_threadsafe(act, turn)


def _fail(error: KhabarError) -> Answer:
    raise error
