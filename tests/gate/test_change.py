"""The gate on writes: what it reports as new and gone is what judging the whole graph before and after differs in."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib.namespace import RDF

from bench.changes import prove, whole
from kg.errors import OntologyError, QueryRefusedError
from kg.gate.change import Change, TooFarError, judge_change
from kg.gate.shapes import Shapes, load_shapes
from kg.rdf.vocab import ONTOLOGY

EXAMPLES = Path(__file__).parent.parent / "shapes" / "examples"
BASE = "https://w3id.org/khabar/"
TYPE = ox.NamedNode(str(RDF.type))
RDFS_SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
GRAPHS = [ox.NamedNode(f"{BASE}graph/{name}") for name in ("one", "two")]


def khabar(name: str) -> ox.NamedNode:
    return ox.NamedNode(ONTOLOGY + name)


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(BASE + name)


@pytest.fixture
def store() -> ox.Store:
    """All good examples in one graph, and a few bad ones, so that there is something to be mended."""
    store = ox.Store()
    files = [*EXAMPLES.glob("*.good.ttl"), *sorted(EXAMPLES.glob("*.bad.ttl"))[::9]]
    for file in files:
        triples = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, GRAPHS[0]) for t in triples)
    return store


def test_random_changes_are_judged_as_pyshacl_judges_the_whole_graph() -> None:
    proof = prove(25, seed=0)
    assert (proof.changes, proof.differences) == (25, [])
    assert proof.new
    assert proof.gone


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 51, 5))
def test_two_thousand_random_changes_are_judged_as_pyshacl_judges_the_whole_graph(seed: int) -> None:
    proof = prove(200, seed)
    assert (proof.changes, proof.differences) == (200, [])


def test_a_change_elsewhere_can_break_a_node_that_it_does_not_name(store: ox.Store) -> None:
    source = node("actor/a1.0-7")
    verdict = judge_change(store, Change(removed=list(store.quads_for_pattern(source, TYPE, None, None))))
    broken = {str(result.focus) for result in verdict.new.results if result.shape.endswith("Statement-speaker")}
    assert f"{BASE}statement/a1.0-25" in broken
    assert not verdict.allowed


def test_a_triple_that_stands_in_another_graph_too_is_not_lost(store: ox.Store) -> None:
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    (quad,) = store.quads_for_pattern(node("actor/g1"), label, None, None)
    assert not judge_change(store, Change(removed=[quad])).allowed
    store.add(ox.Quad(quad.subject, quad.predicate, quad.object, GRAPHS[1]))
    assert judge_change(store, Change(removed=[quad])).new.results == ()


def test_a_violation_that_was_there_before_refuses_nothing(store: ox.Store) -> None:
    bad = ox.Quad(node("actor/n1"), TYPE, khabar("Person"), GRAPHS[0])
    store.extend([bad, ox.Quad(bad.subject, TYPE, khabar("Actor"), GRAPHS[0])])
    note = ox.Quad(bad.subject, khabar("rule"), ox.Literal("x"), GRAPHS[0])
    assert judge_change(store, Change([note])).allowed


def test_what_a_change_mends_is_told(store: ox.Store) -> None:
    store.add(ox.Quad(node("actor/n1"), TYPE, khabar("Actor"), GRAPHS[0]))
    name = ox.Literal("سعاد", language="ar")
    label = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    verdict = judge_change(store, Change([ox.Quad(node("actor/n1"), label, name, GRAPHS[0])]))
    assert [result.shape.rpartition("#")[2] for result in verdict.gone.results] == ["Named-prefLabel"]
    assert verdict.new.results == ()


def test_a_quad_that_is_both_added_and_removed_stays(store: ox.Store) -> None:
    quad = next(store.quads_for_pattern(node("actor/g1"), None, None, None))
    assert judge_change(store, Change([quad], [quad])).new.results == ()


def test_a_new_subclass_makes_focus_nodes(store: ox.Store) -> None:
    store.add(ox.Quad(node("x"), TYPE, node("Clan"), GRAPHS[0]))
    change = Change([ox.Quad(node("Clan"), RDFS_SUBCLASS, khabar("Actor"), GRAPHS[0])])
    verdict = judge_change(store, change)
    assert [str(result.focus) for result in verdict.new.results] == [f"{BASE}x"]


def test_a_change_that_reaches_too_far_is_refused_with_advice(store: ox.Store) -> None:
    for number in range(30):
        store.add(ox.Quad(node(f"x{number}"), TYPE, node("Clan"), GRAPHS[0]))
    change = Change([ox.Quad(node("Clan"), RDFS_SUBCLASS, khabar("Actor"), GRAPHS[0])])
    assert judge_change(store, change, limit=30).reached == 30
    with pytest.raises(TooFarError, match="smaller parts"):
        judge_change(store, change, limit=29)


def test_nothing_changed_reaches_nothing(store: ox.Store) -> None:
    verdict = judge_change(store, Change())
    assert (verdict.new.results, verdict.gone.results, verdict.reached) == ((), (), 0)


def test_triple_terms_are_refused(store: ox.Store) -> None:
    term = ox.Triple(node("a"), khabar("rule"), node("b"))
    with pytest.raises(QueryRefusedError, match="triple terms"):
        judge_change(store, Change([ox.Quad(node("x"), khabar("rule"), term, GRAPHS[0])]))


def quads(turtle: str) -> list[ox.Quad]:
    return list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


SHAPES_HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix : <urn:> .\n"


def shapes_of(turtle: str, folder: Path) -> Shapes:
    file = folder / "shapes.ttl"
    file.write_text(SHAPES_HEAD + turtle, "utf-8")
    return load_shapes([file])


FOCUS = ":s a sh:NodeShape ; sh:targetNode :f "
REACHES = {
    "repeated path": (
        FOCUS + "; sh:property [ sh:path ( :p [ sh:zeroOrMorePath :q ] :r ) ; sh:maxCount 0 ] .",
        ":c :r :z .",
    ),
    "optional path": (
        ":s a sh:NodeShape ; sh:targetSubjectsOf :p ; sh:property :t . "
        ":t sh:path [ sh:zeroOrOnePath :p ] ; sh:nodeKind sh:Literal .",
        ":b :p :z .",
    ),
    "inverse path": (
        ":s a sh:NodeShape ; sh:targetObjectsOf :q ; sh:property :t . "
        ":t sh:path ( [ sh:inversePath :q ] [ sh:inversePath :p ] ) ; sh:maxCount 0 .",
        ":b :q :new .",
    ),
    "alternative path": (
        FOCUS + "; sh:property [ sh:path [ sh:alternativePath ( :p :x ) ] ; sh:maxCount 1 ] .",
        ":f :x 1 .",
    ),
    "closed shape": (FOCUS + "; sh:closed true .", ":f :other 1 ."),
    "nested shapes": (
        FOCUS + "; sh:node :t . :t a sh:NodeShape ; sh:property [ sh:path :p ; sh:node :u ] . "
        ":u a sh:NodeShape ; sh:not [ sh:path :q ; sh:hasValue :bad ] .",
        ":b :q :bad .",
    ),
    "alternatives": (
        FOCUS + "; sh:or ( [ sh:path :p ; sh:maxCount 1 ] [ sh:path :x ; sh:minCount 1 ] ) .",
        ":f :p :second .",
    ),
    "pair of properties": (FOCUS + "; sh:property [ sh:path :p ; sh:disjoint :other ] .", ":f :other :b ."),
    "qualified values": (
        FOCUS + "; sh:property [ sh:path :p ; sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape [ sh:class :C ] ] .",
        ":D <http://www.w3.org/2000/01/rdf-schema#subClassOf> :C .",
    ),
    "implicit class": (
        ":C a sh:NodeShape , <http://www.w3.org/2000/01/rdf-schema#Class> ; "
        "sh:property [ sh:path :q ; sh:maxCount 0 ] .",
        ":b a :C .",
    ),
    "query": (
        FOCUS + '; sh:sparql [ sh:select """SELECT $this ?value WHERE { $this <urn:p>/<urn:q> ?value . '
        'FILTER NOT EXISTS { ?value ^<urn:ok> $this } }""" ] .',
        ":b :q :new .",
    ),
}


