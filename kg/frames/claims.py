"""Who claims and who denies a transfer or agreement, derived from the statements about it.

A statement is about a frame that lies in its content; where contents are nested, the innermost counts. A denial is also
about the frame that it answers (`وهو ما نفته`, `ونفتا التقارير عن شحنات الأسلحة`). Asserted, alleged, estimated,
pledged and requested make a claimant, denied a denier, unconfirmed neither. What no statement carries is narrated.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.frames.cargo import find_cargo, same_family
from kg.frames.line import Line
from kg.frames.made_at import at_meetings
from kg.frames.reading import Reading, Sentence
from kg.frames.repeats import joined
from kg.model import Agreement, EntityType, Measure, Meeting, Modality, Span, Statement, Transfer

CLAIMING = frozenset(Modality) - {Modality.DENIED, Modality.UNCONFIRMED}
_DONATED = frozenset({"food", "aid", "goods", "money"})
_DONORS = frozenset(
    {EntityType.STATE, EntityType.GOVERNMENT_BODY, EntityType.INTERNATIONAL_ORGANIZATION, EntityType.ORGANIZATION}
)
_CHARITIES = frozenset({EntityType.INTERNATIONAL_ORGANIZATION, EntityType.ORGANIZATION})
_LOOK_BACK = 40  # transfers before a denial or a repeat that it may be about


@dataclass(frozen=True, slots=True)
class Attached:
    """All frames of an article, each with who claims and who denies it."""

    statements: tuple[Statement, ...]
    transfers: tuple[Transfer, ...]
    agreements: tuple[Agreement, ...]
    meetings: tuple[Meeting, ...]
    measures: tuple[Measure, ...]


def attach(
    reading: Reading,
    statements: tuple[Statement, ...],
    transfers: tuple[Transfer, ...],
    agreements: tuple[Agreement, ...],
    meetings: tuple[Meeting, ...],
    measures: tuple[Measure, ...],
) -> Attached:
    """The same frames with `about`, `made_at`, `claimed_by`, `denied_by` and `narrated`, and a claim's status.

    Transfers that repeat another's words in a heading, or again with the same claimant, are joined to it. Pure.
    """
    by_sentence: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_sentence[reading.sentence_index(statement.span.start)].append(statement)
    for found in by_sentence.values():
        found.sort(key=lambda statement: statement.span.start)
    carried: dict[str, dict[str, Statement]] = defaultdict(dict)
    frames: list[Transfer | Agreement | Meeting | Measure] = [*transfers, *agreements, *meetings, *measures]
    for frame in frames:
        here = by_sentence[reading.sentence_index(frame.span.start)]
        last = bisect_left(here, frame.span.end, key=lambda statement: statement.span.start)
        carried[frame.id] |= {s.id: s for s in _carriers(here[max(0, last - _LOOK_BACK) : last], frame.span)}
    for statement in statements:
        if statement.modality is Modality.DENIED:
            for ident in _denied(reading, statement, transfers, carried):
                carried[ident][statement.id] = statement
    left_open = {
        s.id: _denied(reading, s, transfers, carried) for s in statements if s.modality is Modality.UNCONFIRMED
    }
    told = joined(reading, tuple(_told_transfer(reading, t, [*carried[t.id].values()]) for t in transfers), carried)
    about: dict[str, list[str]] = defaultdict(list)
    kept = {t.id for t in told} | {frame.id for frame in frames if not isinstance(frame, Transfer)}
    for ident, carriers in carried.items():
        for carrier in carriers if ident in kept else ():
            about[carrier].append(ident)
    for ident, answered in left_open.items():  # لم تؤكد تحركات القوات: about them, neither claimed nor denied
        about[ident] += [transfer for transfer in answered if transfer in kept]
    return Attached(
        at_meetings(
            reading,
            tuple(replace(s, about=tuple(dict.fromkeys((*s.about, *about[s.id])))) for s in statements),
            meetings,
        ),
        told,
        tuple(_told_agreement(a, [*carried[a.id].values()]) for a in agreements),
        meetings,
        measures,
    )


def _carriers(statements: list[Statement], span: Span) -> list[Statement]:
    """The statements whose content, else whose whole extent, holds most of a passage: the innermost."""
    holding = []
    for statement in statements:
        content = statement.content or statement.span
        shared = min(span.end, content.end) - max(span.start, content.start)
        if shared * 2 > span.end - span.start:
            holding.append((content.end - content.start, statement))
    if not holding:
        holding = [(s.span.end - s.span.start, s) for s in statements if s.span.covers(span)]
    smallest = min((size for size, _statement in holding), default=0)
    return [statement for size, statement in holding if size == smallest]


def _speakers(found: Iterable[Statement], modalities: frozenset[Modality]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(who for s in found if s.modality in modalities for who in s.speaker))


def _told_agreement(agreement: Agreement, found: list[Statement]) -> Agreement:
    return replace(
        agreement,
        claimed_by=_speakers(found, CLAIMING),
        denied_by=_speakers(found, frozenset({Modality.DENIED})),
        narrated=not found,
    )


def _told_transfer(reading: Reading, transfer: Transfer, found: list[Statement]) -> Transfer:
    claimed, denied = _speakers(found, CLAIMING), _speakers(found, frozenset({Modality.DENIED}))
    status = transfer.status
    if status == "asserted" and found:
        claims = {s.modality for s in found if s.modality in CLAIMING}
        if not claims:
            status = "denied" if denied else status
        elif claims <= {Modality.ALLEGED}:
            status = "alleged"
        elif claims <= {Modality.ESTIMATED}:
            status = "estimated"
        elif claims <= {Modality.ALLEGED, Modality.ESTIMATED}:
            status = "alleged"
    sender = transfer.sender
    if not sender and transfer.kind in _DONATED and len(claimed) == 1 and transfer.recipient:
        giver = reading.entity(_spoken_for(reading, claimed[0]))
        own = reading.states.get(giver.country or "") in transfer.recipient
        sender = (giver.id,) if giver.type in _DONORS and not own and giver.id not in transfer.recipient else ()
    return replace(transfer, sender=sender, claimed_by=claimed, denied_by=denied, narrated=not found, status=status)


def _spoken_for(reading: Reading, speaker: str) -> str:
    """The organisation that a spokesman's title or description names, else the speaker."""
    entity = reading.entity(speaker)
    if entity.type not in (EntityType.PERSON, EntityType.UNNAMED):
        return speaker
    bodies = [e for e in reading.entities if e.type in _CHARITIES]
    named = (
        body.id
        for body in bodies
        if body.id in entity.affiliation or any(m.span.covers(b.span) for m in entity.mentions for b in body.mentions)
    )
    return next(named, speaker)


