"""Names of the gazetteer in a text: one Aho–Corasick pass over its words, accepted only at the borders of Arabic words.

A name may carry the particles `و ف ب ل ك` and, where it begins with the article, their contractions (`للصين`); they are
kept as read, never cut off for good: `بكين` and `لبنان` begin with a particle's letter and are names as they stand.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

import ahocorasick

from kg.find.spellings import spellings
from kg.gazetteer.entry import Entry
from kg.gazetteer.inflect import inflections, with_article
from kg.text.fold import fold_key
from kg.text.tokens import PROCLITICS, Token

_PARTICLES = frozenset(PROCLITICS)
_GLUE = frozenset('"-')


@dataclass(frozen=True, slots=True)
class Reference:
    """What a name may mean: an entry's index, whether it is its name or its adjective, and which spelling matched."""

    entry: int
    demonym: bool
    normalisation: str  # folded, joined or short


class Hit(NamedTuple):
    """A gazetteer name at tokens `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int
    proclitic: str
    definite: bool
    references: tuple[Reference, ...]


class Names:
    """The automaton over every name, alias and adjective of a gazetteer. Built once per process."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        patterns: dict[tuple[str, bool], dict[tuple[int, bool], str]] = defaultdict(dict)
        for index, entry in enumerate(entries):
            for name, demonym, normalisation in _forms(entry):
                form = fold_key(name)
                if len(form) > 1 or not form.isalpha():
                    # ألمانيا begins with no article, though its folded form looks so
                    article = name.startswith("ال") and len(form) > 4
                    patterns[form[2:] if article else form, article].setdefault((index, demonym), normalisation)
        self._automaton = ahocorasick.Automaton()
        by_text: dict[str, list[tuple[bool, tuple[Reference, ...]]]] = defaultdict(list)
        for (text, article), meanings in patterns.items():
            by_text[text].append((article, tuple(Reference(*key, how) for key, how in meanings.items())))
        for text, readings in by_text.items():
            # the space after it makes the automaton itself refuse a name that is only the beginning of a word
            self._automaton.add_word(text + " ", (len(text), text[0] == "ل", readings))
        if by_text:
            self._automaton.make_automaton()
        self._empty = not by_text

    def find(self, sentences: Sequence[Sequence[Token]]) -> list[dict[int, list[Hit]]]:
        """For each sentence, the hits by first token, the longest first. Linear in the text and in the raw hits."""
        found: list[dict[int, list[Hit]]] = [{} for _ in sentences]
        if self._empty:
            return found
        words = _Words(sentences)
        text, starts, indexes = words.text, words.starts, words.indexes
        for last_char, (length, begins_with_lam, readings) in self._automaton.iter(text):
            begin = last_char - length
            particles = text[text.rfind(" ", 0, begin) + 1 : begin]
            if particles and particles not in _PARTICLES:
                continue
            word = bisect_right(starts, begin) - 1
            last = bisect_right(starts, last_char) - 1
            sentence = bisect_right(words.firsts, word) - 1
            _accept(found[sentence], indexes[word], indexes[last] + 1, particles, begins_with_lam, readings)
        for hits in found:
            for rows in hits.values():
                if len(rows) > 1:
                    rows.sort(key=lambda hit: (-hit.last, len(hit.proclitic)))
        return found


def _accept(
    hits: dict[int, list[Hit]],
    first: int,
    last: int,
    particles: str,
    begins_with_lam: bool,
    readings: list[tuple[bool, tuple[Reference, ...]]],
) -> None:
    definite = particles.endswith(("ال", "لل"))
    proclitic = particles[:-2] if particles.endswith("ال") else particles[:-1] if definite else particles
    for article, references in readings:
        if article == definite:
            hits.setdefault(first, []).append(Hit(first, last, proclitic, definite, references))
        elif article and particles.endswith("ل") and begins_with_lam:  # للجنة: ل + ال + لجنة, written with two lams
            hits.setdefault(first, []).append(Hit(first, last, particles, True, references))


class _Words:
    """The words of all sentences in one text, each with a space after it and a line end after a sentence.

    Quotation marks and tight hyphens are left out: names go on across them. `starts` is where each word begins in the
    text, `indexes` which token of its sentence it is, `firsts` the number of each sentence's first word.
    """

    def __init__(self, sentences: Sequence[Sequence[Token]]) -> None:
        forms: list[str] = []
        self.indexes: list[int] = []
        self.firsts: list[int] = []
        for tokens in sentences:
            self.firsts.append(len(forms))
            here = [token[0] for token in tokens]
            kept: Sequence[int] = range(len(here))
            if '"' in here or "-" in here:
                kept = [index for index in kept if here[index] not in _GLUE or not _is_glue(tokens, index)]
                here = [here[index] for index in kept]
            forms += here
            forms.append("\n")
            self.indexes += kept
            self.indexes.append(len(tokens))
        self.text = " ".join([*forms, ""])
        self.starts = list(accumulate([len(form) + 1 for form in forms[:-1]], initial=0)) if forms else []


def _is_glue(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.form == '"':
        return True
    return index > 0 and tokens[index - 1].end == token.start and _tight(tokens, index)


def _tight(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].start == tokens[index].end


def _forms(entry: Entry) -> Iterable[tuple[str, bool, str]]:
    """Every written form of an entry: (as written, whether it is the adjective, which normalisation)."""
    for name in (*entry.names_ar, *entry.names_en):
        yield name, False, "folded"
        for variant in spellings(name):
            yield variant, False, "joined"
    for name in entry.short_ar:
        yield name, False, "short"
    for demonym in entry.demonyms:
        for form in inflections(demonym):
            yield form, True, "folded"
            yield with_article(form), True, "folded"
