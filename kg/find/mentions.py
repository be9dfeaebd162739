"""Entities of an article with every place where each is named, described or referred to."""

from __future__ import annotations

from kg.model import Entity, Segment
from kg.text.fold import Folded
from kg.text.tokens import Token


def find_entities(
    folded: Folded, segments: tuple[Segment, ...], sentences: list[tuple[Token, ...]]
) -> tuple[Entity, ...]:
    """The entities of an article in order of their first mention; `sentences` are the tokens of each segment."""
    return ()