# ── denials ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _denied(
    reading: Reading, denial: Statement, transfers: tuple[Transfer, ...], carried: dict[str, dict[str, Statement]]
) -> list[str]:
    """The transfers that a denial is about without naming them itself."""
    last = bisect_left(transfers, denial.span.end, key=lambda t: t.span.start)
    earlier = [t for t in transfers[max(0, last - _LOOK_BACK) : last] if denial.id not in carried[t.id]]
    if any(denial.id in carried[t.id] for t in transfers[max(0, last - _LOOK_BACK) : last]):
        return []
    here = reading.sentence_index(denial.span.start)
    kinds = _cargo_kinds(reading, reading.sentences[here], denial)
    if kinds:
        earlier = [t for t in earlier if any(same_family(kind, t.kind) for kind in kinds)]
    answered = [t.id for t in earlier if any(ident in denial.answers for ident in carried[t.id])]
    if answered:
        return answered
    earlier = [t for t in earlier if t.span.start < denial.span.start]
    if kinds:
        return [t.id for t in _nearest(reading, earlier, denial)]
    near = [t for t in earlier if reading.sentence_index(t.span.start) >= here - 1]
    return [t.id for t in _nearest(reading, near, denial)] if _points_back(denial) else []


def _points_back(denial: Statement) -> bool:
    """Whether what is denied is only pointed at (`نفته`, `نفت ذلك`): the content is short or lies before the denial."""
    content = denial.content
    return content is None or content.end - content.start < 40 or content.start < denial.span.start


def _cargo_kinds(reading: Reading, sentence: Sentence, denial: Statement) -> set[str]:
    line = Line.of(reading, sentence)
    first, end = sentence.token_at(denial.span.start), sentence.token_at(denial.span.end)
    return {cargo.kind for cargo in find_cargo(line, first, end)}


def _nearest(reading: Reading, transfers: list[Transfer], denial: Statement) -> list[Transfer]:
    """Of some transfers those of the nearest sentence before the denial in which the denier takes part, if any does."""
    deniers = set(denial.speaker)
    part = [t for t in transfers if deniers & {*t.sender, *t.recipient}] or transfers
    last = max((reading.sentence_index(t.span.start) for t in part), default=-1)
    return [t for t in part if reading.sentence_index(t.span.start) == last]
