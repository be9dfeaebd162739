"""What can be matched against: the gazetteer, and the actors of the published version that have no item."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace

from kg.gazetteer.entry import Entry
from kg.gazetteer.load import Gazetteer, load
from kg.gazetteer.search import Search, heads
from kg.model import Entity, EntityType
from kg.rdf.iris import ACTORS, Iris
from kg.rdf.vocab import ONTOLOGY
from server.pages.data import Row, bound, iri, select
from server.services import services

MOST_UNLINKED = 50_000  # actors of a store that are taken in beside the gazetteer
_TYPES = {ONTOLOGY + kind.value: kind for kind in EntityType}


@dataclass(frozen=True)
class Catalogue:
    """A gazetteer with the store's own actors, and the index over both."""

    gazetteer: Gazetteer
    search: Search

    def entry(self, identifier: str) -> Entry | None:
        """The entry of an identifier: a Wikidata item (also a merged one), a key, or an actor's hash."""
        item = self.gazetteer.current(identifier)
        return self.gazetteer.by_wikidata.get(item) or self.gazetteer.get(identifier)

    @staticmethod
    def identifier(entry: Entry) -> str:
        """What the service calls an entry: its item, else its key."""
        return entry.wikidata or entry.key


class _Shelf:
    """Keeps the catalogue of one version."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[tuple[str, int], Catalogue] | None = None

    def current(self) -> Catalogue:
        found = services()
        asked = (str(found.config.db), found.pool.version)
        kept = self._kept
        if kept is not None and kept[0] == asked:
            return kept[1]
        with self._lock:
            if self._kept is None or self._kept[0] != asked:
                self._kept = (asked, _catalogue(found.base))
            return self._kept[1]


_shelf = _Shelf()


def catalogue() -> Catalogue:
    """That of the published version; made once a version. Raises QueryError where the store cannot answer."""
    return _shelf.current()


def statements(entries: Iterable[Entry]) -> dict[str, int]:
    """How many statements each entry made, by key; one query for all."""
    base = services().base
    actors = {f"{base}actor/{Catalogue.identifier(entry)}": entry.key for entry in entries}
    if not actors:
        return {}
    table = select(bound("statements-of", actors=" ".join(map(iri, actors))))
    return {actors[row["actor"].value]: int(row["count"].value) for row in table.rows if "actor" in row}


def _catalogue(base: str) -> Catalogue:
    gazetteer = load()
    graph = Iris(base).graph(ACTORS)
    table = select(bound("unlinked-actors", graph=iri(graph), limit=MOST_UNLINKED))
    stored = {entry.key: entry for entry in _actors(table.rows, base)}
    entries = {_key(entry, base, stored): entry for entry in gazetteer}
    stored |= {key: replace(entry, key=key) for key, entry in entries.items() if key in stored}
    combined = replace(gazetteer, entries={**entries, **stored})
    return Catalogue(combined, Search(combined, heads()))


def _key(entry: Entry, base: str, stored: Container[str]) -> str:
    """The entry's own key, or the hash that the graph names it by where that has it."""
    if entry.wikidata is None:
        country = entry.key if entry.type is EntityType.STATE else entry.country
        iri = Iris(base).shared(Entity("", entry.type, entry.label_ar, key=entry.key, country=country))
        if iri is not None and (name := iri.removeprefix(f"{base}actor/")) in stored:
            return name
    return entry.key


def _actors(rows: Iterable[Row], base: str) -> Iterable[Entry]:
    names: dict[str, list[tuple[str, str | None]]] = defaultdict(list)
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        actor = row["actor"].value
        names[actor].append((row["label"].value, row["label"].language))
        kinds[actor].add(row["class"].value)
    for actor, labels in names.items():
        known = sorted({_TYPES[kind] for kind in kinds[actor] if kind in _TYPES}, key=_generality)
        arabic = list(dict.fromkeys(label for label, language in labels if language != "en"))
        english = list(dict.fromkeys(label for label, language in labels if language == "en"))
        if known and (arabic or english) and actor.startswith(f"{base}actor/"):
            yield Entry(
                key=actor.removeprefix(f"{base}actor/"),
                type=known[0],
                label_ar=(arabic or english)[0],
                label_en=(english or [""])[0],
                aliases_ar=tuple(arabic[1:]),
                aliases_en=tuple(english[1:]),
            )


def _generality(kind: EntityType) -> int:
    return kind is EntityType.ORGANIZATION  # a superclass written beside the class
