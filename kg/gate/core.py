"""pySHACL, with the shapes parsed once and the results as values."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from pyparsing import ParseException
from pyshacl import Validator
from pyshacl.errors import ReportableRuntimeError, ShapeRecursionWarning
from pyshacl.graph_abstraction import DataGraph
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Literal, Node, URIRef

from kg.errors import OntologyError
from kg.gate.graphs import messages_of, own_severity, severity_named
from kg.gate.paths import path_text
from kg.gate.verdict import Result

_FAULTS_OF_SHAPES = (
    ReportableRuntimeError,
    ParseException,
    re.error,
    ValueError,
    TypeError,
    LookupError,
    AssertionError,
    AttributeError,
    RuntimeError,
    ShapeRecursionWarning,
)
"""What pySHACL raises on ill-formed shapes: it checks some beforehand and stumbles over others."""

_Targets = tuple[frozenset[Node], ...]
_OWNERS = (SH.property, SH.node, SH["not"], SH.qualifiedValueShape)


def run_pyshacl(data: Graph, shapes: ShapesGraph, only: Collection[Node] | None = None) -> Graph:
    """The W3C report of pySHACL on `data`, which is not changed: no inference, no imports, no network.

    With `only`, the shapes are judged at those of their focus nodes. Raises OntologyError where the shapes themselves
    are ill-formed or recurse.
    """
    validator = Validator(DataGraph.from_rdflib(data), shacl_graph=Graph(), options={"inplace": True})
    validator.shacl_graph = shapes  # parsed once for the process; the constructor would parse it again
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", ShapeRecursionWarning)
            return _run(validator, only)
    except _FAULTS_OF_SHAPES as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise OntologyError(f"the shapes cannot be run: {reason}") from error


def _run(validator: Any, only: Collection[Node] | None) -> Graph:
    if only is None:
        report = validator.run()[1]
        assert isinstance(report, Graph)
        return report
    executor, data = validator.make_executor(), validator.data_graph
    found: list[Any] = []
    focus: dict[_Targets, list[Node]] = {}  # many shapes have the same targets
    for shape, targets in _with_targets(validator.shacl_graph):
        if targets not in focus:
            focus[targets] = [node for node in shape.focus_nodes(data) if node in only]
        if focus[targets]:
            found.extend(shape.validate(executor, data, focus=focus[targets])[1])
    report, _ = validator.create_validation_report(validator.shacl_graph, not found, found)
    assert isinstance(report, Graph)
    return report


@lru_cache(maxsize=8)
def _with_targets(shapes: ShapesGraph) -> list[tuple[Any, _Targets]]:
    """The shapes that have targets, each with its own."""
    found = [(shape, tuple(map(frozenset, shape.target()))) for shape in shapes.shapes]
    return [(shape, targets) for shape, targets in found if any(targets)]


def results_of(report: Graph, shapes: Graph) -> Iterator[Result]:
    """The results of a W3C report, with the messages of `shapes` in every language they have."""
    for node in report.objects(None, SH.result):
        yield _result(report, node, shapes)


def _result(report: Graph, node: Node, shapes: Graph) -> Result:
    focus = report.value(node, SH.focusNode)
    path = report.value(node, SH.resultPath)
    shape = report.value(node, SH.sourceShape)
    assert focus is not None
    return Result(
        focus=focus,
        path=None if path is None else path_text(report, path),
        value=report.value(node, SH.value),
        shape=shape_name(shapes, shape),
        component=str(report.value(node, SH.sourceConstraintComponent) or ""),
        severity=severity_named(report.value(node, SH.resultSeverity)),
        severity_iri=own_severity(report.value(node, SH.resultSeverity)),
        messages=_messages(report, node, shapes, shape),
    )


def shape_name(shapes: Graph, shape: Node | None) -> str:
    """The IRI of `shape`, or of the nearest shape around it that has one; empty where there is none."""
    seen: set[Node] = set()
    while shape is not None and not isinstance(shape, URIRef) and shape not in seen:
        seen.add(shape)
        shape = next((owner for link in _OWNERS for owner in shapes.subjects(link, shape)), None)
    return str(shape) if isinstance(shape, URIRef) else ""


def _messages(report: Graph, node: Node, shapes: Graph, shape: Node | None) -> tuple[tuple[str, str], ...]:
    # pySHACL drops the language of messages with variables, so the shape's own come first where they have none.
    constraint = report.value(node, SH.sourceConstraint)
    for declared in (messages_of(shapes, owner) for owner in (constraint, shape) if owner is not None):
        if declared and not any("{?" in text or "{$" in text for _, text in declared):
            return declared
    texts = (text for text in report.objects(node, SH.resultMessage) if isinstance(text, Literal))
    return tuple(sorted((text.language or "", str(text)) for text in texts))
