"""Paths walked forwards and backwards."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import SH

from kg.gate.paths import path_text
from kg.gate.reach import path_of
from kg.gate.walk import Choice, Path, Repeat, Step, Term, back, follow, steps

P, Q = ox.NamedNode("urn:p"), ox.NamedNode("urn:q")
NODES = [ox.NamedNode(f"urn:{name}") for name in "abcd"]

paths: st.SearchStrategy[Path] = st.recursive(
    st.builds(lambda p, inverse: (Step(p, inverse),), st.sampled_from([P, Q, None]), st.booleans()),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: (*pair[0], *pair[1])),
        inner.map(lambda path: (Repeat(path),)),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: (Choice(tuple(options)),)),
    ),
    max_leaves=5,
)
triples = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from([P, Q]), st.sampled_from(NODES)), max_size=8)


def reader(rows: list[tuple[Term, ox.NamedNode, Term]]):  # type: ignore[no-untyped-def]  # the protocol is Read
    return lambda s, p, o: [
        t for t in rows if (s is None or t[0] == s) and (p is None or t[1] == p) and (o is None or t[2] == o)
    ]


@given(paths, triples)
def test_walking_back_undoes_walking_forth(path: Path, rows: list[tuple[Term, ox.NamedNode, Term]]) -> None:
    read = reader(rows)
    for start in NODES:
        for end in follow(path, [start], read):
            assert start in follow(back(path), [end], read)


@given(paths, triples)
def test_every_triple_on_the_way_is_found_again_from_itself(
    path: Path, rows: list[tuple[Term, ox.NamedNode, Term]]
) -> None:
    read = reader(rows)
    for start in NODES:
        touched: set[tuple[Term, ox.NamedNode, Term]] = set()
        follow(path, [start], read, touched)
        for triple in touched:
            beginnings = [
                follow(back(way), [triple[2] if step.inverse else triple[0]], read)
                for way, step in steps(path)
                if step.predicate in (None, triple[1])
            ]
            assert any(start in found for found in beginnings)


def test_shacl_paths_are_read_and_written() -> None:
    graph = Graph().parse(
        data="""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .
        :s sh:path ( :p [ sh:inversePath :q ] [ sh:alternativePath ( :p [ sh:oneOrMorePath :q ] ) ]
            [ sh:zeroOrMorePath :p ] [ sh:zeroOrOnePath :q ] ) .""",
        format="turtle",
    )
    node = next(graph.objects(None, SH.path))
    assert path_text(graph, node) == "(<urn:p>/^<urn:q>/(<urn:p>|(<urn:q>)+)/(<urn:p>)*/(<urn:q>)?)"
    one_or_more = (Step(Q), Repeat((Step(Q),)))
    assert path_of(graph, node) == (
        Step(P),
        Step(Q, inverse=True),
        Choice(((Step(P),), one_or_more)),
        Repeat((Step(P),)),
        Choice(((), (Step(Q),))),
    )
