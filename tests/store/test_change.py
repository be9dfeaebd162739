"""A client's write is whole, judged and published, or it leaves no trace."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import RejectedError, StoreError, StoreLockedError
from kg.rdf.terms import node
from kg.store import Change, current, open_current, write
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite

GRAPH = node("https://w3id.org/khabar/graph/notes")


def note(text: str) -> ox.Quad:
    return ox.Quad(node("http://x/s"), node("http://x/p"), ox.Literal(text), GRAPH)


def adding(*texts: str) -> Callable[[ox.Store], Change]:
    return lambda _: Change(added=frozenset(note(text) for text in texts))


def accept(_: ox.Store, __: Change) -> None:
    return None


@pytest.fixture
def filled(db: Path, write: Callable[..., ArticleWrite]) -> Path:
    with EmbeddedStore(db) as store:
        store.put([write("a1")])
        store.publish("r1")
    return db


def notes(db: Path) -> set[str]:
    with open_current(db) as (version, graph):
        assert len(graph) == version.manifest.quads
        return {str(quad.object).strip('"') for quad in graph.quads_for_pattern(None, None, None, GRAPH)}


def test_write_is_published_and_told(filled: Path) -> None:
    version, change = write(filled, adding("one", "two"), accept)
    assert version == current(filled)
    assert len(change.added) == 2
    assert notes(filled) == {"one", "two"}
    assert current(filled).manifest.release == "r1"


def test_only_what_differs_is_judged_and_changed(filled: Path) -> None:
    write(filled, adding("one", "two"), accept)
    seen: list[Change] = []
    change = Change(added=frozenset({note("one"), note("three")}), removed=frozenset({note("two"), note("four")}))
    write(filled, lambda _: change, lambda _, real: seen.append(real))
    assert seen == [Change(frozenset({note("three")}), frozenset({note("two")}))]
    assert notes(filled) == {"one", "three"}


def test_quad_that_is_removed_and_added_is_there(filled: Path) -> None:
    both = Change(frozenset({note("one")}), frozenset({note("one")}))
    write(filled, lambda _: both, accept)
    assert notes(filled) == {"one"}


def test_write_that_changes_nothing_is_no_version(filled: Path) -> None:
    write(filled, adding("one"), accept)
    version, change = write(filled, adding("one"), accept)
    assert (version, bool(change)) == (current(filled), False)
    assert current(filled).number == 2


def test_refused_write_leaves_no_trace(filled: Path) -> None:
    def refuse(_: ox.Store, __: Change) -> None:
        raise RejectedError("not so")

    with pytest.raises(RejectedError):
        write(filled, adding("one"), refuse)
    assert (current(filled).number, notes(filled)) == (1, set())
    assert not (filled / "live").exists()


def test_change_is_computed_on_the_graph_as_it_is(filled: Path) -> None:
    write(filled, adding("one"), accept)
    write(filled, lambda graph: Change(removed=frozenset(graph.quads_for_pattern(None, None, None, GRAPH))), accept)
    assert notes(filled) == set()


def test_writes_at_once_wait_for_each_other(filled: Path) -> None:
    def slow(graph: ox.Store) -> Change:
        time.sleep(0.05)
        return Change(frozenset({note(str(len(list(graph.quads_for_pattern(None, None, None, GRAPH)))))}))

    threads = [threading.Thread(target=write, args=(filled, slow, accept)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert notes(filled) == {"0", "1", "2", "3"}


def test_patience_has_an_end(filled: Path) -> None:
    with EmbeddedStore(filled), pytest.raises(StoreLockedError):
        write(filled, adding("one"), accept, patience=0.1)


def test_write_makes_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here"):
        write(tmp_path / "none", adding("one"), accept)
    assert not (tmp_path / "none").exists()
