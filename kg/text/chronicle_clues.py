"""Clues to an article's date from the events it speaks of; `yearly_clues.py` has those of anniversaries and offices.

The weights are judgements about news prose, set once: an event is news for a week, what a sentence looks back on is
none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from kg.model import EdtfDate, Segment
from kg.text.chronicle import Match
from kg.text.chronicle_data import Event, context_words
from kg.text.clues import Clue, any_of, lead_sentences, recency
from kg.text.counted_clues import counted_clues
from kg.text.date_expressions import Ago, Calendar, DateMention, Day, Unit, Weekday
from kg.text.date_resolution import resolve
from kg.text.fold import Folded, fold
from kg.text.yearly_clues import yearly_clues

_YEAR = re.compile(r" \d{4}(?:-\d\d.*)?$")  # events of one name but for the year come again
_RELATION_CHARACTERS = 40  # how far after an event `العام الماضي` still tells when it was
_ONE_NEWS = 7  # days by which events told in one passage may differ and be one news
_MORE_WORDS = 0.3  # what each further event of one news adds: that more of its words stand there
_APART, _LONG_APART = (
    25,
    200,
)  # days between events of one sentence by which the earlier ones are over, are looked back on
# Scores by the days passed since: (up to so many days, nats); nothing after the last.
_NEWS = ((0, 6.5), (1, 5.7), (3, 4.7), (7, 3.7), (30, 2.0), (90, 0.7))
_NEWS_DATED = ((6, 1.5), (30, 3.0), (90, 1.5))
_NEWS_PAST = ((0, 4.7), (1, 5.9), (3, 5.0), (7, 3.9), (30, 2.2), (90, 0.8))
_ERA = ((400, 0.3),)
_PAST_LEAD = ((3, 2.0), (7, 1.0))  # what the lead's news of a named day comes after, is not long past
_AFTERWARDS = ((7, 2.5), (30, 1.5), (90, 0.5))  # after the last day of a period
_LEAD_BONUS = 1.5
_BEFORE = -4.0  # an event of the day after is taken for another's words, seldom
_HINT = 0.5  # how much of its score an event keeps whose words other events share
# `بعد يوم من الفيتو`: the days that may have passed since the event.
_AFTER_DAYS = {"ساعات": (0, 1), "يوم": (1, 2), "يومين": (2, 3), "أيام": (2, 10), "أسبوع": (6, 9)}
_AFTER = re.compile(rf"(?<!\w)بعد ({'|'.join(_AFTER_DAYS)})(?: واحد| قليلة| فقط)? من\b")
_AFTER_CHARACTERS = 30
_PAST_CHARACTERS = 40  # before an event, where `بعد` and `الذي` still speak of it
_WAS = re.compile(r"\s*وكان")
_NEWS_DAYS = 31  # days after an event that compete as the article's own because of it
_TOLD_ON_DAY = frozenset({"news", "hint", "summit"})


@dataclass(frozen=True, slots=True)
class _Text:
    """What the clues of a text's events are read from."""

    folded: Folded
    segments: Sequence[Segment]
    dates: Sequence[DateMention]
    lead: int  # sentences

    def sentence(self, index: int) -> tuple[int, int]:
        """The bounds of a sentence in the article's text."""
        span = self.segments[index].span if index < len(self.segments) else None
        return (span.start, span.end) if span else (0, len(self.folded.original))

    def has(self, words: str, start: int, end: int) -> bool:
        """Whether article offsets `start` to `end` hold one of a set of `context.tsv`."""
        return context_words(words).search(fold(self.folded.original[start:end]).text) is not None

    def over(self, match: Match) -> bool:
        """Whether the words before or within an event's cues say that it was over when the news began."""
        start, _ = self.sentence(match.sentence)
        return _WAS.match(self.folded.original, start) is not None or self.has(
            "past", max(start, match.start - _PAST_CHARACTERS), match.end
        )

    def names_day(self, sentence: int) -> bool:
        """Whether the sentence names a day by `اليوم`, `أمس` or its weekday."""
        return any(
            isinstance(mention.expression, Day | Weekday) for mention in self.dates_between(*self.sentence(sentence))
        )

    def dates_between(self, start: int, end: int) -> Sequence[DateMention]:
        """The dates that begin at article offsets `start` to `end` (exclusive)."""
        first = bisect_left(self.dates, start, key=lambda mention: mention.span.start)
        return self.dates[first : bisect_left(self.dates, end, first, key=lambda mention: mention.span.start)]


def chronicle_clues(
    folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention], matches: Sequence[Match]
) -> Iterator[Clue]:
    """One clue an event, anniversary, feast or holder of an office that the text speaks of."""
    text = _Text(folded, segments, dates, lead_sentences(segments))
    yield from _event_clues(text, [match for match in matches if isinstance(match.entry, Event)])
    yield from yearly_clues(folded, segments, dates, matches)
    yield from counted_clues(folded, segments, matches)


@dataclass(frozen=True, slots=True)
class _Telling:
    """An event where the text first tells of it, with the clues that gives."""

    event: Event
    match: Match
    told: Clue
    related: Clue | None

    def same_news(self, other: _Telling) -> bool:
        """Whether two events are the news of one passage: they must not count twice."""
        passage = self.match.start < other.match.end and other.match.start < self.match.end
        return passage and abs((self.event.first - other.event.first).days) <= _ONE_NEWS


