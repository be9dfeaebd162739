"""What passes between the stages: frozen dataclasses, in the order of `kg/pipeline.py`.

All offsets are code points into `Article.text` as decoded (no newline translation), end exclusive.
Names of classes and values are those of the ontology and of the extraction record (`docs/record.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of an article: code points `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


# ── read ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read. `id` is the hash its IRI is made of; `sha256` is that of the text's UTF-8 bytes."""

    id: str
    name: str  # the file's name, or file and line of a JSON-lines source; for people and records, never in an IRI
    text: str
    sha256: str
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None  # EDTF, as the source's metadata gives it
    language: str | None = None  # BCP 47


# ── text ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Zone(StrEnum):
    """Which part of the page a segment belongs to."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    CAPTION = "caption"
    BODY = "body"
    WIDGET = "widget"  # share buttons, "read on": no part of the article
    FOOTER = "footer"  # sources, agencies


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence (or heading, caption …) of an article."""

    span: Span
    zone: Zone
    paragraph: int  # counts from 0


class DateBasis(StrEnum):
    """How a date is known."""

    STATED = "stated"
    RESOLVED = "resolved"  # a relative expression, resolved against the article's date
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class EdtfDate:
    """A date as EDTF with the days it may fall on; an open end is None."""

    edtf: str
    not_before: date | None
    not_after: date | None
    basis: DateBasis = DateBasis.STATED
    span: Span | None = None  # where it is written


@dataclass(frozen=True, slots=True)
class PublicationDate:
    """The article's own date, how sure it is (0 to 1) and why, one clue a line (English)."""

    date: EdtfDate | None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written: "more than N" has no maximum; `unit` is an English singular such as `person`."""

    minimum: int | float | None
    maximum: int | float | None
    approximate: bool
    unit: str
    as_written: str
    span: Span
    kind: str = "unknown"  # increment, cumulative, planned, unknown


# ── find, link ────────────────────────────────────────────────────────────────────────────────────────────────────


class EntityType(StrEnum):
    """Classes of what a mention can mean; all but the last four are actors."""

    PERSON = "Person"
    STATE = "State"
    GOVERNMENT_BODY = "GovernmentBody"
    ARMED_FORCE = "ArmedForce"
    ARMED_GROUP = "ArmedGroup"
    INTERNATIONAL_ORGANIZATION = "InternationalOrganization"
    NEWS_AGENCY = "NewsAgency"
    MEDIA_OUTLET = "MediaOutlet"
    POLITICAL_PARTY = "PoliticalParty"
    COMPANY = "Company"
    ORGANIZATION = "Organization"
    GROUP = "Group"
    ROLE = "Role"
    UNNAMED = "Unnamed"  # an unnamed source: "reports", "officials"
    PLACE = "Place"
    WEAPON = "Weapon"
    EVENT = "Event"


ACTOR_TYPES = frozenset(EntityType) - {EntityType.UNNAMED, EntityType.PLACE, EntityType.WEAPON, EntityType.EVENT}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A Wikidata item (or gazetteer entry without one) that a mention may mean, with its score from 0 to 1."""

    key: str  # the gazetteer entry's key
    wikidata: str | None
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """Why an entity is that Wikidata item, or none."""

    surface: str
    span: Span
    normalisation: str  # which alias key matched: exact, folded, joined, fuzzy, grammar
    score: float
    runner_up: Candidate | None
    gazetteer: str  # its version
    decision: str = "automatic"  # or the name of the person who decided


@dataclass(frozen=True, slots=True)
class Mention:
    """Where an entity is named, described or referred to by a pronoun."""

    span: Span
    entity: str  # the entity's id in this article
    form: str = "name"  # name, short, description, demonym, metonym, pronoun
    proclitic: str = ""  # و ف ب ل ك in the order written, before the name
    head: Span | None = None  # the name alone, where `span` also holds a title or an apposition
    place: str | None = None  # of a metonym: the gazetteer key of the place whose name stands for the entity


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity of one article. `id` is unique in the article (`e1`); `key` is the gazetteer's key or None (NIL)."""

    id: str
    type: EntityType
    label_ar: str
    label_en: str | None = None
    wikidata: str | None = None
    key: str | None = None
    mentions: tuple[Mention, ...] = ()
    link: Link | None = None
    candidates: tuple[Candidate, ...] = ()  # tried and not taken
    affiliation: tuple[str, ...] = ()  # entity ids: an office's state, a source's body
    role_of: str | None = None  # the title before a person's name, as written
    office: str | None = None  # the gazetteer key of the office that title names (`president@russia`)
    country: str | None = None  # the gazetteer key of the state it belongs to


# ── frames ────────────────────────────────────────────────────────────────────────────────────────────────────────


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
