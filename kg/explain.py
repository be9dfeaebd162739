"""Why each frame was found: the sentence with its parts marked by role, the rule, the chain of speakers, the modality.

Marks stand in the sentence as `[role: words]` with the role in Arabic, so that the line stays Arabic from end to end;
it is wrapped in Unicode isolates (UAX #9), so that a terminal that knows bidi lays it out from the right. Colours are
ANSI styles; `click.echo` leaves them out where the output is no terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from kg.model import (
    Agreement,
    Entity,
    Extraction,
    Measure,
    Meeting,
    PublicationDate,
    Span,
    Statement,
    Transfer,
)

_RTL, _ISOLATE, _END = "\u2067", "\u2068", "\u2069"
# role: its name in Arabic, its colour.
_ROLES = {
    "speaker": ("المتكلم", "green"),
    "addressee": ("المخاطب", "cyan"),
    "transmitter": ("الناقل", "magenta"),
    "verb": ("الفعل", "yellow"),
    "content": ("المضمون", "blue"),
    "quote": ("اقتباس", "blue"),
    "date": ("التاريخ", "red"),
    "sender": ("المرسل", "green"),
    "recipient": ("المتلقي", "cyan"),
    "quantity": ("الكمية", "yellow"),
    "party": ("الطرف", "green"),
    "participant": ("المشارك", "green"),
    "place": ("المكان", "cyan"),
    "imposer": ("الفارض", "green"),
    "target": ("المستهدف", "cyan"),
}
_ARROW = " ← "


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    role: str


def explain(extraction: Extraction) -> Iterator[str]:
    """The explanation, line by line, styled for a terminal."""
    names = {entity.id: entity for entity in extraction.entities}
    article = extraction.article
    yield click.style(f"── {article.name}", bold=True)
    yield from _published(extraction.published)
    yield from (f"   {note}" for note in extraction.notes)
    for statement in extraction.statements:
        yield from _statement(extraction, names, statement)
    for transfer in extraction.transfers:
        yield from _transfer(extraction, names, transfer)
    for agreement in extraction.agreements:
        yield from _agreement(extraction, names, agreement)
    for meeting in extraction.meetings:
        yield from _meeting(extraction, names, meeting)
    for measure in extraction.measures:
        yield from _measure(extraction, names, measure)


def legend() -> str:
    """What the roles in brackets are called in English."""
    return "   ".join(
        click.style(f"{_isolated(arabic)} {role}", fg=colour) for role, (arabic, colour) in _ROLES.items()
    )


def _published(published: PublicationDate) -> Iterator[str]:
    if published.date is None:
        yield f"   published: unknown (confidence {published.confidence:.2f})"
    else:
        date = published.date
        yield f"   published: {date.edtf} ({date.basis.value}, confidence {published.confidence:.2f})"
    yield from (f"     {reason}" for reason in published.reasons)


# ── frames ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _statement(extraction: Extraction, names: dict[str, Entity], statement: Statement) -> Iterator[str]:
    text, span, content = extraction.article.text, statement.span, statement.content
    outside = [Span(span.start, content.start), Span(content.end, span.end)] if content else [span]
    marks = [*_named(names, statement.speaker, outside, "speaker")]
    marks += _named(names, statement.addressee, outside, "addressee")
    marks += _named(names, statement.chain, outside, "transmitter")
    if statement.verb:
        at = text.find(statement.verb, span.start, span.end)
        marks += [_Mark(Span(at, at + len(statement.verb)), "verb")] if at >= 0 else []
    marks += [_Mark(content, "content")] if content else []
    marks += [_Mark(quote, "quote") for quote in statement.quotes if quote != content]
    if statement.date and statement.date.span:
        marks.append(_Mark(statement.date.span, "date"))
    yield _head("statement", statement.id, statement.modality.value, statement.rule)
    yield from _sentence(text, span, marks)
    away = [who for who in statement.speaker if not any(m.role == "speaker" for m in marks)]
    speakers = " ، ".join(_label(names, who) for who in statement.speaker)
    chain = [speakers, *(_label(names, who) for who in statement.chain), extraction.article.name]
    yield f"     chain: {_isolated(_ARROW.join(chain))}" + ("  (speaker named in another sentence)" if away else "")
    if statement.addressee:
        yield f"     to: {_labels(names, statement.addressee)}"
    axes = (statement.polarity, statement.certainty, statement.timeframe)
    yield f"     modality: {statement.modality.value} ({', '.join(axis.value for axis in axes)})"
    yield from (f"       because {reason}" for reason in statement.why)
    if statement.stance.value != "neutral":
        yield f"     the reporter's stance: {statement.stance.value}"
    if statement.date:
        yield f"     date: {statement.date.edtf} ({statement.date.basis.value})"
    for name, related in (("about", statement.about), ("answers", statement.answers)):
        if related:
            yield f"     {name}: {' '.join(related)}"
    if statement.made_at:
        yield f"     made at: {statement.made_at}"


def _transfer(extraction: Extraction, names: dict[str, Entity], transfer: Transfer) -> Iterator[str]:
    marks = [*_named(names, transfer.sender, [transfer.span], "sender")]
    marks += _named(names, transfer.recipient, [transfer.span], "recipient")
    if transfer.quantity:
        marks.append(_Mark(transfer.quantity.span, "quantity"))
    if transfer.date and transfer.date.span:
        marks.append(_Mark(transfer.date.span, "date"))
    yield _head("transfer", transfer.id, f"{transfer.kind}, {transfer.status}", transfer.rule)
    yield from _sentence(extraction.article.text, transfer.span, marks)
    yield f"     {_labels(names, transfer.sender)} → {_labels(names, transfer.recipient)}"
    quantity = transfer.quantity
    if quantity:
        most = "more" if quantity.maximum is None else str(quantity.maximum)
        about = "about " if quantity.approximate else ""
        yield f"     quantity: {about}{quantity.minimum} to {most} × {quantity.unit} ({quantity.kind})"
    if transfer.in_return_for:
        yield f"     in return for: {' '.join(transfer.in_return_for)}"
    yield from _held(names, transfer)


def _agreement(extraction: Extraction, names: dict[str, Entity], agreement: Agreement) -> Iterator[str]:
    marks = [*_named(names, agreement.parties, [agreement.span], "party")]
    if agreement.date and agreement.date.span:
        marks.append(_Mark(agreement.date.span, "date"))
    yield _head("agreement", agreement.id, f"{agreement.kind}, {agreement.status}", agreement.rule)
    yield from _sentence(extraction.article.text, agreement.span, marks)
    yield f"     parties: {_labels(names, agreement.parties)}"
    for other in agreement.spans:
        if other != agreement.span:
            yield f"     also: {_isolated(' '.join(other.of(extraction.article.text).split()))}"
    yield from _held(names, agreement)


def _meeting(extraction: Extraction, names: dict[str, Entity], meeting: Meeting) -> Iterator[str]:
    marks = [*_named(names, meeting.participants, [meeting.span], "participant")]
    marks += _named(names, [meeting.place] if meeting.place else [], [meeting.span], "place")
    yield _head("meeting", meeting.id, f"{meeting.kind}, {meeting.status}", meeting.rule)
    yield from _sentence(extraction.article.text, meeting.span, marks)
    yield f"     participants: {_labels(names, meeting.participants)}"


def _measure(extraction: Extraction, names: dict[str, Entity], measure: Measure) -> Iterator[str]:
    marks = [*_named(names, measure.imposer, [measure.span], "imposer")]
    marks += _named(names, measure.target, [measure.span], "target")
    yield _head("measure", measure.id, f"{measure.kind}, {measure.status}", measure.rule)
    yield from _sentence(extraction.article.text, measure.span, marks)
    yield f"     {_labels(names, measure.imposer)} → {_labels(names, measure.target)}"


def _held(names: dict[str, Entity], frame: Transfer | Agreement) -> Iterator[str]:
    if frame.date:
        yield f"     date: {frame.date.edtf} ({frame.date.basis.value})"
    if frame.claimed_by:
        yield f"     claimed by: {_labels(names, frame.claimed_by)}"
    if frame.denied_by:
        yield f"     denied by: {_labels(names, frame.denied_by)}"
    if frame.narrated:
        yield "     told by the article itself"


# ── marks ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _head(kind: str, ident: str, how: str, rule: str) -> str:
    return click.style(f"   {kind} {ident}", bold=True) + f"  {how}  " + click.style(f"rule {rule}", dim=True)


def _named(names: dict[str, Entity], idents: Iterable[str], inside: list[Span], role: str) -> Iterator[_Mark]:
    """The first mention of each entity inside the given passages."""
    for ident in idents:
        mentions = names[ident].mentions if ident in names else ()
        here = (m.span for m in mentions if any(passage.covers(m.span) for passage in inside))
        first = next(iter(sorted(here)), None)
        if first is not None:
            yield _Mark(first, role)


def _sentence(text: str, span: Span, marks: list[_Mark]) -> Iterator[str]:
    yield f"     {_RTL}{_marked(text, span, marks)}{_END}"


def _marked(text: str, span: Span, marks: list[_Mark]) -> str:
    """A passage with its marks as brackets; one that would cross an earlier one is left out."""
    start = min([span.start, *(mark.span.start for mark in marks)])
    end = max([span.end, *(mark.span.end for mark in marks)])
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda m: (m.span.start, -m.span.end)):
        crossing = any(
            other.span.overlaps(mark.span) and not (other.span.covers(mark.span) or mark.span.covers(other.span))
            for other in kept
        )
        if not crossing and mark.span.start < mark.span.end:
            kept.append(mark)
    return _nested(text, start, end, kept)


def _nested(text: str, start: int, end: int, marks: list[_Mark]) -> str:
    pieces: list[str] = []
    at, index = start, 0
    while index < len(marks):
        mark = marks[index]
        index += 1
        inside = []
        while index < len(marks) and mark.span.covers(marks[index].span):
            inside.append(marks[index])
            index += 1
        pieces.append(_flat(text[at : mark.span.start]))
        name, colour = _ROLES[mark.role]
        body = _nested(text, mark.span.start, mark.span.end, inside)
        pieces.append(click.style(f"[{name}: ", fg=colour) + body + click.style("]", fg=colour))
        at = mark.span.end
    pieces.append(_flat(text[at:end]))
    return "".join(pieces)


def _flat(text: str) -> str:
    """On one line, without characters that a terminal would act on."""
    return "".join(char if char.isprintable() else " " for char in text)


def _label(names: dict[str, Entity], ident: str) -> str:
    return names[ident].label_ar if ident in names else ident


def _labels(names: dict[str, Entity], idents: Iterable[str]) -> str:
    return " ، ".join(_isolated(_label(names, ident)) for ident in idents) or "?"


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{_flat(text)}{_END}"
