"""Finds what a name on its own may mean: for tables, reconciliation and names that an article does not explain.

A name is looked for as it stands, then joined, without particles, without the word that says what it is
(`صحيفة نيويورك تايمز`), without articles, at last by sound. Each step costs; what is left is the score. Names that
differ in more than their spelling are not taken for one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from kg.gazetteer import tables
from kg.gazetteer.entry import Entry
from kg.gazetteer.inflect import inflections, with_article
from kg.gazetteer.keys import bare, bones, joined, key, without_particles
from kg.gazetteer.load import Gazetteer, gazetteer_dir, load
from kg.model import EntityType

CERTAIN = 0.8  # a score below this is a guess
GAP = 0.05  # to the next entry, or nothing is certain
_COST = {"folded": 0.0, "joined": 0.02, "particle": 0.03, "head": 0.04, "bare": 0.05, "short": 0.1, "adjective": 0.08}
_SHORTEST_BY_SOUND = 5  # letters; shorter names have too many neighbours
_ALIKE = 78.0  # rapidfuzz's ratio below which two spellings are not compared by sound
_WORD_ALIKE, _BONES_ALIKE = 75.0, 81.0  # of the one word that may differ
_SHORTEST_WORD = 4
_SHORTEST_AFTER_PARTICLES = 5  # letters of a name whose article is supplied too: ب + (ال)جين is no name


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a name may mean, with a score from 0 to 1 and how the name was read."""

    entry: Entry
    score: float
    how: str  # folded, joined, particle, head, bare, short, adjective, sound; several joined by `+`


class Search:
    """An index over the names of a gazetteer. Built once, about a tenth of a second for 15,000 names."""

    def __init__(self, gazetteer: Gazetteer, heads: Mapping[str, frozenset[EntityType]]) -> None:
        self._gazetteer = gazetteer
        self._heads = heads
        self._exact: dict[str, dict[str, float]] = defaultdict(dict)  # key → entry key → cost of its kind of name
        self._joined: dict[str, set[str]] = defaultdict(set)
        self._bare: dict[str, set[str]] = defaultdict(set)
        self._by_sound: dict[tuple[str, int, int], set[str]] = defaultdict(set)  # see `_sounds` → folded keys
        for entry in gazetteer:
            self._add(entry)

    def __len__(self) -> int:
        """How many different names, inflections included, lead to an entry."""
        return len(self._exact)

    def find(self, name: str, types: Collection[EntityType] | None = None, limit: int = 5) -> list[Match]:
        """The entries that a name may mean, best first; of `types` only, where given."""
        folded = key(name)
        if not folded:
            return []
        found: dict[str, Match] = {}
        for reading, how, expected in self._readings(folded):
            for match in self._look(reading, how, expected, types):
                _offer(found, match)
        if not found or max(match.score for match in found.values()) < 1 - _COST["short"]:
            for match in self._by_ear(folded, types):
                _offer(found, match)
        return sorted(found.values(), key=lambda match: (-match.score, match.entry.key))[:limit]

    def certain(self, name: str, types: Collection[EntityType] | None = None) -> Match | None:
        """The one entry that a name means beyond doubt, or None."""
        matches = self.find(name, types, 2)
        if not matches or matches[0].score < CERTAIN:
            return None
        return None if len(matches) > 1 and matches[0].score - matches[1].score < GAP else matches[0]

    def starting(self, prefix: str, limit: int = 10) -> list[Entry]:
        """Entries with a name that begins with `prefix`, the shortest names first; for suggestions as one types."""
        folded = key(prefix)
        if not folded:
            return []
        keys = sorted((name for name in self._exact if name.startswith(folded)), key=lambda name: (len(name), name))
        found = dict.fromkeys(entry for name in keys for entry in self._exact[name])
        return [self._gazetteer.entries[entry] for entry in list(found)[:limit]]

    def _add(self, entry: Entry) -> None:
        for name in entry.names:
            folded = self._index(entry, name, _COST["folded"])
            for sound in _sounds(folded):
                self._by_sound[sound].add(folded)
        for name in entry.short_ar:
            self._index(entry, name, _COST["short"])
        for demonym in entry.demonyms:
            for form in inflections(demonym):
                self._index(entry, form, _COST["adjective"])
                self._index(entry, with_article(form), _COST["adjective"])

    def _index(self, entry: Entry, name: str, cost: float) -> str:
        folded = key(name)
        if folded:
            costs = self._exact[folded]
            costs[entry.key] = min(cost, costs.get(entry.key, cost))
            self._joined[joined(folded)].add(folded)
            self._bare[bare(folded)].add(folded)
        return folded

    def _readings(self, folded: str) -> Iterator[tuple[str, str, frozenset[EntityType] | None]]:
        """The ways to read a name, with what they cost and the types that the word before it allows."""
        yield folded, "folded", None
        for head, types in self._heads.items():
            if folded.startswith(head + " "):
                yield folded.removeprefix(head + " "), "head", types
        for reading in without_particles(folded):
            yield reading, "particle", None
            for head, types in self._heads.items():
                if reading.startswith(head + " "):
                    yield reading.removeprefix(head + " "), "particle+head", types

    def _says_another(self, reading: str, name: str) -> bool:
        """Whether a reading differs from a name in a word that means a state: `الفرنسية` does not spell `الروسية`."""
        words = zip(reading.split(), name.split(), strict=False)
        other = (word for word, named in words if bones(word) != bones(named))
        entries = self._gazetteer.entries
        return any(entries[each].type is EntityType.STATE for word in other for each in self._exact.get(word, ()))

    def _look(
        self,
        reading: str,
        how: str,
        expected: frozenset[EntityType] | None,
        types: Collection[EntityType] | None,
    ) -> Iterator[Match]:
        spent = sum(_COST[step] for step in how.split("+"))
        steps = [(reading, how, spent)]
        steps += [(other, f"{how}+joined", spent + _COST["joined"]) for other in self._joined.get(joined(reading), ())]
        if "particle" not in how or len(reading) >= _SHORTEST_AFTER_PARTICLES:
            steps += [(other, f"{how}+bare", spent + _COST["bare"]) for other in self._bare.get(bare(reading), ())]
        for found, path, cost in steps:
            for entry_key, own in self._exact.get(found, {}).items():
                entry = self._gazetteer.entries[entry_key]
                if (
                    path.endswith("bare")
                    and entry.type is EntityType.PERSON
                    and not _person_without_article(reading, found, own)
                ):
                    continue
                if (types is None or entry.type in types) and (expected is None or entry.type in expected):
                    yield Match(entry, round(1 - cost - own, 4), path.removeprefix("folded+"))

    def _by_ear(self, folded: str, types: Collection[EntityType] | None) -> Iterator[Match]:
        for reading in dict.fromkeys((folded, *(rest for rest, _, _ in self._readings(folded)))):
            whole = joined(reading)
            if len(whole) < _SHORTEST_BY_SOUND:
                continue
            for other in set().union(*(self._by_sound.get(sound, ()) for sound in _sounds(reading))):
                ratio = fuzz.ratio(whole, joined(other))
                if ratio < _ALIKE or not sounds_alike(reading, other) or self._says_another(reading, other):
                    continue
                for entry_key, own in self._exact[other].items():
                    entry = self._gazetteer.entries[entry_key]
                    if types is None or entry.type in types:
                        yield Match(entry, round(0.9 * ratio / 100 + 0.02 - own, 4), "sound")


