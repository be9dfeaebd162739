"""Old names keep answering: of actors that a person linked, of items that Wikidata merged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

import server.pages.moved
from kg.gazetteer.load import load
from kg.rdf.decisions import LinkDecision, to_quads
from kg.rdf.iris import Iris
from kg.rdf.terms import nquads
from kg.rdf.vocab import DEFAULT_BASE, KHABAR
from kg.store.embedded import EmbeddedStore
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.workers.limits import Limits

IRIS = Iris(DEFAULT_BASE)
OLD = "00aa11bb22cc33dd"
LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"


def link(decision: str, score: str, number: int) -> list[ox.Quad]:
    """A link to Q4115189, made in an article of its own."""
    it, graph = ox.NamedNode(f"{DEFAULT_BASE}link/{number}"), ox.NamedNode(IRIS.graph("releases"))
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    values: dict[str, ox.NamedNode | ox.Literal] = {
        "linkedEntity": ox.NamedNode(f"{DEFAULT_BASE}actor/Q4115189"),
        "decidedBy": ox.Literal(decision),
        "score": ox.Literal(score, datatype=decimal),
        "reportedIn": ox.NamedNode(f"{DEFAULT_BASE}article/{number}"),
    }
    return [ox.Quad(it, ox.NamedNode(str(KHABAR[name])), value, graph) for name, value in values.items()]


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[FlaskClient]:
    db = tmp_path_factory.mktemp("moved")
    decisions = [
        LinkDecision(f"{DEFAULT_BASE}actor/{OLD}", "Q4115189", "زيد المرواني", "هند", "2024-05-06T07:08:09Z"),
        LinkDecision(f"{DEFAULT_BASE}actor/11aa11bb22cc33dd", None, "عمر", "هند", "2024-05-06T07:08:09Z"),
    ]
    quads = []
    for name in ("Q4115189", "Q159"):
        label = ox.Literal("زيد", language="ar")
        actor, graph = ox.NamedNode(f"{DEFAULT_BASE}actor/{name}"), ox.NamedNode(IRIS.graph("gazetteer"))
        quads.append(ox.Quad(actor, ox.NamedNode(LABEL), label, graph))
        item = ox.NamedNode(f"http://www.wikidata.org/entity/{name}")
        quads.append(ox.Quad(actor, ox.NamedNode("https://schema.org/sameAs"), item, graph))
    with EmbeddedStore(db) as store:
        store.put_graph("links", to_quads(decisions, IRIS))
        store.put_graph("gazetteer", nquads(quads))
        store.put_graph("releases", nquads(link("automatic", "0.9", 1) + link("هند", "1", 2)))
        store.publish()
    app = create_app(ServerConfig(db, limits=Limits(workers=1, deadline=5.0)))
    yield app.test_client()
    stop_app(app)


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> None:
    history = replace(load(), history={"Q1000": "Q1001", "Q1001": "Q159"})
    monkeypatch.setattr(server.pages.moved, "load", lambda: history)


@pytest.mark.parametrize("suffix", ["", ".ttl", ".jsonld"])
def test_an_actor_that_a_person_linked_is_found_under_its_item(client: FlaskClient, suffix: str) -> None:
    response = client.get(f"/actor/{OLD}{suffix}")
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"/actor/Q4115189{suffix}")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    followed = client.get(f"/actor/{OLD}{suffix}", follow_redirects=True)
    assert followed.status_code == 200
    assert "زيد" in followed.text or suffix == ".jsonld"


def test_a_merged_item_leads_to_the_item_of_today(client: FlaskClient, merged: None) -> None:
    assert client.get("/actor/Q1000").headers["Location"].endswith("/actor/Q159")
    assert client.get("/actor/Q1000", follow_redirects=True).status_code == 200
    assert client.get("/actor/Q159").status_code == 200


def test_what_never_was_there_is_still_not_found(client: FlaskClient, merged: None) -> None:
    assert client.get("/actor/Q1002").status_code == 404
    assert client.get("/actor/0000000000000000").status_code == 404
    assert client.get("/actor/11aa11bb22cc33dd").status_code == 404


def test_an_actor_that_the_graph_still_describes_stays_where_it_is() -> None:
    actor, item = ox.NamedNode(f"{DEFAULT_BASE}actor/{OLD}"), ox.NamedNode("http://www.wikidata.org/entity/Q1")
    same = ox.Triple(actor, ox.NamedNode("http://www.w3.org/2002/07/owl#sameAs"), item)
    label = ox.Triple(actor, ox.NamedNode(LABEL), ox.Literal("زيد"))
    assert server.pages.moved.moved(actor.value, [same]) == f"{DEFAULT_BASE}actor/Q1"
    assert server.pages.moved.moved(actor.value, [same, label]) is None
    assert server.pages.moved.moved(actor.value, []) is None


@pytest.mark.parametrize("address", ["http://www.wikidata.org/entity/Q159", "https://www.wikidata.org/wiki/Q159"])
def test_an_items_own_address_finds_its_actor(client: FlaskClient, address: str) -> None:
    followed = client.get(f"/actor/{address}", headers={"Accept": "text/turtle"}, follow_redirects=True)
    assert followed.status_code == 200
    assert followed.request.path == "/actor/Q159"


@pytest.mark.parametrize(
    ("language", "by_rule", "by"), [("en", "linked by rule", "linked by"), ("ar", "رُبط آلياً", "ربطه")]
)
def test_the_page_tells_who_linked_an_actor(client: FlaskClient, language: str, by_rule: str, by: str) -> None:
    page = client.get(f"/actor/Q4115189?lang={language}", headers={"Accept": "text/html"}).text
    assert "http://www.wikidata.org/entity/Q4115189" in page
    assert by_rule in page
    assert "0.9" in page
    assert f"{by} <bdi>هند</bdi>" in page
