"""A transfer as read off one verb or verbal noun: cargo, roles, figure, status, and what is given in return."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.frames.cargo import ARMS, PEOPLE, RELIEF, Cargo, find_cargo
from kg.frames.line import Line, is_word
from kg.frames.outlook import BLOCK, outlook
from kg.frames.transfer_clauses import Clause, bargained
from kg.frames.transfer_doers import Roles
from kg.frames.transfer_objects import cargoes_of, clause_of
from kg.frames.transfer_roles import ROLES
from kg.frames.transfer_routes import Route, route_of
from kg.frames.triggers import Trigger
from kg.model import EntityType, Quantity
from kg.text.quantities import dimensions, find_quantities

_ANTECEDENT = 25  # tokens before it in which the cargo of a relative clause or a passive stands
_FREIGHT = frozenset({"pieces", "mass", "volume", "load", "energy"})
_PEOPLE = frozenset({"people"})
_SUM = 11  # tokens after money in which its sum stands, who gives it among them
_MONEY = {"money": frozenset({"money"}), "aid": _FREIGHT | {"money"}}
_WEAPONS = ARMS - {"equipment", "vehicles", "aircraft"}
_BUSINESS = frozenset({EntityType.COMPANY, EntityType.MEDIA_OUTLET})


@dataclass(frozen=True, slots=True)
class Draft:
    """A transfer as read off one sentence, in tokens: `first` to `end` (exclusive) is all that takes part in it."""

    kind: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    status: str
    rule: str
    line: Line
    trigger: int
    cargo: int
    first: int
    end: int
    quantity: Quantity | None = None
    returned: bool = False
    route: Route = field(default_factory=Route)

    @property
    def score(self) -> tuple[int, int]:
        """How well it is filled."""
        return (bool(self.sender) + bool(self.recipient), self.quantity is not None)


def read_drafts(line: Line, index: int, trigger: Trigger) -> list[Draft]:
    view = outlook(line, index, trigger.tense)
    if view is not None and view.status == BLOCK:
        if trigger.row["reach"] != "contraband" or not is_word(line.form(view.at), "foiled"):
            return []
        view = None  # إحباط تهريب كذا: it was on its way
    clause = clause_of(line, index, trigger)
    pattern = trigger.row["pattern"]
    told = view.status if view is not None else "asserted"
    if view is None and trigger.particle.endswith("ل") and bargained(line, index):
        told = "planned"
    told = "possible" if told == "feared" else told
    status = trigger.row["status"] or told if told == "asserted" else told
    cargoes: list[Cargo | None] = [*cargoes_of(line, clause, trigger)]
    if pattern == "arm" and not cargoes:
        cargoes = [None]
    drafts = []
    for cargo in cargoes:
        roles = ROLES[pattern](line, clause, trigger, cargo)
        draft = _draft(line, clause, trigger, cargo or Cargo("arms", index, index + 1), roles, status)
        if draft is not None:
            drafts.append(draft)
    if pattern == "trade":
        drafts += [replace(d, sender=d.recipient, recipient=d.sender, returned=True) for d in drafts]
    elif drafts and clause.barter >= 0:
        drafts += _barter(line, clause, drafts[0])
    return drafts


def _draft(
    line: Line, clause: Clause, trigger: Trigger, cargo: Cargo, roles: Roles | None, status: str
) -> Draft | None:
    if roles is None:
        return None
    sender, recipient = line.parties(roles.sender), line.parties(roles.recipient)
    recipient = tuple(r for r in recipient if r not in sender)
    if _within(line, sender, recipient):
        return None
    if not (sender and recipient) and not ((sender or recipient) and _alone(line, clause, trigger, cargo, roles)):
        return None
    return draft_of(line, clause, cargo, roles, status)


def _within(line: Line, sender: tuple[str, ...], recipient: tuple[str, ...]) -> bool:
    """Whether something only passes inside one state: from its government, forces or people to it or the other way."""
    if len(sender) != 1 or len(recipient) != 1:
        return False
    one, other = line.reading.entity(sender[0]), line.reading.entity(recipient[0])
    states = line.reading.states
    return states.get(one.country or "") == other.id or states.get(other.country or "") == one.id


def draft_of(line: Line, clause: Clause, cargo: Cargo, roles: Roles, status: str) -> Draft | None:
    sender, recipient = line.parties(roles.sender), line.parties(roles.recipient)
    recipient = tuple(r for r in recipient if r not in sender)
    if (not sender and not recipient) or not _political(line, cargo, sender, recipient):
        return None
    quantity = _quantity(line, clause, cargo)
    parts = [clause.at, cargo.first, cargo.end - 1]
    for group in (roles.sender, roles.recipient):
        if group is not None and clause.at - _ANTECEDENT <= group.first:
            parts += [group.first, group.end - 1]
    if quantity is not None:
        parts += [line.sentence.token_at(quantity.span.start), line.sentence.token_at(quantity.span.end - 1)]
    first, end = max(0, min(parts)), min(len(line), max(parts) + 1)
    route = route_of(line, clause, (*sender, *recipient))
    return Draft(
        cargo.kind,
        sender,
        recipient,
        status,
        roles.rule,
        line,
        clause.at,
        cargo.first,
        first,
        end,
        quantity,
        route=route,
    )


def _political(line: Line, cargo: Cargo, sender: tuple[str, ...], recipient: tuple[str, ...]) -> bool:
    """Whether more than business passes: not between companies alone, nor civil goods from or to a private person."""
    kinds = [line.reading.entity(ident).type for ident in sender + recipient]
    private = cargo.kind not in ARMS and cargo.kind not in PEOPLE and EntityType.PERSON in kinds
    return not private and any(kind not in _BUSINESS for kind in kinds)


def _alone(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo, roles: Roles) -> bool:
    """Whether one role is enough: arms and troops by a verb that leaves no doubt, contraband, and what arrives."""
    pattern = trigger.row["pattern"]
    if trigger.row["reach"] == "contraband" or (pattern == "arrive" and trigger.row["reach"] == "strong"):
        return True
    if pattern in ("welcome", "unload"):  # both only take what has landed
        return bool(line.parties(roles.sender)) and roles.rule != "transfer.receive"
    if pattern == "carry" and roles.recipient is None:  # it arrived
        return bool(line.parties(roles.sender))
    if pattern in ("depart", "carry"):  # both ask for where it goes
        return bool(line.parties(roles.recipient))
    if pattern == "use":
        return False
    if pattern == "supply" and roles.recipient is None and cargo.kind in ARMS:
        return True
    if _exported(line, clause, trigger, cargo, roles):
        return True
    if roles.sender is not None and roles.recipient is not None and not line.parties(roles.recipient):
        return True  # sent to a place that no state of the article holds
    sent = pattern == "give" and trigger.row["reach"] == "strong" and roles.sender is not None
    if sent and cargo.kind in RELIEF and route_of(line, clause, ()).destination is not None:
        return True
    if (
        pattern in ("deploy", "trade")
        or trigger.row["reach"] == "both"
        or (cargo.kind not in ARMS and cargo.kind != "troops")
    ):
        return False
    if cargo.kind in ("aircraft", "vehicles") and roles.recipient is None and cargo.first > clause.at:
        return False  # طائرات أُرسلت لوقف كذا: to fight
    subject = line.subject_after(clause.at) if trigger.finite else None
    adjacent = subject is not None and subject is roles.sender and cargo.first <= subject.end + 1
    return trigger.row["reach"] == "strong" or adjacent


def _exported(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo, roles: Roles) -> bool:
    """Whether a verbal noun has arms as its very object and says where they go (`تصدير الأسلحة إلى أ`)."""
    bound = not trigger.finite and trigger.row["pattern"] == "give" and cargo.first == clause.at + 1
    return bound and cargo.kind in _WEAPONS and bool(line.parties(roles.recipient))


def _quantity(line: Line, clause: Clause, cargo: Cargo) -> Quantity | None:
    """The figure that counts the cargo: the nearest of a fitting dimension around its head."""
    first, end = max(0, cargo.first - 7), min(len(line), cargo.end + (_SUM if cargo.kind == "money" else 7))
    if cargo.first > clause.at:
        first, end = max(first, clause.at + 1), min(end, clause.stop)
    fits = _PEOPLE if cargo.kind in PEOPLE else _MONEY.get(cargo.kind, _FREIGHT)
    found = find_quantities(line.reading.article.text, line.tokens[first:end])
    near = [q for q in found if dimensions()[q.unit] in fits]
    anchor = line.tokens[cargo.first].start
    return min(near, key=lambda q: abs(q.span.start - anchor), default=None)


def _barter(line: Line, clause: Clause, draft: Draft) -> list[Draft]:
    """What is given in return: the cargo after `مقابل`, the other way round."""
    if not (draft.sender and draft.recipient):
        return []
    end = min(len(line), clause.barter + 12)
    cargo = next(iter(find_cargo(line, clause.barter + 1, end)), None)
    if cargo is None or (cargo.kind in ARMS and draft.kind == cargo.kind):
        return []
    return [
        replace(
            draft,
            kind=cargo.kind,
            cargo=cargo.first,
            sender=draft.recipient,
            recipient=draft.sender,
            status="offered" if draft.status == "sought" else draft.status,
            rule="transfer.barter",
            end=max(draft.end, cargo.end),
            quantity=None,
            returned=True,
            route=Route(),
        )
    ]
