"""Makes the derived tables from the sources: Natural Earth, CLDR, GeoNames names and the hand-written columns.

Natural Earth's tables lie outside the project (`../shared/gazetteer`); the derived tables are kept in it, so that only
a rebuild needs them. Same sources, same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from kg.gazetteer import tables
from kg.gazetteer.inflect import inflections
from kg.gazetteer.places import Row, cities, regions
from kg.text.fold import fold_key

COUNTRIES = "Natural Earth 5, 1:10m countries"
CAPITALS = "Natural Earth 4, 1:10m populated places"
# Parts of other states, or claimed by one, that still act under a name of their own.
_NOT_STATES = frozenset({"EH", "FK", "GI", "GL", "HK", "MO", "PR"})


def build(sources: Path, folder: Path) -> dict[str, int]:
    """Writes the derived tables into `folder/derived` and says how many rows each has.

    `sources` holds Natural Earth's tables; `folder` is the gazetteer with `curated/`, `sources/` and `items.tsv`.
    """
    own = folder / "sources"
    countries = {row["iso2"]: row["key"] for row in tables.rows(own / "states.tsv")}
    items = {row["key"]: row for row in tables.rows(folder / "items.tsv")}
    made = {"states.tsv": list(states(sources, own, items)), "capitals.tsv": list(capitals(sources, own))}
    names = _Names(folder, made.values())
    # each table skips the items of those before it
    made["regions.tsv"] = names.unclaimed(regions(sources, countries, names.items))
    made["cities.tsv"] = names.unclaimed(cities(sources, own, countries, names.items))
    for name, rows in made.items():
        tables.write(folder / "derived" / name, tables.COLUMNS, rows)
    return {name: len(rows) for name, rows in made.items()}


def states(sources: Path, own: Path, items: dict[str, Row]) -> Iterator[Row]:
    """Rows of `derived/states.tsv`: one for each row of the hand-written `states.tsv`, in its order.

    The Wikidata item is Natural Earth's for that ISO code unless `items` decides otherwise.
    """
    natural = _sovereigns(sources)
    arabic, english = Locale("ar").territories, Locale("en").territories
    for row in tables.rows(own / "states.tsv"):
        iso2 = row["iso2"]
        earth = natural.get(iso2, {})
        label_ar = earth.get("name_ar", "") or arabic[iso2]
        item, source = earth.get("qid", ""), f"{COUNTRIES}, {iso2}" if earth else ""
        if row["key"] in items:
            item, source = items[row["key"]]["wikidata"], items[row["key"]]["source"]
        yield {
            "key": row["key"],
            "type": "Place" if iso2 in _NOT_STATES else "State",
            "wikidata": item,
            "label_ar": label_ar,
            "label_en": english[iso2],
            "aliases_ar": _joined((arabic.get(iso2, ""), *tables.split(row["aliases_ar"])), label_ar),
            "aliases_en": _joined((earth.get("name_en", ""), earth.get("formal_en", "")), english[iso2]),
            "demonyms": row["demonyms"],
            "iso2": iso2,
            "source": source,
        }


def capitals(sources: Path, own: Path) -> Iterator[Row]:
    """Rows of `derived/capitals.tsv`: places that stand for the government of their state."""
    items = _capital_items(sources)
    for row in tables.rows(own / "states.tsv"):
        names = tables.split(row["capital_ar"])
        if not names:
            continue
        item = items.get((row["iso2"], row["capital_en"]), "")
        yield {
            "key": f"{row['key']}.capital",
            "type": "Place",
            "wikidata": item,
            "label_ar": names[0],
            "label_en": row["capital_en"],
            "aliases_ar": "|".join(names[1:]),
            "country": row["key"],
            "metonym_of": row["key"],
            "source": f"{CAPITALS}, capital of {row['iso2']}" if item else "",
        }


class _Names:
    """The names and items that hand-written entries, states and capitals hold: no place may take them."""

    def __init__(self, folder: Path, made: Iterable[list[Row]]) -> None:
        curated = [row for path in sorted((folder / "curated").glob("*.tsv")) for row in tables.rows(path)]
        rows = [*curated, *(row for table in made for row in table)]
        self.items = {row["wikidata"] for row in rows if row.get("wikidata")}
        self.items |= {row["wikidata"] for row in tables.rows(folder / "items.tsv")}
        self._names = {fold_key(name) for row in rows for name in (*_names(row), *_adjectives(row))}
        self._names |= {fold_key(row["name"]) for row in tables.rows(folder / "sources" / "not_names.tsv")}
        self._keys: set[str] = set()

    def unclaimed(self, rows: Iterable[Row]) -> list[Row]:
        """The rows under the names nobody before them holds; one whose every name is held is left out."""
        kept = []
        for row in rows:
            names = [name for name in _names(row) if fold_key(name) not in self._names]
            if not names or row["key"] in self._keys:
                continue
            self._keys.add(row["key"])
            self._names.update(map(fold_key, names))
            self.items.add(row["wikidata"])
            kept.append({**row, "label_ar": names[0], "aliases_ar": "|".join(names[1:])})
        return kept


def _names(row: Row) -> tuple[str, ...]:
    cells = (row["label_ar"], *tables.split(row.get("aliases_ar", "")), *tables.split(row.get("short_ar", "")))
    return tuple(dict.fromkeys(cells))


def _adjectives(row: Row) -> Iterator[str]:
    for cell in tables.split(row.get("demonyms", "")):
        yield from inflections(tables.demonym(cell))


def _sovereigns(sources: Path) -> dict[str, Row]:
    kept: dict[str, Row] = {}
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in tables.rows(sources / "ne_countries10.tsv"):
        by_code[row["iso2"]].append(row)
    for iso2, candidates in by_code.items():
        whole = [row for row in candidates if row["type"] in ("Sovereign country", "Country", "Sovereignty")]
        kept[iso2] = (whole or candidates)[0]
    return kept


def _capital_items(sources: Path) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for row in tables.rows(sources / "ne_populated_places10_v4.tsv"):
        iso2 = "XK" if row["name_en"] == "Prishtina" else row["iso2"]
        for name in (row["name_en"], *tables.split(row["name_alt"])):
            found.setdefault((iso2, name), row["qid"])
    return found


def _joined(names: Iterable[str], label: str) -> str:
    return "|".join(dict.fromkeys(name for name in names if name and name != label))
