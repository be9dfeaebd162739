"""Who sends and who receives: the roles that each pattern of `transfer_verbs.tsv` gives to what stands around a word.

Prepositions and positions decide (`kg/frames/line.py`); where a pattern leaves a role open, who a purpose is about, who
carries what a relative clause describes, or the nearest subject before fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.frames.cargo import PEOPLE, Cargo, is_cargo_word
from kg.frames.line import Group, Line, bare, function_words, is_word
from kg.frames.outlook import outlook
from kg.frames.transfer_clauses import Clause, described, governed, passive, relative
from kg.frames.triggers import Trigger
from kg.text.fold import fold

_GOAL = "goal"
_PURPOSE = 7  # tokens of a purpose in which the one it is about stands
_CONTROL = 12  # tokens between a verbal noun and who does it
_ROUTE = 6  # tokens between a shipment and its ends
_USER = 14  # tokens between a cargo and who has it


@dataclass(frozen=True, slots=True)
class Roles:
    """Who sends and who receives, and the tokens that say so."""

    sender: Group | None
    recipient: Group | None
    rule: str


def _goal(line: Line, clause: Clause, *prepositions: str) -> Group | None:
    wanted = function_words()[_GOAL] | {"ل", *prepositions}
    for group in line.groups_in(clause.at + 1, clause.stop):
        if group.preposition in wanted and line.parties(group):
            return group
    return _goal_by_adjective(line, clause)


def _goal_by_adjective(line: Line, clause: Clause) -> Group | None:
    """The nationality of what follows إلى (`إلى الموانئ السورية`)."""
    for position in range(clause.at + 1, clause.stop):
        if is_word(line.form(position), _GOAL) and line.group_from(position + 1) is None:
            noun = position + 1 < len(line) and line.tokens[position + 1].is_word
            near = line.demonyms_in(position + 2, position + 4)
            if near and noun and _whereabouts(line.form(position + 1)):
                return near[0]
    return None


def _whereabouts(form: str) -> bool:
    """Whether a noun after إلى can be a place or people of a nation: neither a front, a measure nor a cargo."""
    return not is_word(form, "front", "quantifier") and not is_cargo_word(form)


def _source(line: Line, clause: Clause, after: int) -> Group | None:
    wanted = function_words()["source"] | {"من قبل"}
    groups = (g for g in line.groups_in(min(clause.at + 1, after), clause.stop) if g.preposition in wanted)
    return next((group for group in groups if line.parties(group) and not _within_a_place(line, group)), None)


def _within_a_place(line: Line, group: Group) -> bool:
    """Whether `من` only says of what country a place is (`في مناطق مختلفة من أ`)."""
    return any(is_word(line.form(position), "where") for position in range(max(0, group.first - 5), group.first - 1))


def _beneficiary(line: Line, clause: Clause, sender: Group | None, cargo: Cargo | None) -> Group | None:
    """Who a purpose is about (`لدعم جهود موسكو`), or, for people, whom they join (`مع القوات الروسية`)."""
    senders = set(line.parties(sender))
    start = cargo.end if cargo else clause.at + 1
    for position in range(start, clause.stop):
        if is_word(line.form(position), "purpose"):
            end = min(clause.stop, position + _PURPOSE)
            adjectives = line.demonyms_in(position + 1, end)
            near = sorted([*line.groups_in(position, end), *adjectives], key=lambda group: group.first)
            free = [g for g in near if g.preposition not in ("ضد", "من") and set(line.parties(g)) - senders]
            return free[0] if free else None
    joined = [g for g in line.groups_in(start, clause.stop) if g.preposition == "مع"]
    return joined[0] if joined and cargo and cargo.kind in PEOPLE else None


def _subject(line: Line, clause: Clause, trigger: Trigger) -> Group | None:
    """The subject of a verb: right after it, right before it, or carried on from before."""
    index = clause.at
    if not trigger.finite:
        after = line.group_from(index + 1)
        if after is not None and after.free:
            return after
        return None if passive(line, index) or not governed(line, index, trigger) else line.controller(index, _CONTROL)
    if relative(line, index):
        return line.subject_after(index) or described(line, index)
    return _beside_or_carried(line, index, trigger)


def _beside_or_carried(line: Line, index: int, trigger: Trigger) -> Group | None:
    """The subject beside a verb, else the one carried on from before, unless the word may be its verbal noun."""
    beside = line.subject_after(index) or line.subject_before(index)
    ambiguous = bare(line.form(index)) == fold(trigger.row["masdar"] or "").text
    return beside or (None if ambiguous else line.controller(index))


def _give(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    prepositions = ("علي",) if trigger.row["pattern"] == "offer" else ()
    if trigger.row["pattern"] == "deploy":
        prepositions = ("في",)
    recipient = _goal(line, clause, *prepositions)
    back = cargo.first < index
    if not trigger.finite and passive(line, index):
        return Roles(_source(line, clause, index), recipient, "transfer.passive")
    if back:
        sender = line.subject_after(index) or line.subject_before(index)
        user = None if recipient else _user(line, cargo, sender)
        return Roles(sender, recipient or user, "transfer.relative")
    sender = _subject(line, clause, trigger) or _made_by(line, cargo)
    adjacent = trigger.finite and (line.subject_after(index) or line.subject_before(index))
    source = _source(line, clause, cargo.end)
    if trigger.finite and not adjacent and source and recipient and trigger.tense == "past" and not trigger.joined:
        return Roles(source, recipient, "transfer.passive")
    if recipient is not None and sender is recipient:
        recipient = None
    recipient = recipient or _beneficiary(line, clause, sender, cargo)
    return Roles(sender, recipient, "transfer.give" if trigger.finite else "transfer.noun")


def _user(line: Line, cargo: Cargo, sender: Group | None) -> Group | None:
    """Who uses the cargo that a relative clause is about (`يرد ب`, `باستخدام`): the nearest named before it."""
    if not cargo.particle.endswith("ب") and line.form(cargo.first - 1)[:1] != "ب":
        return None
    senders = set(line.parties(sender))
    near = line.groups_before(cargo.first, _USER)
    before = [g for g in near if g.preposition in ("", "ل", "الي")]
    return next((g for g in before if set(line.parties(g)) - senders), None)


def _grant(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    if cargo.first < index or (not trigger.finite and passive(line, index)) or _goal(line, clause):
        return _give(line, clause, trigger, cargo)
    return _two_objects(line, clause, trigger, cargo, "transfer.grant")


def _supply(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None and trigger.row["pattern"] != "arm":
        return None
    return _two_objects(line, clause, trigger, cargo, "transfer.supply")


def _two_objects(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None, rule: str) -> Roles | None:
    """Sender and recipient where the one who receives is an object: `زودت أ ب بكذا`, `تزويد ب بكذا`, `تزودها أ كذا`."""
    index = clause.at
    first = line.subject_after(index)
    second = line.group_from(first.end) if first else None
    second = second if second is not None and (second.free or second.preposition == "ل") else None
    before = line.subject_before(index) if trigger.finite else None
    by = _source(line, clause, index + 1) if not trigger.finite and passive(line, index) else None
    if trigger.pronoun:
        sender = first or before or (line.controller(index) if trigger.finite else _asked(line, index))
        return Roles(sender, _antecedent(line, index, sender), rule)
    if first is not None and second is not None:
        return Roles(first, second, rule)
    if before is not None and first is not None:
        return Roles(before, first, rule)
    if first is None:
        goal = _goal(line, clause)
        source = None if trigger.finite or cargo is None else _source(line, clause, cargo.end)
        return Roles(source or before or line.controller(index), goal, rule) if goal else None
    if trigger.finite and line.controller(index) is None:
        return None
    if not trigger.finite and cargo is not None and not passive(line, index):
        by = _source(line, clause, cargo.end)
    sender = by or (None if passive(line, index) else _asked(line, index))
    if set(line.parties(sender)) & set(line.parties(first)):  # دعا إلى تسليم بلاده صواريخ
        sender = None
    return Roles(sender, first, rule)


def _asked(line: Line, index: int) -> Group | None:
    """Who is to act: the one asked (`طلب من أ تزويد ب`), else the nearest subject before."""
    for group in line.groups_before(index, 3):
        if group.preposition in ("من", "علي", "الي"):
            view = outlook(line, index, "masdar")
            if view is not None and view.status == "sought" and view.at < group.first:
                return group
    return line.controller(index)


def _antecedent(line: Line, index: int, sender: Group | None) -> Group | None:
    senders = set(line.parties(sender))
    before = [g for g in line.groups_before(index) if g.free]
    return next((g for g in before if set(line.parties(g)) - senders), None)


def _receive(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    if trigger.row["status"] and cargo.first > index + 4:
        return None
    sender = _source(line, clause, cargo.end if cargo.first > index else index)
    sender = sender or _resorted_to(line, index) or _made_by(line, cargo)
    if trigger.finite:
        recipient = _beside_or_carried(line, index, trigger)
    else:
        after = line.group_from(index + 1)
        recipient = after if after is not None and after.free else None
        if recipient is None and governed(line, index, trigger):
            recipient = line.controller(index, _CONTROL)
    return Roles(sender, recipient, "transfer.receive")


def _resorted_to(line: Line, index: int) -> Group | None:
    """The one turned to for something (`اللجوء إلى أ للحصول على`)."""
    near = [g for g in line.groups_before(index, 1) if g.preposition == "الي"]
    return near[0] if near and line.form(index)[:1] == "ل" else None


def _made_by(line: Line, cargo: Cargo) -> Group | None:
    """The nationality of the cargo itself (`صواريخ أميركية`)."""
    if cargo.kind == "money":
        return None
    beside = next(iter(line.demonyms_in(cargo.first + 1, cargo.end + 2)), None)
    if beside is None or any(is_word(line.form(i), "preposition") for i in range(cargo.end, beside.first)):
        return None
    return beside


def _arrive(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None or (relative(line, clause.at) and clause.at - cargo.end > 2):
        return None
    direct = line.group_from(clause.at + 1)
    recipient = direct if direct is not None and direct.free and trigger.finite else _goal(line, clause)
    source = _source(line, clause, max(cargo.end, clause.at))
    if recipient is None and (source is None or not is_word(line.form(cargo.first), "shipment")):
        return None
    return Roles(source or _made_by(line, cargo), recipient, "transfer.arrive")


def _trade(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None or cargo.first > clause.at + 3:
        return None
    between = next((g for g in line.groups_in(clause.at, clause.stop) if g.preposition == "بين"), None)
    group = between or (line.subject_after(clause.at) if trigger.finite else None) or line.controller(clause.at)
    members = line.parties(group)
    if group is None or len(members) != 2:
        return None
    one, other = (replace(group, members=(member,)) for member in members)
    return Roles(one, other, "transfer.trade")


def on_the_way(line: Line, cargo: Cargo) -> Roles | None:
    """A shipment named with where it comes from and where it goes (`شحنات الأسلحة من أ إلى ب`)."""
    if not is_word(line.form(cargo.first), "shipment"):
        return None
    after = line.groups_in(cargo.end, cargo.end + _ROUTE + 1)
    source = next((g for g in after if g.preposition == "من"), None)
    goal = next((g for g in after if g.preposition in ("الي", "ل")), None)
    return Roles(source, goal, "transfer.route") if source is not None and goal is not None else None


ROLES: dict[str, Callable[[Line, Clause, Trigger, Cargo | None], Roles | None]] = {
    "give": _give,
    "give-b": _give,
    "offer": _give,
    "deploy": _give,
    "grant": _grant,
    "supply": _supply,
    "arm": _supply,
    "receive": _receive,
    "arrive": _arrive,
    "trade": _trade,
}
