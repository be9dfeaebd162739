"""A reply before it becomes WSGI: status, headers and a body that is whole or an iterator of chunks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

Headers = list[tuple[str, str]]

CORS: Headers = [  # what every reply with data carries: open to all pages, never taken for another type
    ("Access-Control-Allow-Origin", "*"),
    ("X-Content-Type-Options", "nosniff"),
    ("Access-Control-Expose-Headers", "ETag, Location, Retry-After, X-Khabar-Version"),
]


@dataclass(slots=True)
class Reply:
    """One HTTP reply. `again`: the version of the store on which the same request gets the same reply."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes | Iterable[bytes] = b""
    again: int | None = None

    def send(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Hands the reply to the WSGI server; a HEAD request gets no body."""
        headers = self.headers
        if isinstance(self.body, bytes):
            headers = [*headers, ("Content-Length", str(len(self.body)))]
        start_response(f"{self.status} {HTTPStatus(self.status).phrase}", headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            close = getattr(self.body, "close", None)
            if close is not None:
                close()
            return [b""]
        return [self.body] if isinstance(self.body, bytes) else self.body
