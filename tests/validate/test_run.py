"""Findings and their places, in every format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import UsageError
from kg.gate.own import SHAPES
from kg.gate.shapes import default_shapes
from kg.gate.verdict import Severity
from kg.validate.positions import Position
from kg.validate.run import SYNTAX, Finding, Outcome, validate
from kg.validate.sources import FORMATS, SourceError, find_files, format_of, read_source
from kg.validate.terms import TERM_CURRENT, TERM_DEFINED, packaged_terms

WriteData = Callable[[str], Path]

PREFIXES = """@prefix khabar: <https://w3id.org/khabar/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def run(*files: Path) -> Outcome:
    sources = [
        read_source(str(file), file.read_bytes(), FORMATS[file.suffix], number) for number, file in enumerate(files)
    ]
    return validate(sources, default_shapes())


def only(outcome: Outcome) -> Finding:
    (finding,) = outcome.findings
    return finding


@pytest.mark.parametrize("suffix", [".ttl", ".trig", ".nt", ".nq"])
def test_a_finding_stands_at_the_object_of_the_offending_triple(suffix: str, faulty: WriteData) -> None:
    file = faulty(suffix)
    finding = only(run(file))
    assert finding.result.shape == f"{SHAPES}Tenure-holder"
    assert finding.position is not None
    line = file.read_text("utf-8").split("\n")[finding.position.line - 1]
    assert finding.line == line
    assert line[finding.position.column - 1 :].startswith(("<actor/r1>", "<https://w3id.org/khabar/actor/r1>"))
    assert "holder" in line[: finding.position.column]


@pytest.mark.parametrize("suffix", [".rdf", ".jsonld"])
def test_a_finding_stands_at_the_line_of_the_subject(suffix: str, faulty: WriteData) -> None:
    finding = only(run(faulty(suffix)))
    assert finding.position is not None
    assert "tenure/t1" in finding.line


def test_json_ld_on_many_lines_is_pointed_into(tmp_path: Path) -> None:
    file = tmp_path / "data.jsonld"
    file.write_text(
        """{
  "@context": {"@vocab": "https://w3id.org/khabar/ontology#", "d": "https://w3id.org/khabar/"},
  "@graph": [
    {"@id": "d:actor/r1", "@type": ["Role", "Actor"],
     "http://www.w3.org/2004/02/skos/core#prefLabel": {"@value": "وزير", "@language": "ar"}},
    {"@id": "d:tenure/t1",
     "@type": "Tenure", "role": {"@id": "d:actor/r1"}}
  ]
}""",
        "utf-8",
    )
    finding = only(run(file))
    assert (finding.result.shape, finding.position) == (f"{SHAPES}Tenure-holder", Position(6, 6))


