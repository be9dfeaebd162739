"""The article's own date: from its source, else the day that fits best what the article itself says.

`solve` weighs clues: the weekday named beside `اليوم`, a date in the header, the latest dates in the text,
anniversaries, events and offices (`kg/text/chronicle.py`), and relative expressions beside an event
(`هجومها العام الماضي`). Each clue gives a day a score in nats; the days that some clue points to compete with each
other and with all other days that the bounds allow. The answer is as fine as the evidence: the day, else the month,
else the year, else nothing.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta
from operator import add
from typing import TypeVar

from kg.model import Article, DateBasis, EdtfDate, PublicationDate, Segment
from kg.text import edtf
from kg.text.chronicle import Match, find_entries
from kg.text.chronicle_clues import chronicle_clues
from kg.text.clues import EARLIEST, LATEST, Clue, date_clues
from kg.text.date_expressions import DateMention
from kg.text.fold import Folded

_DAY_THRESHOLD, _MONTH_THRESHOLD, _YEAR_THRESHOLD = 0.65, 0.65, 0.8
_NAMED_DAY_THRESHOLD = 0.55  # where the day of writing is named (`اليوم الثلاثاء`)
_MAX_CANDIDATES = 2000
_FEW_CANDIDATES = 80  # days that are scored without a choice
_SAMPLED_DAYS = (0, 2, 10, 30)  # of a window, to see what it is worth
_HOPELESS = 11.0  # nats below the best sample, more than a day's own clues make up for
_MAX_CLUES = 60  # of a text as long as a book the first
_WEEKDAY_SHARE = 7
_ALL_DAYS, _BOUND = 8000, 5.0  # a bound holds but for e⁻⁵ of all articles
_PRESENT, _LATER = date(2026, 12, 31), -2.0  # when the chronicle was written, and what a later day has against it
_NEGLIGIBLE = 25  # nats below the best day


def published_date(
    article: Article, folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention]
) -> PublicationDate:
    """The date the source gives, with confidence 1; else the solver's. Raises nothing."""
    if article.published:
        period = edtf.parse(article.published)
        if period is not None:
            given = EdtfDate(period.edtf, period.first, period.last)
            return PublicationDate(given, 1.0, ("given by the source",))
    return solve(folded, segments, dates)


def solve(folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention]) -> PublicationDate:
    """The date that the article's own words point to, how sure that is, and why."""
    matches = find_entries(folded.text, _folded_starts(folded, segments))
    told = [
        *date_clues(folded, segments, dates),
        *chronicle_clues(folded, segments, dates, _original(folded, matches)),
    ]
    clues = list({clue.reason: clue for clue in told}.values())[:_MAX_CLUES]  # what is said twice weighs once
    low = max((clue.not_before for clue in clues if clue.not_before), default=EARLIEST)
    high = min((clue.not_after for clue in clues if clue.not_after), default=LATEST)
    pointing = [clue for clue in clues if clue.window]
    if not pointing and (low >= high or (high - low).days > 400):
        return PublicationDate(None, 0.0, tuple(clue.reason for clue in clues))
    candidates = _candidates(clues, low, high)
    return _answer(_scores(clues, candidates), clues, _background(clues, low, high, len(candidates)))


def _scores(clues: Sequence[Clue], days: Sequence[date]) -> dict[date, float]:
    """The score of each day: those of all clues together."""
    totals = [0.0 if day <= _PRESENT else _LATER for day in days]
    for clue in clues:
        totals = list(map(add, totals, map(clue.score, days)))
    return dict(zip(days, totals, strict=True))


def _candidates(clues: Sequence[Clue], low: date, high: date) -> list[date]:
    """The days that compete: those of the windows that clues point to, of many windows the most promising ones."""
    windows = {window for clue in clues for window in clue.window or ()} or {(low, high)}
    if sum((last - first).days + 1 for first, last in windows) > _FEW_CANDIDATES:
        windows = _promising(windows, clues)
    days: set[date] = set()
    for first, last in sorted(windows):
        days.update(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))
        if len(days) > _MAX_CANDIDATES:
            break
    return sorted(days)


