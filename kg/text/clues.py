"""Clues to an article's date: what a clue is, and those that its dates give (`chronicle_clues.py` has the others).

A clue scores any day (nats, 0 where it says nothing), may point to windows of days, bound the date, and says what
it takes from a day far from all it points to. The weights are judgements about news prose, set once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from kg.model import Segment, Span, Zone
from kg.text.chronicle_data import context_words
from kg.text.date_expressions import Between, Calendar, DateMention, Day, Weekday, is_absolute
from kg.text.date_resolution import resolve
from kg.text.fold import Folded, fold

EARLIEST, LATEST = date(2000, 1, 1), date(2035, 12, 31)
_HEADER_CHARACTERS = 200
_HEADER_REST = 40  # what else a line with a header date may hold, in characters
_LEAD_SENTENCES = 3
_CLAUSE_CHARACTERS, _SENTENCE_CHARACTERS = 70, 200  # of what stands before a day
_RELATION_CHARACTERS = 40  # how far after an event `العام الماضي` still tells when it was
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Scores by the days passed since: (up to so many days, nats); nothing after the last.
_TOLD = ((1, 3.0), (3, 2.5), (7, 2.0), (30, 0.8), (90, 0.3))

# Scores by how many months away a month lies that is called the last or next one.
_MONTHS_AWAY = ((1, 1.6), (2, 0.9), (3, 0.4), (6, -0.3), (11, -1.3), (12, -2.0))
_SAME_MONTH = -2.0  # the month of writing is not called the last one

Window = list[tuple[date, date]]


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue; `score` of a day in nats, `elsewhere` that of a day no clue points to."""

    reason: str
    score: Callable[[date], float]
    window: Window | None = None
    not_before: date | None = None
    not_after: date | None = None
    weekday: int | None = None
    elsewhere: float = 0.0


def recency(lag: int, steps: Sequence[tuple[int, float]], before: float = -6.0) -> float:
    """The score of the first step that `lag` days fall into; `before` for a day before the event, 0 after the last."""
    if lag < 0:
        return before
    for days, score in steps:
        if lag <= days:
            return score
    return 0.0


def any_of(clues: Sequence[Clue], others: float = 0.0) -> Clue:
    """One clue of several that tell of one thing: at each day the best of them counts, and a share of the others."""
    if len(clues) == 1:
        return clues[0]
    bounds = [clue.not_before for clue in clues]

    def score(day: date) -> float:
        scores = [clue.score(day) for clue in clues]
        best = max(scores)
        return best + others * (sum(of for of in scores if of > 0) - best) if others and best > 0 else best

    return Clue(
        f"one of: {'; '.join(clue.reason for clue in clues)}",
        score,
        [window for clue in clues for window in clue.window or ()] or None,
        not_before=min((bound for bound in bounds if bound), default=None) if all(bounds) else None,
        elsewhere=max(clue.elsewhere for clue in clues),
    )


def lead_sentences(segments: Sequence[Segment]) -> int:
    """How many sentences the lead takes: up to the third of the body, with what heads it."""
    bodies = (index for index, segment in enumerate(segments, 1) if segment.zone is Zone.BODY)
    return next(islice(bodies, _LEAD_SENTENCES - 1, None), len(segments))


# ── from dates ────────────────────────────────────────────────────────────────────────────────────────────────────


def date_clues(folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention]) -> Iterator[Clue]:
    """Weekdays beside `اليوم`, dates in the header, months called current, the latest dates and years in the text."""
    latest: date | None = None
    latest_day: date | None = None
    beside: dict[int, set[int]] = {}
    plain: set[int] = set()
    for mention in dates:
        match mention.expression:
            case Day(offset=offset, weekday=int(weekday)):
                yield _weekday(weekday, offset)
            case Calendar(month=int(month), year=None, year_shift=None, direction=0):
                yield _current_month(month)
            case Calendar(month=int(month), year=None, year_shift=None, direction=-1 | 1 as way, hijri=False):
                beside.setdefault(way, set()).add(month)
            case Calendar(month=int(), day=int(), year=None, weekday=int()) as expression if not expression.hijri:
                yield _weekday_of_date(mention)
            case Calendar(month=int(month), day=int(), year=None, year_shift=None, direction=None, hijri=False):
                plain.add(month)
        if not mention.future and is_absolute(mention.expression) and not isinstance(mention.expression, Between):
            known = resolve(mention, None)
            if known is None or known.not_before is None or known.not_before > LATEST:
                continue
            exact = known.not_before == known.not_after
            if exact and mention.span.start < _HEADER_CHARACTERS and _in_header(folded.original, mention.span):
                yield _header(known.not_before)
            elif known.not_before > EARLIEST and not _of_coming_years(folded, mention):
                latest = max(latest or known.not_before, known.not_before)
                if exact:
                    latest_day = max(latest_day or known.not_before, known.not_before)
    if latest is not None:
        yield _latest(latest, bounds=latest == latest_day)
    if latest_day is not None:
        yield _dated(latest_day)
    if plain:
        yield _months_of_days(frozenset(plain))
    yield from (_months_beside(frozenset(months), way) for way, months in beside.items())
    yield from _lead_weekday(folded, segments, dates)


