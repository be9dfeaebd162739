"""Folding: one spelling for what Arabic writes in several, with the way back to the article's own characters.

Alef with hamza or madda, alef wasla → ا; ى → ي; ة → ه; Persian ک گ ی and ڤ پ چ to their Arabic neighbours; Arabic and
Persian digits → ASCII; every quotation mark → `"`; every dash → `-`; every kind of space → a space; Latin letters to
lower case. Marks (tashkil), tatweel, zero-width and bidi characters are dropped; lam-alef ligatures are spelled out.
Hamza on waw and ya is kept: it tells words apart (`مسؤول`, `رئيس`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Span

_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیې", "ي"),
        **dict.fromkeys("ةہە", "ه"),
        "ک": "ك",
        "گ": "غ",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "ژ": "ز",
        "٪": "%",
        "٫": ".",
        **{digit: str(index % 10) for index, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")},
        **dict.fromkeys("“”„‟«»‹›″", '"'),
        **dict.fromkeys("‘’‚‛`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\r\f\v", " "),
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    }
)
# The letters that most texts hold, one replacement each: many times faster than the whole table.
_FREQUENT = [
    (char, letter)
    for char, letter in ((chr(code), to) for code, to in _LETTERS.items())
    if char in "أإآىة“”«»–\u00a0\t\r"
]
_RARE = re.compile(
    "[" + re.escape("".join(chr(code) for code in _LETTERS if chr(code) not in "أإآىة“”«»–\u00a0\t\r")) + "]"
)
_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0300-\u036f\u0640"
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\u061c"
_PRESENTATION = "\ufb50-\ufdff\ufe70-\ufefc"
_DROPPED = re.compile(f"[{_MARKS}{_INVISIBLE}{_PRESENTATION}]")
_TRAILING = re.compile(f"[{_MARKS}]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the place of each of its characters in the original.

    `offsets[i]` is the code point of `original` that folded character `i` stands for; None where both run in step.
    """

    original: str
    text: str
    offsets: list[int] | None

    def span(self, start: int, end: int) -> Span:
        """The original characters of folded `[start, end)`, marks on its last letter included."""
        if self.offsets is None or start >= end:
            return Span(start, end) if self.offsets is None else Span(self.at(start), self.at(start))
        last = _TRAILING.match(self.original, self.offsets[end - 1] + 1)
        return Span(self.offsets[start], last.end() if last else self.offsets[end - 1] + 1)

    def at(self, position: int) -> int:
        """The original offset of a folded one (the original's length for the end)."""
        if self.offsets is None:
            return position
        return self.offsets[position] if position < len(self.offsets) else len(self.original)


def fold(text: str) -> Folded:
    """The folded form of any text. Linear; raises nothing."""
    if _DROPPED.search(text) is None:
        return Folded(text, _lower(_one_spelling(text)), None)
    parts: list[str] = []
    offsets: list[int] = []
    previous = 0
    for match in _DROPPED.finditer(text):
        at = match.start()
        parts.append(text[previous:at])
        offsets.extend(range(previous, at))
        spelled = _spell_out(match.group())
        parts.append(spelled)
        offsets.extend([at] * len(spelled))
        previous = at + 1
    parts.append(text[previous:])
    offsets.extend(range(previous, len(text)))
    return Folded(text, _lower(_one_spelling("".join(parts))), offsets)


@lru_cache(maxsize=65_536)
def fold_key(text: str) -> str:
    """A name as the gazetteer's index writes it: folded, quotes and hyphens gone, one space between words."""
    return " ".join(re.sub(r"[^\w%+]", " ", fold(text).text).split())


def _one_spelling(text: str) -> str:
    """Every letter by its table, in as many letters as before."""
    rare = [(char, _LETTERS[ord(char)]) for char in set(_RARE.findall(text))]
    for char, letter in (*_FREQUENT, *rare):
        text = text.replace(char, letter)
    return text


def _spell_out(char: str) -> str:
    """What a dropped character leaves: the letters of a presentation form, nothing for marks and invisible ones."""
    if not "\ufb50" <= char <= "\ufefc" or "\ufe00" <= char <= "\ufe0f":
        return ""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", char))


def _lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)
