"""An export holds every quad once, in an order that no run changes."""

from __future__ import annotations

import io
import random

import pyoxigraph as ox
import pytest

from kg.model import Extraction
from kg.publish.export import Format, write_graph
from kg.rdf.quads import graph_of

READ = {
    Format.NQUADS: ox.RdfFormat.N_QUADS,
    Format.TRIG: ox.RdfFormat.TRIG,
    Format.TURTLE: ox.RdfFormat.TURTLE,
    Format.JSONLD: ox.RdfFormat.JSON_LD,
}


@pytest.fixture
def quads(denial: Extraction) -> list[ox.Quad]:
    graph = graph_of(denial, "r1")
    return [*graph.parsed(), *graph.context()]


def exported(quads: list[ox.Quad], syntax: Format) -> bytes:
    store = ox.Store()
    store.extend(quads)
    output = io.BytesIO()
    write_graph(store, output, syntax)
    return output.getvalue()


@pytest.mark.parametrize("syntax", Format)
def test_everything_comes_back(quads: list[ox.Quad], syntax: Format) -> None:
    read = list(ox.parse(exported(quads, syntax), format=READ[syntax]))
    assert len(read) == len(quads)
    if syntax is Format.TURTLE:
        assert {quad.triple for quad in read} == {quad.triple for quad in quads}
    else:
        assert set(read) == set(quads)


@pytest.mark.parametrize("syntax", Format)
def test_order_does_not_depend_on_how_it_was_filled(quads: list[ox.Quad], syntax: Format) -> None:
    before = exported(quads, syntax)
    random.Random(7).shuffle(quads)
    assert exported(quads, syntax) == before


def test_nquads_are_sorted_within_each_graph(quads: list[ox.Quad]) -> None:
    lines = exported(quads, Format.NQUADS).splitlines()
    graphs = [line.rsplit(b" ", 2)[1] for line in lines]
    assert graphs == sorted(graphs)
    for graph in set(graphs):
        within = [line for line, each in zip(lines, graphs, strict=True) if each == graph]
        assert within == sorted(within)
