"""What a date says before it is resolved: one small dataclass per way of naming a time.

`Expression` is their union. An expression that names its year outright is *absolute*; every other one needs the day on
which it was written. Units are `hour`, `day`, `week`, `month`, `year`, `decade`, `century`; weekdays count from
Monday = 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Span


@dataclass(frozen=True, slots=True)
class Day:
    """A day counted from the day of writing: yesterday is -1. `weekday` is the one named beside it (`أمس الأحد`)."""

    offset: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday without a date; `direction` -1 for `الماضي`, -2 for `قبل الماضي`, 1 for `المقبل`, 0 for neither."""

    weekday: int
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Calendar:
    """A day, month or year of a calendar, with what the text leaves out as None.

    `year_shift` counts from the year of writing (`من العام الماضي` is -1); `direction` is that of `الماضي` or `المقبل`
    beside a month; `edge` narrows to `early`, `middle` or `late`.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hijri: bool = False
    year_shift: int | None = None
    direction: int | None = None
    edge: str | None = None
    weekday: int | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A whole week, month, year, decade or century counted from that of writing: last month is (`month`, -1)."""

    unit: str
    shift: int
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Ago:
    """A distance back from the day of writing; `count` is None for a bare plural (`قبل أيام`)."""

    unit: str
    count: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """The last (-1) or next (1) `count` units up to or from the day of writing."""

    unit: str
    count: int
    direction: int


@dataclass(frozen=True, slots=True)
class Season:
    """A season by its EDTF code (21 spring … 24 winter), as `Calendar` names its year."""

    season: int
    year: int | None = None
    year_shift: int | None = None
    direction: int | None = None
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The `number`-th of `of` equal parts of a year: a half, third or quarter."""

    number: int
    of: int
    year: int | None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Years:
    """A decade (`width` 10) or century (100) by its first year."""

    first: int
    width: int
    edge: str | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """From `start` to `end`; None leaves that end open (`منذ`, `حتى`)."""

    start: Expression | None
    end: Expression | None


Expression = Day | Weekday | Calendar | Unit | Ago | Stretch | Season | Part | Years | Between


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written: where, what it says, and whether the words before it speak of the future (`المقرر`)."""

    span: Span
    expression: Expression
    future: bool = False


def is_absolute(expression: Expression | None) -> bool:
    """Whether the expression names its year and so needs no day of writing."""
    match expression:
        case None | Years():
            return True
        case Calendar(year=year) | Season(year=year) | Part(year=year):
            return year is not None
        case Between(start=start, end=end):
            return is_absolute(start) and is_absolute(end)
        case _:
            return False
