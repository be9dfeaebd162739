"""Python's cyclic garbage collector in a long run of extractions.

Extraction makes many small objects and no cycles of them, and the language data and the gazetteer stay until the end: a
collector that searches all of it after every few hundred new objects takes a tenth of the time and finds nothing.
"""

from __future__ import annotations

import gc
from functools import cache

_NEW_OBJECTS = 50_000  # between two searches of the youngest generation; Python's own value is 700


def settle() -> None:
    """Takes what is loaded by now out of the collector's sight and lets it run less often: after a first article."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 10, 10)


@cache
def settle_once() -> None:
    """Settles this process the first time it is asked to."""
    settle()
