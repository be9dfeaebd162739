"""The short way for queries by GET: the event loop itself waits for the worker, no thread between them.

Handing a request to a thread and its answer back costs more than a small query takes. What is not small (a second
chunk, a worker that must be forked) goes on in threads.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kg.errors import KhabarError, QueryBusyError, QueryServiceError, VersionGoneError
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
            begun = await self._begin(environ, prepared, departure)
            if begun is None:
                return None
            await _readable(begun)
            received = self._pool.receive(begun)
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

    async def _begin(self, environ: WSGIEnvironment, prepared: Prepared, departure: Departure) -> Begun | None:
        loop = asyncio.get_running_loop()
        client = environ.get("REMOTE_ADDR", "")
        end = loop.time() + prepared.request.deadline
        while True:
            begun = self._pool.try_begin(prepared.request, client, departure)
            if begun is not None:
                return begun
            turn = loop.create_future()

            def call(turn: asyncio.Future[None] = turn) -> None:
                loop.call_soon_threadsafe(_wake, turn)

            if not self._pool.when_free(client, call):
                return None
            late = loop.call_later(end - loop.time(), _wake, turn)
            try:
                await turn
            finally:
                late.cancel()
                self._pool.forget(client, call)
            if loop.time() >= end:
                raise QueryBusyError("no worker was free before the deadline", retry_after=prepared.request.deadline)


async def _readable(begun: Begun) -> None:
    """Until the worker says something, dies, or is far past its deadline."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()
    descriptor = begun.worker.connection.fileno()
    loop.add_reader(descriptor, _wake, ready)
    late = loop.call_later(begun.request.deadline + GRACE, _wake, ready)
    try:
        await ready
    finally:
        late.cancel()
        loop.remove_reader(descriptor)


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
