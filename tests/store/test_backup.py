"""A backup is the published store, whole, whatever happens around it."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import StoreError, UsageError
from kg.rdf.terms import nquads
from kg.store import current, open_current, read_article
from kg.store.backup import back_up, restore
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite

Write = Callable[..., ArticleWrite]


@pytest.fixture
def filled(db: Path, write: Write) -> Path:
    for writes in ([write("a1"), write("a2")], [write("a1", title="عنوان آخر")]):
        with EmbeddedStore(db) as store:
            store.put(writes)
            store.publish("r1")
            store.quarantine.keep("a9", {"article.txt": b"x"})
    return db


def content(db: Path) -> bytes:
    with open_current(db) as (_, graph):
        return nquads(graph)


@pytest.mark.parametrize("name", ["store.tar", "store.tar.gz"])
def test_restored_store_is_the_same_and_can_be_written(filled: Path, tmp_path: Path, write: Write, name: str) -> None:
    back_up(filled, tmp_path / name)
    version = restore(tmp_path / name, tmp_path / "new")
    assert (version.number, version.manifest) == (2, current(filled).manifest)
    assert content(tmp_path / "new") == content(filled)
    assert read_article(version, "a1") == read_article(current(filled), "a1")
    for kept in ("history/a1/2.nq", "quarantine/a9/article.txt"):
        assert (tmp_path / "new" / kept).read_bytes() == (filled / kept).read_bytes()
    with EmbeddedStore(tmp_path / "new") as store:
        store.put([write("a3")])
        store.publish("r1")
    assert current(tmp_path / "new").manifest.articles == 3


def test_backup_during_a_write_is_the_version_before(filled: Path, tmp_path: Path, write: Write) -> None:
    before = content(filled)
    with EmbeddedStore(filled) as store:
        store.put([write("a1", title="عنوان ثالث"), write("a3")])
        back_up(filled, tmp_path / "store.tar")
        store.publish("r1")
    restore(tmp_path / "store.tar", tmp_path / "new")
    assert content(tmp_path / "new") == before
    assert read_article(current(tmp_path / "new"), "a3") is None
    assert not (tmp_path / "new/history/a1/3.nq").exists()


def test_restoring_over_something_is_refused(filled: Path, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "store.tar")
    with pytest.raises(UsageError, match="not empty"):
        restore(tmp_path / "store.tar", filled)


def test_what_is_no_backup_is_refused_and_leaves_nothing(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.tar").write_text("خبر")
    with pytest.raises(UsageError, match="no backup"):
        restore(tmp_path / "notes.tar", tmp_path / "new")
    with pytest.raises(UsageError, match="no such file"):
        restore(tmp_path / "absent.tar", tmp_path / "new")
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.add(tmp_path / "notes.tar", "notes.txt")
    with pytest.raises(StoreError, match="no store"):
        restore(tmp_path / "other.tar", tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".*"))


def test_cut_backup_is_refused(filled: Path, tmp_path: Path) -> None:
    back_up(filled, tmp_path / "store.tar.gz")
    whole = (tmp_path / "store.tar.gz").read_bytes()
    (tmp_path / "cut.tar.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises((UsageError, StoreError)):
        restore(tmp_path / "cut.tar.gz", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_place_that_cannot_be_written_is_told(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        back_up(filled, tmp_path / "no/such/folder/store.tar")
