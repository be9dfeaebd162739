"""Calendar dates: days of a month, months, years, in words and figures, Gregorian and Hijri.

Every rule takes the index it starts at and gives the expression with the index after it, or None. Rules look a bounded
number of tokens ahead and never call themselves, so reading a text is linear.
"""

from __future__ import annotations

from dataclasses import replace

from kg.text.date_expressions import Between, Calendar, Expression
from kg.text.date_tokens import DateTokens

Found = tuple[Expression, int] | None
FoundDay = tuple[Calendar, int] | None
_HIJRI_YEARS = range(1300, 1501)
_YEARS = range(1800, 2101)
_BARE_YEARS = range(1940, 2051)
# Kinds of the word before a doubtful month or a bare year that make a date of it.
_LEADS = ("in", "since", "until", "between", "before", "after", "to", "edge", "month", "year", "season", "from")


class CalendarRules:
    """The rules for dates that name a month or a year, over one text's tokens."""

    __slots__ = ("_at",)

    def __init__(self, tokens: DateTokens) -> None:
        self._at = tokens

    def _ordinal_day(self, index: int) -> FoundDay:
        """`الرابع والعشرين من فبراير`."""
        ordinal = self._at.ordinal(index)
        if ordinal is None or ordinal[0] > 31 or not self._at.value(ordinal[1], "from"):
            return None
        return self._month(ordinal[1] + 1, ordinal[0], first=index)

    def _day_of_month(self, index: int) -> FoundDay:
        """`15 (من) مايو 2022`."""
        day = self._at.figure(index, 2)
        if day is None or not 1 <= day <= 31:
            return None
        after = index + 1
        return self._month(after + 1 if self._at.value(after, "from") else after, day, first=index)

    def _days_of_month(self, index: int) -> Found:
        """`5-8 مايو`."""
        day = self._at.figure(index, 2)
        if day is None or day < 1 or self._at.form(index + 1) != "-":
            return None
        last = self._at.figure(index + 2, 2)
        if last is None or not day < last <= 31:
            return None
        end = self._month(index + 3, last, first=index)
        return (Between(replace(end[0], day=day), end[0]), end[1]) if end else None

    def _month(self, index: int, day: int | None = None, first: int | None = None) -> FoundDay:
        """`(شهر) MONTH (/ MONTH) (year)`; a doubtful month needs a day, a word that leads to it, its double or a year.

        `first` is where the whole expression begins: after words like `حرب` or `ثورة` it is the name of an event,
        unless a year is given.
        """
        at = self._at
        word = at.value(index, "month") is not None
        name = self._month_name(index + 1 if word else index)
        if name is None:
            return None
        calendar, month, sure, after = name
        year, shift, direction, end = self._year_after(after)
        hijri = calendar == "hijri"
        if year is not None and (year in _HIJRI_YEARS) != hijri:
            year, end = None, after
        dated = year is not None or shift is not None or direction is not None
        begin = index - 1 if first is None and at.form(index - 1).isdecimal() else index if first is None else first
        if at.value(begin - 1, "eventname") and not dated:
            return None
        led = sure == "no" and any(at.value(index - 1, lead) for lead in _LEADS)
        if not (sure == "yes" or dated or word or day is not None or led):
            return None
        return Calendar(year, month, day, hijri, shift, direction), end

    def _month_name(self, index: int) -> tuple[str, int, str, int] | None:
        """Calendar, number and sureness of the month name at `index`, and the index after; a double is read as one."""
        first = self._at.phrase(index, "monthname")
        if first is None:
            return None
        value, after = first
        calendar, number, sure = value.split("/")
        sign = self._at.form(after)
        again = self._at.phrase(after + 1 if sign in ("/", "(", "-", "،") else after, "monthname")
        if again and again[0].split("/")[:2] == [calendar, number]:
            sure = "yes"
            after = again[1] + 1 if sign == "(" and self._at.form(again[1]) == ")" else again[1]
        return calendar, int(number), sure, after

    def _year_after(self, index: int) -> tuple[int | None, int | None, int | None, int]:
        """Year, year shift and direction said after a month or season, and the index after them."""
        at = self._at
        direction = at.value(index, "rel")
        if direction is not None:
            year, shift, end = self._year_said(index + 1) if at.value(index + 1, "from") else (None, None, index + 1)
            said = year is not None or shift is not None
            return year, shift, None if said else int(direction), end if said else index + 1
        year, shift, end = self._year_said(index)
        return year, shift, None, end

    def _year_said(self, index: int) -> tuple[int | None, int | None, int]:
        """`2022`, `، 2022`, `من عام 2022`, `من العام الماضي`, `من هذا العام`: year, year shift, the index after."""
        at = self._at
        comma = at.form(index) in ("،", ",")
        start = index + 1 if comma or at.value(index, "from") or at.value(index, "in") else index
        if at.value(start, "this") and at.value(start + 1, "definite") == "year":
            return None, 0, start + 2
        shift = at.value(start + 1, "rel")
        if at.value(start, "definite") == "year" and shift is not None:
            return None, int(shift), start + 2
        worded = at.value(start, "year") is not None
        year = self._year(start + 1 if worded else start)
        if year is None or not (worded or comma or start == index):
            return None, None, index
        return year[0], None, year[1]

    def _year(self, index: int) -> tuple[int, int] | None:
        """A year in digits with the sign of its era, and the index after it."""
        value = self._at.year(index)
        if value is None or (value not in _YEARS and value not in _HIJRI_YEARS):
            return None
        era = self._at.value(index + 1, "hijri") or self._at.value(index + 1, "gregorian")
        return value, index + 2 if era else index + 1

    def _year_figure(self, index: int) -> FoundDay:
        """A year in digits alone, where a rule expects one."""
        year = self._year(index)
        return (Calendar(year[0], hijri=year[0] in _HIJRI_YEARS), year[1]) if year else None

    def _worded_year(self, index: int) -> Found:
        """`عام 2022`, `عامي 2015 و2018`."""
        if not self._at.value(index, "year"):
            return None
        first = self._year_figure(index + 1)
        if first is None:
            return None
        joined = self._at.form(first[1])
        second = self._year_figure(first[1] + 1) if joined in ("و", "-") else None
        return (Between(first[0], second[0]), second[1]) if second else first

    def _bare_year(self, index: int) -> Found:
        """A year without `عام`: after a preposition or in brackets, or as the first of a range."""
        at = self._at
        value = at.year(index)
        if value is None or value not in _BARE_YEARS:
            return None
        if at.form(index + 1) == "-" and (last := at.year(index + 2)) and value < last <= value + 60:
            return Between(Calendar(value), Calendar(last)), index + 3
        if at.value(index + 1, "gregorian"):
            return Calendar(value), index + 2
        bracketed = at.form(index - 1) == "(" and at.form(index + 1) == ")"
        led = any(at.value(index - 1, lead) for lead in _LEADS)
        closed = not at.form(index + 1)[:1].isalpha() or at.known(index + 1)
        return (Calendar(value), index + 1) if bracketed or (led and closed) else None

    def _numeric(self, index: int) -> FoundDay:
        """`15/5/2022`, `2022-05-15`, `1443/10/14`: three figures with one sign between them."""
        at = self._at
        figures = at.separated(index)
        if figures is None:
            return None
        parts, end = figures[:3], figures[3]
        first, second, third = map(int, parts)
        year, month, day = (first, second, third) if len(parts[0]) == 4 else (third, second, first)
        if month > 12 and day <= 12 and len(parts[0]) != 4:
            month, day = day, month
        if not (1 <= month <= 12 and 1 <= day <= 31) or (year not in _YEARS and year not in _HIJRI_YEARS):
            return None
        if at.value(end, "hijri") or at.value(end, "gregorian"):
            end += 1
        return Calendar(year, month, day, hijri=year in _HIJRI_YEARS), end
