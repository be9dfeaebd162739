"""The sentence of an article that a finding concerns."""

from __future__ import annotations

from functools import lru_cache

from kg.model import Span
from kg.text.fold import fold
from kg.text.segment import segment


def sentence_around(text: str, passage: Span) -> Span:
    """The sentence, or the sentences, that a passage of `text` lies in; the passage itself where it lies in none."""
    around = [span for span in _sentences(text) if span.overlaps(passage)]
    return Span(around[0].start, max(around[-1].end, passage.end)) if around else passage


@lru_cache(maxsize=8)
def _sentences(text: str) -> tuple[Span, ...]:
    return tuple(found.span for found in segment(fold(text)))
