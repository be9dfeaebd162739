"""A faster engine may screen: it is believed only as far as its probes go, and the results are those of pySHACL."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import URIRef

from kg import resources
from kg.errors import EngineDisagreementError, OntologyError
from kg.gate import Case, core, fast, judge_all
from kg.gate.engine import engine_results
from kg.gate.fast import Engine, Rejection
from kg.gate.nodes import vocabulary_store
from kg.gate.own import SHAPES
from kg.gate.probes import constraints_of, examples_of, spoilt
from kg.gate.screening import REFERENCE, Screening, audited, probed, screening_of
from kg.gate.shapes import Shapes, default_shapes, load_shapes
from kg.gate.terms import add_all

EXAMPLES = resources.examples_dir()
NAMES = sorted(file.name.removesuffix(".bad.ttl") for file in EXAMPLES.glob("*.bad.ttl"))
MAX_COUNT = str(SH.MaxCountConstraintComponent)

needs_the_engine = pytest.mark.skipif(fast.installed() != fast.VERSION, reason="the optional engine is not installed")

Change = Callable[[list[Rejection]], list[Rejection]]


@dataclass(frozen=True)
class Other:
    """An engine that says something else than the one it asks."""

    real: Engine
    change: Change
    name: str = "other 1.0"

    def rejections(self, ntriples: str) -> list[Rejection]:
        return self.change(self.real.rejections(ntriples))


def with_engine(change: Change) -> Screening | None:
    return probed(default_shapes(), EXAMPLES, lambda graph: Other(fast.compile_shapes(graph), change))


def with_late_change(change: Change) -> Screening:
    """The screening by an engine that passes the probes and errs afterwards."""
    screening = screening_of(default_shapes())
    assert screening is not None
    return Screening(Other(screening.engine, change), screening.trusted, screening.rest, screening.vocabulary)


def example(name: str, kind: str) -> list[ox.Triple]:
    return [q.triple for q in ox.parse((EXAMPLES / f"{name}.{kind}.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)]


def keys(data: list[ox.Triple], screening: Screening | None, shapes: Shapes | None = None) -> list[tuple[Any, ...]]:
    results = engine_results(data, shapes or default_shapes(), screening=screening)
    return sorted((*result.key(), result.severity, result.messages) for result in results)


@needs_the_engine
def test_the_engine_is_trusted_with_every_core_shape() -> None:
    shapes = default_shapes()
    screening = screening_of(shapes)
    assert screening is not None
    assert screening.rest is None
    graph = shapes.core.graph
    named = {s for kind in (SH.NodeShape, SH.PropertyShape) for s in graph.subjects(RDF.type, kind)}
    active = {shape for shape in named if constraints_of(graph, shape) and (shape, SH.deactivated, None) not in graph}
    assert {str(shape) for shape in active} == set(screening.trusted)


@needs_the_engine
@pytest.mark.parametrize("kind", ["good", "bad"])
@pytest.mark.parametrize("name", NAMES)
def test_the_results_on_the_examples_are_those_of_pyshacl(name: str, kind: str) -> None:
    data = example(name, kind)
    assert keys(data, screening_of(default_shapes())) == keys(data, None)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # rdflib warns where it compares ill-formed literals
@pytest.mark.parametrize("name", NAMES)
def test_each_spoilt_example_is_bad_by_pyshacl_too(name: str) -> None:
    shapes = default_shapes()
    shape = URIRef(SHAPES + name)
    both = examples_of(shape, EXAMPLES)
    assert both is not None
    for parameter, component in constraints_of(shapes.core.graph, shape).items():
        for probe in spoilt(shape, parameter, shapes.core.graph, both[0]):
            try:
                report = core.run_pyshacl(add_all(Graph() + shapes.vocabulary, quads_of(probe)), shapes.core)
            except OntologyError:
                continue  # pySHACL cannot compare a date with an ill-formed one
            found = {(r.shape, r.component) for r in core.results_of(report, shapes.graph)}
            assert (str(shape), component) in found


def quads_of(triples: frozenset[ox.Triple]) -> list[ox.Quad]:
    return [ox.Quad(*triple) for triple in triples]


@needs_the_engine
def test_a_shape_whose_constraint_the_engine_overlooks_stays_with_pyshacl() -> None:
    overlooked = SHAPES + "Statement-content"
    screening = with_engine(lambda said: [r for r in said if (r.shape, r.component) != (overlooked, MAX_COUNT)])
    assert screening is not None
    assert screening.rest is not None
    assert overlooked not in screening.trusted
    assert SHAPES + "Statement-speaker" in screening.trusted
    for name in ("Statement-content", "Statement-speaker"):
        data = example(name, "bad")
        assert keys(data, screening) == keys(data, None)


@needs_the_engine
def test_an_engine_that_rejects_a_good_example_is_not_trusted_with_its_shape() -> None:
    blamed = SHAPES + "Link-score"
    wrong = Rejection("<urn:x>", blamed, MAX_COUNT)
    assert with_engine(lambda said: [*said, wrong]) is None


@needs_the_engine
def test_an_engine_that_passes_no_probe_is_not_used_and_that_is_told(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "khabar.gate"):
        assert with_engine(lambda _: []) is None
    assert [record.getMessage() for record in caplog.records] == [
        f"other 1.0 does not screen: it was not seen to judge any of these shapes as {REFERENCE} does"
    ]


@needs_the_engine
def test_shapes_without_examples_stay_with_pyshacl(tmp_path: Any) -> None:
    shapes = load_shapes([resources.shapes_dir()], [resources.ontology_dir()])
    assert probed(shapes, tmp_path) is None


@needs_the_engine
def test_a_node_that_the_engine_alone_accepts_is_an_error_that_names_both() -> None:
    data = example("Agreement-party", "bad")
    node = next(str(t.subject).strip("<>") for t in data if t.predicate.value.endswith("agreementKind"))
    blind = with_late_change(lambda _: [])
    known = [*data, *vocabulary_store(default_shapes())]
    with pytest.raises(EngineDisagreementError, match=rf"{REFERENCE} rejects <.*> by .*Agreement-party.*other 1\.0"):
        engine_results(known, default_shapes(), {URIRef(node)}, blind)  # the sample of one node is that node


@needs_the_engine
def test_a_node_that_the_engine_alone_rejects_is_an_error_that_names_both() -> None:
    data = example("Agreement-party", "good")
    subject = next(str(t.subject) for t in data if t.predicate.value.endswith("party"))
    strict = with_late_change(lambda _: [Rejection(subject, SHAPES + "Agreement-party", MAX_COUNT)])
    with pytest.raises(EngineDisagreementError, match=rf"other 1\.0 rejects <.*> by .*{REFERENCE} accepts it"):
        engine_results(data, default_shapes(), screening=strict)


@needs_the_engine
def test_what_the_engine_cannot_read_is_judged_by_pyshacl() -> None:
    def unreadable(_: list[Rejection]) -> list[Rejection]:
        raise ValueError("not for me")

    data = example("Agreement-party", "bad")
    assert keys(data, with_late_change(unreadable)) == keys(data, None)


@needs_the_engine
def test_blank_nodes_are_judged_as_pyshacl_judges_them() -> None:
    data = example("Transfer-quantity", "bad") + example("Quantity-unit", "bad")
    subjects = {t.subject for t in data if "quantity" in str(t.subject)}
    names = {subject: ox.BlankNode() for subject in subjects}
    renamed = [ox.Triple(names.get(t.subject, t.subject), t.predicate, t.object) for t in data]
    found = keys(renamed, screening_of(default_shapes()))
    assert found == keys(renamed, None)
    assert found


@needs_the_engine
def test_screened_verdicts_on_articles_are_the_same() -> None:
    texts = dict.fromkeys(("https://w3id.org/khabar/article/a1",), "قال الوزير")
    cases = []
    for name in ("Statement-speaker", "Passage-end", "Dated-bounds"):
        quads = [ox.Quad(t.subject, t.predicate, t.object) for t in example(name, "bad")]
        cases.append(Case("https://w3id.org/khabar/article/a1", quads))
    for case in cases:
        assert judge_all([case], texts.get, screened=True) == judge_all([case], texts.get)


def test_without_the_engine_nothing_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "installed", lambda: None)
    assert screening_of.__wrapped__(default_shapes()) is None


def test_another_version_of_the_engine_does_not_screen(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(fast, "installed", lambda: "9.9.9")
    with caplog.at_level(logging.WARNING, "khabar.gate"):
        assert screening_of.__wrapped__(default_shapes()) is None
    assert "only version" in caplog.text


def test_one_in_so_many_nodes_is_audited_and_at_least_one() -> None:
    nodes = [f"urn:{number}" for number in range(1000)]
    assert len(audited(nodes)) == 16
    assert len(audited(nodes[:3])) == 1
    assert audited(nodes) == audited(nodes[::-1])
    assert audited([]) == []
