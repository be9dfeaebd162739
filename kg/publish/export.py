"""The whole graph as a file, in an order that does not change."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import BinaryIO

import pyoxigraph as ox

from kg.rdf.vocab import ONTOLOGY, PROV, SCHEMA, WIKIDATA


class Format(StrEnum):
    """The syntaxes of an export; Turtle has no graph names and gives the union."""

    NQUADS = "nquads"
    TRIG = "trig"
    TURTLE = "turtle"
    JSONLD = "jsonld"


_SYNTAX = {
    Format.NQUADS: ox.RdfFormat.N_QUADS,
    Format.TRIG: ox.RdfFormat.TRIG,
    Format.TURTLE: ox.RdfFormat.TURTLE,
    Format.JSONLD: ox.RdfFormat.JSON_LD,
}
PREFIXES = {
    "khabar": ONTOLOGY,
    "schema": str(SCHEMA._NS),
    "prov": str(PROV._NS),
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": WIKIDATA,
}


def write_graph(graph: ox.Store, output: BinaryIO, syntax: Format) -> None:
    """Writes every quad: graphs by name, the quads of each by their N-Quads form.

    Needs the memory of the largest named graph. Raises OSError where `output` cannot be written.
    """
    quads = ordered_quads(graph)
    prefixes = None if syntax is Format.NQUADS else PREFIXES
    if syntax is Format.TURTLE:
        ox.serialize((quad.triple for quad in quads), output, _SYNTAX[syntax], prefixes=prefixes)
    else:
        ox.serialize(quads, output, _SYNTAX[syntax], prefixes=prefixes)


def ordered_quads(graph: ox.Store) -> Iterator[ox.Quad]:
    """Every quad of a store: the default graph, then the named graphs by name, each by its N-Quads form."""
    names = sorted(graph.named_graphs(), key=str)
    for name in (ox.DefaultGraph(), *names):
        yield from sorted(graph.quads_for_pattern(None, None, None, name), key=str)
