"""What passes between actors: the nouns of `kg/data/ar/cargo.tsv` with their modifiers, contents and coordination."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.frames.lexicon import table
from kg.frames.line import Line, is_word
from kg.frames.triggers import OPENERS
from kg.text.fold import fold
from kg.text.numbers import is_numeral
from kg.text.tokens import splits

ARMS = frozenset(
    {"arms", "ammunition", "missiles", "artillery", "aircraft", "drones", "air-defence", "vehicles", "equipment"}
)
PEOPLE = frozenset({"troops", "workers"})
_SUPPLIES = frozenset({"food", "aid", "goods"})
RELIEF = _SUPPLIES | {"equipment"}
_POSSESSIVES = ("هما", "ها", "هم", "نا", "كم", "ه")
_MODIFIER_REACH = 4  # words
_CONTENT_REACH = 8
_OWN_ENDS = frozenset(("من", "الي"))  # one cargo from or to whom it names, the next from or to another
_LINK_REACH = 9  # tokens between two coordinated cargoes
_STOPS = frozenset('.؛:?!؟"')


@dataclass(frozen=True, slots=True)
class _Row:
    kind: str
    strength: str
    modifiers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cargo:
    """A cargo as named: tokens `first` to `end` (exclusive), its kind, and whether it is marked as known."""

    kind: str
    first: int
    end: int
    definite: bool = False
    particle: str = ""  # written onto its head: ب, ل, و …


@cache
def _rows() -> dict[str, tuple[_Row, ...]]:
    """The rows of each head noun, those that ask for a modifier first."""
    found: dict[str, list[_Row]] = defaultdict(list)
    for row in table("cargo"):
        modifiers = frozenset(fold(word).text for word in row["modifiers"].split("|") if word)
        for head in row["heads"].split("|"):
            found[fold(head).text].append(_Row(row["kind"], row["strength"], modifiers))
    order = {"never": -1, "weak": 0, "counted": 0, "strong": 1, "generic": 2}
    return {head: tuple(sorted(rows, key=lambda row: order[row.strength])) for head, rows in found.items()}


@lru_cache(maxsize=50_000)
def _head(form: str) -> tuple[tuple[_Row, ...], bool, str] | None:
    """The rows of a folded word without its particles and possessive, whether it is definite, and the particles."""
    rows = _rows()
    possessives = [ending for ending in _POSSESSIVES if form.endswith(ending)] if form.endswith(_POSSESSIVES) else ()
    for proclitic, definite, whole in splits(form):
        if "س" in proclitic:
            continue
        for stem in (whole, whole[:-1]) if whole.endswith("ا") else (whole,):
            if stem in rows and len(stem) > 2:
                return rows[stem], definite, proclitic
        for possessive in () if definite else possessives:
            stem = whole[: -len(possessive)]
            if len(stem) > 2:
                owned = stem[:-1] + "ه" if stem.endswith("ت") and stem[:-1] + "ه" in rows else stem
                if owned in rows:
                    return rows[owned], True, proclitic
    return None


@lru_cache(maxsize=50_000)
def _modifier(form: str) -> frozenset[str]:
    """What a word may be as a modifier: itself and what is left without its particles and article."""
    stems = {form, *(split.stem for split in splits(form) if "س" not in split.proclitic)}
    owned = {stem.removesuffix(ending) for stem in stems for ending in _POSSESSIVES if len(stem) > len(ending) + 2}
    return frozenset(stems | owned)


def refers_to(form: str, head: str) -> bool:
    """Whether a folded word is the noun of an earlier cargo with `ال` (`الشحنة` after `شحنة`)."""
    stems = {split.stem for split in splits(head)}
    return any(split.definite and split.stem in stems for split in splits(form))


def cargo_words() -> Iterable[str]:
    """The head nouns, without particles."""
    return _rows()


def is_cargo_word(form: str) -> bool:
    """Whether a folded word can head a cargo."""
    return _head(form) is not None


def names_cargo(form: str) -> bool:
    """Whether a folded word can be what passes, not only a count or container of it."""
    head = _head(form)
    return head is not None and any(row.kind != "none" for row in head[0])


_WORD = OPENERS.bit(is_cargo_word, cargo_words)


def find_cargo(line: Line, first: int, end: int) -> list[Cargo]:
    """The cargoes named between two tokens, in order: coordinated ones of one family as one, others each by itself."""
    found: list[Cargo] = []
    read_to = first
    heads = line.sentence.opening(_WORD)
    for index in heads[bisect_left(heads, first) : bisect_left(heads, end)]:
        cargo = _cargo_at(line, index, end) if index >= read_to else None
        if cargo is None:
            continue
        if found and _linked(line, found[-1], cargo):
            merged = _merge(found[-1], cargo)
            if merged is not None:
                found[-1] = merged
            else:
                found.append(cargo)
        elif not found or cargo.first >= found[-1].end:
            found.append(cargo)
        read_to = cargo.end
    return found


def _cargo_at(line: Line, index: int, end: int) -> Cargo | None:
    head = _head(line.form(index))
    if head is None or line.group_over(index) is not None:
        return None
    rows, definite, particle = head
    if any(row.kind == "money" for row in rows) and _worth(line, index):
        return None
    for row in rows:
        beside = _modifier(line.form(index + 1)) | _modifier(line.form(index - 1))
        if row.strength == "never" and beside & row.modifiers:
            return None
        counted = row.strength == "counted" and (line.tokens[index - 1].is_number or is_numeral(line.form(index - 1)))
        if row.strength == "strong" or counted:
            return Cargo(row.kind, index, index + 1, definite, particle)
        if row.strength == "weak":
            last = _modified(line, index, end, row.modifiers)
            if last is not None:
                return Cargo(row.kind, index, last + 1, definite, particle)
        elif row.strength == "generic":
            content = _content(line, index, end, row.kind == "none")
            if content is not None and not (definite and content.first == index + 1):
                return Cargo(content.kind, index, content.end, definite, particle)
            if row.kind != "none":
                return Cargo(row.kind, index, index + 1, definite, particle)
    return None


def _worth(line: Line, index: int) -> bool:
    """Whether a sum is what something else is worth (`صواريخ بقيمة 20 مليون دولار`)."""
    return any(is_word(line.form(position), "value") for position in range(max(0, index - 4), index))


def _modified(line: Line, index: int, end: int, modifiers: frozenset[str]) -> int | None:
    for position in range(index + 1, min(end, index + 1 + _MODIFIER_REACH)):
        form = line.form(position)
        if form in _STOPS or form == "،":
            return None
        if modifiers & _modifier(form):
            return position
        if line.group_from(position) is not None:
            return None
    return None


def _content(line: Line, index: int, end: int, counting: bool) -> Cargo | None:
    """What a container holds or a count counts: the next cargo within reach and inside the clause."""
    for position in range(index + 1, min(end, index + 1 + _CONTENT_REACH)):
        form = line.form(position)
        if form in _STOPS or form in ("،", ",") or is_word(form, "return", "conjunction"):
            return None
        if line.group_from(position) is not None and _head(form) is None:
            return None
        head = _head(form)
        if head is not None and not _conjoined(form):
            inner = _cargo_at(line, position, end)
            if inner is not None and (inner.kind != "money" or counting):
                return inner
    return None


def _linked(line: Line, before: Cargo, cargo: Cargo) -> bool:
    form = line.form(cargo.first)
    joined = _conjoined(form) or line.form(cargo.first - 1) in ("و", "او", "،")
    inside = any(is_word(line.form(i), "containing") for i in range(before.end, cargo.first))
    if any(g.preposition in _OWN_ENDS for g in line.groups_in(before.end, cargo.first)):
        return False
    return (joined or inside) and cargo.first - before.end <= _LINK_REACH


def _family(kind: str) -> frozenset[str]:
    for family in (ARMS, PEOPLE, _SUPPLIES):
        if kind in family:
            return family
    return frozenset({kind})


def same_family(one: str, other: str) -> bool:
    """Whether two kinds of cargo are such that one passage may speak of both as the same thing."""
    return other in _family(one)


def _merge(before: Cargo, cargo: Cargo) -> Cargo | None:
    """Two coordinated cargoes as one where they are of one family, else None."""
    if not same_family(before.kind, cargo.kind):
        return None
    kind = before.kind
    if before.kind != cargo.kind and before.kind in ARMS:
        kind = "arms"
    return Cargo(kind, before.first, cargo.end, before.definite, before.particle)


def _conjoined(form: str) -> bool:
    """Whether a word begins with the conjunction `و` (`وصواريخ`), not with a letter of its own (`وقود`)."""
    return form[:1] == "و" and form not in _rows()
