"""What stands before Flask: `/sparql` without Flask's routing, and one observation of each request."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from server.observe import Observer
from server.reply import Reply
from server.sparql.endpoint import SparqlEndpoint
from server.sparql.formats import wants_page
from server.sparql.lane import Asked, Lane, Then
from server.writes.graph_store import PATH, GraphStore

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Front:
    """A WSGI application: `/sparql` (unless a browser asks for its page) and `/data`, `pages` for everything else."""

    def __init__(
        self,
        pages: WSGIApplication,
        endpoint: SparqlEndpoint,
        lane: Lane,
        graph_store: GraphStore,
        observer: Observer,
    ) -> None:
        self._lane = lane
        self._pages = pages
        self._endpoint = endpoint
        self._graph_store = graph_store
        self.observer = observer

    @property
    def version(self) -> int:
        """The number of the published version."""
        return self._lane.version

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = time.perf_counter()
        if is_protocol(environ) or is_data(environ):
            reply = (self._graph_store if is_data(environ) else self._endpoint).answer(environ)
            self.observer.record(environ, reply.status, time.perf_counter() - started)
            return reply.send(environ, start_response)

        def observed(status: str, *rest: object) -> object:
            self.observer.record(environ, int(status.split(" ", 1)[0]), time.perf_counter() - started)
            return start_response(status, *rest)  # type: ignore[arg-type]  # handed on as it came

        return self._pages(environ, observed)  # type: ignore[arg-type]  # same reason

    def ask(self, environ: WSGIEnvironment, then: Then) -> Asked | None:
        """Has `then` called, once, with the reply that the event loop can give by itself, or None where a thread has to
        work for it; returns what `leave` takes, or None where it was called already."""
        started = time.perf_counter()
        prepared = self._endpoint.prepare(environ) if is_protocol(environ) else None
        if prepared is None:
            then(None)
            return None

        def observed(reply: Reply | None) -> None:
            if reply is not None:
                self.observer.record(environ, reply.status, time.perf_counter() - started)
            then(reply)

        reply = self._endpoint.cached(environ, prepared)
        if reply is None:
            return self._lane.ask(environ, prepared, observed)
        observed(reply)
        return None

    def leave(self, asked: Asked) -> None:
        """The client is gone before its reply."""
        self._lane.leave(asked)


def is_data(environ: WSGIEnvironment) -> bool:
    """Whether the request is for the Graph Store."""
    path: str = environ["PATH_INFO"]
    return path == PATH or path.startswith(PATH + "/")


def is_protocol(environ: WSGIEnvironment) -> bool:
    """Whether the request is for the endpoint and not for its page."""
    if environ["PATH_INFO"].rstrip("/") != "/sparql":
        return False
    page = environ["REQUEST_METHOD"] in ("GET", "HEAD") and wants_page(environ.get("HTTP_ACCEPT"))
    return not page or "format=" in environ["QUERY_STRING"]
