"""`khabar quarantine`: what did not pass can be read, tried again and dropped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import khabar
from kg.errors import StoreError
from kg.ingest import ingest
from kg.ingest.summary import Summary
from kg.model import Article, Extraction
from kg.pipeline import Stages
from kg.store import open_current
from kg.store.quarantine import Quarantine


@pytest.fixture
def filled(db: Path, denial: Extraction) -> Path:
    """A store with one article in quarantine, because its agreement has no such status."""

    def extract(article: Article) -> Extraction:
        (agreement,) = denial.agreements
        return replace(denial, article=article, agreements=(replace(agreement, status="asserted"),))

    summary = ingest(db, [denial.article], stages=Stages(extract, lambda _: b"{}"))
    assert len(summary.rejected) == 1
    return db


def call(*words: object) -> Result:
    return CliRunner().invoke(khabar, ["quarantine", *map(str, words)])


def test_what_is_kept_is_listed_with_its_first_violation(filled: Path) -> None:
    result = call("list", "--db", filled)
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert line.startswith("a1    1  denial.txt  An agreement has exactly one status")


def test_an_empty_quarantine_gives_zero(db: Path, denial: Extraction) -> None:
    ingest(db, [denial.article], stages=Stages(lambda article: denial, lambda _: b"{}"))
    result = call("list", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")


def test_the_report_shows_the_sentence_in_the_readers_language(filled: Path, denial: Extraction) -> None:
    result = call("show", "a1", "--db", filled, "--lang", "ar")
    assert "للاتفاق حالة واحدة من حالات الاتفاقات." in result.stdout
    assert "[باتفاقية الدفاع المشترك] مع بيونغ يانغ. »" in result.stdout
    line = denial.article.text[: denial.agreements[0].span.start].count("\n") + 1
    assert f"{line}:" in result.stdout


def test_the_report_can_be_had_as_data(filled: Path) -> None:
    result, _warning = json.loads(call("show", "a1", "--db", filled, "--format", "json").stdout)["results"]
    assert result["file"] == "denial.txt"
    assert "sh:ValidationReport" in call("show", "a1", "--db", filled, "--format", "turtle").stdout


def test_without_a_name_the_reports_on_all_are_shown(filled: Path) -> None:
    assert call("show", "--db", filled).stdout == call("show", "a1", "--db", filled).stdout


def test_what_stays_is_told_in_the_readers_language(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.ingest.ingest", lambda *_: Summary("r1"))
    result = call("retry", "--db", filled, "--lang", "ar")
    assert "a1    1  denial.txt  للاتفاق حالة واحدة من حالات الاتفاقات. [khs:Agreement-status]" in result.stdout


def test_after_the_mend_retry_takes_the_article_in(filled: Path) -> None:
    result = call("retry", "--db", filled, "--json")
    assert json.loads(result.stdout) == {"taken_in": 1, "left": []}
    assert result.exit_code == 0
    assert Quarantine(filled / "quarantine").articles() == []
    with open_current(filled) as (_, graph):
        assert any("article/a1" in str(quad.graph_name) for quad in graph)


def test_what_is_dropped_is_gone_from_quarantine_only(filled: Path, denial: Extraction) -> None:
    assert call("drop", "a1", "--db", filled).exit_code == 0
    assert Quarantine(filled / "quarantine").articles() == []
    assert ingest(filled, [denial.article], stages=Stages(lambda article: denial, lambda _: b"{}")).written == 1


@pytest.mark.parametrize("words", [("show", "a9"), ("drop", "a9"), ("retry", "a9")])
def test_what_is_not_there_is_an_error(filled: Path, words: tuple[str, str]) -> None:
    error = call(*words, "--db", filled).exception
    assert isinstance(error, StoreError)
    assert "not in quarantine" in str(error)


def test_damaged_files_say_so(filled: Path) -> None:
    (filled / "quarantine" / "a1" / "report.json").write_text("{")
    error = call("show", "a1", "--db", filled).exception
    assert isinstance(error, StoreError)
    assert "damaged" in str(error)
