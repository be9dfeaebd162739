"""A graph of about a million quads in the shape of Khabar's own, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.vocab import DEFAULT_BASE, EDTF, ONTOLOGY
from kg.store.layout import create
from kg.store.versions import Manifest, make_current, publish

ACTORS = 19_000
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
SAME = ox.NamedNode("https://schema.org/sameAs")
HEADLINE = ox.NamedNode("https://schema.org/headline")
DAY = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
MODALITIES = ("asserted", "alleged", "denied", "pledged", "requested")
WORDS = (
    *("وزير", "رئيس", "حكومة", "جيش", "سفير", "اتفاق", "شحنة", "سلاح", "حدود", "ميناء"),
    *("مصدر", "وفد", "لجنة", "مجلس", "قمة", "هدنة", "عقوبات", "ذخيرة", "قوات", "مفاوضات"),
)


def term(name: str) -> ox.NamedNode:
    return ox.NamedNode(ONTOLOGY + name)


def node(path: str) -> ox.NamedNode:
    return ox.NamedNode(DEFAULT_BASE + path)


def actors() -> Iterator[ox.Quad]:
    chance, graph = random.Random(1), node("graph/gazetteer")
    for number in range(ACTORS):
        actor = node(f"actor/Q{number}")
        name = " ".join(chance.choices(WORDS, k=3)) + f" {number}"
        yield ox.Quad(actor, TYPE, term("Actor"), graph)
        yield ox.Quad(actor, LABEL, ox.Literal(name, language="ar"), graph)
        yield ox.Quad(actor, LABEL, ox.Literal(f"Actor {number}", language="en"), graph)
        yield ox.Quad(actor, SAME, ox.NamedNode(f"http://www.wikidata.org/entity/Q{number}"), graph)


def article(number: int) -> Iterator[ox.Quad]:
    chance, graph = random.Random(number), node(f"article/{number:08x}")
    day = date(2023, 1, 1) + timedelta(days=chance.randrange(700))

    def some_actor() -> ox.NamedNode:
        return node(f"actor/Q{min(int(chance.paretovariate(0.7)) - 1, ACTORS - 1)}")

    yield ox.Quad(graph, TYPE, term("Article"), graph)
    yield ox.Quad(graph, HEADLINE, ox.Literal(" ".join(chance.choices(WORDS, k=6)), language="ar"), graph)
    transfer = node(f"transfer/{number:08x}.1-9")
    of_transfer: tuple[tuple[ox.NamedNode, ox.NamedNode], ...] = (
        (TYPE, term("Transfer")),
        (term("sender"), some_actor()),
        (term("recipient"), some_actor()),
        (term("cargo"), term(chance.choice(("arms", "ammunition", "fuel", "food")))),
        (term("reportedIn"), graph),
    )
    for predicate, value in of_transfer:
        yield ox.Quad(transfer, predicate, value, graph)
    for index in range(4):
        start = index * 100
        statement = node(f"statement/{number:08x}.{start}-{start + 90}")
        passage = node(f"article/{number:08x}#char={start},{start + 90}")
        triples: tuple[tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal], ...] = (
            (statement, TYPE, term("Statement")),
            (statement, term("speaker"), some_actor()),
            (statement, term("mentions"), some_actor()),
            (statement, term("modality"), term(chance.choice(MODALITIES))),
            (statement, term("about"), transfer),
            (statement, term("evidence"), passage),
            (statement, term("reportedIn"), graph),
            (statement, term("date"), ox.Literal(day.isoformat(), datatype=ox.NamedNode(str(EDTF)))),
            (statement, term("notBefore"), ox.Literal(day.isoformat(), datatype=DAY)),
            (statement, term("notAfter"), ox.Literal(day.isoformat(), datatype=DAY)),
            (passage, TYPE, term("Passage")),
            (passage, term("text"), ox.Literal(" ".join(chance.choices(WORDS, k=12)))),
        )
        for subject, predicate_of, value_of in triples:
            yield ox.Quad(subject, predicate_of, value_of, graph)
        if chance.random() < 0.4:
            yield ox.Quad(statement, term("transmittedBy"), some_actor(), graph)


def make(db: Path, articles: int) -> int:
    """Publishes the graph in `db`; how many quads it has."""
    base = create(db)
    graph = ox.Store(str(db / "made"))
    graph.bulk_extend(actors())
    graph.bulk_extend(quad for number in range(articles) for quad in article(number))
    quads = len(graph)
    publish(graph, Manifest(1, "2026-11-24T00:00:00Z", base, "bench", articles, quads), db)
    make_current(db, 1)
    return quads
