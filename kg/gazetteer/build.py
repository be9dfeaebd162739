"""Makes the derived tables from the sources: Natural Earth, CLDR, rigour, country-coder and the hand-written columns.

The sources lie outside the project (`../shared/gazetteer`); the derived tables are kept in it, so that only a rebuild
needs them. Same sources, same bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale

from kg.gazetteer import tables

NATURAL_EARTH = "Natural Earth 5, 1:10m countries"
NATURAL_EARTH_PLACES = "Natural Earth 4, 1:10m populated places"
# Parts of other states, or claimed by one, that still act under a name of their own.
_NOT_STATES = frozenset({"EH", "FK", "GI", "GL", "HK", "MO", "PR"})

Row = dict[str, str]


def states(sources: Path, own: Path) -> Iterator[Row]:
    """Rows of `derived/states.tsv`: one for each row of the hand-written `states.tsv`, in its order.

    `sources` is the folder with Natural Earth's tables, `own` that of the hand-written ones. The Wikidata item is
    Natural Earth's for that ISO code unless `items.tsv` decides otherwise (`check` compares all sources).
    """
    natural = _sovereigns(sources)
    decided = {row["key"]: row for row in tables.rows(own.parent / "items.tsv")}
    arabic, english = Locale("ar").territories, Locale("en").territories
    for row in tables.rows(own / "states.tsv"):
        iso2 = row["iso2"]
        earth = natural.get(iso2, {})
        label_ar = earth.get("name_ar", "") or arabic[iso2]
        label_en = english[iso2]
        item, source = earth.get("qid", ""), f"{NATURAL_EARTH}, {iso2}" if earth else ""
        if row["key"] in decided:
            item, source = decided[row["key"]]["wikidata"], decided[row["key"]]["source"]
        yield {
            "key": row["key"],
            "type": "Place" if iso2 in _NOT_STATES else "State",
            "wikidata": item,
            "label_ar": label_ar,
            "label_en": label_en,
            "aliases_ar": _joined((arabic.get(iso2, ""), *tables.split(row["aliases_ar"])), label_ar),
            "aliases_en": _joined((earth.get("name_en", ""), earth.get("formal_en", "")), label_en),
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
            "source": f"{NATURAL_EARTH_PLACES}, capital of {row['iso2']}" if item else "",
        }


def build(sources: Path, folder: Path) -> dict[str, int]:
    """Writes the derived tables into `folder/derived` and says how many rows each has."""
    made = {"states.tsv": states(sources, folder / "sources"), "capitals.tsv": capitals(sources, folder / "sources")}
    counts = {}
    for name, table in made.items():
        table_rows = list(table)
        tables.write(folder / "derived" / name, tables.COLUMNS, table_rows)
        counts[name] = len(table_rows)
    return counts


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
