"""Replies to requests that came before, byte for byte: found without reading the request again.

`ResultCache` keeps answers by what they mean; this keeps a few thousand replies by the bytes that asked for them.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

_MOST = 16384  # requests
_MOST_BYTES = 32 * 1024 * 1024
_LARGEST = 8192  # bytes of a request, and of a reply
_BESIDE = 500  # bytes that an entry takes besides them, roughly


@dataclass(frozen=True, slots=True)
class Asker:
    """What the access log tells of a request; `client` is None where it is not the request's bytes that name it."""

    client: str | None
    method: str
    query: str
    agent: str


@dataclass(frozen=True, slots=True)
class Repeated:
    """A reply as it was sent, but for the server's own headers: its status line, then its headers and body."""

    version: int
    asker: Asker
    status: int
    rest: bytes


class Repeats:
    """Replies by request; used by the event loop alone, so it has no lock."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, Repeated] = OrderedDict()
        self._bytes = 0

    def get(self, request: bytes) -> Repeated | None:
        """The reply to the same request on what was then the published version."""
        return self._kept.get(request)

    def put(self, request: bytes, repeated: Repeated) -> None:
        """Keeps a small reply; the oldest go where there is no more room."""
        if len(request) > _LARGEST or len(repeated.rest) > _LARGEST:
            return
        self._drop(request, self._kept.pop(request, None))
        self._kept[request] = repeated
        self._bytes += _size(request, repeated)
        while len(self._kept) > _MOST or self._bytes > _MOST_BYTES:
            self._drop(*self._kept.popitem(last=False))

    def _drop(self, request: bytes, repeated: Repeated | None) -> None:
        if repeated is not None:
            self._bytes -= _size(request, repeated)


def _size(request: bytes, repeated: Repeated) -> int:
    return 2 * len(request) + len(repeated.rest) + _BESIDE
