"""Which articles a run has met already; on disk when they are many, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from types import TracebackType
from typing import Self


class Seen:
    """A set of articles by id, with fingerprint and name; a temporary file that vanishes with the process."""

    def __init__(self) -> None:
        self._table = sqlite3.connect("", isolation_level=None)
        self._table.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, fingerprint TEXT, name TEXT) WITHOUT ROWID")
        self._table.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with closing(self._table):
            self._table.execute("ROLLBACK")

    def before(self, article: str, fingerprint: str, name: str) -> tuple[str, str] | None:
        """Fingerprint and name under which the article was met before; None, and it is noted, the first time."""
        found = self._table.execute("SELECT fingerprint, name FROM seen WHERE id = ?", (article,)).fetchone()
        if found is None:
            self._table.execute("INSERT INTO seen VALUES (?, ?, ?)", (article, fingerprint, name))
            return None
        return (found[0], found[1])
