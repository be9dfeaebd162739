"""Clues to an article's date from what comes every year and from who held which office when.

The weights are judgements about news prose, set once: a message on an anniversary is printed within two days of it, a
feast is spoken of for weeks, a former office is called former.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from hijridate import Hijri

from kg.model import Segment, Span
from kg.text.chronicle import Match
from kg.text.chronicle_data import Anniversary, Feast, Tenure
from kg.text.clues import EARLIEST, LATEST, Clue, recency
from kg.text.date_expressions import Calendar, DateMention
from kg.text.date_tokens import DateTokens
from kg.text.fold import Folded, fold
from kg.text.tokens import tokenize

_MESSAGE = ((0, 5.3), (1, 4.0), (2, 2.5), (7, 1.0))
_COUNTED = ((0, 9.0), (1, 7.5), (3, 6.0), (7, 4.5))
_AROUND = 10  # days around a feast in which it is spoken of as well
_HIJRI_YEARS = range(1421, 1460)  # 2000 to 2038
_LEAST_COUNT = 10  # a smaller ordinal tells an anniversary only beside the word itself


def yearly_clues(
    folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention], matches: Sequence[Match]
) -> Iterator[Clue]:
    """One clue an anniversary, a feast and a holder of an office that the text speaks of."""
    tenures: dict[tuple[int, int], list[Tenure]] = {}
    days: dict[str, tuple[Anniversary, int | None]] = {}
    feasts: dict[str, Clue] = {}
    for match in matches:
        entry = match.entry
        if isinstance(entry, Tenure):
            tenures.setdefault((match.start, match.end), []).append(entry)
        elif isinstance(entry, Anniversary):
            ordinal = _ordinal_near(folded, segments, match)
            better = entry.name not in days or (days[entry.name][1] is None and ordinal is not None)
            if better and not _dated_sentence(segments, match, dates):
                days[entry.name] = entry, ordinal
        elif isinstance(entry, Feast) and not _dated_sentence(segments, match, dates):
            feasts.setdefault(entry.name, _feast(entry))
    yield from _anniversaries(list(days.values()))
    yield from feasts.values()
    named: dict[str, Clue] = {}
    for held in tenures.values():
        clue = _office(held)
        named.setdefault(clue.reason, clue)
    yield from named.values()


def _anniversaries(days: Sequence[tuple[Anniversary, int | None]]) -> Iterator[Clue]:
    """A counted anniversary tells the year; those without a count are then other readings of it."""
    counted = [
        (entry, ordinal, date(entry.origin + ordinal, entry.month, entry.day))
        for entry, ordinal in days
        if ordinal is not None and entry.origin is not None and EARLIEST.year <= entry.origin + ordinal <= LATEST.year
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


def _feast(entry: Feast) -> Clue:
    near, windows = _spoken_of(entry.month, entry.day, entry.days)
    return Clue(entry.name, lambda day: near.get(day, -1.0), windows, elsewhere=-1.0)


@cache
def _spoken_of(month: int, day: int, days: int) -> tuple[dict[date, float], list[tuple[date, date]]]:
    """The scores of the days of a feast and around it, in every year, and the windows that these days are."""
    periods, around = _gregorian(month, day, days), timedelta(_AROUND)
    windows = [(first - around, last + around) for first, last in periods]
    scores = {first + timedelta(step): 1.0 for first, last in windows for step in range((last - first).days + 1)}
    scores |= {first + timedelta(step): 2.0 for first, _ in periods for step in range(days)}
    return scores, windows


def _gregorian(month: int, day: int, days: int) -> list[tuple[date, date]]:
    """The days of a feast in every year, by the calendar of Umm al-Qura."""
    firsts = (date(*Hijri(year, month, day).to_gregorian().datetuple()) for year in _HIJRI_YEARS)
    return [(first, first + timedelta(days - 1)) for first in firsts if EARLIEST <= first <= LATEST]


def _office(held: Sequence[Tenure]) -> Clue:
    first, last = min(t.first for t in held), max(t.last for t in held)
    return Clue(
        held[0].name,
        lambda day: 0.0 if any(t.first <= day <= t.last for t in held) else -5.0,
        not_before=first,
        not_after=min(last, LATEST),
    )


def _ordinal_near(folded: Folded, segments: Sequence[Segment], match: Match) -> int | None:
    """The ordinal in the sentence of an anniversary: one of ten or more, or any right after `الذكرى` (`السنوية`)."""
    span = segments[match.sentence].span if match.sentence < len(segments) else Span(match.start, match.end)
    start, end = max(span.start, match.start - 80), min(span.end, match.end + 60)
    piece = fold(folded.original[start:end])
    tokens = DateTokens(piece, tokenize(piece))
    for index in range(len(tokens.forms)):
        ordinal = tokens.ordinal(index)
        if ordinal is not None and (ordinal[0] >= _LEAST_COUNT or _beside_its_word(tokens, index)):
            return ordinal[0]
        if tokens.form(index) in ("ال", "الذكري") and (figure := tokens.figure(index + 1, 3)):
            return figure
    return None


def _beside_its_word(tokens: DateTokens, index: int) -> bool:
    before = tokens.form(index - 2) if tokens.form(index - 1) == "السنويه" else tokens.form(index - 1)
    return before.endswith(("الذكري", "للذكري"))


def _dated_sentence(segments: Sequence[Segment], match: Match, dates: Sequence[DateMention]) -> bool:
    """Whether the sentence gives the anniversary's date itself (`في أكتوبر`), so that it need not be now."""
    if match.sentence >= len(segments):
        return False
    span = segments[match.sentence].span
    return any(
        isinstance(mention.expression, Calendar)
        and mention.expression.month
        and mention.expression.direction != 0
        and (not mention.expression.hijri or mention.expression.year or mention.expression.direction)
        for mention in dates
        if span.start <= mention.span.start < span.end
    )
