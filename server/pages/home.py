"""The first page, the named queries, and the query form at `/sparql`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request

from kg.errors import KhabarError, UsageError
from kg.named_queries import FindActor, NamedQuery, load
from kg.query import actor_finder
from kg.rdf.vocab import ONTOLOGY
from server.negotiate import LANGUAGES
from server.pages.data import Table, bound, run, select, table_of, text
from server.pages.i18n import page_language
from server.problems import describe, document
from server.services import services
from server.workers.protocol import Form

MOST_ROWS = 1000
"""Rows that a page shows of an answer; the whole is behind the links to its formats."""

_LATEST = 10
_EXAMPLE = """PREFIX khabar: <https://w3id.org/khabar/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?speaker ?modality ?sentence WHERE {
  ?statement khabar:speaker/skos:prefLabel ?speaker ;
    khabar:modality ?modality ;
    khabar:evidence/khabar:text ?sentence .
}
LIMIT 20"""
_COUNTED = ("Article", "Statement", "Transfer", "Agreement", "Meeting", "Measure", "Actor")
_FORMATS = {
    Form.SOLUTIONS: ("csv", "tsv", "json", "xml"),
    Form.GRAPH: ("turtle", "jsonld", "nt"),
    Form.BOOLEAN: ("json", "xml"),
}

routes = Blueprint("home", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a page: a table or a text, and the addresses of its formats."""

    table: Table | None
    text: str | None
    cut: bool
    links: dict[str, str]


@lru_cache
def named_queries() -> dict[str, NamedQuery]:
    """The named queries, read once."""
    return load()


@routes.get("/")
def home() -> str:
    """Counters, the latest statements, the questions that can be asked."""
    counts = {row["class"].value.removeprefix(ONTOLOGY): int(row["n"].value) for row in select(bound("counts")).rows}
    latest = select(_latest(page_language()))
    return render_template(
        "home.html",
        counts=[(name, counts.get(name, 0)) for name in _COUNTED],
        latest=latest,
        queries=list(named_queries().values()),
    )


def warm() -> None:
    """Asks what the first page asks, so that the answers are in the cache."""
    for query in (bound("counts"), *map(_latest, LANGUAGES)):
        select(query)


def _latest(language: str) -> str:
    return bound("latest", lang=text(language), limit=_LATEST, offset=0)


@routes.get("/queries/<name>")
def named(name: str) -> Response:
    """A named query: its form, and its answer once what it needs is given."""
    query = named_queries().get(name) or abort(404)
    values = {p.name: request.args[p.name].strip() for p in query.parameters if request.args.get(p.name, "").strip()}
    given = all(p.name in values or p.default for p in query.parameters if p.required)
    sparql, answer, problem = None, None, None
    if given:
        try:
            sparql = query.bind(values, _find_actor())
            answer = _answer(sparql)
        except KhabarError as error:
            problem = _problem(error)
    page = render_template("named.html", query=query, values=values, sparql=sparql, answer=answer, problem=problem)
    return make_response(page, problem["status"] if problem else 200)


@routes.get("/sparql")
def editor() -> Response:
    """The form for a query, and the answer to it."""
    sparql = request.args.get("query", "")
    answer, problem = None, None
    if sparql.strip():
        try:
            answer = _answer(sparql)
        except KhabarError as error:
            problem = _problem(error)
    page = render_template("sparql.html", sparql=sparql or _EXAMPLE, answer=answer, problem=problem)
    response = make_response(page, problem["status"] if problem else 200)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _find_actor() -> FindActor:
    def iris(query: str) -> list[str]:
        found = select(query)
        return [row[found.names[0]].value for row in found.rows]

    return actor_finder(services().base, iris)


def _answer(sparql: str) -> Shown:
    kept = run(sparql, ("application/sparql-results+json", "application/sparql-results+json", "text/turtle"))
    links = {name: "/sparql?" + urlencode({"query": sparql, "format": name}) for name in _FORMATS[kept.form]}
    if kept.form is Form.GRAPH:
        return Shown(None, kept.body.decode(), False, links)
    if kept.form is Form.BOOLEAN:
        return Shown(None, str(json.loads(kept.body)["boolean"]).lower(), False, links)
    table = table_of(kept.body)
    return Shown(Table(table.names, table.rows[:MOST_ROWS]), None, len(table.rows) > MOST_ROWS, links)


def _problem(error: KhabarError) -> dict[str, object]:
    kind, status, values = describe(error)
    if isinstance(error, UsageError):
        return {"title": str(error), "status": status, "detail": ""}
    return document(kind, status, page_language(), **values)
