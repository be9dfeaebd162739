"""What the clues of a text's events are read from: its sentences, the days it names, the words that look back."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Segment
from kg.text.chronicle import Match
from kg.text.chronicle_data import context_words
from kg.text.date_expressions import DateMention, Day, Weekday
from kg.text.fold import Folded, fold

RELATION_CHARACTERS = 40  # how far after an event `العام الماضي` still tells when it was
NEWS_DAYS = 31  # days after an event that compete as the article's own because of it
TOLD_ON_DAY = frozenset({"news", "hint", "summit"})  # the kinds of events that are told on a day
_PAST_CHARACTERS = 40  # before an event, where `بعد` and `الذي` still speak of it
_WAS = re.compile(r"\s*وكان")


@dataclass(frozen=True, slots=True)
class ToldText:
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
