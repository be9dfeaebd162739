"""Where a JSON-LD or RDF/XML text has a node as subject: their parsers tell no positions, so its IRI is looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.validate.positions import Position, position_in

_ABOUT = r"""(?:about|ID)\s*=\s*["'][^"'<>]*"""
_ID = r""""@?id"\s*:\s*"[^"]*"""
_ANY = r"""["'][^"'<>]*"""


def first_mention(text: str, iri: str) -> Position | None:
    """Where the text first describes the node: by its IRI, else by as much of its end as a prefix or base leaves.

    `{"@id": …}` with nothing beside it only points to the node; it counts where nothing describes it, and so does any
    other mention.
    """
    for mark in (_ABOUT, _ID, _ANY):
        for ending in _endings(iri):
            term = rf"""{mark}(?<![\w-]){re.escape(ending)}["']"""
            found = list(re.finditer(rf"(?P<alone>\{{\s*{term}\s*\}})|{term}", text))
            if found:
                match = next((match for match in found if match["alone"] is None), found[0])
                return position_in(text, match.start())
    return None


def _endings(iri: str) -> Iterator[str]:
    """The IRI and what follows each of its separators, longest first."""
    yield iri
    yield from filter(None, (iri[match.end() :] for match in re.finditer("[#/:]", iri)))
