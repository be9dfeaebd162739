"""What an article tells: statements, transfers, agreements, meetings and measures."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kg.model.entities import Entity
from kg.model.text import Article, EdtfDate, PublicationDate, Quantity, Segment, Span


class Modality(StrEnum):
    """How a statement is held, from its speaker's side."""

    ASSERTED = "asserted"
    ALLEGED = "alleged"
    DENIED = "denied"
    PLEDGED = "pledged"
    REQUESTED = "requested"
    ESTIMATED = "estimated"
    UNCONFIRMED = "unconfirmed"


class Polarity(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    UNDERSPECIFIED = "underspecified"


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    UNDERSPECIFIED = "underspecified"


class Timeframe(StrEnum):
    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"
    UNDERSPECIFIED = "underspecified"


class Stance(StrEnum):
    """The reporter's own distance, shown by the verb; not the speaker's."""

    NEUTRAL = "neutral"
    DISTANCING = "distancing"
    ENDORSING = "endorsing"


@dataclass(frozen=True, slots=True)
class Statement:
    """One utterance or communicated position of one speaker (or several together) in one sentence."""

    id: str
    speaker: tuple[str, ...]
    modality: Modality
    span: Span
    rule: str
    addressee: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()  # transmitters, nearest to the speaker first
    date: EdtfDate | None = None
    content: Span | None = None  # what was said, without the attribution frame
    quotes: tuple[Span, ...] = ()
    mentions: tuple[str, ...] = ()  # entities inside the content
    about: tuple[str, ...] = ()  # transfers, agreements, meetings, measures
    answers: tuple[str, ...] = ()  # statements it denies, confirms or repeats
    made_at: str | None = None  # a meeting
    verb: str | None = None  # the reporting verb or frame as written
    stance: Stance = Stance.NEUTRAL
    polarity: Polarity = Polarity.POSITIVE
    certainty: Certainty = Certainty.CERTAIN
    timeframe: Timeframe = Timeframe.UNDERSPECIFIED
    why: tuple[str, ...] = ()  # what decided the modality, for `--explain`


@dataclass(frozen=True, slots=True)
class Transfer:
    """Something that passes, or is said to pass, from one actor to another."""

    id: str
    kind: str  # arms, ammunition, … as in the cargo scheme
    span: Span
    rule: str
    sender: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    broker: tuple[str, ...] = ()
    item: tuple[str, ...] = ()  # weapon systems
    origin: str | None = None  # place entities
    destination: str | None = None
    via: tuple[str, ...] = ()
    quantity: Quantity | None = None
    date: EdtfDate | None = None
    status: str = "asserted"
    claimed_by: tuple[str, ...] = ()  # derived from the statements about it
    denied_by: tuple[str, ...] = ()
    narrated: bool = False  # told in the article's own voice
    in_return_for: tuple[str, ...] = ()  # transfers


@dataclass(frozen=True, slots=True)
class Agreement:
    """A treaty, deal or understanding between parties."""

    id: str
    kind: str
    parties: tuple[str, ...]
    status: str
    span: Span
    rule: str
    spans: tuple[Span, ...] = ()  # further passages that mean the same agreement
    date: EdtfDate | None = None
    wikidata: str | None = None
    label: str | None = None
    claimed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    narrated: bool = False


@dataclass(frozen=True, slots=True)
class Meeting:
    """A visit, call, summit, talks or letter."""

    id: str
    kind: str  # visit, call, summit, talks, letter
    participants: tuple[str, ...]
    status: str  # held, planned, cancelled
    span: Span
    rule: str
    place: str | None = None
    date: EdtfDate | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A sanction, embargo, permission or veto."""

    id: str
    kind: str  # sanction, embargo, permission, veto
    imposer: tuple[str, ...]
    target: tuple[str, ...]
    status: str  # imposed, planned, lifted, rejected
    span: Span
    rule: str
    date: EdtfDate | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article."""

    article: Article
    published: PublicationDate
    segments: tuple[Segment, ...] = ()
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    measures: tuple[Measure, ...] = ()
    notes: tuple[str, ...] = field(default=())  # what was left alone and why, one line each
