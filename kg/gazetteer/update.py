"""What Wikidata says today about the gazetteer's items: merged, gone, renamed, and under which further names known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kg.gazetteer import tables
from kg.gazetteer.entry import Entry
from kg.gazetteer.items import Item, item
from kg.gazetteer.load import Gazetteer
from kg.text.fold import fold_key


@dataclass(frozen=True, slots=True)
class Change:
    """One thing found about an entry: `merged`, `gone`, `label` (no name in common) or `names` (new aliases).

    `found` is the new item, the item's label, or the new names as a cell of a table.
    """

    kind: str
    key: str
    wikidata: str
    found: str
    english: str = ""  # the new English names


def changes(gazetteer: Gazetteer, answers: Iterable[tuple[str, Mapping[str, Any]]]) -> list[Change]:
    """What the answers of `Client.entities` mean for the entries that hold those items."""
    found: list[Change] = []
    for asked, record in answers:
        entry = gazetteer.by_wikidata.get(asked)
        now = item(record)
        if entry is not None:
            found.extend(_changes(entry, asked, now))
    return found


def apply(found: Iterable[Change], folder: Path, today: date) -> dict[str, int]:
    """Writes merges to `qid_history.tsv` and new names to `names.tsv`; says how many. The rest is for people."""
    merged = [change for change in found if change.kind == "merged"]
    named = [change for change in found if change.kind == "names"]
    history = list(tables.rows(folder / "qid_history.tsv"))
    history += [
        {"old": change.wikidata, "new": change.found, "date": today.isoformat(), "how": "redirect on Wikidata"}
        for change in merged
    ]
    tables.write(folder / "qid_history.tsv", ("old", "new", "date", "how"), history)
    names = {row["key"]: row for row in tables.rows(folder / "names.tsv")}
    for change in named:
        held = names.get(change.key, {})
        names[change.key] = {
            "key": change.key,
            "aliases_ar": _joined(held.get("aliases_ar", ""), change.found),
            "aliases_en": _joined(held.get("aliases_en", ""), change.english),
            "source": f"Wikidata {change.wikidata}, {today.isoformat()}",
        }
    rows = [names[key] for key in sorted(names)]
    tables.write(folder / "names.tsv", ("key", "aliases_ar", "aliases_en", "source"), rows)
    return {"merged": len(merged), "names": len(named)}


def _changes(entry: Entry, asked: str, now: Item | None) -> list[Change]:
    if now is None:
        return [Change("gone", entry.key, asked, "")]
    found = [Change("merged", entry.key, asked, now.wikidata)] if now.wikidata != asked else []
    arabic = _names(now, "ar")
    english = _names(now, "en")
    held = {fold_key(name) for name in (*entry.names_ar, *entry.short_ar, *entry.names_en)}
    if not any(fold_key(name) in held for name in (*arabic, *english)):
        return [*found, Change("label", entry.key, asked, " / ".join((*arabic[:1], *english[:1])))]
    new_ar = "|".join(name for name in arabic if fold_key(name) not in held)
    new_en = "|".join(name for name in english if fold_key(name) not in held)
    return [*found, Change("names", entry.key, asked, new_ar, new_en)] if new_ar or new_en else found


def _names(found: Item, language: str) -> tuple[str, ...]:
    label = found.labels.get(language)
    names = ((label,) if label else ()) + tuple(found.aliases.get(language, ()))
    return tuple(" ".join(name.replace("|", " ").split()) for name in names)


def _joined(*cells: str) -> str:
    return "|".join(dict.fromkeys(value for cell in cells for value in tables.split(cell)))
