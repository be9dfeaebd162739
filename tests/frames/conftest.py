"""Readings whose mentions are marked in the text, so that a grammar is tested without the finder of mentions."""

from __future__ import annotations

import re
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
    text, found, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        key, kind, country, form, words = match.groups()
        before = re.search(r"[ولبفك]*$", text)
        proclitic = before.group() if before else ""
        span = Span(len(text), len(text) + len(words))
        found.append((key, kind, country, words, Mention(span, key, form or "name", proclitic)))
        text += words
        at = match.end()
    text += marked[at:]
    entities: dict[str, Entity] = {}
    for key, kind, country, words, mention in found:
        known = entities.get(key)
        mentions = (*(known.mentions if known else ()), mention)
        label = known.label_ar if known else words
        entities[key] = Entity(key, EntityType(kind), label, key=key, mentions=mentions, country=country)
    article = Article("a", "a", text, "")
    folded = fold(text)
    segments = segment(folded, None)
    sentences = []
    for index, (piece, tokens) in enumerate(zip(segments, split_tokens(segments, tokenize(folded)), strict=True)):
        inside = sorted((m for *_rest, m in found if piece.span.covers(m.span)), key=lambda m: m.span.start)
        sentences.append(Sentence(index, piece, tokens, tuple(inside), (), entities))
    return Reading(article, folded, segments, tuple(sentences), tuple(entities.values()))


@pytest.fixture
def marked() -> Callable[[str], Reading]:
    """A reading of a text whose mentions are marked (`{iran:State|إيران}`); entity ids are the marks' keys."""
    return _marked
