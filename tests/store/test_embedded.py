"""What is published is whole, what is not is gone, and neither order nor history of the writing shows in the graph."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError, StoreLockedError, UsageError
from kg.model import Extraction
from kg.rdf.quads import graph_of
from kg.rdf.terms import nquads
from kg.store import current, find_gone, open_current, read_article, read_articles
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite

BASE = "https://w3id.org/khabar/"
Write = Callable[..., ArticleWrite]


def store(db: Path, *writes: ArticleWrite) -> None:
    with EmbeddedStore(db) as opened:
        opened.put(writes)
        opened.publish("r1")


def content(db: Path) -> bytes:
    with open_current(db) as (_, graph):
        return nquads(graph)


def leftovers(db: Path) -> set[str]:
    return {
        str(file.relative_to(db)) for file in db.rglob("*") if file.name.startswith(".") or file.suffix == ".partial"
    }


def test_what_is_put_is_published_with_its_text(db: Path, write: Write) -> None:
    one = write("a1")
    store(db, one)
    version = current(db)
    found = read_article(version, "a1")
    assert found is not None
    assert found.article == one.article
    assert (found.release, found.read_at, found.since) == ("r1", one.read_at, 1)
    assert version.manifest.quads == content(db).count(b"\n")
    assert version.manifest.articles == 1
    assert set(one.graph.quads.splitlines()) < set(content(db).splitlines())
    assert not (db / "live").exists()


def test_nothing_is_seen_before_it_is_published(db: Path, write: Write) -> None:
    store(db, write("a1"))
    before = content(db)
    with EmbeddedStore(db) as opened:
        opened.put([write("a2")])
        assert content(db) == before
        assert read_article(current(db), "a2") is None
        opened.publish()
        assert content(db) != before


def test_leaving_without_publishing_leaves_nothing(db: Path, write: Write) -> None:
    store(db, write("a1"))
    before = content(db)
    with EmbeddedStore(db) as opened:
        opened.put([write("a1", text=f"{write('a1').article.text} تحديث"), write("a2")])
    store(db)
    assert (content(db), current(db).number) == (before, 1)
    assert [found.article.id for found in read_articles(current(db))] == ["a1"]
    assert not list((db / "history").glob("*"))
    assert not leftovers(db)


def test_order_of_writing_does_not_show(tmp_path: Path, write: Write) -> None:
    writes = [write("a1"), write("a2", publisher="صحيفة الجبل"), write("a3")]
    contents = set()
    for number, order in enumerate(permutations(writes)):
        with EmbeddedStore(tmp_path / str(number)) as opened:
            opened.put(order[:2])
            opened.publish("r1")
            opened.put(order[2:])
            opened.publish("r1")
        contents.add(content(tmp_path / str(number)))
    assert len(contents) == 1


def test_replacing_leaves_what_a_fresh_store_has(db: Path, tmp_path: Path, write: Write) -> None:
    changed = write("a1", text=f"عاجل: {write('a1').article.text}", publisher="صحيفة الجبل")
    store(db, write("a1"), write("a2"))
    store(db, changed)
    store(tmp_path / "fresh", write("a2"), changed)
    assert content(db) == content(tmp_path / "fresh")
    assert current(db).manifest.quads == current(tmp_path / "fresh").manifest.quads


def test_changed_article_keeps_its_former_text_and_graph(db: Path, write: Write) -> None:
    former = write("a1")
    store(db, former)
    store(db, write("a1", text=f"عاجل: {former.article.text}"))
    assert (db / "history/a1/2.txt").read_bytes() == former.article.text.encode()
    assert (db / "history/a1/2.nq").read_bytes() == former.graph.quads


def test_frame_that_is_no_longer_found_is_known_to_be_gone(db: Path, write: Write, denial: Extraction) -> None:
    former = write("a1")
    store(db, former)
    fewer = graph_of(replace(denial, statements=denial.statements[:2], agreements=()), "r2")
    store(db, replace(former, graph=fewer, release="r2"))
    lost = sorted({iri for iri, _ in former.graph.frames} - {iri for iri, _ in fewer.frames})
    assert len(lost) == 2
    gone = [find_gone(current(db), iri) for iri in lost]
    assert [each and each.span and each.span.of(each.text or "") for each in gone] == [
        "باتفاقية الدفاع المشترك",
        "وقال دميتري بيسكوف إن موسكو ملتزمة",
    ]
    assert find_gone(current(db), former.graph.iri) is None
    assert find_gone(current(db), fewer.frames[0][0]) is None
    assert not (db / "history/a1").exists()
    store(db, former)
    assert find_gone(current(db), lost[0]) is None


def test_shared_actor_goes_with_its_last_article(db: Path, write: Write) -> None:
    store(db, write("a1", publisher="صحيفة الجبل"), write("a2"))
    assert "صحيفة الجبل".encode() in content(db)
    with EmbeddedStore(db) as opened:
        opened.remove(["a1"])
    assert "صحيفة الجبل".encode() not in content(db)
    assert "وكالة يونهاب".encode() in content(db)


def test_removed_article_is_gone_with_its_frames(db: Path, write: Write) -> None:
    removed = write("a1")
    store(db, removed, write("a2"))
    with EmbeddedStore(db) as opened:
        opened.remove(["a1"])
        assert opened.is_removed("a1")
        assert not opened.is_removed("a2")
    version = current(db)
    assert b"/a1" not in content(db)
    assert read_article(version, "a1") is None
    for iri in (removed.graph.iri, removed.graph.frames[0][0]):
        gone = find_gone(version, iri)
        assert gone is not None
        assert gone.text == removed.article.text


def bytes_of(db: Path) -> bytes:
    return b"".join(file.read_bytes() for file in db.rglob("*") if file.is_file() and not file.is_symlink())


def test_erased_article_is_nowhere_in_the_folder(db: Path, write: Write) -> None:
    words = "ظجغثذضقطخفذغ"
    text = f"{write('a1').article.text} {words}"
    secret = write("a1", text=text, title=words)
    store(db, secret, write("a2"))
    store(db, write("a1", text=f"{text}."))
    with EmbeddedStore(db) as opened:
        opened.quarantine.keep("a1", {"article.txt": text.encode()})
    assert words.encode() in bytes_of(db)
    with EmbeddedStore(db) as opened:
        opened.remove(["a1"], erase=True)
    assert words.encode() not in bytes_of(db)
    gone = find_gone(current(db), secret.graph.iri)
    assert gone is not None
    assert gone.text is None
    assert [folder.name for folder in (db / "versions").iterdir()] == [str(current(db).number)]
    assert read_article(current(db), "a2") is not None
    assert content(db).count(b"\n") == current(db).manifest.quads
    assert not leftovers(db)


def test_erasure_that_was_interrupted_is_finished_by_the_next_writer(
    db: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "ظجغثذضقطخفذغ"
    store(db, write("a1", text=f"{write('a1').article.text} {words}"), write("a2"))
    store(db, write("a1"))

    def interrupted(_: EmbeddedStore) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(EmbeddedStore, "_purge", interrupted)
        with EmbeddedStore(db) as opened, pytest.raises(KeyboardInterrupt):
            opened.remove(["a1"], erase=True)
    assert words.encode() in bytes_of(db)
    with EmbeddedStore(db):
        pass
    assert words.encode() not in bytes_of(db)
    assert not (db / "erasing").exists()
    assert read_article(current(db), "a2") is not None


def test_unchanged_shared_graph_writes_nothing(db: Path, write: Write) -> None:
    quads = b'<http://x/s> <http://x/p> "1" <https://w3id.org/khabar/graph/ontology> .\n'
    with EmbeddedStore(db) as opened:
        assert opened.put_graph("ontology", quads)
        opened.publish()
    with EmbeddedStore(db) as opened:
        assert not opened.put_graph("ontology", quads)
        assert opened.publish() is None
        assert opened.put_graph("ontology", b"")
        opened.publish()
    assert content(db) == b""


def test_second_writer_is_told_who_writes(db: Path) -> None:
    code = f"import pathlib, kg.store.embedded as e; e.EmbeddedStore(pathlib.Path({str(db)!r})).__enter__()"
    with EmbeddedStore(db):
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        with pytest.raises(StoreLockedError, match="process"), EmbeddedStore(db):
            pass
    assert "StoreLockedError" in other.stderr
    store(db)


def test_version_that_is_held_outlives_later_ones(db: Path, write: Write) -> None:
    store(db, write("a1"))
    held = current(db)
    with open_current(db) as (version, graph):
        before = nquads(graph)
        for number in range(2, 6):
            store(db, write(f"a{number}"))
        assert version == held
        assert nquads(graph) == before
        assert nquads(version.open()) == before
    store(db, write("a6"))
    assert not held.folder.exists()
    with pytest.raises(StoreError, match="gone"), held.hold():
        pass


def test_previous_version_stays_for_readers_that_are_about_to_open_it(db: Path, write: Write) -> None:
    store(db, write("a1"))
    before = current(db)
    store(db, write("a2"))
    with before.hold():
        assert len(before.open()) == before.manifest.quads


def test_base_iri_is_fixed_when_the_store_is_made(db: Path, write: Write) -> None:
    with EmbeddedStore(db, "http://localhost:8000/kg/") as opened:
        opened.put([write("a1", base=opened.base)])
        opened.publish()
    assert current(db).base == "http://localhost:8000/kg/"
    with pytest.raises(UsageError, match="cannot be changed"), EmbeddedStore(db, "http://elsewhere/"):
        pass


@pytest.mark.parametrize("base", ["khabar", "ftp://x/", "http://x", "http://x/?q=/", "http:///"])
def test_base_iri_must_be_one_that_names_can_follow(db: Path, base: str) -> None:
    with pytest.raises(UsageError, match="--base"), EmbeddedStore(db, base):
        pass


def test_folder_that_is_no_store_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        current(tmp_path)
    with EmbeddedStore(tmp_path / "empty"):
        pass
    with pytest.raises(StoreError, match="nothing is published"):
        current(tmp_path / "empty")


def test_damaged_manifest_is_refused(db: Path, write: Write) -> None:
    store(db, write("a1"))
    (current(db).folder / "manifest.json").write_text('{"version": 1')
    with pytest.raises(StoreError, match="manifest"):
        _ = current(db).manifest


def test_big_batches_and_small_ones_give_the_same(tmp_path: Path, write: Write) -> None:
    writes = [write(f"a{number}") for number in range(12)]
    assert sum(len(each.graph.quads) for each in writes) > 200_000
    store(tmp_path / "big", *writes)
    for each in writes:
        store(tmp_path / "small", each)
    assert content(tmp_path / "big") == content(tmp_path / "small")
    assert not list((tmp_path / "big").rglob("bulk-*.sst"))


def test_versions_are_read_only(db: Path, write: Write) -> None:
    store(db, write("a1"))
    with open_current(db) as (_, graph), pytest.raises((RuntimeError, OSError)):
        graph.add(ox.Quad(ox.NamedNode("http://x"), ox.NamedNode("http://x"), ox.Literal("x")))
