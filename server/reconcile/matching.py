"""Answers one query: candidates by name or identifier, weighed by what else is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.gazetteer.entry import Entry
from kg.gazetteer.keys import key
from kg.gazetteer.search import CERTAIN, GAP
from kg.model import EntityType
from server.reconcile.catalogue import Catalogue
from server.reconcile.properties import BY_ID

_MISSED = 0.15  # what a property that does not fit takes from a score
_ENOUGH = 25  # candidates by name that are weighed


@dataclass(frozen=True, slots=True)
class Condition:
    """A property that an entity should have: any of `values`, all or none of them; a required one excludes others."""

    property: str
    values: tuple[str, ...]
    required: bool = False
    quantifier: str = "any"


@dataclass(frozen=True, slots=True)
class Query:
    """What a client looks for. `types` are names of `EntityType`; unknown ones match nothing."""

    name: str | None = None
    identifier: str | None = None
    types: tuple[str, ...] = ()
    limit: int = 5
    conditions: tuple[Condition, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score from 0 to 1, whether it is the answer, and the features the score is made of."""

    entry: Entry
    score: float
    match: bool
    name_score: float
    properties_score: float
    how: str = field(default="")


def answer(query: Query, catalogue: Catalogue) -> list[Candidate]:
    """The candidates of a query, best first, `limit` of them at most."""
    types = {kind for kind in EntityType if kind.value in query.types} if query.types else None
    if query.types and not types:
        return []
    weighed = [
        weight
        for entry, score, how in _named(query, types, catalogue)
        if (weight := _weigh(entry, score, how, query.conditions, catalogue)) is not None
    ]
    weighed.sort(key=lambda candidate: (-candidate.score, candidate.entry.key))
    return _judged(weighed)[: query.limit]


def _named(query: Query, types: set[EntityType] | None, catalogue: Catalogue) -> Sequence[tuple[Entry, float, str]]:
    if query.identifier is not None:
        entry = catalogue.entry(query.identifier)
        return [(entry, 1.0, "id")] if entry is not None and (types is None or entry.type in types) else []
    if query.name is not None:
        found = catalogue.search.find(query.name, types, max(_ENOUGH, query.limit))
        return [(match.entry, match.score, match.how) for match in found]
    every = catalogue.gazetteer.entries.values()
    return [(entry, 1.0, "property") for entry in every if types is None or entry.type in types]


def _weigh(
    entry: Entry, score: float, how: str, conditions: Sequence[Condition], catalogue: Catalogue
) -> Candidate | None:
    """None where a required condition does not hold, or where nothing but conditions speaks for it and one fails."""
    missed = 0
    for condition in conditions:
        if not _holds(entry, condition, catalogue):
            if condition.required or how == "property":
                return None
            missed += 1
    fitting = 1 - missed / len(conditions) if conditions else 1.0
    return Candidate(entry, round(max(0.0, score - _MISSED * missed), 4), False, score, fitting, how)


def _holds(entry: Entry, condition: Condition, catalogue: Catalogue) -> bool:
    wanted = {key(value) for value in condition.values}
    had = _values(entry, condition.property, catalogue)
    if condition.quantifier == "all":
        return wanted <= had
    return bool(wanted & had) != (condition.quantifier == "none")


def _values(entry: Entry, property_id: str, catalogue: Catalogue) -> set[str]:
    """What a property may be matched with, folded: the values themselves, of an entity its identifier and names."""
    found: set[str] = set()
    known = BY_ID.get(property_id)
    for value in known.values(entry, catalogue.gazetteer) if known else ():
        if "entry" in value:
            other = catalogue.gazetteer.entries[str(value["entry"])]
            names = (catalogue.identifier(other), other.key, *other.names_ar, *other.names_en, other.iso2 or "")
            found.update(map(key, names))
        else:
            found.add(key(str(value["str"])))
    if property_id == "office":
        found.update(key(name) for office in entry.offices for name in _titles(office.role, office.of, catalogue))
    return found - {""}


def _titles(role: str, of: str, catalogue: Catalogue) -> tuple[str, ...]:
    office = catalogue.gazetteer.get(f"{role}@{of}")
    return (role, *((*office.names_ar, *office.names_en, office.wikidata or "") if office else ()))


def _judged(candidates: list[Candidate]) -> list[Candidate]:
    """The first is the answer when it is certain and nobody is near; by conditions alone, when it is the only one."""
    if not candidates:
        return []
    first, *others = candidates
    if first.how == "property":
        certain = not others
    else:
        certain = first.score >= CERTAIN and all(first.score - other.score >= GAP for other in others[:1])
    judged = Candidate(first.entry, first.score, certain, first.name_score, first.properties_score, first.how)
    return [judged, *others]
