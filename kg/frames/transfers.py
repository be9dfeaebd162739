"""Transfers: something passes, or is said to pass, from one actor to another.

A verb or verbal noun of `kg/data/ar/transfer_verbs.tsv` opens one; its pattern says where sender, recipient and cargo
stand. A cargo must be named (`kg/data/ar/cargo.tsv`), so that letters, greetings and charges fall away; what is
refused, forbidden or only an obligation is none. Each sentence is walked once; every look from a word has a fixed
reach.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from functools import cache

from kg.frames.agreement import gender
from kg.frames.cargo import PEOPLE, cargo_words, find_cargo, names_cargo, refers_to, same_family
from kg.frames.line import Line, function_words, is_word
from kg.frames.occasion import nearest_date
from kg.frames.outlook import BLOCK, outlook
from kg.frames.reading import Reading
from kg.frames.transfer_clauses import Clause
from kg.frames.transfer_drafts import Draft, draft_of, read_drafts
from kg.frames.transfer_freight import on_the_way
from kg.frames.transfer_objects import is_compound, transfer_triggers
from kg.frames.transfer_routes import Route
from kg.frames.triggers import OPENERS, Trigger, Triggers
from kg.model import EntityType, Quantity, Transfer, Zone
from kg.text.quantities import dimensions, find_quantities

_FARTHEST = 30  # tokens after a verb in which its cargo is named
_ANTECEDENT = 25  # tokens before it in which the cargo of a relative clause or a passive stands
_STILL_TO_COME = frozenset({"planned", "pledged", "sought", "offered", "possible"})
_SKIPPED = frozenset({Zone.WIDGET, Zone.FOOTER})
_NEAR = 8  # transfers of a sentence before one that it may repeat
_LATER_REACH = 60  # tokens of the next sentence in which a cargo is named again
_FIGURE_REACH = 9  # tokens from a cargo named again to its figure
_FREIGHT = frozenset({"pieces", "mass", "volume", "load", "energy"})
_PEOPLE = frozenset({"people"})


def find_transfers(reading: Reading) -> tuple[Transfer, ...]:
    """The transfers an article speaks of, in order, with ids `t1`, `t2` …; who claims them is not known yet."""
    triggers = transfer_triggers()
    found: list[Transfer] = []
    for sentence in reading.sentences:
        if sentence.zone in _SKIPPED:
            continue
        opening = sentence.opening(_TRIGGER)
        shipped = sentence.may_open(_SHIPMENT)
        if not shipped and not (opening and sentence.may_open(_CARGO)):
            continue
        line = Line.of(reading, sentence)
        line.opening = frozenset(opening)
        drafts = _drafts(line, opening, triggers)
        if shipped:
            drafts += _routes(line, drafts)
        first = len(found) + 1
        ids = [f"t{first + n}" for n in range(len(drafts))]
        counterparts = {(draft.trigger, draft.returned): ident for ident, draft in zip(ids, drafts, strict=True)}
        for ident, draft in zip(ids, drafts, strict=True):
            if draft.quantity is None:
                draft = replace(draft, quantity=_later_figure(reading, draft))
            found.append(_transfer(reading, draft, ident, counterparts.get((draft.trigger, not draft.returned))))
    return tuple(found)


@cache
def _shipments() -> frozenset[str]:
    """The words for a shipment, with and without `و` or `ف` before them."""
    named = function_words()["shipment"] | function_words()["underway"]
    return frozenset(joined + word for word in named for joined in ("", "و", "ف"))


def _may_carry(form: str) -> bool:
    """Whether a word names a cargo or implies one (`تسليح`)."""
    arming = any(trigger.row["pattern"] == "arm" for trigger in transfer_triggers().at(form))
    return arming or names_cargo(form)


_TRIGGER = OPENERS.bit(lambda form: bool(transfer_triggers().at(form)), lambda: transfer_triggers().stems())
_CARGO = OPENERS.bit(_may_carry, lambda: {*transfer_triggers().stems(), *cargo_words()})
_SHIPMENT = OPENERS.bit(lambda form: form in _shipments(), _shipments)


def _transfer(reading: Reading, draft: Draft, ident: str, other: str | None) -> Transfer:
    span = draft.line.span(draft.first, draft.end)
    return Transfer(
        ident,
        draft.kind,
        span,
        draft.rule,
        draft.sender,
        draft.recipient,
        broker=draft.route.broker,
        origin=draft.route.origin,
        destination=draft.route.destination,
        via=draft.route.via,
        item=tuple(dict.fromkeys(m.entity for m in draft.line.mentions_in(span) if _weapon(reading, m.entity))),
        quantity=_held(draft),
        date=nearest_date(reading, draft.line.sentence.span, span),
        status=draft.status,
        in_return_for=(other,) if other else (),
    )


def _held(draft: Draft) -> Quantity | None:
    """The figure, said to be planned where what it counts is still to pass."""
    quantity = draft.quantity
    if quantity is None or quantity.kind != "unknown" or draft.status not in _STILL_TO_COME:
        return quantity
    return replace(quantity, kind="planned")


def _weapon(reading: Reading, ident: str) -> bool:
    return reading.entity(ident).type is EntityType.WEAPON


def _drafts(line: Line, opening: list[int], triggers: Triggers) -> list[Draft]:
    found: list[Draft] = []
    carrying = line.sentence.opening(_CARGO)
    for index in opening:
        nearest = bisect_left(carrying, index - _ANTECEDENT)
        if nearest == len(carrying) or carrying[nearest] > index + _FARTHEST:
            continue
        ways = line.ways(triggers, index)
        if is_word(line.form(index - 1), "noun-preposition"):  # عن تسلم أ كذا: the noun
            ways = tuple(way for way in ways if not way.finite) or ways
        if not ways or line.group_over(index) is not None or is_compound(line, index, ways):
            continue
        best: list[Draft] = []
        for trigger in ways:
            drafts = read_drafts(line, index, trigger) if len(ways) == 1 or _suits(line, index, trigger) else []
            if drafts and (not best or drafts[0].score > best[0].score):
                best = drafts
        for draft in best:
            draft = _carried_on(draft, found)
            near = range(max(0, len(found) - _NEAR), len(found))
            earlier = next((n for n in near if _repeats(draft, found[n])), None)
            if earlier is None:
                found.append(draft)
            elif draft.score > found[earlier].score:
                found[earlier] = draft
    return found


def _carried_on(draft: Draft, found: list[Draft]) -> Draft:
    """A draft with the recipient of the one before it where the same sender goes on to send more of the kind."""
    before = found[-1] if found else None
    if draft.recipient or before is None or draft.trigger - before.trigger > _ANTECEDENT:
        return draft
    goes_on = draft.sender == before.sender and same_family(draft.kind, before.kind) and draft.route == Route()
    return replace(draft, recipient=before.recipient) if goes_on else draft


def _suits(line: Line, index: int, trigger: Trigger) -> bool:
    """Whether a person right after a verb of two readings has the verb's gender (`تسلم الوزير` is no `تسلّم هي`)."""
    after = line.subject_after(index) if trigger.finite else None
    people = [line.reading.entity(m) for m in after.members] if after is not None else []
    return not any(p.type is EntityType.PERSON and gender(p) not in (trigger.gender, "b") for p in people)


