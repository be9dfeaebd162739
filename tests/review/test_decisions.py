"""A decision changes the articles that it touches and nothing else, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib.term import URIRef

from kg.errors import StoreError, UsageError
from kg.ingest import ingest
from kg.ingest.relink import relink
from kg.model import Article, EntityType
from kg.rdf.decisions import LinkDecision
from kg.rdf.terms import nquads
from kg.read import read_sources
from kg.review import decisions
from kg.review.unlinked import labels, unlinked
from kg.store import open_current, read_articles
from kg.store.decisions import decided

AT = "2024-05-06T07:08:09Z"
ITEM = "Q4115189"  # Wikidata's sandbox


def the_actor(db: Path) -> str:
    with open_current(db) as (version, _):
        (actor,) = unlinked(version, 10)
    return actor.actor


def decision(actor: str, item: str | None = ITEM, person: str = "هند") -> LinkDecision:
    return LinkDecision(actor, item, "زيد المرواني", person, AT)


def whole(db: Path) -> bytes:
    with open_current(db) as (_, graph):
        return nquads(graph)


def since(db: Path) -> dict[str, int]:
    with open_current(db) as (version, _):
        return {stored.article.text: stored.since for stored in read_articles(version)}


def test_unlinked_actors_are_listed_with_frequency_and_first_article(db: Path) -> None:
    with open_current(db) as (version, _):
        (actor,) = unlinked(version, 10)
        first = next(stored for stored in read_articles(version) if stored.article.published == "2023-05-03")
    assert (actor.label, actor.articles, actor.uses) == ("زيد المرواني", 2, 2)
    assert actor.type is EntityType.PERSON
    assert actor.first.endswith(first.article.id)


def test_a_decision_links_the_actor_in_every_article_that_names_it_and_in_no_other(db: Path) -> None:
    actor, before = the_actor(db), since(db)
    summary = relink(db, [decision(actor)])
    assert (summary.written, summary.fine) == (2, True)
    after = since(db)
    assert {text for text in after if after[text] != before[text]} == {text for text in after if "المرواني" in text}
    graph = whole(db).decode()
    assert f"<{actor}> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/{ITEM}>" in graph
    assert graph.count("owl#sameAs> <http://www.wikidata.org") == 1
    assert f"/actor/{ITEM}> <https://schema.org/sameAs> <http://www.wikidata.org/entity/{ITEM}>" in graph
    assert graph.count('ontology#decidedBy> "هند"') == 2
    assert f"ontology#speaker> <{actor}>" not in graph
    with open_current(db) as (version, _):
        assert decided(version) == {actor: decision(actor)}
        assert unlinked(version, 10) == []


def test_a_decision_taken_back_leaves_the_graph_as_it_was(db: Path) -> None:
    actor, before = the_actor(db), whole(db)
    relink(db, [decision(actor)])
    assert whole(db) != before
    assert relink(db, [], [actor]).written == 2
    assert whole(db) == before


def test_a_later_decision_replaces_the_former(db: Path) -> None:
    actor = the_actor(db)
    relink(db, [decision(actor)])
    once = whole(db)
    assert relink(db, [decision(actor, "Q13406268", "زينب")]).written == 2
    graph = whole(db).decode()
    assert f"/{ITEM}>" not in graph
    assert graph.count('ontology#decidedBy> "زينب"') == 2
    relink(db, [decision(actor)])
    assert whole(db) == once


def test_the_same_decision_again_reads_no_article_and_publishes_nothing(db: Path) -> None:
    actor = the_actor(db)
    version = relink(db, [decision(actor)]).version
    again = relink(db, [decision(actor)])
    assert (again.written, again.version) == (0, version)


def test_that_there_is_no_item_is_kept_and_reads_no_article(db: Path) -> None:
    actor = the_actor(db)
    assert relink(db, [decision(actor, None)]).written == 0
    assert b"owl#sameAs> <http://www.wikidata.org" not in whole(db)
    with open_current(db) as (version, _):
        assert decided(version)[actor].item is None
        assert unlinked(version, 10) == []


def test_articles_read_later_obey_the_decision(db: Path, tmp_path: Path) -> None:
    actor = the_actor(db)
    relink(db, [decision(actor)])
    later = tmp_path / "later.txt"
    later.write_text("قال زيد المرواني وزير خارجية روسيا إن بلاده ترحب بالاتفاق.\n", encoding="utf-8")
    assert ingest(db, read_sources([str(later)]), jobs=1).added == 1
    assert actor not in whole(db).decode().replace(f"<{actor}> <http://www.w3.org/2002/07/owl#sameAs>", "").replace(
        f"annotatedSource> <{actor}>", ""
    )
    assert whole(db).decode().count('ontology#decidedBy> "هند"') == 3


def test_what_does_not_pass_the_gate_keeps_its_former_graph_and_is_told(db: Path) -> None:
    from kg.gate import Result, Severity, Verdict
    from kg.pipeline import Stages

    broken = Result(URIRef("x:it"), None, None, "x:shape", "x:c", Severity.VIOLATION, (("en", "not so"),))
    actor = the_actor(db)
    stages = Stages(judge=lambda cases, _: [Verdict((broken,)) for _ in cases])
    summary = relink(db, [decision(actor)], stages=stages)
    assert len(summary.rejected) == 2
    assert not summary.fine
    assert whole(db).count(b"ontology#speaker> <" + actor.encode()) == 2


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        relink(tmp_path / "none", [decision("https://w3id.org/khabar/actor/00aa11bb22cc33dd")])
    assert not (tmp_path / "none").exists()


def test_articles_are_what_the_store_kept(db: Path) -> None:
    with open_current(db) as (version, _):
        before = [stored.article for stored in read_articles(version)]
    relink(db, [decision(the_actor(db))])
    with open_current(db) as (version, _):
        after: list[Article] = [stored.article for stored in read_articles(version)]
    assert after == before


# ── files ─────────────────────────────────────────────────────────────────────────────────────────────────────────

BASE = "https://w3id.org/khabar/"
KNOWN = {f"{BASE}actor/a1": "زيد", f"{BASE}actor/a2": "عمر", f"{BASE}actor/a3": "Layla"}


def read(text: str, person: str | None = "هند") -> decisions.Decided:
    return decisions.read(text, "d.csv", BASE, KNOWN, person)


@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_may_be_csv_or_tsv(delimiter: str, mark: str) -> None:
    rows = ["actor,label,decision,person", "actor/a1,زيد,Q42,زينب", f"{BASE}actor/a2,,none,", "actor/a3,,undo,"]
    found = read(mark + "\n".join(row.replace(",", delimiter) for row in rows))
    assert [(one.actor, one.item, one.label, one.person) for one in found.decisions] == [
        (f"{BASE}actor/a1", "Q42", "زيد", "زينب"),
        (f"{BASE}actor/a2", None, "عمر", "هند"),
    ]
    assert found.taken_back == (f"{BASE}actor/a3",)


def test_rows_without_a_decision_are_left_for_later() -> None:
    assert read("actor,decision\nactor/a1,\nactor/a2,Q1\n").decisions[0].label == "عمر"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "columns"),
        ("actor,item\nactor/a1,Q1", "columns"),
        ("actor,decision\nactor/a9,Q1", "d.csv:2: actor/a9"),
        ("actor,decision\nactor/a1,Q1\nactor/a2,Q0", "d.csv:3"),
        ("actor,decision\nactor/a1,yes", "decision yes"),
        ("actor,decision\nactor/a1,http://www.wikidata.org/entity/Q1", "is no item"),
        ("actor,decision,more\nactor/a1,Q1,a,b,c,d\nactor/a2,nein", "d.csv:3"),
    ],
)
def test_what_cannot_be_understood_is_named_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        read(text)


def test_a_decision_needs_somebody_who_made_it() -> None:
    with pytest.raises(UsageError, match="who decided"):
        read("actor,decision\nactor/a1,Q1", None)


def test_labels_are_of_actors_without_an_item(db: Path) -> None:
    with open_current(db) as (version, _):
        assert [label for label, _ in labels(version).values()] == ["زيد المرواني"]
