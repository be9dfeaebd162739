"""Published versions: immutable folders, one of them current.

A reader resolves `current` once, holds the version it opened, and moves on when `current` names another:

    with open_current(db) as (version, graph):   # graph: pyoxigraph.Store, read-only
        ...

A version that a reader holds is not deleted, whatever is published meanwhile.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph

from kg.errors import StoreError
from kg.store.faults import storage_faults
from kg.store.layout import Layout, base_iri, sync, write_whole

KEPT = 2  # the current version and the one before, for readers between resolving and opening


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a version says of itself. `published` is a UTC clock time in ISO 8601; `release` that of the last ingest."""

    version: int
    published: str
    base: str
    release: str | None
    articles: int
    quads: int


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of the store in folder `db`."""

    db: Path
    number: int

    @property
    def folder(self) -> Path:
        return Layout(self.db).version(self.number)

    @property
    def path(self) -> Path:
        """The RocksDB folder, to be opened with `pyoxigraph.Store.read_only` only."""
        return self.folder / "store"

    @property
    def manifest(self) -> Manifest:
        """Read anew on each use; StoreError when it is damaged or the version is gone."""
        try:
            return Manifest(**json.loads((self.folder / "manifest.json").read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise StoreError(f"{self.folder}: its manifest cannot be read ({error})") from error

    @property
    def base(self) -> str:
        """The base IRI of the data, ending in `/` or `#`."""
        return base_iri(self.db)

    def open(self) -> pyoxigraph.Store:
        """A read-only store over this version; for a long-lived reader, inside `hold`."""
        with storage_faults(self.db):
            return pyoxigraph.Store.read_only(str(self.path))

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Keeps this version from being deleted; forked children share the hold. StoreError if it is gone already."""
        try:
            handle = os.open(self.folder / "manifest.json", os.O_RDONLY)
        except OSError as error:
            raise StoreError(f"{self.db}: version {self.number} is gone") from error
        try:
            fcntl.flock(handle, fcntl.LOCK_SH)
            if not self.path.is_dir():
                raise StoreError(f"{self.db}: version {self.number} is gone")
            yield
        finally:
            os.close(handle)


def current(db: Path) -> Version:
    """The version now published in `db`; StoreError where nothing is published yet or `db` is no store."""
    base_iri(db)
    try:
        target = Layout(db).current.readlink()
    except OSError:
        raise StoreError(f"{db}: nothing is published yet; `khabar ingest … --db {db}` fills it") from None
    return Version(db, int(target.name))


@contextmanager
def open_current(db: Path) -> Iterator[tuple[Version, pyoxigraph.Store]]:
    """The current version, held and opened read-only, for as long as the block lasts."""
    with ExitStack() as holds:
        version = current(db)
        while True:
            try:
                holds.enter_context(version.hold())
                graph = version.open()
                break
            except StoreError:
                holds.close()
                overtaken, version = version, current(db)
                if overtaken == version:
                    raise
        yield version, graph


def publish(graph: pyoxigraph.Store, manifest: Manifest, db: Path) -> Path:
    """Makes the folder of a new version from the writer's copy, durable but not current yet; returns it."""
    layout = Layout(db)
    folder = layout.version(manifest.version)
    partial = layout.versions / f".{manifest.version}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    graph.flush()
    graph.backup(str(partial / "store"))
    for entry in (partial / "store").iterdir():
        sync(entry)
    sync(partial / "store")
    write_whole(partial / "manifest.json", json.dumps(asdict(manifest), indent=1).encode() + b"\n")
    partial.rename(folder)
    sync(layout.versions)
    return folder


def make_current(db: Path, number: int) -> None:
    """Switches `current` atomically; durable on return."""
    layout = Layout(db)
    partial = layout.root / ".current.partial"
    partial.unlink(missing_ok=True)
    partial.symlink_to(Path("versions") / str(number))
    partial.replace(layout.current)
    sync(layout.root)


def discard(db: Path, keep: int, *, held: bool = False) -> None:
    """Deletes versions: those after `keep` (never published) and those before it beyond the kept ones.

    A version that a reader holds stays, unless `held` is given (erasure).
    """
    layout = Layout(db)
    oldest = keep if held else keep - KEPT + 1
    for folder in layout.versions.iterdir():
        if not folder.name.isdecimal():
            shutil.rmtree(folder)
        elif int(folder.name) > keep or (int(folder.name) < oldest and (held or not _is_held(folder))):
            doomed = folder.with_name(f".{folder.name}.partial")
            folder.rename(doomed)
            shutil.rmtree(doomed)


def _is_held(folder: Path) -> bool:
    handle = os.open(folder / "manifest.json", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False
