"""Who sends and who receives: the roles that each pattern of `transfer_verbs.tsv` gives to what stands around a word.

Prepositions and positions decide (`kg/frames/line.py`); where a pattern leaves a role open, who a purpose is about, who
carries what a relative clause describes, or the nearest subject before fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.frames.cargo import PEOPLE, Cargo
from kg.frames.line import Group, Line, bare, function_words, is_word
from kg.frames.outlook import outlook
from kg.frames.transfer_clauses import Clause, described, governed, passive, relative
from kg.frames.transfer_ends import (
    antecedent,
    beneficiary,
    coming_from,
    goal_of,
    made_by,
    resorted_to,
    source_of,
    user_of,
)
from kg.frames.triggers import Trigger
from kg.text.fold import fold

_NEAR_SOURCE = 8  # tokens between a cargo and where it comes from
_CONTROL = 12  # tokens between a verbal noun and who does it
_ROUTE = 6  # tokens between a shipment and its ends


@dataclass(frozen=True, slots=True)
class Roles:
    """Who sends and who receives, and the tokens that say so."""

    sender: Group | None
    recipient: Group | None
    rule: str


def _subject(line: Line, clause: Clause, trigger: Trigger) -> Group | None:
    """The subject of a verb: right after it, right before it, or carried on from before."""
    index = clause.at
    if not trigger.finite:
        after = line.group_from(index + 1)
        if after is not None and after.free:
            return after
        return None if passive(line, index) else _doer(line, index, trigger)
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
    recipient = goal_of(line, clause, *prepositions)
    back = cargo.first < index
    if not trigger.finite and passive(line, index):
        return Roles(source_of(line, clause, index), recipient, "transfer.passive")
    if back and not trigger.pronoun and is_word(line.form(cargo.first - 1), "subordinator"):
        owned = cargo.definite or line.form(cargo.end - 1).endswith(("ها", "هم"))
        owner = line.controller(cargo.first) if owned else None
        return Roles(source_of(line, clause, index) or owner, recipient, "transfer.passive") if recipient else None
    if back:
        sender = line.subject_after(index) or line.subject_before(index)
        user = None if recipient else user_of(line, cargo, sender)
        return Roles(sender, recipient or user, "transfer.relative")
    sender = _subject(line, clause, trigger) or made_by(line, cargo) or _carrier(line, clause, trigger, cargo)
    adjacent = trigger.finite and (line.subject_after(index) or line.subject_before(index))
    source = source_of(line, clause, cargo.end)
    own = line.group_from(index + 1)
    near = source is not None and source.first <= cargo.end + _NEAR_SOURCE
    if not trigger.finite and near and recipient and (own is None or not own.free):
        return Roles(source, recipient, "transfer.noun")
    unnamed = sender is None or (trigger.tense == "past" and not trigger.joined)
    if trigger.finite and not adjacent and source and recipient and unnamed:
        return Roles(source, recipient, "transfer.passive")
    if recipient is not None and sender is recipient:
        recipient = None
    recipient = recipient or beneficiary(line, clause, sender, cargo)
    return Roles(sender, recipient, "transfer.give" if trigger.finite else "transfer.noun")


def _grant(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    if cargo.first < index or goal_of(line, clause):
        return _give(line, clause, trigger, cargo)
    if not trigger.finite and passive(line, index):  # تم تسليم أ كذا
        receiver = line.subject_after(index)
        return Roles(source_of(line, clause, index), receiver, "transfer.passive")
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
    by = source_of(line, clause, index + 1) if not trigger.finite and passive(line, index) else None
    if trigger.pronoun:
        sender = first or before or (line.controller(index) if trigger.finite else _asked(line, index, trigger))
        return Roles(sender, antecedent(line, index, sender), rule)
    if first is not None and second is not None:
        return Roles(first, second, rule)
    if before is not None and first is not None:
        return Roles(before, first, rule)
    if first is None:
        goal = goal_of(line, clause)
        source = None if trigger.finite or cargo is None else source_of(line, clause, cargo.end)
        return Roles(source or before or line.controller(index), goal, rule) if goal else None
    if trigger.finite and line.controller(index) is None:
        return None
    if not trigger.finite and cargo is not None and not passive(line, index):
        by = source_of(line, clause, cargo.end)
    sender = by or (None if passive(line, index) else _asked(line, index, trigger))
    if set(line.parties(sender)) & set(line.parties(first)):  # دعا إلى تسليم بلاده صواريخ
        sender = None
    return Roles(sender, first, rule)


def _doer(line: Line, index: int, trigger: Trigger) -> Group | None:
    """Who does what a verbal noun names: the nearest subject before it, but not who warns of it or fears it."""
    if not governed(line, index, trigger):
        return None
    view = outlook(line, index, "masdar")
    if view is not None and view.status == "feared":
        after = [g for g in line.groups_in(view.at + 1, index) if g.free]
        return after[-1] if len(after) > 1 else None
    return line.controller(index, _CONTROL)


def _asked(line: Line, index: int, trigger: Trigger) -> Group | None:
    """Who is to act: the one asked (`طلب من أ تزويد ب`), else the nearest subject before."""
    for group in line.groups_before(index, 3):
        if group.preposition in ("من", "علي", "الي"):
            view = outlook(line, index, "masdar")
            if view is not None and view.status == "sought" and view.at < group.first:
                return group
    return line.controller(index) if trigger.finite else _doer(line, index, trigger)


def _receive(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    if trigger.row["status"] and cargo.first > index + 4:
        return None
    sender = source_of(line, clause, cargo.end if cargo.first > index else index)
    sender = sender or resorted_to(line, index) or made_by(line, cargo)
    if trigger.finite:
        recipient = _beside_or_carried(line, index, trigger)
    else:
        after = line.group_from(index + 1)
        recipient = after if after is not None and after.free else None
        if recipient is None:
            recipient = _doer(line, index, trigger)
    return Roles(sender, recipient, "transfer.receive")


def _arrive(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None or (relative(line, clause.at) and clause.at - cargo.end > 2):
        return None
    direct = line.group_from(clause.at + 1)
    recipient = direct if direct is not None and direct.free and trigger.finite else goal_of(line, clause)
    source = coming_from(line, clause, cargo)
    if recipient is None and (source is None or cargo.kind in PEOPLE):
        return None
    source = source or made_by(line, cargo) or _carrier(line, clause, trigger, cargo)
    return Roles(source, recipient, "transfer.arrive")


def _carrier(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo) -> Group | None:
    """The nationality of what brings a cargo (`نقلت طائرات إماراتية مساعدات`, `وصلت سفينة روسية محملة بالقمح`)."""
    if cargo.first < clause.at or not (trigger.finite or trigger.row["pattern"] == "arrive"):
        return None
    return next(iter(line.demonyms_in(clause.at + 1, cargo.first)), None)


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
    if source is None and goal is not None:
        between = {line.form(position) for position in range(cargo.end, goal.first)}
        source = made_by(line, cargo) if between & function_words()["underway"] else None
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
