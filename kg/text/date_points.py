"""The grammar of Arabic dates: which expression, if any, begins at a token.

Every rule takes the index it starts at and gives the expression with the index after it, or None. Rules look a bounded
number of tokens ahead and never call themselves, so reading a text is linear.
"""

from __future__ import annotations

from dataclasses import replace

from kg.text.date_calendar import CalendarRules, Found
from kg.text.date_expressions import Calendar, Day, Part, Season, Unit, Weekday, Years

_OPENING_SIGNS = ("،", ",", "(", "-")
_MAX_DAYPARTS = 3


class PointRules(CalendarRules):
    """The rules for one day, week, month, season, year …, over one text's tokens."""

    __slots__ = ()

    def point(self, index: int) -> Found:
        """The day, month, season, year … that begins at `index`."""
        return self._daypart(index) or self._edge(index) or self._plain_point(index)

    def _plain_point(self, index: int) -> Found:
        at = self._at
        if at.form(index)[:1].isdecimal():
            return (
                self._numeric(index)
                or self._day_of_month(index)
                or self._days_of_month(index)
                or self._bare_year(index)
            )
        found = self._dated_day(index) or self._month(index) or self._worded_year(index) or self._season(index)
        return found or self._part(index) or self._unit(index) or self._decade(index) or self._about(index)

    # ── days ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def _daypart(self, index: int) -> Found:
        """`مساء أمس الأحد`, `الليلة الماضية`: the part of the day is read over."""
        at = self._at
        if at.value(index, "tonight"):
            return (Day(-1), index + 2) if at.value(index + 1, "rel") == "-1" else (Day(0), index + 1)
        for _ in range(_MAX_DAYPARTS):
            part = at.phrase(index, "daypart")
            if part is None:
                return None
            index = part[1]
            found = self._dated_day(index) or self._numeric(index) or self._day_of_month(index)
            if found is not None:
                return found
        return None

    def _dated_day(self, index: int) -> Found:
        """A day by its name or number, with or without `يوم` before it."""
        if self._at.value(index, "day"):
            nested = index + 1
            found = self._deictic(nested) or self._weekday(nested) or self._numeric(nested)
            found = found or self._day_of_month(nested) or self._days_of_month(nested) or self._ordinal_day(nested)
            if found is not None:
                return found
        return self._deictic(index) or self._weekday(index) or self._ordinal_day(index)

    def _deictic(self, index: int) -> Found:
        """`اليوم`, `أمس`, `غدا`, `أول من أمس`, `أمس الأول`, with the weekday that may follow."""
        at = self._at
        if at.value(index, "beforelast"):
            skipped = index + 2 if at.value(index + 1, "from") else index + 1
            return self._named_day(Day(-2), skipped + 1) if at.value(skipped, "deictic") == "-1" else None
        offset = at.value(index, "deictic")
        if offset is None or (offset == "0" and at.value(index - 1, "todayname")):
            return None
        if at.form(index - 1) == '"' == at.form(index + 1):  # a newspaper: لـ"اليوم"
            return None
        if offset == "-1" and at.value(index + 1, "ordinal") == "1":
            return self._named_day(Day(-2), index + 2)
        if at.value(index + 1, "other") or at.value(index + 1, "rel") or (offset == "0" and self._counted(index + 1)):
            return None
        return self._named_day(Day(int(offset)), index + 1)

    def _counted(self, index: int) -> bool:
        """Whether a day's number follows: `اليوم الحادي والتسعين`, `اليوم الـ91`."""
        at = self._at
        if at.form(index) == "ال" and at.figure(index + 1, 3) is not None:
            return True
        return at.form(index).startswith("ال") and at.ordinal(index) is not None

    def _named_day(self, day: Day, index: int) -> Found:
        """A deictic day with the weekday or the full date that may stand beside it."""
        at = self._at
        sign = at.form(index)
        opened = index + 1 if sign in _OPENING_SIGNS else index
        name = at.value(opened, "weekday")
        if name is None:
            return day, index
        dated = self._day_of_month(opened + 1)
        if dated:
            return replace(dated[0], weekday=int(name)), dated[1]
        closed = sign == "(" and at.form(opened + 1) == ")"
        return Day(day.offset, int(name)), opened + 2 if closed else opened + 1

    def _weekday(self, index: int) -> Found:
        """`الجمعة`, `الجمعة الماضي`, `السبت 30 نوفمبر`, `الأحد من الأسبوع المقبل`."""
        at = self._at
        name = at.value(index, "weekday")
        if name is None or at.value(index - 1, "eventname"):
            return None
        after = index + 1
        said = self._direction(after)
        if said is not None:
            return Weekday(int(name), said[0]), said[1]
        dated_at = after + 1 if at.form(after) in _OPENING_SIGNS else after
        dated = self._numeric(dated_at) or self._day_of_month(dated_at) or self._ordinal_day(dated_at)
        if dated:
            return replace(dated[0], weekday=int(name)), dated[1]
        of_week = at.value(after, "from") and at.value(after + 1, "definite") == "week"
        direction = at.value(after + 2, "rel") if of_week else None
        return (Weekday(int(name), int(direction)), after + 3) if direction else (Weekday(int(name)), after)

    def _direction(self, index: int) -> tuple[int, int] | None:
        """`الماضي`, `الجاري`, `المقبل`, `قبل الماضي`: how far from now, and the index after it."""
        direction = self._at.value(index, "rel")
        if direction is not None:
            return int(direction), index + 1
        before = self._at.value(index, "before") and self._at.value(index + 1, "rel") == "-1"
        return (-2, index + 2) if before else None

    # ── longer than a day ─────────────────────────────────────────────────────────────────────────────────────────

    def _edge(self, index: int) -> Found:
        """`أوائل عام 2022`, `منتصف مايو`, `نهاية الشهر`."""
        at = self._at
        edge = at.value(index, "edge")
        if edge is None or at.value(index + 1, "edge"):
            return None
        found = self._plain_point(index + 1)
        match found:
            case (Calendar(day=None) | Unit() | Season() | Years()) as expression, after:
                return replace(expression, edge=edge), after
        unit = at.value(index + 1, "definite")
        return (Unit(unit, 0, edge), index + 2) if unit in ("week", "month", "year") and found is None else None

    def _season(self, index: int) -> Found:
        """`خريف عام 2024`, `الصيف الماضي`; a season alone is no date."""
        season = self._at.value(index, "season")
        if season is None:
            return None
        year, shift, direction, end = self._year_after(index + 1)
        dated = year is not None or shift is not None or direction is not None
        return (Season(int(season), year, shift, direction), end) if dated else None

    def _part(self, index: int) -> Found:
        """`الربع الأول من عام 2015`, `النصف الثاني من العام الجاري`."""
        at = self._at
        of = at.value(index, "part")
        number = at.value(index + 1, "ordinal")
        if of is None or number is None or int(number) > int(of) or not at.value(index + 2, "from"):
            return None
        year, shift, end = self._year_said(index + 2)
        return (Part(int(number), int(of), year, shift), end) if year is not None or shift is not None else None

    def _unit(self, index: int) -> Found:
        """`هذا الشهر`, `العام الماضي`, `القرن التاسع عشر`."""
        at = self._at
        if at.value(index, "this"):
            unit, season = at.value(index + 1, "definite"), at.value(index + 1, "season")
            if unit is not None:
                return (Day(0) if unit == "day" else Unit(unit, 0)), index + 2
            return (Season(int(season), direction=0), index + 2) if season else None
        unit = at.value(index, "definite")
        said = self._direction(index + 1)
        if unit is None or unit == "day" or (unit == "year" and at.value(index - 1, "generalhead")):
            return None
        if said is not None:
            return Unit(unit, said[0]), said[1]
        century = at.ordinal(index + 1) if unit == "century" else None
        return (Years((century[0] - 1) * 100, 100), century[1]) if century else None

    def _decade(self, index: int) -> Found:
        """`ثمانينيات القرن الماضي`, `التسعينات`; never an age (`في الخمسينيات من عمره`)."""
        at = self._at
        value = at.value(index, "decade")
        if value is None:
            return None
        after = index + 2 if at.value(index + 1, "from") else index + 1
        if at.value(after, "definite") == "century":
            if at.value(after + 1, "rel"):
                return Years((1900 if at.value(after + 1, "rel") == "-1" else 2000) + int(value), 10), after + 2
            century = at.ordinal(after + 1)
            return (Years((century[0] - 1) * 100 + int(value), 10), century[1]) if century else None
        definite = "ال" in at.form(index)[:3] or at.form(index).startswith("لل")
        return (Years(1900 + int(value), 10), index + 1) if definite and after == index + 1 else None

    def _about(self, index: int) -> Found:
        """`نحو عام 2015`."""
        about = self._at.phrase(index, "aboutphrase") or self._at.phrase(index, "about")
        found = self._worded_year(about[1]) if about else None
        if found is None or not isinstance(found[0], Calendar):
            return None
        return replace(found[0], approximate=True), found[1]
