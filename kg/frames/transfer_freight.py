"""What moves: loads that leave and arrive, what ships carry, shipments on their way, arms in another's hands."""

from __future__ import annotations

from kg.frames.cargo import ARMS, PEOPLE, RELIEF, Cargo
from kg.frames.line import Group, Line, function_words, is_word
from kg.frames.transfer_clauses import Clause, relative
from kg.frames.transfer_doers import Roles, beside_or_carried, carrier, doer
from kg.frames.transfer_ends import beneficiary, coming_from, goal_of, made_by, owner_of, source_of
from kg.frames.transfer_objects import transfer_triggers
from kg.frames.triggers import Trigger
from kg.model import EntityType

_CONTROL = 12  # tokens between a verb and the places of its clause
_VESSEL = 7  # tokens between what carries and the verb
_DOCKING = 20  # tokens between what is carried and where it arrives
_USED = 6  # tokens between a verb of using and what is used
_ROUTE = 8  # tokens between a shipment and its ends
_GIVEN = frozenset({"aid", "money"})
_SENT = 3  # tokens between what arrives and the verb that says who sent it


def depart(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    """A load leaves one place for another: `غادرت سفينة محملة بالقمح ميناء أ متجهة إلى ب`, `انطلق من أ إلى ب`."""
    recipient = goal_of(line, clause)
    if cargo is None or cargo.kind in PEOPLE or recipient is None:
        return None
    source = source_of(line, clause, clause.at)
    if source is None:
        near = line.groups_in(clause.at + 1, recipient.first)
        source = next((g for g in near if g.preposition in ("", "ميناء") and g.first <= clause.at + _CONTROL), None)
    return Roles(source or made_by(line, cargo), recipient, "transfer.depart")


def carry(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    """What a ship or aircraft carries for someone: `سفينة تحمل أسلحة إيرانية متجهة إلى أ`."""
    if cargo is None or not trigger.finite:
        return None
    vessel = next((at for at in range(clause.at - 1, clause.at - _VESSEL, -1) if _is_vessel(line, at)), None)
    recipient = goal_of(line, clause) or (None if vessel is None else _docked(line, vessel, cargo))
    if vessel is None or cargo.kind in PEOPLE:
        return None
    if recipient is None:  # وصلت سفينة تحمل كذا
        near = range(max(0, vessel - _SENT), vessel)
        arrived = any(is_word(line.form(at), "dock") for at in near)
        return Roles(_owner_of_load(line, clause, vessel, cargo), None, "transfer.carry") if arrived else None
    source = coming_from(line, clause, cargo) or made_by(line, cargo) or owner_of(line, vessel, clause.at)
    return Roles(source or _dispatcher(line, vessel), recipient, "transfer.carry")


def _dispatcher(line: Line, vessel: int) -> Group | None:
    """Who sent what carries a cargo on its way (`سيرت أ قافلة تحمل كذا`)."""
    for at in range(vessel - 1, max(-1, vessel - _VESSEL), -1):
        ways = line.ways(transfer_triggers(), at) if at in line.opening else ()
        if any(way.finite and way.row["pattern"] == "give" for way in ways):
            return line.subject_after(at) or line.subject_before(at)
    return None


def _docked(line: Line, vessel: int, cargo: Cargo) -> Group | None:
    """Where what carries a cargo arrived (`سفينة تحمل قمحا رست في ميناء أ`)."""
    for at in range(vessel + 1, min(len(line), cargo.end + _DOCKING)):
        if is_word(line.form(at), "dock"):
            near = line.groups_in(at + 1, at + _CONTROL)
            return next((g for g in near if g.preposition in ("في", "الي", "ب") and line.parties(g)), None)
    return None


def _is_vessel(line: Line, index: int) -> bool:
    return is_word(line.form(index), "vessel") or is_word(line.form(index), "shipment")


def _owner_of_load(line: Line, clause: Clause, vessel: int, cargo: Cargo) -> Group | None:
    """Whose a load is: where it comes from, its nation, whom it belongs to, who has or hired what carries it."""
    source = coming_from(line, clause, cargo) or made_by(line, cargo)
    if source is not None:
        return source
    behind = line.groups_in(cargo.end, cargo.end + _SENT)
    own = next((g for g in behind if g.preposition == "تابع" and line.parties(g)), None)
    return own or owner_of(line, vessel, max(vessel, cargo.first)) or _charterer(line, vessel, cargo.first)


def _charterer(line: Line, vessel: int, end: int) -> Group | None:
    """Who hired a ship or aircraft (`سفن استأجرها أ`)."""
    hired = (at for at in range(vessel + 1, min(end, vessel + _VESSEL)) if is_word(line.form(at), "chartered"))
    at = next(hired, None)
    return line.group_from(at + 1) if at is not None else None


def landed(line: Line, clause: Clause, cargo: Cargo | None) -> Roles | None:
    """The load of what a port or nation received (`استقبل ميناء أ سفينة محملة بكذا من ب`)."""
    vessel = next((at for at in range(clause.at + 1, clause.stop) if is_word(line.form(at), "vessel")), None)
    if cargo is None or vessel is None or vessel > cargo.first or cargo.kind in PEOPLE:
        return None
    host = next((g for g in line.groups_in(clause.at + 1, vessel) if line.parties(g)), None)
    host = host or line.subject_before(clause.at)
    return Roles(_owner_of_load(line, clause, vessel, cargo), host, "transfer.landed")


def unload(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    """What is landed from a ship or aircraft (`أنزلت سفن استأجرها أ كذا`, `تفريغ مساعدات من أ`)."""
    if cargo is None or cargo.first < clause.at or cargo.kind in PEOPLE or cargo.kind == "money":
        return None
    around = (*range(clause.at - 1, max(-1, clause.at - _CONTROL), -1), clause.at + 1)
    vessel = next((at for at in around if is_word(line.form(at), "vessel")), None)
    if vessel is None and cargo.kind in ARMS - RELIEF:  # أنزل الجيش دباباته إلى الشوارع
        return None
    source = source_of(line, clause, cargo.end)
    near = source is not None and source.first <= cargo.end + _ROUTE
    sender = source if near else _owner_of_load(line, clause, clause.at if vessel is None else vessel, cargo)
    inside = (g for g in line.groups_in(cargo.end, clause.stop) if g.preposition == "في" and _state(line, g))
    return Roles(sender, goal_of(line, clause) or next(inside, None), "transfer.unload")


def _state(line: Line, group: Group) -> bool:
    """Whether a group is one state or what stands for it, a port or town."""
    parties = line.parties(group)
    return len(parties) == 1 and line.reading.entity(parties[0]).type is EntityType.STATE


def use(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    """Who uses arms that another nation made has them from it: `استخدمت أ صواريخ كورية`."""
    maker = made_by(line, cargo) if cargo is not None and cargo.kind in ARMS else None
    if maker is None or cargo is None or cargo.first > clause.at + _USED:
        return None
    if trigger.finite:
        user = beside_or_carried(line, clause.at, trigger)
    else:
        after = line.group_from(clause.at + 1)
        user = after if after is not None and after.free else doer(line, clause.at, trigger)
    return Roles(maker, user, "transfer.use") if user is not None else None


def arrive(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo | None) -> Roles | None:
    if cargo is None or (relative(line, clause.at) and clause.at - cargo.end > 2):
        return None
    direct = line.group_from(clause.at + 1)
    recipient = direct if direct is not None and direct.free and trigger.finite else goal_of(line, clause)
    source = coming_from(line, clause, cargo)
    recipient = recipient or beneficiary(line, clause, source, cargo)
    if recipient is None and (source is None or cargo.kind in PEOPLE):
        return None
    if cargo.kind in PEOPLE and trigger.row["reach"] == "weak":  # دخلت القوات أ
        return None
    source = source or _sent_by(line, cargo) or made_by(line, cargo) or carrier(line, clause, trigger, cargo)
    return Roles(source, recipient, "transfer.arrive")


def _sent_by(line: Line, cargo: Cargo) -> Group | None:
    """Who sent what arrives (`وصلت شحنة أدوية أرسلتها أ`)."""
    for at in range(cargo.end, min(len(line), cargo.end + _SENT)):
        ways = line.ways(transfer_triggers(), at) if at in line.opening else ()
        if any(way.finite and way.pronoun and way.row["pattern"].startswith("give") for way in ways):
            return line.subject_after(at)
    return None


def on_the_way(line: Line, cargo: Cargo) -> Roles | None:
    """A shipment named with where it comes from and where it goes (`شحنات الأسلحة من أ إلى ب`)."""
    underway = any(is_word(line.form(at), "underway") for at in range(cargo.end, cargo.end + _ROUTE))
    if not is_word(line.form(cargo.first), "shipment") and not (underway and cargo.kind in ARMS):
        return None
    after = line.groups_in(cargo.end, cargo.end + _ROUTE + 1)
    source = next((g for g in after if g.preposition == "من"), None)
    goal = next((g for g in after if g.preposition in ("الي", "ل")), None)
    if source is None and goal is not None:
        between = {line.form(position) for position in range(cargo.end, goal.first)}
        exported = is_word(line.form(cargo.first), "exports") or (
            cargo.kind in _GIVEN and goal.preposition == "ل" and line.is_demonym(goal.first - 1)
        )
        source = made_by(line, cargo) if exported or between & function_words()["underway"] else None
    return Roles(source, goal, "transfer.route") if source is not None and goal is not None else None
