"""Dates in Arabic text: found as written, resolved to EDTF.

`find_dates` reads Gregorian and Hijri dates in every Arabic month system and its doubled form (`يونيو/حزيران`),
weekdays, seasons, decades, relative expressions (`أمس`, `الشهر الماضي`, `قبل ثلاثة أيام`), edges (`أوائل عام 2022`) and
intervals (`منذ عام 2006`). `resolve` gives a found date its days, against the article's own. The words are in
`kg/data/ar/months.tsv` and `kg/data/ar/datewords.tsv`, the grammar in `kg/text/date_grammar.py`.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.text.date_expressions import DateMention
from kg.text.date_grammar import OPENERS, STARTERS, Grammar
from kg.text.date_resolution import resolve
from kg.text.date_tokens import DateTokens
from kg.text.fold import Folded, fold
from kg.text.tokens import Token, tokenize

__all__ = ["DateMention", "find_dates", "resolve"]

_FUTURE_WINDOW = 5  # words before a date in which `المقرر` or `سوف` still speak of it


def find_dates(text: str | Folded, tokens: Sequence[Token] | None = None) -> tuple[DateMention, ...]:
    """The dates of a text in order, not overlapping; spans are code points of the unfolded text. Linear; never raises.

    `tokens` are those of the folded text, where the caller has them already.
    """
    folded = text if isinstance(text, Folded) else fold(text)
    words = DateTokens(folded, tokenize(folded) if tokens is None else tokens)
    grammar = Grammar(words)
    found: list[DateMention] = []
    read_to = 0
    for index in words.candidates(STARTERS, OPENERS):
        if index < read_to:
            continue
        read = grammar.mention(index)
        if read is None:
            continue
        expression, read_to = read
        if expression is not None:
            found.append(DateMention(words.span(index, read_to), expression, _of_the_future(words, index)))
    return tuple(found)


def _of_the_future(words: DateTokens, index: int) -> bool:
    return any(words.value(index - step, "planned") for step in range(1, _FUTURE_WINDOW + 1))
