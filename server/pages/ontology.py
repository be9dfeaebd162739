"""The ontology at `/ontology`: terms and shapes with examples as a page, or the terms as RDF; its JSON-LD context."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256

import pyoxigraph as ox
from flask import Blueprint, Response, request

from kg.gate.graphs import load_graph
from kg.ontology import load_ontology
from kg.publish.ontology_docs import ontology_page
from kg.rdf.vocab import ONTOLOGY
from kg.resources import across_dir, examples_dir, ontology_dir, shapes_dir
from server.negotiate import best_type
from server.pages.errors import answer
from server.reply import CORS
from server.sparql.formats import content_type
from server.workers.worker import GRAPH_FORMATS

_OFFERED = ("text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "text/html")
_FILES = ("khabar.ttl", "concepts.ttl")
_PREFIXES = {
    "khabar": ONTOLOGY,
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}

routes = Blueprint("ontology", __name__)


@routes.get("/ontology")
def ontology() -> Response:
    """The ontology with its concepts; for a browser the page of terms and shapes, where each term has its anchor."""
    media_type = best_type(request.headers.get("Accept"), _OFFERED)
    if media_type is None:
        return answer("format", 406, types=", ".join(_OFFERED))
    if media_type == "text/html":
        page, style = _documentation()
        response = Response(page, content_type="text/html; charset=utf-8")
        response.headers["Content-Security-Policy"] = f"default-src 'none'; style-src '{style}'; frame-ancestors 'none'"
    else:
        response = Response(_document(media_type), content_type=content_type(media_type))
        response.headers.extend(CORS)
    response.headers["Vary"] = "Accept"
    return response


@routes.get("/ontology/context.jsonld")
def context() -> Response:
    """The JSON-LD context of the ontology."""
    response = Response((ontology_dir() / "context.jsonld").read_bytes(), content_type="application/ld+json")
    response.headers.extend(CORS)
    return response


@lru_cache
def _documentation() -> tuple[str, str]:
    """The page, and the hash of its style sheet by which the browser lets it stand."""
    page = ontology_page(load_ontology(), load_graph([shapes_dir(), across_dir()]), examples_dir(), home="/")
    style = page.partition("<style>")[2].partition("</style>")[0]
    return page, f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


@lru_cache
def _document(media_type: str) -> bytes:
    quads = [quad for name in _FILES for quad in ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE)]
    return ox.serialize((quad.triple for quad in quads), format=GRAPH_FORMATS[media_type], prefixes=_PREFIXES) or b""
