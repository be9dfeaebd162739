"""Looks a single name up in the gazetteer: exact, folded, joined, without particles and titles, and by likeness.

Likeness is asked only of names that share a word's consonants, and is believed only with a gap to the runner-up: over
all names it would link what the gazetteer does not hold (measured: one in eight).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from kg.find.lexicon import BODY, TITLE, lexicon
from kg.gazetteer.entry import Entry
from kg.gazetteer.inflect import inflections, with_article
from kg.model import ACTOR_TYPES, PLACES, Candidate, EntityType
from kg.text.fold import fold, fold_key
from kg.text.tokens import bare, splits, tokenize

SCORES = {
    "exact": 1.0, "folded": 0.98, "joined": 0.95, "short": 0.9, "grammar": 0.9, "quoted": 0.9, "middle": 0.9,
    "demonym": 0.85,
}  # fmt: skip
"""How sure a link is by how its name matched; likeness gives its own score."""
_ALIKE = 88.0  # of 100; below it names of different persons begin to meet
_GAP = 8.0  # to the best name of another entity
_ALIKE_UNTYPED, _GAP_UNTYPED = 91.0, 10.0  # where the context tells no type
_SHORTEST = 6  # letters: shorter names are one letter apart too often
_ALIKE_WORD = 80.0  # of each word of a name
_ALIKE_JOINED = 95.0  # of names of different numbers of words
_LENGTHS_APART = 4  # letters between names that are compared
_BLOCKS = 2  # words of a name whose namesakes are compared: the rarest
_LARGEST_BLOCK = 100
_SHORT_WORD = 4  # letters: of words this short one letter makes another name
_SHORTEST_JOINED = 4
_LONGEST = 200  # letters of a name that is looked at
_SAME_SOUND = str.maketrans("جقطصضظذؤئ", "غغتسدددوي", "ءـ")
_VOWELS = str.maketrans("", "", "اويهء")
_PLACES = frozenset(PLACES)
_BODIES = ACTOR_TYPES - {EntityType.PERSON, EntityType.STATE}
_PERSONS = frozenset({EntityType.PERSON})


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a name may mean: the entry and how it was found, or none; the runner-up; what else was tried."""

    best: Candidate | None
    entry: Entry | None = None
    normalisation: str = ""
    runner_up: Candidate | None = None
    tried: tuple[Candidate, ...] = ()


