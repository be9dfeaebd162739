"""The page of an article: its text with the evidence marked, and what was found in it."""

from __future__ import annotations

from flask import render_template

from kg.model import Span
from kg.store import read_article
from server.pages.data import Row, bound, iri, select
from server.pages.passages import Piece, paragraphs
from server.pages.view import View
from server.services import services


def page(view: View) -> str:
    """The page as HTML. With `evidence_only` the text is left out and the sentences with evidence stand alone."""
    frames = select(bound("article-frames", subject=iri(view.subject))).rows
    stored = read_article(services().version, view.subject.rpartition("/")[2])
    text = stored.article.text if stored is not None else None
    evidence_only = services().config.evidence_only
    lines: list[list[Piece]] = []
    if text is not None and not evidence_only:
        passages = [_span(row) for row in select(bound("passages-of", subject=iri(view.subject))).rows]
        lines = paragraphs(text, [(_span(row), row["frame"].value) for row in frames], passages)
    return render_template(
        "article.html",
        view=view,
        lines=lines,
        frames=frames,
        sentences={row["frame"].value: _span(row).of(text) for row in frames} if text is not None else {},
        language=stored.article.language if stored is not None else None,
        evidence_only=evidence_only,
    )


def _span(row: Row) -> Span:
    return Span(int(row["start"].value), int(row["end"].value))
