"""Names of the gazetteer in a text: each word is looked up once, as the first of a name, and names are read on from it.

A name may carry the particles `و ف ب ل ك` and, where it begins with the article, their contractions (`للصين`); they are
kept as read, never cut off for good: `بكين` and `لبنان` begin with a particle's letter and are names as they stand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.find.memo import Memo
from kg.find.spellings import spellings
from kg.gazetteer.entry import Entry
from kg.gazetteer.inflect import inflections, with_article
from kg.model import EntityType
from kg.text.fold import fold_key
from kg.text.tokens import PROCLITICS, Token

_PARTICLES = frozenset(particles for particles in PROCLITICS if "س" not in particles)  # سألمان: no verb is a name
_MOST_PARTICLES = max(map(len, PROCLITICS))  # letters
_HEADS = ("صحيفه", "جريده", "مجله", "قناه")
_AROUND = frozenset((('"', '"'), ("(", ")")))
_GLUE = frozenset('"-+')


@dataclass(frozen=True, slots=True)
class Reference:
    """What a name may mean: an entry's index, whether it is its name or its adjective, and which spelling matched."""

    entry: int
    demonym: bool
    normalisation: str  # folded, joined, short or quoted


class Hit(NamedTuple):
    """A gazetteer name at tokens `first` to `last` (exclusive) of a sentence."""

    first: int
    last: int
    proclitic: str
    definite: bool
    references: tuple[Reference, ...]


class _Node:
    """The names whose words so far are those on the way here: what they mean where one ends, and what may go on."""

    __slots__ = ("following", "readings")

    def __init__(self) -> None:
        self.readings: list[tuple[bool, tuple[Reference, ...]]] = []  # whether it begins with the article, its meanings
        self.following: dict[str, _Node] = {}


_Start = tuple[str, str, _Node]  # the particles of a word, what is left of it, and the names that begin with that


class Names:
    """Every name, alias and adjective of a gazetteer, word by word. Built once per process."""

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
        self._quoted = _media_by_own_name(entries)
        self._first = _Node()
        self._starts: Memo[tuple[_Start, ...]] = Memo(self._starts_of)
        for (text, article), meanings in patterns.items():
            node = self._first
            for word in text.split(" "):
                node = node.following.setdefault(word, _Node())
            node.readings.append((article, tuple(Reference(*key, how) for key, how in meanings.items())))

    def find(self, sentences: Sequence[Sequence[Token]]) -> list[dict[int, list[Hit]]]:
        """For each sentence, the hits by first token, the longest first. Linear in the text, at most as many words of a
        name long from each word.

        Quotation marks and tight hyphens are passed over: names go on across them.
        """
        return [self._find(tokens) for tokens in sentences]

    def _find(self, tokens: Sequence[Token]) -> dict[int, list[Hit]]:
        hits: dict[int, list[Hit]] = {}
        words = [token[0] for token in tokens]
        places: Sequence[int] = range(len(words))
        quoted = '"' in words
        around = quoted or "(" in words
        if quoted or "-" in words or "+" in words:
            places = [index for index in places if words[index] not in _GLUE or not _is_glue(tokens, index)]
            words = [words[index] for index in places]
        begun = [(at, starts) for at, starts in enumerate(map(self._starts.__getitem__, words)) if starts]
        for at, starts in begun:
            for particles, stem, node in starts:
                last = at
                found: _Node | None = node
                while found is not None:
                    if found.readings:
                        _accept(hits, places[at], places[last] + 1, particles, stem, found.readings)
                    last += 1
                    found = found.following.get(words[last]) if last < len(words) else None
        for rows in hits.values():
            if len(rows) > 1:
                rows.sort(key=lambda hit: (-hit.last, len(hit.proclitic)))
        if around:
            self._add_quoted(hits, tokens)
        return hits

    def _add_quoted(self, hits: dict[int, list[Hit]], tokens: Sequence[Token]) -> None:
        """The outlets whose name is one word, alone in quotation marks or brackets, before its other meanings."""
        for at in range(1, len(tokens) - 1):
            reference = self._quoted.get(tokens[at][0])
            if reference is not None and (tokens[at - 1][0], tokens[at + 1][0]) in _AROUND:
                hits.setdefault(at, []).insert(0, Hit(at, at + 1, "", False, (reference,)))

    def _starts_of(self, form: str) -> tuple[_Start, ...]:
        """The ways to read a folded word as the first of a name, the fewest particles first."""
        first = self._first.following
        cuts = range(min(len(form), _MOST_PARTICLES) + 1)  # nothing may be left: ال سعود
        ways = [(form[:cut], form[cut:]) for cut in cuts if not cut or form[:cut] in _PARTICLES]
        return tuple((particles, stem, first[stem]) for particles, stem in ways if stem in first)


def _media_by_own_name(entries: Sequence[Entry]) -> dict[str, Reference]:
    """The outlets called by a head word and one more (`صحيفة كذا`), by the latter, folded; papers before channels."""
    found: dict[str, tuple[int, int]] = {}
    for index, entry in enumerate(entries):
        words = fold_key(entry.label_ar).split(" ")
        if entry.type is EntityType.MEDIA_OUTLET and len(words) == 2 and words[0] in _HEADS:
            found[words[1]] = min(found.get(words[1], (len(_HEADS), 0)), (_HEADS.index(words[0]), index))
    return {word: Reference(index, False, "quoted") for word, (_, index) in found.items()}


def _accept(
    hits: dict[int, list[Hit]],
    first: int,
    last: int,
    particles: str,
    stem: str,
    readings: list[tuple[bool, tuple[Reference, ...]]],
) -> None:
    definite = particles.endswith(("ال", "لل"))
    proclitic = particles[:-2] if particles.endswith("ال") else particles[:-1] if definite else particles
    for article, references in readings:
        if article == definite:
            hits.setdefault(first, []).append(Hit(first, last, proclitic, definite, references))
        elif article and particles.endswith("ل") and stem[:1] == "ل":  # للجنة: ل + ال + لجنة, written with two lams
            hits.setdefault(first, []).append(Hit(first, last, particles, True, references))


def _is_glue(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.form == '"':
        return True
    if token.form == "+":  # 5 + 1
        return 0 < index < len(tokens) - 1 and tokens[index - 1].is_number and tokens[index + 1].is_number
    return index > 0 and tokens[index - 1].end == token.start and _tight(tokens, index)


def _tight(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].start == tokens[index].end


def _forms(entry: Entry) -> Iterable[tuple[str, bool, str]]:
    """Every written form of an entry: (as written, whether it is the adjective, which normalisation)."""
    for name in entry.names:
        yield name, False, "folded"
        for variant in spellings(name):
            yield variant, False, "joined"
    for name in entry.short_ar:
        yield name, False, "short"
    for demonym in entry.demonyms:
        for form in inflections(demonym):
            yield form, True, "folded"
            yield with_article(form), True, "folded"
