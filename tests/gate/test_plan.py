"""Shapes laid out for speed give the results that they give as they stand."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import URIRef

from kg.gate import core
from kg.gate.graphs import load_graph
from kg.gate.plan import flattened
from kg.gate.terms import add_all

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .\n"
DATA = ":a a :C ; :p 1 , 2 ; :q :b . :b a :C , :D ; :p 3 , 4 , 5 . :c a :D ; :q :a , :b ; :r :x ."
PROPERTIES = (
    "sh:property :s-p , :s-q . :s-p sh:path :p ; sh:maxCount 1 . :s-q sh:path :q ; sh:minCount 1 ; sh:maxCount 1 ."
)


def laid_out(folder: Path, body: str) -> tuple[Graph, Graph]:
    (folder / "shapes.ttl").write_text(HEAD + body, "utf-8")
    graph = load_graph([folder / "shapes.ttl"])
    return graph, flattened(graph)


@pytest.mark.parametrize(
    "body",
    [
        f":s a sh:NodeShape ; sh:targetClass :C ; {PROPERTIES}",
        f":s a sh:NodeShape ; sh:targetClass :C , :D ; sh:targetSubjectsOf :r ; {PROPERTIES}",
        f":s a sh:NodeShape ; sh:targetClass :C ; sh:deactivated true ; {PROPERTIES}",
        f":s a sh:NodeShape ; sh:targetClass :C ; sh:closed true ; {PROPERTIES}",
        f":t a sh:NodeShape ; sh:targetClass :D ; sh:node :s . :s a sh:NodeShape ; sh:targetClass :C ; {PROPERTIES}",
        f":t a sh:NodeShape ; sh:targetClass :D ; sh:not :s . :s a sh:NodeShape ; {PROPERTIES}",
        ":t a sh:NodeShape ; sh:targetNode :a ; sh:property :s-q . "
        f":s a sh:NodeShape ; sh:targetClass :D ; {PROPERTIES}",
        ":s a sh:NodeShape ; sh:targetClass :C ; sh:property :s-p . "
        ":s-p sh:path :p ; sh:maxCount 1 ; sh:severity sh:Info .",
    ],
)
def test_the_results_are_the_same(body: str, tmp_path: Path) -> None:
    graph, plan = laid_out(tmp_path, body)
    quads = list(ox.parse("@prefix : <urn:> . " + DATA, format=ox.RdfFormat.TURTLE))
    found = [
        {
            (r.key(), r.severity)
            for r in core.results_of(core.run_pyshacl(add_all(Graph(), quads), ShapesGraph(each)), graph)
        }
        for each in (graph, plan)
    ]
    assert found[0] == found[1]


def test_property_shapes_get_the_targets(tmp_path: Path) -> None:
    graph, plan = laid_out(tmp_path, f":s a sh:NodeShape ; sh:targetClass :C ; {PROPERTIES}")
    assert plan.value(URIRef("urn:s-p"), SH.targetClass) == URIRef("urn:C")
    assert (None, SH.property, None) not in plan
    assert (None, SH.property, None) in graph


@pytest.mark.parametrize("extra", ["sh:closed true", "a <http://www.w3.org/2000/01/rdf-schema#Class>", "sh:path :p"])
def test_shapes_that_look_at_their_properties_stay_as_they_are(extra: str, tmp_path: Path) -> None:
    graph, plan = laid_out(tmp_path, f":s sh:targetClass :C ; {extra} ; {PROPERTIES}")
    assert set(plan) == set(graph)
