"""From what a date says to the days it means: `resolve` against the article's own date.

Readings without a year are the nearest in the past, since news tells what happened, unless the words speak of the
future. A date that cannot be resolved is None: the article's date is unknown, the day does not exist, or the
years run out.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

from dateutil.relativedelta import relativedelta
from hijridate import Gregorian, Hijri

from kg.model import DateBasis, EdtfDate, PublicationDate
from kg.text import edtf
from kg.text.date_expressions import (
    Ago,
    Between,
    Calendar,
    DateMention,
    Day,
    Expression,
    Part,
    Season,
    Stretch,
    Unit,
    Weekday,
    Years,
    is_absolute,
)
from kg.text.edtf import Period

_SOON_DAYS = 62  # a day this near in the future beats the same day of last year (`في 15 مايو` written on the 11th)
_LONG_AGO_DAYS = 300
_SLIP_DAYS = 3  # how far a stated weekday may lie from the date a source gives
# What a bare plural means (`قبل أيام`), from and to, in days.
_VAGUE = {"day": (14, 2), "week": (60, 14), "month": (330, 60)}
_EPOCH = date(2000, 1, 1)


def resolve(mention: DateMention, published: PublicationDate | EdtfDate | date | None) -> EdtfDate | None:
    """The mention's date as EDTF with its bounds, or None. Basis is `stated` when it names its year, else `resolved`.

    `published` is the day the article was written; known only to the month or year it gives a date as coarse.
    """
    if is_absolute(mention.expression):
        period = _period(mention.expression, _EPOCH, mention.future)
        basis = DateBasis.STATED
    else:
        bounds = _bounds(published)
        if bounds is None:
            return None
        first, last = (_period(mention.expression, anchor, mention.future) for anchor in bounds)
        period = edtf.coarsest(first, last) if first and last else None
        basis = DateBasis.RESOLVED
    return None if period is None else EdtfDate(period.edtf, period.first, period.last, basis, mention.span)


def _bounds(published: PublicationDate | EdtfDate | date | None) -> tuple[date, date] | None:
    if isinstance(published, date):
        return published, published
    known = published.date if isinstance(published, PublicationDate) else published
    if known is None or known.not_before is None or known.not_after is None:
        return None
    return known.not_before, known.not_after


def _period(expression: Expression, anchor: date, future: bool) -> Period | None:
    try:
        return _reading(expression, anchor, future)
    except (OverflowError, ValueError):  # a day that is in no calendar, a year past the last
        return None


def _reading(expression: Expression, anchor: date, future: bool) -> Period | None:
    match expression:
        case Day():
            return edtf.day(_named_day(anchor + timedelta(expression.offset), expression.weekday))
        case Weekday():
            return edtf.day(_weekday(expression, anchor, future))
        case Calendar(hijri=True):
            return _hijri(expression, anchor)
        case Calendar():
            return _gregorian(expression, anchor, future)
        case Unit():
            return _narrow(_unit(expression.unit, expression.shift, anchor), expression.edge)
        case Ago():
            return _ago(expression, anchor)
        case Stretch():
            return _stretch(expression, anchor)
        case Season():
            return _season(expression, anchor)
        case Part():
            return _part(expression, anchor)
        case Years():
            return _narrow(edtf.years(expression.first, expression.width), expression.edge)
        case Between():
            start = _reading(expression.start, anchor, future) if expression.start else None
            end = _reading(expression.end, anchor, future) if expression.end else None
            return _interval(expression, start, end)


def _interval(expression: Between, start: Period | None, end: Period | None) -> Period | None:
    if (expression.start and start is None) or (expression.end and end is None):
        return None
    if start and end and isinstance(expression.start, Calendar) and isinstance(expression.end, Calendar):
        closing = expression.end
        if expression.start.year is None and closing.year is not None and end.first:  # `بين مارس ومايو 2015`
            start = _period(_in_year(expression.start, closing.year), end.first, future=False)
    return edtf.between(start, end)


def _in_year(expression: Calendar, year: int) -> Calendar:
    return Calendar(year, expression.month, expression.day, expression.hijri, edge=expression.edge)


# ── days ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _named_day(day: date, weekday: int | None) -> date:
    """`day`, or the day of that weekday next to it when a source's date slipped by a few days."""
    if weekday is None:
        return day
    forward = (weekday - day.weekday()) % 7
    shift = forward if forward <= _SLIP_DAYS else forward - 7
    return day + timedelta(shift)


