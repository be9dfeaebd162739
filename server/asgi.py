"""The application for an ASGI server (uvicorn): cached answers at once, the rest in threads.

A WSGI iterable that fails breaks the transfer, and a client that leaves ends what was being done for it; WSGI servers
promise neither.
"""

from __future__ import annotations

import asyncio
import io
import logging
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote_to_bytes

from kg.errors import QueryError
from server.departure import ENVIRON_KEY, Departure
from server.front import Front
from server.observe import forwarded
from server.patience import BODY, READ
from server.repeats import Repeats, key_of
from server.reply import Reply
from server.workers.pool import GRACE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

log = logging.getLogger("khabar.server")

_IN_MEMORY = 1024 * 1024
_PATIENCE = 0.05  # seconds
_END = object()


class AsgiApplication:
    """Serves `front`; `threads`: how many requests are worked on at a time; `largest`: bytes of a body."""

    def __init__(self, front: Front, threads: int, largest: int, *, behind_proxy: bool = False) -> None:
        self._front = front
        self._behind_proxy = behind_proxy
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="khabar-http")
        self._largest = largest
        self._repeats = Repeats()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        key = key_of(scope) if self._front.keeps else None
        version = 0
        if key is not None:
            version = self._front.version
            again = self._repeats.get(key, version)
            if again is not None:
                self._front.observer.again(scope, again.start["status"], behind_proxy=self._behind_proxy)
                await send(again.start)
                await send(again.body)
                return
        environ = _environ(scope)
        if self._behind_proxy:
            environ["REMOTE_ADDR"] = forwarded(environ.get("HTTP_X_FORWARDED_FOR", ""))
        departure = Departure()
        if environ["REQUEST_METHOD"] == "GET":
            reply = await self._in_loop(environ, receive, departure)
            if reply is not None:
                if key is not None and reply.again:
                    self._repeats.put(key, version, reply, _raw(_complete(reply.headers, reply.body)))
                await self._send_reply(reply, receive, send, departure)
                return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            refusal = None if environ["REQUEST_METHOD"] in ("GET", "HEAD") else await self._read(receive, body)
            if refusal is not None:
                await _send_start(send, refusal, [("Content-Length", "0"), ("Connection", "close")])
                await send({"type": "http.response.body"})
                return
            environ["wsgi.input"] = body
            await self._work(environ, receive, send, departure)

    async def _in_loop(self, environ: WSGIEnvironment, receive: Receive, departure: Departure) -> Reply | None:
        """Watches for the client's leaving only where the answer lets wait: it costs as much as a small query."""
        watches: list[asyncio.Task[None]] = []
        loop = asyncio.get_running_loop()
        patience = loop.call_later(_PATIENCE, lambda: watches.append(loop.create_task(_watch(receive, departure))))
        try:
            return await self._front.in_loop(environ, departure)
        finally:
            patience.cancel()
            for watch in watches:
                watch.cancel()

    async def _send_reply(self, reply: Reply, receive: Receive, send: Send, departure: Departure) -> None:
        await _send_start(send, reply.status, _complete(reply.headers, reply.body))
        if isinstance(reply.body, bytes):
            await send({"type": "http.response.body", "body": reply.body})
            return
        watch = asyncio.create_task(_watch(receive, departure))
        try:
            await self._send_chunks(reply.body, send, departure)
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
            await loop.run_in_executor(self._threads, _close, body)

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

    async def _work(self, environ: WSGIEnvironment, receive: Receive, send: Send, departure: Departure) -> None:
        loop = asyncio.get_running_loop()
        environ[ENVIRON_KEY] = departure
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
            _close(body)
            return status, headers, whole
        return status, headers, body


def _no_write(data: bytes) -> None:
    raise RuntimeError("write() of WSGI is not offered; return an iterable")


async def _watch(receive: Receive, departure: Departure) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    departure.happened()


def _close(body: Iterable[bytes]) -> None:
    close = getattr(body, "close", None)
    if close is not None:
        close()


def _complete(headers: list[tuple[str, str]], body: bytes | Iterable[bytes]) -> Iterator[tuple[str, str]]:
    yield from headers
    if isinstance(body, bytes):
        yield "Content-Length", str(len(body))


async def _send_start(send: Send, status: int, headers: Iterable[tuple[str, str]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _raw(headers)})


def _raw(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(_header_name(name), value.encode("latin-1")) for name, value in headers]


@lru_cache(maxsize=256)
def _header_name(name: str) -> bytes:
    return name.lower().encode("latin-1")


@lru_cache(maxsize=256)
def _key(raw_name: bytes) -> str:
    """Where the WSGI environment has a header."""
    name = raw_name.decode("latin-1").upper().replace("-", "_")
    return name if name in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_" + name


def _environ(scope: Scope) -> WSGIEnvironment:
    """The WSGI environment of an ASGI scope (PEP 3333), its body still to be read."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    raw_path = scope.get("raw_path") or scope["path"].encode()
    path = raw_path.partition(b"?")[0]
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": (unquote_to_bytes(path) if b"%" in path else path).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "REQUEST_URI": raw_path.decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = _key(raw_name), raw_value.decode("latin-1")
        environ[name] = f"{environ[name]},{value}" if name in environ else value
    return environ
