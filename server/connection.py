"""A client's connection: what it asks of `/sparql` is answered by the event loop, without a task for each request.

uvicorn reads the requests and keeps their order. Where the loop has a reply, it is written at once; everything else,
and what takes threads, goes to the ASGI application, as any request would.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from server.asgi import REPLY, Scope, close
from server.environ import environ_of
from server.front import Front
from server.patience import PatientProtocol
from server.repeats import Asker, Repeated, Repeats
from server.reply import Reply
from server.sparql.lane import Asked

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment
    from uvicorn._types import ASGI3Application


class Connection(PatientProtocol):
    """Answers from `front`; `repeats` are those of all connections. `behind_proxy`: as `environ_of` has it."""

    def __init__(self, front: Front, repeats: Repeats, behind_proxy: bool, /, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._front = front
        self._repeats = repeats
        self._behind_proxy = behind_proxy
        self._asked: Asked | None = None
        self._reading = False
        self._in_message = False
        self._expected: RequestResponseCycle | None = None  # a request whose body may yet come with its head
        self._begun = 0  # requests that began in what was received last
        self._repeated: Repeated | None = None  # the reply to the last of them

    def data_received(self, data: bytes) -> None:
        """Called with what the client says."""
        fresh = not self._in_message and (self.cycle is None or self.cycle.response_complete)
        if fresh and self._is_repeated(data):
            return
        self._begun, self._repeated = 0, None
        self._reading = True
        super().data_received(data)
        self._reading = False
        if self._expected is not None:
            cycle, self._expected = self._expected, None
            super()._start_asgi_task(cycle, self.app)
        elif fresh and self._repeated is not None and self._begun == 1:
            self._repeats.put(data, self._repeated)

    def on_message_begin(self) -> None:
        """Called with the first byte of a request."""
        super().on_message_begin()
        self._in_message = True
        self._begun += 1

    def on_message_complete(self) -> None:
        """Called with the end of a request."""
        super().on_message_complete()
        self._in_message = False
        if self._expected is not None:
            cycle, self._expected = self._expected, None
            self._answer(cycle)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called when the connection is gone."""
        asked = self._asked
        super().connection_lost(exc)
        if asked is not None:
            self._front.leave(asked)

    def _is_repeated(self, data: bytes) -> bool:
        """Answers a request that came before."""
        found = self._repeats.get(data)
        if found is None or found.version != self._front.version or self.flow.write_paused or self._is_full():
            return False
        self.head_is_there()
        self._unset_keepalive_if_required()
        client = found.asker.client if self._behind_proxy else self.client[0] if self.client else ""
        self._front.observer.again(found.asker, client or "", found.status)
        self.transport.write(b"".join((STATUS_LINE[found.status], *self._own_headers(), found.rest)))
        self.on_response_complete()
        return True

    def _is_full(self) -> bool:
        """Whether uvicorn is to refuse what comes."""
        return self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        """Called by uvicorn with each request whose turn it is."""
        scope = cycle.scope
        if (
            app is not self.app
            or scope["path"] != "/sparql"
            or scope["method"] not in ("GET", "POST")
            or cycle.waiting_for_100_continue
            or self.flow.write_paused
            or (cycle.more_body and not self._reading)
        ):
            super()._start_asgi_task(cycle, app)
        elif self._reading:
            self._expected = cycle
        else:  # it waited for the one before, whose reply is being sent: that may go on for as long as there are more
            self.loop.call_soon(self._answer, cycle)

    def _answer(self, cycle: RequestResponseCycle) -> None:
        if self.transport.is_closing():
            return
        scope = cast(Scope, cycle.scope)
        environ = environ_of(scope, bytes(cycle.body), behind_proxy=self._behind_proxy)
        asked = self._front.ask(environ, partial(self._answered, cycle, environ))
        if asked is not None:
            self._asked = asked

    def _answered(self, cycle: RequestResponseCycle, environ: WSGIEnvironment, reply: Reply | None) -> None:
        """Called with the reply; None where a thread has to work for it."""
        self._asked = None
        if self.transport.is_closing():
            if reply is not None and not isinstance(reply.body, bytes):
                self.loop.run_in_executor(None, close, reply.body)
            cycle.response_complete = True
            return
        if reply is None or not isinstance(reply.body, bytes):
            cast(Scope, cycle.scope)[REPLY] = reply
            super()._start_asgi_task(cycle, self.app)
            return
        rest = _rest(reply, reply.body)
        head = (STATUS_LINE[reply.status], *self._own_headers(), b"" if cycle.keep_alive else b"connection: close\r\n")
        self.transport.write(b"".join((*head, rest)))
        cycle.response_started = cycle.response_complete = True
        if reply.again is not None and cycle.keep_alive:
            self._repeated = Repeated(reply.again, _asker(environ), reply.status, rest)
        if not cycle.keep_alive:
            self.transport.close()
        self.on_response_complete()

    def _own_headers(self) -> Iterable[bytes]:
        """Those of the server, the date above all."""
        return [b"%b: %b\r\n" % header for header in self.server_state.default_headers]


def _rest(reply: Reply, body: bytes) -> bytes:
    """Headers and body."""
    fields = [f"{name.lower()}: {value}\r\n" for name, value in reply.headers]
    if reply.status != 304:  # whose length would be that of the body it stands for
        fields.append(f"content-length: {len(body)}\r\n")
    return "".join(fields).encode("latin-1") + b"\r\n" + body


def _asker(environ: WSGIEnvironment) -> Asker:
    agent = environ.get("HTTP_USER_AGENT", "")
    return Asker(environ["REMOTE_ADDR"], environ["REQUEST_METHOD"], environ["QUERY_STRING"], agent)