def _weekday(expression: Weekday, anchor: date, future: bool) -> date:
    back = (anchor.weekday() - expression.weekday) % 7
    if expression.direction == 1 or (future and expression.direction == 0):
        ahead = (expression.weekday - anchor.weekday()) % 7
        return anchor + timedelta(ahead or 7)  # this very day would be called today
    if expression.direction < 0 and back < 2:
        back += 7  # yesterday is called أمس: last Sunday, on a Monday, is a week further back
    if expression.direction == -2:
        back += 7
    return anchor - timedelta(back)


# ── calendars ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _gregorian(expression: Calendar, anchor: date, future: bool) -> Period | None:
    year, month = expression.year, expression.month
    if year is None and expression.year_shift is not None:
        year = anchor.year + expression.year_shift
    if year is None:
        year = _nearest_year(expression, anchor, future)
    if year is None:
        return None
    if month is None:
        period = edtf.year(year)
    elif expression.day is None:
        period = edtf.month(year, month)
    else:
        period = edtf.day(date(year, month, expression.day))
    narrowed = _narrow(period, expression.edge)
    return edtf.about(narrowed) if expression.approximate and narrowed is not None else narrowed


def _nearest_year(expression: Calendar, anchor: date, future: bool) -> int | None:
    """The year of a month or day without one."""
    month, direction = expression.month, expression.direction
    if month is None:
        return None
    if direction == 0:
        return anchor.year
    if expression.day is not None:
        return _year_of_day(month, expression.day, anchor, 1 if future else direction)
    if direction == 1 or future:
        later = month > anchor.month if direction == 1 else month >= anchor.month
        return anchor.year if later else anchor.year + 1
    earlier = month < anchor.month if direction == -1 else month <= anchor.month
    return anchor.year if earlier else anchor.year - 1


def _year_of_day(month: int, day: int, anchor: date, direction: int | None) -> int | None:
    candidates = [
        date(year, month, day)
        for year in range(max(MINYEAR, anchor.year - 4), min(MAXYEAR, anchor.year + 4) + 1)
        if day <= monthrange(year, month)[1]
    ]
    this_month = (anchor.year, anchor.month) if direction == -1 else None  # its days are not called the last month's
    past = max((c for c in candidates if c <= anchor and (c.year, c.month) != this_month), default=None)
    coming = min((c for c in candidates if c >= anchor), default=None)
    if direction == 1:
        return coming.year if coming else None
    if direction is None and past and coming and (coming - anchor).days <= _SOON_DAYS:
        return coming.year if (anchor - past).days >= _LONG_AGO_DAYS else past.year
    return past.year if past else None


def _hijri(expression: Calendar, anchor: date) -> Period | None:
    """A Hijri date in Gregorian days (Umm al-Qura, 1343–1500 AH); without a year the last one that had begun."""
    year = expression.year
    if year is None:
        today = Gregorian(anchor.year, anchor.month, anchor.day).to_hijri()
        year = today.year + (expression.year_shift or 0)
        if expression.year_shift is None and expression.month and expression.month > today.month:
            year -= 0 if expression.direction == 1 else 1
    first_month, last_month = (expression.month, expression.month) if expression.month else (1, 12)
    opening = Hijri(year, first_month, expression.day or 1)
    closing = opening if expression.day else Hijri(year, last_month, Hijri(year, last_month, 1).month_length())
    first, last = (date(*h.to_gregorian().datetuple()) for h in (opening, closing))
    return _narrow(edtf.days(first, last), expression.edge)


