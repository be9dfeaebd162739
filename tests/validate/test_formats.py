"""The forms in which findings are told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import Literal, URIRef

from kg.gate.shapes import default_shapes
from kg.gate.verdict import Result, Severity, Verdict
from kg.validate.formats import FORMS
from kg.validate.formats.words import Words
from kg.validate.positions import Position
from kg.validate.run import Finding, Outcome, validate
from kg.validate.sources import FORMATS, read_source

SCHEMA = Path(__file__).parent / "data" / "sarif-schema-2.1.0.json"


@pytest.fixture
def outcome(faulty: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch) -> Outcome:
    file = faulty(".ttl")
    monkeypatch.chdir(file.parent)
    return validate([read_source(file.name, file.read_bytes(), FORMATS[".ttl"])], default_shapes())


def told(form: str, outcome: Outcome, language: str = "en") -> str:
    return FORMS[form](outcome, Words(language, default_shapes().graph))


def finding(value: object = None, file: str = "data.ttl", severity: Severity = Severity.VIOLATION) -> Finding:
    result = Result(
        URIRef("urn:a"), "<urn:p>", Literal(value), "urn:shape", "urn:component", severity, (("en", "a: b, 100%\nc"),)
    )
    return Finding(result, file, Position(3, 7), "line", "")


def test_people_see_place_message_triple_and_line(outcome: Outcome) -> None:
    text = told("human", outcome)
    assert "data.ttl\n" in text
    assert "10:19  violation  A tenure has exactly one holder, a person.  [khs:Tenure-holder]" in text
    assert "khabar:holder → <https://w3id.org/khabar/actor/r1>" in text
    assert "| khabar:holder <actor/r1> ." in text
    assert text.endswith("1 file, 9 triples: 1 violation")


def test_people_are_told_in_arabic_too(outcome: Outcome) -> None:
    text = told("human", outcome, "ar")
    assert "مخالفة  لتولي المنصب شاغل واحد، وهو شخص." in text
    assert text.endswith("الملفات 1، الثلاثيات 9: المخالفات 1")


def test_json_can_be_read_back(outcome: Outcome) -> None:
    record = json.loads(told("json", outcome))
    (result,) = record["results"]
    assert (record["conforms"], result["file"], result["line"], result["column"]) == (False, "data.ttl", 10, 19)
    assert Verdict.from_json({"results": record["results"]}).results == (outcome.findings[0].result,)


def test_turtle_is_a_w3c_report(outcome: Outcome) -> None:
    graph = Graph().parse(data=told("turtle", outcome), format="turtle")
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    assert len(list(graph.objects(report, SH.result))) == 1


@pytest.mark.parametrize("language", ["ar", "en"])
def test_sarif_is_valid_against_its_schema(language: str, outcome: Outcome) -> None:
    log = json.loads(told("sarif", outcome, language))
    jsonschema.validate(log, json.loads(SCHEMA.read_text("utf-8")))
    (result,) = log["runs"][0]["results"]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "data.ttl"
    assert (location["region"]["startLine"], location["region"]["startColumn"]) == (10, 19)
    assert log["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "khs:Tenure-holder"


def test_sarif_of_nothing_and_of_odd_files_is_valid_too() -> None:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    odd = Outcome((finding(file="بيانات/a b#c.ttl"), finding(file="/abs/x.ttl"), finding(file="")), (), 3)
    for each in (Outcome((), (), 0), odd):
        jsonschema.validate(json.loads(told("sarif", each)), schema)
    uris = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in json.loads(told("sarif", odd))["runs"][0]["results"][:2]
    ]
    assert uris == ["%D8%A8%D9%8A%D8%A7%D9%86%D8%A7%D8%AA/a%20b%23c.ttl", "file:///abs/x.ttl"]


def test_junit_counts_violations_as_failures_only() -> None:
    warned = Outcome((finding(file="b.ttl", severity=Severity.WARNING), finding(file="c.ttl")), ("a.ttl",), 3)
    root = ElementTree.fromstring(told("junit", warned))
    suites = {suite.get("name"): suite for suite in root}
    assert [(name, suite.get("failures")) for name, suite in suites.items()] == [
        ("a.ttl", "0"),
        ("b.ttl", "0"),
        ("c.ttl", "1"),
    ]
    assert root.get("failures") == "1"
    assert suites["b.ttl"][0][0].tag == "system-out"
    failure = suites["c.ttl"][0][0]
    assert "100%" in (failure.get("message") or "")


def test_junit_has_no_character_that_xml_forbids() -> None:
    root = ElementTree.fromstring(told("junit", Outcome((finding("a\x00\x0b\ud800b"),), (), 1)))
    assert root.get("failures") == "1"


def test_github_escapes_what_its_commands_reserve() -> None:
    text = told("github", Outcome((finding("v", file="a,b:c.ttl"),), (), 1))
    assert text == ('::error file=a%2Cb%3Ac.ttl,line=3,col=7,title=urn%3Ashape::a: b, 100%25%0Ac ("v")')


def test_github_names_the_severities_its_own_way() -> None:
    text = told("github", Outcome((finding(severity=Severity.WARNING), finding(severity=Severity.INFO)), (), 1))
    assert [line.split(" ")[0] for line in text.split("\n")] == ["::warning", "::notice"]
