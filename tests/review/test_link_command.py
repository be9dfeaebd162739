"""`khabar link`: the list comes back as decisions, and what is exported is valid for those who read it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.commands.link import command


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(command, arguments, input=typed)


def rows(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t"))


def test_the_list_can_be_filled_in_and_given_back(db: Path, tmp_path: Path) -> None:
    listed = run("review", "--db", str(db))
    assert listed.exit_code == 0
    (row,) = rows(listed.stdout)
    assert (row["label"], row["articles"], row["decision"]) == ("زيد المرواني", "2", "")
    filled = tmp_path / "filled.tsv"
    filled.write_text(listed.stdout.replace("\t\t", "\tQ4115189\t", 1), encoding="utf-8")
    taken = run("review", "--db", str(db), "--decisions", str(filled), "--person", "هند", "--json")
    assert taken.exit_code == 0
    told = json.loads(taken.stdout)
    assert told["decisions"][0]["item"] == "Q4115189"
    assert told["articles"]["reextracted"] == 2
    assert rows(run("review", "--db", str(db)).stdout) == []


def test_asking_takes_answers_until_stopped_and_asks_again_for_bad_ones(db: Path) -> None:
    asked = run("review", "--db", str(db), "--ask", typed="هند\nperhaps\nQ4115189\n")
    assert asked.exit_code == 0
    assert "perhaps is no item" in asked.stderr
    assert asked.stdout.startswith("1 decisions taken in, 0 taken back; 2 articles read again")
    (row,) = [row for row in rows(run("export", "--db", str(db)).stdout) if row["author_label"]]
    assert (row["author_label"], row["predicate_id"], row["object_id"]) == ("هند", "owl:sameAs", "wikidata:Q4115189")


def test_nothing_changes_where_nothing_is_decided(db: Path) -> None:
    before = run("export", "--db", str(db)).stdout
    assert run("review", "--db", str(db), "--ask", "--person", "هند", typed="\n").exit_code == 0
    assert run("review", "--db", str(db), "--ask", "--person", "هند", typed="stop\n").exit_code == 0
    assert run("export", "--db", str(db)).stdout == before


def test_json_lists_the_same(db: Path) -> None:
    (actor,) = json.loads(run("review", "--db", str(db), "--json").stdout)
    assert (actor["label"], actor["type"], actor["candidates"]) == ("زيد المرواني", "Person", [])


def test_sssom_holds_links_by_rule_and_what_was_not_found(db: Path) -> None:
    mappings = {row["subject_label"]: row for row in rows(run("export", "--db", str(db)).stdout)}
    russia, unknown = mappings["روسيا"], mappings["زيد المرواني"]
    assert (russia["subject_id"], russia["object_id"]) == ("khabar:actor/Q159", "wikidata:Q159")
    assert russia["mapping_justification"] == "semapv:LexicalMatching"
    assert 0.9 <= float(russia["confidence"]) <= 1
    assert (unknown["object_id"], unknown["predicate_id"]) == ("sssom:NoTermFound", "skos:exactMatch")
    assert unknown["confidence"] == ""


@pytest.mark.parametrize("decision", ["", "Q4115189", "none"])
def test_the_export_is_valid_for_the_sssom_library(db: Path, tmp_path: Path, decision: str) -> None:
    sssom = shutil.which("sssom")
    if sssom is None:
        pytest.skip("sssom is not on the path (pip install sssom, in an environment of its own)")
    listed = run("review", "--db", str(db)).stdout
    file = tmp_path / "d.tsv"
    file.write_text(listed.replace("\t\t", f"\t{decision}\t", 1), encoding="utf-8")
    assert run("review", "--db", str(db), "--decisions", str(file), "--person", "هند").exit_code == 0
    mappings = tmp_path / "links.sssom.tsv"
    mappings.write_text(run("export", "--db", str(db)).stdout, encoding="utf-8")
    checked = subprocess.run([sssom, "validate", str(mappings)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    mappings.write_text(mappings.read_text("utf-8").replace("semapv:", "nowhere:"), encoding="utf-8")
    assert subprocess.run([sssom, "validate", str(mappings)], capture_output=True, check=False).returncode != 0


def test_quickstatements_make_items_only_for_those_whom_a_person_missed(db: Path, tmp_path: Path) -> None:
    assert run("export", "--db", str(db), "--format", "quickstatements").stdout == ""
    listed = run("review", "--db", str(db)).stdout
    file = tmp_path / "d.tsv"
    file.write_text(listed.replace("\t\t", "\tnone\t", 1), encoding="utf-8")
    run("review", "--db", str(db), "--decisions", str(file), "--person", "هند")
    lines = run("export", "--db", str(db), "--format", "quickstatements").stdout.splitlines()
    assert lines == ["CREATE", 'LAST\tLar\t"زيد المرواني"', 'LAST\tP31\tQ5\tS854\t"https://example.org/first"']


def test_a_file_that_is_no_text_is_refused(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_bytes(b"\xff\xfe\x00")
    refused = run("review", "--db", str(db), "--decisions", str(file))
    assert refused.exit_code != 0
    assert "d.csv" in str(refused.exception)


def test_a_file_and_questions_exclude_each_other(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("actor,decision\n", encoding="utf-8")
    assert run("review", "--db", str(db), "--decisions", str(file), "--ask").exit_code != 0


def test_a_label_with_marks_and_breaks_stays_in_its_cell(db: Path) -> None:
    text = run("export", "--db", str(db)).stdout
    table = [line for line in text.splitlines() if not line.startswith("#")]
    assert {line.count("\t") for line in table} == {table[0].count("\t")}
    assert io.StringIO(text).readline().startswith("#mapping_set_id")
