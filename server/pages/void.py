"""`/.well-known/void`: what the graph holds, counted from its published version (VoID, DCAT)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from kg.rdf.vocab import ONTOLOGY
from server.negotiate import best_type
from server.pages.data import bound, select
from server.pages.errors import answer
from server.reply import CORS
from server.services import public_address, services
from server.sparql.formats import content_type
from server.workers.worker import GRAPH_FORMATS, GRAPH_TYPES

_VOID, _DCAT, _DCT = "http://rdfs.org/ns/void#", "http://www.w3.org/ns/dcat#", "http://purl.org/dc/terms/"
_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_PREFIXES = {"void": _VOID, "dcat": _DCAT, "dct": _DCT, "khabar": ONTOLOGY, "xsd": _XSD}
_VOCABULARIES = (ONTOLOGY, "http://www.w3.org/2004/02/skos/core#", "https://schema.org/", "http://www.w3.org/ns/prov#")

routes = Blueprint("void", __name__)


@routes.get("/.well-known/void")
def void() -> Response:
    """The description as RDF."""
    media_type = best_type(request.headers.get("Accept"), (*GRAPH_TYPES, "text/html"))
    if media_type is None:
        return answer("format", 406, types=", ".join(GRAPH_TYPES))
    if media_type == "text/html":  # a browser shows Turtle as text
        media_type = "text/turtle"
    body = ox.serialize(_triples(), format=GRAPH_FORMATS[media_type], prefixes=_PREFIXES) or b""
    response = Response(body, content_type=content_type(media_type))
    response.headers.extend(CORS)
    response.headers["Vary"] = "Accept"
    return response


@routes.get("/void")
def short() -> AnyResponse:
    """The same under a name that is easier to say."""
    return redirect("/.well-known/void", 303)


def warm() -> None:
    """Asks what the description asks, so that the answers are in the cache."""
    for query in ("void-classes", "void-properties", "void-links"):
        select(bound(query))


def _triples() -> Iterator[ox.Triple]:
    found = services()
    address, manifest = public_address(found.config, request.environ), found.version.manifest
    dataset = ox.NamedNode(address + "/.well-known/void#dataset")

    def say(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
        return ox.Triple(subject, ox.NamedNode(predicate), value)

    for cls in (_VOID + "Dataset", _DCAT + "Dataset"):
        yield ox.Triple(dataset, _TYPE, ox.NamedNode(cls))
    yield say(dataset, _DCT + "title", ox.Literal("Khabar: news, and who said it", language="en"))
    yield say(dataset, _DCT + "title", ox.Literal("خبر: الأخبار ومن قالها", language="ar"))
    issued = datetime.fromisoformat(manifest.published).isoformat()
    yield say(dataset, _DCT + "modified", ox.Literal(issued, datatype=ox.NamedNode(_XSD + "dateTime")))
    yield say(dataset, _VOID + "sparqlEndpoint", ox.NamedNode(address + "/sparql"))
    yield say(dataset, _VOID + "uriSpace", ox.Literal(found.base))
    yield say(dataset, _VOID + "triples", ox.Literal(manifest.quads))
    yield say(dataset, _VOID + "documents", ox.Literal(manifest.articles))
    for vocabulary in _VOCABULARIES:
        yield say(dataset, _VOID + "vocabulary", ox.NamedNode(vocabulary))
    yield from _partitions(dataset)
    links = ox.NamedNode(address + "/.well-known/void#wikidata")
    yield ox.Triple(links, _TYPE, ox.NamedNode(_VOID + "Linkset"))
    yield say(dataset, _VOID + "subset", links)
    yield say(links, _VOID + "linkPredicate", ox.NamedNode("https://schema.org/sameAs"))
    yield say(links, _VOID + "subjectsTarget", dataset)
    yield say(links, _VOID + "objectsTarget", ox.NamedNode("http://www.wikidata.org/entity/Q2013"))
    yield say(links, _VOID + "triples", ox.Literal(int(select(bound("void-links")).rows[0]["n"].value)))
    distribution = ox.NamedNode(address + "/.well-known/void#sparql")
    yield say(dataset, _DCAT + "distribution", distribution)
    yield ox.Triple(distribution, _TYPE, ox.NamedNode(_DCAT + "Distribution"))
    yield say(distribution, _DCAT + "accessURL", ox.NamedNode(address + "/sparql"))


def _partitions(dataset: ox.NamedNode) -> Iterator[ox.Triple]:
    for kind, query, count in (("class", "void-classes", "entities"), ("property", "void-properties", "triples")):
        for number, row in enumerate(select(bound(query)).rows):
            part = ox.NamedNode(f"{dataset.value}-{kind}-{number}")
            yield ox.Triple(dataset, ox.NamedNode(f"{_VOID}{kind}Partition"), part)
            yield ox.Triple(part, ox.NamedNode(_VOID + kind), ox.NamedNode(row[kind].value))
            yield ox.Triple(part, ox.NamedNode(_VOID + count), ox.Literal(int(row["n"].value)))
