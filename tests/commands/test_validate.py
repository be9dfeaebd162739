"""`khabar validate` as people and CI call it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import khabar
from kg.errors import OntologyError, UsageError

GOOD = """@prefix khabar: <https://w3id.org/khabar/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<urn:p> a khabar:Person , khabar:Actor ; skos:prefLabel "سالم"@ar .
"""
BAD = GOOD.replace(' ; skos:prefLabel "سالم"@ar', "")
WARNED = GOOD + "<urn:p> khabar:nickname 1 .\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(khabar, ["validate", *map(str, words)], input=stdin)


def git(*words: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


def test_data_that_conforms_gives_zero() -> None:
    Path("good.ttl").write_text(GOOD, "utf-8")
    result = call("good.ttl")
    assert (result.exit_code, result.stdout) == (0, "1 file, 3 triples: conforms\n")


def test_a_violation_gives_one() -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    result = call("bad.ttl")
    assert result.exit_code == 1
    assert "Named-prefLabel" in result.stdout


def test_standard_input_needs_its_format_told() -> None:
    assert call("-", "--input-format", "turtle", stdin=BAD).exit_code == 1
    assert isinstance(call("-", stdin=BAD).exception, UsageError)


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_what_fails_can_be_chosen(fail_on: str, code: int) -> None:
    Path("warned.ttl").write_text(WARNED, "utf-8")
    assert call("warned.ttl", "--fail-on", fail_on).exit_code == code


def test_what_is_told_can_be_chosen() -> None:
    Path("warned.ttl").write_text(WARNED, "utf-8")
    assert "Term-defined" in call("warned.ttl").stdout
    assert "Term-defined" not in call("warned.ttl", "--severity", "violation").stdout


def test_a_baseline_hides_what_was_there_before() -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    Path("base.json").write_text(call("bad.ttl", "--format", "json").stdout, "utf-8")
    assert call("bad.ttl", "--base", "base.json").exit_code == 0
    Path("bad.ttl").write_text(BAD + "\n<urn:q> a khabar:Person , khabar:Actor .\n", "utf-8")
    result = call("bad.ttl", "--base", "base.json", "--format", "json")
    assert result.exit_code == 1
    assert [found["focus"] for found in json.loads(result.stdout)["results"]] == ["<urn:q>"]


def test_a_baseline_counts_what_has_no_name() -> None:
    Path("bad.ttl").write_text(BAD + "[] a khabar:Person , khabar:Actor .\n", "utf-8")
    Path("base.json").write_text(call("bad.ttl", "--format", "json").stdout, "utf-8")
    assert call("bad.ttl", "--base", "base.json").exit_code == 0
    Path("bad.ttl").write_text(BAD + "[] a khabar:Person , khabar:Actor .\n" * 2, "utf-8")
    result = call("bad.ttl", "--base", "base.json", "--format", "json")
    assert [found["line"] for found in json.loads(result.stdout)["results"]] == [5]


def test_a_baseline_that_is_none_is_an_error() -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    assert isinstance(call("bad.ttl", "--base", "bad.ttl").exception, UsageError)


def test_only_files_that_changed_in_git_are_told_about() -> None:
    Path("old.ttl").write_text(BAD, "utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-q", "-m", "first")
    Path("new.ttl").write_text(BAD.replace("urn:p", "urn:new"), "utf-8")
    result = call(".", "--changed", "HEAD", "--format", "json")
    assert [found["focus"] for found in json.loads(result.stdout)["results"]] == ["<urn:new>"]
    Path("old.ttl").write_text(BAD + "# changed\n", "utf-8")
    result = call(".", "--changed", "HEAD", "--format", "json")
    assert len(json.loads(result.stdout)["results"]) == 2


def test_before_the_first_commit_every_file_has_changed() -> None:
    Path("new.ttl").write_text(BAD, "utf-8")
    git("init", "-q")
    git("add", ".")
    Path("more.ttl").write_text(BAD.replace("urn:p", "urn:more"), "utf-8")
    result = call(".", "--changed", "HEAD", "--format", "json")
    assert len(json.loads(result.stdout)["results"]) == 2


def test_a_revision_that_git_does_not_know_is_an_error() -> None:
    Path("good.ttl").write_text(GOOD, "utf-8")
    git("init", "-q")
    assert isinstance(call("good.ttl", "--changed", "nowhere").exception, UsageError)
    assert isinstance(call("good.ttl", "--changed", "--output=written").exception, UsageError)
    assert not Path("written").exists()


def test_ones_own_shapes_and_ontology_take_the_place_of_khabars() -> None:
    Path("mine.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:shape> a sh:NodeShape ; sh:targetClass <urn:Animal> ; sh:property <urn:shape-name> .
        <urn:shape-name> a sh:PropertyShape ; sh:path <urn:name> ; sh:minCount 1 .""",
        "utf-8",
    )
    Path("onto.ttl").write_text("<urn:Cat> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <urn:Animal> .", "utf-8")
    Path("data.ttl").write_text("<urn:tom> a <urn:Cat> .", "utf-8")
    result = call("data.ttl", "--shapes", "mine.ttl", "--ontology", "onto.ttl", "--format", "json")
    assert [found["shape"] for found in json.loads(result.stdout)["results"]] == ["urn:shape-name"]
    assert call("data.ttl").exit_code == 0


def test_a_file_that_does_not_parse_is_told_and_the_others_are_judged() -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    Path("broken.ttl").write_text("<urn:a> <urn:p> .", "utf-8")
    result = call(".", "--format", "json")
    shapes = [found["shape"].rpartition("#")[2] for found in json.loads(result.stdout)["results"]]
    assert (result.exit_code, shapes) == (1, ["Named-prefLabel", "Syntax"])


def test_files_without_a_shape_judge_nothing() -> None:
    Path("good.ttl").write_text(GOOD, "utf-8")
    error = call("good.ttl", "--shapes", "good.ttl").exception
    assert isinstance(error, OntologyError)
    assert "no shape" in str(error)


def test_a_report_that_cannot_be_written_is_an_error() -> None:
    Path("good.ttl").write_text(GOOD, "utf-8")
    error = call("good.ttl", "--report", "junit=nowhere/out.xml").exception
    assert isinstance(error, UsageError)
    assert "nowhere/out.xml: cannot be written" in str(error)


def test_without_inputs_the_call_is_refused() -> None:
    assert isinstance(call().exception, UsageError)


def test_arabic_messages_are_given_when_asked_for() -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    assert "للكيان اسم مفضل" in call("bad.ttl", "--lang", "ar").stdout


def test_findings_can_be_written_to_files_in_other_formats() -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    result = call("bad.ttl", "--report", "sarif=out.sarif", "--report", "junit=out.xml")
    assert "Named-prefLabel" in result.stdout
    assert json.loads(Path("out.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert 'failures="1"' in Path("out.xml").read_text("utf-8")


@pytest.mark.parametrize("report", ["sarif", "csv=out.csv", "sarif="])
def test_a_report_without_format_or_file_is_refused(report: str) -> None:
    Path("bad.ttl").write_text(BAD, "utf-8")
    assert isinstance(call("bad.ttl", "--report", report).exception, UsageError)
