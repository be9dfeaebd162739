"""What is kept of each article beside its graph: its text, where it was read from, when, and by which release.

One SQLite file; each row holds for a range of versions, so that readers see what belongs to theirs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import resources
from typing import Any
from urllib.parse import quote

from kg.model import Article, Span
from kg.store.faults import storage_faults
from kg.store.layout import Layout
from kg.store.versions import Version

_PATIENCE = 30.0  # seconds that a reader waits for the writer's commit, which takes milliseconds


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of a version. `since` is the version it was first in as it stands; `read_at` a UTC clock time."""

    article: Article
    since: int
    release: str
    quads: int
    read_at: str
    notes: tuple[str, ...]
    record: bytes  # the extraction record as JSON, UTF-8


@dataclass(frozen=True, slots=True)
class Gone:
    """An IRI that was answered once: a removed article, or a frame that its article no longer has.

    `span` counts in `text`, the article's text of then; both are None for an article, and once erased.
    """

    iri: str
    article: str
    since: int
    span: Span | None
    text: str | None


def connect(layout: Layout) -> sqlite3.Connection:
    """The writer's connection; makes the tables. The caller holds the writer's lock."""
    connection = sqlite3.connect(layout.articles, timeout=_PATIENCE, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")  # readers never wait for the writer
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")  # erased text is overwritten
    connection.executescript(resources.files("kg.store").joinpath("schema.sql").read_text(encoding="utf-8"))
    return connection


@contextmanager
def _reading(version: Version) -> Iterator[sqlite3.Connection]:
    with storage_faults(version.db), closing(_reader(Layout(version.db))) as connection:
        yield connection


def _reader(layout: Layout) -> sqlite3.Connection:
    """A connection that changes nothing, but may set right what a writer that died left.

    Where that cannot be written (a read-only or full disk) and no log is waiting, the file is taken as one that nobody
    changes.
    """
    try:
        return _opened(layout, "mode=rw")
    except sqlite3.OperationalError:
        log = layout.articles.with_name(f"{layout.articles.name}-wal")
        if log.exists() and log.stat().st_size > 0:
            raise
        return _opened(layout, "mode=ro&immutable=1")


def _opened(layout: Layout, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(layout.articles))}?{mode}", uri=True, timeout=_PATIENCE)
    try:
        connection.execute("PRAGMA query_only = ON")
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        raise
    return connection


_ARTICLE = """
    SELECT id, name, body, sha256, title, url, publisher, published, language,
           since, release, quads, read_at, notes, record
    FROM article JOIN text USING (sha256)
    WHERE since <= :version AND (until IS NULL OR until > :version)
"""


def read_article(version: Version, article_id: str) -> StoredArticle | None:
    """The article with that id in that version, its text included; None if there is none."""
    with _reading(version) as connection:
        row = connection.execute(_ARTICLE + " AND id = :id", {"version": version.number, "id": article_id}).fetchone()
    return _stored(row) if row else None


def read_articles(version: Version) -> Iterator[StoredArticle]:
    """Every article of that version, in the order of their ids."""
    with _reading(version) as connection:
        for row in connection.execute(_ARTICLE + " ORDER BY id", {"version": version.number}):
            yield _stored(row)


def find_gone(version: Version, iri: str) -> Gone | None:
    """What stood at an IRI that the version no longer answers; None if nothing ever did, or it is there."""
    with _reading(version) as connection:
        row = connection.execute(
            """SELECT iri, article, since, first, last, body FROM gone LEFT JOIN text USING (sha256)
               WHERE iri = :iri AND since <= :version AND (until IS NULL OR until > :version)
               ORDER BY since DESC""",
            {"iri": iri, "version": version.number},
        ).fetchone()
    if row is None:
        return None
    found, article, since, first, last, body = row
    span = None if body is None or first is None else Span(first, last)
    return Gone(found, article, since, span, None if body is None else body.decode())


def _stored(row: tuple[Any, ...]) -> StoredArticle:
    identity, name, body, *source = row[:9]
    since, release, quads, read_at, notes, record = row[9:]
    article = Article(identity, name, body.decode(), *source)
    return StoredArticle(article, since, release, quads, read_at, tuple(json.loads(notes)), record)