# ── longer than a day ─────────────────────────────────────────────────────────────────────────────────────────────


def _unit(unit: str, shift: int, anchor: date) -> Period | None:
    match unit:
        case "week":
            monday = anchor - timedelta(anchor.weekday()) + timedelta(weeks=shift)
            return edtf.days(monday, monday + timedelta(6))
        case "month":
            moved = anchor + relativedelta(months=shift)
            return edtf.month(moved.year, moved.month)
        case "year":
            return edtf.year(anchor.year + shift)
        case "decade":
            return edtf.years((anchor.year // 10 + shift) * 10, 10)
        case "century":
            return edtf.years((anchor.year // 100 + shift) * 100, 100)
        case _:
            return None


def _ago(expression: Ago, anchor: date) -> Period | None:
    count, unit = expression.count, expression.unit
    if count is None:
        if unit not in _VAGUE:
            return edtf.day(anchor) if unit == "hour" else None
        first, last = _VAGUE[unit]
        return edtf.about(edtf.days(anchor - timedelta(first), anchor - timedelta(last)))
    match unit:
        case "hour":
            period = edtf.day(anchor - timedelta(count // 24))
        case "day":
            period = edtf.day(anchor - timedelta(count))
        case "week":
            period = edtf.about(edtf.day(anchor - timedelta(weeks=count)))
        case "month":
            moved = anchor - relativedelta(months=count)
            period = edtf.month(moved.year, moved.month)
        case _:
            then = anchor.year - count * {"year": 1, "decade": 10, "century": 100}[unit]
            period = edtf.year(then) if unit == "year" else edtf.about(edtf.year(then))
    return edtf.about(period) if expression.approximate else period


def _stretch(expression: Stretch, anchor: date) -> Period | None:
    count = expression.count
    match expression.unit:
        case "hour":
            length = relativedelta(days=max(1, count // 24))
        case "day":
            length = relativedelta(days=count)
        case "week":
            length = relativedelta(weeks=count)
        case "month":
            length = relativedelta(months=count)
        case "year":
            length = relativedelta(years=count)
        case _:
            length = relativedelta(years=count * 10)
    other = anchor + length if expression.direction > 0 else anchor - length
    first, last = min(anchor, other), max(anchor, other)
    if expression.unit in ("hour", "day", "week"):
        return edtf.days(first, last)
    return edtf.between(edtf.month(first.year, first.month), edtf.month(last.year, last.month))


def _season(expression: Season, anchor: date) -> Period | None:
    year = expression.year
    if year is None and expression.year_shift is not None:
        year = anchor.year + expression.year_shift
    if year is not None:
        return _narrow(edtf.season(year, expression.season), expression.edge)
    around = [edtf.season(anchor.year + step, expression.season) for step in (-2, -1, 0, 1)]
    if expression.direction == 1:
        chosen = next((s for s in around if s.first and s.first > anchor), None)
    elif expression.direction == 0:
        chosen = min(around, key=lambda s: abs((s.first or anchor) + timedelta(45) - anchor))
    else:
        chosen = max((s for s in around if s.last and s.last < anchor), key=lambda s: s.last or anchor, default=None)
    return _narrow(chosen, expression.edge)


def _part(expression: Part, anchor: date) -> Period | None:
    year = expression.year if expression.year is not None else anchor.year + (expression.year_shift or 0)
    length = 12 // expression.of
    first = (expression.number - 1) * length + 1
    return edtf.between(edtf.month(year, first), edtf.month(year, first + length - 1))


def _narrow(period: Period | None, edge: str | None) -> Period | None:
    """The first, middle or last third of a period, written as the whole of it, about."""
    if period is None or edge is None or period.first is None or period.last is None:
        return period
    third = (period.last - period.first) / 3
    match edge:
        case "early":
            first, last = period.first, period.first + third
        case "middle":
            first, last = period.first + third, period.last - third
        case _:
            first, last = period.last - third, period.last
    return edtf.about(Period(first, last, period.edtf))
