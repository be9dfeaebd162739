"""EDTF: the strings, and the days that each may fall on.

Level 0 and 1 of the Extended Date/Time Format (Library of Congress, 2019; ISO 8601-2) as Khabar writes it:
`2024-11-30`, `2024-11`, `2024`, seasons `2024-23`, decades and centuries `199X` `19XX`, intervals `2024-09/2024-11`,
open ones `2006/..`, and `~` for about.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from dateutil.relativedelta import relativedelta

_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}  # meteorological, northern: the first month of each
_POINT = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[~?%]?")
_UNSPECIFIED = re.compile(r"(\d\d)(X|\d)X[~?%]?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included; None is an open end. `edtf` is how it is written."""

    first: date | None
    last: date | None
    edtf: str


def day(value: date) -> Period:
    """One day."""
    return Period(value, value, value.isoformat())


def month(year: int, number: int) -> Period:
    """One month of the Gregorian calendar."""
    return Period(date(year, number, 1), date(year, number, monthrange(year, number)[1]), f"{year:04}-{number:02}")


def year(value: int) -> Period:
    """One year."""
    return Period(date(value, 1, 1), date(value, 12, 31), f"{value:04}")


def years(first: int, width: int) -> Period:
    """A decade (`width` 10) or a century (100) that begins with the year `first`."""
    text = f"{first:04}"
    return Period(
        date(first, 1, 1), date(first + width - 1, 12, 31), text[:3] + "X" if width == 10 else text[:2] + "XX"
    )


def season(year: int, code: int) -> Period:
    """A season by its EDTF code; winter runs from December of `year` into the next."""
    start = date(year, _SEASON_MONTHS[code], 1)
    return Period(start, start + relativedelta(months=3, days=-1), f"{year:04}-{code}")


def days(first: date, last: date) -> Period:
    """From one day to another, written in the coarsest form that says exactly that."""
    if first == last:
        return day(first)
    if first.day == 1 and last == month(last.year, last.month).last:
        if first.month == 1 and last.month == 12:
            return (
                year(first.year) if first.year == last.year else Period(first, last, f"{first.year:04}/{last.year:04}")
            )
        if (first.year, first.month) == (last.year, last.month):
            return month(first.year, first.month)
        return Period(first, last, f"{first.isoformat()[:7]}/{last.isoformat()[:7]}")
    return Period(first, last, f"{first.isoformat()}/{last.isoformat()}")


def about(period: Period) -> Period:
    """The same period, marked approximate."""
    marked = "/".join(part if part == ".." else f"{part.rstrip('~')}~" for part in period.edtf.split("/"))
    return Period(period.first, period.last, marked)


def between(start: Period | None, end: Period | None) -> Period | None:
    """From the beginning of `start` to the end of `end`; None where they run backwards."""
    first = start.first if start else None
    last = end.last if end else None
    if first and last and first > last:
        return None
    return Period(first, last, f"{_opening(start)}/{_closing(end)}")


def _opening(period: Period | None) -> str:
    return ".." if period is None else _no_season(period, period.edtf.split("/")[0], period.first)


def _closing(period: Period | None) -> str:
    return ".." if period is None else _no_season(period, period.edtf.split("/")[-1], period.last)


def _no_season(period: Period, text: str, end: date | None) -> str:
    """Level 1 intervals hold no seasons: the month at that end stands for one."""
    return end.isoformat()[:7] if end and re.fullmatch(r"\d{4}-(2[1-4])~?", text) else text


def coarsest(first: Period, last: Period) -> Period | None:
    """What can be said when the day of writing is only known to lie between two days that give these periods.

    The same reading from both ends stands; readings inside one month or year become that month or year; readings that
    reach a little over its edge become the month or year in their middle, marked approximate; None beyond a year.
    """
    if first == last:
        return first
    begin, end = first.first, last.last
    if begin is None or end is None or begin > end:
        return None
    middle = begin + (end - begin) / 2
    if (begin.year, begin.month) == (end.year, end.month):
        return month(begin.year, begin.month)
    if (end - begin).days <= 45:
        return Period(begin, end, f"{middle.isoformat()[:7]}~")
    if begin.year == end.year:
        return year(begin.year)
    return Period(begin, end, f"{middle.year:04}~") if (end - begin).days <= 400 else None


def parse(text: str) -> Period | None:
    """The days of an EDTF string of the forms above, or of a date-time (its day); None when it is none of them."""
    if "/" in text:
        return _parse_interval(text)
    point = _POINT.fullmatch(text.split("T")[0].split(" ")[0])
    if point is None:
        wide = _UNSPECIFIED.fullmatch(text)
        if wide is None:
            return None
        return _keep(years(int(text[:2]) * 100, 100) if wide[2] == "X" else years(int(text[:3]) * 10, 10), text)
    value, number, in_month = int(point[1]), int(point[2] or 0), int(point[3] or 0)
    if not MINYEAR <= value < MAXYEAR:
        return None
    if not point[2]:
        return _keep(year(value), text)
    if not point[3]:
        if number in _SEASON_MONTHS:
            return _keep(season(value, number), text)
        return _keep(month(value, number), text) if 1 <= number <= 12 else None
    if not 1 <= number <= 12 or not 1 <= in_month <= monthrange(value, number)[1]:
        return None
    return Period(date(value, number, in_month), date(value, number, in_month), point[0])


def _keep(period: Period, text: str) -> Period:
    return Period(period.first, period.last, text)


def _parse_interval(text: str) -> Period | None:
    opening, _, closing = text.partition("/")
    start = None if opening in ("", "..") else parse(opening)
    end = None if closing in ("", "..") else parse(closing)
    if "/" in closing or (start is None and opening not in ("", "..")) or (end is None and closing not in ("", "..")):
        return None
    if start and end and start.first and end.last and start.first > end.last:
        return None
    return Period(start.first if start else None, end.last if end else None, text)
