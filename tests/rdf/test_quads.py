"""An article's graph holds what the extraction says, under the IRIs of the design, always in the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.gate import Case, judge
from kg.gazetteer.entry import Entry
from kg.model import Entity, EntityType, Extraction, Meeting, Mention, Quantity, Span
from kg.rdf.quads import ArticleGraph, graph_of
from kg.rdf.terms import node, nquads
from kg.rdf.vocab import KHABAR, SUPERCLASSES

RELEASE = "0.1.0+abc"
TYPE = node("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def everything(graph: ArticleGraph) -> set[ox.Quad]:
    return {*graph.parsed(), *graph.context()}


def values(graph: ArticleGraph, predicate: str) -> set[str]:
    found = [quad.object for quad in everything(graph) if quad.predicate == node(predicate)]
    return {value.value for value in found if not isinstance(value, ox.Triple)}


def test_graph_is_the_one_written_beside_the_text(denial: Extraction) -> None:
    expected = set(ox.parse(path=Path(__file__).parent / "data" / "denial.trig"))
    assert everything(graph_of(denial, RELEASE)) == expected


def test_same_extraction_gives_the_same_bytes_and_the_store_keeps_them(denial: Extraction) -> None:
    graph = graph_of(denial, RELEASE)
    store = ox.Store()
    store.bulk_load(graph.quads, format=ox.RdfFormat.N_QUADS)
    assert graph.quads == graph_of(denial, RELEASE).quads == nquads(store)


def test_numbers_are_written_as_the_store_keeps_them(denial: Extraction) -> None:
    figure = Quantity(0.5, 1500000.0, False, "tonne", "بين نصف طن ومليون ونصف", Span(0, 3))
    graph = graph_of(replace(denial, transfers=(replace(denial.transfers[0], quantity=figure),)), RELEASE)
    store = ox.Store()
    store.bulk_load(graph.quads, format=ox.RdfFormat.N_QUADS)
    assert graph.quads == nquads(store)
    assert values(graph, KHABAR.minimum) == {"0.5"}
    assert values(graph, KHABAR.maximum) == {"1500000"}


def test_order_of_the_extraction_does_not_show(denial: Extraction) -> None:
    turned = replace(denial, entities=denial.entities[::-1])
    assert everything(graph_of(turned, RELEASE)) == everything(graph_of(denial, RELEASE))


def test_every_subject_is_minted_under_its_article(denial: Extraction) -> None:
    graph = graph_of(denial, RELEASE)
    for quad in graph.parsed():
        assert isinstance(quad.subject, ox.NamedNode)
        assert quad.subject.value.removeprefix("https://w3id.org/khabar/").partition("/")[2].startswith("a1")
        assert quad.graph_name == node(graph.iri)


def test_no_triple_stands_in_two_graphs(variant: Callable[..., Extraction]) -> None:
    quads = everything(graph_of(variant("a1"), RELEASE)) | everything(graph_of(variant("a2"), RELEASE))
    assert len({quad.triple for quad in quads}) == len(quads)


def test_superclasses_stand_beside_the_class(denial: Extraction) -> None:
    types: dict[object, set[object]] = {}
    for quad in everything(graph_of(denial, RELEASE)):
        if quad.predicate == TYPE:
            types.setdefault(quad.subject, set()).add(quad.object)
    for found in types.values():
        for cls, above in SUPERCLASSES.items():
            if node(cls) in found:
                assert {node(each) for each in above} <= found


def test_second_frame_on_a_span_gets_a_number(denial: Extraction) -> None:
    frames = [iri.rpartition("/")[2] for iri, _ in graph_of(denial, RELEASE).frames]
    assert frames == ["a1.0-97", "a1.0-97.2", "a1.98-132", "a1.45-96", "a1.133-156"]


def test_entity_outside_every_frame_stays_out(denial: Extraction) -> None:
    graph = graph_of(denial, RELEASE)
    assert b"place/" not in graph.quads
    assert not any("place/" in each.subject for each in graph.shared)


@pytest.mark.parametrize(
    ("entity", "shared"),
    [
        (Entity("x", EntityType.PERSON, "سامي بن يوسف"), True),
        (Entity("x", EntityType.PERSON, "سامي"), False),
        (Entity("x", EntityType.GROUP, "سكان القرى الحدودية"), False),
        (Entity("x", EntityType.UNNAMED, "مصادر مطلعة"), False),
        (Entity("x", EntityType.GOVERNMENT_BODY, "وزارة الزراعة"), False),
        (Entity("x", EntityType.GOVERNMENT_BODY, "وزارة الزراعة", country="norway"), True),
        (Entity("x", EntityType.STATE, "النرويج", wikidata="Q20"), True),
        (Entity("x", EntityType.MEDIA_OUTLET, "النهر", key="alnahr"), True),
    ],
)
def test_only_linked_known_and_full_names_are_shared(denial: Extraction, entity: Entity, shared: bool) -> None:
    named = replace(entity, mentions=(Mention(Span(4, 12), "x"),))
    statement = replace(denial.statements[2], speaker=("x",), about=())
    graph = graph_of(replace(denial, entities=(named,), statements=(statement,), transfers=(), agreements=()), RELEASE)
    (speaker,) = values(graph, KHABAR.speaker)
    assert (speaker in {each.subject for each in graph.shared}) is shared
    assert ("/a1.4-12" in speaker) is not shared


def test_spellings_of_one_full_name_share_an_iri(denial: Extraction) -> None:
    def speaker(label: str) -> set[str]:
        person = replace(denial.entities[4], label_ar=label)
        return values(graph_of(replace(denial, entities=(*denial.entities[:4], person)), RELEASE), KHABAR.speaker)

    assert speaker("أحمد الإمام") == speaker("احمد الامام") != speaker("أحمد الأمين")


def test_unnamed_source_says_whose_it_is(denial: Extraction) -> None:
    source = Entity("u", EntityType.UNNAMED, "مسؤولون", mentions=(Mention(Span(0, 4), "u"),), affiliation=("e4",))
    statement = replace(denial.statements[2], speaker=("u",))
    graph = graph_of(
        replace(denial, entities=(*denial.entities, source), statements=(statement,), transfers=()), RELEASE
    )
    assert values(graph, KHABAR.affiliation) == {"https://w3id.org/khabar/actor/Q159"}


def test_state_as_a_place_is_its_territory(denial: Extraction) -> None:
    visit = Meeting("m", "visit", ("e3",), "held", Span(45, 60), "visit-noun", place="e4")
    graph = graph_of(replace(denial, meetings=(visit,)), RELEASE)
    assert values(graph, KHABAR.place) == {"https://w3id.org/khabar/place/Q159"}
    assert values(graph, KHABAR.recipient) == {"https://w3id.org/khabar/actor/Q159"}
    (territory,) = (each for each in graph.shared if each.subject.endswith("place/Q159"))
    assert str(KHABAR.Place).encode() in territory.quads
    assert str(KHABAR.Actor).encode() not in territory.quads


def test_graph_passes_the_gate(denial: Extraction) -> None:
    graph = graph_of(denial, RELEASE)
    case = Case(graph.iri, graph.parsed(), graph.context())
    assert judge(case, {graph.iri: denial.article.text}.get).conforms


def test_other_names_come_from_the_gazetteer(denial: Extraction) -> None:
    entry = Entry("russia", EntityType.STATE, "روسيا", "Russia", "Q159", ("روسيا الاتحادية",), ("Russian Federation",))
    graph = graph_of(denial, RELEASE, entry_of={"russia": entry}.get)
    (russia,) = (each.quads.decode() for each in graph.shared if each.subject.endswith("/Q159"))
    assert 'altLabel> "روسيا الاتحادية"@ar' in russia
    assert 'altLabel> "Russian Federation"@en' in russia
    assert 'altLabel> "روسيا"@ar' not in russia
    assert not any("altLabel" in str(quad) for quad in graph.context())


def test_another_base_changes_every_iri_of_the_data_and_no_term(denial: Extraction) -> None:
    ours, theirs = graph_of(denial, RELEASE), graph_of(denial, RELEASE, "http://localhost:8000/")
    moved = ours.quads.replace(b"https://w3id.org/khabar/", b"http://localhost:8000/")
    kept = moved.replace(b"http://localhost:8000/ontology#", b"https://w3id.org/khabar/ontology#")
    assert sorted(kept.splitlines()) == sorted(theirs.quads.splitlines())


def test_frame_that_names_what_is_not_there_is_an_error(denial: Extraction) -> None:
    with pytest.raises(KeyError):
        graph_of(replace(denial, transfers=()), RELEASE)
