"""Tokens of a folded text, and the ways to read a word that begins with one-letter particles."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import accumulate
from typing import NamedTuple

from kg.model import Span
from kg.text.fold import Folded

# A number keeps its separators (3.3, 35,800, 3ر2, 5+1); a word is letters only; everything else stands alone.
_TOKEN = re.compile(r"(\d+(?:[.,:/ر+٬]\d+)*%?|[^\W\d_]+(?:'[^\W\d_]+)?|[^\s])")

# The particles that are written onto a word, longest first, as folded; `ال` and the contraction `لل` included.
# Grammars of Arabic: wa-/fa- (and), bi- (with, in), li- (to, for), ka- (as), sa- (will), al- (the).
PROCLITICS = (
    "وكال", "فكال", "وبال", "فبال", "ولل", "فلل", "وال", "فال", "بال", "كال", "لل", "ال",
    "وب", "ول", "وك", "وس", "فب", "فل", "فك", "فس", "و", "ف", "ب", "ل", "ك", "س",
)  # fmt: skip


class Token(NamedTuple):
    """One word, number or punctuation mark: its folded form and its place in the article's own text."""

    form: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Its characters in the article."""
        return Span(self.start, self.end)

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.form[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.form[0].isdigit()

    @property
    def is_punctuation(self) -> bool:
        """Whether it is neither a word nor a number."""
        return not self.form[0].isalnum()

    @property
    def is_latin(self) -> bool:
        """Whether it is a word in Latin letters."""
        return self.form[0].isalpha() and self.form[0] < "\u0250"


# What Token(...) comes to, without the call in between: a text has hundreds of tokens.
_token = partial(tuple.__new__, Token)


class Split(NamedTuple):
    """One way to read a word: particles before it (`و`, `ول`, …), whether `ال` stands before it, and what is left."""

    proclitic: str
    definite: bool
    stem: str


_split = partial(tuple.__new__, Split)
# What may stand before a word, by its first letter: most words begin with none of them.
_PROCLITICS_BY_LETTER = {
    letter: tuple((proclitic, len(proclitic)) for proclitic in PROCLITICS if proclitic[0] == letter)
    for letter in {proclitic[0] for proclitic in PROCLITICS}
}


def tokenize(folded: Folded) -> list[Token]:
    """The tokens of a folded text in order, with offsets into the original. Linear."""
    offsets = folded.offsets
    pieces = _TOKEN.split(folded.text)  # what lies between tokens and the tokens, by turns
    bounds = list(accumulate(map(len, pieces)))
    if offsets is None:
        return list(map(_token, zip(pieces[1::2], bounds[::2], bounds[1::2], strict=False)))
    size = len(offsets)
    found = []
    for form, first, last in zip(pieces[1::2], bounds[::2], bounds[1::2], strict=False):
        end = offsets[last - 1] + 1
        if last < size and offsets[last] != end:  # a mark on the last letter
            end = folded.span(first, last).end
        found.append(_token((form, offsets[first], end)))
    return found


def bare(word: str) -> str:
    """A folded word without its article; short words (`الى`, `الان`) keep theirs."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@lru_cache(maxsize=200_000)
def splits(form: str) -> tuple[Split, ...]:
    """Every way to read a folded word, as it stands first; a stem of one letter is no word.

    `وللقوات` gives `وللقوات`, (ول, ال, قوات), (و, لقوات) …: alternatives to look up, never a decision.
    """
    found = [_split(("", False, form))]
    for proclitic, length in _PROCLITICS_BY_LETTER.get(form[:1], ()):
        stem = form[length:]
        if len(stem) < 2 or not form.startswith(proclitic):
            continue
        if proclitic.endswith("لل"):
            found.append(_split((proclitic[:-1], True, stem)))
            if not stem.startswith("ل"):  # للغات is to the languages, or to languages
                found.append(_split((proclitic[:-1], True, "ل" + stem)))
        elif proclitic.endswith("ال"):
            found.append(_split((proclitic[:-2], True, stem)))
        else:
            found.append(_split((proclitic, False, stem)))
    return tuple(found)
