"""Clues to an article's date from the events it speaks of; `yearly_clues.py` has those of anniversaries and offices.

The weights are judgements about news prose, set once: an event is news for a week, what a sentence looks back on is
none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from kg.model import Segment
from kg.text.chronicle import Match
from kg.text.chronicle_data import Event
from kg.text.clues import Clue, any_of, lead_sentences, recency
from kg.text.counted_clues import counted_clues
from kg.text.date_expressions import Calendar, DateMention
from kg.text.fold import Folded
from kg.text.relation_clues import relation
from kg.text.told_text import NEWS_DAYS, RELATION_CHARACTERS, TOLD_ON_DAY, ToldText
from kg.text.yearly_clues import yearly_clues

_YEAR = re.compile(r" \d{4}(?:-\d\d.*)?$")  # events of one name but for the year come again
_ONE_NEWS = timedelta(1)  # by which the days of events told in one passage may lie apart that are one news
_MORE_WORDS = 0.3  # what each further event of one news adds: that more of its words stand there
_APART, _LONG_APART = 25, 200  # days between events of one sentence by which the earlier are over, all looked back on
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


def chronicle_clues(
    folded: Folded, segments: Sequence[Segment], dates: Sequence[DateMention], matches: Sequence[Match]
) -> Iterator[Clue]:
    """One clue an event, anniversary, feast or holder of an office that the text speaks of."""
    text = ToldText(folded, segments, dates, lead_sentences(segments))
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
        ours, theirs = self.event, other.event
        days = ours.first <= theirs.last + _ONE_NEWS and theirs.first <= ours.last + _ONE_NEWS
        return passage and days and (ours.kind == "summit") == (theirs.kind == "summit")


def _event_clues(text: ToldText, matches: Sequence[Match]) -> Iterator[Clue]:
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


def _telling(text: ToldText, event: Event, match: Match, *, lead: bool, past: bool, old: bool) -> _Telling:
    dated = _says_when(text, event, match)
    told = _told(event, lead=lead, dated=dated, past=past, old=old)
    return _Telling(event, match, told, relation(text, event, match))


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
    return sorted({of.first for of in events if of.kind in TOLD_ON_DAY and not _YEAR.search(of.name)})


def _says_when(text: ToldText, event: Event, match: Match) -> bool:
    """Whether the event's month stands beside it: what is of today or this week is not told with its date."""
    return any(
        isinstance(mention.expression, Calendar) and mention.expression.month == event.first.month
        for mention in text.dates_between(match.start, match.end + RELATION_CHARACTERS)
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

    window = [(event.first - timedelta(early), event.last + timedelta(NEWS_DAYS))]
    bound = None if event.kind == "hint" else event.first - timedelta(early)
    return Clue(f"it tells of {event.name} ({event.first})", score, window, not_before=bound)
