"""Replies to requests that came before, byte for byte: found without reading the request again.

`ResultCache` keeps answers by what they mean; this keeps a few thousand of them by how they were asked for.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from server.reply import Reply

Key = tuple[bytes, ...]

_MOST = 16384  # requests
_MOST_BYTES = 32 * 1024 * 1024
_LARGEST = 8192  # bytes of a body that is kept here
_MATTERS = (b"host", b"accept", b"accept-encoding", b"accept-language")
_NEVER = frozenset((b"if-none-match", b"authorization", b"range", b"prefer"))


@dataclass(frozen=True, slots=True)
class Repeated:
    """A reply as it was sent: the ASGI messages of its head and body, which whoever sends them leaves as they are."""

    start: MutableMapping[str, Any]
    body: MutableMapping[str, Any]


class Repeats:
    """Replies by request; used by the event loop alone, so it has no lock."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Key, tuple[int, Repeated]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Key, version: int) -> Repeated | None:
        """The reply to the same request on the same version of the store."""
        found = self._kept.get(key)
        return found[1] if found is not None and found[0] == version else None

    def put(self, key: Key, version: int, reply: Reply, headers: list[tuple[bytes, bytes]]) -> None:
        """Keeps a small whole reply to a query that gives the same again (it has an entity tag).

        `headers`: all that it was sent with, as ASGI has them.
        """
        if reply.status != 200 or not isinstance(reply.body, bytes) or len(reply.body) > _LARGEST:
            return
        self._drop(self._kept.pop(key, None))
        start = {"type": "http.response.start", "status": reply.status, "headers": headers}
        body = {"type": "http.response.body", "body": reply.body}
        self._kept[key] = (version, Repeated(start, body))
        self._bytes += len(reply.body)
        while len(self._kept) > _MOST or self._bytes > _MOST_BYTES:
            self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, entry: tuple[int, Repeated] | None) -> None:
        if entry is not None:
            self._bytes -= len(entry[1].body["body"])


def key_of(scope: MutableMapping[str, Any]) -> Key | None:
    """What tells a GET of `/sparql` from others; None for a request that is to be read."""
    if scope["method"] != "GET" or scope["path"] != "/sparql":
        return None
    found = dict.fromkeys(_MATTERS, b"")
    for name, value in scope["headers"]:
        if name in _NEVER:
            return None
        if name in found:
            found[name] = value
    return (scope["query_string"], *found.values())
