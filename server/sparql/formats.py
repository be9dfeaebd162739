"""Which media type each form of answer gets, from `Accept` or from `format=`."""

from __future__ import annotations

from functools import lru_cache

from server.negotiate import best_type
from server.workers.protocol import Form
from server.workers.worker import GRAPH_TYPES, SOLUTION_TYPES

Formats = tuple[str | None, str | None, str | None]

BOOLEAN_TYPES = SOLUTION_TYPES[:2]
_HTML = "text/html"

SHORT_NAMES = {
    "json": ("application/sparql-results+json", "application/ld+json"),
    "xml": ("application/sparql-results+xml", "application/rdf+xml"),
    "csv": ("text/csv", None),
    "tsv": ("text/tab-separated-values", None),
    "turtle": (None, "text/turtle"),
    "ttl": (None, "text/turtle"),
    "nt": (None, "application/n-triples"),
    "ntriples": (None, "application/n-triples"),
    "jsonld": (None, "application/ld+json"),
    "rdfxml": (None, "application/rdf+xml"),
    "trig": (None, "application/trig"),
    "nquads": (None, "application/n-quads"),
}
"""What `format=` takes besides a media type: the type for solutions (and booleans), and for graphs."""


@lru_cache(maxsize=1024)
def formats(accept: str | None, name: str | None) -> Formats:
    """The media type per `Form`, None where the client accepts none of that form. `name` (`format=`) wins."""
    if name is not None:
        solutions, graph = SHORT_NAMES.get(name.lower(), (None, None))
        if "/" in name:
            solutions, graph = best_type(name, SOLUTION_TYPES), best_type(name, GRAPH_TYPES)
        return solutions, solutions, graph
    boolean = best_type(accept, BOOLEAN_TYPES) or best_type(accept, SOLUTION_TYPES)
    return best_type(accept, SOLUTION_TYPES), boolean, best_type(accept, GRAPH_TYPES)


@lru_cache(maxsize=1024)
def wants_page(accept: str | None) -> bool:
    """Whether the client is a browser: it likes HTML better than every format of data."""
    return best_type(accept, ("text/turtle", *SOLUTION_TYPES, *GRAPH_TYPES, _HTML)) == _HTML


def content_type(media_type: str) -> str:
    """The value of `Content-Type` for a format."""
    return media_type + "; charset=utf-8" if media_type.startswith("text/") else media_type


def types_of(form: str) -> str:
    """The media types that a form of answer (`solutions`, `boolean`, `graph`) can be had in, for a 406."""
    return ", ".join(GRAPH_TYPES if form == Form.GRAPH.name.lower() else SOLUTION_TYPES)
