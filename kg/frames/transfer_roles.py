"""Who sends and who receives: the roles that each pattern of `transfer_verbs.tsv` gives to what stands around a word.

Prepositions and positions decide (`kg/frames/line.py`); where a pattern leaves a role open, who a purpose is about, who
carries what a relative clause describes, or the nearest subject before fills it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.frames.cargo import ARMS, RELIEF, Cargo
from kg.frames.line import Group, Line, bare, is_word
from kg.frames.outlook import outlook
from kg.frames.transfer_clauses import Clause, passive, relative
from kg.frames.transfer_doers import (
    Roles,
    acting,
    asked,
    beside_or_carried,
    bound_with,
    contractor,
    doer,
    sender_of,
    subject_of,
    told_to,
)
from kg.frames.transfer_ends import (
    antecedent,
    beneficiary,
    goal_of,
    made_by,
    own_source,
    resorted_to,
    source_of,
    user_of,
)
from kg.frames.transfer_freight import arrive, carry, depart, landed, unload, use
from kg.frames.transfer_objects import load_of
from kg.frames.triggers import Trigger

_NEAR_SOURCE = 8  # tokens between a cargo and where it comes from
_FAR_SOURCE = 24  # the same of what is smuggled
_ASIDE = 12  # tokens of a relative clause between commas
_WANTED = 7  # tokens between a verb of wanting and what is wanted


def _give(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    both = _between(line, clause, trigger, cargo)
    if both is not None:
        return both
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
        return Roles(sender, recipient or user or beneficiary(line, clause, sender, None), "transfer.relative")
    unled = trigger.finite and not trigger.joined and not relative(line, index)
    if unled and line.subject_after(index) is None and line.subject_before(index) is None:
        carried = carry(line, clause, trigger, cargo)  # اعترضت مركبا كان ينقل كذا إلى أ
        if carried is not None:
            return carried
    sender = sender_of(line, clause, trigger, cargo)
    adjacent = trigger.finite and (line.subject_after(index) or line.subject_before(index))
    source = source_of(line, clause, cargo.end)
    own = line.group_from(index + 1)
    reach = _FAR_SOURCE if trigger.row["reach"] == "contraband" else _NEAR_SOURCE
    near = source is not None and source.first <= cargo.end + reach
    if not trigger.finite and near and source and (own is None or not own.free) and acting(line, clause) is None:
        return Roles(source, recipient, "transfer.noun")
    if recipient is None and not trigger.finite:
        recipient = contractor(line, index, trigger) or bound_with(line, acting(line, clause))
    unnamed = sender is None or (trigger.tense == "past" and not trigger.joined)
    if trigger.finite and not adjacent and source and recipient and unnamed:
        return Roles(source, recipient, "transfer.passive")
    if recipient is not None and sender is recipient:
        recipient = None
    recipient = recipient or beneficiary(line, clause, sender, cargo)
    return Roles(sender, recipient, "transfer.give" if trigger.finite else "transfer.noun")


def _between(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo) -> Roles | None:
    """Aid brought between two (`نقل مساعدات بين أ وب`): the first named gives."""
    if trigger.finite or cargo.kind not in RELIEF:
        return None
    group = next((g for g in line.groups_in(cargo.end, clause.stop) if g.preposition == "بين"), None)
    if group is None or len(line.parties(group)) != 2:
        return None
    one, other = (replace(group, members=(member,)) for member in line.parties(group))
    return Roles(one, other, "transfer.noun")


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
    if first is not None and second is None:
        second = _past_clause(line, first.end)
    second = second if second is not None and (second.free or second.preposition == "ل") else None
    before = line.subject_before(index) if trigger.finite else None
    by = source_of(line, clause, index + 1) if not trigger.finite and passive(line, index) else None
    if trigger.pronoun and not trigger.finite and not _meant(line, clause, trigger):
        return None
    if trigger.pronoun:
        sender = first or before or (line.controller(index) if trigger.finite else asked(line, index, trigger))
        if first is None and not trigger.finite and _requested(line, index, sender):  # طلب أ تزويدها
            return Roles(told_to(line, index), sender, rule)
        return Roles(sender, antecedent(line, index, sender), rule)
    if first is not None and second is not None:
        return Roles(first, second, rule)
    if before is not None and first is not None:
        return Roles(before, first, rule)
    if first is None:
        goal = goal_of(line, clause)
        source = None if trigger.finite or cargo is None else source_of(line, clause, cargo.end)
        if goal is None and cargo is not None and _for_others(line, index, cargo):  # دعم حلفائها بالسلاح
            return Roles(before or asked(line, index, trigger), None, rule)
        return Roles(source or before or line.controller(index), goal, rule) if goal else None
    if trigger.finite and line.controller(index) is None:
        return None
    if not trigger.finite and cargo is not None and not passive(line, index):
        by = source_of(line, clause, cargo.end)
    sender = by or (None if passive(line, index) else asked(line, index, trigger))
    if sender is None and cargo is not None:
        sender = made_by(line, cargo)
    if set(line.parties(sender)) & set(line.parties(first)):  # دعا إلى تسليم بلاده صواريخ
        sender = None
    return Roles(sender, first, rule)


def _for_others(line: Line, index: int, cargo: Cargo) -> bool:
    """Whether arms go to people that only a noun tells of, right after the word of supplying."""
    named = line.tokens[index + 1].is_word if index + 1 < len(line) else False
    return named and index + 1 < cargo.first and cargo.kind in ARMS and cargo.particle.endswith("ب")


def _requested(line: Line, index: int, sender: Group | None) -> bool:
    """Whether who would do what a noun with a pronoun says only asks for it, so that the pronoun means the asker."""
    view = outlook(line, index, "masdar")
    before = line.form(sender.first - 1) if sender is not None else ""
    return view is not None and view.status == "sought" and sender is not None and bare(before).endswith("طلب")


def _meant(line: Line, clause: Clause, trigger: Trigger) -> bool:
    """Whether something before a noun with a pronoun (`تسليحه`, `لتزويدها`) says how a transfer is held."""
    view = outlook(line, clause.at, "masdar")
    asked_for = view is not None or acting(line, clause) is not None or passive(line, clause.at)
    return asked_for or trigger.particle not in ("ب", "ل", "وب", "ول")


def _past_clause(line: Line, index: int) -> Group | None:
    """The group behind a relative clause between commas (`تزود أ، التي …، ب بكذا`)."""
    if line.form(index) != "،" or not is_word(line.form(index + 1), "relative"):
        return None
    closing = (at for at in range(index + 2, index + _ASIDE) if line.form(at) == "،")
    return line.group_from(next(closing, len(line)) + 1)


def _receive(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None:
        return None
    index = clause.at
    if trigger.row["status"] and cargo.first > index + _WANTED:
        return None
    sender = own_source(line, cargo) or (made_by(line, cargo) if cargo.particle[:1] == "و" else None)
    sender = sender or source_of(line, clause, cargo.end if cargo.first > index else index)
    sender = sender or resorted_to(line, index) or made_by(line, cargo) or contractor(line, index, trigger)
    if trigger.particle.endswith("ل") and any(g.preposition == "ل" for g in line.groups_in(cargo.end, clause.stop)):
        return None  # خصص كذا لشراء أسلحة لأ: the sum passes
    if trigger.finite:
        recipient = beside_or_carried(line, index, trigger)
    else:
        after = line.group_from(index + 1)
        recipient = after if after is not None and after.free else None
        if recipient is None:
            recipient = doer(line, index, trigger)
    return Roles(sender, recipient, "transfer.receive")


def _welcome(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    return landed(line, clause, cargo) if load_of(line, clause) else _receive(line, clause, trigger, cargo)


def _raise(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    """Who raises its own help to another to a sum (`رفع مساعدتها إلى أ إلى 70 مليون دولار`)."""
    recipient = goal_of(line, clause)
    if cargo is None or recipient is None or recipient.first > cargo.end + _WANTED:
        return None
    summed = any(is_word(line.form(at), "currency") for at in range(recipient.end, clause.stop))
    giver = subject_of(line, clause, trigger) or line.controller(clause.at, _ASIDE)  # its own: the nearest subject
    return Roles(giver, recipient, "transfer.raise") if summed and giver is not None else None


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


ROLES: dict[str, Callable[[Line, Clause, Trigger, Cargo | None], Roles | None]] = {
    "give": _give,
    "give-b": _give,
    "offer": _give,
    "deploy": _give,
    "grant": _grant,
    "supply": _supply,
    "arm": _supply,
    "receive": _receive,
    "arrive": arrive,
    "welcome": _welcome,
    "unload": unload,
    "raise": _raise,
    "depart": depart,
    "carry": carry,
    "use": use,
    "trade": _trade,
}
