"""Whether the gazetteer agrees with itself and with its sources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer import tables
from kg.gazetteer.entry import Entry
from kg.gazetteer.inflect import inflections
from kg.gazetteer.load import Gazetteer
from kg.model import EntityType
from kg.text.fold import fold_key

_ITEM = re.compile(r"Q[1-9][0-9]*")
_EDTF = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: what kind, which key, item or name it is about, and what was found."""

    kind: str
    about: str
    found: str


def itself(gazetteer: Gazetteer, folder: Path) -> list[Problem]:
    """Problems inside the gazetteer: items, sources, doubled items, ambiguous names without a rule, offices."""
    return [
        *_items(gazetteer),
        *_doubled(gazetteer),
        *_ambiguous(gazetteer, folder),
        *_offices(gazetteer),
    ]


def against_sources(gazetteer: Gazetteer, sources: Path) -> list[Problem]:
    """Where the tables in `sources` give a state another item than the gazetteer, or one of its items another name.

    A state whose sources differ is settled by a row of `items.tsv` that names at least one of them.
    """
    return [*_states(gazetteer, sources), *_labels(gazetteer, sources)]


def _items(gazetteer: Gazetteer) -> Iterator[Problem]:
    for entry in (*gazetteer, *(entry for entry in map(gazetteer.get, gazetteer.items) if entry)):
        if entry.wikidata and not _ITEM.fullmatch(entry.wikidata):
            yield Problem("item", entry.key, f"{entry.wikidata} is not a Wikidata item")
        if entry.wikidata and not entry.source:
            yield Problem("source", entry.key, f"{entry.wikidata} names no source")
    for key in gazetteer.items:
        if gazetteer.get(key) is None:
            yield Problem("key", key, "items.tsv names no entry, office or body")


def _doubled(gazetteer: Gazetteer) -> Iterator[Problem]:
    by_item: dict[str, list[str]] = defaultdict(list)
    for entry in (*gazetteer, *(entry for entry in map(gazetteer.get, gazetteer.items) if entry)):
        if entry.wikidata:
            by_item[entry.wikidata].append(entry.key)
    for item, keys in by_item.items():
        if len(keys) > 1:
            yield Problem("doubled", item, f"two entries: {', '.join(sorted(keys))}")


def _ambiguous(gazetteer: Gazetteer, folder: Path) -> Iterator[Problem]:
    settled = {
        fold_key(row["name"]): set(tables.split(row["meanings"])) for row in tables.rows(folder / "ambiguous.tsv")
    }
    meanings: dict[str, set[str]] = defaultdict(set)
    for entry in gazetteer:
        for name in (*entry.names_ar, *entry.short_ar, *(f for d in entry.demonyms for f in inflections(d))):
            meanings[fold_key(name)].add(entry.key)
    for name, keys in meanings.items():
        if len(keys) > 1 and not keys <= settled.get(name, set()) and not _only_short(gazetteer, name, keys):
            yield Problem("ambiguous", name, f"{', '.join(sorted(keys))}: no rule in ambiguous.tsv")


def _only_short(gazetteer: Gazetteer, name: str, keys: set[str]) -> bool:
    """Whether all but one hold it as a short form: those need their full name in the article first."""
    full = [key for key in keys if name in map(fold_key, gazetteer.entries[key].names_ar)]
    adjectives = [key for key in keys if gazetteer.entries[key].demonyms and key not in full]
    return not full and not adjectives


def _offices(gazetteer: Gazetteer) -> Iterator[Problem]:
    for entry in gazetteer:
        for office in entry.offices:
            if office.role not in gazetteer.roles:
                yield Problem("office", entry.key, f"{office.role} is not in roles.tsv")
            if not (_EDTF.fullmatch(office.start) and _EDTF.fullmatch(office.end)):
                yield Problem("office", entry.key, f"{office.start}/{office.end} are not dates")
            elif office.end and office.start > office.end:
                yield Problem("office", entry.key, f"{office.role}: it ends before it begins")


def _states(gazetteer: Gazetteer, sources: Path) -> Iterator[Problem]:
    given = _items_by_code(sources)
    for entry in gazetteer:
        if entry.iso2 is None or entry.type is not EntityType.STATE:
            continue
        others = {source: items for source, items in given.get(entry.iso2, {}).items() if entry.wikidata not in items}
        if others and not any(source in entry.source for source in given[entry.iso2]):
            told = "; ".join(f"{source}: {', '.join(sorted(items))}" for source, items in sorted(others.items()))
            yield Problem("sources", entry.key, f"{entry.wikidata}, but {told}")


def _items_by_code(sources: Path) -> dict[str, dict[str, set[str]]]:
    given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    alpha3: dict[str, str] = {}
    for row in tables.rows(sources / "ne_countries10.tsv"):
        if row["type"] in ("Sovereign country", "Country", "Sovereignty"):
            given[row["iso2"]]["ne_countries10.tsv"].add(row["qid"])
        alpha3[row["a3"].lower()] = row["iso2"]
    for row in tables.rows(sources / "country_coder.tsv"):
        if row["iso2"]:
            given[row["iso2"]]["country_coder.tsv"].add(row["qid"])
    for row in tables.rows(sources / "rigour_territories.tsv"):
        iso2 = alpha3.get(row["alpha3"], "")
        if iso2:
            given[iso2]["rigour_territories.tsv"] |= {row["qid"], *tables.split(row["other_qids"])}
    return given


def _labels(gazetteer: Gazetteer, sources: Path) -> Iterator[Problem]:
    """Every checked entity of `seed_core.tsv` is held under its item, with a name that the source gives too."""
    for row in tables.rows(sources / "seed_core.tsv"):
        entry = gazetteer.by_wikidata.get(row["qid"])
        if entry is None:
            yield Problem("missing", row["qid"], f"seed_core.tsv: {row['label_en']}")
        elif not _same_name(entry, row):
            yield Problem("label", row["qid"], f"{entry.key} is {row['label_en']} in seed_core.tsv")


def _same_name(entry: Entry, row: dict[str, str]) -> bool:
    own = {fold_key(name) for name in (*entry.names_ar, *entry.short_ar, *entry.names_en)}
    given = (row["label_ar"], row["label_en"], *tables.split(row["aliases_ar"]))
    return any(fold_key(name) in own for name in given)
