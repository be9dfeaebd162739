"""World knowledge that dates an article: which entries of the chronicle a text's sentences speak of.

A cue is found as a word, with the particles and the article that may stand before it; an entry matches a sentence when
each of its groups of cues has one there. The entries and their cues are read by `chronicle_data.py`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kg.text.chronicle_data import Entry, Tenure, chronicle

_LETTERS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
_PARTICLES = frozenset((*_LETTERS, "ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل", "فلل"))
_LONGEST = max(map(len, _PARTICLES))
_LAST_LETTERS = frozenset(particles[-1] for particles in _PARTICLES if particles)
_SHORT = 2  # letters of a cue that takes no suffix
_SUFFIX = re.compile(r"(?:ا|ه|ها|هم|هما)(?!\w)")  # what a noun may take: `حظرا`, `اجتماعهم`
_OFFICE_GAP = 30  # characters between an office and its holder (`وزير الدفاع الروسي الزائر فلان`)
_FATHER = (" بن ", " ابن ")  # what follows is the father's name (`محمد بن سلمان بن عبد العزيز`)
_DEPUTY = ("نائب ", "نائبه ", "مساعد ", "مساعده ", "وكيل ", "وكيله ", "مستشار ", "مستشاره ")
_FORMER = ("السابق", "الاسبق", "الراحل", "المنتخب", "سابق")

_Places = dict[int, list[tuple[int, int]]]  # where the cues of one sentence stand, by their numbers


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a sentence speaks of; `start` and `end` enclose its cues in the folded text."""

    entry: Entry
    sentence: int
    start: int
    end: int


def find_entries(folded: str, sentence_starts: Sequence[int]) -> list[Match]:
    """The entries that a folded text's sentences speak of, in order of their sentences. Linear, raises nothing.

    `sentence_starts` are offsets into the folded text, ascending.
    """
    known = chronicle()
    found = []
    for sentence, places in _cues(folded, sentence_starts).items():
        present = set(places)
        candidates: set[int] = set()
        for number in present & known.rare.keys():
            candidates.update(known.rare[number])
        for index in candidates:
            groups = known.groups[index]
            if any(map(present.isdisjoint, groups)):
                continue
            entry = known.entries[index]
            place = _office_place(folded, groups, places) if isinstance(entry, Tenure) else _place(groups, places)
            if place is not None:
                found.append(Match(entry, sentence, *place))
    return sorted(found, key=lambda match: (match.sentence, match.start, match.end, match.entry.name))


def _cues(folded: str, sentence_starts: Sequence[int]) -> dict[int, _Places]:
    """The cues of each sentence that has any."""
    by_sentence: dict[int, _Places] = {}
    padded = f"{folded} "
    for last, (length, word, stem) in chronicle().cues.iter(folded):
        start, end = last - length + 1, last + 1
        before = padded[start - 1] if start else " "
        if before.isalnum() and (before not in _LAST_LETTERS or not _at_word_start(folded, start)):
            continue
        closed = not padded[end].isalnum() or (length > _SHORT and _SUFFIX.match(folded, end) is not None)
        if stem < 0 and not closed:
            continue
        sentence = bisect_right(sentence_starts, start) - 1
        places = by_sentence.get(sentence)
        if places is None:
            places = by_sentence[sentence] = {}
        if stem >= 0:
            places.setdefault(stem, []).append((start, end))
        if closed and word >= 0:
            places.setdefault(word, []).append((start, end))
    return by_sentence


def _at_word_start(folded: str, start: int) -> bool:
    """Whether nothing but particles and the article stand before a cue in its word."""
    begin, least = start, max(0, start - _LONGEST - 1)
    while begin > least and folded[begin - 1].isalnum():
        begin -= 1
    return folded[begin:start] in _PARTICLES


def _standing(group: frozenset[int], places: _Places) -> list[tuple[int, int]]:
    return sorted(place for number in group.intersection(places) for place in places[number])


def _place(groups: Sequence[frozenset[int]], places: _Places) -> tuple[int, int]:
    firsts = [_standing(group, places)[0] for group in groups]
    return min(start for start, _ in firsts), max(end for _, end in firsts)


def _office_place(folded: str, groups: Sequence[frozenset[int]], places: _Places) -> tuple[int, int] | None:
    """Where the holder stands shortly after the office, with nothing that makes it a former one."""
    offices, holders = (_standing(group, places) for group in groups)
    for office_start, office_end in offices:
        if folded.endswith(_DEPUTY, 0, office_start):
            continue
        for start, end in holders:
            near = 0 < start - office_end <= _OFFICE_GAP and not folded.endswith(_FATHER, 0, start)
            if near and not _former(folded[office_end : end + 8]):
                return start, end
    return None


def _former(between: str) -> bool:
    return any(word in between for word in _FORMER) or any(sign in between for sign in ".؛:\n")
