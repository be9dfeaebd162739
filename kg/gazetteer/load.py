"""Reads the shipped gazetteer into memory, once a process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from kg.errors import GazetteerError
from kg.gazetteer import inflect, tables
from kg.gazetteer.entry import Entry
from kg.model import EntityType
from kg.resources import data_dir


@dataclass(frozen=True)
class Role:
    """An office that many states or bodies have, a row of `roles.tsv`: `president`, titles of a man and of a woman."""

    code: str
    titles_ar: tuple[str, ...]
    feminine_ar: tuple[str, ...]
    title_en: str


@dataclass(frozen=True)
class BodyPattern:
    """A body that every state has, a row of `patterns.tsv`: head nouns that a demonym or the state's name completes.

    Each head comes with the gender in which the demonym agrees, `m` or `f` (also plurals of things); `f!` takes a
    demonym only: الدفاع الروسية, but not دفاع روسيا.
    """

    code: str
    type: EntityType
    heads_ar: tuple[tuple[str, str], ...]
    label_en: str  # with `{}` for the state's name


@dataclass(frozen=True)
class Gazetteer:
    """All entries by key, with the patterns for bodies and offices that every state has.

    `items` holds the Wikidata items of pattern keys such as `defence-minister@russia`, as item and source; `history`
    leads from items that Wikidata merged into others to those. `version` is a hash of the tables.
    """

    entries: Mapping[str, Entry]
    roles: Mapping[str, Role]
    patterns: Mapping[str, BodyPattern]
    items: Mapping[str, tuple[str, str]]
    history: Mapping[str, str]
    version: str

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __len__(self) -> int:
        return len(self.entries)

    def get(self, key: str) -> Entry | None:
        """The entry of a key; `role@state` and `body@state` are composed when both parts are known, else None."""
        found = self.entries.get(key)
        if found is not None or "@" not in key:
            return found
        code, _, of = key.partition("@")
        owner = self.entries.get(of)
        if owner is None:
            return None
        if code in self.patterns:
            return self._body(self.patterns[code], owner)
        return self._office(self.roles[code], owner) if code in self.roles else None

    def current(self, wikidata: str) -> str:
        """The item that an item has been merged into, through all merges; itself when it was not."""
        seen = {wikidata}
        while (following := self.history.get(wikidata)) is not None and following not in seen:
            seen.add(following)
            wikidata = following
        return wikidata

    @cached_property
    def by_wikidata(self) -> Mapping[str, Entry]:
        """Entries (also offices and bodies of `items`) by Wikidata item."""
        composed = (self.get(key) for key in self.items)
        everyone = (*self.entries.values(), *(entry for entry in composed if entry))
        return {entry.wikidata: entry for entry in everyone if entry.wikidata}

    @cached_property
    def states(self) -> tuple[Entry, ...]:
        """The entries of type State."""
        return tuple(entry for entry in self.entries.values() if entry.type is EntityType.STATE)

    def _body(self, pattern: BodyPattern, state: Entry) -> Entry:
        names = [name for head, gender in pattern.heads_ar for name in inflect.completed(head, gender, state)]
        return self._composed(f"{pattern.code}@{state.key}", pattern.type, names, pattern.label_en, state)

    def _office(self, role: Role, owner: Entry) -> Entry:
        men = [name for title in role.titles_ar for name in inflect.completed(title, "m", owner)]
        women = [name for title in role.feminine_ar for name in inflect.completed(title, "f", owner)]
        label = role.title_en + " of {}"
        return self._composed(f"{role.code}@{owner.key}", EntityType.ROLE, [*men, *women], label, owner)

    def _composed(self, key: str, kind: EntityType, names: list[str], label_en: str, owner: Entry) -> Entry:
        item, source = self.items.get(key, (None, ""))
        country = owner.key if owner.type is EntityType.STATE else owner.country
        label = label_en.format(owner.label_en)
        aliases = tuple(dict.fromkeys(names[1:]))
        return Entry(key, kind, names[0], label, item, aliases, country=country, source=source)


def gazetteer_dir() -> Path:
    """The folder of the gazetteer's tables."""
    return data_dir() / "gazetteer"


