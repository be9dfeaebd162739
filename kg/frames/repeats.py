"""Which passages of an article tell the same transfer: headings, denials, what is given for it, plain repetition."""

from __future__ import annotations

from dataclasses import replace

from kg.frames.cargo import same_family
from kg.frames.reading import Reading
from kg.model import Statement, Transfer, Zone

_HEADINGS = frozenset({Zone.HEADLINE, Zone.SUBHEAD, Zone.CAPTION})
_LOOK_BACK = 40  # transfers before one that it may repeat
_ACTUAL = frozenset({"asserted", "alleged", "estimated", "confirmed", "denied"})


def joined(
    reading: Reading, transfers: tuple[Transfer, ...], carried: dict[str, dict[str, Statement]]
) -> tuple[Transfer, ...]:
    """The transfers without those that only repeat another one; `carried` gets the statements of what is joined."""
    kept: list[Transfer] = []
    taken: dict[str, str] = {}
    for transfer in transfers:
        candidates = range(max(0, len(kept) - _LOOK_BACK), len(kept))
        index = next((n for n in candidates if _repeats(reading, kept[n], transfer)), None)
        if index is None:
            kept.append(transfer)
            continue
        earlier = kept[index]
        swap = _in_heading(reading, earlier) or (_only_denied(earlier) and not _in_heading(reading, transfer))
        main, other = (transfer, earlier) if swap else (earlier, transfer)
        kept[index] = _one(reading, main, other, carried)
        taken[other.id] = main.id
    return tuple(replace(t, in_return_for=_kept(taken, t)) for t in kept)


def _kept(taken: dict[str, str], transfer: Transfer) -> tuple[str, ...]:
    """What a transfer is given for, by the ids that are left."""
    found = []
    for ident in transfer.in_return_for:
        while ident in taken:
            ident = taken[ident]
        found.append(ident)
    return tuple(ident for ident in dict.fromkeys(found) if ident != transfer.id)


def _one(reading: Reading, main: Transfer, other: Transfer, carried: dict[str, dict[str, Statement]]) -> Transfer:
    """Two passages as one transfer; a heading adds no claimants to the body's, nor what a bargain only presupposes."""
    heading = _in_heading(reading, other) and (main.claimed_by or main.denied_by)
    lends = not heading and other.rule != "transfer.barter"
    if lends:
        fewer, more = sorted((carried[main.id], carried[other.id]), key=len)
        more |= fewer
        carried[main.id] = more
    claimed = (*main.claimed_by, *(other.claimed_by if lends else ()))
    denied = (*main.denied_by, *other.denied_by)  # what answers a heading answers what it tells of
    kind = other.kind if main.kind == "goods" else main.kind
    return replace(
        main,
        kind=kind,
        quantity=main.quantity or (None if _only_denied(other) else other.quantity),
        sender=main.sender or other.sender,
        recipient=main.recipient or other.recipient,
        claimed_by=tuple(dict.fromkeys(claimed)),
        denied_by=tuple(dict.fromkeys(denied)),
        narrated=main.narrated and other.narrated,
    )


def _in_heading(reading: Reading, transfer: Transfer) -> bool:
    return reading.sentences[reading.sentence_index(transfer.span.start)].zone in _HEADINGS


def _only_denied(transfer: Transfer) -> bool:
    return bool(transfer.denied_by) and not transfer.claimed_by


def _repeats(reading: Reading, one: Transfer, other: Transfer) -> bool:
    figures = one.quantity is None or other.quantity is None or one.quantity.minimum == other.quantity.minimum
    heading = _in_heading(reading, one) != _in_heading(reading, other)
    vague = heading and figures and "goods" in (one.kind, other.kind)  # حاويات, what is in them told once
    if not (same_family(one.kind, other.kind) or vague) or one.span == other.span:
        return False
    if not _fit(one.sender, other.sender) or not _fit(one.recipient, other.recipient):
        return False
    if not (set(one.sender) & set(other.sender) or set(one.recipient) & set(other.recipient)):
        return False
    if _in_heading(reading, one) or _in_heading(reading, other):
        return figures
    same_ends = one.sender == other.sender and one.recipient == other.recipient
    actual = one.status in _ACTUAL and other.status in _ACTUAL
    if actual and same_ends and (_only_denied(one) != _only_denied(other) or other.rule == "transfer.barter"):
        return True
    held = (one.status in _ACTUAL) == (other.status in _ACTUAL)
    told = set(one.claimed_by) == set(other.claimed_by) and set(one.denied_by) == set(other.denied_by)
    return same_ends and one.kind == other.kind and held and figures and told and one.narrated == other.narrated


def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or bool(set(one) & set(other))
