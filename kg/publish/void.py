"""What the data holds, as VoID, and where its dumps are, as DCAT."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, DCTERMS, OWL, RDF, VOID, XSD

from kg.named_queries import internal
from kg.query import bind_text
from kg.rdf.iris import ONTOLOGY_GRAPH, Iris
from kg.rdf.vocab import ONTOLOGY
from kg.store import Manifest

TITLES = {
    "en": "Khabar: who said what in the news, about which shipments and agreements",
    "ar": "خبر: من قال ماذا في الأخبار، وعن أي شحنات واتفاقيات",
}
VOCABULARIES = (
    ONTOLOGY,
    "https://schema.org/",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/ns/prov#",
)


def statistics_query(base: str, dataset: str) -> str:
    """A CONSTRUCT that counts the data (the ontology left out) as VoID about `dataset`; seconds on a million quads."""
    ontology = ox.NamedNode(Iris(base).graph(ONTOLOGY_GRAPH))
    return bind_text(internal("void"), {"dataset": str(ox.NamedNode(dataset)), "ontology": str(ontology)})


def describe(
    statistics: Iterable[ox.Triple],
    manifest: Manifest,
    dataset: str,
    endpoint: str | None = None,
    dumps: Mapping[str, str] | None = None,
) -> Graph:
    """The description of a version: its `statistics`, its address and its files.

    `statistics` are the triples of `statistics_query`; `endpoint` is the address of the SPARQL endpoint, `dumps` maps
    addresses of dump files to their media types.
    """
    graph = Graph()
    graph.bind("void", VOID)
    for triple in statistics:
        graph.parse(data=f"{triple} .", format="nt")
    it = URIRef(dataset)
    for cls in (VOID.Dataset, DCAT.Dataset):
        graph.add((it, RDF.type, cls))
    for language, title in TITLES.items():
        graph.add((it, DCTERMS.title, Literal(title, lang=language)))
    graph.add((it, DCTERMS.modified, Literal(manifest.published, datatype=XSD.dateTime)))
    graph.add((it, OWL.versionInfo, Literal(str(manifest.version))))
    graph.add((it, VOID.uriSpace, Literal(manifest.base)))
    for vocabulary in VOCABULARIES:
        graph.add((it, VOID.vocabulary, URIRef(vocabulary)))
    if endpoint:
        graph.add((it, VOID.sparqlEndpoint, URIRef(endpoint)))
    for address, media_type in (dumps or {}).items():
        _add_dump(graph, it, URIRef(address), media_type)
    return graph


def _add_dump(graph: Graph, dataset: URIRef, address: URIRef, media_type: str) -> None:
    distribution = URIRef(f"{address}#distribution")
    graph.add((dataset, VOID.dataDump, address))
    graph.add((dataset, DCAT.distribution, distribution))
    graph.add((distribution, RDF.type, DCAT.Distribution))
    graph.add((distribution, DCAT.downloadURL, address))
    iana = URIRef(f"https://www.iana.org/assignments/media-types/{media_type}")
    graph.add((distribution, DCAT.mediaType, iana))
