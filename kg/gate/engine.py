"""The SHACL results on a graph: core by pySHACL, for which a faster engine may screen, and `sh:sparql` set-based."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pyoxigraph as ox
from rdflib import Graph
from rdflib.term import Node, URIRef

from kg.gate import core, sparql
from kg.gate.fast import Rejection
from kg.gate.nodes import needed, remembering, triples_of, vocabulary_store
from kg.gate.screening import Screening, audited
from kg.gate.shapes import Shapes
from kg.gate.terms import add_all, to_oxigraph, to_rdflib
from kg.gate.verdict import Result
from kg.gate.walk import Read, Term

Quads = Sequence[ox.Quad | ox.Triple]


def engine_results(
    quads: Quads, shapes: Shapes, only: Collection[Node] | None = None, screening: Screening | None = None
) -> list[Result]:
    """The SHACL results on `quads` taken as one graph, in no order; with `only`, those at these focus nodes, and then
    what judging them needs of the vocabulary is among the quads.

    With a screening, which must be of the same shapes, pySHACL judges only what the faster engine rejects and a sample
    of what it accepts; the results are the same. Raises OntologyError where the shapes cannot be run,
    EngineDisagreementError where the engines differ.
    """
    store = _store(quads)
    if only is None:
        store.extend(vocabulary_store(shapes))
    rejected = None if screening is None else _rejections(quads, screening, only)
    if screening is None or rejected is None:
        found = _by_pyshacl(quads, shapes, only)
    else:
        found = _screened(quads, shapes, only, screening, rejected, store)
    in_queries = sparql.results_of(shapes.sparql, store)
    return [*found, *(result for result in in_queries if only is None or result.focus in only)]


def results_on(
    nodes: Collection[Term], read: Read, shapes: Shapes, screening: Screening | None = None
) -> dict[tuple[str, ...], Result]:
    """What judging the whole graph that `read` reads would find at `nodes`, by the results' keys.

    Only what the footprints reach from the nodes is read. Raises what `engine_results` does.
    """
    quads = needed(nodes, read, shapes)
    if not quads:
        return {}
    results = engine_results(quads, shapes, {to_rdflib(node) for node in nodes}, screening)
    return {result.key(): result for result in results}


def _by_pyshacl(quads: Quads, shapes: Shapes, only: Collection[Node] | None) -> list[Result]:
    data = add_all(Graph() if only is not None else Graph() + shapes.vocabulary, quads)
    return list(core.results_of(core.run_pyshacl(data, shapes.core, only), shapes.graph))


def _store(quads: Quads) -> ox.Store:
    store = ox.Store()
    store.extend(quad if isinstance(quad, ox.Quad) else ox.Quad(*quad) for quad in quads)
    return store


def _rejections(quads: Quads, screening: Screening, only: Collection[Node] | None) -> set[Rejection] | None:
    """What the engine holds against the graph; None for a graph that it cannot read or has no names for."""
    try:
        rejected = screening.rejections(quads)
    except ValueError:
        return None
    if any(not rejection.focus.startswith("<") for rejection in rejected):
        return None  # a literal may be written otherwise than it stands, and a blank node has another label
    if only is None:
        return rejected
    names = {node.n3() for node in only}
    return {rejection for rejection in rejected if rejection.focus in names}


def _screened(
    quads: Quads,
    shapes: Shapes,
    only: Collection[Node] | None,
    screening: Screening,
    rejected: Collection[Rejection],
    store: ox.Store,
) -> list[Result]:
    nodes = {URIRef(rejection.focus[1:-1]) for rejection in rejected}
    nodes.update(map(URIRef, audited(_iris(quads) if only is None else [n for n in only if isinstance(n, URIRef)])))
    around = needed([to_oxigraph(node) for node in nodes], _reader(store), shapes)
    data = add_all(Graph(), (quad for quad in around if not isinstance(quad.object, ox.Literal)))
    report = core.run_pyshacl(add_all(data, _as_written(around, quads)), shapes.core, nodes)
    confirmed = list(core.results_of(report, shapes.graph))
    screening.check(rejected, confirmed, nodes)
    if screening.rest is None:
        return confirmed
    whole = add_all(Graph() + shapes.vocabulary, quads)
    left = core.results_of(core.run_pyshacl(whole, screening.rest, only), shapes.graph)
    return [*(result for result in confirmed if result.shape in screening.trusted), *left]


def _as_written(around: Sequence[ox.Quad], quads: Quads) -> list[ox.Quad | ox.Triple]:
    """The literals of `around` as they stand in `quads`: the store writes numbers and dates in its own way."""
    places = {(quad.subject, quad.predicate) for quad in around if isinstance(quad.object, ox.Literal)}
    literals = (quad for quad in quads if isinstance(quad.object, ox.Literal))
    return [quad for quad in literals if (quad.subject, quad.predicate) in places]


def _iris(quads: Quads) -> list[str]:
    return [subject.value for subject in {quad.subject for quad in quads} if isinstance(subject, ox.NamedNode)]


def _reader(store: ox.Store) -> Read:
    return remembering(lambda s, p, o: triples_of(s, p, o, store))