def _weekday(weekday: int, offset: int) -> Clue:
    wanted = (weekday - offset) % 7
    return Clue(
        f"written on a {_WEEKDAYS[wanted]}",
        lambda day: 0.0 if day.weekday() == wanted else -8.0,
        weekday=wanted,
    )


def _lead_weekday(folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention]) -> Iterator[Clue]:
    """A bare weekday in the first sentences is mostly the day of writing or the day before, unless of a past event."""
    lead = segments[lead_sentences(segments) - 1].span.end if segments else 0
    for mention in dates:
        if mention.span.start >= lead:
            return
        match mention.expression:
            case Weekday(weekday=weekday, direction=0) if not mention.future and not _of_past(
                folded, mention.span.start
            ):
                yield _told_weekday(weekday)
                return


def _of_past(folded: Folded, start: int) -> bool:
    """Whether a relative clause, `بعد` or `وكان` leads to a day: `الزلزال الذي وقع السبت`."""
    before = folded.original[max(0, start - _SENTENCE_CHARACTERS) : start]
    sentence = before[max(before.rfind(sign) for sign in ".؛\n") + 1 :]
    clause = sentence[max(sentence.rfind(sign) for sign in "،:") + 1 :][-_CLAUSE_CHARACTERS:]
    return sentence.lstrip().startswith("وكان") or context_words("relative").search(fold(clause).text) is not None


def _told_weekday(weekday: int) -> Clue:
    scores = {weekday: 1.4, (weekday + 1) % 7: 0.0}
    return Clue(f"its lead tells of a {_WEEKDAYS[weekday]}", lambda day: scores.get(day.weekday(), -2.0))


def _current_month(month: int) -> Clue:
    return Clue(
        f"month {month} is called the current one", lambda day: 2.0 if day.month == month else -4.0, elsewhere=-1.5
    )


def _months_beside(months: frozenset[int], way: int) -> Clue:
    """`أبريل الماضي` is mostly the last month or the one before, `سبتمبر المقبل` one of the next; the nearest tells."""

    def score(day: date) -> float:
        away = [((day.month - month if way < 0 else month - day.month) % 12) or 12 for month in months]
        nearest = next(nats for most, nats in _MONTHS_AWAY if min(away) <= most)
        return nearest + (_SAME_MONTH if len(away) > 1 and 12 in away else 0.0)

    name = "last" if way < 0 else "next"
    listed = " and ".join(str(month) for month in sorted(months))
    return Clue(f"month {listed} is called the {name} one", score, elsewhere=-0.5)


def _months_of_days(months: frozenset[int]) -> Clue:
    """`في 15 مايو` without a year lies a few weeks back, mostly, or not far ahead."""
    near = {0: 1.2, 1: 0.8, 2: 0.2, 11: 0.4}  # months that the month of writing is later

    def score(day: date) -> float:
        return max(near.get((day.month - month) % 12, -0.8) for month in months)

    listed = " and ".join(str(month) for month in sorted(months))
    return Clue(f"it names days of month {listed} without a year", score)


def _weekday_of_date(mention: DateMention) -> Clue:
    expression = mention.expression
    assert isinstance(expression, Calendar)
    plain = replace(mention, expression=replace(expression, weekday=None))

    def score(day: date) -> float:
        known = resolve(plain, day)
        fits = known is not None and known.not_before is not None and known.not_before.weekday() == expression.weekday
        return 1.9 if fits else -2.0

    return Clue("a day of the month with its weekday", score, elsewhere=-1.0)


def _in_header(text: str, span: Span) -> bool:
    """Whether the date is most of its line, as page headers and datelines have it."""
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    return (end if end >= 0 else len(text)) - start - (span.end - span.start) <= _HEADER_REST


def _header(stated: date) -> Clue:
    def score(day: date) -> float:
        if (day - stated).days > 1:  # not even a page's crawl is older than the article
            return -6.0
        return 10.0 if day == stated else 6.0 if abs((day - stated).days) == 1 else -1.0

    near = [(stated - timedelta(1), stated + timedelta(1))]
    return Clue(f"its header says {stated}", score, near, not_after=stated + timedelta(1))


def _dated(stated: date) -> Clue:
    return Clue(
        f"it tells of {stated}", lambda day: recency((day - stated).days, _TOLD), [(stated, stated + timedelta(31))]
    )


def _latest(latest: date, *, bounds: bool) -> Clue:
    """An article is rarely older than the latest date it names, and often of the same year; a year may be a plan's."""

    def score(day: date) -> float:
        if day < latest:
            return -4.0 if bounds else -1.5
        return 1.0 if day.year == latest.year else 0.5 if day.year == latest.year + 1 else -0.5

    return Clue(f"the latest date in it is {latest}", score, not_before=latest if bounds else None)


def _of_coming_years(folded: Folded, mention: DateMention) -> bool:
    """A plan's year (`رؤية 2030`, `المقبل`) bounds nothing."""
    before = folded.original[max(0, mention.span.start - 12) : mention.span.start]
    return any(word in before for word in ("رؤية", "خطة", "كأس", "مونديال", "أجندة", "بحلول", "انتخابات"))
