"""The JSON-LD context."""

from __future__ import annotations

import json

import pyoxigraph as ox

from kg import resources
from kg.ontology import load_ontology
from kg.ontology_context import context_of
from kg.rdf.vocab import ONTOLOGY

FILE = resources.ontology_dir() / "context.jsonld"


def test_the_file_is_what_the_ontology_makes() -> None:
    assert FILE.read_text("utf-8") == context_of(load_ontology())


def test_plain_json_with_the_context_is_the_same_graph_as_turtle() -> None:
    document = {
        **json.loads(FILE.read_text("utf-8")),
        "id": "https://w3id.org/khabar/statement/a1.0-25",
        "type": "Statement",
        "speaker": "https://w3id.org/khabar/actor/Q1",
        "modality": "in-force",
        "date": "2024-05",
        "notBefore": "2024-05-01",
        "rule": "example",
        "chain": {"id": "https://w3id.org/khabar/statement/a1.0-25#chain-1", "position": 1},
        "prefLabel": {"ar": "قول", "en": "saying"},
    }
    turtle = f"""@prefix : <{ONTOLOGY}> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    @base <https://w3id.org/khabar/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <statement/a1.0-25> a :Statement ; :speaker <actor/Q1> ; :modality :in-force ; :rule "example" ;
        :date "2024-05"^^<http://id.loc.gov/datatypes/edtf/EDTF> ; :notBefore "2024-05-01"^^xsd:date ;
        :chain <statement/a1.0-25#chain-1> ; skos:prefLabel "قول"@ar , "saying"@en .
    <statement/a1.0-25#chain-1> :position 1 ."""
    from_json = ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    from_turtle = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    assert {str(quad.triple) for quad in from_json} == {str(quad.triple) for quad in from_turtle}
