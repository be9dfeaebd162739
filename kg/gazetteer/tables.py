"""The gazetteer's tables: tab-separated, a header line, `|` between the values of a cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from kg.errors import GazetteerError
from kg.gazetteer.entry import Demonym, Entry, Office
from kg.model import EntityType

COLUMNS = (
    "key",
    "type",
    "wikidata",
    "label_ar",
    "label_en",
    "aliases_ar",
    "aliases_en",
    "short_ar",
    "demonyms",
    "country",
    "metonym_of",
    "offices",
    "iso2",
    "source",
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table by column name.

    Raises `GazetteerError` for a row with another number of cells than the header (named by file and line).
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(reader)
        for cells in reader:
            if len(cells) != len(header):
                place = f"{path.name}, line {reader.line_num}"
                raise GazetteerError(f"{place}: {len(cells)} cells, the header has {len(header)}")
            yield dict(zip(header, cells, strict=True))


def write(path: Path, columns: Iterable[str], table: Iterable[Mapping[str, str]]) -> None:
    """Writes a table; a column that a row does not hold stays empty."""
    names = tuple(columns)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\t".join(names) + "\n")
        for row in table:
            file.write("\t".join(row.get(name, "") for name in names) + "\n")


def split(cell: str) -> tuple[str, ...]:
    """The values of a cell, in order, without repetitions."""
    return tuple(dict.fromkeys(value.strip() for value in cell.split("|") if value.strip()))


def demonym(cell: str) -> Demonym:
    """`روسي:روس` → the base form and its broken plurals."""
    base, *plurals = cell.split(":")
    return Demonym(base, tuple(plurals))


def office(cell: str) -> Office:
    """`president@russia:2012-05-07/..` → role, body and dates; raises `GazetteerError` when it is not of that form."""
    name, _, interval = cell.partition(":")
    role, at, of = name.partition("@")
    start, slash, end = interval.partition("/")
    if not (role and at and of) or (interval and not slash):
        raise GazetteerError(f"{cell}: not an office (role@body:from/to)")
    return Office(role, of, start.replace("..", ""), end.replace("..", ""))


def lifespan(row: Mapping[str, str]) -> tuple[date | None, date | None]:
    """The first and the last day of a row of `lifespans.tsv`; raises `GazetteerError` for what is no day or no span."""
    try:
        start, end = (date.fromisoformat(row[name]) if row[name] else None for name in ("from", "until"))
    except ValueError as error:
        raise GazetteerError(f"lifespans.tsv, {row['key']}: {error}") from error
    if (start and end and start > end) or not (start or end):
        raise GazetteerError(f"lifespans.tsv, {row['key']}: not a span of days")
    return start, end


def entry(row: Mapping[str, str]) -> Entry:
    """The entry of a row; columns that the table lacks are empty."""
    try:
        kind = EntityType(row["type"])
    except ValueError as error:
        raise GazetteerError(f"{row['key']}: {row['type']} is no entity type") from error
    return Entry(
        key=row["key"],
        type=kind,
        label_ar=row["label_ar"],
        label_en=row.get("label_en", ""),
        wikidata=row.get("wikidata") or None,
        aliases_ar=split(row.get("aliases_ar", "")),
        aliases_en=split(row.get("aliases_en", "")),
        short_ar=split(row.get("short_ar", "")),
        demonyms=tuple(demonym(cell) for cell in split(row.get("demonyms", ""))),
        country=row.get("country") or None,
        metonym_of=row.get("metonym_of") or None,
        offices=tuple(office(cell) for cell in row.get("offices", "").split(",") if cell),
        source=row.get("source", ""),
        iso2=row.get("iso2") or None,
    )


def line(made: Entry) -> str:
    """An entry as a line of a table with `COLUMNS`, line feed included; tabs and line feeds in values become spaces."""
    offices = ",".join(f"{o.role}@{o.of}:{o.start or '..'}/{o.end or '..'}" for o in made.offices)
    cells = {
        "key": made.key,
        "type": made.type.value,
        "wikidata": made.wikidata or "",
        "label_ar": made.label_ar,
        "label_en": made.label_en,
        "aliases_ar": _cell(made.aliases_ar),
        "aliases_en": _cell(made.aliases_en),
        "short_ar": _cell(made.short_ar),
        "demonyms": "|".join(":".join((d.base, *d.plurals)) for d in made.demonyms),
        "country": made.country or "",
        "metonym_of": made.metonym_of or "",
        "offices": offices,
        "iso2": made.iso2 or "",
        "source": made.source,
    }
    return "\t".join(" ".join(cells[name].split()) for name in COLUMNS) + "\n"


def _cell(values: tuple[str, ...]) -> str:
    return "|".join(value.replace("|", " ") for value in values)