@pytest.mark.parametrize("kind", REACHES)
def test_the_reach_of_every_kind_of_constraint_is_known(kind: str, tmp_path: Path) -> None:
    turtle, triple = REACHES[kind]
    shapes = shapes_of(turtle, tmp_path)
    store = ox.Store()
    store.extend(quads("@prefix : <urn:> . :f :p :b . :b :q :c . :c :q :d . :d :q :c . :b a :D . :x :p :y ."))
    before = whole(store, shapes)
    added = quads(f"@prefix : <urn:> . {triple}")
    verdict = judge_change(store, Change(added), shapes)
    store.extend(added)
    after = whole(store, shapes)
    assert after != before
    assert {result.key() for result in verdict.new.results} == after - before
    assert {result.key() for result in verdict.gone.results} == before - after
    undone = judge_change(store, Change(removed=added), shapes)
    assert {result.key() for result in undone.gone.results} == after - before


@pytest.mark.parametrize(
    "turtle",
    [
        ":c a sh:ConstraintComponent ; sh:parameter [ sh:path :mine ] . " + FOCUS + "; :mine 1 .",
        FOCUS + '; sh:sparql [ sh:select "SELECT $this WHERE { OPTIONAL { $this :p ?o } }" ] .',
        FOCUS + '; sh:sparql [ sh:select "SELECT $this WHERE { $this <urn:p> ?o . ?far <urn:q> ?off }" ] .',
        FOCUS + "; sh:node :s .",
    ],
)
def test_shapes_whose_reach_is_not_known_judge_no_changes(turtle: str, tmp_path: Path) -> None:
    with pytest.raises(OntologyError):
        judge_change(ox.Store(), Change(), shapes_of(turtle, tmp_path))
