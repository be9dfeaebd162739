"""Engines that could screen for pySHACL, as far as they are installed: `python bench/screens.py [--spoilt N]`.

Judges the same articles with each by the core shapes, prints CPU milliseconds an article, then the same with N graphs
spoilt at random, and counts focus nodes with a shape that pySHACL holds against them and the engine does not (missed)
and the other way round (alone). Besides the package that is used: shacl-rust 0.2.12 and pyshifty 0.5.1.
"""

from __future__ import annotations

import argparse
import itertools
import logging
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import XSD

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.million import CORPUS, graphs, told
from kg.errors import OntologyError
from kg.gate import core, fast
from kg.gate.nodes import vocabulary_store
from kg.gate.screening import REFERENCE, as_ntriples
from kg.gate.shapes import Shapes, default_shapes
from kg.gate.terms import add_all
from kg.rdf.vocab import EDTF

ARTICLES, CHANGES = 32, 60
NUMBERS = ("1", "0", "-1", "01", "1.0", "abc", "", "99999999999999999999999", " 1 ")
DAYS = ("2020-01-01", "2020-01-01Z", "2020-01-01+03:00", "2020-02-30", "20200101", "-0001-01-01", "2020")
ODD: list[tuple[str, str]] = [
    *itertools.product(NUMBERS, (str(XSD[name]) for name in ("integer", "decimal", "int", "boolean", "string"))),
    *itertools.product(DAYS, map(str, (XSD.date, XSD.dateTime, EDTF))),
]

Pairs = set[tuple[str, str]]
Engine = Callable[[str], Pairs]


def engines(shapes: Graph) -> Iterator[tuple[str, Engine]]:
    """Each engine that is installed, by name: N-Triples in, focus nodes with the shapes held against them out."""
    compiled = fast.compile_shapes(shapes)
    yield compiled.name, lambda text: {(each.focus, each.shape) for each in compiled.rejections(text)}
    turtle = shapes.serialize(format="turtle")
    yield from _rust(turtle)
    yield from _shifty(turtle)


def _rust(shapes: str) -> Iterator[tuple[str, Engine]]:
    try:
        import shacl_rust
    except ImportError:
        return

    def judge(text: str) -> Pairs:
        report: dict[str, Any] = shacl_rust.validate(text, shapes, data_format="nt", experimental_index=True)
        return {(result["focusNode"], result["sourceShape"].strip("<>")) for result in report["results"]}

    yield "shacl-rust", judge


def _shifty(shapes: str) -> Iterator[tuple[str, Engine]]:
    try:
        import shifty
    except ImportError:
        return
    prepared = shifty.PreparedValidator(shapes)

    def judge(text: str) -> Pairs:
        found = prepared.validate_algebra(text, infer=False, sort_results=False)
        return {(violation.focus_node, str(violation.shape_name)) for violation in found.violations}

    yield "pyshifty", judge


def pyshacl(triples: list[ox.Triple], shapes: Shapes) -> Pairs:
    """What pySHACL holds against which focus node; raises OntologyError for values that it cannot compare."""
    data = add_all(Graph() + shapes.vocabulary, (ox.Quad(*triple) for triple in triples))
    found = core.results_of(core.run_pyshacl(data, shapes.core), shapes.graph)
    return {(result.focus.n3(), result.shape) for result in found}


def spoilt(triples: list[ox.Triple], chance: random.Random) -> list[ox.Triple]:
    """The triples with some taken out, some moved, and odd values in place of others."""
    changed = list(triples)
    for _ in range(CHANGES):
        at = chance.randrange(len(changed))
        triple, other = changed[at], chance.choice(changed)
        lexical, datatype = chance.choice(ODD)
        odd = ox.Literal(lexical, datatype=ox.NamedNode(datatype))
        changed[at] = chance.choice(
            (
                other,
                ox.Triple(triple.subject, triple.predicate, other.object),
                ox.Triple(
                    triple.subject, triple.predicate, odd if isinstance(triple.object, ox.Literal) else other.object
                ),
                ox.Triple(triple.subject, triple.predicate, odd),
            )
        )
    return sorted(set(changed), key=str)


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spoilt", type=int, default=100)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    arguments = parser.parse_args()
    print(told())
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)  # it tells of every ill-formed literal
    shapes = default_shapes()
    made = list(itertools.islice(graphs(arguments.corpus, sys.maxsize), ARTICLES))
    articles = [[quad.triple for quad in (*each.graph.parsed(), *each.graph.context())] for each in made]
    together = sorted({triple for triples in articles for triple in triples}, key=str)
    vocabulary = as_ntriples(vocabulary_store(shapes))
    known = dict(engines(shapes.core.graph))
    _speed(REFERENCE, lambda: pyshacl(together, shapes))
    text = as_ntriples(together) + vocabulary
    for name, engine in known.items():
        _speed(name, partial(engine, text))
    chance, missed, alone, held = random.Random(1), Counter[str](), Counter[str](), 0
    for number in range(arguments.spoilt):
        triples = spoilt(articles[number % len(articles)], chance)
        try:
            reference = pyshacl(triples, shapes)
        except OntologyError:
            continue  # pySHACL stops at dates that it cannot compare
        held += len(reference)
        for name, engine in known.items():
            found = engine(as_ntriples(triples) + vocabulary)
            missed[name] += len(reference - found)
            alone[name] += len(found - reference)
    print(f"{arguments.spoilt} spoilt graphs, {held:,} pairs of focus node and shape by {REFERENCE}")
    for name in known:
        print(f"{name:16} {missed[name]:6} missed, {alone[name]:6} alone")


def _speed(name: str, judge: Callable[[], Pairs]) -> None:
    judge()
    begun = time.process_time()
    found = judge()
    spent = (time.process_time() - begun) * 1000 / ARTICLES
    print(f"{name:16} {spent:6.2f} ms CPU an article, {len(found)} pairs of focus node and shape", flush=True)


if __name__ == "__main__":
    main()
