"""The service description (SPARQL 1.1 Service Description): what `/sparql` answers to a GET without a query."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import pyoxigraph as ox

from kg.errors import QueryFormatError
from server.negotiate import best_type
from server.reply import CORS, Reply
from server.sparql.formats import content_type
from server.workers.protocol import Form
from server.workers.worker import GRAPH_FORMATS, GRAPH_TYPES

_PREFIXES = {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "void": "http://rdfs.org/ns/void#",
}


def describe(endpoint: str, accept: str | None, updates: bool, federation: bool = False) -> Reply:
    """The description of the service at the absolute URL `endpoint`; QueryFormatError for a 406."""
    media_type = best_type(accept, GRAPH_TYPES)
    if media_type is None:
        raise QueryFormatError(Form.GRAPH.name.lower())
    headers = [("Content-Type", content_type(media_type)), ("Vary", "Accept"), *CORS]
    return Reply(200, headers, _document(endpoint, media_type, updates, federation))


@lru_cache(maxsize=64)
def _document(endpoint: str, media_type: str, updates: bool, federation: bool) -> bytes:
    source = files("server.sparql").joinpath("service.ttl").read_bytes()
    triples = [quad.triple for quad in ox.parse(source, format=ox.RdfFormat.TURTLE, base_iri=endpoint)]
    sd = _PREFIXES["sd"]
    for offered, term, value in (
        (updates, "supportedLanguage", "SPARQL11Update"),
        (federation, "feature", "BasicFederatedQuery"),
    ):
        if offered:
            triples.append(ox.Triple(ox.NamedNode(endpoint), ox.NamedNode(sd + term), ox.NamedNode(sd + value)))
    return ox.serialize(triples, format=GRAPH_FORMATS[media_type], prefixes=_PREFIXES) or b""
