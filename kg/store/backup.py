"""A store as one tar file, and back. Taken while others read and write."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from kg.errors import StoreError, UsageError
from kg.store import history
from kg.store.faults import storage_faults
from kg.store.layout import Layout, base_iri
from kg.store.records import Records
from kg.store.versions import Version, current, make_current


def back_up(db: Path, target: Path) -> Version:
    """Writes the current version with texts, history and quarantine to `target` (`.tar`, or `.tar.gz` smaller).

    Returns the version written. UsageError where `target` cannot be written, StoreError where the store cannot be read.
    """
    layout, partial = Layout(db), target.with_name(f".{target.name}.partial")
    version = current(db)
    try:
        with version.hold(), tarfile.open(partial, "w:gz" if target.suffix in (".gz", ".tgz") else "w") as archive:
            archive.add(layout.config, "khabar.json")
            archive.add(version.folder, f"versions/{version.number}")
            _add_records(layout, archive)
            for folder in (layout.history, layout.quarantine):
                if folder.is_dir():
                    archive.add(folder, folder.name)
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UsageError(f"{target}: cannot be written ({error.strerror or error})") from error
    return version


def _add_records(layout: Layout, archive: tarfile.TarFile) -> None:
    with tempfile.NamedTemporaryFile() as copy:
        with closing(sqlite3.connect(layout.articles)) as source, closing(sqlite3.connect(copy.name)) as sink:
            source.backup(sink)
        archive.add(copy.name, layout.articles.name)


def restore(source: Path, db: Path) -> Version:
    """Makes the store in `db`, which must not exist or be empty, from a file that `back_up` wrote; returns its version.

    UsageError where `source` is no such file or `db` is in use.
    """
    if db.exists() and any(db.iterdir()):
        raise UsageError(f"{db}: is not empty; restore into a new folder")
    partial = db.with_name(f".{db.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with storage_faults(db):
            _unpack(source, partial)
            version = _check(partial)
            if db.exists():
                db.rmdir()
            partial.rename(db)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return Version(db, version.number)


def _unpack(source: Path, folder: Path) -> None:
    try:
        with tarfile.open(source) as archive:
            folder.mkdir(parents=True)
            archive.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, gzip.BadGzipFile) as error:
        raise UsageError(f"{source}: is no backup of a store ({error})") from error
    except FileNotFoundError as error:
        raise UsageError(f"{source}: there is no such file") from error


def _check(folder: Path) -> Version:
    """Sets `current`, takes back rows of versions after it, and counts the quads."""
    base_iri(folder)
    numbers = [int(each.name) for each in (folder / "versions").glob("*") if each.name.isdecimal()]
    if len(numbers) != 1:
        raise StoreError(f"{folder}: holds {len(numbers)} versions; the backup is damaged")
    make_current(folder, numbers[0])
    Records(Layout(folder), numbers[0]).close()
    history.forget_after(folder / "history", numbers[0])
    version = current(folder)
    if len(version.open()) != version.manifest.quads:
        raise StoreError(f"{folder}: the graph has not as many quads as its manifest says; the backup is damaged")
    return version