def _event_clues(text: _Text, matches: Sequence[Match]) -> Iterator[Clue]:
    """The clues of the events; of a recurring one, and of several that are one news, the best at each day counts."""
    tellings: dict[str, _Telling] = {}
    day_named = any(map(text.names_day, range(text.lead)))
    for sentence, group in groupby(matches, key=lambda match: match.sentence):
        of_sentence = list(group)
        days = _days_told(of_sentence)
        listed = len(days) > 2 and (days[-1] - days[0]).days > _LONG_APART  # a list of what the years brought
        old = listed or text.has("retrospective", *text.sentence(sentence))
        lead = sentence < text.lead and day_named
        for match in of_sentence:
            event = match.entry
            assert isinstance(event, Event)
            if event.kind != "count" and event.name not in tellings:
                earlier = _series(event) == event.name and bool(days) and (days[-1] - event.first).days > _APART
                past = earlier or text.over(match)
                tellings[event.name] = _telling(text, event, match, lead=lead, past=past, old=old)
    for one in _one_news(list(tellings.values())):
        recurring = len({_series(telling.event) for telling in one}) < len(one)
        yield any_of([telling.told for telling in one], 0.0 if recurring else _MORE_WORDS)
        if related := [telling.related for telling in one if telling.related is not None]:
            yield any_of(related)


def _telling(text: _Text, event: Event, match: Match, *, lead: bool, past: bool, old: bool) -> _Telling:
    dated = _says_when(text, event, match)
    told = _told(event, lead=lead, dated=dated, past=past, old=old)
    return _Telling(event, match, told, _relation(text, event, match))


def _one_news(tellings: Sequence[_Telling]) -> list[list[_Telling]]:
    series: dict[str, list[_Telling]] = {}
    for telling in tellings:
        series.setdefault(_series(telling.event), []).append(telling)
    recurring = [group for group in series.values() if len(group) > 1]
    once: list[list[_Telling]] = []
    for group in sorted((group for group in series.values() if len(group) == 1), key=lambda of: of[0].event.first):
        if once and any(group[0].same_news(other) for other in once[-1]):
            once[-1] += group
        else:
            once.append(group)
    return recurring + once


def _series(event: Event) -> str:
    return _YEAR.sub("", event.name)


def _days_told(matches: Sequence[Match]) -> list[date]:
    """The first days of the events of a sentence that do not recur, in order."""
    events = [match.entry for match in matches if isinstance(match.entry, Event)]
    return sorted({of.first for of in events if of.kind in _TOLD_ON_DAY and not _YEAR.search(of.name)})


def _says_when(text: _Text, event: Event, match: Match) -> bool:
    """Whether the event's month stands beside it: what is of today or this week is not told with its date."""
    return any(
        isinstance(mention.expression, Calendar) and mention.expression.month == event.first.month
        for mention in text.dates_between(match.start, match.end + _RELATION_CHARACTERS)
    )


def _told(event: Event, *, lead: bool, dated: bool, past: bool, old: bool) -> Clue:
    if event.kind in ("era", "since") or (old and event.kind != "period"):
        return _era(event)
    return _period(event) if event.kind == "period" else _news(event, lead=lead, dated=dated, past=past)


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
        lambda day: recency(max(0, (day - event.last).days), _ERA) if day >= event.first else -8.0,
        not_before=event.first,
    )


def _news(event: Event, *, lead: bool, dated: bool, past: bool) -> Clue:
    extra = ((7, _LEAD_BONUS),) if not past else _PAST_LEAD
    steps = _NEWS_DATED if dated else _NEWS_PAST if past else _NEWS
    early = 10 if event.kind == "summit" else 0
    share = _HINT if event.kind == "hint" else 1.0

    def score(day: date) -> float:
        if day < event.first:
            return share * (3.0 if (event.first - day).days <= early else _BEFORE)
        lag = max(0, (day - event.last).days)
        if past:  # what is over began a day ago at least, mostly
            lag = max(lag, min(1, (day - event.first).days))
        return share * (recency(lag, steps) + (recency(lag, extra) if lead and not dated else 0.0))

    window = [(event.first - timedelta(early), event.last + timedelta(_NEWS_DAYS))]
    bound = None if event.kind == "hint" else event.first - timedelta(early)
    return Clue(f"it tells of {event.name} ({event.first})", score, window, not_before=bound)


def _relation(text: _Text, event: Event, match: Match) -> Clue | None:
    """`هجومها العام الماضي`: the day of writing is one from which that expression means the event's date."""
    original = text.folded.original
    since = _AFTER.search(original, max(0, match.start - _AFTER_CHARACTERS), match.start)
    if since is not None and event.kind in _TOLD_ON_DAY:
        near, far = _AFTER_DAYS[since[1]]
        return Clue(
            f"it tells of what came {near} to {far} days after {event.name}",
            lambda day: 5.0 if near <= (day - event.first).days and (day - event.last).days <= far else -2.0,
            [(event.first + timedelta(near), event.last + timedelta(far))],
        )
    if event.kind in ("since", "period"):
        return None
    for mention in text.dates_between(match.start, match.end + _RELATION_CHARACTERS):
        gap = original[match.end : mention.span.start]
        window = None if any(sign in gap for sign in ".؛:\n") else _window(event, match, mention, gap)
        if window is not None:
            return _related(event, mention, window)
    return _same_sentence(text, event, match)


def _same_sentence(text: _Text, event: Event, match: Match) -> Clue | None:
    """The day named anywhere in a sentence of the lead is mostly that of the event which the sentence tells."""
    if match.sentence >= text.lead or event.kind not in _TOLD_ON_DAY or text.over(match):
        return None
    for mention in text.dates_between(*text.sentence(match.sentence)):
        if isinstance(mention.expression, Day | Weekday) and not mention.future:
            window = event.first, event.last + timedelta(_NEWS_DAYS)
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
        case Day() | Weekday() if event.kind in _TOLD_ON_DAY and "،" not in gap:
            early = 14 if mention.future or event.kind == "summit" else 0
            return event.first - timedelta(early), event.last + timedelta(_NEWS_DAYS)
    return None


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
