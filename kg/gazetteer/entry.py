"""One thing the gazetteer knows, as it stands in a row of `kg/data/gazetteer/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model import EntityType


@dataclass(frozen=True, slots=True)
class Demonym:
    """An adjective of origin: masculine singular without article (روسي), and broken plurals where it has them (روس).

    All inflections come from `kg.gazetteer.inflect`.
    """

    base: str
    plurals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """An office held: `role` is a code of `roles.tsv`, `of` the key of the state or body it belongs to.

    `start` and `end` are EDTF dates of any precision; an empty `end` means that it is still held, an empty `start`
    that the beginning is not recorded.
    """

    role: str
    of: str
    start: str = ""
    end: str = ""

    def held_on(self, day: str) -> bool:
        """Whether the office was held on `day` (ISO, may be partial), to the precision that both dates share."""

        def before(earlier: str, later: str) -> bool:
            shared = min(len(earlier), len(later))
            return earlier[:shared] <= later[:shared]

        return (not self.start or before(self.start, day)) and (not self.end or before(day, self.end))


@dataclass(frozen=True, slots=True)
class Entry:
    """A person, body, state, place … by `key`, which never changes, also when a Wikidata item becomes known.

    `aliases_ar` and `aliases_en` name it on their own; `short_ar` only where the context allows (a surname, an
    acronym that is also a word). `country` and `metonym_of` are keys of other entries: the capital's `metonym_of` is
    the state whose government it stands for. `source` says where `wikidata` is checked; without an item it is empty.
    `exists_from` and `exists_until` are the first and last day of a life, a state or a body, where they are known.
    """

    key: str
    type: EntityType
    label_ar: str
    label_en: str = ""
    wikidata: str | None = None
    aliases_ar: tuple[str, ...] = ()
    aliases_en: tuple[str, ...] = ()
    short_ar: tuple[str, ...] = ()
    demonyms: tuple[Demonym, ...] = ()
    country: str | None = None
    metonym_of: str | None = None
    offices: tuple[Office, ...] = ()
    source: str = ""
    iso2: str | None = None
    exists_from: date | None = None
    exists_until: date | None = None

    @property
    def names_ar(self) -> tuple[str, ...]:
        """Arabic label and aliases, without the short forms and demonyms."""
        return (self.label_ar, *self.aliases_ar)

    @property
    def names_en(self) -> tuple[str, ...]:
        """English label and aliases."""
        return (self.label_en, *self.aliases_en) if self.label_en else self.aliases_en

    @property
    def names(self) -> tuple[str, ...]:
        """The names in both languages, the Arabic ones first."""
        return (*self.names_ar, *self.names_en)
