"""The ontology itself, and that the check sees what is wrong with a broken one."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import owlready2
import pytest
from rdflib import Graph
from rdflib.namespace import OWL, RDF, SKOS
from rdflib.term import URIRef

from kg import model, resources
from kg.gate.graphs import load_graph
from kg.ontology import Finding, Kind, Report, check, load_ontology, version_of
from kg.rdf.vocab import ONTOLOGY, concept

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs Java")

Broken = Callable[[str, str], Report]


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return load_graph([resources.shapes_dir(), resources.across_dir()])


@pytest.fixture
def classified(tmp_path: Path, shapes: Graph) -> Broken:
    """Checks a copy of the ontology in which `old` of khabar.ttl is replaced by `new`."""

    def checked(old: str, new: str) -> Report:
        shutil.copytree(resources.ontology_dir(), tmp_path / "ontology")
        file = tmp_path / "ontology" / "khabar.ttl"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        return check(load_ontology(tmp_path / "ontology"), shapes)

    return checked


@pytest.fixture
def broken(classified: Broken, monkeypatch: pytest.MonkeyPatch) -> Broken:
    """The same without the reasoner, for what needs none."""
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    return classified


def kinds(report: Report) -> set[tuple[Kind, str]]:
    return {(finding.kind, finding.term.removeprefix(ONTOLOGY)) for finding in report.findings}


def test_the_packaged_ontology_has_no_findings(shapes: Graph) -> None:
    assert check(load_ontology(), shapes).findings == ()


@needs_java
def test_a_class_under_two_disjoint_classes_is_unsatisfiable(classified: Broken) -> None:
    report = classified(":Person a owl:Class ;", ":Person a owl:Class ; rdfs:subClassOf :Organization ;")
    assert (Kind.UNSATISFIABLE, "Person") in kinds(report)


@needs_java
def test_an_individual_of_two_disjoint_classes_is_a_contradiction(classified: Broken) -> None:
    report = classified("edtf:EDTF a rdfs:Datatype .", "edtf:EDTF a rdfs:Datatype . :x a :Place , :Person .")
    assert Kind.INCONSISTENT in {finding.kind for finding in report.findings}


def test_a_label_without_arabic_is_missed(broken: Broken) -> None:
    report = broken('rdfs:label "person"@en , "شخص"@ar', 'rdfs:label "person"@en')
    assert Finding(Kind.LABEL, f"{ONTOLOGY}Person", "nothing in “ar”") in report.findings


def test_an_empty_definition_is_missed(broken: Broken) -> None:
    report = broken('skos:definition "A human being, named."@en', 'skos:definition " "@en')
    assert Finding(Kind.DEFINITION, f"{ONTOLOGY}Person", "nothing in “en”") in report.findings


def test_a_term_that_code_writes_but_the_ontology_lacks_is_undefined(broken: Broken) -> None:
    assert (Kind.UNDEFINED, "sha256") in kinds(
        broken(":sha256 a owl:DatatypeProperty", ":sha512 a owl:DatatypeProperty")
    )


def test_a_term_that_nothing_uses_is_told(broken: Broken) -> None:
    report = broken("edtf:EDTF a rdfs:Datatype .", "edtf:EDTF a rdfs:Datatype . :idle a owl:ObjectProperty .")
    assert (Kind.UNUSED, "idle") in kinds(report)


def test_a_deprecated_term_needs_a_successor(broken: Broken) -> None:
    report = broken(":Person a owl:Class ;", ":Person a owl:Class ; owl:deprecated true ;")
    assert (Kind.DEPRECATED, "Person") in kinds(report)


def test_superclasses_in_code_must_be_those_of_the_ontology(broken: Broken) -> None:
    report = broken(
        ":Company a owl:Class ; rdfs:subClassOf :Organization ;", ":Company a owl:Class ; rdfs:subClassOf :Group ;"
    )
    assert (Kind.SUPERCLASS, "Company") in kinds(report)


def test_terms_used_in_data_must_be_defined(shapes: Graph) -> None:
    data = Graph().parse(data=f"<urn:a> <{ONTOLOGY}speeker> <urn:b> .", format="turtle")
    report = check(load_ontology(), shapes, [("mine.ttl", data)])
    assert Finding(Kind.UNDEFINED, f"{ONTOLOGY}speeker", "used in mine.ttl, not defined") in report.findings


def test_without_java_the_rest_still_runs(shapes: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    data = Graph().parse(data=f"<urn:a> <{ONTOLOGY}speeker> <urn:b> .", format="turtle")
    report = check(load_ontology(), shapes, [("mine.ttl", data)])
    assert report.reasoner == ""
    assert "Java" in report.note
    assert "\n" not in report.note
    assert [finding.kind for finding in report.findings] == [Kind.UNDEFINED]


def test_the_version_stands_in_the_header_the_version_iri_and_the_file() -> None:
    ontology = load_ontology()
    version = (resources.ontology_dir() / "VERSION").read_text("utf-8").strip()
    header = URIRef(ONTOLOGY.removesuffix("#"))
    assert version_of(ontology) == version
    assert list(ontology.objects(header, OWL.versionIRI)) == [URIRef(f"{header}/{version}")]


RECORD: dict[str, Sequence[str]] = {
    "Modality": list(model.Modality),
    "Polarity": list(model.Polarity),
    "Certainty": list(model.Certainty),
    "Timeframe": list(model.Timeframe),
    "Stance": list(model.Stance),
    "DateBasis": list(model.DateBasis),
    "Cargo": [
        "arms",
        "ammunition",
        "missiles",
        "artillery",
        "aircraft",
        "drones",
        "air-defence",
        "vehicles",
        "equipment",
        "technology",
        "troops",
        "workers",
        "food",
        "fuel",
        "money",
        "aid",
        "goods",
    ],
    "Status": [
        "asserted",
        "alleged",
        "estimated",
        "confirmed",
        "denied",
        "planned",
        "pledged",
        "sought",
        "offered",
        "possible",
        "signed",
        "agreed",
        "in-force",
        "proposed",
        "ratified",
        "broken",
        "ended",
        "held",
        "cancelled",
        "imposed",
        "lifted",
        "rejected",
    ],
    "AgreementKind": [
        "treaty",
        "partnership",
        "defence",
        "deal",
        "cooperation",
        "memorandum",
        "ceasefire",
        "agreement",
    ],
    "MeetingKind": ["visit", "call", "summit", "talks", "letter"],
    "MeasureKind": ["sanction", "embargo", "permission", "veto"],
    "QuantityKind": ["increment", "cumulative", "planned", "unknown"],
    "ReviewStatus": ["unreviewed", "confirmed", "corrected", "rejected"],
}


@pytest.mark.parametrize("name", RECORD)
def test_every_value_of_the_extraction_record_is_a_concept_of_its_scheme(name: str) -> None:
    ontology = load_ontology()
    members = set(ontology.subjects(RDF.type, URIRef(ONTOLOGY + name)))
    assert {concept(value) for value in RECORD[name]} == members
    for member in members:
        assert (member, RDF.type, SKOS.Concept) in ontology
        assert (member, SKOS.inScheme, URIRef(f"{ONTOLOGY}{name}Scheme")) in ontology


def test_every_unit_a_cargo_is_measured_in_is_a_concept_of_one_dimension() -> None:
    rows = (resources.data_dir() / "ar" / "units.tsv").read_text("utf-8").splitlines()
    table = list(csv.DictReader((row for row in rows if not row.startswith("#")), delimiter="\t"))
    units = {row["unit"] for row in table if row["dimension"] not in {"time", "length", "rate"}}
    assert len({(row["unit"], row["dimension"]) for row in table}) == len({row["unit"] for row in table})
    defined = set(load_ontology().subjects(RDF.type, URIRef(f"{ONTOLOGY}Unit")))
    assert {unit for unit in units if concept(unit) not in defined} == set()


def test_concepts_do_not_share_an_iri_with_a_class_or_property() -> None:
    ontology = load_ontology()
    concepts = set(ontology.subjects(RDF.type, SKOS.Concept))
    for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty):
        assert concepts.isdisjoint(ontology.subjects(RDF.type, kind))