@cache
def load(folder: Path | None = None) -> Gazetteer:
    """The gazetteer of `folder` (the shipped one when None), read once.

    Raises `GazetteerError` when a table is malformed, two entries share a key, or a key that an entry refers to is
    missing.
    """
    folder = folder or gazetteer_dir()
    items = {row["key"]: (row["wikidata"], row["source"]) for row in tables.rows(folder / "items.tsv")}
    history = {row["old"]: row["new"] for row in tables.rows(folder / "qid_history.tsv")}
    names = {row["key"]: row for row in tables.rows(folder / "names.tsv")}
    spans = {row["key"]: tables.lifespan(row) for row in tables.rows(folder / "lifespans.tsv")}
    entries: dict[str, Entry] = {}
    for path in entry_tables(folder):
        for entry in map(tables.entry, tables.rows(path)):
            if entry.key in entries:
                raise GazetteerError(f"{path.name}: {entry.key} stands in the gazetteer twice")
            entries[entry.key] = _with_span(_with_names(_with_item(entry, items), names), spans)
    _require_references(entries)
    if unknown := spans.keys() - entries.keys():
        raise GazetteerError(f"lifespans.tsv names no entry: {', '.join(sorted(unknown))}")
    gazetteer = Gazetteer(
        entries=entries,
        roles={row["code"]: _role(row) for row in tables.rows(folder / "roles.tsv")},
        patterns={row["code"]: _pattern(row) for row in tables.rows(folder / "patterns.tsv")},
        items={key: value for key, value in items.items() if key not in entries},
        history=history,
        version=version(folder),
    )
    return _merged(gazetteer) if history else gazetteer


def entry_tables(folder: Path) -> list[Path]:
    """The tables that hold entries, hand-written ones first, each group by name."""
    return [*sorted((folder / "curated").glob("*.tsv")), *sorted((folder / "derived").glob("*.tsv"))]


def version(folder: Path) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of all tables: it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.tsv")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _with_item(entry: Entry, items: Mapping[str, tuple[str, str]]) -> Entry:
    if entry.key not in items:
        return entry
    item, source = items[entry.key]
    if entry.wikidata not in (None, item):
        raise GazetteerError(f"{entry.key}: the tables say {entry.wikidata} and {item}")
    return replace(entry, wikidata=item, source=source)


def _with_names(entry: Entry, names: Mapping[str, Mapping[str, str]]) -> Entry:
    row = names.get(entry.key)
    if row is None:
        return entry
    arabic = tuple(dict.fromkeys((*entry.aliases_ar, *tables.split(row["aliases_ar"]))))
    english = tuple(dict.fromkeys((*entry.aliases_en, *tables.split(row["aliases_en"]))))
    return replace(entry, aliases_ar=arabic, aliases_en=english)


def _with_span(entry: Entry, spans: Mapping[str, tuple[date | None, date | None]]) -> Entry:
    start, end = spans.get(entry.key, (None, None))
    return replace(entry, exists_from=start, exists_until=end) if start or end else entry


def _merged(gazetteer: Gazetteer) -> Gazetteer:
    """With every item that was merged replaced by the one it was merged into."""
    entries = {
        key: replace(entry, wikidata=gazetteer.current(entry.wikidata)) if entry.wikidata else entry
        for key, entry in gazetteer.entries.items()
    }
    items = {key: (gazetteer.current(item), source) for key, (item, source) in gazetteer.items.items()}
    return replace(gazetteer, entries=entries, items=items)


def _require_references(entries: Mapping[str, Entry]) -> None:
    for entry in entries.values():
        named = [entry.country, entry.metonym_of, *(office.of for office in entry.offices)]
        for key in named:
            if key is not None and key not in entries:
                raise GazetteerError(f"{entry.key} refers to {key}, which the gazetteer does not hold")


def _role(row: Mapping[str, str]) -> Role:
    return Role(row["code"], tables.split(row["titles_ar"]), tables.split(row["feminine_ar"]), row["title_en"])


def _pattern(row: Mapping[str, str]) -> BodyPattern:
    heads = (cell.partition(":") for cell in tables.split(row["heads_ar"]))
    pairs = tuple((head, gender) for head, _, gender in heads)
    return BodyPattern(row["code"], EntityType(row["type"]), pairs, row["label_en"])
