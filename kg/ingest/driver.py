"""Reads sources, leaves out what is unchanged, hands the rest to workers, and publishes what passes in batches."""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path

from kg.collector import settle_once
from kg.errors import ReadError
from kg.gate import report_graph
from kg.ingest.seen import Seen
from kg.ingest.summary import Problem, Summary
from kg.ingest.workers import Workers
from kg.migrate import require_current
from kg.model import Article
from kg.pipeline import Outcome, Stages, process
from kg.rdf.decisions import Decisions
from kg.rdf.iris import ONTOLOGY_GRAPH
from kg.rdf.ontology_graph import ontology_quads
from kg.release import release_id
from kg.store.decisions import decided
from kg.store.embedded import EmbeddedStore
from kg.store.protocol import Store
from kg.store.records import ArticleWrite

CHUNK = 32  # articles a worker takes at a time: enough for the gate to share one run of the engine among them
BATCH = 512  # articles a version publishes: some 200,000 quads
FEW = 64  # up to so many sources, starting processes costs more than it saves


def ingest(
    db: Path,
    sources: Iterable[Article | ReadError],
    *,
    base: str | None = None,
    jobs: int | None = None,
    batch: int = BATCH,
    readmit: bool = False,
    stages: Stages | None = None,
) -> Summary:
    """Reads `sources` into the store in folder `db` (made if it is not there) and says what became of each.

    `jobs`: processes, by default one for few articles, else one a core; neither their number nor the order of the
    sources changes the graph. `batch`: articles after which a version is published. `readmit` takes in articles that
    a person removed. Raises StoreLockedError, StoreFullError, StoreError (also where the store's data must be migrated
    first); what was published by then stays.
    """
    first = list(islice(sources := iter(sources), FEW))
    if jobs is None:
        jobs = (os.cpu_count() or 1) if len(first) == FEW else 1
    release = release_id()
    with EmbeddedStore(db, base) as store, Seen() as seen:
        require_current(store.version, db)
        decisions = decided(store.version)
        work = partial(_worked, release=release, base=store.base, stages=stages or Stages(), decisions=decisions)
        with Workers[Article, Outcome](jobs, work) as workers:
            run = Run(store, seen, workers, Summary(release), batch, readmit)
            store.put_graph(ONTOLOGY_GRAPH, ontology_quads(store.base))
            run.take(chain(first, sources))
        run.publish()
        run.summary.version = store.version.number if store.version else None
        return run.summary


def _worked(
    articles: Sequence[Article], release: str, base: str, stages: Stages, decisions: Decisions
) -> list[Outcome]:
    """What `process` makes of articles; with the first of them all that a worker needs is loaded."""
    outcomes = process(articles, release, base, stages, decisions)
    settle_once()
    return outcomes


