"""One writer at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreLockedError
from kg.store.layout import Layout


@contextmanager
def writer_lock(db: Path) -> Iterator[None]:
    """Holds the store's lock, or raises StoreLockedError at once. The system lets it go when the process dies."""
    handle = os.open(Layout(db).lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode(errors="replace").strip() or "unknown"
            raise StoreLockedError(f"{db}: process {holder} is writing to it; wait until it is done") from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)
