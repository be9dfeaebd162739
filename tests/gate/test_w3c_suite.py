"""The W3C SHACL test suite through the gate's engine: no worse than pySHACL alone, and what fails is listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH, Namespace
from rdflib.term import BNode, Node

from kg.errors import OntologyError
from kg.gate import core
from kg.gate.engine import engine_results
from kg.gate.graphs import load_graph
from kg.gate.paths import path_text
from kg.gate.shapes import Shapes, load_shapes
from kg.gate.terms import add_all
from kg.gate.verdict import Result

SUITE = Path(__file__).resolve().parents[3] / "shared" / "w3c" / "data-shapes" / "tests"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

KNOWN_FAILURES = {
    "core/property/uniqueLang-002": 'rdflib takes "1"^^xsd:boolean for true; the test wants that it is not `true`',
    "sparql/pre-binding/shapesGraph-001": "pySHACL gives queries no access to the shapes graph ($shapesGraph)",
}
"""Tests that fail, with the reason; pySHACL alone fails them as well."""

pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="the W3C suite is not beside the checkout (../shared)")

Keys = Counter[tuple[str, ...]]


@dataclass(frozen=True)
class Entry:
    """One test: what to judge by what, and the expected results; None where a failure is expected."""

    name: str
    data: Path
    shapes: Path
    expected: Keys | None


def entries() -> list[Entry]:
    files = sorted(file for file in SUITE.rglob("*.ttl") if file.name != "manifest.ttl")
    return [entry for file in files for entry in entries_of(file)] if SUITE.is_dir() else []


def entries_of(file: Path) -> Iterable[Entry]:
    graph = load_graph([file])
    for entry in graph.subjects(RDF.type, SHT.Validate):
        action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
        assert result is not None
        expected = None if result == SHT.Failure else Counter(expected_keys(graph, result))
        name = file.relative_to(SUITE).with_suffix("").as_posix()
        yield Entry(name, path_in(graph, action, SHT.dataGraph), path_in(graph, action, SHT.shapesGraph), expected)


def path_in(graph: Graph, action: Node | None, which: Node) -> Path:
    return Path(unquote(urlsplit(str(graph.value(action, which))).path))


def expected_keys(graph: Graph, report: Node) -> Iterable[tuple[str, ...]]:
    for result in graph.objects(report, SH.result):
        path = graph.value(result, SH.resultPath)
        yield (
            term(graph.value(result, SH.focusNode)),
            "" if path is None else path_text(graph, path),
            term(graph.value(result, SH.value)),
            str(graph.value(result, SH.sourceConstraintComponent)),
            str(graph.value(result, SH.resultSeverity)).rpartition("#")[2],
        )


def term(node: Node | None) -> str:
    return "" if node is None else "_" if isinstance(node, BNode) else node.n3()


def keys(results: Iterable[Result]) -> Keys:
    return Counter((term(r.focus), r.path or "", term(r.value), r.component, severity(r)) for r in results)


def severity(result: Result) -> str:
    return result.severity_iri.rpartition("#")[2] or result.severity.value


def through_the_gate(data: list[ox.Quad], shapes: Shapes) -> Keys | None:
    try:
        return keys(engine_results(data, shapes))
    except OntologyError:
        return None


def through_pyshacl(data: list[ox.Quad], shapes: Shapes) -> Keys | None:
    try:
        report = core.run_pyshacl(add_all(Graph(), data) + shapes.vocabulary, shapes.full)
    except OntologyError:
        return None
    return keys(core.results_of(report, shapes.graph))


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.name) for entry in entries()])
def test_the_gate_passes_what_pyshacl_passes(entry: Entry) -> None:
    try:
        shapes = load_shapes([entry.shapes], [entry.data])
    except OntologyError:
        assert entry.expected is None
        return
    data = list(ox.parse(path=str(entry.data), format=ox.RdfFormat.TURTLE, base_iri=entry.data.as_uri()))
    gate, alone = through_the_gate(data, shapes), through_pyshacl(data, shapes)
    if entry.name in KNOWN_FAILURES:
        assert gate != entry.expected, "it passes now: take it off the list"
        assert alone != entry.expected, "pySHACL alone passes it: so must the gate"
    else:
        assert gate == entry.expected
