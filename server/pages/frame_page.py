"""The page of a statement, transfer, agreement, meeting or measure: what it is, who stands behind it, the sentence."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from kg.model import Span
from kg.store import read_article
from server.pages.data import Table, bound, iri, select, text
from server.pages.passages import Piece, context
from server.pages.terms import term_label
from server.pages.view import Shown, View, full_iri
from server.services import services

ROWS = {
    "statement": (
        "speaker addressee modality date madeAt reportingVerb reporterStance polarity certainty timeframe mentions "
        "about answers"
    ),
    "transfer": (
        "status sender recipient broker cargo item quantity origin destination via date claimedBy deniedBy narratedBy "
        "inReturnFor"
    ),
    "agreement": "agreementKind status party date claimedBy deniedBy narratedBy",
    "meeting": "meetingKind status participant place date",
    "measure": "measureKind status imposer target date",
}
"""The properties of each kind of frame in the order in which the page shows them."""

_LISTED = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One property with its values."""

    name: str
    values: list[Shown]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that a frame rests on, with what stands around it in its article."""

    pieces: list[Piece]
    href: str | None


def page(view: View, kind: str) -> str:
    """The page as HTML."""
    article = next(iter(view.iris("reportedIn")), None)
    return render_template(
        "frame.html",
        view=view,
        kind=kind,
        lines=_lines(view, ROWS[kind].split()),
        evidence=_evidence(view),
        chain=_chain(view),
        article=view.label(article) if article else None,
        publisher=view.value("https://schema.org/publisher", article) if article else None,
        statements=_statements(view) if kind != "statement" else None,
    )


def _lines(view: View, names: list[str]) -> list[Line]:
    lines = []
    for name in names:
        values = _quantities(view) if name == "quantity" else view.values(name)
        if values:
            lines.append(Line(term_label(full_iri(name), view.language), values))
    links = view.values("https://schema.org/sameAs")
    return [*lines, Line("Wikidata", links)] if links else lines


def _quantities(view: View) -> list[Shown]:
    """Figures as they are written: `quantity` nodes have no page of their own."""
    return [written for figure in view.iris("quantity") for written in view.values("asWritten", figure)]


def _chain(view: View) -> list[Shown]:
    """The transmitters of a statement, nearest to the speaker first."""
    links = sorted(view.iris("chain"), key=lambda link: _number(view, "position", link))
    return [transmitter for link in links for transmitter in view.values("transmitter", link)]


def _evidence(view: View) -> list[Evidence]:
    found = []
    for passage in view.iris("evidence"):
        span = Span(_number(view, "start", passage), _number(view, "end", passage))
        article = next(iter(view.iris("inArticle", passage)), "")
        stored = read_article(services().version, article.rpartition("/")[2])
        href = view.label(passage).href
        if stored is not None and span.end <= len(stored.article.text):
            found.append(Evidence(context(stored.article.text, span), href))
        else:
            found.append(Evidence([Piece(value.text, ("evidence",)) for value in view.values("text", passage)], href))
    return found


def _number(view: View, predicate: str, subject: str) -> int:
    found = view.value(predicate, subject)
    return int(found.text) if found is not None else 0


def _statements(view: View) -> Table:
    terms = {"subject": iri(view.subject), "lang": text(view.language)}
    return select(bound("said-about", **terms, limit=_LISTED, offset=0))
