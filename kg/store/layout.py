"""Where things lie in a store's folder, and what is fixed when it is made.

DB/khabar.json            format of the folder and base IRI of the data; never changes
DB/lock                   held by the one writer
DB/current -> versions/N  the published version; switched atomically
DB/versions/N/store/      RocksDB, immutable;  manifest.json beside it
DB/live/                  the writer's own copy; there only while a writer runs
DB/articles.sqlite        texts by hash, what was read when, from which release, tombstones: rows stamped by version
DB/history/ARTICLE/       former texts and graphs of changed articles
DB/search/N.sqlite        the server's text index of version N; made anew where it is missing
DB/quarantine/ARTICLE/    what the gate did not let through, with its report
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.errors import StoreError, UsageError
from kg.rdf.bases import DEFAULT_BASE

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths of one store; nothing here touches the disk."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / "khabar.json"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    @property
    def current(self) -> Path:
        return self.root / "current"

    @property
    def versions(self) -> Path:
        return self.root / "versions"

    @property
    def live(self) -> Path:
        return self.root / "live"

    @property
    def articles(self) -> Path:
        return self.root / "articles.sqlite"

    @property
    def history(self) -> Path:
        return self.root / "history"

    @property
    def erasing(self) -> Path:
        """There while an erasure runs: the ids of its articles."""
        return self.root / "erasing"

    @property
    def quarantine(self) -> Path:
        return self.root / "quarantine"

    @property
    def search(self) -> Path:
        """The server's text indexes, one a version."""
        return self.root / "search"

    def version(self, number: int) -> Path:
        return self.versions / str(number)


def sync(path: Path) -> None:
    """Forces a file, or the entries of a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there whole or not at all, and durable on return."""
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    sync(partial)
    partial.replace(path)
    sync(path.parent)


def base_iri(db: Path) -> str:
    """The base IRI of the store's data, ending in `/`; StoreError where `db` is no store."""
    config = Layout(db).config
    try:
        found = json.loads(config.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise StoreError(f"{db}: no store here; `khabar ingest … --db {db}` makes one") from None
    except ValueError as error:
        raise StoreError(f"{config}: is damaged ({error}); restore it from a backup") from None
    if found.get("format") != FORMAT:
        raise StoreError(
            f"{db}: made by another version of khabar (format {found.get('format')}, this one reads {FORMAT})"
        )
    return str(found["base"])


def create(db: Path, base: str | None = None) -> str:
    """Makes the folder of a store if it is not there; returns its base IRI.

    `base` must be an absolute http(s) IRI ending in `/` or `#`; UsageError if it is not, or if the store has another.
    """
    layout = Layout(db)
    if layout.config.exists():
        found = base_iri(db)
        if base is not None and base != found:
            raise UsageError(f"{db}: its base IRI is {found} and cannot be changed to {base}; use another --db")
        return found
    base = base or DEFAULT_BASE
    parts = urlsplit(base)
    if (
        parts.scheme not in ("http", "https")
        or not parts.netloc
        or parts.query
        or parts.fragment
        or base[-1] not in "/#"
    ):
        raise UsageError(f"--base {base}: give an absolute http or https IRI that ends in / or #")
    db.mkdir(parents=True, exist_ok=True)
    layout.versions.mkdir(exist_ok=True)
    write_whole(layout.config, json.dumps({"format": FORMAT, "base": base}, indent=1).encode() + b"\n")
    return base
