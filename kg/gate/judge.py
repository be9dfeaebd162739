"""The judgement on articles' graphs: SHACL core by pySHACL, `sh:sparql` set-based, and what only the gate can check."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node

from kg.gate import core, own, sparql
from kg.gate.own import TextReader
from kg.gate.shapes import Shapes, default_shapes
from kg.gate.terms import add_all, ox_quads, to_rdflib
from kg.gate.verdict import Result, Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be judged: the quads of one article's graph, named by the article's IRI.

    `context` is what the graph leans on and the release or the extraction gives (the types of the actors and places
    it names): it is seen, and judged only where the graph points to it. The ontology's concepts need not be in it.
    """

    article: str
    quads: Sequence[ox.Quad]
    context: Sequence[ox.Quad | ox.Triple] = ()


def judge(case: Case, text_of: TextReader, shapes: Shapes | None = None) -> Verdict:
    """The verdict on one article's graph; it depends on nothing but the case, the text and the shapes."""
    return judge_all([case], text_of, shapes)[0]


def judge_all(cases: Sequence[Case], text_of: TextReader, shapes: Shapes | None = None) -> list[Verdict]:
    """The verdicts on several articles' graphs, in the order of `cases`, from one run of the engines.

    Every subject of an article's graph is minted under the article, so the graphs cannot lean on one another; the same
    verdicts come out as from one call for each. Raises OntologyError where the shapes cannot be run.
    """
    shapes = shapes or default_shapes()
    quads = [quad for case in cases for quad in (*case.quads, *case.context)]
    results: dict[Node, list[Result]] = {}
    for result in engine_results(quads, shapes):
        results.setdefault(result.focus, []).append(result)
    return [Verdict.of([*_of_case(case, results), *_own_results(case, text_of, shapes)]) for case in cases]


def engine_results(
    quads: Sequence[ox.Quad | ox.Triple], shapes: Shapes, only: Collection[Node] | None = None
) -> list[Result]:
    """The SHACL results on `quads` taken as one graph, in no order: core by pySHACL, `sh:sparql` set-based.

    With `only`, those at these focus nodes. Raises OntologyError where the shapes cannot be run.
    """
    data = Graph()
    data += shapes.vocabulary
    add_all(data, quads)
    found = list(core.results_of(core.run_pyshacl(data, shapes.core, only), shapes.graph))
    if shapes.sparql:
        in_queries = sparql.results_of(shapes.sparql, _store(quads, shapes))
        found.extend(result for result in in_queries if only is None or result.focus in only)
    return found


def _store(quads: Sequence[ox.Quad | ox.Triple], shapes: Shapes) -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    store.extend(ox_quads(shapes.vocabulary))
    return store


def _of_case(case: Case, results: dict[Node, list[Result]]) -> list[Result]:
    if not results:
        return []
    nodes = {to_rdflib(term) for quad in case.quads for term in (quad.subject, quad.object)}
    return [result for node in nodes & results.keys() for result in results[node]]


def _own_results(case: Case, text_of: TextReader, shapes: Shapes) -> list[Result]:
    passages = own.passage_results(case.quads, text_of, shapes)
    return [*passages, *own.place_results(case.article, case.quads, shapes)]
