"""The description counts what is there: the articles' quads and the shared actors', not the ontology's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCAT, VOID

from kg.publish.void import describe, statistics_query
from kg.rdf.ontology_graph import ontology_quads
from kg.rdf.vocab import KHABAR
from kg.store import open_current
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite

DATASET = "http://localhost:8000/.well-known/void#dataset"


@pytest.fixture
def description(db: Path, write: Callable[..., ArticleWrite]) -> Graph:
    with EmbeddedStore(db) as store:
        store.put_graph("ontology", ontology_quads(store.base))
        store.put([write("a1"), write("a2")])
        store.publish("r1")
    with open_current(db) as (version, graph):
        found = graph.query(statistics_query(version.base, DATASET), use_default_graph_as_union=True)
        assert isinstance(found, ox.QueryTriples)
        dumps = {"http://localhost:8000/dump.nq": "application/n-quads"}
        return describe(found, version.manifest, DATASET, "http://localhost:8000/sparql", dumps)


def partition(graph: Graph, of: URIRef, what: URIRef, count: URIRef) -> int:
    (part,) = graph.subjects(of, what)
    return int(str(graph.value(part, count)))


def test_classes_and_properties_are_counted(description: Graph) -> None:
    assert partition(description, VOID["class"], KHABAR.Statement, VOID.entities) == 6
    assert partition(description, VOID["class"], KHABAR.Article, VOID.entities) == 2
    assert partition(description, VOID.property, KHABAR.speaker, VOID.triples) == 6
    assert not list(description.subjects(VOID.property, URIRef("http://www.w3.org/2000/01/rdf-schema#domain")))


def test_totals_leave_the_ontology_out(db: Path, description: Graph) -> None:
    with open_current(db) as (_, graph):
        ontology = ox.NamedNode("https://w3id.org/khabar/graph/ontology")
        data = len(graph) - len(list(graph.quads_for_pattern(None, None, None, ontology)))
    it = URIRef(DATASET)
    assert description.value(it, VOID.triples) == Literal(data)
    assert description.value(it, VOID.documents) == Literal(2)


def test_links_to_wikidata_are_a_linkset(description: Graph) -> None:
    (linkset,) = description.objects(URIRef(DATASET), VOID.subset)
    assert description.value(linkset, VOID.triples) == Literal(3)


def test_endpoint_and_dumps_are_told(description: Graph) -> None:
    it = URIRef(DATASET)
    assert description.value(it, VOID.sparqlEndpoint) == URIRef("http://localhost:8000/sparql")
    assert description.value(it, VOID.dataDump) == URIRef("http://localhost:8000/dump.nq")
    distribution = description.value(it, DCAT.distribution)
    media_type = URIRef("https://www.iana.org/assignments/media-types/application/n-quads")
    assert description.value(distribution, DCAT.mediaType) == media_type
