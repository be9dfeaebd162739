"""The vocabulary of dates: `kg/data/ar/months.tsv`, `kg/data/ar/datewords.tsv`, and the English names of CLDR.

Every word is stored with the proclitics it may carry (`و ف ب ل ك`, `لل` for the article after ل), so that reading a
text is one look-up a word. Forms are folded as `kg/text/fold.py` folds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from babel.dates import get_day_names, get_month_names

from kg.resources import data_dir
from kg.text.fold import fold

_PROCLITICS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_NO_PROCLITIC = frozenset({"gregorian", "hijri", "ordinalteen"})  # م and ه, and the second half of a teen


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form may mean: its kinds with their values, and how many characters of proclitic stand before it."""

    prefix: int
    kinds: dict[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A form of several words, without its first."""

    rest: tuple[str, ...]
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class DateWords:
    """`words` by form; `phrases` by the form of their first word (of the kind `phrase`); `kinds` of each form."""

    words: dict[str, Sense] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)


@cache
def date_words() -> DateWords:
    """The vocabulary, read once. A month's value is `calendar/number/sure`."""
    lexicon = DateWords()
    entries = [*_table("datewords.tsv"), *_months(), *_english()]
    for kind, value, form in entries:
        _add(lexicon, kind, value, form.split(), "")
    for kind, value, form in entries:
        if kind not in _NO_PROCLITIC:
            for proclitic in _PROCLITICS[1:]:
                _add(lexicon, kind, value, form.split(), proclitic)
    for first in lexicon.phrases:
        lexicon.words.setdefault(first, Sense(0, {})).kinds.setdefault("phrase", "")
    lexicon.kinds.update((form, sense.kinds) for form, sense in lexicon.words.items())
    return lexicon


def _add(lexicon: DateWords, kind: str, value: str, words: list[str], proclitic: str) -> None:
    for first in _joined(proclitic, words[0]):
        if len(words) > 1:
            lexicon.phrases.setdefault(first, []).append(Phrase(tuple(words[1:]), kind, value))
            continue
        sense = lexicon.words.get(first)
        if sense is None:
            lexicon.words[first] = Sense(len(proclitic), {kind: value})
        elif sense.prefix == len(proclitic):
            sense.kinds.setdefault(kind, value)


def _joined(proclitic: str, word: str) -> Iterator[str]:
    yield proclitic + word
    if proclitic.endswith("ل") and word.startswith("ال"):
        yield proclitic + "ل" + word[2:]


def _table(name: str) -> Iterator[tuple[str, str, str]]:
    for row in _rows(name):
        kind, value, forms = row
        for form in forms.split("|"):
            yield kind, value, fold(form).text


def _months() -> Iterator[tuple[str, str, str]]:
    for calendar, number, _system, sure, forms in _rows("months.tsv"):
        for form in forms.split("|"):
            yield "monthname", f"{calendar}/{number}/{sure}", fold(form).text


def _english() -> Iterator[tuple[str, str, str]]:
    """English names stand in page headers; they double as words and names, so none of them is sure."""
    for width in ("wide", "abbreviated"):
        for number, name in get_month_names(width, locale="en").items():
            yield "monthname", f"gregorian/{number}/no", name.lower()
    for number, name in get_day_names("wide", locale="en").items():
        yield "weekday", str(number), name.lower()


def _rows(name: str) -> Iterator[list[str]]:
    lines = (data_dir() / "ar" / name).read_text(encoding="utf-8").splitlines()
    content = [line for line in lines if line and not line.startswith("#")]
    for line in content[1:]:
        yield line.split("\t")
