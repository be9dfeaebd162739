"""A run over many articles: what passes is stored, the rest is told, and nobody can tell how it was run."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import permutations
from pathlib import Path

import pytest
from rdflib.term import URIRef

import kg.ingest.driver
from kg import resources
from kg.errors import OntologyError, ReadError, StoreLockedError
from kg.gate import Case, Result, Severity, Verdict
from kg.ingest import Summary, ingest
from kg.model import Article, Extraction
from kg.pipeline import Stages
from kg.rdf.terms import nquads
from kg.read import read_sources
from kg.store import current, open_current, read_article
from kg.store.embedded import EmbeddedStore
from kg.store.quarantine import Quarantine

Ingest = Callable[..., Summary]


@pytest.fixture
def articles(variant: Callable[..., Extraction]) -> list[Article]:
    texts = ("", " ثم أضاف.", " ثم ختم.")
    base = variant("a1").article.text
    return [
        variant(f"a{number}", text=base + texts[number % 3], name=f"{number}.txt").article for number in range(1, 8)
    ]


@pytest.fixture
def stages(denial: Extraction) -> Stages:
    def extract(article: Article) -> Extraction:
        if "يتعطل" in article.text:
            raise ZeroDivisionError("division by zero")
        if "لا شيء" in article.text:
            return replace(denial, article=article, statements=(), transfers=(), agreements=(), notes=("not Arabic",))
        return replace(denial, article=article)

    def judge(cases: Iterable[Case], text_of: object) -> list[Verdict]:
        return [Verdict(tuple(violation(case))) for case in cases]

    def violation(case: Case) -> Iterable[Result]:
        if any("مرفوض" in str(quad.object) for quad in case.quads):
            yield Result(URIRef("x:it"), None, None, "x:shape", "x:c", Severity.VIOLATION, (("en", "not so"),))

    return Stages(extract, lambda _: b"{}", judge=judge)


@pytest.fixture
def run(db: Path, stages: Stages, monkeypatch: pytest.MonkeyPatch) -> Ingest:
    monkeypatch.setattr(kg.ingest.driver, "release_id", lambda: "r1")
    return partial(ingest, db, stages=stages)


def content(db: Path) -> bytes:
    with open_current(db) as (_, graph):
        return nquads(graph)


def with_words(article: Article, words: str, **changes: str) -> Article:
    return replace(article, text=f"{article.text} {words}", sha256=f"{len(words)}", title=words, **changes)


def test_articles_are_stored_and_counted(db: Path, run: Ingest, articles: list[Article]) -> None:
    summary = run(articles)
    assert (summary.added, summary.written, summary.fine, summary.version) == (7, 7, True, 1)
    stored = read_article(current(db), "a1")
    assert stored is not None
    assert stored.article == articles[0]
    assert "نفى".encode() in content(db)
    assert b"graph/ontology" in content(db)
    assert json.dumps(summary.as_json())


def test_same_again_writes_nothing(db: Path, run: Ingest, articles: list[Article]) -> None:
    run(articles)
    before = sorted((file, file.stat().st_mtime_ns) for file in (db / "versions").rglob("*"))
    summary = run(articles)
    assert (summary.unchanged, summary.written, summary.version) == (7, 0, 1)
    assert sorted((file, file.stat().st_mtime_ns) for file in (db / "versions").rglob("*")) == before


def test_new_release_reads_again(
    db: Path, run: Ingest, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(articles)
    monkeypatch.setattr(kg.ingest.driver, "release_id", lambda: "r2")
    summary = run(articles)
    assert (summary.reextracted, summary.unchanged) == (7, 0)
    assert b"release/r1" not in content(db)
    assert current(db).manifest.release == "r2"


def test_changed_article_replaces_its_graph(db: Path, run: Ingest, articles: list[Article]) -> None:
    run(articles)
    summary = run([with_words(articles[0], "تحديث"), *articles[1:]])
    assert (summary.changed, summary.unchanged) == (1, 6)
    assert content(db).count("تحديث".encode()) == 1
    assert (db / "history/a1/2.txt").read_bytes() == articles[0].text.encode()


def test_neither_order_nor_batches_show(tmp_path: Path, run: Ingest, articles: list[Article], stages: Stages) -> None:
    runs = [(order, batch) for order in list(permutations(articles[:4]))[::5] for batch in (1, 3, 100)]
    contents = set()
    for number, (order, batch) in enumerate(runs):
        ingest(tmp_path / str(number), order, batch=batch, stages=stages)
        contents.add(content(tmp_path / str(number)))
    assert len(contents) == 1


def test_bad_articles_do_not_stop_the_others(db: Path, run: Ingest, articles: list[Article]) -> None:
    sources = [
        articles[0],
        ReadError("x.txt", "is empty; leave it out"),
        with_words(articles[1], "يتعطل"),
        with_words(articles[2], "مرفوض"),
        with_words(articles[3], "لا شيء"),
        *articles[4:],
    ]
    summary = run(sources)
    assert not summary.fine
    assert [problem.place for problem in summary.failed] == ["x.txt", "2.txt"]
    assert "ZeroDivisionError" in summary.failed[1].reason
    assert [(problem.place, "not so" in problem.reason) for problem in summary.rejected] == [("3.txt", True)]
    assert [(problem.place, problem.reason) for problem in summary.empty] == [("4.txt", "not Arabic")]
    assert summary.added == 5
    assert read_article(current(db), "a2") is None
    assert read_article(current(db), "a3") is None
    assert read_article(current(db), "a4") is not None


def test_rejected_article_is_kept_with_graph_and_report(db: Path, run: Ingest, articles: list[Article]) -> None:
    run(articles)
    before = content(db)
    bad = with_words(articles[0], "مرفوض")
    run([bad])
    assert content(db) == before
    kept = Quarantine(db / "quarantine").files("a1")
    assert kept["article.txt"] == bad.text.encode()
    assert json.loads(kept["article.json"])["title"] == "مرفوض"
    assert "مرفوض".encode() in kept["graph.nq"]
    assert json.loads(kept["report.json"])["conforms"] is False
    assert b"ValidationReport" in kept["report.ttl"]
    run([with_words(articles[0], "مقبول")])
    assert Quarantine(db / "quarantine").articles() == []


def test_duplicates_and_contradictions_are_told(db: Path, run: Ingest, articles: list[Article]) -> None:
    twin = replace(articles[0], name="copy.txt")
    rival = with_words(articles[1], "صيغة مخالفة", name="rival.txt")
    summary = run([articles[0], articles[1], twin, rival])
    assert [(problem.place, problem.reason) for problem in summary.duplicates] == [
        ("copy.txt", "the same article as 1.txt")
    ]
    assert [problem.place for problem in summary.failed] == ["rival.txt"]
    assert "صيغة مخالفة".encode() not in content(db)
    again = run([articles[0], articles[1], twin, rival])
    assert (again.unchanged, len(again.duplicates), len(again.failed), again.version) == (2, 1, 1, 1)


def test_removed_article_is_left_out_until_readmitted(db: Path, run: Ingest, articles: list[Article]) -> None:
    run(articles)
    before = content(db)
    with EmbeddedStore(db) as store:
        store.remove(["a1"])
    summary = run(articles)
    assert ([problem.place for problem in summary.removed], summary.unchanged, summary.fine) == (["1.txt"], 6, True)
    assert run(articles, readmit=True).added == 1
    assert content(db) == before


def test_fault_of_the_installation_stops_the_run(run: Ingest, articles: list[Article], stages: Stages) -> None:
    def broken(cases: object, text_of: object) -> list[Verdict]:
        raise OntologyError("shapes: no Turtle file here")

    with pytest.raises(OntologyError):
        run(articles, stages=replace(stages, judge=broken))


def test_second_run_at_once_is_refused(db: Path, run: Ingest, articles: list[Article]) -> None:
    with EmbeddedStore(db), pytest.raises(StoreLockedError):
        run(articles)


WORKER = """
import os
from kg.gate import Verdict
from kg.model import Extraction, PublicationDate
def extract(article):
    if "يموت" in article.text:
        os._exit(9)
    return Extraction(article, PublicationDate(None))