def _routes(line: Line, drafts: list[Draft]) -> list[Draft]:
    """The shipments that a sentence names on their way without a verb for it."""
    found = []
    told = {index for draft in drafts for index in range(draft.first, draft.end)}
    for cargo in find_cargo(line, 0, len(line)):
        roles = on_the_way(line, cargo)
        if roles is not None and cargo.first not in told:
            view = outlook(line, cargo.first, "masdar")
            status = ("possible" if view.status == "feared" else view.status) if view else "asserted"
            place = Clause(cargo.first, len(line), -1)
            draft = None if status == BLOCK else draft_of(line, place, cargo, roles, status)
            found += [draft] if draft else []
    return found


def _repeats(draft: Draft, earlier: Draft) -> bool:
    """Whether a second trigger (`حصل على شحنة أرسلتها`) tells what an earlier one of the sentence told."""
    if draft.quantity and earlier.quantity and draft.quantity.span != earlier.quantity.span:
        return False
    overlap = draft.first < earlier.end and earlier.first < draft.end
    same = draft.sender == earlier.sender and draft.recipient == earlier.recipient
    again = overlap and draft.trigger != earlier.trigger and draft.kind == earlier.kind
    return again and (same or draft.trigger < earlier.end)


def _later_figure(reading: Reading, draft: Draft) -> Quantity | None:
    """A figure that the next sentence gives for the same cargo, named again with `ال` (`الشحنة التي تبلغ 300 طن`)."""
    after = draft.line.sentence.index + 1
    head = draft.line.form(draft.cargo)
    for sentence in reading.sentences[after : after + 1]:
        for index, token in enumerate(sentence.tokens[:_LATER_REACH]):
            if refers_to(token.form, head):
                near = sentence.tokens[index : index + _FIGURE_REACH]
                fits = _PEOPLE if draft.kind in PEOPLE else _FREIGHT
                found = find_quantities(reading.article.text, near)
                return next((q for q in found if dimensions()[q.unit] in fits), None)
    return None
