"""What the pages ask of the store: internal queries (`kg/queries/_*.rq`) run by the query workers, kept by version."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from flask import has_request_context, request

from kg.errors import QueryAnswerTooLargeError, QueryServiceError
from kg.named_queries import internal
from kg.query import bind_text
from server.departure import ENVIRON_KEY
from server.services import services
from server.sparql.cache import Kept, Key, keep, may_be_kept
from server.sparql.formats import Formats

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"

_ARABIC = re.compile("[\u0621-\u064a]")

MOST_BYTES = 16 * 1024 * 1024
"""Of an answer that becomes a page."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: an IRI (`is_iri`), or a literal with its language if it has one."""

    value: str
    is_iri: bool = False
    language: str | None = None


Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a SELECT; a variable without a value is missing from its row."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]


def iri(value: str) -> str:
    """An IRI as a SPARQL term; ValueError where it is none."""
    return str(ox.NamedNode(value))


def text(value: str) -> str:
    """A string as a SPARQL term."""
    return str(ox.Literal(value))


def bound(name: str, **terms: str | int) -> str:
    """The internal query `name` with terms (or numbers) in the places of its `$parameters`."""
    return bind_text(internal(name), {parameter: str(term) for parameter, term in terms.items()})


def select(query: str) -> Table:
    """Runs a SELECT; raises QueryError."""
    return table_of(run(query, (_JSON, None, None)).body)


def construct(query: str) -> list[ox.Triple]:
    """Runs a CONSTRUCT; each triple once. Raises QueryError."""
    answer = run(query, (None, None, _TRIPLES)).body
    return list(dict.fromkeys(quad.triple for quad in ox.parse(answer, format=ox.RdfFormat.N_TRIPLES)))


def run(query: str, formats: Formats) -> Kept:
    """Runs a query on the published version, or finds its answer in the cache. Raises QueryError.

    QueryAnswerTooLargeError for more than `MOST_BYTES`: a page is no place for it. What a page asks counts among what
    its client asks.
    """
    found = services()
    version = found.pool.version
    key: Key = (version, query, formats, None, None)
    kept = found.cache.get(key)
    if kept is not None:
        return kept
    lasting = may_be_kept(query)
    client = (request.remote_addr or "") if has_request_context() else ""
    departure = request.environ.get(ENVIRON_KEY) if has_request_context() else None
    try:
        answer = found.pool.run(query, formats, client=client, version=version, departure=departure)
    except QueryServiceError:
        if found.federation is None:
            raise
        answer = found.federation.run(query, formats, client=client, version=version, departure=departure)
        lasting = False
    with answer:
        body = bytearray()
        for chunk in answer.chunks():
            body += chunk
            if len(body) > MOST_BYTES:
                raise QueryAnswerTooLargeError(f"the answer has more than {MOST_BYTES // 1024**2} MiB")
        kept = keep(answer.form, bytes(body))
    if lasting:
        found.cache.put(key, kept)
    return kept


def table_of(body: bytes) -> Table:
    """The rows in a document of SPARQL results in JSON."""
    document = json.loads(body)
    rows = tuple({name: _cell(term) for name, term in row.items()} for row in document["results"]["bindings"])
    return Table(tuple(document["head"]["vars"]), rows)


def written_in(text: str) -> str | None:
    """`ar` for what has Arabic letters: sentences of articles stand in the graph without a language."""
    return "ar" if _ARABIC.search(text) else None


def _cell(term: Mapping[str, object]) -> Cell:
    language = term.get("xml:lang") or (written_in(str(term["value"])) if term["type"] == "literal" else None)
    if term["type"] == "triple":
        return Cell(json.dumps(term["value"], ensure_ascii=False))
    return Cell(str(term["value"]), term["type"] == "uri", str(language) if language else None)
