"""The short way for queries by GET: the event loop itself waits for the worker, no thread between them.

Handing a request to a thread and its answer back costs more than a small query takes. What is not small (a second
chunk, a worker that must be forked) goes on in threads.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from kg.errors import KhabarError, QueryServiceError, VersionGoneError
from server.departure import Departure
from server.reply import Reply
from server.sparql.endpoint import Prepared, SparqlEndpoint
from server.workers.pool import GRACE, WorkerPool
from server.workers.running import Begun, Turn

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Lane:
    """Answers prepared queries in the event loop."""

    def __init__(self, endpoint: SparqlEndpoint, pool: WorkerPool) -> None:
        self._endpoint = endpoint
        self._pool = pool

    @property
    def version(self) -> int:
        """The number of the published version."""
        return self._pool.version

    async def answer(self, environ: WSGIEnvironment, prepared: Prepared, departure: Departure) -> Reply | None:
        """The reply; None where a thread has to work for it."""
        try:
            begun, ready = await self._asked(environ, prepared, departure)
            received = self._pool.receive(begun, ready=ready)
            if received is None:  # ending a worker waits for the system a little
                loop = asyncio.get_running_loop()
                raise await loop.run_in_executor(None, self._pool.died, begun)
            return self._endpoint.reply(environ, prepared, self._pool.conclude(begun, received))
        except VersionGoneError:
            return None
        except QueryServiceError as error:
            return None if self._endpoint.federates else self._endpoint.failed(environ, error)
        except KhabarError as error:
            return self._endpoint.failed(environ, error)

    async def _asked(self, environ: WSGIEnvironment, prepared: Prepared, departure: Departure) -> tuple[Begun, bool]:
        """The query at its worker, and whether that has said something or died."""
        loop, here = asyncio.get_running_loop(), threading.get_ident()
        answered = loop.create_future()

        def listen(turn: Turn) -> None:
            if turn.begun is None:  # a worker is to be forked
                _wake(answered)
            if turn.begun is None or answered.done():
                return
            departure.then(lambda: self._pool.cancel(turn.running.id))
            loop.add_reader(turn.begun.worker.connection, _wake, answered)

        def ready(turn: Turn) -> None:
            if threading.get_ident() == here:
                listen(turn)
            else:
                loop.call_soon_threadsafe(listen, turn)

        turn = self._pool.enter(prepared.request, environ.get("REMOTE_ADDR", ""), ready)
        said = await _until(turn, answered)
        if turn.begun is None:
            if not turn.has_place:
                self._pool.give_up(turn)
            await loop.run_in_executor(None, self._pool.begin, turn)
            answered = loop.create_future()
            listen(turn)
            said = await _until(turn, answered)
        assert turn.begun is not None
        return turn.begun, said


async def _until(turn: Turn, answered: asyncio.Future[bool]) -> bool:
    """Until the worker says something or dies; False where it does neither until after the deadline."""
    loop = asyncio.get_running_loop()
    late = loop.call_at(turn.end + GRACE, _wake, answered, False)
    try:
        return await answered
    finally:
        late.cancel()
        if turn.begun is not None:
            loop.remove_reader(turn.begun.worker.connection)


def _wake(future: asyncio.Future[bool], result: bool = True) -> None:
    if not future.done():
        future.set_result(result)
