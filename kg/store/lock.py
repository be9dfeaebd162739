"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreLockedError
from kg.store.layout import Layout

_PAUSE = 0.02  # seconds between two tries


@contextmanager
def writer_lock(db: Path, patience: float = 0.0) -> Iterator[None]:
    """Holds the store's lock; raises StoreLockedError when it is not free within `patience` seconds.

    The system lets the lock go when the process dies.
    """
    handle = os.open(Layout(db).lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        until = time.monotonic() + patience
        while not _is_taken(handle):
            if time.monotonic() >= until:
                holder = os.pread(handle, 32, 0).decode(errors="replace").strip() or "unknown"
                raise StoreLockedError(f"{db}: process {holder} is writing to it; wait until it is done")
            time.sleep(_PAUSE)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _is_taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