def record(extraction):
    return b"{}"
def entry_of(key):
    return None
def judge(cases, text_of):
    return [Verdict() for _ in cases]
"""


@pytest.fixture
def importable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterable[Stages]:
    (tmp_path / "stages_for_workers.py").write_text(WORKER, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import stages_for_workers as module  # type: ignore[import-not-found]  # written by this test

    yield Stages(module.extract, module.record, module.entry_of, module.judge)
    del sys.modules["stages_for_workers"]


@pytest.mark.slow
def test_number_of_processes_does_not_show_and_a_dying_one_costs_one_article(
    tmp_path: Path, db: Path, run: Ingest, articles: list[Article], importable: Stages
) -> None:
    deadly = with_words(articles[3], "يموت")
    summary = run([*articles[:3], deadly, *articles[4:]], stages=importable, jobs=2)
    assert [problem.place for problem in summary.failed] == ["4.txt"]
    assert "died" in summary.failed[0].reason
    assert summary.added == 6
    ingest(tmp_path / "one", [*articles[:3], *articles[4:]], stages=importable, jobs=1)
    assert content(db) == content(tmp_path / "one")


@pytest.mark.slow
def test_samples_give_the_same_bytes_however_they_are_read(tmp_path: Path) -> None:
    samples = list(read_sources([resources.data_dir() / "samples"]))
    ingest(tmp_path / "a", samples, jobs=2)
    ingest(tmp_path / "b", reversed(samples), jobs=1, batch=2)
    for sample in samples:
        ingest(tmp_path / "c", [sample])
    assert content(tmp_path / "a") == content(tmp_path / "b") == content(tmp_path / "c")
