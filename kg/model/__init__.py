"""What passes between the stages: frozen dataclasses, in the order of `kg/pipeline.py`.

All offsets are code points into `Article.text` as decoded (no newline translation), end exclusive.
Names of classes and values are those of the ontology and of the extraction record (`docs/record.md`).
"""

from __future__ import annotations

from kg.model.entities import ACTOR_TYPES, OUTLETS, PLACES, Candidate, Entity, EntityType, Link, Mention
from kg.model.frames import (
    Agreement,
    Certainty,
    Extraction,
    Measure,
    Meeting,
    Modality,
    Polarity,
    Stance,
    Statement,
    Timeframe,
    Transfer,
)
from kg.model.text import Article, DateBasis, EdtfDate, PublicationDate, Quantity, Segment, Span, Zone

__all__ = [
    "ACTOR_TYPES",
    "OUTLETS",
    "PLACES",
    "Agreement",
    "Article",
    "Candidate",
    "Certainty",
    "DateBasis",
    "EdtfDate",
    "Entity",
    "EntityType",
    "Extraction",
    "Link",
    "Measure",
    "Meeting",
    "Mention",
    "Modality",
    "Polarity",
    "PublicationDate",
    "Quantity",
    "Segment",
    "Span",
    "Stance",
    "Statement",
    "Timeframe",
    "Transfer",
    "Zone",
]
