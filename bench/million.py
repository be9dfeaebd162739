"""Graphs of as many quads as are wanted, made of a corpus: after its last article the first come under new ids."""

from __future__ import annotations

import gzip
import hashlib
import itertools
import json
import os
import platform
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox

from kg.gate import Case, fast
from kg.model import Article, Extraction
from kg.pipeline import entry_of, extract
from kg.rdf.quads import ArticleGraph, graph_of

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "news-sample.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Made:
    """An article's graph with the article's text."""

    text: str
    graph: ArticleGraph

    def case(self) -> Case:
        """What the gate judges."""
        return Case(self.graph.iri, self.graph.parsed(), self.graph.context())


def articles(corpus: Path) -> Iterator[Article]:
    """The articles of a gzipped JSON-lines file with `id` and `text`; ends the process where it is not there."""
    if not corpus.is_file():
        sys.exit(f"{corpus}: not there; name a gzipped JSON-lines file of articles with --corpus")
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            digest = hashlib.sha256(text.encode()).hexdigest()
            yield Article(_id(row["id"]), row["id"], text, digest, language="ar")


def again(article: Article, turn: int) -> Article:
    """The article under another id and name; as it is for turn 0."""
    return replace(article, id=_id(f"{article.id} {turn}"), name=f"{article.name} {turn}") if turn else article


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:16]


def graphs(corpus: Path, quads: int) -> Iterator[Made]:
    """The graphs of articles until there are so many quads in them."""
    found: list[Extraction] = []
    count = 0
    for turn in itertools.count():
        for extraction in found if turn else map(extract, articles(corpus)):
            if not turn:
                found.append(extraction)
            article = again(extraction.article, turn)
            made = Made(article.text, graph_of(replace(extraction, article=article), "bench", entry_of=entry_of))
            yield made
            count += made.graph.quads.count(b"\n")
            if count >= quads:
                return


def store_of(made: Iterable[Made]) -> ox.Store:
    """One store of all graphs, with what they say of shared subjects."""
    store = ox.Store()
    parts = [part for each in made for part in (each.graph.quads, *(shared.quads for shared in each.graph.shared))]
    store.bulk_load(b"".join(parts), format=ox.RdfFormat.N_QUADS)
    return store


def spoil(store: ox.Store) -> None:
    """Takes one triple in 500 out, so that there is something to be found."""
    quads = sorted(store, key=str)
    for quad in random.Random(1).sample(quads, len(quads) // 500):
        store.remove(quad)


def told() -> str:
    """The versions, the machine and its load, in a line."""
    names = ("pyshacl", "rdflib", "pyoxigraph")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    load = "/".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{versions}, {fast.PACKAGE} {fast.installed() or 'not installed'}, Python {platform.python_version()}; "
        f"{platform.machine()}, {os.cpu_count()} cores, load {load}"
    )
