"""When something was said: the date that belongs to the verb of saying and not to what is said."""

from __future__ import annotations

from bisect import bisect_left

from kg.frames.act import Act
from kg.frames.lexicon import words
from kg.model import EdtfDate

_LEADING = 3  # tokens before a date that opens a sentence: `وفي شهر …`
_BEFORE = 12  # tokens before an act in which a date that opens its sentence stands
_SHORT = 7  # tokens of a nominal content after which a date is the verb's: `أمرت الحامية بالاستسلام الاثنين الماضي`
_AFTER_FRAME = 3  # tokens from a frame's source to its date: `حسبما ذكرت الوكالة الرسمية اليوم`


def when(act: Act) -> EdtfDate | None:
    """The date of an act of speech, or None where its sentence does not give one."""
    dates = [(act.view.sentence.token_at(date.span.start), date) for date in _of_sentence(act) if date.span]
    for test in (_between, _leading, _in_frame, _trailing):
        for index, date in dates:
            if test(act, index, date):
                return date
    return None


def _of_sentence(act: Act) -> list[EdtfDate]:
    tokens = act.view.sentence.tokens
    first, last = max(0, min(act.first, act.outer) - _BEFORE), min(len(tokens), max(act.last, _end(act)) + _AFTER_FRAME)
    reading = act.view.reading
    begin, end = (
        bisect_left(reading.date_starts, tokens[first].start),
        bisect_left(reading.date_starts, tokens[last - 1].end),
    )
    return [date for date in reading.dates[begin:end] if ".." not in date.edtf]


def _end(act: Act) -> int:
    return act.frame[1] if act.frame is not None else act.last


def _between(act: Act, index: int, date: EdtfDate) -> bool:
    return 0 <= act.outer < index < act.mark or (act.frame is not None and act.frame[0] <= index < act.frame[1])


def _leading(act: Act, index: int, date: EdtfDate) -> bool:
    if index >= act.first or index > _LEADING:
        return False
    rest = act.view.forms[act.view.sentence.token_at(date.span.end - 1) + 1 : act.first] if date.span else []
    return all(form in ("،", ",", "و", "قد", "وقد", "لكن", "كما") for form in rest[-1:]) and len(rest) <= 6


def _in_frame(act: Act, index: int, date: EdtfDate) -> bool:
    return act.frame is not None and act.frame[0] <= index < act.frame[1] + _AFTER_FRAME


def _trailing(act: Act, index: int, date: EdtfDate) -> bool:
    if not act.content <= index < act.last or date.span is None:
        return False
    view = act.view
    after = view.sentence.token_at(date.span.end - 1) + 1
    if after < act.last - 1 and view.form(after)[0].isalnum():
        return False
    if act.way in ("ب", "مفعول", "الي", "علي"):
        return index - act.content <= _SHORT
    quoted = [closed for opened, closed in view.quotes if act.content <= opened and closed < index]
    return bool(quoted) and any(form in words("occasion") for form in view.forms[quoted[-1] : index])
