"""World knowledge that dates an article: events, anniversaries, offices and who held them, by cues in a sentence.

The data are `kg/data/ar/calendar/*.tsv`: general knowledge, one line an event. A cue is found as a word, with the
one-letter particles that may stand before it; a line matches a sentence when each of its groups of cues has one there.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import ahocorasick

from kg.resources import data_dir
from kg.text.fold import fold

_PARTICLES = frozenset({"", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك"})
_OFFICE_GAP = 30  # characters between an office and its holder (`وزير الدفاع الروسي الزائر فلان`)
_FORMER = ("السابق", "الاسبق", "الراحل", "المنتخب", "سابق")
_OPEN_END = date(2100, 1, 1)
_OFFICE, _HOLDER = 1, 2  # the bits of the two groups of a tenure


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened from `first` to `last`; `kind` is era, since, news, summit or period."""

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
class Tenure:
    """A person in an office from `first` to `last`."""

    first: date
    last: date
    name: str


Entry = Event | Anniversary | Tenure
_Use = tuple[int, int, bool]  # entry, bit of the group, whether the cue is a stem
_Hit = tuple[list[_Use], bool, int, int]  # uses, whether the word ends there, start, end


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a sentence speaks of; `start` and `end` enclose its cues in the folded text."""

    entry: Entry
    sentence: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Chronicle:
    entries: list[Entry]
    full: list[int]  # the mask of an entry of which every group has a cue
    cues: ahocorasick.Automaton


@cache
def _chronicle() -> _Chronicle:
    entries: list[Entry] = []
    full: list[int] = []
    uses: dict[str, list[_Use]] = {}
    for entry, cues in _read():
        full.append((1 << len(cues)) - 1)
        for group, alternatives in enumerate(cues):
            for alternative in alternatives:
                form = fold(alternative.strip()).text
                stem = form.endswith("*")
                uses.setdefault(form.rstrip("*"), []).append((len(entries), 1 << group, stem))
        entries.append(entry)
    automaton = ahocorasick.Automaton()
    for form, where in uses.items():
        automaton.add_word(form, (len(form), where))
    automaton.make_automaton()
    return _Chronicle(entries, full, automaton)


def _read() -> Iterator[tuple[Entry, list[list[str]]]]:
    for first, last, kind, name, cues in _rows("events.tsv"):
        yield Event(date.fromisoformat(first), date.fromisoformat(last), kind, name), _groups(cues)
    for day, name, cues in _rows("anniversaries.tsv"):
        *origin, month, number = day.removeprefix("--").split("-")
        yield Anniversary(int(month), int(number), int(origin[0]) if origin else None, name), _groups(cues)
    for first, last, office, holder in _rows("offices.tsv"):
        name = f"{holder.split('|')[0]} as {office.split('|')[0]}"
        ended = date.fromisoformat(last) if last else _OPEN_END
        yield Tenure(date.fromisoformat(first), ended, name), [office.split("|"), holder.split("|")]


def _groups(cues: str) -> list[list[str]]:
    return [group.split("|") for group in cues.split(" + ")]


def _rows(name: str) -> Iterator[list[str]]:
    lines = (data_dir() / "ar" / "calendar" / name).read_text(encoding="utf-8").splitlines()
    for line in [line for line in lines if line and not line.startswith("#")][1:]:
        yield line.split("\t")


def find_entries(folded: str, sentence_starts: Sequence[int]) -> list[Match]:
    """The entries that a folded text's sentences speak of, in order of their sentences. Linear, raises nothing.

    `sentence_starts` are offsets into the folded text, ascending.
    """
    chronicle = _chronicle()
    full, size = chronicle.full, len(chronicle.entries)
    hits: dict[int, list[_Hit]] = {}
    masks: dict[int, int] = {}  # by sentence and entry: which groups have a cue there
    for last, (length, uses) in chronicle.cues.iter(folded):
        start, end = last - length + 1, last + 1
        if start and folded[start - 1].isalnum() and not _at_word_start(folded, start):
            continue
        closed = end == len(folded) or not folded[end].isalnum()
        sentence = bisect_right(sentence_starts, start) - 1
        hits.setdefault(sentence, []).append((uses, closed, start, end))
        for entry, group, stem in uses:
            if closed or stem:
                key = sentence * size + entry
                masks[key] = masks.get(key, 0) | group
    found = []
    for key, mask in masks.items():
        sentence, index = divmod(key, size)
        if mask == full[index]:
            entry = chronicle.entries[index]
            groups = _groups_of(hits[sentence], index)
            place = _office_place(folded, groups) if isinstance(entry, Tenure) else _place(groups)
            if place is not None:
                found.append(Match(entry, sentence, *place))
    return sorted(found, key=lambda match: (match.sentence, match.start))


def _groups_of(hits: Sequence[_Hit], index: int) -> dict[int, list[tuple[int, int]]]:
    """Where the cues of one entry stand in a sentence, by the bit of their group."""
    groups: dict[int, list[tuple[int, int]]] = {}
    for uses, closed, start, end in hits:
        for entry, group, stem in uses:
            if entry == index and (closed or stem):
                groups.setdefault(group, []).append((start, end))
    return groups


def _at_word_start(folded: str, start: int) -> bool:
    begin = start
    while begin and start - begin < 3 and folded[begin - 1].isalnum():
        begin -= 1
    return folded[begin:start] in _PARTICLES


def _place(groups: dict[int, list[tuple[int, int]]]) -> tuple[int, int]:
    firsts = [places[0] for places in groups.values()]
    return min(start for start, _ in firsts), max(end for _, end in firsts)


def _office_place(folded: str, groups: dict[int, list[tuple[int, int]]]) -> tuple[int, int] | None:
    """Where the holder stands shortly after the office, with nothing that makes it a former one."""
    for _, office_end in groups[_OFFICE]:
        for start, end in groups[_HOLDER]:
            if 0 < start - office_end <= _OFFICE_GAP and not _former(folded[office_end : end + 8]):
                return start, end
    return None


def _former(between: str) -> bool:
    return any(word in between for word in _FORMER) or any(sign in between for sign in ".؛:\n")
