"""The JSON-LD context, made from the ontology so that the two cannot drift apart."""

from __future__ import annotations

import json

from rdflib import Graph
from rdflib.namespace import OWL, RDFS, SKOS, XSD
from rdflib.term import Node, URIRef

from kg.ontology import defined_terms
from kg.rdf.vocab import EDTF, ONTOLOGY, PROV, SCHEMA

_PREFIXES = {
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "khabar": ONTOLOGY,
    "prov": str(PROV._NS),
    "schema": str(SCHEMA._NS),
    "skos": str(SKOS),
    "xsd": str(XSD),
}
_OTHERS: dict[str, dict[str, str]] = {
    "headline": {"@id": "schema:headline"},
    "datePublished": {"@id": "schema:datePublished", "@type": "edtf:EDTF"},
    "publisher": {"@id": "schema:publisher", "@type": "@id"},
    "inLanguage": {"@id": "schema:inLanguage"},
    "url": {"@id": "schema:url", "@type": "xsd:anyURI"},
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
    "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
    "used": {"@id": "prov:used", "@type": "@id"},
    "wasAssociatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
}
# JSON's own numbers, booleans and strings expand to these without being told.
_NATIVE = {XSD.integer, XSD.boolean, XSD.string}


def context_of(ontology: Graph) -> str:
    """The context as JSON text: a name for each class and property, concepts by their bare names (`"asserted"`)."""
    context: dict[str, object] = {"@version": 1.1, "@vocab": ONTOLOGY, "id": "@id", "type": "@type", **_PREFIXES}
    terms = {term.removeprefix(ONTOLOGY): _definition(ontology, term, kind) for term, kind in _named(ontology)}
    return json.dumps({"@context": {**context, **dict(sorted(terms.items())), **_OTHERS}}, indent=2) + "\n"


def _named(ontology: Graph) -> list[tuple[URIRef, Node]]:
    return [(t, kind) for t, kind in defined_terms(ontology).items() if kind not in (SKOS.Concept, SKOS.ConceptScheme)]


def _definition(ontology: Graph, term: URIRef, kind: Node) -> str | dict[str, str]:
    name = f"khabar:{term.removeprefix(ONTOLOGY)}"
    ranges = set(ontology.objects(term, RDFS.range))
    if kind == OWL.ObjectProperty:
        is_concept = any((value, RDFS.subClassOf, SKOS.Concept) in ontology for value in ranges)
        return {"@id": name, "@type": "@vocab" if is_concept else "@id"}
    for datatype in ranges - _NATIVE:
        return {"@id": name, "@type": "edtf:EDTF" if datatype == EDTF else str(datatype).replace(str(XSD), "xsd:")}
    return name
