"""Clues to an article's date from what is counted from the beginning of a war: its days, weeks, months.

`في اليوم الـ91 للحرب`, `بعد ثلاثة أشهر على بدء الغزو`, `دخلت الحرب شهرها الرابع`. Which war is meant is told by the
sentence or, where only the fighting is named, by the rest of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from kg.model import Segment
from kg.text.chronicle import Match
from kg.text.chronicle_data import Event, context_words
from kg.text.clues import Clue, any_of
from kg.text.date_tokens import DateTokens
from kg.text.fold import Folded, fold
from kg.text.tokens import tokenize

_NEAR = 4  # words between a count and the fighting it counts from
_MOST = {"day": 999, "week": 150, "month": 48, "year": 20}
_SINCE = frozenset({"بعد", "منذ", "مرور", "مضي", "خلال", "طوال", "قرابه", "نحو"})
_OWN = {"يومها": "day", "يومه": "day", "اسبوعها": "week", "اسبوعه": "week", "شهرها": "month", "شهره": "month"}
_DEFINITE = {"اليوم": "day", "الاسبوع": "week", "الشهر": "month"}
# Days by which a round count may miss: as many too early, and as many too late.
_SLACK = {"day": (1, 1), "week": (2, 4), "month": (6, 18), "year": (20, 150)}
_STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "year": relativedelta(years=1),
}
_AFTER_END = timedelta(3)  # a war that has long ended is not counted any more


def counted_clues(folded: Folded, segments: Sequence[Segment], matches: Sequence[Match]) -> Iterator[Clue]:
    """A clue for the first count from a beginning that a text gives, where a war that is counted from is spoken of."""
    wars = {entry.name: entry for match in matches if isinstance(entry := match.entry, Event) and entry.kind == "count"}
    if not wars:
        return
    for segment in segments or ():
        sentence = fold(folded.original[segment.span.start : segment.span.end])
        if context_words("war").search(sentence.text) is None and context_words("begun").search(sentence.text) is None:
            continue
        tokens = DateTokens(sentence, tokenize(sentence))
        for unit, count, ordinal in _counts(tokens):
            reached = [(war, _reached(war.first, unit, count, ordinal=ordinal)) for war in wars.values()]
            going_on = [(war, days) for war, days in reached if days[0] <= war.last + _AFTER_END]
            clues = [_counted_from(war, unit, count, *days) for war, days in going_on]
            if clues:
                yield any_of(clues)
                return


def _counts(tokens: DateTokens) -> Iterator[tuple[str, int, bool]]:
    """Unit and number of each count that stands beside the fighting, and whether it is an ordinal."""
    for index in range(len(tokens.forms)):
        read = _ordinal(tokens, index) or _cardinal(tokens, index)
        if read is not None:
            unit, count, ordinal, first, end = read
            if count <= _MOST[unit] and (count > 2 or not ordinal) and _of_war(tokens, first, end):
                yield unit, count, ordinal


_Count = tuple[str, int, bool, int, int]


def _ordinal(tokens: DateTokens, index: int) -> _Count | None:
    """`اليوم الـ91`, `اليوم الحادي والتسعين`, `شهرها الرابع`."""
    form = tokens.form(index)
    unit = _OWN.get(form.lstrip("بل")) or _DEFINITE.get(_bare(form))
    if unit is None:
        return None
    if tokens.form(index + 1) == "ال" and (figure := tokens.figure(index + 2, 3)):
        return unit, figure, True, index, index + 3
    ordinal = tokens.ordinal(index + 1) if tokens.form(index + 1).startswith("ال") else None
    return (unit, ordinal[0], True, index, ordinal[1]) if ordinal else None


def _cardinal(tokens: DateTokens, index: int) -> _Count | None:
    """`بعد 45 يوما`, `مرور ثلاثة أشهر`, `منذ مئة يوم`, `بعد شهرين`, `بعد عام`."""
    if _bare(tokens.form(index)) not in _SINCE:
        return None
    dual = tokens.value(index + 1, "dual")
    if dual in _MOST and tokens.form(index + 2) != "ونصف":
        return dual, 2, False, index, index + 2
    count, end = tokens.count(index + 1) or (1, index + 1)
    unit = tokens.value(end, "unit")
    if tokens.form(end + 1) == "ونصف":
        return None
    plural = tokens.value(end, "plural") is not None
    return (unit, count, False, index, end + 1) if unit in _MOST and (count > 1 or not plural) else None


def _bare(form: str) -> str:
    return form[1:] if form[:1] in "وفبل" and form[1:3] in ("ال", "بع", "من", "مر") else form


def _of_war(tokens: DateTokens, first: int, end: int) -> bool:
    """Whether the fighting stands right after the count, or before it as what counts (`دخلت الحرب شهرها الرابع`)."""
    after = " ".join(tokens.form(at) for at in range(end, end + _NEAR))
    before = " ".join(tokens.form(at) for at in range(max(0, first - 3), first))
    war, begun = context_words("war"), context_words("begun")
    opened = after.startswith(("من ", "علي ", "ل", "في ", "عن "))
    owned = tokens.form(first).endswith(("ها", "ه")) and war.search(before) is not None
    return owned or (opened and (war.search(after) is not None or begun.match(after.partition(" ")[2]) is not None))


def _counted_from(war: Event, unit: str, count: int, first: date, last: date) -> Clue:
    def score(day: date) -> float:
        away = max((first - day).days, (day - last).days, 0)
        return (
            (9.0 if first == last else 5.0 if unit != "year" else 3.0)
            if away == 0
            else 5.0
            if away == 1 and unit == "day"
            else -3.0
        )

    near = [(first - timedelta(1), last + timedelta(1))]
    return Clue(f"{unit} {count} of {war.name}: {first}", score, near, not_before=war.first, elsewhere=-3.0)


def _reached(start: date, unit: str, count: int, *, ordinal: bool) -> tuple[date, date]:
    if ordinal and unit == "day":
        exact = start + timedelta(count - 1)
        return exact, exact
    step = _STEPS[unit]
    if ordinal:
        return start + step * (count - 1), start + step * count
    early, late = _SLACK[unit] if unit != "day" or count % 5 == 0 else (0, 0)
    reached = start + step * count
    return reached - timedelta(early), reached + timedelta(late)
