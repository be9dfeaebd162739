"""Clues to an article's date from what it speaks of: events, anniversaries and holders of offices.

The weights are judgements about news prose, set once: a message on an anniversary is printed within two days of it, an
event is news for a week, a former office is called former.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.model import EdtfDate, Segment, Span
from kg.text.chronicle import Anniversary, Event, Match, Tenure
from kg.text.clues import LATEST, Clue, recency
from kg.text.date_expressions import Ago, Calendar, DateMention, Day, Unit, Weekday
from kg.text.date_resolution import resolve
from kg.text.date_tokens import DateTokens
from kg.text.fold import Folded, fold
from kg.text.tokens import tokenize

_LEAD_SENTENCES = 3
_YEAR = re.compile(r" \d{4}$")  # events of one name but for the year come again every year
_RELATION_CHARACTERS = 40  # how far after an event `العام الماضي` still tells when it was
# Scores by the days passed since: (up to so many days, nats); nothing after the last.
_NEWS = ((0, 6.5), (1, 5.7), (3, 4.7), (7, 3.7), (30, 2.0), (90, 0.7))
_NEWS_DATED = ((6, 1.5), (30, 3.0), (90, 1.5))
_AFTERWARDS = ((7, 2.5), (30, 1.5), (90, 0.5))  # after the last day of a period
_MESSAGE = ((0, 5.0), (1, 4.0), (2, 2.5), (7, 1.0))
_COUNTED = ((0, 9.0), (1, 7.5), (3, 6.0), (7, 4.5))
_LEAD_BONUS = 1.5
# `بعد يوم من الفيتو`: the days that may have passed since the event.
_AFTER_DAYS = {"ساعات": (0, 1), "يوم": (1, 2), "يومين": (2, 3), "أيام": (2, 10), "أسبوع": (6, 9)}
_AFTER = re.compile(rf"(?<!\w)بعد ({'|'.join(_AFTER_DAYS)})(?: واحد| قليلة| فقط)? من\b")
_AFTER_CHARACTERS = 30


def chronicle_clues(
    folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention], matches: Sequence[Match]
) -> Iterator[Clue]:
    """One clue an event, anniversary or holder of an office that the text speaks of."""
    tenures: dict[tuple[int, int], list[Tenure]] = {}
    days: dict[str, tuple[Anniversary, int | None]] = {}
    told: dict[tuple[str, str], list[Clue]] = {}
    seen: set[str] = set()
    for match in matches:
        entry = match.entry
        if isinstance(entry, Tenure):
            tenures.setdefault((match.start, match.end), []).append(entry)
        elif isinstance(entry, Anniversary):
            ordinal = _ordinal_near(folded, segments, match)
            better = entry.name not in days or (days[entry.name][1] is None and ordinal is not None)
            if better and not _dated_sentence(segments, match, dates):
                days[entry.name] = entry, ordinal
        else:
            related = _relation(folded.original, entry, match, dates)
            series = _YEAR.sub("", entry.name)
            if related is not None:
                told.setdefault((series, "relation"), []).append(related)
            if entry.name not in seen:
                seen.add(entry.name)
                lead = match.sentence < _LEAD_SENTENCES
                clue = _told(entry, lead=lead, dated=_says_when(entry, match, dates))
                told.setdefault((series, "event"), []).append(clue)
    yield from map(_any_of, told.values())
    yield from _anniversaries(list(days.values()))
    named: dict[str, Clue] = {}
    for held in tenures.values():
        clue = _office(held)
        named.setdefault(clue.reason, clue)
    yield from named.values()


def _any_of(clues: Sequence[Clue]) -> Clue:
    """One clue of those that the events of a yearly series give: what is told of is one of them."""
    if len(clues) == 1:
        return clues[0]
    bounds = [clue.not_before for clue in clues]
    return Clue(
        f"one of: {'; '.join(clue.reason for clue in clues)}",
        lambda day: max(clue.score(day) for clue in clues),
        [window for clue in clues for window in clue.window or ()],
        not_before=min((bound for bound in bounds if bound), default=None) if all(bounds) else None,
        elsewhere=max(clue.elsewhere for clue in clues),
    )


def _says_when(event: Event, match: Match, dates: Sequence[DateMention]) -> bool:
    """Whether the event's month stands beside it: what is of today or this week is not told with its date."""
    return any(
        isinstance(mention.expression, Calendar) and mention.expression.month == event.first.month
        for mention in _between(dates, match.start, match.end + _RELATION_CHARACTERS)
    )


