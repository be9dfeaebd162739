"""The words of agreements: nouns with their modifiers, verbs, and what leaves an agreement open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.frames.lexicon import table
from kg.frames.line import CLAUSE_ENDS, Line, bare
from kg.frames.triggers import OPENERS, Triggers, triggers_of
from kg.text.fold import fold
from kg.text.tokens import splits

_MODIFIER_REACH = 3  # tokens after the noun
_PRONOUNS = ("هما", "ها", "هم")  # written onto the noun: whose agreement it is


@dataclass(frozen=True, slots=True)
class Noun:
    """A row of `agreement_nouns.tsv`."""

    kind: str
    generic: bool
    modifiers: tuple[tuple[str, ...], ...]


DECLARED = Noun("agreement", False, ())
"""A declaration that bears a name in quotation marks (`«إعلان القاهرة»`)."""


@cache
def _nouns() -> dict[str, tuple[Noun, ...]]:
    found: dict[str, list[Noun]] = defaultdict(list)
    for row in table("agreement_nouns"):
        modifiers = tuple(tuple(fold(m).text.split()) for m in row["modifiers"].split("|") if m)
        for noun in row["nouns"].split("|"):
            found[fold(noun).text].append(Noun(row["kind"], row["generic"] == "yes", modifiers))
    return {noun: tuple(rows) for noun, rows in found.items()}


@lru_cache(maxsize=50_000)
def noun_rows(form: str) -> tuple[tuple[Noun, ...], bool, str]:
    """The rows of a folded word, whether it is definite, and the pronoun that makes it so; no rows for most words."""
    nouns = _nouns()
    for proclitic, definite, stem in splits(form):
        rows = nouns.get(stem) or nouns.get(stem.removesuffix("ا"))
        if rows and "س" not in proclitic:
            return rows, definite, ""
        for pronoun in () if definite else _PRONOUNS:
            if stem.endswith(pronoun):
                bare_stem = stem.removesuffix(pronoun)
                owned = nouns.get(bare_stem) or nouns.get(bare_stem.removesuffix("ت") + "ه") or ()
                rows = tuple(row for row in owned if row.generic)
                if rows and "س" not in proclitic:
                    return rows, True, pronoun
    return (), False, ""


@cache
def agreement_triggers() -> Triggers:
    """The verbs and verbal nouns of `agreement_verbs.tsv`."""
    return triggers_of(table("agreement_verbs"))


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(fold(w).text for w in row["words"].split("|")) for row in table("agreement_words")}


def is_kind(form: str, name: str) -> bool:
    """Whether a folded word is of one class of `agreement_words.tsv`, with or without `و` before it."""
    words = _words()[name]
    return form in words or bare(form) in words


def _opens(form: str) -> bool:
    return bool(noun_rows(form)[0]) or any(t.row["status"] == "agree" for t in agreement_triggers().at(form))


OPENING = OPENERS.bit(_opens, lambda: {*_nouns(), *agreement_triggers().stems()})
"""A word that can be an agreement's noun or a verb of agreeing."""
VERB = OPENERS.bit(lambda form: bool(agreement_triggers().at(form)), lambda: agreement_triggers().stems())
"""A verb or verbal noun of `agreement_verbs.tsv`."""


def matching(line: Line, index: int, rows: Iterable[Noun]) -> tuple[Noun | None, int]:
    """The first row whose modifiers, if it has any, follow the noun, and the token after noun and modifier."""
    for row in rows:
        if not row.modifiers:
            return row, index + 1
        ends = (_follows(line, index, words) for words in row.modifiers)
        end = next((end for end in ends if end), 0)
        if end:
            return row, end
    return None, index + 1


def _follows(line: Line, index: int, words: tuple[str, ...]) -> int:
    reach = 1 if len(words) > 1 else _MODIFIER_REACH
    for position in range(index + 1, index + 1 + reach):
        if line.form(position) in CLAUSE_ENDS or line.form(position) == "،":
            return 0
        if all(line.form(position + n) == word for n, word in enumerate(words)):
            return position + len(words)
    return 0
