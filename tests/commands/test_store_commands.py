"""The commands that take a store apart and put it together, as a person calls them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import khabar
from kg.errors import StoreError, UsageError
from kg.publish.export import ordered_quads
from kg.store import current, open_current
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite


@pytest.fixture
def filled(db: Path, write: Callable[..., ArticleWrite]) -> Path:
    with EmbeddedStore(db) as store:
        store.put([write("a1", name="one.txt"), write("a2", name="two.txt", url="https://news.example/2")])
        store.publish("r1")
    return db


def call(*words: object) -> Result:
    return CliRunner().invoke(khabar, [str(word) for word in words])


@pytest.mark.parametrize("syntax", ["nquads", "trig", "turtle", "jsonld"])
def test_export_writes_to_standard_output_or_a_file(filled: Path, tmp_path: Path, syntax: str) -> None:
    shown = call("export", "--db", filled, "--format", syntax)
    written = call("export", "--db", filled, "--format", syntax, "-o", tmp_path / "graph")
    assert shown.exit_code == written.exit_code == 0
    assert shown.stdout_bytes == (tmp_path / "graph").read_bytes() != b""


def test_export_as_nquads_holds_every_quad(filled: Path) -> None:
    with open_current(filled) as (_, graph):
        expected = "".join(f"{quad} .\n" for quad in ordered_quads(graph))
    assert call("export", "--db", filled).stdout_bytes.decode() == expected


def test_export_of_nothing_says_what_to_do(tmp_path: Path) -> None:
    result = call("export", "--db", tmp_path / "none")
    assert isinstance(result.exception, StoreError)
    assert "khabar ingest" in str(result.exception)


@pytest.mark.parametrize("reference", ["a2", "https://w3id.org/khabar/article/a2", "https://news.example/2", "two.txt"])
def test_article_is_removed_by_any_of_its_names(filled: Path, reference: str) -> None:
    result = call("remove", reference, "--db", filled, "--json")
    assert json.loads(result.stdout) == {"removed": ["a2"], "erased": False, "version": 2}
    assert current(filled).manifest.articles == 1


def test_article_that_is_not_there_is_told(filled: Path) -> None:
    result = call("remove", "a7", "--db", filled)
    assert isinstance(result.exception, UsageError)
    assert current(filled).number == 1


def test_erasing_is_said(filled: Path) -> None:
    result = call("remove", "a1", "--erase", "--db", filled)
    assert result.exit_code == 0
    assert "1 articles erased; version 2" in result.stdout


def test_backup_and_restore(filled: Path, tmp_path: Path) -> None:
    assert call("backup", tmp_path / "store.tar.gz", "--db", filled).exit_code == 0
    assert "2 articles" in call("restore", tmp_path / "store.tar.gz", "--db", tmp_path / "new").stdout
    exports = [call("export", "--db", each).stdout_bytes for each in (filled, tmp_path / "new")]
    assert exports[0] == exports[1]
