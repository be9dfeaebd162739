"""The chronicle as data: what its lines mean and the cues that show them, read from `kg/data/ar/calendar/*.tsv`.

The data are general knowledge, one line an event. A line's cues are groups of alternatives; `$name` stands for a line
of `terms.tsv`, `[غج]` for one of these letters (`-` for none), and a `*` at the end makes a stem of the alternative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product

import ahocorasick

from kg.resources import data_dir
from kg.text.fold import fold

_OPEN_END = date(2100, 1, 1)
_HIJRI = "AH"
_CHOICE = re.compile(r"\[([^\]]+)\]")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened from `first` to `last`; `kind` is one of those that `events.tsv` explains."""

    first: date
    last: date
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Anniversary:
    """A day that comes round every year; `origin` is the year it counts from, None where it counts from none."""

    month: int
    day: int
    origin: int | None
    name: str


@dataclass(frozen=True, slots=True)
class Feast:
    """`days` days of the Hijri year from the `day` of the `month` on: a feast, a fast, a pilgrimage."""

    month: int
    day: int
    days: int
    name: str


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person in an office from `first` to `last`."""

    first: date
    last: date
    name: str


Entry = Event | Anniversary | Feast | Tenure
Cue = tuple[int, int, int]  # length, number of the word and of the stem of that form, -1 where it is none


@dataclass(frozen=True, slots=True)
class Chronicle:
    """Entries with their groups of cue numbers; `rare` lists the entries by the cues of their rarest group."""

    entries: list[Entry]
    groups: list[tuple[frozenset[int], ...]]
    rare: dict[int, list[int]]
    cues: ahocorasick.Automaton


@cache
def chronicle() -> Chronicle:
    """The whole chronicle, read once. Raises nothing but what a broken installation raises."""
    lines = list(_read())
    written = {group: [cue.strip() for cue in group.split("|")] for _, of in lines for group in of}
    forms = _expanded({cue for cues in written.values() for cue in cues})
    numbers = {form: number for number, form in enumerate(sorted({form for of in forms.values() for form in of}))}
    numbered = {
        group: frozenset(numbers[form] for cue in cues for form in forms[cue]) for group, cues in written.items()
    }
    groups = [tuple(numbered[group] for group in of) for _, of in lines]
    return Chronicle([entry for entry, _ in lines], groups, _by_rarest(groups), _automaton(numbers))


@cache
def context_words(name: str) -> re.Pattern[str]:
    """A pattern that finds any word of a set of `context.tsv` in a folded sentence, particles before it read over."""
    of = next(words for of, words in _rows("context.tsv") if of == name)
    forms = [re.escape(fold(word.rstrip("*")).text) + (r"\w*" if word.endswith("*") else "") for word in of.split("|")]
    return re.compile(rf"(?<!\w)(?:[وفبلك]{{0,2}}(?:ال)?|لل)(?:{'|'.join(sorted(forms, reverse=True))})(?!\w)")


def _by_rarest(groups: Sequence[tuple[frozenset[int], ...]]) -> dict[int, list[int]]:
    """The entries by the cues of the group whose most shared cue is shared least."""
    used = Counter(group for of in groups for group in of)
    shared: Counter[int] = Counter()
    for group, times in used.items():
        shared.update(dict.fromkeys(group, times))
    most = {group: max(shared[number] for number in group) for group in used}
    rare: dict[int, list[int]] = {}
    for index, of in enumerate(groups):
        for number in min(reversed(of), key=most.__getitem__):
            rare.setdefault(number, []).append(index)
    return rare


def _automaton(numbers: dict[str, int]) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for form in {form.rstrip("*") for form in numbers}:
        cue: Cue = len(form), numbers.get(form, -1), numbers.get(f"{form}*", -1)
        automaton.add_word(form, cue)
    automaton.make_automaton()
    return automaton


def _expanded(alternatives: set[str]) -> dict[str, list[str]]:
    """Every alternative with its folded forms, those of its terms for `$name`."""
    terms = {name: forms.split("|") for name, forms in _rows("terms.tsv")}
    named = [form for forms in terms.values() for form in forms]
    written = sorted({form for form in (*named, *alternatives) if not form.startswith("$")})
    folded = fold("\n".join(written)).text.split("\n")  # one call for all
    forms = {form: _choices(text) for form, text in zip(written, folded, strict=True)}
    for form in written:
        forms[form] += [choice for plain in forms[form] for choice in _inflected(plain, feminine=form.endswith("ة"))]
    for alternative in alternatives:
        if alternative.startswith("$"):
            forms[alternative] = [choice for form in terms[alternative[1:]] for choice in forms[form]]
    return forms


def _inflected(form: str, *, feminine: bool) -> Iterator[str]:
    """What the word becomes before a pronoun (`طائرته`) and after ل (`لليونان`)."""
    if feminine:
        yield f"{form[:-1]}ت*"
    if form.startswith("ال"):
        yield f"لل{form[2:]}"


def _choices(form: str) -> list[str]:
    if "[" not in form:
        return [form]
    pieces = _CHOICE.split(form)  # text and choices in turn
    letters = [[letter.replace("-", "") for letter in choice] for choice in pieces[1::2]]
    spelled = []
    for chosen in product(*letters):
        rest = zip(chosen, pieces[2::2], strict=True)
        spelled.append(pieces[0] + "".join(letter + text for letter, text in rest))
    return spelled


def _read() -> Iterator[tuple[Entry, list[str]]]:
    """Every entry with the texts of its groups of cues."""
    for first, last, kind, name, cues in _rows("events.tsv"):
        yield Event(date.fromisoformat(first), date.fromisoformat(last), kind, name), cues.split(" + ")
    for day, name, cues in _rows("anniversaries.tsv"):
        yield _yearly(day, name), cues.split(" + ")
    for first, last, office, holder in _rows("offices.tsv"):
        name = f"{holder.split('|')[0]} as {office.split('|')[0]}"
        ended = date.fromisoformat(last) if last else _OPEN_END
        yield Tenure(date.fromisoformat(first), ended, name), [office, holder]


def _yearly(day: str, name: str) -> Anniversary | Feast:
    """`1990-06-12` or `--11-04`; `AH-10-01+3` for three days from the first of the tenth month of the Hijri year."""
    if day.startswith(_HIJRI):
        _, month, rest = day.split("-")
        first, days = rest.split("+")
        return Feast(int(month), int(first), int(days), name)
    *origin, month, number = day.removeprefix("--").split("-")
    return Anniversary(int(month), int(number), int(origin[0]) if origin else None, name)


def _rows(name: str) -> Iterator[list[str]]:
    lines = (data_dir() / "ar" / "calendar" / name).read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        yield line.split("\t")
