"""The grammar of Arabic dates: intervals, distances and stretches, built on the points of `date_points.py`.

`Grammar.mention` is the way in: which expression, if any, begins at a token. Every rule takes the index it starts at
and gives the expression with the index after it, or None. Rules look a bounded number of tokens ahead and never call
themselves, so reading a text is linear.
"""

from __future__ import annotations

from dataclasses import replace

from kg.text.date_calendar import Found
from kg.text.date_expressions import Ago, Between, Day, Expression, Stretch
from kg.text.date_points import PointRules

Read = tuple[Expression | None, int] | None
OPENERS = frozenset({"until", "between", "from", "to", "in", "this"})  # words that only open what follows them
_LEADS = frozenset({"daypart", "since", "until", "before", "after", "between", "from", "phrase"})
STARTERS = frozenset(
    {"since", "until", "before", "after", "between", "from", "edge", "daypart", "deictic", "beforelast", "tonight"}
    | {"day", "weekday", "month", "monthname", "year", "definite", "this", "season", "decade", "part", "ordinal"}
    | {"span", "about", "aboutphrase", "ordinalten", "phrase"}
)


class Grammar(PointRules):
    """All rules over one text's tokens."""

    __slots__ = ()

    def mention(self, index: int) -> Read:
        """The expression at `index`; an expression of None means "read over this, it is no date of the article's"."""
        at = self._at
        if not at.is_any(index, _LEADS):
            return self._stretch(index) or self.point(index)
        if at.phrase(index, "daypart"):  # `بعد ظهر الجمعة` is no "after Friday"
            return self.point(index)
        for kind, rule in (
            ("since", self._since),
            ("until", self._until),
            ("before", self._before),
            ("after", self._after),
            ("between", self._between),
            ("from", self._from),
        ):
            opened = at.phrase(index, kind)
            if opened is not None:
                return rule(opened[1])
        return self._stretch(index) or self.point(index)

    # ── intervals ─────────────────────────────────────────────────────────────────────────────────────────────────

    def _since(self, index: int) -> Read:
        found = self.point(index) or self._ago(index)
        if found is None:
            return None
        start, after = found
        if isinstance(start, Day) and start.offset == 0:
            return start, after
        closing = self._at.phrase(after, "to")
        end = self.point(closing[1]) if closing else None
        return (Between(start, end[0]), end[1]) if end else (Between(start, None), after)

    def _until(self, index: int) -> Read:
        found = self.point(index)
        if found is None:
            return None
        return (None if isinstance(found[0], Day) else Between(None, found[0])), found[1]

    def _before(self, index: int) -> Read:
        found = self.point(index)
        if found is not None:
            return Between(None, found[0]), found[1]
        ago = self._ago(index)
        if ago is None:
            return None
        return (None, ago[1]) if self._at.value(ago[1], "from") else ago  # `قبل يومين من القمة` counts from the summit

    def _after(self, index: int) -> Read:
        found = self.point(index)
        if found is None:
            ago = self._ago(index)
            return (None, ago[1]) if ago else None
        start, after = found
        if isinstance(start, Day):
            return (Day(2), after) if start.offset == 1 else (None, after)
        return Between(start, None), after

    def _between(self, index: int) -> Read:
        at = self._at
        first = self.point(index)
        if first is not None and isinstance(first[0], Between):
            return first
        if first is not None:
            second_at = first[1] + 1 if at.form(first[1]) == "و" else first[1]
            if at.form(first[1]).startswith("و"):
                second = self.point(second_at) or self._year_figure(second_at)
                return (Between(first[0], second[0]), second[1]) if second else None
            return None
        day = at.figure(index, 2)
        if day is not None and at.form(index + 1) == "و":
            second = self._day_of_month(index + 2)
            return (Between(replace(second[0], day=day), second[0]), second[1]) if second else None
        return None

    def _from(self, index: int) -> Read:
        first = self.point(index)
        if first is None:
            return None
        closing = self._at.phrase(first[1], "to")
        second = self.point(closing[1]) or self._year_figure(closing[1]) if closing else None
        return (Between(first[0], second[0]), second[1]) if second else None

    def _ago(self, index: int) -> Found:
        """A count of units (`ثلاثة أيام`, `عامين`, `عام`, `أيام`), with words like `نحو` before it."""
        at = self._at
        about = at.phrase(index, "aboutphrase") or at.phrase(index, "about")
        index = about[1] if about else index
        if at.form(index) in ("~", "±"):
            about, index = ("0", index), index + 1
        dual = at.value(index, "dual")
        if dual:
            return Ago(dual, 2, about is not None), index + 1
        plural = at.value(index, "plural")
        if plural:
            return Ago(plural, None, True), index + 1
        number = at.count(index)
        unit = at.value(number[1] if number else index, "unit")
        if unit is None:
            return None
        end = (number[1] if number else index) + 1
        return Ago(unit, number[0] if number else 1, about is not None), end

    def _stretch(self, index: int) -> Found:
        """`السنوات الثلاث الماضية`, `الـ24 ساعة الماضية`; without a count it says nothing that can be dated."""
        at = self._at
        unit, dual = at.value(index, "span"), at.value(index, "spandual")
        if dual:
            number: tuple[int, int] | None = (int(dual), index + 1)
        elif unit:
            number = at.count(index + 2 if at.form(index + 1) == "ال" else index + 1)
        else:
            number = at.count(index) if at.form(index).isdecimal() else None
            unit = at.value(number[1], "unit") if number else None
            number = (number[0], number[1] + 1) if number else None
        if unit is None or number is None:
            return None
        direction = at.value(number[1], "rel")
        if direction is None and at.value(number[1], "recent"):
            direction = "-1"
        return (Stretch(unit, number[0], int(direction)), number[1] + 1) if direction in ("-1", "1") else None
