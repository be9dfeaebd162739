"""Which queries of `sh:sparql` run set-based, and that they then say what pySHACL says."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from kg.errors import OntologyError
from kg.gate import core
from kg.gate.engine import engine_results
from kg.gate.shapes import Shapes, load_shapes
from kg.gate.sparql import is_set_based
from kg.gate.terms import add_all

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
DATA = """@prefix : <urn:> . :a a :C ; :p 1 , 2 ; :q :b . :b a :C ; :p 3 . :c :p 4 ; :q :a . :d :q :c ."""


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { $this <urn:p> ?o }",
        "SELECT DISTINCT $this ?value WHERE { $this <urn:p> ?value . FILTER NOT EXISTS { ?value <urn:q> $this } }",
        "  SELECT ?this ?value WHERE {\n  $this <urn:p>/<urn:q> ?value . BIND (1 AS ?n) }\n",
    ],
)
def test_plain_queries_run_set_based(select: str) -> None:
    assert is_set_based(select)


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { ?o <urn:p> $this }",
        "SELECT $this WHERE { FILTER (bound($this)) }",
        "SELECT $this WHERE { $this <urn:p> ?o . OPTIONAL { ?o <urn:q> ?x FILTER (?x = $this) } }",
        "SELECT $this WHERE { $this <urn:p> ?o } LIMIT 1",
        "SELECT $this WHERE { $this <urn:p> ?o . minus { $this <urn:q> ?x } }",
        "SELECT $this WHERE { $this <urn:p> ?o . { ?o <urn:q> ?x . FILTER (?x = $this) } }",
        "SELECT $this WHERE { $this $PATH ?o }",
        "SELECT $this WHERE { $this <urn:p> ?o . { SELECT $this (COUNT(?o) AS ?n) WHERE { $this <urn:p> ?o } } }",
        "SELECT $this WHERE { $this <urn:p> ?o . GRAPH $shapesGraph { ?s ?p ?o } }",
    ],
)
def test_others_stay_with_pyshacl(select: str) -> None:
    assert not is_set_based(select)


def shapes_with(folder: Path, body: str) -> Shapes:
    (folder / "shapes.ttl").write_text(HEAD + body, "utf-8")
    return load_shapes([folder / "shapes.ttl"])


@pytest.mark.parametrize(
    "target",
    [
        "sh:targetClass <urn:C>",
        "sh:targetSubjectsOf <urn:p>",
        "sh:targetObjectsOf <urn:q>",
        "sh:targetClass <urn:C> ; sh:targetObjectsOf <urn:q>",
        "sh:targetNode <urn:a>",
    ],
)
@pytest.mark.parametrize(
    "select",
    [
        "SELECT DISTINCT $this ?value WHERE { $this <urn:p> ?value . FILTER (?value > 1) }",
        "SELECT DISTINCT $this WHERE { $this <urn:p> ?o . FILTER NOT EXISTS { $this <urn:q> ?other } }",
        "SELECT $this ?value WHERE { $this ^<urn:q> ?value }",
    ],
)
def test_both_ways_find_the_same(target: str, select: str, tmp_path: Path) -> None:
    shapes = shapes_with(tmp_path, f'<urn:s> a sh:NodeShape ; {target} ; sh:sparql [ sh:select "{select}" ] .')
    quads = list(ox.parse(DATA, format=ox.RdfFormat.TURTLE))
    alone = core.results_of(core.run_pyshacl(add_all(Graph(), quads), shapes.full), shapes.graph)
    assert {result.key() for result in engine_results(quads, shapes)} == {result.key() for result in alone}


def test_a_deactivated_constraint_finds_nothing(tmp_path: Path) -> None:
    body = (
        "<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; "
        'sh:sparql [ sh:deactivated true ; sh:select "SELECT $this WHERE { $this <urn:p> ?o }" ] .'
    )
    shapes = shapes_with(tmp_path, body)
    assert shapes.sparql == ()
    assert engine_results(list(ox.parse(DATA, format=ox.RdfFormat.TURTLE)), shapes) == []


def test_a_query_that_would_reach_another_host_is_refused_as_the_shapes_are_read(tmp_path: Path) -> None:
    select = "SELECT $this WHERE { $this <urn:p> ?o . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    with pytest.raises(OntologyError, match="SERVICE"):
        shapes_with(tmp_path, f'<urn:s> a sh:NodeShape ; sh:targetClass <urn:C> ; sh:sparql [ sh:select "{select}" ] .')
