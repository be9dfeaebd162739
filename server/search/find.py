"""Looks words up in the index of a version."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kg.errors import QueryRefusedError
from kg.model import Span
from server.search.build import index_path
from server.search.words import expression_of, forms_of, matching_spans

_MOST_WORDS = 12

_RANKED = 1000
"""Matches that are ranked: the first in the order of the index, which is actors, headlines, then sentences."""

_FIND = """
SELECT found.iri, found.class, found.text, found.language
FROM (SELECT rowid AS id FROM words WHERE words MATCH ? LIMIT ?) AS matching
JOIN found ON found.id = matching.id
ORDER BY length(found.text), found.id
LIMIT ? OFFSET ?
"""
"""All words are in every match, so the shorter the text, the more of it they are. `bm25` would say the same, but counts
each word's matches in the whole index first: up to 15 ms for four frequent words among 118,000 texts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A label, headline or sentence that matches. `score`: the share of it that the words are; `marks` count in it."""

    iri: str
    cls: str
    text: str
    language: str | None
    score: float
    marks: tuple[Span, ...]


def find(db: Path, version: int, words: list[str], limit: int, offset: int = 0) -> list[Hit]:
    """What matches all of `words` (folded), best first. sqlite3.OperationalError where there is no index."""
    words = words[:_MOST_WORDS]
    asked = sum(map(len, words))
    path = quote(str(index_path(db, version)))
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as index:
        rows = index.execute(_FIND, (expression_of(words), _RANKED, limit, offset)).fetchall()
    return [
        Hit(iri, cls, text, language, min(asked / len(text), 1.0), tuple(matching_spans(text, words)))
        for iri, cls, text, language in rows
    ]


def find_iris(db: Path, version: int, query: str, most: int) -> list[str]:
    """The IRIs alone, for a search inside SPARQL; QueryRefusedError while the index is being made."""
    words = forms_of(query)
    if not words:
        return []
    if not index_path(db, version).exists():
        raise QueryRefusedError("the text index of this version is being made; try again in a few seconds")
    return [hit.iri for hit in find(db, version, words, most)]
