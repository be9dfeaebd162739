"""Numbers in Arabic text: digits of every kind, number words, scales, and the bounds put on them.

The grammar is that of the written language: units before tens (`خمسة وعشرون`), factors before scales (`ثلاثة آلاف`),
parts joined by `و` (`ألف وخمسمئة`), duals (`ألفان`), and vague counts (`عشرات الآلاف`), which are read as lower bounds.
Words are looked up in `kg/data/ar/numbers.tsv`. Reading is one pass from left to right, so its cost is linear.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from kg.resources import data_dir
from kg.text.fold import fold
from kg.text.tokens import Token

_CONJUNCTION = "و"
_LONGEST_FIGURE = 24  # characters
_MAX_DIGITS = 15


def folded(word: str) -> str:
    """A word in the one spelling that the tables are compared in."""
    return fold(word).text


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from `tokens[first:end]`; `vague` marks a count of at least `value` (`آلاف`, `عشرات الآلاف`)."""

    value: int | float
    vague: bool
    first: int
    end: int


@cache
def _lexicon() -> dict[str, tuple[str, float]]:
    table: dict[str, tuple[str, float]] = {}
    for line in (data_dir() / "ar" / "numbers.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "class\t")):
            kind, value, forms = line.split("\t")
            for form in forms.split("|"):
                table[folded(form)] = (kind, float(value))
    return table


def _look_up(form: str) -> tuple[str, float] | None:
    lexicon = _lexicon()
    return lexicon.get(form) or (lexicon.get(form[2:]) if form.startswith("ال") else None)


def is_numeral(form: str) -> bool:
    """Whether a folded word is a number word or digits, with or without `و` before it."""
    rest = form[1:] if form[:1] == _CONJUNCTION else form
    return rest[:1].isdecimal() or _look_up(form) is not None or _look_up(rest) is not None


def figure_value(figure: str, *, scaled: bool = False) -> int | float | None:
    """The value of digits as written, or None when they are no number (a telephone number, a version).

    A group of exactly three digits after `.` or `,` is a thousands group, unless a scale word follows (`scaled`):
    `1.250 مليون` is 1.25 million. Around `ر` the whole part stands last, as agencies type it (`3ر2` is 2.3).
    """
    if len(figure) > _LONGEST_FIGURE or not figure[-1].isdecimal():
        return None
    reversed_parts = figure.split("ر")
    if len(reversed_parts) > 1:
        whole = all(part.isdecimal() for part in reversed_parts) and len(reversed_parts) == 2
        return _plain(float(f"{reversed_parts[1]}.{reversed_parts[0]}")) if whole else None
    parts = re.split("[.,٬]", figure)
    if not all(part.isdecimal() for part in parts):
        return None
    if sum(map(len, parts)) > _MAX_DIGITS:
        return None
    if len(parts) == 1:
        return int(parts[0])
    thousands = len(parts[0]) <= 3 and parts[0] != "0" and all(len(p) == 3 for p in parts[1:])
    if thousands and not (scaled and len(parts) == 2):
        return int("".join(parts))
    return _plain(float(f"{parts[0]}.{parts[1]}")) if len(parts) == 2 else None


def _plain(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 6)


def _joined(tokens: Sequence[Token], index: int) -> tuple[tuple[str, float] | None, int]:
    """What the word at `index` means after a `و` (attached or standing alone), and the index after it."""
    if index >= len(tokens):
        return None, index
    word = tokens[index]
    if word.form == _CONJUNCTION and index + 1 < len(tokens):
        return _meaning(tokens, index + 1), index + 2
    if word.form.startswith(_CONJUNCTION) and len(word.form) > 2:
        return _look_up(word.form[1:]), index + 1
    return None, index


def _meaning(tokens: Sequence[Token], index: int) -> tuple[str, float] | None:
    if index >= len(tokens):
        return None
    word = tokens[index]
    if not word.is_number:
        return _look_up(word.form)
    following = _look_up(tokens[index + 1].form) if index + 1 < len(tokens) else None
    value = figure_value(word.form, scaled=following is not None and following[0] in ("scale", "scales"))
    return None if value is None else ("figure", value)


# What a following `و` may add to a part of the number: tens to units, the rest to hundreds, anything smaller to scales.
_BELOW_A_SCALE = frozenset({"figure", "unit", "ten", "hundred", "scale", "scale2", "fraction"})
_ADDS = {
    "figure": frozenset({"fraction"}),
    "unit": frozenset({"ten", "fraction"}),
    "teen": frozenset({"fraction"}),
    "ten": frozenset({"fraction"}),
    "hundred": frozenset({"unit", "ten", "fraction"}),
    "scale": _BELOW_A_SCALE,
    "scale2": _BELOW_A_SCALE,
    "scales": _BELOW_A_SCALE,
}


def read_number(tokens: Sequence[Token], index: int) -> Number | None:
    """The longest number that begins at `tokens[index]`, or None."""
    meaning = _meaning(tokens, index)
    if meaning is None or (meaning == ("unit", 1.0) and not _teen_at(tokens, index + 1)):
        return None
    total, group, vague, end, last_scale, scaled_end = 0.0, 0.0, False, index, float("inf"), index
    current: tuple[str, float] | None = meaning
    position = index + 1
    while current is not None:
        kind, value = current
        if kind in ("scale", "scale2", "scales"):
            if value >= last_scale:  # بين 10 آلاف و12 ألفا: another number begins after the first scale
                group, end = 0.0, scaled_end
                break
            vague = vague or (kind == "scales" and not group)
            total, group, last_scale = total + (2.0 if kind == "scale2" else group or 1.0) * value, 0.0, value
            scaled_end = position
        elif kind == "fraction" and last_scale != float("inf"):
            repeated = _meaning(tokens, position)
            end = position + 1 if repeated == ("scale", last_scale) else position
            return Number(_plain(total + value * last_scale), vague, index, end)
        elif kind in ("hundred", "vague") and group and tokens[position - 1].form[:1] != _CONJUNCTION:
            group *= value
        else:
            vague = vague or kind in ("vague", "few")
            group += value
        end = position
        current, position = _next_part(tokens, position, kind)
    if meaning[0] == "fraction" and not total:
        return None
    return Number(_plain(total + group), vague, index, end)


def _teen_at(tokens: Sequence[Token], index: int) -> bool:
    return (_meaning(tokens, index) or ("", 0.0))[0] == "teen"


def _next_part(tokens: Sequence[Token], position: int, kind: str) -> tuple[tuple[str, float] | None, int]:
    """The next part of a number after a part of class `kind`: a scale, a teen, a hundred, what `و` joins, or None."""
    direct = _meaning(tokens, position)
    if direct is not None:
        scaled = direct[0] in ("scale", "scales") and kind not in ("scale", "scale2", "scales")
        scaled = scaled or (kind == "few" and direct[0] == "vague")
        if scaled or (kind == "unit" and (direct[0] == "teen" or direct == ("hundred", 100.0))):
            return direct, position + 1
    joined, after = _joined(tokens, position)
    if joined is not None and joined[0] in _ADDS.get(kind, ()):
        return joined, after
    return None, position
