"""RDF terms as the store keeps them, and quads as sorted N-Quads.

The store normalises numeric literals (`1.50` → `1.5`, `xsd:int` → `xsd:integer`): they are written that way at once,
so that a graph's bytes are the same before and after the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import pyoxigraph as ox

from kg.rdf.vocab import EDTF

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@lru_cache(maxsize=16384)
def node(iri: str) -> ox.NamedNode:
    """An IRI as a term; ValueError if it is none."""
    return ox.NamedNode(iri)


_DATE, _ANY_URI, _DECIMAL, _EDTF = (node(iri) for iri in (f"{_XSD}date", f"{_XSD}anyURI", f"{_XSD}decimal", str(EDTF)))


def text(value: str, language: str | None = None) -> ox.Literal:
    """A string, with a language where one is given."""
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def label(value: str, language: str | None = None) -> ox.Literal:
    """A string of a person's language: as told where that is a language tag, else Arabic or English by its letters."""
    if language is None or not _TAG.fullmatch(language):
        language = "ar" if _ARABIC.search(value) else "en"
    return ox.Literal(value, language=language.lower())


def number(value: int | float) -> ox.Literal:
    """An integer, or a decimal for what has a fraction."""
    if isinstance(value, int) or value.is_integer():
        return ox.Literal(int(value))
    return ox.Literal(f"{value:.12f}".rstrip("0"), datatype=_DECIMAL)


def decimal(value: float) -> ox.Literal:
    """A decimal whatever its value, to four places."""
    return ox.Literal(f"{value:.4f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def boolean(value: bool) -> ox.Literal:
    return ox.Literal(value)


def day(value: date) -> ox.Literal:
    return ox.Literal(value.isoformat(), datatype=_DATE)


def edtf(value: str) -> ox.Literal:
    return ox.Literal(value, datatype=_EDTF)


def uri(value: str) -> ox.Literal:
    """An address as a value (`xsd:anyURI`): it comes from outside and need not be a well-formed IRI."""
    return ox.Literal(value, datatype=_ANY_URI)


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """The quads as N-Quads, each once, sorted by their bytes: the same set always gives the same bytes."""
    lines = (ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    return b"".join(sorted(set(lines)))
