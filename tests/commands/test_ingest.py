"""`khabar ingest` as a person runs it: good and bad sources together, and again."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg.cli import khabar
from kg.store import current, open_current, read_articles

PLEDGE = "تعهد وزير الخارجية الروسي سيرغي لافروف أمس بأن تواصل موسكو تزويد بيونغ يانغ بالحبوب."
DENIAL = "نفت وزارة الدفاع في كوريا الشمالية أن تكون بلادها سلّمت روسيا أي ذخيرة."
ENGLISH = "The minister said on Monday that no shipment had left the port, and that none would leave it this year."


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "1-good.txt").write_text(PLEDGE, encoding="utf-8")
    (folder / "1-good.json").write_text(json.dumps({"title": "تعهد", "published": "2024-03-05"}), encoding="utf-8")
    (folder / "2-copy.txt").write_text(DENIAL, encoding="utf-8")
    (folder / "3-copy.txt").write_text(DENIAL, encoding="utf-8")
    (folder / "4-empty.txt").write_text("", encoding="utf-8")
    (folder / "5-binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "6-english.txt").write_text(ENGLISH, encoding="utf-8")
    (folder / "7-lines.jsonl").write_text(
        json.dumps({"text": f"{DENIAL} {PLEDGE}", "url": "https://news.example/7"}) + '\n{"text": \n', encoding="utf-8"
    )
    return folder


def ingest(*words: object) -> Result:
    return CliRunner().invoke(khabar, ["ingest", *(str(word) for word in words)])


def test_good_ones_are_stored_and_each_bad_one_is_told(sources: Path, db: Path) -> None:
    result = ingest(sources, "--db", db, "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert (told["added"], told["version"], told["rejected"]) == (4, 1, [])
    failed = [Path(problem["place"]).name for problem in told["failed"]]
    assert [name.partition(":")[0] for name in failed] == ["4-empty.txt", "5-binary.txt", "7-lines.jsonl"]
    assert failed[2].startswith("7-lines.jsonl:2")
    assert [problem["place"] for problem in told["duplicates"]] == ["3-copy.txt"]
    assert [problem["place"] for problem in told["empty"]] == ["6-english.txt"]
    assert "nothing extracted" in told["empty"][0]["reason"]
    stored = {each.article.name: each for each in read_articles(current(db))}
    assert sorted(stored) == ["1-good.txt", "2-copy.txt", "6-english.txt", "7-lines.jsonl:1"]
    assert json.loads(stored["1-good.txt"].record)["statements"]


def test_second_run_changes_nothing(sources: Path, db: Path) -> None:
    ingest(sources, "--db", db)
    result = ingest(sources, "--db", db, "--json")
    told = json.loads(result.stdout)
    assert (told["unchanged"], told["version"], told["added"], result.exit_code) == (4, 1, 0, 1)


def test_good_ones_alone_end_well_and_in_words(sources: Path, db: Path) -> None:
    result = ingest(sources / "1-good.txt", sources / "6-english.txt", "--db", db)
    assert result.exit_code == 0
    assert "2 articles written (2 new" in result.stdout
    assert "6-english.txt: nothing extracted" in result.stdout


def test_graph_answers_who_said_it(sources: Path, db: Path) -> None:
    ingest(sources, "--db", db)
    asked = """
        PREFIX khabar: <https://w3id.org/khabar/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?name ?modality WHERE { ?statement khabar:speaker/skos:prefLabel ?name ; khabar:modality ?modality ;
          khabar:reportedIn ?article . FILTER(LANG(?name) = "ar") }"""
    with open_current(db) as (_, graph):
        found = graph.query(asked, use_default_graph_as_union=True)
        assert isinstance(found, ox.QuerySolutions)
        rows = {(str(row["name"]), str(row["modality"]).rstrip(">").partition("#")[2]) for row in found}
    assert any("لافروف" in name and modality == "pledged" for name, modality in rows)
    assert any(modality == "denied" for _, modality in rows)


@pytest.mark.slow
def test_article_without_end_does_not_stop_it(tmp_path: Path, db: Path) -> None:
    endless = " ".join(["وقال إن السفينة وصلت محملة بالقمح إلى الميناء"] * 12_500)
    (tmp_path / "endless.txt").write_text(endless, encoding="utf-8")
    (tmp_path / "good.txt").write_text(PLEDGE, encoding="utf-8")
    result = ingest(tmp_path / "endless.txt", tmp_path / "good.txt", "--db", db, "--json")
    assert json.loads(result.stdout)["added"] == 2
