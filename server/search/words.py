"""How words are compared: as folded, and without the particles written onto them."""

from __future__ import annotations

from kg.model import Span
from kg.text.fold import fold
from kg.text.tokens import splits, tokenize


def forms_of(text: str) -> list[str]:
    """The folded words and numbers of a text."""
    return [token.form for token in tokenize(fold(text)) if not token.is_punctuation]


def stems_of(form: str) -> frozenset[str]:
    """What a folded word may be once its particles are taken off, itself included."""
    return frozenset(split.stem for split in splits(form))


def matching_spans(text: str, words: list[str]) -> list[Span]:
    """Where the words of `text` are that match one of `words` (folded), as code points of `text`."""
    wanted = frozenset().union(*(stems_of(word) for word in words)) if words else frozenset()
    return [
        token.span
        for token in tokenize(fold(text))
        if not token.is_punctuation
        and (any(token.form.startswith(word) for word in words) or not wanted.isdisjoint(stems_of(token.form)))
    ]


def expression_of(words: list[str]) -> str:
    """The FTS5 expression for texts that have every one of `words`, with whatever particles."""
    return " AND ".join(f"({_any_of(word)})" for word in words)


def _any_of(word: str) -> str:
    stems = " OR ".join(f'"{stem}"' for stem in sorted(stems_of(word) - {word}))
    return f'"{word}"* OR {{stems}} : ({stems})' if stems else f'"{word}"*'
