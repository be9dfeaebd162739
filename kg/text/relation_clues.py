"""Clues to an article's date from words beside an event: `هجومها العام الماضي`, `بعد يوم من الفيتو`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from kg.model import EdtfDate
from kg.text.chronicle import Match
from kg.text.chronicle_data import Event
from kg.text.clues import Clue
from kg.text.date_expressions import Ago, Calendar, DateMention, Day, Unit, Weekday
from kg.text.date_resolution import resolve
from kg.text.told_text import NEWS_DAYS, RELATION_CHARACTERS, TOLD_ON_DAY, ToldText

# `بعد يوم من الفيتو`: the days that may have passed since the event.
_AFTER_DAYS = {"ساعات": (0, 1), "يوم": (1, 2), "يومين": (2, 3), "أيام": (2, 10), "أسبوع": (6, 9)}
_AFTER = re.compile(rf"(?<!\w)بعد ({'|'.join(_AFTER_DAYS)})(?: واحد| قليلة| فقط)? من\b")
_AFTER_CHARACTERS = 30


def relation(text: ToldText, event: Event, match: Match) -> Clue | None:
    """`هجومها العام الماضي`: the day of writing is one from which that expression means the event's date."""
    original = text.folded.original
    since = _AFTER.search(original, max(0, match.start - _AFTER_CHARACTERS), match.start)
    if since is not None and event.kind in TOLD_ON_DAY:
        near, far = _AFTER_DAYS[since[1]]
        return Clue(
            f"it tells of what came {near} to {far} days after {event.name}",
            lambda day: 5.0 if near <= (day - event.first).days and (day - event.last).days <= far else -2.0,
            [(event.first + timedelta(near), event.last + timedelta(far))],
        )
    if event.kind in ("since", "period"):
        return None
    for mention in text.dates_between(match.start, match.end + RELATION_CHARACTERS):
        gap = original[match.end : mention.span.start]
        window = None if any(sign in gap for sign in ".؛:\n") else _window(event, match, mention, gap)
        if window is not None:
            return _related(event, mention, window)
    return _same_sentence(text, event, match)


def _same_sentence(text: ToldText, event: Event, match: Match) -> Clue | None:
    """The day named anywhere in a sentence of the lead is mostly that of the event which the sentence tells."""
    if match.sentence >= text.lead or event.kind not in TOLD_ON_DAY or text.over(match):
        return None
    for mention in text.dates_between(*text.sentence(match.sentence)):
        if isinstance(mention.expression, Day | Weekday) and not mention.future:
            window = event.first, event.last + timedelta(NEWS_DAYS)
            return _related(event, mention, window, fits=2.5, fails=-1.5)
    return None


def _window(event: Event, match: Match, mention: DateMention, gap: str) -> tuple[date, date] | None:
    """The days from which an expression beside an event can mean the event's date, roughly."""
    after = mention.span.start >= match.end - 1
    match mention.expression:
        case Unit(unit="year", shift=shift) if after and -3 <= shift <= 0:
            return date(event.first.year - shift, 1, 1), date(event.first.year - shift, 12, 31)
        case Calendar(year=None, month=int(), year_shift=None, hijri=False) if after:
            return event.first, event.first + timedelta(365)
        case Ago(unit="year", count=int(count)) if after and count <= 50:
            return date(event.first.year + count, 1, 1), date(event.first.year + count, 12, 31)
        case Unit(unit="month") | Unit(unit="week") | Ago(unit="month" | "week" | "day", count=int()) if after:
            return event.first, event.last + timedelta(400 if isinstance(mention.expression, Ago) else 62)
        case Day() | Weekday() if event.kind in TOLD_ON_DAY and "،" not in gap and not _ahead(event, mention):
            early = 14 if mention.future or event.kind == "summit" else 0
            return event.first - timedelta(early), event.last + timedelta(NEWS_DAYS)
    return None


def _ahead(event: Event, mention: DateMention) -> bool:
    """Whether the day is one to come (`الجمعة المقبل`), which of what is no meeting tells nothing."""
    of = mention.expression
    coming = (isinstance(of, Weekday) and of.direction > 0) or (isinstance(of, Day) and of.offset > 0)
    return event.kind != "summit" and (coming or mention.future)


def _related(
    event: Event, mention: DateMention, window: tuple[date, date], fits: float = 3.0, fails: float = -3.0
) -> Clue:
    readings = [mention]
    if event.kind == "summit" and isinstance(mention.expression, Weekday):
        readings.append(replace(mention, future=True))  # what is announced need not be called planned

    def score(day: date) -> float:
        if not window[0] <= day <= window[1]:
            return fails
        if mention.expression == Unit("week", -1):  # no day of this weekend is called last week's on Monday
            return fits if 3 <= (day - event.first).days <= 13 else fails
        if isinstance(mention.expression, Day):
            return fits if event.first <= day + timedelta(mention.expression.offset) <= event.last else fails
        return fits if any(_meets(event, resolve(reading, day)) for reading in readings) else fails

    how = "announced for" if mention.future else "said to lie as far back as"
    return Clue(f"{event.name} is {how} what the words beside it say", score, [window], elsewhere=max(-2.0, fails))


def _meets(event: Event, known: EdtfDate | None) -> bool:
    if known is None or known.not_before is None or known.not_after is None:
        return False
    return known.not_before <= event.last and known.not_after >= event.first
