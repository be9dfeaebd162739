"""Takes in people's decisions on links and reads the articles that they touch again from their stored text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from kg.ingest.driver import Run
from kg.ingest.seen import Seen
from kg.ingest.summary import Summary
from kg.ingest.workers import Workers
from kg.migrate import require_current
from kg.model import Article
from kg.named_queries import internal
from kg.pipeline import Outcome, Stages, process
from kg.query import bind_text, select_iris
from kg.rdf.decisions import Decisions, LinkDecision, to_quads
from kg.rdf.iris import LINKS
from kg.release import release_id
from kg.store import base_iri, read_article
from kg.store.decisions import decided
from kg.store.embedded import EmbeddedStore
from kg.store.versions import Version


def relink(
    db: Path,
    decisions: Iterable[LinkDecision],
    taken_back: Iterable[str] = (),
    *,
    jobs: int = 1,
    stages: Stages | None = None,
) -> Summary:
    """Records decisions (a later one on an actor replaces the former), takes back those on the actors `taken_back`.

    Decisions and articles read again are published together or not at all. Raises StoreLockedError, StoreFullError,
    StoreError.
    """
    base_iri(db)
    release = release_id()
    with EmbeddedStore(db) as store, Seen() as seen:
        require_current(store.version, db)
        before = decided(store.version)
        after = {**before, **{decision.actor: decision for decision in decisions}}
        for actor in taken_back:
            after.pop(actor, None)
        articles = _touched(store.version, before, after)
        work = partial(process, release=release, base=store.base, stages=stages or Stages(), decisions=after)
        with Workers[Article, Outcome](jobs, work) as workers:
            run = Run(store, seen, workers, Summary(release), None, False)
            store.put_graph(LINKS, to_quads(after.values(), store.iris))
            run.extract(articles)
        run.publish()
        run.summary.version = store.version.number if store.version else None
        return run.summary


def _touched(version: Version | None, before: Decisions, after: Decisions) -> Iterator[Article]:
    """The articles that name an actor on whom the decision changed, under its own IRI or the item decided on before."""
    changed = {actor for actor in {*before, *after} if _effect(before.get(actor)) != _effect(after.get(actor))}
    if version is None or not changed:
        return
    former = {
        actor.rpartition("/")[0] + "/" + decision.item
        for actor, decision in before.items()
        if actor in changed and decision.item
    }
    start = f"{version.base}article/"
    query = bind_text(
        internal("articles-naming"),
        {
            "actors": " ".join(str(ox.NamedNode(actor)) for actor in sorted(changed | former)),
            "articles": str(ox.Literal(start)),
        },
    )
    for iri in select_iris(version.open())(query):
        stored = read_article(version, iri.removeprefix(start))
        if stored is not None:
            yield stored.article


def _effect(decision: LinkDecision | None) -> tuple[str, str] | None:
    """What a decision does to an article: nothing where it says that there is no item."""
    return (decision.item, decision.person) if decision is not None and decision.item else None
