"""What the rules pass over: sentences with a word of attribution from which no statement came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.frames.clauses import credible, is_noun
from kg.frames.complement import complement
from kg.frames.lexicon import table, words
from kg.frames.reading import Reading, Sentence, read_article
from kg.frames.subject import subject
from kg.frames.view import View, view
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
        for cue, span in _cues(reading, sentence):
            if cue not in seen:
                seen.add(cue)
                yield Uncovered(article.name, cue, span, sentence.span, sentence.span.of(article.text).strip())


def _cues(reading: Reading, sentence: Sentence) -> Iterator[tuple[str, Span]]:
    """The cues of a sentence; words that are nouns, prepositions or part of names there are none."""
    tokens = sentence.tokens
    seen = view(reading, sentence)
    for index, token in enumerate(tokens):
        if index in seen.verbs and _speaks(seen, index):
            yield seen.cues(index)[0].verb.past, token.span
        for frame in _frames().get(token.form, ()):
            if tuple(seen.forms[index : index + len(frame)]) == frame and _followed(seen, index + len(frame), frame):
                yield " ".join(frame), Span(token.start, tokens[index + len(frame) - 1].end)
                break


def _speaks(seen: View, index: int) -> bool:
    """Whether a word is a verb of saying here; `بين` and its like count where a clause follows."""
    if seen.at[index] is not None or seen.quote[index] or is_noun(seen, index):
        return False
    cue = seen.cues(index)[0]
    whose = subject(seen, cue, index)
    content = complement(seen, cue, index, whose.last if whose.how == "after" else index + 1)
    if content is not None:
        return credible(seen, cue, index, whose, content)
    return whose.how in ("after", "unknown") and cue.verb.frame.name == "say" and cue.verb.key not in words("homograph")


def _followed(seen: View, index: int, frame: tuple[str, ...]) -> bool:
    """Whether a clause follows a frame that is an everyday word else: `كما`, `على ما`."""
    clausal = frame[-1] in ("كما", "ما", "لما", "حسبما", "وحسبما")
    return index in seen.verbs if clausal else True


@cache
def _frames() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in table("attribution"):
        words = tuple(fold(row["phrase"]).text.split())
        found.setdefault(words[0], []).append(words)
    return {first: sorted(rows, key=len, reverse=True) for first, rows in found.items()}
