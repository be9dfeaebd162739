"""Makes the index of one version: `python -m server.search.build DB VERSION`. SQLite FTS5, whole or not at all."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.named_queries import internal
from kg.store import Version
from kg.store.layout import Layout
from server.search.words import forms_of, stems_of

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE found (id INTEGER PRIMARY KEY, iri TEXT, class TEXT, text TEXT, language TEXT);
CREATE VIRTUAL TABLE words USING fts5(
  forms, stems, content='', detail='column', tokenize="unicode61 remove_diacritics 0"
);
"""


def index_path(db: Path, version: int) -> Path:
    """Where the index of a version lies."""
    return Layout(db).search / f"{version}.sqlite"


def build(db: Path, number: int) -> Path:
    """Writes the index of version `number`; StoreError where the version is gone."""
    target = index_path(db, number)
    target.parent.mkdir(exist_ok=True)
    # one of its own for each process: the orphan of a killed server may still write the same version
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        _fill(Version(db, number), partial)
        partial.rename(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return target


def _fill(version: Version, partial: Path) -> None:
    with version.hold(), closing(sqlite3.connect(partial)) as index:
        index.executescript(_SCHEMA)
        graph = version.open()
        for row in _texts(graph):
            cursor = index.execute("INSERT INTO found (iri, class, text, language) VALUES (?, ?, ?, ?)", row)
            forms = forms_of(row[2])
            stems = sorted(frozenset().union(*map(stems_of, forms))) if forms else []
            index.execute(
                "INSERT INTO words (rowid, forms, stems) VALUES (?, ?, ?)",
                (cursor.lastrowid, " ".join(forms), " ".join(stems)),
            )
        index.execute("INSERT INTO words (words) VALUES ('optimize')")
        index.commit()


def _texts(graph: ox.Store) -> Iterator[tuple[str, str, str, str | None]]:
    solutions = graph.query(internal("search-texts"), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    for thing, cls, text, _ in solutions:
        if isinstance(thing, ox.NamedNode) and isinstance(cls, ox.NamedNode) and isinstance(text, ox.Literal):
            yield thing.value, cls.value, text.value, text.language


if __name__ == "__main__":
    os.nice(10)  # queries come first
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that nothing is left over
    try:
        build(Path(sys.argv[1]), int(sys.argv[2]))
    except StoreError as error:
        sys.exit(str(error))
