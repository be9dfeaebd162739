"""The words that names and noun phrases are built from, looked up by folded form with the particles before it.

The tables lie in `kg/data/ar/`: `titles.tsv`, `title_modifiers.tsv`, `bodies.tsv`, `unnamed.tsv`, `references.tsv`,
`words.tsv`, `stops.tsv`, `body_adjectives.tsv`, `name_parts.tsv`, `word_sets.tsv`. They are read once per process.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kg.resources import data_dir
from kg.text.fold import fold_key
from kg.text.tokens import Token, bare, splits

TITLE, MODIFIER, BODY, UNNAMED, REFERENCE = "title", "modifier", "body", "unnamed", "reference"
_TABLES = {
    TITLE: "titles",
    MODIFIER: "title_modifiers",
    BODY: "bodies",
    UNNAMED: "unnamed",
    REFERENCE: "references",
}
_IMPERFECT = "يتن"
_PLURALS = ("ات", "ين", "ون", "ان", "تين", "يه", "ا")
_SUFFIXES = ("ها", "هم", "هما", "نا", "ه", "هن")


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


class _Begins(dict[str, bool]):
    """Whether a folded word may begin a phrase: it stands in a table or is part of names (also after `و ل ف`)."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def __missing__(self, form: str) -> bool:
        names = self._lexicon.name_parts
        known = form in names or (form[0] in "ولف" and form[1:] in names) or self._lexicon.knows(form)
        self[form] = known
        return known


class Lexicon:
    """The tables, the longest entry at a token first. Lookups are remembered by word."""

    def __init__(self) -> None:
        self._first: dict[str, list[_Entry]] = {}
        self._memo: dict[str, dict[str, list[tuple[_Entry, str, bool, str]]] | None] = {}
        self._common_memo: dict[str, bool] = {}
        self.begins = _Begins(self)
        for table, name in _TABLES.items():
            for words, kind, detail in _rows(name):
                self._add(table, words, kind, detail)
        rows = _rows("words")
        self.words = frozenset(word for word, *_ in rows)
        self.frequent = frozenset(word for word, kind, _ in rows if kind)
        self.ubiquitous = frozenset(word for word, kind, _ in rows if kind == "ubiquitous")
        self.sets = {name: frozenset(words.split()) for name, words, _ in _rows("word_sets")}
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
        form = tokens[index].form
        known = self._memo[form] if form in self._memo else self._look_up(form)
        if known is None or table not in known:
            return None
        for entry, proclitic, definite, enclitic in known[table]:
            if entry.article and not definite:
                continue
            end = index + 1 + len(entry.rest)
            if not entry.rest:
                return Term(entry.words, 1, entry.kind, entry.detail, proclitic, definite, enclitic)
            if enclitic or end > len(tokens):
                continue
            following = [bare(token.form) for token in tokens[index + 1 : end]]
            if tuple(following) == entry.rest:
                return Term(entry.words, 1 + len(entry.rest), entry.kind, entry.detail, proclitic, definite)
        return None

    def knows(self, form: str) -> bool:
        """Whether any table has an entry that may begin with this folded word."""
        return (self._memo[form] if form in self._memo else self._look_up(form)) is not None

    def _look_up(self, form: str) -> dict[str, list[tuple[_Entry, str, bool, str]]] | None:
        found: dict[str, list[tuple[_Entry, str, bool, str]]] = {}
        for proclitic, definite, stem in splits(form):
            if not definite and not proclitic and stem.startswith("ال") and len(stem) > 4:
                continue  # read with its article below
            for entry in self._first.get(stem, ()):
                found.setdefault(entry.table, []).append((entry, proclitic, definite, ""))
            if definite:
                continue
            for suffix in _SUFFIXES[:5]:
                if stem.endswith(suffix) and len(stem) > len(suffix) + 2:
                    base = stem[: -len(suffix)]
                    for entry in self._first.get(base[:-1] + "ه" if base.endswith("ت") else base, ()):
                        if not entry.rest and entry.table in (BODY, TITLE):
                            found.setdefault(entry.table, []).append((entry, proclitic, True, suffix))
        for rows in found.values():
            rows.sort(key=lambda row: (-len(row[0].rest), len(row[1])))
        self._memo[form] = found or None
        return self._memo[form]

    def is_common(self, form: str) -> bool:
        """Whether a folded word, under any reading of its particles and suffixes, is an everyday word and no name."""
        known = self._common_memo.get(form)
        if known is None:
            known = self._common_memo[form] = self._common(form)
        return known

    def is_verb(self, form: str) -> bool:
        """Whether a folded word has a feminine past beside it (`زار`, `زارت`) or is written as an imperfect."""
        if form in self.name_parts:
            return False
        return form + "ت" in self.words or (form[0] in _IMPERFECT and self._is_word(form))

    def is_listed(self, form: str) -> bool:
        """Whether a folded word is in the list of everyday words under any reading of its particles."""
        return any(stem in self.words for _, _, stem in splits(form))

    def _common(self, form: str) -> bool:
        if form in self.name_parts:
            return False
        if form in self.stops:
            return True
        return any(
            self._is_word(stem)
            for particles, _, stem in splits(form)
            if not particles or len(stem) > 2 or stem in self.ubiquitous
        )

    def _is_word(self, stem: str) -> bool:
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
        for plural in _PLURALS:
            base = stem[: -len(plural)]
            if len(base) > 2 and stem.endswith(plural) and (base in self.words or base + "ه" in self.words):
                return True
        return False


@cache
def lexicon() -> Lexicon:
    """The one lexicon of this process."""
    return Lexicon()


def _rows(name: str) -> list[tuple[str, str, str]]:
    """A table's rows, padded to three columns; comments and the heading row left out."""
    lines = (data_dir() / "ar" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")][1:]
    return [(row[0], row[1] if len(row) > 1 else "", row[2] if len(row) > 2 else "") for row in rows]
