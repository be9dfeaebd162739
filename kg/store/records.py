"""The writer's side of `articles.sqlite`: every change is stamped with the version that will publish it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Article, Span
from kg.rdf.quads import ArticleGraph
from kg.store.layout import Layout
from kg.store.ledger import connect


@dataclass(frozen=True, slots=True)
class State:
    """What the store knows of an article: enough to tell whether it must be read again."""

    fingerprint: str
    release: str
    sha256: str
    quads: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleWrite:
    """An article that passed the gate, ready to be stored. `read_at` is a UTC clock time in ISO 8601."""

    article: Article
    fingerprint: str
    release: str
    graph: ArticleGraph
    read_at: str
    record: bytes = b"{}"
    notes: tuple[str, ...] = ()


class Records:
    """Rows of the version that comes next; nothing is seen by readers before `commit` and the switch of version.

    `published` is the number of the current version: rows that a crash left behind it are taken back first.
    """

    def __init__(self, layout: Layout, published: int) -> None:
        self._connection = connect(layout)
        self.next = published + 1
        self._roll_back()

    def _roll_back(self) -> None:
        if self._connection.execute("PRAGMA user_version").fetchone()[0] < self.next:
            return
        self.begin()
        for table in ("article", "describes", "gone"):
            self._connection.execute(f"DELETE FROM {table} WHERE since >= ?", (self.next,))
            self._connection.execute(f"UPDATE {table} SET until = NULL WHERE until >= ?", (self.next,))
        self._forget_unused()
        self._connection.execute(f"PRAGMA user_version = {self.next - 1}")
        self._connection.execute("COMMIT")

    def _forget_unused(self) -> None:
        self._connection.execute("DELETE FROM description WHERE number NOT IN (SELECT description FROM describes)")
        self._connection.execute("DELETE FROM text WHERE sha256 NOT IN (SELECT sha256 FROM article)")

    def begin(self) -> None:
        """Starts the changes of the next version; does nothing when they are started."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Makes the changes durable; later ones belong to the version after."""
        self._connection.execute(f"PRAGMA user_version = {self.next}")
        self._connection.execute("COMMIT")
        self.next += 1

    def forget_log(self) -> None:
        """Empties the write-ahead log, which still holds what was erased. Not inside a transaction."""
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Drops what is not committed."""
        self._connection.close()

    # ── what is known ─────────────────────────────────────────────────────────────────────────────────────────────

    def state(self, article: str) -> State | None:
        row = self._connection.execute(
            "SELECT fingerprint, release, sha256, quads, url FROM article WHERE id = ? AND until IS NULL", (article,)
        ).fetchone()
        return State(*row) if row else None

    def is_gone(self, iri: str) -> bool:
        """Whether something stood at that IRI and no longer does."""
        found = self._connection.execute("SELECT 1 FROM gone WHERE iri = ? AND until IS NULL", (iri,)).fetchone()
        return found is not None

    def ids(self, reference: str) -> list[str]:
        """The articles, present or former, that an id, an address or a source's name means; several for a name."""
        rows = self._connection.execute(
            """SELECT id FROM article WHERE id = :it OR url = :it OR name = :it
               UNION SELECT article FROM gone WHERE article = :it""",
            {"it": reference},
        )
        return sorted(row[0] for row in rows)

    def articles(self) -> int:
        """How many articles the next version has."""
        return int(self._connection.execute("SELECT COUNT(*) FROM article WHERE until IS NULL").fetchone()[0])

    def text(self, sha256: str) -> bytes:
        row = self._connection.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
        return bytes(row[0])

    def subjects(self, article: str) -> set[str]:
        """The shared subjects that an article describes."""
        rows = self._connection.execute(
            """SELECT subject FROM describes JOIN description ON number = description
               WHERE article = ? AND until IS NULL""",
            (article,),
        )
        return {row[0] for row in rows}

    def descriptions(self, subject: str) -> list[bytes]:
        """What articles now say of a shared subject, each description once."""
        rows = self._connection.execute(
            """SELECT quads FROM description WHERE subject = ? AND EXISTS
               (SELECT 1 FROM describes WHERE description = number AND until IS NULL)""",
            (subject,),
        )
        return [bytes(row[0]) for row in rows]

    # ── changes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def put(self, write: ArticleWrite) -> None:
        """Records an article as it is from the next version on; its former row ends there."""
        article = write.article
        self.end(article.id)
        self._connection.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (article.sha256, article.text.encode()))
        self._connection.execute(
            "INSERT INTO article VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article.id, self.next, article.name, article.sha256,
                article.title, article.url, article.publisher, article.published, article.language,
                write.fingerprint, write.release, write.graph.quads.count(b"\n"), write.read_at,
                json.dumps(write.notes, ensure_ascii=False), write.record,
            ),
        )  # fmt: skip
        for each in write.graph.shared:
            self._connection.execute(
                "INSERT OR IGNORE INTO description (subject, quads) VALUES (?, ?)", (each.subject, each.quads)
            )
            self._connection.execute(
                "INSERT INTO describes SELECT ?, number, ?, NULL FROM description WHERE subject = ? AND quads = ?",
                (article.id, self.next, each.subject, each.quads),
            )

    def end(self, article: str) -> None:
        """From the next version on the article is not there, nor what it says of shared subjects."""
        for table, column in (("article", "id"), ("describes", "article")):
            self._connection.execute(f"DELETE FROM {table} WHERE {column} = ? AND since = ?", (article, self.next))
            self._connection.execute(
                f"UPDATE {table} SET until = ? WHERE {column} = ? AND until IS NULL", (self.next, article)
            )

    def note_gone(self, article: str, frames: Iterable[tuple[str, Span | None]], sha256: str) -> None:
        """IRIs that the next version no longer answers, with their passage in the text of that hash."""
        self._connection.executemany(
            "INSERT INTO gone VALUES (?, ?, ?, NULL, ?, ?, ?)",
            [
                (iri, article, self.next, sha256, span and span.start, span and span.end)
                for iri, span in frames
                if not self.is_gone(iri)
            ],
        )

    def note_back(self, iris: Iterable[str]) -> None:
        """IRIs that the next version answers again."""
        self._connection.executemany(
            "UPDATE gone SET until = ? WHERE iri = ? AND until IS NULL", [(self.next, iri) for iri in iris]
        )

    def erase(self, article: str) -> None:
        """Deletes every row, present or former, that tells what the article said; that it was there stays known."""
        self._connection.execute("DELETE FROM article WHERE id = ?", (article,))
        self._connection.execute("DELETE FROM describes WHERE article = ?", (article,))
        self._connection.execute(
            "UPDATE gone SET sha256 = NULL, first = NULL, last = NULL WHERE article = ?", (article,)
        )
        self._forget_unused()
