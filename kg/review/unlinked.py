"""The actors that no rule linked, the most frequent first, with the candidates for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.gazetteer.search import search
from kg.model import EntityType
from kg.named_queries import internal
from kg.query import bind_text, run
from kg.rdf.iris import ACTORS, LINKS, Iris
from kg.rdf.vocab import KHABAR, ONTOLOGY
from kg.store import Version

_ALL = 2**31
_TYPES = {ONTOLOGY + kind.value: kind for kind in EntityType} | {str(KHABAR.WeaponSystem): EntityType.WEAPON}


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry of the gazetteer that an unlinked actor may be, by its name alone; `score` from 0 to 1."""

    item: str | None
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Unlinked:
    """An actor without an item: in how many articles, in how many places of the graph, where first, who it may be."""

    actor: str
    label: str
    type: EntityType | None
    articles: int
    uses: int
    first: str  # IRI of the earliest article by its date
    candidates: tuple[Proposal, ...]


def unlinked(version: Version, limit: int) -> list[Unlinked]:
    """Up to `limit` actors that no rule and no person linked. Raises QueryError."""
    iris = Iris(version.base)
    query = bind_text(
        internal("unlinked-by-frequency"),
        {
            "actors": str(ox.NamedNode(iris.graph(ACTORS))),
            "links": str(ox.NamedNode(iris.graph(LINKS))),
            "from": str(ox.Literal(f"{version.base}article/")),
            "limit": str(limit),
        },
    )
    result = run(version.open(), query)
    assert isinstance(result, ox.QuerySolutions)
    return [_unlinked(*(solution[name].value for name in _COLUMNS)) for solution in result]


def _kind(classes: Iterable[str]) -> EntityType | None:
    """The type that classes say, superclasses aside."""
    kinds = [_TYPES[name] for name in sorted(classes) if name in _TYPES]
    return min(kinds, key=lambda kind: kind is EntityType.ORGANIZATION, default=None)


_COLUMNS = ("actor", "label", "classes", "articles", "uses", "first")


def _unlinked(actor: str, label: str, classes: str, articles: str, uses: str, first: str) -> Unlinked:
    kind = _kind(classes.split())
    article = first.partition(" ")[2]
    return Unlinked(actor, label, kind, int(articles), int(uses), article, candidates(label, kind))


def labels(version: Version) -> dict[str, tuple[str, EntityType | None]]:
    """Label and type, by IRI, of every actor that no rule linked."""
    iris = Iris(version.base)
    terms = {"graph": str(ox.NamedNode(iris.graph(ACTORS))), "limit": str(_ALL)}
    result = run(version.open(), bind_text(internal("unlinked-actors"), terms))
    assert isinstance(result, ox.QuerySolutions)
    named: dict[str, ox.Literal] = {}
    kinds: dict[str, list[str]] = defaultdict(list)
    for actor, kind, label in ((row["actor"].value, row["class"].value, row["label"]) for row in result):
        kinds[actor].append(kind)
        if actor not in named or (label.language == "ar" and named[actor].language != "ar"):
            named[actor] = label
    return {actor: (label.value, _kind(kinds[actor])) for actor, label in named.items()}


def candidates(label: str, kind: EntityType | None, limit: int = 3) -> tuple[Proposal, ...]:
    """The entries of the gazetteer that a name may mean; of another type only where none of its own fits."""
    found = search().find(label, (kind,) if kind else None, limit) or search().find(label, None, limit)
    return tuple(Proposal(match.entry.wikidata, match.entry.label_ar, match.score) for match in found)
