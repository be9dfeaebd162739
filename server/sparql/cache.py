"""Answers kept by version, query, dataset and format; at most so many bytes, the longest unused go first."""

from __future__ import annotations

import gzip
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

from server.workers.protocol import Form

Key = tuple[int, str, object, object, object]
"""Version, text, formats, dataset, base IRI."""

_NEVER_TWICE_THE_SAME = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_WORTH_PACKING = 600


@dataclass(slots=True)
class Kept:
    """A whole answer and its strong entity tag; the gzipped bytes are made when first asked for."""

    form: Form
    body: bytes
    tag: str
    _packed: bytes | None = None

    def packed(self) -> bytes | None:
        """The body gzipped; None where that does not pay."""
        if self._packed is None and len(self.body) >= _WORTH_PACKING:
            self._packed = gzip.compress(self.body, 5, mtime=0)
        return self._packed

    @property
    def size(self) -> int:
        """Bytes of memory, roughly, with room for the gzipped body."""
        return len(self.body) * 5 // 4 + 500


def keep(form: Form, body: bytes) -> Kept:
    """An answer with its tag."""
    return Kept(form, body, blake2b(body, digest_size=12).hexdigest())


def may_be_kept(text: str) -> bool:
    """Whether a query gives the same answer each time it is asked of the same version."""
    return not _NEVER_TWICE_THE_SAME.search(text)


class ResultCache:
    """At most `most` bytes of answers; 0 keeps none. Safe for threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.hits = 0
        self.misses = 0
        self.size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Kept | None:
        """The answer kept under `key`."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                self.misses += 1
            else:
                self.hits += 1
                self._kept.move_to_end(key)
            return found

    def put(self, key: Key, answer: Kept) -> None:
        """Keeps an answer unless it alone would take more than an eighth of the room."""
        if answer.size > self.most // 8:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self.size += answer.size - (before.size if before else 0)
            self._kept[key] = answer
            while self.size > self.most:
                self.size -= self._kept.popitem(last=False)[1].size
