"""The check of a whole store finds what judging all of it at once does, however often it is interrupted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from kg import resources
from kg.cli import khabar
from kg.errors import EngineDisagreementError, UsageError
from kg.gate import core, fast
from kg.gate.screening import screening_of
from kg.gate.shapes import all_shapes
from kg.gate.terms import add_all
from kg.gate.verdict import Severity
from kg.store import open_current
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite
from kg.validate import whole_store
from kg.validate.whole_store import Rules, check_store

EXAMPLES = Path(__file__).parent.parent / "shapes" / "examples"
RULES = Rules((resources.shapes_dir(), resources.across_dir()), (resources.ontology_dir(),))
BASE = "https://w3id.org/khabar/"


@pytest.fixture
def filled(db: Path, write: Callable[..., ArticleWrite]) -> Path:
    """Two articles that conform, and a graph of bad examples."""
    graph = ox.NamedNode(f"{BASE}graph/examples")
    quads = [
        ox.Quad(t.subject, t.predicate, t.object, graph)
        for file in sorted(EXAMPLES.glob("*.bad.ttl"))
        for t in ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
    ]
    with EmbeddedStore(db) as store:
        store.put([write("d1", name="one.txt"), write("d2", name="two.txt", url="https://news.example/2")])
        store.put_graph("examples", ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
        store.publish("r1")
    return db


def call(*words: object) -> Result:
    return CliRunner().invoke(khabar, ["validate", *map(str, words)])


@pytest.mark.parametrize("screened", [False, True])
@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_it_finds_what_pyshacl_finds_in_the_union_of_all_graphs(filled: Path, jobs: int, screened: bool) -> None:
    shapes = all_shapes()
    with open_current(filled) as (_, graph):
        data = add_all(Graph(), graph) + shapes.vocabulary
    expected = {result.key() for result in core.results_of(core.run_pyshacl(data, shapes.full), shapes.graph)}
    outcome = check_store(filled, replace(RULES, screened=screened), jobs)
    assert len(expected) > 50
    assert {finding.result.key() for finding in outcome.findings} == expected


@pytest.mark.skipif(fast.installed() != fast.VERSION, reason="the optional engine is not installed")
def test_engines_that_differ_end_it_with_both_names(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Blind:
        name = "blind 1.0"

        def rejections(self, _: str) -> list[fast.Rejection]:
            return []

    screening = screening_of(all_shapes())
    assert screening is not None
    monkeypatch.setattr(whole_store, "screening_of", lambda _: replace(screening, engine=Blind()))
    error = call("--db", filled, "--jobs", 1).exception
    assert isinstance(error, EngineDisagreementError)
    assert error.exit_code == 2
    assert re.search(r"pySHACL \S+ rejects <.*, blind 1\.0 accepts it", str(error))


def test_findings_stand_at_the_sentence_of_the_article(filled: Path, write: Callable[..., ArticleWrite]) -> None:
    article = write("d3", name="three.txt")
    broken = ox.NamedNode(f"{BASE}graph/more")
    statement = next(q.subject for q in article.graph.parsed() if q.predicate.value.endswith("#speaker"))
    quad = ox.Quad(statement, ox.NamedNode("https://w3id.org/khabar/ontology#modality"), broken, broken)
    with EmbeddedStore(filled) as store:
        store.put([article])
        store.put_graph("more", ox.serialize([quad], format=ox.RdfFormat.N_QUADS) or b"")
        store.publish("r1")
    found = [
        f
        for f in check_store(filled, RULES, 1).findings
        if f.file == "three.txt" and f.result.severity is Severity.VIOLATION
    ]
    assert {f.result.shape.rpartition("#")[2] for f in found} == {"Statement-modality"}
    assert found[0].position is not None
    assert found[0].quote
    assert found[0].quote in article.article.text


def test_a_passage_that_is_not_the_articles_is_found(db: Path, write: Callable[..., ArticleWrite]) -> None:
    first = write("d1")
    other = write("d1", text=first.article.text.replace("ن", "م"))
    with EmbeddedStore(db) as store:
        store.put([ArticleWrite(other.article, other.fingerprint, "r1", first.graph, other.read_at)])
        store.publish("r1")
    violations = check_store(db, RULES, 1).at_least(Severity.VIOLATION)
    shapes = {finding.result.shape.rpartition("#")[2] for finding in violations}
    assert shapes == {"Passage-characters"}


def test_an_interrupted_check_goes_on_where_it_was(filled: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    whole = check_store(filled, RULES, 1, journal)
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    changed = lines[1].replace("Violation", "Warning")
    journal.write_text("".join([lines[0], changed, lines[2][:40]]), "utf-8")
    resumed = check_store(filled, RULES, 1, journal)
    assert len(resumed.findings) == len(whole.findings)
    assert len(journal.read_text("utf-8").splitlines()) == len(lines)
    kept = {json.dumps(record) for record in map(json.loads, journal.read_text("utf-8").splitlines())}
    assert json.dumps(json.loads(changed)) in kept


def test_a_journal_of_another_version_is_refused(filled: Path, tmp_path: Path) -> None:
    journal = tmp_path / "journal.jsonl"
    journal.write_text('{"version": 99, "shapes": "x"}\n', "utf-8")
    with pytest.raises(UsageError, match="another version"):
        check_store(filled, RULES, 1, journal)


def test_the_command_takes_a_store_or_files_and_not_both(filled: Path) -> None:
    result = call("--db", filled, "--jobs", 1, "--format", "json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["results"]) > 50
    assert isinstance(call("--db", filled, "some.ttl").exception, UsageError)


def test_a_store_that_conforms_gives_zero(db: Path, write: Callable[..., ArticleWrite]) -> None:
    with EmbeddedStore(db) as store:
        store.put([write("d1")])
        store.publish("r1")
    result = call("--db", db, "--jobs", 1, "--severity", "violation")
    assert result.exit_code == 0
    assert re.fullmatch(r"\d+ graphs, \d+ triples: conforms\n", result.stdout)
