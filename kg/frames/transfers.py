"""Transfers: something passes, or is said to pass, from one actor to another.

A verb or verbal noun of `kg/data/ar/transfer_verbs.tsv` opens one; its pattern says where sender, recipient and cargo
stand. A cargo must be named (`kg/data/ar/cargo.tsv`), so that letters, greetings and charges fall away; what is
refused, forbidden or only an obligation is none. Each sentence is walked once; every look from a word has a fixed
reach.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from kg.frames.cargo import ARMS, PEOPLE, Cargo, find_cargo, is_cargo_word
from kg.frames.lexicon import cues, table
from kg.frames.line import Line, is_word
from kg.frames.occasion import nearest_date
from kg.frames.outlook import BLOCK, outlook
from kg.frames.reading import Reading
from kg.frames.transfer_roles import ROLES, Clause, Roles, passive, relative
from kg.frames.triggers import Trigger, Triggers, triggers_of
from kg.model import EntityType, Quantity, Transfer, Zone
from kg.text.quantities import dimensions, find_quantities

_WINDOW = 45  # tokens after the verb
_ANTECEDENT = 25  # tokens before it in which the cargo of a relative clause or a passive stands
_SKIPPED = frozenset({Zone.WIDGET, Zone.FOOTER})
_STRANGERS = 2  # unknown words that may stand between a verb and its cargo
_ENDS = frozenset(".؛?!؟")
_FREIGHT = frozenset({"pieces", "mass", "volume", "load", "energy"})
_PEOPLE = frozenset({"people"})
_MONEY = {"money": frozenset({"money"}), "aid": _FREIGHT | {"money"}}


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
    first: int
    end: int
    quantity: Quantity | None = None
    definite: bool = False
    returned: bool = False

    @property
    def score(self) -> tuple[int, int]:
        """How well it is filled."""
        return (bool(self.sender) + bool(self.recipient), self.quantity is not None)


@cache
def transfer_triggers() -> Triggers:
    """The verbs and verbal nouns of `transfer_verbs.tsv`."""
    return triggers_of(table("transfer_verbs"))


def find_transfers(reading: Reading) -> tuple[Transfer, ...]:
    """The transfers an article speaks of, in order, with ids `t1`, `t2` …; who claims them is not known yet."""
    triggers = transfer_triggers()
    found: list[Transfer] = []
    for sentence in reading.sentences:
        if sentence.zone in _SKIPPED or not any(triggers.at(token.form) for token in sentence.tokens):
            continue
        line = Line(reading, sentence)
        drafts = _drafts(line, triggers)
        first = len(found) + 1
        ids = [f"t{first + n}" for n in range(len(drafts))]
        for ident, draft in zip(ids, drafts, strict=True):
            other = next((i for i, d in zip(ids, drafts, strict=True) if _answers(d, draft)), None)
            found.append(_transfer(reading, draft, ident, other))
    return tuple(found)


def _answers(one: Draft, other: Draft) -> bool:
    """Whether one is what is given for the other."""
    return one.trigger == other.trigger and one.returned != other.returned


def _transfer(reading: Reading, draft: Draft, ident: str, other: str | None) -> Transfer:
    span = draft.line.span(draft.first, draft.end)
    return Transfer(
        ident,
        draft.kind,
        span,
        draft.rule,
        draft.sender,
        draft.recipient,
        item=tuple(dict.fromkeys(m.entity for m in reading.mentions_in(span) if _weapon(reading, m.entity))),
        quantity=draft.quantity,
        date=nearest_date(reading, draft.line.sentence.span, span),
        status=draft.status,
        in_return_for=(other,) if other else (),
    )


def _weapon(reading: Reading, ident: str) -> bool:
    return reading.entity(ident).type is EntityType.WEAPON


def _drafts(line: Line, triggers: Triggers) -> list[Draft]:
    found: list[Draft] = []
    for index, token in enumerate(line.tokens):
        ways = triggers.at(token.form)
        if not ways or line.group_over(index) is not None or _compound(line, index, ways):
            continue
        best: list[Draft] = []
        for trigger in ways:
            drafts = _read(line, index, trigger)
            if drafts and (not best or drafts[0].score > best[0].score):
                best = drafts
        for draft in best:
            earlier = next((n for n, other in enumerate(found) if _repeats(draft, other)), None)
            if earlier is None:
                found.append(draft)
            elif draft.score > found[earlier].score:
                found[earlier] = draft
    return found


def _compound(line: Line, index: int, ways: tuple[Trigger, ...]) -> bool:
    """Whether the word is no trigger here: a cargo itself (`شحنة`), or the second half of one (`حاوية شحن`)."""
    if not any(not way.finite and not way.particle for way in ways):
        return False
    return is_cargo_word(line.form(index)) or (is_cargo_word(line.form(index - 1)) and not ways[0].pronoun)


def _repeats(draft: Draft, earlier: Draft) -> bool:
    """Whether a second trigger (`حصل على شحنة أرسلتها`) tells what an earlier one of the sentence told."""
    overlap = draft.first < earlier.end and earlier.first < draft.end
    same = draft.sender == earlier.sender and draft.recipient == earlier.recipient
    again = overlap and draft.trigger != earlier.trigger and draft.kind == earlier.kind
    return again and (same or draft.trigger < earlier.end)


def _read(line: Line, index: int, trigger: Trigger) -> list[Draft]:
    view = outlook(line, index, trigger.tense)
    if view is not None and view.status == BLOCK:
        return []
    clause = _clause(line, index)
    pattern = trigger.row["pattern"]
    status = (view.status if view else "") or trigger.row["status"] or "asserted"
    cargoes: list[Cargo | None] = [*_cargoes(line, clause, trigger)]
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


def _clause(line: Line, index: int) -> Clause:
    triggers = transfer_triggers()
    stop = min(len(line), index + 1 + _WINDOW)
    for position in range(index + 1, stop):
        form = line.form(position)
        if form in _ENDS:
            return Clause(index, position, -1)
        if is_word(form, "return") and position > index + 1:
            return Clause(index, position, position)
        if is_word(form, "subordinator") or (position == index + 1 and form == "عن"):
            return Clause(index, position, -1)
        if position > index + 2 and (is_word(form, "conjunction") or _opens_speech(form)):
            return Clause(index, position, -1)
        if position > index + 2 and any(t.finite and t.joined for t in triggers.at(form)):
            return Clause(index, position, -1)
    return Clause(index, stop, -1)


def _opens_speech(form: str) -> bool:
    return form[:1] == "و" and len(form) > 3 and form[1:] in cues() and not is_word(form, "between", "preposition")


def _cargoes(line: Line, clause: Clause, trigger: Trigger) -> list[Cargo]:
    """The cargoes of a trigger: before it where a pronoun or a relative clause refers back, else after it."""
    if _refers_back(line, clause.at, trigger):
        before = find_cargo(line, max(0, clause.at - _ANTECEDENT), clause.at)
        return before[-1:]
    if trigger.finite and trigger.pronoun and trigger.row["pattern"].startswith("give"):
        return []
    after = _objects(line, clause)
    if trigger.row["pattern"] == "deploy":
        after = [cargo for cargo in after if cargo.kind in PEOPLE]
    if trigger.row["pattern"] == "arrive":
        return _arriving(line, clause, after)
    return _connected(line, after)


def _objects(line: Line, clause: Clause) -> list[Cargo]:
    """The cargoes after a trigger that can be its object: no other trigger and few strange words stand between."""
    triggers = transfer_triggers()
    end = clause.stop
    for position in range(clause.at + 1, end):
        ways = triggers.at(line.form(position))
        if ways and line.group_over(position) is None and not _compound(line, position, ways):
            end = position
            break
    found = find_cargo(line, clause.at + 1, end)
    return found if found and _strangers(line, clause.at + 1, found[0].first) <= _STRANGERS else []


def _strangers(line: Line, first: int, end: int) -> int:
    """How many words between two tokens are neither named nor figures nor function words."""
    demonyms = {index for d in line.demonyms for index in range(d.first, d.end)}
    return sum(
        line.tokens[index].is_word
        and line.group_over(index) is None
        and index not in demonyms
        and not is_word(line.form(index), "adverb", "preposition", "quantifier", "negation")
        and not is_cargo_word(line.form(index))
        for index in range(first, end)
    )


def _connected(line: Line, cargoes: list[Cargo]) -> list[Cargo]:
    """The first cargo and those coordinated with it."""
    found = cargoes[:1]
    for cargo in cargoes[1:]:
        if line.form(cargo.first)[:1] != "و" or cargo.first - found[-1].end > 9:
            break
        found.append(cargo)
    return found


def _arriving(line: Line, clause: Clause, after: list[Cargo]) -> list[Cargo]:
    if after and after[0].first <= clause.at + 2 and not (after[0].kind in PEOPLE and after[0].definite):
        return after[:1]
    before = find_cargo(line, max(0, clause.at - _ANTECEDENT), clause.at)
    last = next((cargo for cargo in before if not cargo.definite), None)
    if last is None or any(group.free for group in line.groups_in(last.first, clause.at)):
        return []
    return [last]


def _refers_back(line: Line, index: int, trigger: Trigger) -> bool:
    if trigger.row["pattern"] in ("supply", "arm"):
        return False
    if trigger.pronoun and passive(line, index):
        return True
    attached = relative(line, index) or is_cargo_word(line.form(index - 1)) or is_cargo_word(line.form(index - 2))
    thereby = is_word(line.form(index + 1), "thereby")
    return trigger.finite and (thereby or (attached and bool(trigger.pronoun)))


# ── one draft ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _draft(
    line: Line, clause: Clause, trigger: Trigger, cargo: Cargo, roles: Roles | None, status: str
) -> Draft | None:
    if roles is None:
        return None
    sender, recipient = line.parties(roles.sender), line.parties(roles.recipient)
    recipient = tuple(r for r in recipient if r not in sender)
    if not (sender and recipient) and not ((sender or recipient) and _alone(line, clause, trigger, cargo, roles)):
        return None
    quantity = _quantity(line, clause, cargo)
    parts = [clause.at, cargo.first, cargo.end - 1]
    for group in (roles.sender, roles.recipient):
        if group is not None and clause.at - _ANTECEDENT <= group.first:
            parts += [group.first, group.end - 1]
    if quantity is not None:
        parts.append(line.sentence.token_at(quantity.span.start))
    first, end = max(0, min(parts)), min(len(line), max(parts) + 1)
    return Draft(
        cargo.kind, sender, recipient, status, roles.rule, line, clause.at, first, end, quantity, cargo.definite
    )


def _alone(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo, roles: Roles) -> bool:
    """Whether one role is enough: arms and troops by a verb that leaves no doubt, contraband, and what arrives."""
    pattern = trigger.row["pattern"]
    if trigger.row["reach"] == "contraband" or pattern == "arrive":
        return True
    if pattern in ("deploy", "trade") or (cargo.kind not in ARMS and cargo.kind != "troops"):
        return False
    subject = line.subject_after(clause.at) if trigger.finite else None
    adjacent = subject is not None and subject is roles.sender and cargo.first <= subject.end + 1
    return trigger.row["reach"] == "strong" or adjacent


def _quantity(line: Line, clause: Clause, cargo: Cargo) -> Quantity | None:
    """The figure that counts the cargo: the nearest of a fitting dimension around its head."""
    first, end = max(0, cargo.first - 7), min(len(line), cargo.end + 7)
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
            sender=draft.recipient,
            recipient=draft.sender,
            status="offered" if draft.status == "sought" else draft.status,
            rule="transfer.barter",
            end=max(draft.end, cargo.end),
            quantity=None,
            returned=True,
        )
    ]
