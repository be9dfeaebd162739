"""What the gate did not let through, read back for people: the report with its sentences, and the article."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.gate.verdict import Severity, Verdict
from kg.model import Article
from kg.store import base_iri
from kg.store.layout import Layout
from kg.store.quarantine import Quarantine
from kg.validate.run import Outcome, Places, order
from kg.validate.sources import SourceError, read_source


@dataclass(frozen=True, slots=True)
class Kept:
    """One article in quarantine, the release that read it, and what the gate found, sentence by sentence."""

    article: Article
    release: str
    outcome: Outcome

    @property
    def violations(self) -> int:
        """How many results refused it."""
        return len(self.outcome.at_least(Severity.VIOLATION))

    def as_json(self) -> dict[str, object]:
        """The entry as JSON values, without the article's text."""
        return {
            "article": self.article.id,
            "name": self.article.name,
            "url": self.article.url,
            "release": self.release,
            "violations": self.violations,
            "results": [finding.as_json() for finding in self.outcome.findings],
        }


def read_kept(quarantine: Quarantine, article: str) -> Kept:
    """What is kept of the article with that id; raises StoreError where nothing is, or a file of it is damaged."""
    files = quarantine.files(article)
    if not files:
        raise StoreError(f"{article}: not in quarantine; `khabar quarantine list` names what is")
    try:
        metadata = json.loads(files["article.json"])
        release = str(metadata.pop("release"))
        kept = Article(text=files["article.txt"].decode(), **metadata)
        verdict = Verdict.from_json(json.loads(files["report.json"]))
        graph = read_source(kept.name, files["graph.nq"] + files["shared.nq"], ox.RdfFormat.N_QUADS)
    except (KeyError, TypeError, ValueError, SourceError) as error:
        raise StoreError(
            f"{article}: its files in quarantine are damaged ({error}); drop it and ingest it again"
        ) from error
    places = Places([graph])
    # The lines of the graph would tell a reader nothing, those of the article do.
    findings = [places.finding(result).in_article(kept.name, kept.text) for result in verdict.results]
    return Kept(kept, release, Outcome(tuple(sorted(findings, key=order)), (kept.name,), len(graph.quads)))


def open_quarantine(db: Path) -> Quarantine:
    """The quarantine of the store in folder `db`, for reading; raises StoreError where there is no store."""
    base_iri(db)
    return Quarantine(Layout(db).quarantine)
