"""Data brought from one version of the ontology to a later one, by the updates in `ontology/migrations/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg import resources
from kg.errors import OntologyError, QueryRefusedError, UsageError
from kg.sparql import check
from kg.store import Change

_TITLE = re.compile(r"^#\s*title@(ar|en):\s*(.+)$", re.MULTILINE)
_VERSION = re.compile(r"\d+\.\d+\.\d+")

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Migration:
    """One update: `version` is the one it leads to; `titles` by language."""

    version: str
    titles: Mapping[str, str]
    update: str


def key(version: str) -> Key:
    """A version as numbers that compare; raises UsageError for what is not three numbers with full stops between."""
    if not _VERSION.fullmatch(version):
        raise UsageError(f"{version}: not a version of the ontology, such as 0.1.0")
    return tuple(map(int, version.split(".")))


def migrations(since: str, folder: Path | None = None) -> list[Migration]:
    """The migrations of `folder` (by default the packaged ones) to versions after `since`, in order.

    Raises UsageError where `since` is no version, OntologyError where a migration has no title in both languages.
    """
    start = key(since)
    files = (folder or resources.ontology_dir() / "migrations").glob("*.ru")
    found = [_read(file) for file in sorted(files, key=lambda file: key(file.stem)) if key(file.stem) > start]
    for migration in found:
        if set(migration.titles) != {"ar", "en"}:
            raise OntologyError(f"the migration to {migration.version} needs its title in Arabic and in English")
    return found


def _read(file: Path) -> Migration:
    text = file.read_text("utf-8")
    return Migration(file.stem, dict(_TITLE.findall(text)), text)


def migrate(graph: ox.Store, since: str, folder: Path | None = None) -> list[Migration]:
    """Applies to `graph` the migrations after `since`, and returns them.

    Raises OntologyError where one cannot be run; the graph is then between two versions and must be thrown away.
    """
    steps = migrations(since, folder)
    for step in steps:
        try:
            check(step.update)
            graph.update(step.update)
        except (QueryRefusedError, SyntaxError, ValueError) as error:
            raise OntologyError(f"the migration to {step.version} cannot be run: {error}") from error
    return steps


def migrated_change(before: ox.Store, since: str, scratch: Path, folder: Path | None = None) -> Change:
    """What migrating a store changes in it, found on a copy in the folder `scratch`, which must not exist."""
    before.backup(str(scratch))
    after = ox.Store(str(scratch))
    migrate(after, since, folder)
    added = frozenset(quad for quad in after if quad not in before)
    removed = frozenset(quad for quad in before if quad not in after)
    return Change(added, removed)
