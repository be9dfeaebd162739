"""Candidates, suggestions and extensions as the JSON of each version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.gazetteer.entry import Entry
from server.pages.i18n import DIRECTIONS
from server.reconcile.catalogue import Catalogue, statements
from server.reconcile.manifest import type_name
from server.reconcile.matching import Candidate
from server.reconcile.properties import BY_ID, PROPERTIES, Property


def candidate_02(candidate: Candidate, language: str, catalogue: Catalogue) -> dict[str, Any]:
    """A candidate of 0.2; scores run from 0 to 100."""
    return {
        **_named(candidate.entry, language, catalogue, with_language=False),
        "score": round(candidate.score * 100, 2),
        "match": candidate.match,
        "type": [{"id": candidate.entry.type.value, "name": type_name(candidate.entry.type, language)}],
        "features": [
            {"id": "name", "value": round(candidate.name_score * 100, 2)},
            {"id": "properties", "value": round(candidate.properties_score * 100, 2)},
        ],
    }


def candidate_10(candidate: Candidate, language: str, catalogue: Catalogue) -> dict[str, Any]:
    """A candidate of 1.0-draft, its names with language and direction."""
    found = candidate_02(candidate, language, catalogue)
    found |= _named(candidate.entry, language, catalogue, with_language=True)
    found["type"] = [{**found["type"][0], **_told(language)}]
    names = {"name": "How alike the names are", "properties": "Share of the conditions that hold"}
    found["features"] = [{**feature, "name": names[feature["id"]], **_told("en")} for feature in found["features"]]
    return found


def suggestion(entry: Entry, language: str, catalogue: Catalogue) -> dict[str, Any]:
    """An entity as one types its name."""
    kind = {"id": entry.type.value, "name": type_name(entry.type, language)}
    return {**_named(entry, language, catalogue, with_language=True), "notable": [kind]}


def property_suggestion(found: Property, language: str) -> dict[str, Any]:
    """A property with its name in the language."""
    return {"id": found.id, "name": found.names[language], **_told(language)}


def meta(properties: Sequence[Property], language: str) -> list[dict[str, Any]]:
    """What the columns of an extended table are called."""
    return [{"id": one.id, "name": one.names[language]} for one in properties]


def extension_rows(
    entries: Mapping[str, Entry | None],
    properties: Sequence[Property],
    language: str,
    catalogue: Catalogue,
    *,
    with_language: bool,
) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """The values of the properties of each identifier; none for one that nobody bears."""
    counted = any(one.id == "statements" for one in properties)
    counts = statements([entry for entry in entries.values() if entry]) if counted else {}
    return {
        identifier: {
            one.id: _values(entry, one, language, catalogue, counts, with_language) if entry else []
            for one in properties
        }
        for identifier, entry in entries.items()
    }


def known_properties(wanted: Iterable[str]) -> list[Property]:
    """The properties of these ids, unknown ones as properties without values."""
    return [BY_ID.get(one) or Property(one, {"en": one, "ar": one}, lambda entry, gazetteer: []) for one in wanted]


def proposals(kind: str | None, limit: int) -> list[Property]:
    """The properties that entities of a type (named, or None) may be extended with."""
    fitting = [one for one in PROPERTIES if not one.types or kind is None or kind in {each.value for each in one.types}]
    return fitting[:limit]


def _values(
    entry: Entry,
    found: Property,
    language: str,
    catalogue: Catalogue,
    counts: Mapping[str, int],
    with_language: bool,
) -> list[dict[str, Any]]:
    if found.id == "statements":
        return [{"int": counts.get(entry.key, 0)}]
    values = []
    for value in found.values(entry, catalogue.gazetteer):
        if "entry" in value:
            other = catalogue.gazetteer.entries[str(value["entry"])]
            values.append(_named(other, language, catalogue, with_language=with_language, described=False))
        else:
            values.append(dict(value) if with_language else {"str": value["str"]})
    return values


def _named(
    entry: Entry, language: str, catalogue: Catalogue, *, with_language: bool, described: bool = True
) -> dict[str, Any]:
    shown = "en" if language == "en" and entry.label_en else "ar"
    other = entry.label_ar if shown == "en" else entry.label_en
    found: dict[str, Any] = {
        "id": catalogue.identifier(entry),
        "name": entry.label_en if shown == "en" else entry.label_ar,
    }
    if described:
        country = catalogue.gazetteer.entries.get(entry.country or "")
        place = (country.label_en if language == "en" else country.label_ar) if country else ""
        found["description"] = " · ".join(filter(None, (type_name(entry.type, language), place, other)))
    return {**found, **_told(shown)} if with_language else found


def _told(language: str) -> dict[str, str]:
    return {"lang": language, "dir": DIRECTIONS[language]}
