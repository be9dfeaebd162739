"""Every shape has a good and a bad example: pySHACL tells them apart by that shape alone, and so does the gate."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import Literal, Node, URIRef

from kg.gate import core
from kg.gate.engine import engine_results
from kg.gate.own import SHAPES
from kg.gate.shapes import all_shapes
from kg.gate.terms import ox_quads
from kg.gate.verdict import Result

NAMES = sorted(file.name.removesuffix(".bad.ttl") for file in (Path(__file__).parent / "examples").glob("*.bad.ttl"))
NOT_CONSTRAINTS = {SH.property, SH.severity, SH.message, SH.name, SH.description, SH.path, SH.deactivated, RDF.type}

Example = Callable[[str, str], Graph]


def pyshacl_results(data: Graph) -> list[Result]:
    shapes = all_shapes()
    return list(core.results_of(core.run_pyshacl(data + shapes.vocabulary, shapes.full), shapes.graph))


def named_shapes(graph: Graph) -> set[Node]:
    return {shape for kind in (SH.NodeShape, SH.PropertyShape) for shape in graph.subjects(RDF.type, kind)}


def constraining(graph: Graph) -> set[str]:
    """The local names of the shapes that can bring results: not deactivated, with a constraint of their own."""
    return {
        str(shape).removeprefix(SHAPES)
        for shape in named_shapes(graph)
        if (shape, SH.deactivated, Literal(True)) not in graph
        and any(p not in NOT_CONSTRAINTS and not str(p).startswith(f"{SH}target") for p in graph.predicates(shape))
    }


def test_every_constraining_shape_has_examples() -> None:
    assert constraining(all_shapes().graph) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_good_example_conforms(name: str, example: Example) -> None:
    assert [result.shape for result in pyshacl_results(example(name, "good"))] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_is_named_by_its_shape_and_the_gate_finds_what_pyshacl_finds(
    name: str, example: Example
) -> None:
    data = example(name, "bad")
    expected = pyshacl_results(data)
    assert {result.shape for result in expected} == {SHAPES + name}
    found = engine_results(list(ox_quads(data)), all_shapes())
    assert sorted(r.key() for r in found) == sorted(r.key() for r in expected)
    assert {r.key(): (r.severity, r.messages) for r in found} == {r.key(): (r.severity, r.messages) for r in expected}


def test_every_shape_has_an_iri_a_severity_and_messages_in_both_languages() -> None:
    graph = all_shapes().graph
    for shape in named_shapes(graph):
        assert isinstance(shape, URIRef), shape
        assert graph.value(shape, SH.severity) in {SH.Violation, SH.Warning, SH.Info}, shape
        languages = [text.language for text in graph.objects(shape, SH.message) if isinstance(text, Literal)]
        assert sorted(map(str, languages)) == ["ar", "en"], shape


def test_every_sparql_constraint_runs_set_based() -> None:
    shapes = all_shapes()
    with_sparql = {str(shape) for shape in shapes.graph.subjects(SH.sparql)}
    assert {constraint.shape for constraint in shapes.sparql} == with_sparql