class Run:
    """Articles on their way through the workers into the store."""

    def __init__(
        self,
        store: Store,
        seen: Seen,
        workers: Workers[Article, Outcome],
        summary: Summary,
        batch: int | None,
        readmit: bool,
    ) -> None:
        """`batch`: articles after which a version is published; None for one version at the end."""
        self.store, self.seen, self.workers, self.summary = store, seen, workers, summary
        self.batch, self.readmit = batch, readmit
        self._running: deque[tuple[list[Article], Future[list[Outcome]]]] = deque()
        self._passed: list[ArticleWrite] = []

    def take(self, sources: Iterable[Article | ReadError]) -> None:
        """Extracts and stores what is readable, new or changed."""
        self.extract(article for article in self._readable(sources) if self._is_wanted(article))

    def extract(self, articles: Iterable[Article]) -> None:
        """Extracts and stores articles, whatever the store holds of them."""
        wanted = iter(articles)
        while chunk := list(islice(wanted, CHUNK)):
            self._running.append((chunk, self.workers.submit(chunk)))
            while len(self._running) > 2 * self.workers.jobs:
                self._settle()
        while self._running:
            self._settle()

    def publish(self) -> None:
        """Makes all that passed so far a version."""
        self._store()
        self.store.publish(self.summary.release)

    def _readable(self, sources: Iterable[Article | ReadError]) -> Iterator[Article]:
        for source in sources:
            if isinstance(source, ReadError):
                self.summary.failed.append(Problem(source.place, source.reason))
            else:
                yield source

    def _is_wanted(self, article: Article) -> bool:
        """Whether it must be extracted; why not is told to the summary."""
        print_ = fingerprint(article)
        before = self.seen.before(article.id, print_, article.name)
        if before is not None:
            self._note_duplicate(article, same=before[0] == print_, first=before[1])
            return False
        if not self.readmit and self.store.is_removed(article.id):
            self.summary.removed.append(Problem(article.name, "it was removed from this store; --readmit takes it in"))
            return False
        known = self.store.state(article.id)
        if known is not None and (known.fingerprint, known.release) == (print_, self.summary.release):
            self.summary.unchanged += 1
            return False
        return True

    def _note_duplicate(self, article: Article, *, same: bool, first: str) -> None:
        if same:
            self.summary.duplicates.append(Problem(article.name, f"the same article as {first}"))
        else:
            reason = f"has the same address or id as {first} but another content; kept {first}, mend one of the two"
            self.summary.failed.append(Problem(article.name, reason))

    def _settle(self) -> None:
        articles, future = self._running.popleft()
        for article, outcome in zip(articles, self.workers.settle(articles, future), strict=True):
            if isinstance(outcome, str):
                self.summary.failed.append(Problem(article.name, outcome))
            elif outcome.verdict.conforms:
                self._accept(outcome)
            else:
                self._reject(outcome)
        if self.batch is not None and len(self._passed) >= self.batch:
            self.publish()
        elif len(self._passed) >= BATCH:
            self._store()

    def _store(self) -> None:
        self.store.put(self._passed)
        self._passed = []

    def _accept(self, outcome: Outcome) -> None:
        article, summary = outcome.article, self.summary
        mark, known = fingerprint(article), self.store.state(article.id)
        if known is None:
            summary.added += 1
        elif known.fingerprint != mark:
            summary.changed += 1
        else:
            summary.reextracted += 1
        summary.quads += outcome.graph.quads.count(b"\n")
        if not outcome.graph.frames:
            summary.empty.append(Problem(article.name, "; ".join(outcome.notes) or "nothing found in it"))
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._passed.append(
            ArticleWrite(article, mark, summary.release, outcome.graph, now, outcome.record, outcome.notes)
        )
        self.store.quarantine.release(article.id)

    def _reject(self, outcome: Outcome) -> None:
        violations = [result for result in outcome.verdict.results if result.severity.name == "VIOLATION"]
        self.store.quarantine.keep(outcome.article.id, quarantine_files(outcome, self.summary.release))
        look = f"khabar quarantine show {outcome.article.id}"
        reason = f"{len(violations)} violations of the shapes, first: {violations[0].message('en')} ({look})"
        self.summary.rejected.append(Problem(outcome.article.name, reason))


def fingerprint(article: Article) -> str:
    """A hash of all that decides an article's graph but the release: its text and its metadata."""
    parts: Sequence[str | None] = (
        article.sha256,
        article.title,
        article.url,
        article.publisher,
        article.published,
        article.language,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:32]


def quarantine_files(outcome: Outcome, release: str) -> dict[str, bytes]:
    """The article, its graph and the report, by file name."""
    metadata = {**asdict(outcome.article), "release": release}
    del metadata["text"]
    return {
        "article.txt": outcome.article.text.encode(),
        "article.json": json.dumps(metadata, ensure_ascii=False, indent=1).encode(),
        "graph.nq": outcome.graph.quads,
        "shared.nq": b"".join(each.quads for each in outcome.graph.shared),
        "report.json": json.dumps(outcome.verdict.as_json(), ensure_ascii=False, indent=1).encode(),
        "report.ttl": report_graph(outcome.verdict).serialize(format="turtle", encoding="utf-8"),
    }
