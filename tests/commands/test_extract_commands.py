"""`khabar extract`, `khabar eval` and `khabar coverage` as they are called."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import khabar
from kg.errors import UsageError

TEXT = "قالت إيران إن السفينة غادرت الميناء صباحا.\nقال إن الوفد وصل."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text(TEXT, encoding="utf-8")
    (articles / "two.txt").write_text("The talks ended on Friday.", encoding="utf-8")
    return articles


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    start, end = 0, TEXT.index("\n")
    statements = [{"id": "s1", "speaker": ["iran"], "modality": ["asserted"], "span": [[start, end]]}]
    annotated = {"article": "one.txt", "actors": ["iran"], "statements": statements}
    (folder / "one.json").write_text(json.dumps(annotated), encoding="utf-8")
    (folder / "entities.tsv").write_text(
        "key\twikidata\ttype\ten\tar\niran\tQ794\tState\tIran\tإيران\n", encoding="utf-8"
    )
    return folder


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(khabar, args, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.stdout


def test_records_are_printed_one_a_line_or_as_a_list(folder: Path) -> None:
    lines = [json.loads(line) for line in run("extract", str(folder)).splitlines()]
    assert [line["article"] for line in lines] == ["one.txt", "two.txt"]
    assert lines[0]["statements"][0]["modality"] == "asserted"
    assert lines[1]["notes"][0].startswith("nothing extracted")
    assert json.loads(run("extract", str(folder), "--format", "json")) == lines


def test_an_unreadable_article_gives_exit_code_1_and_the_rest_goes_on(folder: Path) -> None:
    (folder / "bad.json").write_text("{", encoding="utf-8")
    assert len(run("extract", str(folder), code=1).splitlines()) == 2


def test_explanations_are_plain_where_there_is_no_terminal(folder: Path) -> None:
    told = run("extract", str(folder / "one.txt"), "--explain")
    assert "[المتكلم: إيران]" in told
    assert "\x1b" not in told
    assert "\x1b" in run("extract", str(folder / "one.txt"), "--explain", "--colour")


def test_rules_are_listed_with_their_precision_on_the_gold(folder: Path, gold: Path) -> None:
    assert "say.verb-subject.clause" in run("extract", "--rules")
    rows = json.loads(run("extract", "--rules", str(folder), "--gold", str(gold), "--format", "json"))
    rule = next(row for row in rows if row["rule"] == "say.verb-subject.clause")
    assert (rule["found"], rule["precision"]) == (1, 1.0)


def test_sources_are_asked_for() -> None:
    with pytest.raises(UsageError, match="name the articles"):
        run("extract")


def test_eval_measures_predictions_and_articles_alike(folder: Path, gold: Path, tmp_path: Path) -> None:
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text(run("extract", str(folder)), encoding="utf-8")
    measured = json.loads(run("eval", str(gold), "--predictions", str(predictions), "--format", "json"))
    assert measured["statements"]["tp"] == 1
    assert measured == json.loads(run("eval", str(gold), "--articles", str(folder), "--format", "json"))
    assert "statements  P" in run("eval", str(gold), "--predictions", str(predictions))


def test_eval_can_give_the_annotated_dates_to_the_extraction(folder: Path, gold: Path) -> None:
    (folder / "one.txt").write_text("قالت إيران أمس إن السفينة غادرت الميناء صباحا.", encoding="utf-8")
    annotated = json.loads((gold / "one.json").read_text(encoding="utf-8"))
    annotated |= {"published": "2019-06-15", "published_accept": ["2019-06-15"]}
    annotated["statements"][0]["date"] = ["2019-06-14"]
    (gold / "one.json").write_text(json.dumps(annotated), encoding="utf-8")
    undated = json.loads(run("eval", str(gold), "--articles", str(folder), "--format", "json"))
    dated = json.loads(run("eval", str(gold), "--articles", str(folder), "--dated", "--format", "json"))
    assert undated["attributes"]["statements.date"]["accuracy"] == 0.0
    assert dated["attributes"]["statements.date"]["accuracy"] == 1.0
    assert dated["published"] == {"right": 1, "of": 1}


def test_eval_lists_errors_with_their_passages(folder: Path, gold: Path, tmp_path: Path) -> None:
    empty = tmp_path / "none.jsonl"
    empty.write_text("", encoding="utf-8")
    listed = run("eval", str(gold), "--predictions", str(empty), "--articles", str(folder), "--errors")
    assert "one statements s1 [0, 42]: missed" in listed
    assert "قالت إيران إن السفينة" in listed


def test_coverage_lists_cues_without_a_statement(folder: Path) -> None:
    (folder / "three.txt").write_text("قال إن السفينة غادرت.", encoding="utf-8")
    rows = json.loads(run("coverage", str(folder), "--json"))
    assert [(row["cue"], row["count"]) for row in rows] == [("قال", 1)]
    assert "قال إن السفينة غادرت." in run("coverage", str(folder))
