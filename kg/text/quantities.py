"""Figures with what they count: `أكثر من 16 ألف حاوية` is at least 16,000 containers, as written and where.

Units and bounds are data (`kg/data/ar/units.tsv`, `bounds.tsv`). A figure without a known unit is no quantity: years,
dates, ages and names with digits (`كوفيد-19`) fall away by that. One pass, a constant number of looks from each word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.model import Quantity, Span
from kg.resources import data_dir
from kg.text.numbers import Number, folded, is_numeral, read_number
from kg.text.tokens import Token

_PROCLITICS = "وفبلك"
_LONGEST_UNIT = 3  # words
_AFTER_REACH = 4  # words between a counted noun and a bound that follows it
_HYPHEN = "-"
_LONGEST_NUMBER = 12  # words
_FIGURE_REACH = 8  # words of a figure written out
_JOINTS = frozenset({"و", "الي", "حتي", "او", "-"})  # between the two figures of a range


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its English singular and its dimension (`kg/data/ar/units.tsv`)."""

    name: str
    dimension: str


@dataclass(frozen=True, slots=True)
class _Bound:
    words: tuple[str, ...]
    bound: str


def _rows(name: str) -> list[list[str]]:
    lines = (data_dir() / "ar" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


@cache
def _units() -> tuple[dict[tuple[str, ...], Unit], dict[str, Unit]]:
    counted: dict[tuple[str, ...], Unit] = {}
    pairs: dict[str, Unit] = {}
    for name, dimension, forms, dual in _rows("units.tsv"):
        unit = Unit(name, dimension)
        counted.update({tuple(map(folded, form.split())): unit for form in forms.split("|")})
        pairs.update({folded(form): unit for form in dual.split("|") if form})
    return counted, pairs


@cache
def _bounds(place: str) -> dict[str, tuple[_Bound, ...]]:
    """Bounds by the word next to the figure: a phrase's last before it, its first after it; longest phrases first."""
    table: dict[str, list[_Bound]] = {}
    for bound, where, phrases in _rows("bounds.tsv"):
        for phrase in phrases.split("|") if where == place else ():
            words = tuple(map(folded, phrase.split()))
            table.setdefault(words[-1] if place == "before" else words[0], []).append(_Bound(words, bound))
    return {key: tuple(sorted(found, key=lambda b: -len(b.words))) for key, found in table.items()}


@cache
def dimensions() -> dict[str, str]:
    """The dimension of every unit, by its English singular."""
    return {name: dimension for name, dimension, *_ in _rows("units.tsv")}


def find_quantities(text: str, tokens: Sequence[Token]) -> tuple[Quantity, ...]:
    """The quantities that `tokens`, a stretch of `text`, write out; in order, with offsets into `text`."""
    found: list[Quantity] = []
    index = 0
    while index < len(tokens):
        step = _quantity_at(text, tokens, index)
        if step is None:
            index += 1
        else:
            quantity, index = step
            found.append(quantity)
    return tuple(found)


def _quantity_at(text: str, tokens: Sequence[Token], index: int) -> tuple[Quantity, int] | None:
    pair = _units()[1].get(_bare(tokens[index].form))
    if pair is not None:
        span = Span(tokens[index].start, tokens[index].end)
        return Quantity(2, 2, False, pair.name, span.of(text), span, _kind(tokens, index, index + 1)), index + 1
    if tokens[index].is_number and _hyphenated(tokens, index):
        return None
    number = _number_at(tokens, index)
    if number is None:
        return None
    upper = _upper(tokens, index, number.end)
    after_number = upper.end if upper else number.end
    placed = _unit_at(tokens, after_number)
    if placed is None:
        return None
    unit, end = placed
    first, bound = _bound_before(tokens, index)
    bound, end = _bound_after(tokens, end, bound)
    minimum, maximum = _ends(number, upper, bound)
    span = Span(tokens[first].start, tokens[end - 1].end)
    approximate = bound == "about" or number.vague
    kind = _kind(tokens, first, end)
    return Quantity(minimum, maximum, approximate, unit.name, span.of(text), span, kind), end


def figure_start(tokens: Sequence[Token], index: int) -> int:
    """Where the figure with its bounds begins that stands right before a counted noun; `index` itself without one."""
    first, least, ranged = index, max(0, index - _FIGURE_REACH), False
    while first > least:
        if is_numeral(_unprefixed_numeral(tokens[first - 1].form)):
            first -= 1
        elif least < first - 1 < index - 1 and tokens[first - 1].form in _JOINTS and is_numeral(tokens[first - 2].form):
            first, ranged = first - 2, ranged or tokens[first - 1].form != "و"
        else:
            break
    if first == index:
        return index
    before = [tokens[n].form if n >= 0 else "" for n in (first - 2, first - 1)]
    if _same(before[1], "بين"):
        return first - 2 if _same(before[0], "ما") else first - 1
    return first - 1 if ranged and _same(before[1], "من") else _bound_before(tokens, first)[0]


def _unprefixed_numeral(form: str) -> str:
    return form if is_numeral(form) else _unprefixed(form)


def _hyphenated(tokens: Sequence[Token], index: int) -> bool:
    """Whether the figure is the tail of a name such as `كوفيد-19`."""
    before = tokens[index - 1] if index else None
    return before is not None and before.end == tokens[index].start and before.form == _HYPHEN


def _bare(form: str) -> str:
    """A word without a proclitic and the article, when a word of some length is left."""
    if len(form) > 3 and form[0] in _PROCLITICS:
        form = form[1:]
    return form[2:] if form.startswith("ال") and len(form) > 4 else form


def _number_at(tokens: Sequence[Token], index: int) -> Number | None:
    number = read_number(tokens, index)
    word = tokens[index]
    if number is None and word.is_word and len(word.form) > 3 and word.form[0] in _PROCLITICS:
        bare = [word._replace(form=word.form[1:]), *tokens[index + 1 : index + _LONGEST_NUMBER]]
        inner = read_number(bare, 0)
        return inner and Number(inner.value, inner.vague, index, index + inner.end)
    return number


def _upper(tokens: Sequence[Token], first: int, index: int) -> Number | None:
    """The second figure of a range: `10 إلى 12`, `بين 10 و12`, `10-12`."""
    if index + 1 >= len(tokens):
        return None
    joint = tokens[index].form
    written_onto = joint[:1] == "و" and len(joint) > 3  # بين عشرة آلاف واثني عشر ألفا
    if written_onto and first and _same(tokens[first - 1].form, "بين"):
        bare = [tokens[index]._replace(form=joint[1:]), *tokens[index + 1 : index + _LONGEST_NUMBER]]
        inner = read_number(bare, 0)
        return inner and Number(inner.value, inner.vague, index, index + inner.end)
    if joint == _HYPHEN or joint in ("الي", "حتي", "و", "او"):
        return read_number(tokens, index + 1) if joint != "و" or tokens[index + 1].is_number else None
    return None


def _unit_at(tokens: Sequence[Token], index: int) -> tuple[Unit, int] | None:
    """The unit at `tokens[index]` (after a partitive `من`, if there is one) and the index after it."""
    if index < len(tokens) and tokens[index].form == "من":
        index += 1
    counted, _pairs = _units()
    for length in range(min(_LONGEST_UNIT, len(tokens) - index), 0, -1):
        forms = [word.form for word in tokens[index : index + length]]
        for first in (forms[0], forms[0].removeprefix("ال"), forms[0].removeprefix("لل")):
            unit = counted.get((first, *forms[1:]))
            if unit is not None:
                return _narrowed(unit, tokens, index + length)
    return None


def _narrowed(unit: Unit, tokens: Sequence[Token], end: int) -> tuple[Unit, int]:
    """An aircraft without a pilot is a drone, however it is written."""
    rest = [word.form.removeprefix("ال") for word in tokens[end : end + 2]]
    if unit.name == "aircraft" and rest[:1] in (["مسيره"], ["مسيرات"]):
        return Unit("drone", unit.dimension), end + 1
    if unit.name == "aircraft" and rest in (["بدون", "طيار"], ["دون", "طيار"], ["بلا", "طيار"]):
        return Unit("drone", unit.dimension), end + 2
    return unit, end


def _bound_before(tokens: Sequence[Token], index: int) -> tuple[int, str]:
    """Where the phrase that bounds the figure at `index` begins (`index` itself without one), and which bound it is."""
    if not index:
        return index, ""
    last = tokens[index - 1].form
    table = _bounds("before")
    for bound in table.get(last) or table.get(_unprefixed(last), ()):
        first = index - len(bound.words)
        if first >= 0 and all(_same(tokens[first + n].form, form) for n, form in enumerate(bound.words)):
            return first, bound.bound
    return index, ""


def _same(form: str, wanted: str) -> bool:
    return form == wanted or _unprefixed(form) == wanted


def _unprefixed(form: str) -> str:
    return form[1:] if len(form) > 3 and form[0] in _PROCLITICS else form


def _bound_after(tokens: Sequence[Token], end: int, bound: str) -> tuple[str, int]:
    """The bound that follows the counted noun within a few words, else the one that stood before it."""
    for index in range(end, min(end + _AFTER_REACH, len(tokens))):
        if tokens[index].is_number or tokens[index].form in ".؛:":
            break
        for after in _bounds("after").get(tokens[index].form, ()):
            if tuple(word.form for word in tokens[index : index + len(after.words)]) == after.words:
                return bound or after.bound, index + len(after.words) if index == end else end
    return bound, end


def _ends(number: Number, upper: Number | None, bound: str) -> tuple[int | float | None, int | float | None]:
    if upper is not None and upper.value > number.value:
        low = number.value
        if upper.value >= 1000 > low and number.end - number.first == 1 and upper.end - upper.first > 1:
            low = low * _scale_of(upper)
        return low, upper.value
    if bound == "less":
        return None, number.value
    if bound == "more" or number.vague:
        return number.value, None
    return number.value, number.value


def _scale_of(upper: Number) -> int:
    """The scale that both ends of a range share: `10 إلى 12 ألف` is ten to twelve thousand."""
    for scale in (10**12, 10**9, 10**6, 10**3):
        if upper.value >= scale and upper.value % scale == 0:
            return scale
    return 1


def _kind(tokens: Sequence[Token], first: int, end: int) -> str:
    """Whether the figure adds to earlier ones (`increment`) or holds them (`cumulative`), by the words around it."""
    after, around = tokens[end : end + 3], [*tokens[max(0, first - 3) : first], *tokens[end : end + 6]]
    if any(bound.bound == "increment" for word in after for bound in _bounds("near").get(word.form, ())):
        return "increment"
    for word in around:
        if any(bound.bound == "cumulative" for bound in _bounds("near").get(word.form, ())):
            return "cumulative"
    return "unknown"
