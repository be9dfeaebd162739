"""When what a frame tells took place: the date written nearest to it in its sentence."""

from __future__ import annotations

from bisect import bisect_left

from kg.frames.reading import Reading
from kg.model import EdtfDate, Span

_LONGEST = 80  # characters of a date as written
_FAR = 120  # characters between a frame and a date that is still its own


def nearest_date(reading: Reading, sentence: Span, passage: Span) -> EdtfDate | None:
    """The date inside a passage, else the nearest one of its sentence within reach; None without one."""
    dates = reading.dates
    near = max(sentence.start, passage.start - _FAR - _LONGEST)
    first = bisect_left(dates, near, key=lambda date: date.span.start if date.span else 0)
    best: tuple[int, EdtfDate] | None = None
    for date in dates[first:]:
        if date.span is None or date.span.start >= min(sentence.end, passage.end + _FAR):
            break
        gap = max(0, passage.start - date.span.end, date.span.start - passage.end)
        if gap <= _FAR and (best is None or gap < best[0]):
            best = (gap, date)
    return best[1] if best else None
