"""SHACL property paths (SHACL §2.3.1) as text: the SPARQL property path with full IRIs."""

from __future__ import annotations

from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node, URIRef

_SUFFIXES = ((SH.zeroOrMorePath, "*"), (SH.oneOrMorePath, "+"), (SH.zeroOrOnePath, "?"))


def path_text(graph: Graph, path: Node) -> str:
    """The path as SPARQL writes it; a path that is no SHACL path (or that loops) gives its node's own name."""
    return _text(graph, path, frozenset())


def _text(graph: Graph, path: Node, above: frozenset[Node]) -> str:
    if isinstance(path, URIRef) or path in above:
        return path.n3()
    above = above | {path}
    if (inverse := graph.value(path, SH.inversePath)) is not None:
        return f"^{_text(graph, inverse, above)}"
    if (alternatives := graph.value(path, SH.alternativePath)) is not None:
        return f"({'|'.join(_text(graph, member, above) for member in Collection(graph, alternatives))})"
    for predicate, suffix in _SUFFIXES:
        if (inner := graph.value(path, predicate)) is not None:
            return f"({_text(graph, inner, above)}){suffix}"
    if (path, RDF.first, None) in graph:
        return f"({'/'.join(_text(graph, member, above) for member in Collection(graph, path))})"
    return path.n3()
