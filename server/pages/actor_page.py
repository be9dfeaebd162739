"""The page of an actor: who it is, what it said, what was said of it, what it takes part in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from server.pages.data import Table, bound, iri, select, text
from server.pages.terms import term_label
from server.pages.view import View, full_iri

SECTIONS = ("said-by", "frames-of", "said-of", "passed-on")
"""The internal queries that fill the page; their names are those of the sections."""

_PROPERTIES = ("officeOf", "affiliation", "controlledBy", "count")
_SHORT, _LONG = 10, 50


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a list: `more` is the address of what follows."""

    name: str
    table: Table
    more: str | None
    fewer: str | None


def page(view: View) -> str:
    """The page as HTML; `?section=…&page=N` shows one section, fifty lines at a time."""
    asked = request.args.get("section")
    number = max(request.args.get("page", 1, type=int), 1)
    names = [asked] if asked in SECTIONS else list(SECTIONS)
    sections = [_section(view, name, number if asked in SECTIONS else None) for name in names]
    return render_template(
        "actor.html",
        view=view,
        linked=select(bound("linked-by", subject=iri(view.subject))).rows,
        sections=[section for section in sections if section.table.rows],
        lines=[
            (term_label(full_iri(name), view.language), values) for name in _PROPERTIES if (values := view.values(name))
        ],
    )


def _section(view: View, name: str, number: int | None) -> Section:
    size = _SHORT if number is None else _LONG
    offset = 0 if number is None else (number - 1) * size
    terms: dict[str, str | int] = {"subject": iri(view.subject), "limit": size + 1, "offset": offset}
    if name != "frames-of":
        terms["lang"] = text(view.language)
    table = select(bound(name, **terms))
    rest = len(table.rows) > size
    return Section(
        name,
        Table(table.names, table.rows[:size]),
        _address(name, 1 if number is None else number + 1) if rest else None,
        _address(name, number - 1) if number and number > 1 else None,
    )


def _address(section: str, number: int) -> str:
    language = request.args.get("lang")
    return f"?section={section}&page={number}" + (f"&lang={language}" if language in ("ar", "en") else "")
