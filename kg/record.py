"""The extraction record: an extraction as one JSON object (`docs/record.md`)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kg.model import (
    Agreement,
    EdtfDate,
    Entity,
    Extraction,
    Measure,
    Meeting,
    PublicationDate,
    Quantity,
    Span,
    Statement,
    Transfer,
)
from kg.text.fold import fold_key

Record = dict[str, Any]


def record(extraction: Extraction) -> Record:
    """The record of an extraction; offsets are code points of the article's text, end exclusive."""
    article = extraction.article
    published = extraction.published.date
    return {
        "article": article.name,
        "id": article.id,
        "sha256": article.sha256,
        "published": published.edtf if published else None,
        "publication": _publication(extraction.published),
        "entities": [_entity(entity) for entity in extraction.entities],
        "statements": [_statement(statement) for statement in extraction.statements],
        "transfers": [_transfer(transfer) for transfer in extraction.transfers],
        "agreements": [_agreement(agreement) for agreement in extraction.agreements],
        "meetings": [_meeting(meeting) for meeting in extraction.meetings],
        "measures": [_measure(measure) for measure in extraction.measures],
        "notes": list(extraction.notes),
    }


def to_json(extraction: Extraction) -> bytes:
    """The record as one line of JSON in UTF-8, without a line end; the same extraction gives the same bytes."""
    return json.dumps(record(extraction), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _spans(spans: Iterable[Span]) -> list[list[int]]:
    return [_span(span) for span in spans]


def _date(date: EdtfDate | None) -> str | None:
    return date.edtf if date else None


def _date_basis(date: EdtfDate | None) -> str | None:
    return date.basis.value if date else None


def _publication(published: PublicationDate) -> Record:
    date = published.date
    return {
        "basis": _date_basis(date),
        "not_before": date.not_before.isoformat() if date and date.not_before else None,
        "not_after": date.not_after.isoformat() if date and date.not_after else None,
        "confidence": published.confidence,
        "reasons": list(published.reasons),
    }


def _label(entity: Entity) -> dict[str, str]:
    """Its names by language tag; `ar-x-written` (private use) is the article's own where the gazetteer's differs."""
    label = {"ar": entity.label_ar} | ({"en": entity.label_en} if entity.label_en else {})
    if entity.link is not None and fold_key(entity.link.surface) not in map(fold_key, label.values()):
        label["ar-x-written"] = entity.link.surface
    return label


def _entity(entity: Entity) -> Record:
    return {
        "id": entity.id,
        "type": entity.type.value,
        "wikidata": entity.wikidata,
        "label": _label(entity),
        "mentions": _spans(mention.span for mention in entity.mentions),
        "forms": [mention.form for mention in entity.mentions],
        "key": entity.key,
        "affiliation": list(entity.affiliation),
        "role_of": entity.role_of,
        "office": entity.office,
        "country": entity.country,
    }


def _statement(statement: Statement) -> Record:
    return {
        "id": statement.id,
        "speaker": list(statement.speaker),
        "addressee": list(statement.addressee),
        "chain": list(statement.chain),
        "modality": statement.modality.value,
        "date": _date(statement.date),
        "date_basis": _date_basis(statement.date),
        "span": _span(statement.span),
        "content": _span(statement.content) if statement.content else None,
        "quotes": _spans(statement.quotes),
        "about": list(statement.about),
        "answers": list(statement.answers),
        "mentions": list(statement.mentions),
        "made_at": statement.made_at,
        "verb": statement.verb,
        "stance": statement.stance.value,
        "polarity": statement.polarity.value,
        "certainty": statement.certainty.value,
        "timeframe": statement.timeframe.value,
        "rule": statement.rule,
        "why": list(statement.why),
    }


def _quantity(quantity: Quantity | None) -> Record | None:
    if quantity is None:
        return None
    return {
        "min": quantity.minimum,
        "max": quantity.maximum,
        "approx": quantity.approximate,
        "unit": quantity.unit,
        "kind": quantity.kind,
        "as_written": quantity.as_written,
        "span": _span(quantity.span),
    }


def _transfer(transfer: Transfer) -> Record:
    return {
        "id": transfer.id,
        "kind": transfer.kind,
        "sender": list(transfer.sender),
        "recipient": list(transfer.recipient),
        "broker": list(transfer.broker),
        "item": list(transfer.item),
        "origin": transfer.origin,
        "destination": transfer.destination,
        "via": list(transfer.via),
        "quantity": _quantity(transfer.quantity),
        "date": _date(transfer.date),
        "date_basis": _date_basis(transfer.date),
        "status": transfer.status,
        "claimed_by": list(transfer.claimed_by),
        "denied_by": list(transfer.denied_by),
        "narrated": transfer.narrated,
        "in_return_for": list(transfer.in_return_for),
        "span": _span(transfer.span),
        "rule": transfer.rule,
    }


def _agreement(agreement: Agreement) -> Record:
    return {
        "id": agreement.id,
        "kind": agreement.kind,
        "parties": list(agreement.parties),
        "status": agreement.status,
        "date": _date(agreement.date),
        "date_basis": _date_basis(agreement.date),
        "span": _span(agreement.span),
        "spans": _spans(agreement.spans),
        "wikidata": agreement.wikidata,
        "label": agreement.label,
        "claimed_by": list(agreement.claimed_by),
        "denied_by": list(agreement.denied_by),
        "narrated": agreement.narrated,
        "rule": agreement.rule,
    }


def _meeting(meeting: Meeting) -> Record:
    return {
        "id": meeting.id,
        "kind": meeting.kind,
        "participants": list(meeting.participants),
        "place": meeting.place,
        "status": meeting.status,
        "date": _date(meeting.date),
        "date_basis": _date_basis(meeting.date),
        "span": _span(meeting.span),
        "rule": meeting.rule,
    }


def _measure(measure: Measure) -> Record:
    return {
        "id": measure.id,
        "kind": measure.kind,
        "imposer": list(measure.imposer),
        "target": list(measure.target),
        "status": measure.status,
        "date": _date(measure.date),
        "date_basis": _date_basis(measure.date),
        "span": _span(measure.span),
        "rule": measure.rule,
    }