class NameIndex:
    """Every name of some entries by its folded key, its letters without spaces, and its words' consonants."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._keys: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
        self._joined: dict[str, list[Entry]] = defaultdict(list)
        self._ends: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._shortened: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._blocks: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for entry in entries:
            for name in entry.names:
                self._add(entry, name)
            for name in entry.short_ar:
                self._keys[fold_key(name)].append((entry, "short"))
            for demonym in entry.demonyms:
                for form in inflections(demonym):
                    self._keys[fold_key(with_article(form))].append((entry, "demonym"))

    def _add(self, entry: Entry, name: str) -> None:
        key = fold_key(name)
        words = key.split()
        if not words:
            return
        self._keys[key].append((entry, "folded"))
        for joined in _joined(words, name.startswith("ال")):
            self._joined[joined].append(entry)
        if entry.type is EntityType.PERSON and len(words) == 2:
            self._ends[words[0], words[1]].append(entry)
        elif entry.type is EntityType.PERSON and len(words) > 2:
            self._shortened[words[0], " ".join(words[2:])].append(entry)
        sound = _sound(words)
        for word in words:
            self._blocks[consonants(word)].append((sound, entry))

    def find(self, name: str, types: frozenset[EntityType] | None = None, country: str | None = None) -> Lookup:
        """What a name means; `types` and `country` (a key) narrow it where the context tells them.

        Never raises; a name of more than 200 letters means nothing.
        """
        key = fold_key(name[: 2 * _LONGEST])
        if not key or len(key) > _LONGEST:
            return Lookup(None)
        for reading, narrowed in _readings(name, key, types):
            found = self._exact(reading, narrowed, country)
            if found:
                return _chosen(name, found)
        for reading, narrowed in _readings(name, key, types):
            lookup = self.alike(reading, narrowed, country)
            if lookup.best is not None:
                return lookup
        return self.alike(key, types, country)

    def _exact(self, key: str, types: frozenset[EntityType] | None, country: str | None) -> list[tuple[Entry, str]]:
        words = key.split()
        found = list(self._keys.get(key, ()))
        if not found and words and len(key) >= _SHORTEST_JOINED:
            joined = _joined(words, key.startswith("ال"))
            found = [(entry, "joined") for letters in joined for entry in self._joined.get(letters, ())]
        if not found and len(words) > 2:
            found = [(entry, "middle") for entry in self._ends.get((words[0], words[-1]), ())]
        fitting = [row for row in found if _fits(row[0], types, country)]
        return sorted(dict.fromkeys(fitting), key=lambda row: -SCORES[row[1]])

    def shortened(self, key: str, country: str) -> Entry | None:
        """The one person of a country whose full name a folded name is without the second word; else none."""
        first, _, rest = key.partition(" ")
        found = {entry.key: entry for entry in self._shortened.get((first, rest), ()) if entry.country == country}
        return next(iter(found.values())) if len(found) == 1 else None

    def alike(self, key: str, types: frozenset[EntityType] | None, country: str | None = None) -> Lookup:
        """The entry whose name clearly sounds like a folded one; else none, with the nearest that were tried."""
        words = key.split()
        alike, gap = (_ALIKE, _GAP) if types else (_ALIKE_UNTYPED, _GAP_UNTYPED)
        if len(key) < _SHORTEST or (types is None and len(words) < 2):
            return Lookup(None)
        sound = _sound(words)
        least, most = len(sound) - _LENGTHS_APART, len(sound) + _LENGTHS_APART
        best: dict[str, tuple[float, Entry]] = {}
        blocks = [block for word in dict.fromkeys(words) if (block := self._blocks.get(consonants(word)))]
        for block in sorted(blocks, key=len)[:_BLOCKS]:
            for known, entry in block[:_LARGEST_BLOCK]:
                if not least <= len(known) <= most or not _fits(entry, types, country):
                    continue
                score = ratio(sound, known)
                if score >= alike and not _word_by_word(sound, known):
                    score = alike - 1.0
                before = best.get(entry.key)
                if score > (before[0] if before is not None else 0.0):
                    best[entry.key] = (score, entry)
        ranked = sorted(best.values(), key=lambda row: (-row[0], row[1].key))[:5]
        tried = tuple(_candidate(entry, score / 100) for score, entry in ranked)
        clear = len(ranked) < 2 or ranked[0][0] - ranked[1][0] >= gap
        if ranked and ranked[0][0] >= alike and clear:
            return Lookup(tried[0], ranked[0][1], "fuzzy", tried[1] if len(tried) > 1 else None, tried[1:])
        return Lookup(None, tried=tried)


def _readings(
    name: str, key: str, types: frozenset[EntityType] | None
) -> Iterator[tuple[str, frozenset[EntityType] | None]]:
    """The key as it stands, without particles, without a title or a head word, which also tells its type."""
    yield key, types
    first, _, rest = key.partition(" ")
    for split in splits(first)[1:]:
        for stem in (split.stem, "ال" + split.stem) if split.definite else (split.stem,):
            yield f"{stem} {rest}".strip(), types
    words = tokenize(fold(name[: 2 * _LONGEST]))
    lex = lexicon()
    if not words or words[0].is_punctuation:
        return
    title = lex.at(TITLE, words, 0)
    if title is not None and title.length < len(words):
        rest = " ".join(token.form for token in words[title.length :] if token.is_word)
        yield rest, _PERSONS if types is None else types & _PERSONS
    head = lex.at(BODY, words, 0)
    if head is not None and head.length < len(words):
        rest = " ".join(token.form for token in words[head.length :] if token.is_word)
        yield rest, _BODIES if types is None else types & _BODIES
    kept = [token.form for token in words if token.is_word and token.form not in lex.sets["place_heads"]]
    if 0 < len(kept) < len(words):
        yield " ".join(kept), _PLACES if types is None else types & _PLACES


def _chosen(name: str, found: Sequence[tuple[Entry, str]]) -> Lookup:
    entry, how = found[0]
    others = [row for row in found[1:] if row[0].key != entry.key]
    if how == "folded" and name.strip() in entry.names:
        how = "exact"
    tied = [other for other, other_how in others if SCORES[other_how] >= SCORES[found[0][1]]]
    best = _candidate(entry, SCORES[how])
    tried = tuple(_candidate(other, SCORES[other_how]) for other, other_how in others)
    if tied and not any(entry.key == other.metonym_of or entry.metonym_of == other.key for other in tied):
        return Lookup(None, tried=(best, *tried))  # two entries of one name, and nothing to tell them apart
    return Lookup(best, entry, how, tried[0] if tried else None, tried)


def _fits(entry: Entry, types: frozenset[EntityType] | None, country: str | None) -> bool:
    return (types is None or entry.type in types) and (country is None or entry.country in (None, country))


def _candidate(entry: Entry, score: float) -> Candidate:
    return Candidate(entry.key, entry.wikidata, entry.label_ar, round(score, 4))


def _joined(words: Sequence[str], article: bool) -> tuple[str, ...]:
    """The letters of a name without spaces, with its articles and without; a state's ending is written يا or ية.

    `article`: whether the first word has one, which the folded form of ألمانيا does not tell.
    """
    first, *rest = (word[:-1] + "ا" if word.endswith("يه") else word for word in words)
    without = "".join([bare(first) if article else first, *map(bare, rest)])
    return tuple(dict.fromkeys(("".join([first, *rest]), without)))


def _sound(words: Sequence[str]) -> str:
    return " ".join(map(bare, words)).translate(_SAME_SOUND)


def _word_by_word(one: str, other: str) -> bool:
    """Whether two names that sound alike do so in every word: حسن is not حسين, nor إيتسكوف بيسكوف."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    if one.count(" ") != other.count(" "):
        return ratio(one.replace(" ", ""), other.replace(" ", "")) >= _ALIKE_JOINED
    return all(a == b or (max(len(a), len(b)) > _SHORT_WORD and ratio(a, b) >= _ALIKE_WORD) for a, b in pairs)


@lru_cache(maxsize=100_000)
def consonants(word: str) -> str:
    """The consonants of a folded word, sounds that are spelled in two ways as one: what spellings of a name share."""
    return bare(word).translate(_SAME_SOUND).translate(_VOWELS)
