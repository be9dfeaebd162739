"""Gold annotation and extraction records, read from their files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import UsageError
from kg.evaluate.identity import Identity, identity

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotated articles by the stem of their file's name, and who each gold key is."""

    articles: dict[str, Record]
    identities: dict[str, Identity]


def read_gold(folder: Path, entities: Path | None = None) -> Gold:
    """A folder of annotation files with its table of entities (`entities.tsv` in it unless another is given).

    Files without an `article` hold other annotation and are passed over. Raises UsageError where nothing can be read.
    """
    table = entities or folder / "entities.tsv"
    try:
        articles = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
        rows = list(csv.reader(table.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    except (OSError, ValueError) as error:
        raise UsageError(f"{folder}: no gold annotation can be read ({error})") from error
    annotated = {stem: gold for stem, gold in articles.items() if "article" in gold}
    if not annotated:
        raise UsageError(f"{folder}: holds no gold annotation (*.json with an `article`)")
    identities = {}
    for row in rows[1:]:
        if row and row[0]:
            key, wikidata, _type, english, arabic = (*row, "", "", "", "")[:5]
            identities[key] = identity(wikidata or None, f"{arabic}|{english}".split("|"))
    return Gold(annotated, identities)


def read_records(lines: Iterable[str], place: str) -> dict[str, Record]:
    """Extraction records, one JSON object a line, by the stem of their article's name; UsageError on a bad line."""
    records = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            records[Path(record["article"]).stem] = record
        except (ValueError, KeyError, TypeError) as error:
            raise UsageError(f"{place}:{number}: no extraction record ({error})") from error
    return records
