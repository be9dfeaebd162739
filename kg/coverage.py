"""What the rules pass over: sentences with a word of attribution from which no statement came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.frames.lexicon import cues, table
from kg.frames.reading import Sentence, read_article
from kg.model import Article, Span, Zone
from kg.pipeline import frames_of
from kg.text.fold import fold
from kg.text.language import is_arabic

_READ = frozenset({Zone.HEADLINE, Zone.SUBHEAD, Zone.CAPTION, Zone.BODY})


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A sentence without a statement: the cue in it (a verb in its past, or a frame's words) and where it stands."""

    article: str
    cue: str
    at: Span
    sentence: Span
    text: str


def uncovered(article: Article) -> Iterator[Uncovered]:
    """The sentences of an article that carry a cue and gave no statement, once for each different cue."""
    if not is_arabic(article.text, article.language):
        return
    reading = read_article(article)
    spoken = [statement.span for statement in frames_of(reading).statements]
    for sentence in reading.sentences:
        if sentence.zone not in _READ or any(span.overlaps(sentence.span) for span in spoken):
            continue
        seen: set[str] = set()
        for cue, span in _cues(sentence):
            if cue not in seen:
                seen.add(cue)
                yield Uncovered(article.name, cue, span, sentence.span, sentence.span.of(article.text).strip())


def _cues(sentence: Sentence) -> Iterator[tuple[str, Span]]:
    verbs = cues()
    forms = [token.form for token in sentence.tokens]
    for index, form in enumerate(forms):
        token = sentence.tokens[index]
        found = verbs.get(form) or (verbs.get(form[1:]) if form[0] in "وف" else None)
        if found:
            yield found[0].verb.past, token.span
        for words in _frames().get(form, ()):
            if tuple(forms[index : index + len(words)]) == words:
                yield " ".join(words), Span(token.start, sentence.tokens[index + len(words) - 1].end)
                break


@cache
def _frames() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in table("attribution"):
        words = tuple(fold(row["phrase"]).text.split())
        found.setdefault(words[0], []).append(words)
    return {first: sorted(rows, key=len, reverse=True) for first, rows in found.items()}
