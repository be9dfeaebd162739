"""Meetings: visits, calls, summits, talks and letters, with who takes part, where, when, and whether still to come.

The words are `kg/data/ar/meeting.tsv`. Two phrases for one kind of meeting of the same people are one meeting.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache

from kg.frames.lexicon import table
from kg.frames.line import CLAUSE_ENDS, Group, Line, bare, is_word
from kg.frames.occasion import nearest_date
from kg.frames.reading import Reading
from kg.frames.triggers import OPENERS, Trigger, Triggers, triggers_of
from kg.model import DateBasis, EdtfDate, EntityType, Meeting, Span, Zone
from kg.text.fold import fold

_SKIPPED = frozenset({Zone.WIDGET, Zone.FOOTER})
_WINDOW = 16  # tokens after the word
_ADJECTIVES = 5  # tokens after a noun in which its nationalities stand
_SUBJECT = 60  # tokens between a noun and the person that the sentence is about
_CONTROL = 12  # tokens between a noun and who holds what it names
_BEFORE = 8
_WEEK = timedelta(days=7)
_LOOK_BACK = 40  # meetings before one that it may be
_PEOPLE = frozenset({EntityType.PERSON, EntityType.ROLE})
_WHERE = frozenset({EntityType.PLACE, EntityType.STATE})


@dataclass(frozen=True, slots=True)
class _Met:
    kind: str
    participants: tuple[str, ...]
    status: str
    line: Line
    first: int
    end: int
    place: str | None
    rule: str
    date: EdtfDate | None


@cache
def meeting_triggers() -> Triggers:
    """The words of `meeting.tsv`."""
    return triggers_of(table("meeting"))


_TRIGGER = OPENERS.bit(lambda form: bool(meeting_triggers().at(form)), lambda: meeting_triggers().stems())


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(fold(w).text for w in row["words"].split("|")) for row in table("meeting_words")}


def _is(form: str, name: str) -> bool:
    words = _words()[name]
    return form in words or bare(form) in words


def refers_to(forms: Iterable[str], kind: str) -> bool:
    """Whether some of the folded words point back to a meeting of a kind (`الزيارة`, `المكالمة`)."""
    words = _words().get(f"back-{kind}", frozenset())
    return any(form in words or bare(form) in words for form in forms)


def find_meetings(reading: Reading) -> tuple[Meeting, ...]:
    """The meetings an article speaks of, in order, with ids `m1`, `m2` …; at least two take part in each."""
    triggers = meeting_triggers()
    found: list[_Met] = []
    for sentence in reading.sentences:
        opening = sentence.opening(_TRIGGER) if sentence.zone not in _SKIPPED else []
        if not opening:
            continue
        line = Line.of(reading, sentence)
        for index in opening:
            ways = line.ways(triggers, index)
            if ways and line.group_over(index) is None:
                met = _met(line, index, ways)
                if met is not None:
                    _add(found, met)
    return tuple(_meeting(reading, met, f"m{number}") for number, met in enumerate(found, 1))


def _meeting(reading: Reading, met: _Met, ident: str) -> Meeting:
    return Meeting(
        ident,
        met.kind,
        met.participants,
        met.status,
        met.line.span(met.first, met.end),
        met.rule,
        met.place,
        met.date,
    )


def _add(found: list[_Met], met: _Met) -> None:
    """Adds a meeting, unless it is one found before: the same kind and status, the same people or their states."""
    states, participants = _states(met), set(met.participants)
    for number in range(len(found) - 1, max(-1, len(found) - 1 - _LOOK_BACK), -1):
        earlier = found[number]
        if met.kind != earlier.kind or met.status != earlier.status:
            continue
        if states == _states(earlier) or participants < set(earlier.participants):
            found[number] = replace(earlier, place=earlier.place or met.place, date=earlier.date or met.date)
            return
    found.append(met)


def _states(met: _Met) -> frozenset[str]:
    return frozenset(met.line.party(member) or member for member in met.participants)


def _met(line: Line, index: int, ways: tuple[Trigger, ...]) -> _Met | None:
    """The meeting that a word names, in the first reading that brings two together."""
    governed = is_word(line.form(index - 1), "preposition")
    ordered = sorted(ways, key=lambda way: way.finite) if governed else ways
    found = (_read(line, index, way) for way in ordered if _fits(line, index, way))
    return next((met for met in found if met is not None), None)


def _read(line: Line, index: int, trigger: Trigger) -> _Met | None:
    stop = _stop(line, index)
    pattern = trigger.row["pattern"]
    if any(_is(line.form(p), "interview") for p in range(max(0, index - 2), min(stop, index + 5))):
        return None
    groups = _letter(line, index, stop, trigger) if pattern == "letter" else _present(line, index, stop, trigger)
    people = tuple(dict.fromkeys(member for group in groups for member in group.members if _takes_part(line, member)))
    if len(people) < 2 and pattern == "noun":
        groups = _nationalities(line, index, stop)
        people = tuple(dict.fromkeys(member for group in groups for member in group.members))
    if len(people) < 2:
        return None
    near = [group for group in groups if index - _WINDOW <= group.first and group.end <= stop]
    first = min([index, *(group.first for group in near)])
    end = max([index + 1, *(group.end for group in near)])
    status = _status(line, index, stop, trigger)
    return _Met(
        trigger.row["kind"],
        people,
        status,
        line,
        first,
        end,
        None if pattern == "letter" else _place(line, index, stop, people),
        f"meeting.{pattern}",
        _date(line, line.span(first, end), status),
    )


def _date(line: Line, span: Span, status: str) -> EdtfDate | None:
    """The date written nearest; of what is still to come a weekday is the next one, not the last."""
    date = nearest_date(line.reading, line.sentence.span, span)
    published = line.reading.published.date
    if date is None or published is None or status != "planned" or date.not_before != date.not_after:
        return date
    day, today = date.not_before, published.not_before
    if day is None or today is None or date.basis is DateBasis.STATED or not timedelta(0) < today - day <= _WEEK:
        return date
    later = day + _WEEK
    return replace(date, edtf=later.isoformat(), not_before=later, not_after=later)


@cache
def _folded(modifiers: str) -> frozenset[str]:
    """The words of one cell of the table."""
    return frozenset(fold(word).text for word in modifiers.split("|") if word)


def _fits(line: Line, index: int, trigger: Trigger) -> bool:
    modifiers = _folded(trigger.row["modifiers"])
    return not modifiers or any(line.form(position) in modifiers for position in (index + 1, index + 2))


def _stop(line: Line, index: int) -> int:
    for position in range(index + 1, min(len(line), index + 1 + _WINDOW)):
        if line.form(position) in CLAUSE_ENDS or (position > index + 1 and is_word(line.form(position), "conjunction")):
            return position
    return min(len(line), index + 1 + _WINDOW)


def _takes_part(line: Line, ident: str) -> bool:
    return line.reading.entity(ident).type is not EntityType.PLACE


def _present(line: Line, index: int, stop: int, trigger: Trigger) -> list[Group]:
    """Who takes part in talks, a summit, a call or a visit, host or visitor first where the words tell."""
    between = [g for g in line.groups_in(index + 1, stop) if g.preposition == "بين"]
    if between and not trigger.finite:
        return between[:2]
    others = [g for g in line.groups_in(index + 1, stop) if g.preposition == "مع"][:1]
    if trigger.row["pattern"] in ("visit", "host", "meet") and not others:
        others = _objects(line, index, stop, trigger)
    subject = _who(line, index, trigger, others)
    if subject is None:
        return others
    return [subject, *(g for g in others if g is not subject)]


def _nationalities(line: Line, index: int, stop: int) -> list[Group]:
    """The nationalities of talks (`محادثات أميركية إيرانية`) or of the delegations that hold them (`وفدان أ وب`)."""
    own = line.demonyms_in(index + 1, min(stop, index + _ADJECTIVES))
    if len(own) > 1:
        return list(own[:2])
    for at in range(max(0, index - _WINDOW), min(stop, index + _WINDOW)):
        if _is(line.form(at), "delegation"):
            sides = line.demonyms_in(at + 1, at + _ADJECTIVES)
            if len(sides) > 1:
                return list(sides[:2])
    return []


def _objects(line: Line, index: int, stop: int, trigger: Trigger) -> list[Group]:
    direct = line.subject_after(index)
    if not trigger.finite or direct is None or line.subject_before(index) is not None:
        after = [direct] if direct is not None else []
        goal = [g for g in line.groups_in(index + 1, stop) if g.preposition in ("ل", "الي")][:1]
        return (after + goal) if trigger.row["pattern"] == "visit" else after
    second = next((g for g in line.groups_in(direct.end, stop)), None)
    return [second] if second is not None and second.free else []


def _who(line: Line, index: int, trigger: Trigger, others: list[Group]) -> Group | None:
    if trigger.finite:
        return line.subject_before(index) or line.subject_after(index) or line.controller(index)
    if trigger.row["pattern"] == "visit" and not trigger.pronoun:
        own = line.group_from(index + 1)
        if own is not None and own.free:
            return own
    before = [g for g in reversed(line.groups_before(index, _SUBJECT)) if g.free and g not in others]
    people = [g for g in before if any(line.reading.entity(m).type in _PEOPLE for m in g.members)]
    if trigger.pronoun and people:
        return people[0]
    if any(line.reading.entity(m).type in _PEOPLE for group in others for m in group.members) and people:
        return people[-1]
    return before[-1] if before and index - before[-1].end <= _CONTROL else None


def _letter(line: Line, index: int, stop: int, trigger: Trigger) -> list[Group]:
    goal = next((g for g in line.groups_in(index + 1, stop) if g.preposition in ("ل", "الي")), None)
    own = line.group_from(index + 1)
    source = next((g for g in line.groups_in(index + 1, stop) if g.preposition == "من"), None)
    sender = own if own is not None and own.free else source or line.controller(index)
    return [group for group in (sender, goal) if group is not None]


def _status(line: Line, index: int, stop: int, trigger: Trigger) -> str:
    if trigger.row["pattern"] == "letter":
        return "held"
    around = [line.form(position) for position in range(max(0, index - _BEFORE), stop)]
    if any(_is(form, "cancelled") for form in around):
        return "cancelled"
    if trigger.tense == "future" or any(_is(form, "planned") for form in around):
        return "planned"
    return "held"


def _place(line: Line, index: int, stop: int, people: tuple[str, ...]) -> str | None:
    """Where it is held: the first place or state that `في` governs."""
    for group in line.groups_in(index + 1, stop + 4):
        where = group.members[0]
        if group.preposition == "في" and where not in people and line.reading.entity(where).type in _WHERE:
            return where
    return None
