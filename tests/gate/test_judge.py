"""The gate on articles' graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF, SH
from rdflib.term import Literal, URIRef

from kg.errors import OntologyError
from kg.gate import Case, Severity, Verdict, judge, judge_all, report_graph
from kg.gate.own import CHARACTERS, PLACE, SHAPES
from kg.gate.shapes import default_shapes, load_shapes
from kg.rdf.vocab import ONTOLOGY

BASE = "https://w3id.org/khabar/"
TEXT = "قال الوزير إن الشحنة وصلت إلى الميناء."

MakeCase = Callable[..., Case]


@pytest.fixture
def make_case() -> MakeCase:
    """A case of one statement; keyword arguments replace parts of its Turtle, `context` adds shared subjects."""

    def made(article: str = "a1", speaker: str = "<actor/Q1>", text: str = TEXT[:25], extra: str = "") -> Case:
        turtle = f"""@base <{BASE}> . @prefix khabar: <{ONTOLOGY}> .
        <article/{article}> a khabar:Article ; khabar:sha256 "{"0" * 64}" .
        <article/{article}#char=0,25> a khabar:Passage ; khabar:inArticle <article/{article}> ;
            khabar:start 0 ; khabar:end 25 ; khabar:text "{text}" .
        <statement/{article}.0-25> a khabar:Statement ; khabar:speaker {speaker} ; khabar:modality khabar:asserted ;
            khabar:evidence <article/{article}#char=0,25> ; khabar:reportedIn <article/{article}> ;
            khabar:rule "example" ; khabar:reviewStatus khabar:unreviewed .
        {extra}"""
        context = f"""@base <{BASE}> . @prefix khabar: <{ONTOLOGY}> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        <actor/Q1> a khabar:Person , khabar:Actor ; skos:prefLabel "سالم الحداد"@ar ."""
        graph = ox.NamedNode(f"{BASE}article/{article}")
        triples = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
        return Case(
            graph.value,
            [ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples],
            list(ox.parse(context, format=ox.RdfFormat.TURTLE)),
        )

    return made


def shapes_of(verdict: Verdict) -> set[str]:
    return {result.shape.removeprefix(SHAPES) for result in verdict.results}


def test_a_graph_that_meets_the_shapes_conforms(make_case: MakeCase) -> None:
    assert judge(make_case(), lambda _: TEXT) == Verdict()


def test_actors_are_known_from_the_context(make_case: MakeCase) -> None:
    case = make_case()
    verdict = judge(Case(case.article, case.quads), lambda _: TEXT)
    assert shapes_of(verdict) == {"Statement-speaker"}
    assert not verdict.conforms


def test_what_is_wrong_with_a_shared_subject_is_told_to_the_article_that_uses_it(make_case: MakeCase) -> None:
    case = make_case()
    unnamed = [quad for quad in case.context if "prefLabel" not in quad.predicate.value]
    assert shapes_of(judge(Case(case.article, case.quads, unnamed), lambda _: TEXT)) == {"Named-prefLabel"}
    other = make_case(
        speaker="<actor/a1.0-3>",
        extra=f"<actor/a1.0-3> a <{ONTOLOGY}UnnamedSource> , <{ONTOLOGY}Actor> ; "
        '<http://www.w3.org/2004/02/skos/core#prefLabel> "مسؤولون"@ar .',
    )
    assert judge(Case(other.article, other.quads, unnamed), lambda _: TEXT).conforms


def test_a_passage_whose_characters_are_not_the_articles_is_rejected(make_case: MakeCase) -> None:
    changed = TEXT[:3] + "ى" + TEXT[4:]
    verdict = judge(make_case(), lambda _: changed)
    (result,) = verdict.results
    assert (result.shape, result.severity) == (CHARACTERS, Severity.VIOLATION)
    assert result.focus == URIRef(f"{BASE}article/a1#char=0,25")
    assert "محارف" in result.message("ar") or "المقال المحفوظ" in result.message("ar")


def test_a_passage_of_an_article_without_text_is_rejected(make_case: MakeCase) -> None:
    assert shapes_of(judge(make_case(), lambda _: None)) == {"Passage-characters"}


def test_offsets_count_code_points_not_utf16_units_or_bytes() -> None:
    text = "📰 قال الوزير"
    article = ox.NamedNode(f"{BASE}article/a1")
    turtle = f"""@base <{BASE}> . @prefix khabar: <{ONTOLOGY}> .
    <article/a1> a khabar:Article ; khabar:sha256 "{"0" * 64}" .
    <article/a1#char=0,5> a khabar:Passage ; khabar:inArticle <article/a1> ;
        khabar:start 0 ; khabar:end 5 ; khabar:text "{text[:5]}" ."""
    triples = ox.parse(turtle, format=ox.RdfFormat.TURTLE)
    quads = [ox.Quad(triple.subject, triple.predicate, triple.object, article) for triple in triples]
    assert judge(Case(article.value, quads), lambda _: text).conforms


def test_a_subject_of_another_article_is_rejected(make_case: MakeCase) -> None:
    case = make_case(extra=f'<article/a12> a <{ONTOLOGY}Article> ; <{ONTOLOGY}sha256> "{"0" * 64}" .')
    (result,) = judge(case, lambda _: TEXT).results
    assert (result.shape, result.focus) == (PLACE, URIRef(f"{BASE}article/a12"))


def test_a_quad_in_another_graph_is_rejected(make_case: MakeCase) -> None:
    case = make_case()
    moved = ox.Quad(case.quads[0].subject, case.quads[0].predicate, case.quads[0].object, ox.NamedNode(f"{BASE}x"))
    verdict = judge(Case(case.article, [moved, *case.quads[1:]], case.context), lambda _: TEXT)
    assert shapes_of(verdict) == {"Article-subjects"}


def test_many_articles_in_one_run_get_the_verdicts_they_get_alone(make_case: MakeCase) -> None:
    cases = [
        make_case("a1"),
        make_case("a2", text="قصير"),
        make_case("a3", speaker='"وزير"'),
        make_case("a4", extra=f"<statement/a4.0-25> <{ONTOLOGY}modality> <{ONTOLOGY}denied> ."),
    ]
    together = judge_all(cases, lambda _: TEXT)
    assert together == [judge(case, lambda _: TEXT) for case in cases]
    assert [shapes_of(verdict) for verdict in together] == [
        set(),
        {"Passage-length", "Passage-characters"},
        {"Statement-speaker"},
        {"Statement-modality"},
    ]


def test_no_cases_give_no_verdicts() -> None:
    assert judge_all([], lambda _: TEXT) == []


def test_a_warning_is_told_and_refuses_nothing(make_case: MakeCase) -> None:
    dated = f"""<statement/a1.0-25> <{ONTOLOGY}date> "2024-05"^^<http://id.loc.gov/datatypes/edtf/EDTF> ;
        <{ONTOLOGY}dateBasis> <{ONTOLOGY}stated> ."""
    verdict = judge(make_case(extra=dated), lambda _: TEXT)
    assert [(result.shape, result.severity) for result in verdict.results] == [
        (f"{SHAPES}Dated-bounds", Severity.WARNING)
    ]
    assert verdict.conforms


def test_the_report_is_a_w3c_report(make_case: MakeCase) -> None:
    verdict = judge(make_case(text="قصير"), lambda _: TEXT)
    graph = report_graph(verdict, default_shapes().graph)
    (report,) = graph.subjects(RDF.type, SH.ValidationReport)
    results = set(graph.objects(report, SH.result))
    assert len(results) == len(verdict.results) == 2
    assert {graph.value(node, SH.sourceShape) for node in results} == {
        URIRef(f"{SHAPES}Passage-length"),
        URIRef(CHARACTERS),
    }
    for node in results:
        messages = graph.objects(node, SH.resultMessage)
        assert {text.language for text in messages if isinstance(text, Literal)} == {"ar", "en"}


def test_a_report_holds_the_whole_of_a_complex_path(make_case: MakeCase) -> None:
    transfer = f"""<transfer/a1.0-25> a <{ONTOLOGY}Shipment> , <{ONTOLOGY}Transfer> ;
        <{ONTOLOGY}cargo> <{ONTOLOGY}arms> ; <{ONTOLOGY}status> <{ONTOLOGY}asserted> ; <{ONTOLOGY}sender> <actor/Q1> ;
        <{ONTOLOGY}evidence> <article/a1#char=0,25> ; <{ONTOLOGY}reportedIn> <article/a1> ;
        <{ONTOLOGY}rule> "example" ; <{ONTOLOGY}reviewStatus> <{ONTOLOGY}unreviewed> ."""
    verdict = judge(make_case(extra=transfer), lambda _: TEXT)
    assert [result.path for result in verdict.results] == [f"(^<{ONTOLOGY}about>|<{ONTOLOGY}narratedBy>)"]
    graph = report_graph(verdict, default_shapes().graph)
    path = graph.value(None, SH.resultPath) or graph.value(next(graph.subjects(SH.resultPath)), SH.resultPath)
    assert path is not None
    assert (path, SH.alternativePath, None) in graph


def test_a_verdict_survives_json(make_case: MakeCase) -> None:
    verdict = judge(make_case(text="قصير", speaker='"وزير"@ar'), lambda _: TEXT)
    assert Verdict.from_json(verdict.as_json()) == verdict


def test_ill_formed_shapes_are_an_error_of_their_own(tmp_path: Path, make_case: MakeCase) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(f"""@prefix sh: <http://www.w3.org/ns/shacl#> .
        <urn:s> a sh:PropertyShape ; sh:targetClass <{ONTOLOGY}Statement> ; sh:minCount 1 .""")
    with pytest.raises(OntologyError, match="cannot be run"):
        judge(make_case(), lambda _: TEXT, load_shapes([file]))


def test_shapes_that_do_not_parse_name_the_file(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<urn:s> a")
    with pytest.raises(OntologyError, match=r"broken\.ttl: not Turtle"):
        load_shapes([tmp_path])


def test_a_folder_without_shapes_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no Turtle file"):
        load_shapes([tmp_path])


def test_graphs_without_names_are_taken_as_the_articles(make_case: MakeCase) -> None:
    case = make_case()
    bare = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in case.quads]
    assert judge(Case(case.article, bare, case.context), lambda _: TEXT).conforms
