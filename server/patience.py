"""How long a client may keep the server waiting: a thousand idle connections would be all it takes to stop it."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD = 20.0
"""Seconds from a connection, or from the first byte of its next request, to the end of the request's head."""

BODY = 30.0
"""Seconds between two pieces of a request's body."""

READ = 20.0
"""Seconds without reading while an answer waits to be sent."""


class PatientProtocol(HttpToolsProtocol):
    """HTTP/1.1 on connections that are closed where their client neither speaks nor reads."""

    head = HEAD
    read = READ
    _in_head = False
    _head: asyncio.TimerHandle | None = None
    _stall: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Called for a new connection."""
        super().connection_made(transport)
        self._head = self.loop.call_later(self.head, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Called with what the client says; a head that came whole needs no clock."""
        super().data_received(data)
        if self._in_head and self._head is None:
            self._head = self.loop.call_later(self.head, self.transport.abort)

    def on_message_begin(self) -> None:
        """Called with the first byte of a request."""
        super().on_message_begin()
        self._in_head = True

    def on_headers_complete(self) -> None:
        """Called with the end of a request's head."""
        self._in_head = False
        self.head_is_there()
        super().on_headers_complete()

    def head_is_there(self) -> None:
        """Stops the clock that runs until the end of a head."""
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def pause_writing(self) -> None:
        """Called when the client has not read for a while."""
        super().pause_writing()
        self._stall = self.loop.call_later(self.read, self.transport.abort)

    def resume_writing(self) -> None:
        """Called when it reads again."""
        _cancel(self._stall)
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Called when the connection is gone."""
        _cancel(self._head)
        _cancel(self._stall)
        super().connection_lost(exc)


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