def _promising(windows: set[tuple[date, date]], clues: Sequence[Clue]) -> set[tuple[date, date]]:
    """The windows in which a sampled day comes near the best; weekdays would hide a window's worth from a sample."""
    counted = [clue.score for clue in clues if clue.weekday is None]
    scored: dict[date, float] = {}

    def score(day: date) -> float:
        if day not in scored:
            scored[day] = sum(of(day) for of in counted)
        return scored[day]

    best = {
        (first, last): max(score(min(first + timedelta(step), last)) for step in _SAMPLED_DAYS)
        for first, last in windows
    }
    least = max(best.values()) - _HOPELESS
    return {window for window, of in best.items() if of >= least}


def _background(clues: Sequence[Clue], low: date, high: date, candidates: int) -> float:
    """The score of all days that no clue points to: one each, less what each clue takes from a day far away.

    Days outside the bounds count too, as little as a bound can be wrong.
    """
    later = max(0, (high - max(low, _PRESENT)).days)
    inside = max(0.0, (high - low).days - later - candidates) + later * math.exp(_LATER)
    bounded = low > EARLIEST or high < LATEST
    days = inside + (_ALL_DAYS * math.exp(-_BOUND) if bounded else 0.0)
    share = _WEEKDAY_SHARE if any(clue.weekday is not None for clue in clues) else 1
    return math.log(max(days, 1.0) / share) + sum(clue.elsewhere for clue in clues)


def _answer(scores: dict[date, float], clues: Sequence[Clue], background: float) -> PublicationDate:
    top = max([background, *scores.values()])
    weights = {day: math.exp(score - top) for day, score in scores.items() if score > top - _NEGLIGIBLE}
    if not weights:
        return PublicationDate(None, 0.0, tuple(clue.reason for clue in clues))
    total = sum(weights.values()) + math.exp(background - top)
    months: dict[tuple[int, int], float] = {}
    years: dict[int, float] = {}
    for day, weight in weights.items():
        year, month = day.year, (day.year, day.month)
        months[month] = months.get(month, 0.0) + weight
        years[year] = years.get(year, 0.0) + weight
    day, month, year = _best(weights), _best(months), _best(years)
    in_month = max((d for d in weights if (d.year, d.month) == month), key=weights.__getitem__)
    named = any(clue.weekday is not None for clue in clues)
    for share, threshold, period, shown in (
        (weights[day] / total, _NAMED_DAY_THRESHOLD if named else _DAY_THRESHOLD, edtf.day(day), day),
        (months[month] / total, _MONTH_THRESHOLD, edtf.month(*month), in_month),
        (years[year] / total, _YEAR_THRESHOLD, edtf.year(year), day),
    ):
        if share >= threshold:
            inferred = EdtfDate(period.edtf, period.first, period.last, DateBasis.INFERRED)
            return PublicationDate(inferred, round(share, 3), _reasons(clues, shown))
    return PublicationDate(None, round(years[year] / total, 3), tuple(clue.reason for clue in clues))


_Key = TypeVar("_Key")


def _best(weights: dict[_Key, float]) -> _Key:
    return max(weights, key=weights.__getitem__)


def _reasons(clues: Sequence[Clue], day: date) -> tuple[str, ...]:
    """What speaks for the day, then what was overruled."""
    supporting = [clue.reason for clue in clues if clue.score(day) > -1]
    overruled = [f"overruled: {clue.reason}" for clue in clues if clue.score(day) <= -1]
    return (*supporting, *overruled)


def _folded_starts(folded: Folded, segments: Sequence[Segment]) -> list[int]:
    """Where the segments begin in the folded text."""
    starts = [segment.span.start for segment in segments] or [0]
    return starts if folded.offsets is None else [bisect_left(folded.offsets, start) for start in starts]


def _original(folded: Folded, matches: Sequence[Match]) -> list[Match]:
    """The matches with offsets into the article's own text."""
    return [Match(m.entry, m.sentence, folded.at(m.start), folded.at(m.end)) for m in matches]
