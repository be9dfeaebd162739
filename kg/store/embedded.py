"""The default store: a folder with pyoxigraph's RocksDB in published, immutable versions.

A writer works on its own copy and publishes it whole. The order of a publish makes every moment safe to die in:
version folder (durable) → rows of `articles.sqlite` (one transaction) → switch of `current` (atomic). What is not
switched to is taken back when the next writer opens the store.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.model import Span
from kg.rdf.iris import ACTORS, GAZETTEER, RELEASES, Iris
from kg.rdf.shared import merge
from kg.rdf.terms import node, nquads
from kg.store import history, layout, versions
from kg.store.change import Change
from kg.store.faults import guarded, storage_faults
from kg.store.layout import Layout
from kg.store.live import Live
from kg.store.lock import writer_lock
from kg.store.quarantine import Quarantine
from kg.store.records import ArticleWrite, Records, State
from kg.store.versions import Manifest, Version


class EmbeddedStore:
    """The one writer of the store in folder `db`, which is made if it is not there; a context manager.

    Raises StoreLockedError if another writer is at it for longer than `patience` seconds, StoreFullError when the disk
    is full, StoreError for any other fault; what was not published is then gone, and the published version as it was.
    """

    def __init__(self, db: Path, base: str | None = None, *, patience: float = 0.0) -> None:
        self.db = db
        self._layout = Layout(db)
        self.quarantine = Quarantine(self._layout.quarantine)
        self._base = base
        self._patience = patience
        self._stack = ExitStack()

    @guarded
    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self.base = layout.create(self.db, self._base)
            self.iris = Iris(self.base)
            stack.enter_context(writer_lock(self.db, self._patience))
            self.version = self._published()
            self._recover()
            self._records = Records(self._layout, self._number)
            stack.callback(self._records.close)
            self._live: Live | None = None
            self._changed = False
            stack.callback(self._leave)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        with storage_faults(self.db):
            return self._stack.__exit__(None, None, None)

    @property
    def _number(self) -> int:
        return self.version.number if self.version else 0

    def _published(self) -> Version | None:
        return versions.current(self.db) if self._layout.current.is_symlink() else None

    def _recover(self) -> None:
        """Takes back what a writer that died left behind."""
        self._take_back()
        for partial in self._layout.root.glob(".*.partial"):
            partial.unlink()
        self.quarantine.forget_partial()
        if self._layout.erasing.exists():
            self._purge()

    def _take_back(self) -> None:
        if not self._layout.live.exists():
            return
        history.forget_after(self._layout.history, self._number)
        versions.discard(self.db, self._number)
        shutil.rmtree(self._layout.live, ignore_errors=True)

    def _leave(self) -> None:
        if self._live is not None:
            self._live.close()
        self._take_back()

    def _graph(self) -> Live:
        """The writer's copy, for a change."""
        if self._live is None:
            self._live = Live(self._layout, self.version)
        self._records.begin()
        self._changed = True
        return self._live

    # ── what is there ─────────────────────────────────────────────────────────────────────────────────────────────

    def state(self, article: str) -> State | None:
        """The article as it stands with what is put so far; None if it is not there."""
        return self._records.state(article)

    def is_removed(self, article: str) -> bool:
        """Whether a person removed the article."""
        return self._records.is_gone(self.iris.article(article))

    def find(self, reference: str) -> list[str]:
        """The ids of the articles, present or former, that an IRI, id, address or source name means."""
        return self._records.ids(reference.removeprefix(f"{self.base}article/"))

    # ── changes ───────────────────────────────────────────────────────────────────────────────────────────────────

    @guarded
    def put(self, writes: Sequence[ArticleWrite]) -> None:
        """Stores articles with their graphs; one that is there already is replaced. Seen once published."""
        if not writes:
            return
        live, touched = self._graph(), set[str]()
        for write in writes:
            touched |= self._records.subjects(write.article.id)
            self._replace(write)
            self._records.put(write)
            touched |= {each.subject for each in write.graph.shared}
        live.load(b"".join(write.graph.quads for write in writes))
        self._refresh(touched)

    def _replace(self, write: ArticleWrite) -> None:
        """Takes the article's former graph out; a changed article's former text and graph go to the history."""
        kept = {iri for iri, _ in write.graph.frames}
        former = self._records.state(write.article.id)
        if former is None:
            self._records.note_back([write.graph.iri, *kept])
            return
        quads = self._graph().take_out(write.graph.iri)
        if former.fingerprint != write.fingerprint:
            self._keep(write.article.id, former, nquads(quads))
        gone = [frame for frame in history.frames(quads) if frame[0] not in kept]
        self._records.note_gone(write.article.id, gone, former.sha256)
        self._records.note_back(kept)

    def _keep(self, article: str, former: State, quads: bytes) -> None:
        history.keep(self._layout.history / article, self._records.next, self._records.text(former.sha256), quads)

    @guarded
    def put_graph(self, name: str, quads: bytes) -> bool:
        """Makes `graph/NAME` of exactly these quads (sorted N-Quads); returns whether it was another before."""
        iri = self.iris.graph(name)
        if self.version is not None and not self._changed:
            held = self.version.open().quads_for_pattern(None, None, None, node(iri))
            if nquads(held) == quads:
                return False
        live = self._graph()
        return live.replace(live.graph.quads_for_pattern(None, None, None, node(iri)), quads)

    @guarded
    def apply(self, change: Change) -> Change:
        """Adds and removes quads; returns those that were really added and removed. Seen once published."""
        live = self._graph()
        real = change.on(live.graph)
        live.change(real.removed, real.added)
        return real

    @guarded
    def remove(self, articles: Iterable[str], *, erase: bool = False) -> None:
        """Takes articles out and publishes; their IRIs and their frames' are known to be gone.

        With `erase`, texts, history, quarantine and older versions are purged and the files written anew.
        """
        touched = set[str]()
        articles = list(articles)
        live = self._graph()
        for article in articles:
            touched |= self._records.subjects(article)
            self._take_out(article, erase=erase)
        self._refresh(touched)
        if erase:
            self._layout.erasing.write_text("\n".join(articles), encoding="utf-8")
            live.rebuild(self._layout.root / ".rebuilt.partial")
        self.publish()
        if erase:
            self._purge()
            self._records.forget_log()

    def _take_out(self, article: str, *, erase: bool) -> None:
        iri = self.iris.article(article)
        former = self._records.state(article)
        if former is not None:
            quads = self._graph().take_out(iri)
            if not erase:
                self._keep(article, former, nquads(quads))
            frames: list[tuple[str, Span | None]] = [(iri, None), *history.frames(quads)]
            self._records.note_gone(article, frames, former.sha256)
            self._records.end(article)
        if erase:
            self._records.erase(article)

    def _purge(self) -> None:
        """Deletes what an erasure must not leave: history and quarantine of the articles, every older version."""
        for article in self._layout.erasing.read_text(encoding="utf-8").split():
            shutil.rmtree(self._layout.history / article, ignore_errors=True)
            self.quarantine.release(article)
        versions.discard(self.db, self._number, held=True)
        shutil.rmtree(self._layout.search, ignore_errors=True)
        self._layout.erasing.unlink()

    def _refresh(self, subjects: Iterable[str]) -> None:
        """Makes the quads of shared subjects anew from what articles now say of them."""
        graphs = [self.iris.graph(name) for name in (ACTORS, GAZETTEER, RELEASES)]
        live = self._graph()
        for subject in sorted(subjects):
            live.replace(live.about(subject, graphs), merge(self._records.descriptions(subject)))

    @guarded
    def publish(self, release: str | None = None) -> Version | None:
        """Makes all changes so far the current version, durable on return; None if there are none."""
        if self._live is None or not self._changed:
            return None
        number = self._records.next
        manifest = Manifest(
            version=number,
            published=datetime.now(UTC).isoformat(timespec="seconds"),
            base=self.base,
            release=release or (self.version.manifest.release if self.version else None),
            articles=self._records.articles(),
            quads=self._live.quads,
        )
        versions.publish(self._live.graph, manifest, self.db)
        self._records.commit()
        versions.make_current(self.db, number)
        self.version = Version(self.db, number)
        self._changed = False
        versions.discard(self.db, number)
        return self.version
