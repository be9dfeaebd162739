"""The ontology at `/ontology`: its terms with labels and definitions as a page, or as RDF; and its JSON-LD context."""

from __future__ import annotations

from functools import lru_cache

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from kg.rdf.vocab import ONTOLOGY
from kg.resources import ontology_dir
from server.negotiate import best_type
from server.pages.errors import answer
from server.pages.i18n import page_language
from server.pages.terms import definitions, local_name, term_label
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
    """The ontology with its concepts."""
    media_type = best_type(request.headers.get("Accept"), _OFFERED)
    if media_type is None:
        return answer("format", 406, types=", ".join(_OFFERED))
    if media_type == "text/html":
        language = page_language()
        terms = [
            (local_name(iri), term_label(iri, language), texts.get(language) or next(iter(texts.values())))
            for iri, texts in sorted(definitions().items())
        ]
        response = Response(render_template("ontology.html", terms=terms), content_type="text/html; charset=utf-8")
    else:
        response = Response(_document(media_type), content_type=content_type(media_type))
        response.headers.extend(CORS)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


@routes.get("/ontology/context.jsonld")
def context() -> Response:
    """The JSON-LD context of the ontology."""
    response = Response((ontology_dir() / "context.jsonld").read_bytes(), content_type="application/ld+json")
    response.headers.extend(CORS)
    return response


@lru_cache
def _document(media_type: str) -> bytes:
    quads = [quad for name in _FILES for quad in ox.parse(path=str(ontology_dir() / name), format=ox.RdfFormat.TURTLE)]
    return ox.serialize((quad.triple for quad in quads), format=GRAPH_FORMATS[media_type], prefixes=_PREFIXES) or b""
