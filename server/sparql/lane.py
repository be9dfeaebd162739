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
from server.workers.running import Begun

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
            begun = await self._begin(environ, prepared)
            departure.then(lambda: self._pool.cancel(begun.running.id))
            received = self._pool.receive(begun, ready=await _readable(begun))
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

    async def _begin(self, environ: WSGIEnvironment, prepared: Prepared) -> Begun:
        loop, here = asyncio.get_running_loop(), threading.get_ident()
        granted = loop.create_future()

        def ready() -> None:
            if threading.get_ident() == here:
                _wake(granted)
            else:
                loop.call_soon_threadsafe(_wake, granted)

        turn = self._pool.enter(prepared.request, environ.get("REMOTE_ADDR", ""), ready)
        if not turn.has_place:
            late = loop.call_at(turn.end, _wake, granted)
            await granted
            late.cancel()
            if not turn.has_place:
                self._pool.give_up(turn)
        if turn.begun is None:
            return await loop.run_in_executor(None, self._pool.begin, turn)
        return turn.begun


async def _readable(begun: Begun) -> bool:
    """Until the worker says something or dies; False where it does neither until after its deadline."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[bool] = loop.create_future()
    descriptor = begun.worker.connection.fileno()
    loop.add_reader(descriptor, _wake, ready)
    late = loop.call_at(begun.end + GRACE, _wake, ready, False)
    try:
        return await ready
    finally:
        late.cancel()
        loop.remove_reader(descriptor)


def _wake(future: asyncio.Future[bool], result: bool = True) -> None:
    if not future.done():
        future.set_result(result)