def _sounds(folded: str) -> Iterator[tuple[str, int, int]]:
    """What names that sound alike share: the consonants of the whole, or of a word with its place among how many."""
    words = folded.split()
    yield bones(joined(folded)), 0, 0
    for place, word in enumerate(words if len(words) > 1 else ()):
        yield bones(word), place, len(words)


def sounds_alike(left: str, right: str) -> bool:
    """Whether two folded names are spellings of one: word by word the same consonants, one word a letter away."""
    a, b = left.split(), right.split()
    if len(a) != len(b):
        return len(joined(left)) > _SHORTEST_BY_SOUND and bones(joined(left)) == bones(joined(right))
    other = [(x, y) for x, y in zip(a, b, strict=True) if bones(x) != bones(y)]
    if not other:
        return True
    ((x, y), *more) = other
    if more or len(a) == 1 or min(len(x), len(y)) < _SHORTEST_WORD:
        return False
    if x.startswith("ال") and y.startswith("ال"):
        x, y = x[2:], y[2:]
    return fuzz.ratio(x, y) >= _WORD_ALIKE and fuzz.ratio(bones(x), bones(y)) >= _BONES_ALIKE


def _person_without_article(reading: str, name: str, cost: float) -> bool:
    """Whether a person's name may be read without articles: one in full, and none that only `reading` has."""
    return cost < _COST["short"] and reading.count("ال") <= name.count("ال")


def _offer(found: dict[str, Match], match: Match) -> None:
    held = found.get(match.entry.key)
    if held is None or match.score > held.score:
        found[match.entry.key] = match


@cache
def search() -> Search:
    """That of this process, over the shipped gazetteer."""
    return Search(load(), heads())


def heads() -> dict[str, frozenset[EntityType]]:
    """The words before a name that say what it is, folded, with the types they allow (`heads.tsv`)."""
    rows = tables.rows(gazetteer_dir() / "heads.tsv")
    return {key(row["word"]): frozenset(map(EntityType, tables.split(row["types"]))) for row in rows}
