"""The words that names and noun phrases are built from, looked up by folded form with the particles before it.

The tables lie in `kg/data/ar/`: `titles.tsv`, `title_modifiers.tsv`, `bodies.tsv`, `unnamed.tsv`, `references.tsv`,
`duals.tsv`, `words.tsv`, `stops.tsv`, `body_adjectives.tsv`, `name_parts.tsv`, `word_sets.tsv`. They are read once per
process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.find.memo import Memo
from kg.resources import data_dir
from kg.text.fold import fold_key
from kg.text.tokens import Token, bare, splits

TITLE, MODIFIER, BODY, UNNAMED, REFERENCE, DUAL = "title", "modifier", "body", "unnamed", "reference", "dual"
_TABLES = {
    TITLE: "titles",
    MODIFIER: "title_modifiers",
    BODY: "bodies",
    UNNAMED: "unnamed",
    REFERENCE: "references",
    DUAL: "duals",
}
SONS = frozenset(("بن", "ابن", "بنت"))
_IMPERFECT = "يتن"
_SHORTEST_VERB = 4  # letters that tell an imperfect from nouns such as يوم, يد
_PLURALS = ("ات", "ين", "ون", "ان", "تين", "يه", "ا")
_SUFFIXES = ("ها", "هم", "هما", "نا", "ه", "هن")
_OWNERS = _SUFFIXES[:5]


class _Entry(NamedTuple):
    table: str
    words: str
    rest: tuple[str, ...]
    kind: str
    detail: str
    article: bool


@dataclass(frozen=True, slots=True)
class Term:
    """A table's entry as found at a token: its words, how many tokens it takes, and the particles before it."""

    words: str
    length: int
    kind: str
    detail: str
    proclitic: str
    definite: bool
    enclitic: str = ""
    key: str = ""  # the words, folded


_Rows = list[tuple[tuple[str, ...], Term]]  # what must follow the first word, and the entry as found


