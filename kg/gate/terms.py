"""The store's terms (pyoxigraph) as rdflib's, which pySHACL reads.

A plain string stays without a datatype: rdflib holds `Literal("t")` and `Literal("t", datatype=XSD.string)` for two
terms (RDFLib/rdflib#2123), and shapes parsed by rdflib have the former. Lexical forms are never normalised.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import XSD
from rdflib.term import BNode, Literal, Node, URIRef

_STRING = str(XSD.string)

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal


@lru_cache(maxsize=65536)
def _iri(value: str) -> URIRef:
    return URIRef(value)


def to_rdflib(term: object) -> Node:
    """The same RDF term in rdflib's form; raises TypeError for what RDF 1.1 has no place for (a quoted triple)."""
    if isinstance(term, ox.NamedNode):
        return _iri(term.value)
    if isinstance(term, ox.Literal):
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        if term.datatype.value == _STRING:
            return Literal(term.value)
        return Literal(term.value, datatype=_iri(term.datatype.value), normalize=False)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    raise TypeError(f"not an RDF 1.1 term: {term!r}")


def to_oxigraph(term: Node) -> OxTerm:
    """The same RDF term in pyoxigraph's form; raises TypeError for what is not an IRI, literal or blank node."""
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, Literal):
        if term.language is not None:
            return ox.Literal(str(term), language=term.language)
        if term.datatype is not None:
            return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)))
        return ox.Literal(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    raise TypeError(f"not an RDF 1.1 term: {term!r}")


def add_all(graph: Graph, quads: Iterable[ox.Quad | ox.Triple]) -> Graph:
    """`graph`, with the triples of `quads` added; their graph names are left out."""
    add = graph.add
    for quad in quads:
        add((to_rdflib(quad.subject), _iri(quad.predicate.value), to_rdflib(quad.object)))
    return graph


def ox_quads(triples: Iterable[tuple[Node, Node, Node]]) -> Iterator[ox.Quad]:
    """Triples of rdflib (a graph of them, too) as quads of the default graph; raises TypeError for non-RDF 1.1 ones."""
    for s, p, o in triples:
        subject, predicate = to_oxigraph(s), to_oxigraph(p)
        if isinstance(subject, ox.Literal) or not isinstance(predicate, ox.NamedNode):
            raise TypeError(f"not an RDF 1.1 triple: {s!r} {p!r} {o!r}")
        yield ox.Quad(subject, predicate, to_oxigraph(o))
