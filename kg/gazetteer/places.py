"""Rows of the derived tables of places: first-level regions of large states and large cities."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.gazetteer import tables

Row = dict[str, str]

REGIONS = "Natural Earth 5, 1:50m first-level units"
CITIES = "Natural Earth 4, 1:10m populated places"
# Words that only say what kind of unit it is; the name without them is an alias.
_KINDS = ("إقليم ", "ولاية ", "مقاطعة ", "جمهورية ", "محافظة ", "منطقة ")
_OBLAST = "أوبلاست"


def slug(*parts: str) -> str:
    """A key of ASCII letters, digits and hyphens: other letters are dropped after their accents are."""
    plain = unicodedata.normalize("NFKD", " ".join(parts)).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def regions(sources: Path, countries: dict[str, str], taken: Iterable[str]) -> Iterator[Row]:
    """Rows of `derived/regions.tsv`, without the items in `taken`; `countries` maps ISO codes to keys of states."""
    skipped = set(taken)
    for row in tables.rows(sources / "ne_admin1_50m.tsv"):
        country = countries.get(row["iso2"])
        if row["qid"] in skipped or country is None or not row["name_ar"]:
            continue
        skipped.add(row["qid"])
        yield {
            "key": f"{slug(row['name_en'])}.{row['iso_3166_2'].lower().rstrip('~')}",
            "type": "Place",
            "wikidata": row["qid"],
            "label_ar": row["name_ar"],
            "label_en": row["name_en"],
            "aliases_ar": "|".join(
                row["name_ar"].removeprefix(kind) for kind in _KINDS if row["name_ar"].startswith(kind)
            ),
            "aliases_en": "|".join(name for name in tables.split(row["name_alt"]) if name.isascii()),
            "country": country,
            "source": f"{REGIONS}, {row['iso_3166_2']}",
        }


def cities(sources: Path, own: Path, countries: dict[str, str], taken: Iterable[str]) -> Iterator[Row]:
    """Rows of `derived/cities.tsv`, largest first: Natural Earth's places that `geonames_ar.tsv` knows in Arabic.

    The two are joined by GeoNames id.
    """
    skipped = set(taken)
    arabic = {row["geonameid"]: row for row in tables.rows(own / "geonames_ar.tsv")}
    rows = [row for row in tables.rows(sources / "ne_populated_places10_v4.tsv") if row["geonameid"]]
    for row in sorted(rows, key=lambda row: (-int(row["pop"] or 0), row["qid"])):
        names = arabic.get(str(int(float(row["geonameid"]))))
        country = countries.get(row["iso2"])
        if names is None or country is None or row["qid"] in skipped:
            continue
        skipped.add(row["qid"])
        yield {
            "key": f"{slug(row['name_en'])}.{row['iso2'].lower()}",
            "type": "Place",
            "wikidata": row["qid"],
            "label_ar": names["label_ar"],
            "label_en": row["name_en"],
            "aliases_ar": names["aliases_ar"],
            "country": country,
            "source": f"{CITIES}, GeoNames {names['geonameid']}",
        }


def _other_names(name: str) -> Iterator[str]:
    if _OBLAST in name.split():
        stem = " ".join(word for word in name.split() if word != _OBLAST)
        yield from (f"{kind}{stem}" for kind in ("منطقة ", "مقاطعة ", "إقليم "))
    for kind in _KINDS:
        if name.startswith(kind):
            yield name.removeprefix(kind)
