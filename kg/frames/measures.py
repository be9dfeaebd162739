"""Measures: sanctions, embargoes, permissions and vetoes, with who imposes them on whom.

The words are `kg/data/ar/measure.tsv`. One that nobody is said to impose is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.frames.lexicon import table
from kg.frames.line import CLAUSE_ENDS, Group, Line, bare, is_word
from kg.frames.occasion import nearest_date
from kg.frames.outlook import outlook
from kg.frames.reading import Reading
from kg.frames.triggers import OPENERS, Trigger, Triggers, triggers_of
from kg.model import EntityType, Measure, Zone
from kg.text.fold import fold
from kg.text.tokens import splits

_SKIPPED = frozenset({Zone.WIDGET, Zone.FOOTER})
_WINDOW = 18  # tokens after the word
_LOOK_BACK = 40  # measures before one that it may repeat
_WHOLE = 60  # tokens between a verb and the speaker who goes on to act
_CARRIED = 14  # tokens between a verb and the subject carried on to it
_CONTROL = 8  # tokens between a verbal noun and who means to impose
_OBJECT = 6  # tokens between a verb and what it imposes
_AGAINST = frozenset({"علي", "ضد", "عن", "بحق"})


@dataclass(frozen=True, slots=True)
class _Taken:
    kind: str
    imposer: tuple[str, ...]
    target: tuple[str, ...]
    status: str
    line: Line
    first: int
    end: int
    rule: str


@cache
def measure_triggers() -> Triggers:
    """The words of `measure.tsv`."""
    return triggers_of(table("measure"))


_TRIGGER = OPENERS.bit(lambda form: bool(measure_triggers().at(form)), lambda: measure_triggers().stems())


def find_measures(reading: Reading) -> tuple[Measure, ...]:
    """The measures an article speaks of, in order, with ids `x1`, `x2` …; the same one told again is one."""
    triggers = measure_triggers()
    found: list[_Taken] = []
    for sentence in reading.sentences:
        opening = sentence.opening(_TRIGGER) if sentence.zone not in _SKIPPED else []
        if not opening:
            continue
        line = Line.of(reading, sentence)
        for index in opening:
            for trigger in line.ways(triggers, index) if line.group_over(index) is None else ():
                taken = _PATTERNS[trigger.row["pattern"]](line, index, trigger)
                if taken is None or not taken.imposer:
                    continue
                if not any(_repeats(taken, t) for t in found[-_LOOK_BACK:]):
                    found.append(taken)
                break
    return tuple(
        Measure(
            f"x{number}",
            taken.kind,
            taken.imposer,
            taken.target,
            taken.status,
            taken.line.span(taken.first, taken.end),
            taken.rule,
            nearest_date(reading, taken.line.sentence.span, taken.line.span(taken.first, taken.end)),
        )
        for number, taken in enumerate(found, 1)
    )


def _repeats(taken: _Taken, other: _Taken) -> bool:
    later = other.status == taken.status or (other.status == "imposed" and taken.status == "planned")
    if taken.kind != other.kind or not later or not _states(taken) & _states(other):
        return False
    return not taken.target or not other.target or bool(set(taken.target) & set(other.target))


def _states(taken: _Taken) -> set[str]:
    return {taken.line.party(ident) or ident for ident in taken.imposer}


def _stop(line: Line, index: int) -> int:
    for position in range(index + 1, min(len(line), index + 1 + _WINDOW)):
        if line.form(position) in CLAUSE_ENDS or (position > index + 1 and is_word(line.form(position), "conjunction")):
            return position
    return min(len(line), index + 1 + _WINDOW)


@cache
def _folded(objects: str) -> frozenset[str]:
    """The words of one cell of the table."""
    return frozenset(fold(word).text for word in objects.split("|"))


def _object(line: Line, index: int, trigger: Trigger) -> int | None:
    """The index of the thing imposed, before a relative clause or after the verb, where it is named."""
    wanted = _folded(trigger.row["objects"])
    reach = range(index + 1, min(len(line), index + 1 + _OBJECT))
    if trigger.pronoun:
        reach = range(index - 1, max(-1, index - 1 - _OBJECT), -1)
    for position in reach:
        if line.form(position) in CLAUSE_ENDS or is_word(line.form(position), "subordinator"):
            return None
        if any(split.stem in wanted or split.stem.removesuffix("ا") in wanted for split in splits(line.form(position))):
            return position
    return None


def _against(line: Line, first: int, stop: int, *prepositions: str) -> Group | None:
    wanted = _AGAINST | set(prepositions)
    return next((g for g in line.groups_in(first, stop) if g.preposition in wanted), None)


def _taken(
    line: Line, index: int, trigger: Trigger, imposer: Group | None, target: Group | None, *more: int
) -> _Taken | None:
    view = outlook(line, index, trigger.tense)
    status = trigger.row["status"]
    if view is not None and view.at not in more:  # الحظر الذي تفرضه: what is imposed refuses nothing
        status = "rejected" if view.status == "block" else "planned" if status == "imposed" else status
    conditional = any(is_word(line.form(position), "if") for position in range(index - 3, index))
    conditional = conditional or (trigger.tense == "present" and line.form(index - 1) == "قد")
    if trigger.tense == "future" or conditional:
        status = "planned"
    members = _actors(line, imposer)
    aimed = tuple(member for member in _actors(line, target) if member not in members)
    parts = [index, *more]
    for group in (imposer, target):
        if group is not None:
            parts += [group.first, group.end - 1]
    rule = f"measure.{trigger.row['pattern']}"
    return _Taken(trigger.row["kind"], members, aimed, status, line, min(parts), max(parts) + 1, rule)


def _actors(line: Line, group: Group | None) -> tuple[str, ...]:
    """The members of a group that can act: all but places."""
    found = group.members if group is not None else ()
    return tuple(ident for ident in found if line.reading.entity(ident).type is not EntityType.PLACE)


def _subject(line: Line, index: int, trigger: Trigger) -> Group | None:
    if not trigger.finite:
        own = line.group_from(index + 1)
        if own is not None and own.free:
            return own
        willing = outlook(line, index, trigger.tense) is not None and trigger.row["status"] == "imposed"
        return line.controller(index, _CONTROL) if willing else None
    adjacent = line.subject_after(index) or line.subject_before(index)
    if adjacent is None and trigger.joined:  # the speaker of the sentence goes on to act
        return next((g for g in reversed(line.groups_before(index, _WHOLE)) if g.free), None)
    if adjacent is None and line.is_ambiguous(measure_triggers(), index):
        return None
    return adjacent or line.controller(index, _CARRIED)


def _impose(line: Line, index: int, trigger: Trigger) -> _Taken | None:
    thing = _object(line, index, trigger)
    if thing is None:
        return None
    stop = _stop(line, index)
    target = _against(line, index + 1, stop)
    imposer = _subject(line, index, trigger)
    if trigger.pronoun:
        each = index + 1
        while bare(line.form(each)) in ("كل", "من", "كلا"):
            each += 1
        imposer = line.subject_after(index) or line.group_from(each)
        target = target or next(iter(line.groups_before(thing)), None)
    if imposer is target:
        imposer = None
    return _taken(line, index, trigger, imposer, target, thing)


def _target(line: Line, index: int, trigger: Trigger) -> _Taken | None:
    after = line.subject_after(index)
    second = line.group_from(after.end) if after else None
    if trigger.finite and after is not None and second is not None:
        return _taken(line, index, trigger, after, second)
    return _taken(line, index, trigger, line.controller(index), after) if after is not None else None


def _permit(line: Line, index: int, trigger: Trigger) -> _Taken | None:
    to = next((g for g in line.groups_in(index + 1, _stop(line, index)) if g.preposition == "ل"), None)
    if to is None:
        return None
    by = next(reversed(line.demonyms_in(index - 3, index)), None)
    return _taken(line, index, trigger, by if by and not trigger.finite else _subject(line, index, trigger), to)


def _undergo(line: Line, index: int, trigger: Trigger) -> _Taken | None:
    thing = _object(line, index, trigger)
    if thing is None:
        return None
    imposer = next((g for g in line.groups_in(thing, _stop(line, index)) if g.preposition in ("من", "من قبل")), None)
    return _taken(line, index, trigger, imposer, _subject(line, index, trigger), thing)


def _noun(line: Line, index: int, trigger: Trigger) -> _Taken | None:
    by = next(iter(line.demonyms_in(index + 1, index + 4)), None)
    target = _against(line, index + 1, min(_stop(line, index), index + 9))
    if by is None or target is None:
        return None
    return _taken(line, index, trigger, by, target)


_PATTERNS = {
    "impose": _impose,
    "target": _target,
    "permit": _permit,
    "undergo": _undergo,
    "noun": _noun,
}
