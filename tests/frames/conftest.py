"""Readings whose mentions are marked in the text, so that a grammar is tested without the finder of mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable

import pytest

from kg.frames.reading import Reading, Sentence, split_tokens
from kg.model import Article, Entity, EntityType, Mention, Span
from kg.text.fold import fold
from kg.text.segment import segment
from kg.text.tokens import tokenize

# {key:Type|words} is a mention, {key:Type@country|words} one of a country's, {key:Type!demonym|words} one of a form.
_MARK = re.compile(r"\{([\w-]+):(\w+)(?:@(\w+))?(?:!(\w+))?\|([^}]*)\}")


def _marked(marked: str) -> Reading:
    pieces: list[str] = []
    mentions: dict[str, list[Mention]] = defaultdict(list)
    made: dict[str, tuple[str, str | None, str]] = {}
    at = length = 0
    for match in _MARK.finditer(marked):
        between = marked[at : match.start()]
        key, kind, country, form, words = match.groups()
        before = re.search(r"[ولبفك]*$", between)
        start = length + len(between)
        span = Span(start, start + len(words))
        mentions[key].append(Mention(span, key, form or "name", before.group() if before else ""))
        made.setdefault(key, (kind, country, words))
        pieces += [between, words]
        at, length = match.end(), span.end
    text = "".join([*pieces, marked[at:]])
    entities = {
        key: Entity(key, EntityType(kind), words, key=key, mentions=tuple(mentions[key]), country=country)
        for key, (kind, country, words) in made.items()
    }
    article = Article("a", "a", text, "")
    folded = fold(text)
    segments = segment(folded, None)
    inside = sorted((m for found in mentions.values() for m in found), key=lambda mention: mention.span.start)
    sentences = []
    for index, (piece, tokens) in enumerate(zip(segments, split_tokens(segments, tokenize(folded)), strict=True)):
        first = bisect_left(inside, piece.span.start, key=lambda mention: mention.span.start)
        last = bisect_left(inside, piece.span.end, key=lambda mention: mention.span.start)
        sentences.append(Sentence(index, piece, tokens, tuple(inside[first:last]), (), entities))
    return Reading(article, folded, segments, tuple(sentences), tuple(entities.values()))


@pytest.fixture
def marked() -> Callable[[str], Reading]:
    """A reading of a text whose mentions are marked (`{iran:State|إيران}`); entity ids are the marks' keys."""
    return _marked
