"""Every thing of the graph under its own address: a page, or its triples, by `Accept` or by suffix."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import pyoxigraph as ox
import rdflib
from flask import Blueprint, Response, render_template, request

from kg.rdf.vocab import ONTOLOGY
from kg.resources import ontology_dir
from kg.store import find_gone
from server.negotiate import best_type
from server.pages import actor_page, article_page, frame_page
from server.pages.data import bound, construct, iri
from server.pages.errors import answer
from server.pages.i18n import page_language
from server.pages.moved import moved
from server.pages.view import View
from server.reply import CORS
from server.services import public_address, services
from server.sparql.formats import content_type
from server.workers.worker import GRAPH_FORMATS

KINDS = (
    "actor",
    "agreement",
    "article",
    "event",
    "graph",
    "link",
    "measure",
    "meeting",
    "occurrence",
    "place",
    "release",
    "statement",
    "tenure",
    "transfer",
    "utterance",
    "weapon",
)
SUFFIXES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}
_OFFERED = ("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "text/html")
_PREFIXES = {
    "khabar": ONTOLOGY,
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "prov": "http://www.w3.org/ns/prov#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "wd": "http://www.wikidata.org/entity/",
}
_FRAMES = ("statement", "transfer", "agreement", "meeting", "measure")

routes = Blueprint("things", __name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that is asked for, and the media type of what is to be sent."""

    kind: str
    iri: str
    media_type: str | None


@routes.get(f"/<any({','.join(KINDS)}):kind>/<path:name>")
def thing(kind: str, name: str) -> Response:
    """The page or the triples of `BASE/kind/name`."""
    asked = _asked(kind, name)
    if asked.media_type is None:
        return answer("format", 406, types=", ".join(_OFFERED))
    triples = _triples(asked)
    if there := moved(asked.iri, triples):
        return _elsewhere(there.removeprefix(services().base), name)
    if not triples:
        return _nothing(asked)
    if asked.media_type == "text/html":
        response = _page(asked, triples)
    else:
        response = Response(_serialised(triples, asked.media_type), content_type=content_type(asked.media_type))
        response.headers.extend(CORS)
    response.headers["Vary"] = "Accept, Accept-Language"
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Link"] = ", ".join(
        f'<{public_address(services().config, request.environ)}/{kind}/{_plain(name)}.{suffix}>; rel="alternate"; '
        f'type="{media_type}"'
        for suffix, media_type in SUFFIXES.items()
    )
    response.set_etag(blake2b(response.get_data(), digest_size=12).hexdigest())
    response.make_conditional(request)
    return response


def _elsewhere(there: str, name: str) -> Response:
    """To where a thing is now, with the suffix that its old name was asked with."""
    address = f"{public_address(services().config, request.environ)}/{there}{name.removeprefix(_plain(name))}"
    return Response(status=302, headers=[("Location", address), *CORS])


def _plain(name: str) -> str:
    stem, _, suffix = name.rpartition(".")
    return stem if suffix in SUFFIXES else name


def _asked(kind: str, name: str) -> Asked:
    suffix = name.rpartition(".")[2]
    subject = f"{services().base}{kind}/{_plain(name)}"
    if suffix in SUFFIXES:
        return Asked(kind, subject, SUFFIXES[suffix])
    return Asked(kind, subject, best_type(request.headers.get("Accept"), _OFFERED))


def _triples(asked: Asked) -> list[ox.Triple]:
    try:
        subject = iri(asked.iri)
    except ValueError:
        return []
    if asked.media_type == "text/html":
        return construct(bound("resource", subject=subject))
    if asked.kind in ("article", "graph"):
        return construct(bound("article-graph", subject=subject))
    triples = construct(bound("resource", subject=subject))
    return [*triples, *construct(bound("links-to", subject=subject))] if triples else []


def _nothing(asked: Asked) -> Response:
    gone = find_gone(services().version, asked.iri)
    if gone is None:
        return answer("missing", 404, iri=asked.iri)
    passage = gone.span.of(gone.text) if gone.span is not None and gone.text is not None else None
    return answer("gone", 410, reason=passage or asked.iri, iri=asked.iri, article=gone.article, passage=passage)


def _page(asked: Asked, triples: list[ox.Triple]) -> Response:
    view = View(asked.iri, triples, services().base, page_language())
    if asked.kind in _FRAMES:
        page = frame_page.page(view, asked.kind)
    elif asked.kind == "article":
        page = article_page.page(view)
    elif asked.kind == "actor":
        page = actor_page.page(view)
    else:
        page = render_template("thing.html", view=view)
    return Response(page, content_type="text/html; charset=utf-8")


def _serialised(triples: list[ox.Triple], media_type: str) -> bytes:
    if media_type == "application/ld+json":
        return _json_ld(triples)
    return ox.serialize(triples, format=GRAPH_FORMATS[media_type], prefixes={**_PREFIXES, "": services().base}) or b""


def _json_ld(triples: list[ox.Triple]) -> bytes:
    """Compacted with the ontology's context, which this server answers at `/ontology/context.jsonld`."""
    graph = rdflib.Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    document = json.loads(graph.serialize(format="json-ld", context=_context()))
    document["@context"] = public_address(services().config, request.environ) + "/ontology/context.jsonld"
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


@lru_cache
def _context() -> dict[str, object]:
    context: dict[str, object] = json.loads((ontology_dir() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return context
