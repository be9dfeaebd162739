"""A small graph with one known fault, as files in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

TURTLE = """@base <https://w3id.org/khabar/> .
@prefix khabar: <https://w3id.org/khabar/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<actor/Q1> a khabar:Person , khabar:Actor ;
    skos:prefLabel "سالم الحداد"@ar .

<tenure/t1> a khabar:Tenure ;
    khabar:role <actor/r1> ;
    khabar:holder <actor/r1> .

<actor/r1> a khabar:Role , khabar:Actor ; skos:prefLabel "وزير النقل"@ar .
"""
SUFFIXES = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}

WriteData = Callable[[str], Path]


@pytest.fixture
def faulty(tmp_path: Path) -> WriteData:
    """Writes the graph, whose tenure has an office for its holder, as `data` with the ending asked for."""

    def written(suffix: str) -> Path:
        file = tmp_path / f"data{suffix}"
        if suffix == ".ttl":
            file.write_text(TURTLE, "utf-8")
            return file
        triples = [quad.triple for quad in ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)]
        ox.serialize(triples, output=str(file), format=SUFFIXES[suffix])
        return file

    return written
