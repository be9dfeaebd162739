"""Faults of the disk and of the engines below, as Khabar's own errors."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from kg.errors import StoreError, StoreFullError

_FULL = ("No space left on device", "Disk quota exceeded", "database or disk is full")
"""RocksDB and SQLite tell a full disk only in words."""

_ROOM = 1_000_000
"""Free bytes below which SQLite's "disk I/O error" (it cannot make its shared index) is taken as a full disk."""

P = ParamSpec("P")
R = TypeVar("R")


class _InFolder(Protocol):
    @property
    def db(self) -> Path: ...


S = TypeVar("S", bound=_InFolder)


@contextmanager
def storage_faults(db: Path) -> Iterator[None]:
    """Turns a full disk into StoreFullError and every other fault of the store's files into StoreError."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        if _is_full(db, error):
            raise StoreFullError(
                f"{db}: the disk is full; make room and run it again: the last published version is whole and answers"
            ) from error
        raise StoreError(f"{db}: {error}") from error


def _is_full(db: Path, error: OSError | sqlite3.Error) -> bool:
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return True
    if "disk I/O error" in str(error):
        return shutil.disk_usage(db).free < _ROOM
    return any(words in str(error) for words in _FULL)


def guarded(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """A store's method whose faults come out as `storage_faults` tells them."""

    @wraps(method)
    def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with storage_faults(self.db):
            return method(self, *args, **kwargs)

    return call
