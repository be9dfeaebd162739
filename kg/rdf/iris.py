"""The IRIs of the data: what they are made of and nothing that changes between two runs.

article/HASH                      an article and its graph          article/HASH#char=12,80   a passage of it
statement/HASH.12-80              a frame found at those code points (`.2` for a second one on the same span)
actor/Q423, place/Q1490           what has a Wikidata item
actor/3f0c…                       a full name: hash of folded name, type and country
actor/HASH.12-20                  a short name, group or unnamed source: of its article only
graph/actors, graph/gazetteer …   the graphs that articles share
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.model import Entity, EntityType, Span
from kg.text.fold import fold_key

_FOLDERS = {EntityType.PLACE: "place", EntityType.WEAPON: "weapon", EntityType.EVENT: "event"}
_ALWAYS_LOCAL = frozenset({EntityType.UNNAMED, EntityType.GROUP, EntityType.PLACE, EntityType.WEAPON, EntityType.EVENT})
_OF_A_STATE = frozenset({EntityType.GOVERNMENT_BODY, EntityType.ARMED_FORCE, EntityType.ROLE})
"""Named alike in every state: without a country the full name does not say which one is meant."""

ACTORS, GAZETTEER, LINKS, RELEASES, ONTOLOGY_GRAPH = "actors", "gazetteer", "links", "releases", "ontology"


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes the IRIs under one base (which ends in `/` or `#`)."""

    base: str

    def article(self, article: str) -> str:
        return f"{self.base}article/{article}"

    def extraction(self, article: str) -> str:
        """The run of a release over an article, as a PROV activity."""
        return f"{self.base}article/{article}#extraction"

    def passage(self, article: str, span: Span) -> str:
        """A passage by its code points, as RFC 5147 counts them."""
        return f"{self.base}article/{article}#char={span.start},{span.end}"

    def frame(self, kind: str, article: str, span: Span) -> str:
        """`kind`: statement, transfer, agreement, meeting, measure."""
        return f"{self.base}{kind}/{_at(article, span)}"

    def link(self, article: str, span: Span) -> str:
        return f"{self.base}link/{_at(article, span)}"

    def release(self, release: str) -> str:
        return f"{self.base}release/{release.replace('+', '-')}"

    def graph(self, name: str) -> str:
        return f"{self.base}graph/{name}"

    def shared(self, entity: Entity) -> str | None:
        """The IRI of an entity that articles share; None for one that is of its article only."""
        folder = _FOLDERS.get(entity.type, "actor")
        if entity.wikidata is not None:
            return f"{self.base}{folder}/{entity.wikidata}"
        if entity.key is None and not _has_full_name(entity):
            return None
        named = "|".join((fold_key(entity.label_ar), entity.type.value, entity.country or ""))
        return f"{self.base}{folder}/{hashlib.sha256(named.encode()).hexdigest()[:16]}"

    def outlet(self, name: str) -> str:
        """A publisher by its name."""
        named = "|".join((fold_key(name), EntityType.MEDIA_OUTLET.value, ""))
        return f"{self.base}actor/{hashlib.sha256(named.encode()).hexdigest()[:16]}"

    def local(self, entity: Entity, article: str) -> str:
        """The IRI of an entity of one article, by its first mention."""
        folder = _FOLDERS.get(entity.type, "actor")
        if not entity.mentions:
            return f"{self.base}{folder}/{article}.{entity.id}"
        return f"{self.base}{folder}/{_at(article, first_mention(entity))}"


def first_mention(entity: Entity) -> Span:
    """Where an entity is first named in its article; ValueError for one that is not."""
    return min(mention.span for mention in entity.mentions)


def _at(article: str, span: Span) -> str:
    return f"{article}.{span.start}-{span.end}"


def _has_full_name(entity: Entity) -> bool:
    if entity.type in _ALWAYS_LOCAL or (entity.type in _OF_A_STATE and entity.country is None):
        return False
    return len(fold_key(entity.label_ar).split()) > 1
