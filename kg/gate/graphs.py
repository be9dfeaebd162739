"""Shapes graphs: read from files, asked for what a shape declares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import OWL, SH
from rdflib.term import Literal, Node

from kg.errors import OntologyError
from kg.gate.terms import add_all
from kg.gate.verdict import Severity

_SEVERITIES = {str(SH[severity.value]): severity for severity in Severity}


def severity_of(graph: Graph, shape: Node) -> Severity:
    """The `sh:severity` of `shape`; Violation where there is none or one of the user's own."""
    return severity_named(graph.value(shape, SH.severity))


def severity_named(value: Node | None) -> Severity:
    """The severity that an IRI of SHACL stands for; Violation for none and for one of the user's own."""
    return _SEVERITIES.get(str(value), Severity.VIOLATION)


def own_severity(value: Node | None) -> str:
    """The IRI of a severity of the user's own; empty for SHACL's three and for none."""
    return "" if value is None or str(value) in _SEVERITIES else str(value)


def messages_of(graph: Graph, node: Node) -> tuple[tuple[str, str], ...]:
    """The `sh:message` texts of a shape or constraint as (language, text), sorted."""
    texts = (text for text in graph.objects(node, SH.message) if isinstance(text, Literal))
    return tuple(sorted((text.language or "", str(text)) for text in texts))


def load_graph(paths: Sequence[Path]) -> Graph:
    """One graph of the Turtle files in `paths` (a folder stands for its `*.ttl`).

    Raises OntologyError where a file is missing or does not parse; the text names the file.
    """
    graph = Graph()
    for path in paths:
        for file in turtle_files(path):
            _parse_into(graph, file)
    return graph


def with_imported_prefixes(graph: Graph) -> Graph:
    """`graph`, with each holder of prefixes declaring those of the ontologies it imports as well (SHACL §5.2.1)."""
    for holder in set(graph.objects(None, SH.prefixes)):
        for imported in list(graph.transitive_objects(holder, OWL.imports)):
            for declaration in list(graph.objects(imported, SH.declare)):
                graph.add((holder, SH.declare, declaration))
    return graph


def turtle_files(path: Path) -> list[Path]:
    """`path` itself, or the `*.ttl` of the folder it names, in order; raises OntologyError for a folder without any."""
    if not path.is_dir():
        return [path]
    files = sorted(path.glob("*.ttl"))
    if not files:
        raise OntologyError(f"{path}: no Turtle file here")
    return files


def _parse_into(graph: Graph, file: Path) -> None:
    try:
        parsed = ox.parse(
            file.read_bytes(),
            format=ox.RdfFormat.TURTLE,
            base_iri=file.absolute().as_uri(),
            rename_blank_nodes=True,  # labels are of one file
        )
        add_all(graph, parsed)
    except OSError as error:
        raise OntologyError(f"{file}: cannot be read: {error}") from error
    except SyntaxError as error:
        raise OntologyError(f"{file}: not Turtle: {error}") from error
    for prefix, namespace in parsed.prefixes.items():
        graph.bind(prefix, namespace)
