"""The tokens of a text as the date grammar sees them: words, figures and signs with what they may mean in a date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from kg.model import Span
from kg.text.date_words import date_words
from kg.text.fold import Folded
from kg.text.numbers import read_number
from kg.text.tokens import Token

_LINE_BREAK = re.compile(r"[\n\r\u2028\u2029]")
_NOTHING: dict[str, str] = {}
_PADDING = 12  # more than any rule looks ahead or back
_COUNT_WINDOW = 5  # tokens a count may take (`مئة وخمسة وعشرين`)
_SEPARATED = re.compile(r"(\d{1,4})([/.])(\d{1,2})\2(\d{1,4})")


class DateTokens:
    """A text's tokens with a token for every line break; any question about an index outside them gets nothing."""

    __slots__ = ("_kinds", "_lexicon", "_padded", "_tokens", "forms")

    def __init__(self, folded: Folded, tokens: Sequence[Token]) -> None:
        breaks = [Token("\n", *match.span()) for match in _LINE_BREAK.finditer(folded.original)]
        self._lexicon = date_words()
        self._tokens = sorted([*tokens, *breaks], key=itemgetter(1)) if breaks else tokens
        self.forms = [token[0] for token in self._tokens]
        # Padding answers the grammar's looks over either end, from -_PADDING on, without a test of the index.
        self._padded = self.forms + [""] * _PADDING
        self._kinds = self._lexicon.kinds

    def form(self, index: int) -> str:
        """The token's folded form, empty outside the text."""
        return self._padded[index]

    def is_any(self, index: int, kinds: frozenset[str]) -> bool:
        """Whether a word or phrase of one of these kinds may begin at the token; `phrase` must be among them."""
        return not kinds.isdisjoint(self._kinds.get(self._padded[index], _NOTHING))

    def known(self, index: int) -> bool:
        """Whether the word has any part in dates."""
        return self._padded[index] in self._kinds

    def value(self, index: int, kind: str) -> str | None:
        """The token's value as a `kind`, or None when it is none."""
        kinds = self._kinds.get(self._padded[index])
        return None if kinds is None else kinds.get(kind)

    def phrase(self, index: int, kind: str) -> tuple[str, int] | None:
        """The value of the `kind` that begins at `index`, of one word or several, and the index after it."""
        kinds = self._kinds.get(self._padded[index])
        if kinds is None:
            return None
        if "phrase" in kinds:
            for phrase in self._lexicon.phrases[self._padded[index]]:
                end = index + 1 + len(phrase.rest)
                if phrase.kind == kind and tuple(self.forms[index + 1 : end]) == phrase.rest:
                    return phrase.value, end
        value = kinds.get(kind)
        return None if value is None else (value, index + 1)

    def candidates(self, kinds: frozenset[str], openers: frozenset[str]) -> list[int]:
        """The tokens at which a date can begin: figures, words of one of these kinds, words that begin a phrase.

        A word that only opens what follows (`من`, `بين`) counts where something of a date does follow, one that only
        begins phrases where one of them stands.
        """
        all_kinds, forms = self._kinds, self._padded
        dated = [index for index, form in enumerate(self.forms) if form in all_kinds or "0" <= form < ":"]
        return [
            index
            for index in dated
            if (of := all_kinds.get(forms[index])) is None
            or (
                not kinds.isdisjoint(of)
                and (forms[index + 1] in all_kinds or "0" <= forms[index + 1] < ":" or not openers.issuperset(of))
                and (len(of) > 1 or "phrase" not in of or self._begins_phrase(index))
            )
        ]

    def _begins_phrase(self, index: int) -> bool:
        phrases = self._lexicon.phrases[self._padded[index]]
        return any(tuple(self.forms[index + 1 : index + 1 + len(phrase.rest)]) == phrase.rest for phrase in phrases)

    def span(self, first: int, end: int) -> Span:
        """The article's characters of tokens `[first, end)`, without the proclitic of the first."""
        token = self._tokens[first]
        as_written = token.end - token.start == len(token.form)
        sense = self._lexicon.words.get(token.form) if as_written else None
        start = token.start + (sense.prefix if sense else 0)
        return Span(start, self._tokens[end - 1].end)

    def adjacent(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before it."""
        return 0 < index < len(self.forms) and self._tokens[index - 1].end == self._tokens[index].start

    def figure(self, index: int, digits: int) -> int | None:
        """The value of a figure of at most `digits` digits that is no piece of a name (`كوفيد-19`, `S400`)."""
        form = self.form(index)
        if not form.isdecimal() or len(form) > digits or (self.adjacent(index) and self._tied(index)):
            return None
        return int(form)

    def _tied(self, index: int) -> bool:
        before = self.form(index - 1)
        if before == "-":
            return self.adjacent(index - 1) and self.form(index - 2)[-1:].isalpha()
        return before.isascii() and (before.isalpha() or before in "+$#%")

    def year(self, index: int) -> int | None:
        """A figure of four digits that can be a year of either calendar."""
        value = self.figure(index, 4)
        return value if value is not None and 1000 <= value <= 2199 else None

    def separated(self, index: int) -> tuple[str, str, str, int] | None:
        """Three figures of a date in digits, `15/5/2022` or `2022-05-15`, and the index after them."""
        whole = _SEPARATED.fullmatch(self.form(index))
        if whole:
            return whole[1], whole[3], whole[4], index + 1
        sign = self.form(index + 1)
        parts = [self.form(index + step) for step in (0, 2, 4)]
        joined = sign in ("/", "-", ".") and self.form(index + 3) == sign and self.form(index + 5) != sign
        if not joined or not all(part.isdecimal() and len(part) <= 4 for part in parts) or self._tied_at(index):
            return None
        return parts[0], parts[1], parts[2], index + 5

    def _tied_at(self, index: int) -> bool:
        return self.adjacent(index) and self._tied(index)

    def count(self, index: int) -> tuple[int, int] | None:
        """A whole number below 1000 in digits or words, and the index after it."""
        value = self.figure(index, 3)
        if value is not None:
            return value, index + 1
        if not self.form(index)[:1].isalpha():
            return None
        number = read_number(self._tokens[index : index + _COUNT_WINDOW], 0)
        if number is None or number.vague or not 0 < number.value < 1000 or number.value != int(number.value):
            return None
        return int(number.value), index + number.end

    def ordinal(self, index: int) -> tuple[int, int] | None:
        """An ordinal up to 199 (`الثاني والسبعين`), and the index after it."""
        unit = self.value(index, "ordinal")
        ten = self.value(index, "ordinalten")
        if unit is None:
            return None if ten is None else (int(ten), index + 1)
        if self.value(index + 1, "ordinalteen"):
            return int(unit) + 10, index + 2
        joined = self.value(index + 1, "ordinalten")
        if joined and self.form(index + 1).startswith("و"):
            return int(unit) + int(joined), index + 2
        return int(unit), index + 1