def test_a_missing_value_is_pointed_to_at_its_subject(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(PREFIXES + "\n<urn:p> a khabar:Person ,\n  khabar:Actor .\n", "utf-8")
    assert only(run(file)).position == Position(4, 1)


def test_blank_nodes_are_found_again_and_kept_apart_between_files(tmp_path: Path) -> None:
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(PREFIXES + "_:x a khabar:Person , khabar:Actor .\n", "utf-8")
    two.write_text(PREFIXES + '_:x skos:prefLabel "س"@ar .\n[] a khabar:Person , khabar:Actor .\n', "utf-8")
    outcome = run(one, two)
    assert [(Path(f.file).name, f.position) for f in outcome.findings] == [
        ("one.ttl", Position(3, 1)),
        ("two.ttl", Position(4, 1)),
    ]


def test_files_lean_on_one_another(tmp_path: Path, faulty: WriteData) -> None:
    file = tmp_path / "a-role.ttl"
    file.write_text(
        PREFIXES + "<urn:t> a khabar:Tenure ; khabar:holder <https://w3id.org/khabar/actor/Q1> ;\n"
        "  khabar:role <https://w3id.org/khabar/actor/r1> .\n",
        "utf-8",
    )
    assert len(run(file).findings) == 2
    assert [Path(finding.file).suffix for finding in run(file, faulty(".nt")).findings] == [".nt"]


def test_the_words_of_the_article_stand_beside_the_finding(tmp_path: Path) -> None:
    file = tmp_path / "data.ttl"
    file.write_text(
        PREFIXES
        + """<urn:s> khabar:evidence <urn:e> ; a khabar:Meeting .
<urn:e> khabar:text "التقى الوزيران." .""",
        "utf-8",
    )
    assert {finding.quote for finding in run(file).findings} == {"التقى الوزيران."}


def test_a_term_that_the_ontology_lacks_is_a_warning() -> None:
    data = PREFIXES + "<urn:a> khabar:speeker <urn:b> ; a khabar:Staetment ."
    source = read_source("data.ttl", data.encode(), ox.RdfFormat.TURTLE)
    outcome = validate([source], default_shapes(), terms=packaged_terms())
    assert {(f.result.shape, f.result.severity) for f in outcome.findings} == {(TERM_DEFINED, Severity.WARNING)}
    assert [f.position for f in outcome.findings] == [Position(3, 24), Position(3, 36)]


def test_a_deprecated_term_is_a_warning_where_it_stands() -> None:
    data = PREFIXES + "<urn:link> khabar:decision 'x' .\n<urn:quantity> khabar:unit khabar:pound ."
    source = read_source("data.ttl", data.encode(), ox.RdfFormat.TURTLE)
    outcome = validate([source], default_shapes(), terms=packaged_terms())
    found = [f for f in outcome.findings if f.result.shape == TERM_CURRENT]
    assert {f.result.severity for f in found} == {Severity.WARNING}
    assert [f.position for f in found] == [Position(3, 28), Position(4, 28)]


def test_a_broken_file_is_a_finding_at_its_line() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("data.ttl", b"<urn:a> <urn:p> <urn:b> .\n<urn:a> <urn:p> .\n", ox.RdfFormat.TURTLE)
    finding = only(validate([], default_shapes(), [caught.value]))
    assert (finding.result.shape, finding.file) == (SYNTAX, "data.ttl")
    assert finding.position is not None
    assert finding.position.line == 2


@pytest.mark.parametrize(
    ("data", "form", "told"),
    [
        (b"<urn:a> <urn:p> .", ox.RdfFormat.TURTLE, "صياغة الملف غير سليمة: "),
        ('<urn:a> <urn:p> "نص" .'.encode("cp1256"), ox.RdfFormat.TURTLE, "البايت 17 ليس"),
        (b'{"@context": "http://127.0.0.1:9/c", "@id": "urn:a"}', ox.RdfFormat.JSON_LD, "يحيل إلى سياق"),
        (b"<urn:a> <urn:p> <<( <urn:a> <urn:p> <urn:b> )>> .", ox.RdfFormat.TURTLE, "فيه ثلاثيات"),
    ],
)
def test_a_broken_file_is_told_in_arabic_too(data: bytes, form: ox.RdfFormat, told: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_source("data", data, form)
    assert only(validate([], default_shapes(), [caught.value])).result.message("ar").startswith(told)


def test_nothing_to_judge_conforms() -> None:
    assert validate([], default_shapes()) == Outcome((), (), 0)


def test_a_fingerprint_survives_moved_lines_and_changes_with_the_value(tmp_path: Path, faulty: WriteData) -> None:
    file = faulty(".ttl")
    before = only(run(file)).fingerprint()
    text = file.read_text("utf-8")
    file.write_text("# a line more\n" + text, "utf-8")
    assert only(run(file)).fingerprint() == before
    file.write_text(text.replace("khabar:holder <actor/r1>", "khabar:holder <actor/r2>"), "utf-8")
    assert only(run(file)).fingerprint() != before


def test_folders_globs_and_files_are_found_once_each(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.ttl", "sub/b.nq", "notes.txt", "package.json"):
        (tmp_path / name).touch()
    found = find_files([str(tmp_path / "*.ttl"), str(tmp_path), "-"])
    assert found == [str(tmp_path / "a.ttl"), str(tmp_path / "sub/b.nq"), "-"]


def test_an_argument_that_names_nothing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        find_files([str(tmp_path / "none*.ttl")])


def test_an_unknown_ending_needs_a_format() -> None:
    with pytest.raises(UsageError, match="--input-format"):
        format_of("data.txt")
    assert format_of("data.txt", ox.RdfFormat.TRIG) == ox.RdfFormat.TRIG
