"""The judgement on articles' graphs: what SHACL finds, and what only the gate can check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.gate import own
from kg.gate.engine import engine_results
from kg.gate.own import TextReader
from kg.gate.screening import screening_of
from kg.gate.shapes import Shapes, default_shapes
from kg.gate.terms import to_oxigraph
from kg.gate.verdict import Result, Verdict
from kg.gate.walk import Term


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


def judge_all(
    cases: Sequence[Case], text_of: TextReader, shapes: Shapes | None = None, screened: bool = False
) -> list[Verdict]:
    """The verdicts on several articles' graphs, in the order of `cases`, from one run of the engines.

    Every subject of an article's graph is minted under the article, so the graphs cannot lean on one another; the same
    verdicts come out as from one call for each. `screened` lets the faster engine screen for pySHACL where it is
    installed: the same verdicts sooner. Raises OntologyError where the shapes cannot be run, EngineDisagreementError
    where the engines differ.
    """
    shapes = shapes or default_shapes()
    screening = screening_of(shapes) if screened else None
    quads = [quad for case in cases for quad in (*case.quads, *case.context)]
    results: dict[Term, list[Result]] = {}
    for result in engine_results(quads, shapes, screening=screening):
        results.setdefault(to_oxigraph(result.focus), []).append(result)
    return [Verdict.of([*_of_case(case, results), *_own_results(case, text_of, shapes)]) for case in cases]


def _of_case(case: Case, results: dict[Term, list[Result]]) -> list[Result]:
    if not results:
        return []
    nodes = {term for quad in case.quads for term in (quad.subject, quad.object)}
    return [result for node in nodes & results.keys() for result in results[node]]


def _own_results(case: Case, text_of: TextReader, shapes: Shapes) -> list[Result]:
    passages = own.passage_results(case.quads, text_of, shapes)
    return [*passages, *own.place_results(case.article, case.quads, shapes)]
