"""`/search`: a page, or JSON with offsets to highlight."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request

from kg.model import Span
from server.negotiate import best_type
from server.pages.passages import Piece
from server.reply import CORS
from server.search.find import Hit
from server.services import services

_SIZE = 20

routes = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class Result:
    """A hit with its text in pieces, the matching words marked."""

    hit: Hit
    pieces: list[Piece]


@routes.get("/search")
def search() -> Response:
    """What matches `q`, twenty at a time (`page`)."""
    query = request.args.get("q", "")[:500]
    number = min(max(request.args.get("page", 1, type=int), 1), 500)
    hits = services().search.find(query, _SIZE + 1, (number - 1) * _SIZE)
    more = len(hits) > _SIZE
    if best_type(request.headers.get("Accept"), ("application/json", "text/html")) == "text/html":
        results = [Result(hit, _pieces(hit)) for hit in hits[:_SIZE]]
        response = Response(
            render_template("search.html", query=query, results=results, page=number, more=more),
            content_type="text/html; charset=utf-8",
        )
    else:
        response = jsonify(
            query=query,
            version=services().search.version,
            more=more,
            results=[
                {
                    "iri": hit.iri,
                    "class": hit.cls,
                    "text": hit.text,
                    "language": hit.language,
                    "score": round(hit.score, 4),
                    "marks": [[mark.start, mark.end] for mark in hit.marks],
                }
                for hit in hits[:_SIZE]
            ],
        )
        response.headers.extend(CORS)
    response.headers["Vary"] = "Accept, Accept-Language"
    return response


def _pieces(hit: Hit) -> list[Piece]:
    pieces, last = [], 0
    for mark in hit.marks:
        pieces += [Piece(hit.text[last : mark.start]), Piece(Span(mark.start, mark.end).of(hit.text), ("match",))]
        last = mark.end
    return [*pieces, Piece(hit.text[last:])]
