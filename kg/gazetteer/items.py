"""A Wikidata item, as dump and API give it in JSON, read into an entry of the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.gazetteer.entry import Entry, Office
from kg.gazetteer.load import Gazetteer
from kg.model import EntityType

INSTANCE_OF, COUNTRY, CITIZENSHIP, POSITION_HELD, START, END, ISO2 = "P31", "P17", "P27", "P39", "P580", "P582", "P297"
_PRECISION_LENGTH = {9: 4, 10: 7, 11: 10}  # Wikibase's precisions of year, month and day, in characters of an ISO date


@dataclass(frozen=True, slots=True)
class Item:
    """What the gazetteer takes from an item. Offices are position item, EDTF start and end."""

    wikidata: str
    classes: frozenset[str]
    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    countries: tuple[str, ...] = ()
    positions: tuple[tuple[str, str, str], ...] = ()
    iso2: str | None = None
    redirected_from: str | None = field(default=None)


def item(record: Mapping[str, Any]) -> Item | None:
    """The item of a JSON entity, or None for a property, a lexeme or an item that does not exist.

    Raises `KeyError`, `TypeError` or `AttributeError` for a record that is not of Wikibase's form.
    """
    if record.get("type", "item") != "item" or "missing" in record:
        return None
    claims = record.get("claims") or {}
    return Item(
        wikidata=record["id"],
        classes=frozenset(_items(claims, INSTANCE_OF)),
        labels={code: label["value"] for code, label in (record.get("labels") or {}).items()},
        aliases={
            code: tuple(alias["value"] for alias in aliases) for code, aliases in (record.get("aliases") or {}).items()
        },
        countries=(*_items(claims, COUNTRY), *_items(claims, CITIZENSHIP)),
        positions=tuple(_positions(claims)),
        iso2=next(_strings(claims, ISO2), None),
        redirected_from=(record.get("redirects") or {}).get("from"),
    )


def entry(item: Item, kind: EntityType, gazetteer: Gazetteer, source: str) -> Entry | None:
    """The entry that an item makes, keyed by the item; None without an Arabic label.

    Countries and offices are kept where the gazetteer holds the state or the position.
    """
    label = item.labels.get("ar")
    if not label:
        return None
    country = next((gazetteer.by_wikidata[code].key for code in item.countries if code in gazetteer.by_wikidata), None)
    english = item.labels.get("en", "")
    return Entry(
        key=item.wikidata.lower(),
        type=kind,
        label_ar=label,
        label_en=english,
        wikidata=item.wikidata,
        aliases_ar=tuple(name for name in item.aliases.get("ar", ()) if name != label),
        aliases_en=tuple(name for name in item.aliases.get("en", ()) if name != english),
        country=country,
        offices=tuple(_offices(item, gazetteer)),
        source=source,
        iso2=item.iso2,
    )


def _offices(item: Item, gazetteer: Gazetteer) -> Iterator[Office]:
    for position, start, end in item.positions:
        held = gazetteer.by_wikidata.get(position)
        role, at, of = held.key.partition("@") if held else ("", "", "")
        if at and role in gazetteer.roles:
            yield Office(role, of, start, end)


def _items(claims: Mapping[str, Any], property_id: str) -> Iterator[str]:
    for statement in claims.get(property_id, ()):
        found = _value(statement["mainsnak"])
        if statement.get("rank") != "deprecated" and isinstance(found, dict) and "id" in found:
            yield found["id"]


def _strings(claims: Mapping[str, Any], property_id: str) -> Iterator[str]:
    for statement in claims.get(property_id, ()):
        found = _value(statement["mainsnak"])
        if isinstance(found, str):
            yield found


def _positions(claims: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for statement in claims.get(POSITION_HELD, ()):
        found = _value(statement["mainsnak"])
        if statement.get("rank") != "deprecated" and isinstance(found, dict) and "id" in found:
            qualifiers = statement.get("qualifiers") or {}
            yield found["id"], _date(qualifiers.get(START)), _date(qualifiers.get(END))


def _date(snaks: list[Any] | None) -> str:
    """A Wikibase time as EDTF, cut to its precision; empty when there is none, or it is coarser than a year."""
    found = _value(snaks[0]) if snaks else None
    if not isinstance(found, dict):
        return ""
    length = _PRECISION_LENGTH.get(found.get("precision", 0), 0)
    return str(found["time"]).lstrip("+")[:length]


def _value(snak: Mapping[str, Any]) -> Any:
    """The value of a snak, or None for "unknown" and "no value"."""
    return (snak.get("datavalue") or {}).get("value")