def _told(event: Event, *, lead: bool, dated: bool) -> Clue:
    if event.kind in ("era", "since"):
        return _era(event)
    return _period(event) if event.kind == "period" else _news(event, lead, dated)


def _period(event: Event) -> Clue:
    def score(day: date) -> float:
        if day < event.first:
            return -3.0  # its place is spoken of before
        return 3.0 if day <= event.last else recency((day - event.last).days, _AFTERWARDS)

    window = [(event.first, event.last + timedelta(30))]
    return Clue(f"it tells of {event.name} ({event.first} to {event.last})", score, window)


def _era(event: Event) -> Clue:
    return Clue(
        f"it speaks of {event.name} ({event.first})",
        lambda day: -10.0 if day < event.first else 0.3 if (day - event.last).days <= 400 else 0.0,
        not_before=event.first,
    )


def _news(event: Event, lead: bool, dated: bool) -> Clue:
    bonus = _LEAD_BONUS if lead and not dated else 0.0
    steps = _NEWS_DATED if dated else _NEWS
    early = 10 if event.kind == "summit" else 0

    def score(day: date) -> float:
        if day < event.first:
            return 3.0 + bonus if (event.first - day).days <= early else -10.0
        lag = max(0, (day - event.last).days)
        return recency(lag, steps) + (bonus if lag <= 7 else 0.0)

    window = [(event.first - timedelta(early), event.last + timedelta(60))]
    return Clue(f"it tells of {event.name} ({event.first})", score, window, not_before=event.first - timedelta(early))


def _relation(text: str, event: Event, match: Match, dates: Sequence[DateMention]) -> Clue | None:
    """`هجومها العام الماضي`: the day of writing is one from which that expression means the event's date."""
    since = _AFTER.search(text, max(0, match.start - _AFTER_CHARACTERS), match.start)
    if since is not None and event.kind in ("news", "summit"):
        near, far = _AFTER_DAYS[since[1]]
        return Clue(
            f"it tells of what came {near} to {far} days after {event.name}",
            lambda day: 3.0 if near <= (day - event.first).days and (day - event.last).days <= far else -2.0,
            [(event.first + timedelta(near), event.last + timedelta(far))],
        )
    if event.kind in ("since", "period"):
        return None
    for mention in _between(dates, match.start, match.end + _RELATION_CHARACTERS):
        gap = text[match.end : mention.span.start]
        window = None if any(sign in gap for sign in ".؛:\n") else _window(event, match, mention, gap)
        if window is not None:
            return _related(event, mention, window)
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
        case Unit(unit="month") | Unit(unit="week") if after:
            return event.first, event.last + timedelta(62)
        case Day() | Weekday() if event.kind in ("news", "summit") and "،" not in gap:
            early = 14 if mention.future or event.kind == "summit" else 0
            return event.first - timedelta(early), event.last + timedelta(62)
    return None


def _related(event: Event, mention: DateMention, window: tuple[date, date]) -> Clue:
    readings = [mention]
    if event.kind == "summit" and isinstance(mention.expression, Weekday):
        readings.append(replace(mention, future=True))  # what is announced need not be called planned

    def score(day: date) -> float:
        if mention.expression == Unit("week", -1):  # no day of this weekend is called last week's on Monday
            return 3.0 if 3 <= (day - event.first).days <= 13 else -3.0
        return 3.0 if any(_meets(event, resolve(reading, day)) for reading in readings) else -3.0

    how = "announced for" if mention.future else "said to lie as far back as"
    return Clue(f"{event.name} is {how} what the words beside it say", score, [window], elsewhere=-2.0)


