"""Faults of the disk and of the engines below, as Khabar's own errors."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError, StoreFullError

_FULL = ("No space left on device", "Disk quota exceeded", "database or disk is full")
"""RocksDB and SQLite tell a full disk only in words."""


@contextmanager
def storage_faults(db: Path) -> Iterator[None]:
    """Turns a full disk into StoreFullError and every other fault of the store's files into StoreError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        if full or any(words in str(error) for words in _FULL):
            raise StoreFullError(
                f"{db}: the disk is full; make room and run it again: the last published version is whole and answers"
            ) from error
        raise StoreError(f"{db}: {error}") from error