class Lexicon:
    """The tables, the longest entry at a token first. Lookups are remembered by word.

    `tables[form]` are the entries that may begin with a folded word, by table; `begins[form]` is whether it may begin a
    phrase at all: it stands in a table or is part of names (also after `و ل ف`).
    """

    def __init__(self) -> None:
        self._first: dict[str, list[_Entry]] = {}
        self.tables: Memo[dict[str, _Rows]] = Memo(self._look_up)
        self.begins: Memo[bool] = Memo(self._may_begin)
        self._kinds: dict[tuple[str, str], frozenset[str]] = {}
        self._common: Memo[bool] = Memo(self._is_common)
        for table, name in _TABLES.items():
            for words, kind, detail in _rows(name):
                self._add(table, words, kind, detail)
        rows = _rows("words")
        self.words = frozenset(word for word, *_ in rows)
        self.frequent = frozenset(word for word, kind, _ in rows if kind)
        self.ubiquitous = frozenset(word for word, kind, _ in rows if kind == "ubiquitous")
        self.sets = {name: frozenset(words.split()) for name, words, _ in _rows("word_sets")}
        self.cabinets = frozenset(words.replace("_", " ") for words in self.sets["cabinets"])
        self.seats = dict(pair.split("=") for pair in self.sets["seats"])
        self.group_adjectives = dict(pair.split("=") for pair in self.sets["group_adjectives"])
        self.stops = frozenset(word for word, *_ in _rows("stops"))
        self.body_adjectives = frozenset(fold_key(word) for word, *_ in _rows("body_adjectives"))
        self.name_parts = frozenset(word for word, *_ in _rows("name_parts"))

    def _add(self, table: str, words: str, kind: str, detail: str) -> None:
        first, *rest = fold_key(words).split()
        article = first.startswith("ال") and len(first) > 4
        entry = _Entry(table, words, tuple(map(bare, rest)), kind, detail, article)
        entries = self._first.setdefault(first[2:] if article else first, [])
        entries.append(entry)
        entries.sort(key=lambda known: -len(known.rest))

    def at(self, table: str, tokens: Sequence[Token], index: int) -> Term | None:
        """The longest entry of a table that begins at a token, its words with or without the article."""
        if not 0 <= index < len(tokens):
            return None
        rows = self.tables[tokens[index].form].get(table)
        if rows is None:
            return None
        for rest, term in rows:
            if not rest:
                return term
            end = index + 1 + len(rest)
            if end <= len(tokens) and tuple([bare(token.form) for token in tokens[index + 1 : end]]) == rest:
                return term
        return None

    def of_kind(self, table: str, kind: str) -> frozenset[str]:
        """The folded entries of one kind in a table (`عقيد` and the other ranks of the titles)."""
        known = self._kinds.get((table, kind))
        if known is None:
            entries = (entry for begun in self._first.values() for entry in begun)
            found = frozenset(fold_key(e.words) for e in entries if e.table == table and e.kind == kind)
            known = self._kinds[table, kind] = found
        return known

    def knows(self, form: str) -> bool:
        """Whether any table has an entry that may begin with this folded word."""
        return bool(self.tables[form])

    def _may_begin(self, form: str) -> bool:
        if form in self.name_parts or form in SONS:
            return True
        return (form[0] in "ولف" and form[1:] in self.name_parts) or self.knows(form)

    def _look_up(self, form: str) -> dict[str, _Rows]:
        found: dict[str, _Rows] = {}
        suffixes = [suffix for suffix in _OWNERS if form.endswith(suffix)] if form.endswith(_OWNERS) else ()
        for proclitic, definite, stem in splits(form):
            if not definite and not proclitic and stem.startswith("ال") and len(stem) > 4:
                continue  # read with its article below
            for entry in self._first.get(stem, ()):
                if definite or not entry.article:
                    self._found(found, entry, proclitic, definite)
            if definite:
                continue
            for suffix in suffixes:  # of every stem that has not lost an article
                if len(stem) > len(suffix) + 2:
                    base = stem[: -len(suffix)]
                    for entry in self._first.get(base[:-1] + "ه" if base.endswith("ت") else base, ()):
                        if not entry.rest and entry.table in (BODY, TITLE):
                            self._found(found, entry, proclitic, True, suffix)
        for rows in found.values():
            rows.sort(key=lambda row: (-len(row[0]), len(row[1].proclitic)))
        return found

    def _found(
        self, found: dict[str, _Rows], entry: _Entry, proclitic: str, definite: bool, enclitic: str = ""
    ) -> None:
        length = 1 + len(entry.rest)
        key = fold_key(entry.words)
        term = Term(entry.words, length, entry.kind, entry.detail, proclitic, definite, enclitic, key)
        found.setdefault(entry.table, []).append((entry.rest, term))

    def is_common(self, form: str) -> bool:
        """Whether a folded word, under any reading of its particles and suffixes, is an everyday word and no name."""
        return self._common[form]

    def is_verb(self, form: str) -> bool:
        """Whether a folded word has a feminine past beside it (`زار`, `زارت`) or is written as an imperfect."""
        if form in self.name_parts:
            return False
        return form + "ت" in self.words or (form[0] in _IMPERFECT and self.is_word(form))

    def is_listed(self, form: str) -> bool:
        """Whether a folded word is in the list of everyday words under any reading of its particles."""
        return any(stem in self.words for _, _, stem in splits(form))

    def _is_common(self, form: str) -> bool:
        if form in self.name_parts:
            return False
        if form in self.stops:
            return True
        return any(
            self.is_word(stem)
            for particles, _, stem in splits(form)
            if not particles or ((len(stem) > 2 or stem in self.ubiquitous) and _may_follow(particles, stem))
        )

    def is_word(self, stem: str) -> bool:
        """Whether a stem is listed, with a pronoun written onto it, or as another person of the same imperfect verb."""
        if stem in self.words:
            return True
        if len(stem) > 3 and stem[0] in _IMPERFECT and any(person + stem[1:] in self.words for person in _IMPERFECT):
            return True
        for suffix in _SUFFIXES:
            base = stem[: -len(suffix)]
            if len(base) > 2 and stem.endswith(suffix):
                feminine = base[:-1] + "ه" if base.endswith("ت") else base
                if base in self.words or feminine in self.words:
                    return True
        if stem.endswith("ي") and len(stem) > 4 and stem[:-1] in self.frequent:
            return True  # دفاعي, the adjective of دفاع
        for plural in _PLURALS:
            base = stem[: -len(plural)]
            if len(base) > 2 and stem.endswith(plural) and (base in self.words or base + "ه" in self.words):
                return True
        return False


def _may_follow(particles: str, stem: str) -> bool:
    """Whether a stem may stand after particles: after the `س` of the future no noun (`سالمان` is a name), after `ب` and
    `ك` no verb (`كيلين` is one too).
    """
    if particles[-1] in "بك":
        return stem[0] != "ي" or len(stem) < _SHORTEST_VERB
    return particles[-1] != "س" or not stem.startswith("ال")


@cache
def lexicon() -> Lexicon:
    """The one lexicon of this process."""
    return Lexicon()


def _rows(name: str) -> list[tuple[str, str, str]]:
    """A table's rows, padded to three columns; comments and the heading row left out."""
    lines = (data_dir() / "ar" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(row[0], row[1] if len(row) > 1 else "", row[2] if len(row) > 2 else "") for row in rows]
