"""Whether a text is Arabic: from its letters, so that an article in another language is left alone.

Persian, Urdu, Kurdish and Pashto share the script; letters that Arabic does not write give them away.
"""

from __future__ import annotations

import re

_ARABIC = re.compile("[\u0620-\u064a\u0671-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]+")
# Letters of Persian, Urdu, Kurdish, Pashto and Uyghur; چ پ گ ڤ alone also spell foreign names in Arabic.
_FOREIGN = re.compile(
    "[\u0679\u067c\u067e\u0681\u0685\u0686\u0688\u0689\u0691\u0693\u0695\u0696\u0698\u069a\u06a9\u06ab"
    "\u06af\u06b5\u06ba\u06bc\u06be\u06c1\u06c6\u06cc\u06ce\u06d0\u06d2\u06d5]"
)
_SAMPLE = 2_000  # characters from the beginning and as many from the middle
_LEAST_ARABIC, _MOST_FOREIGN = 0.5, 0.08  # shares of the letters


def is_arabic(text: str, language: str | None = None) -> bool:
    """Whether a text is read as Arabic: as its source says (a BCP 47 tag), else by the letters of its first part.

    A text without Arabic letters is not Arabic, whatever its source says.
    """
    if language:
        return language.split("-")[0].lower() == "ar" and _ARABIC.search(text) is not None
    sample = text if len(text) <= 2 * _SAMPLE else text[:_SAMPLE] + text[len(text) // 2 :][:_SAMPLE]
    arabic = sum(map(len, _ARABIC.findall(sample)))
    if not arabic or _too_few(arabic, sample):
        return False
    return len(_FOREIGN.findall(sample)) <= _MOST_FOREIGN * arabic


def _too_few(arabic: int, sample: str) -> bool:
    """Whether Arabic letters are too small a share of all; most samples need no count of the others."""
    return arabic < _LEAST_ARABIC * len(sample) and arabic < _LEAST_ARABIC * sum(map(str.isalpha, sample))
