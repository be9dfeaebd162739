"""A verdict as a W3C validation report (SHACL §3.6)."""

from __future__ import annotations

from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import BNode, Literal, Node, URIRef

from kg.gate.shapes import default_shapes
from kg.gate.verdict import Result, Verdict


def report_graph(verdict: Verdict, shapes: Graph | None = None) -> Graph:
    """The report as RDF; a complex path is copied from the shape in `shapes` (by default the packaged ones)."""
    shapes = default_shapes().graph if shapes is None else shapes
    graph = Graph()
    graph.bind("sh", SH)
    report = BNode("report")
    graph.add((report, RDF.type, SH.ValidationReport))
    graph.add((report, SH.conforms, Literal(verdict.conforms)))
    for number, result in enumerate(verdict.results, 1):
        node = BNode(f"result{number}")
        graph.add((report, SH.result, node))
        _add_result(graph, node, result, shapes)
    return graph


def _add_result(graph: Graph, node: Node, result: Result, shapes: Graph) -> None:
    graph.add((node, RDF.type, SH.ValidationResult))
    graph.add((node, SH.focusNode, result.focus))
    severity = URIRef(result.severity_iri) if result.severity_iri else SH[result.severity.value]
    graph.add((node, SH.resultSeverity, severity))
    graph.add((node, SH.sourceConstraintComponent, URIRef(result.component)))
    if result.shape:
        graph.add((node, SH.sourceShape, URIRef(result.shape)))
    if result.value is not None:
        graph.add((node, SH.value, result.value))
    for language, text in result.messages:
        graph.add((node, SH.resultMessage, Literal(text, lang=language or None)))
    path = _path_node(graph, result, shapes)
    if path is not None:
        graph.add((node, SH.resultPath, path))


def _path_node(graph: Graph, result: Result, shapes: Graph) -> Node | None:
    if result.path is None:
        return None
    if result.path.startswith("<") and result.path.find(">") == len(result.path) - 1:
        return URIRef(result.path[1:-1])
    declared = shapes.value(URIRef(result.shape), SH.path)
    if declared is not None:
        graph += shapes.cbd(declared)
    return declared
