"""The application for an ASGI server (uvicorn): what the event loop does not answer (`connection.py`), in threads.

A WSGI iterable that fails breaks the transfer, and a client that leaves ends what was being done for it; WSGI servers
promise neither.
"""

from __future__ import annotations

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import QueryError
from server.departure import ENVIRON_KEY, Departure
from server.environ import environ_of
from server.front import Front
from server.patience import BODY, READ
from server.reply import Headers, Reply
from server.workers.pool import GRACE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

log = logging.getLogger("khabar.server")

REPLY = "khabar.reply"
"""Where the scope of a request holds a `Reply` that has begun and is yet to be sent."""

_IN_MEMORY = 1024 * 1024
_END = object()


class AsgiApplication:
    """Serves `front`; `threads`: how many requests are worked on at a time; `largest`: bytes of a body."""

    def __init__(self, front: Front, threads: int, largest: int, *, behind_proxy: bool = False) -> None:
        self._front = front
        self._behind_proxy = behind_proxy
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="khabar-http")
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        begun: Reply | None = scope.get(REPLY)
        if begun is not None and not isinstance(begun.body, bytes):
            await self._send_begun(begun.status, begun.headers, begun.body, receive, send)
            return
        environ = environ_of(scope, behind_proxy=self._behind_proxy)
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            refusal = None if environ["REQUEST_METHOD"] in ("GET", "HEAD") else await self._read(receive, body)
            if refusal is not None:
                await _send_start(send, refusal, [("Content-Length", "0"), ("Connection", "close")])
                await send({"type": "http.response.body"})
                return
            environ["wsgi.input"] = body
            await self._work(environ, receive, send)

    async def _send_begun(
        self, status: int, headers: Headers, body: Iterable[bytes], receive: Receive, send: Send
    ) -> None:
        departure = Departure()
        watch = asyncio.create_task(_watch(receive, departure))
        try:
            await _send_start(send, status, headers)
            await self._send_chunks(body, send, departure)
        finally:
            watch.cancel()

    async def _send_chunks(self, body: Iterable[bytes], send: Send, departure: Departure) -> None:
        loop = asyncio.get_running_loop()
        chunks = iter(body)
        try:
            while (chunk := await loop.run_in_executor(self._threads, next, chunks, _END)) is not _END:
                if departure.gone:
                    return
                left = getattr(body, "left", None)  # no place among the queries is kept for one who does not read
                async with asyncio.timeout(READ if left is None else left + GRACE):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body"})
        except (QueryError, TimeoutError) as error:  # an unfinished response makes the server close the connection
            log.warning("a transfer was broken off: %s", str(error) or "its client does not read it")
        finally:
            await loop.run_in_executor(self._threads, close, body)

    async def _read(self, receive: Receive, body: BinaryIO | Any) -> int | None:
        """Reads a request's body; the status of the refusal where it is too large, comes too slowly, or is cut off."""
        size = 0
        while True:
            try:
                async with asyncio.timeout(BODY):
                    message = await receive()
            except TimeoutError:
                return 408
            if message["type"] == "http.disconnect":  # half a body is none: half a write would be one
                return 400
            chunk = message.get("body", b"")
            size += len(chunk)
            if size > self._largest:
                return 413
            body.write(chunk)
            if not message.get("more_body"):
                body.seek(0)
                return None

    async def _work(self, environ: WSGIEnvironment, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        departure = environ[ENVIRON_KEY] = Departure()
        watch = asyncio.create_task(_watch(receive, departure))
        try:
            status, headers, body = await loop.run_in_executor(self._threads, self._call, environ)
            await _send_start(send, status, headers)
            if isinstance(body, list):
                await send({"type": "http.response.body", "body": b"".join(body)})
            else:
                await self._send_chunks(body, send, departure)
        finally:
            watch.cancel()

    def _call(self, environ: WSGIEnvironment) -> tuple[int, list[tuple[str, str]], Iterable[bytes]]:
        started: list[tuple[int, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: object = None
        ) -> Callable[..., object]:
            started.append((int(status.split(" ", 1)[0]), headers))
            return _no_write

        body = self._front(environ, start_response)
        status, headers = started[-1]
        if isinstance(body, list) or any(name.lower() == "content-length" for name, _ in headers):
            whole = list(body)
            close(body)
            return status, headers, whole
        return status, headers, body


def _no_write(data: bytes) -> None:
    raise RuntimeError("write() of WSGI is not offered; return an iterable")


async def _watch(receive: Receive, departure: Departure) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    departure.happened()


def close(body: object) -> None:
    """Tells a body that it is not read any further."""
    ending = getattr(body, "close", None)
    if ending is not None:
        ending()


async def _send_start(send: Send, status: int, headers: Iterable[tuple[str, str]]) -> None:
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": raw})