def _meets(event: Event, known: EdtfDate | None) -> bool:
    if known is None or known.not_before is None or known.not_after is None:
        return False
    return known.not_before <= event.last and known.not_after >= event.first


def _between(dates: Sequence[DateMention], start: int, end: int) -> Sequence[DateMention]:
    """The dates that begin at article offsets `start` to `end` (exclusive)."""
    first = bisect_left(dates, start, key=lambda mention: mention.span.start)
    return dates[first : bisect_left(dates, end, first, key=lambda mention: mention.span.start)]


def _anniversaries(days: Sequence[tuple[Anniversary, int | None]]) -> Iterator[Clue]:
    """A counted anniversary tells the year; those without a count are then other readings of it."""
    counted = [
        (entry, ordinal, date(entry.origin + ordinal, entry.month, entry.day))
        for entry, ordinal in days
        if ordinal is not None and entry.origin is not None and 1900 <= entry.origin + ordinal <= LATEST.year
    ]
    for entry, ordinal, exact in counted:
        yield _counted(f"{entry.name}, number {ordinal}: {exact}", exact)
    if not counted:
        yield from (_anniversary(entry) for entry, _ in days)


def _counted(reason: str, exact: date) -> Clue:
    def score(day: date) -> float:
        lag = (day - exact).days
        return 5.0 if lag == -1 else recency(lag, _COUNTED, -4.0) or -4.0

    return Clue(reason, score, [(exact - timedelta(1), exact + timedelta(7))], elsewhere=-4.0)


def _anniversary(entry: Anniversary) -> Clue:
    def score(day: date) -> float:
        lag = (day - date(day.year, entry.month, min(entry.day, 28) if entry.month == 2 else entry.day)).days
        return 2.0 if lag == -1 else recency(lag, _MESSAGE, -1.5) or -1.5

    first_year = max(2005, (entry.origin or 0) + 1)
    window = [
        (date(year, entry.month, entry.day) - timedelta(1), date(year, entry.month, entry.day) + timedelta(7))
        for year in range(first_year, LATEST.year)
    ]
    return Clue(f"{entry.name} ({entry.month:02}-{entry.day:02})", score, window, elsewhere=-1.5)


def _office(held: Sequence[Tenure]) -> Clue:
    first, last = min(t.first for t in held), max(t.last for t in held)
    return Clue(
        held[0].name,
        lambda day: 0.0 if any(t.first <= day <= t.last for t in held) else -5.0,
        not_before=first,
        not_after=min(last, LATEST),
    )


def _ordinal_near(folded: Folded, segments: Sequence[Segment], match: Match) -> int | None:
    """The ordinal in the sentence of an anniversary (`الذكرى الثانية والستين`), when there is one of ten or more."""
    span = segments[match.sentence].span if match.sentence < len(segments) else Span(match.start, match.end)
    start, end = max(span.start, match.start - 80), min(span.end, match.end + 60)
    piece = fold(folded.original[start:end])
    tokens = DateTokens(piece, tokenize(piece))
    for index in range(len(tokens.forms)):
        ordinal = tokens.ordinal(index)
        if ordinal is not None and ordinal[0] >= 10:
            return ordinal[0]
        if tokens.form(index) in ("ال", "الذكري") and (figure := tokens.figure(index + 1, 3)):
            return figure
    return None


def _dated_sentence(segments: Sequence[Segment], match: Match, dates: Sequence[DateMention]) -> bool:
    """Whether the sentence gives the anniversary's date itself (`في أكتوبر`), so that it need not be now."""
    if match.sentence >= len(segments):
        return False
    span = segments[match.sentence].span
    return any(
        isinstance(mention.expression, Calendar) and mention.expression.month and mention.expression.direction != 0
        for mention in _between(dates, span.start, span.end)
    )
