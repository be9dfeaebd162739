"""Who and what an article names: mentions, the entities they mean, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.text import Span


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
OUTLETS = (EntityType.NEWS_AGENCY, EntityType.MEDIA_OUTLET)
PLACES = (EntityType.STATE, EntityType.PLACE)


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
    normalisation: str  # how its name matched, as in `kg/link/index.py`, or fuzzy
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
