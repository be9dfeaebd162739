import json
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask import Flask

from kg.errors import QueryRefusedError
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.search.build import build, index_path
from server.search.find import find
from server.search.rewrite import NAMESPACE, rewrite
from server.search.words import forms_of, matching_spans
from server.workers.limits import Limits

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
ACTOR = "https://w3id.org/khabar/ontology#Actor"
NAMES = {
    "urn:a:1": "الأمانة العامة",
    "urn:a:2": "وزير الخارجية",
    "urn:a:3": "حركة بلا اسم",
    "urn:a:4": "مؤتمرٌ للسلام",
    "urn:a:5": "Harbour Authority",
}


def quads(names: dict[str, str]) -> list[ox.Quad]:
    graph, rdf_type = ox.NamedNode("urn:g"), "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    return [
        quad
        for iri, name in names.items()
        for quad in (
            ox.Quad(ox.NamedNode(iri), ox.NamedNode(LABEL), ox.Literal(name, language="ar"), graph),
            ox.Quad(ox.NamedNode(iri), ox.NamedNode(rdf_type), ox.NamedNode(ACTOR), graph),
        )
    ]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory, publish_quads: Callable[..., int]) -> Path:
    db = tmp_path_factory.mktemp("search") / "db"
    publish_quads(db, quads(NAMES))
    build(db, 1)
    return db


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("الأمانة", ["urn:a:1"]),
        ("الامانه", ["urn:a:1"]),
        ("أمانة", ["urn:a:1"]),
        ("والأمانة العامة", ["urn:a:1"]),
        ("للأمانة", ["urn:a:1"]),
        ("خارجيه", ["urn:a:2"]),
        ("وزير الخارجية", ["urn:a:2"]),
        ("وزيـــر", ["urn:a:2"]),
        ("السلام مؤتمر", ["urn:a:4"]),
        ("harb", ["urn:a:5"]),
        ("وزير السلام", []),
        ('"', []),
        ('x" OR "وزير', []),
    ],
)
def test_letters_marks_and_particles_do_not_matter(db: Path, query: str, found: list[str]) -> None:
    words = forms_of(query)
    assert [hit.iri for hit in find(db, 1, words, 10)] == found if words else found == []


def test_matches_are_marked_in_the_text_as_written() -> None:
    text = "قال مؤتمرُ السّلامِ إنّه للسلام"
    marked = [span.of(text) for span in matching_spans(text, forms_of("سلام"))]
    assert marked == ["السّلامِ", "للسلام"]


def test_an_index_is_made_for_each_version_and_the_last_one_goes(
    tmp_path: Path, publish_quads: Callable[..., int]
) -> None:
    db = tmp_path / "db"
    publish_quads(db, quads({"urn:a:1": "ميناء"}))
    app = create_app(ServerConfig(db, limits=Limits(workers=1)))
    try:
        assert iris(app, "ميناء") == ["urn:a:1"]
        publish_quads(db, quads({"urn:a:2": "ميناء"}))
        while iris(app, "ميناء") != ["urn:a:2"]:
            time.sleep(0.02)
        while [path.name for path in index_path(db, 2).parent.iterdir()] != ["2.sqlite"]:
            time.sleep(0.02)
        query = f'PREFIX text: <{NAMESPACE}> SELECT ?a {{ ?a text:matches "الميناء" ; <{LABEL}> ?name }}'
        found = json.loads(app.test_client().get("/sparql?query=" + quote(query)).data)
        assert [row["a"]["value"] for row in found["results"]["bindings"]] == ["urn:a:2"]
        page = app.test_client().get("/search?q=" + quote("ميناء"), headers={"Accept": "text/html"})
        assert "<mark>ميناء</mark>" in page.text
    finally:
        stop_app(app)


def iris(app: Flask, query: str) -> list[str]:
    while (answer := app.test_client().get("/search?q=" + quote(query))).status_code == 503:
        pass  # the first index is being made; it waits for that itself, but not forever
    return [result["iri"] for result in json.loads(answer.data)["results"]]


def test_a_search_inside_sparql_becomes_values() -> None:
    asked: list[str] = []

    def found(words: str) -> list[str]:
        asked.append(words)
        return ["urn:a:1", "urn:a:2", "urn:a:1"]

    text = f'PREFIX t: <{NAMESPACE}> SELECT ?s {{ ?s t:matches """a "b" """ . ?s ?p ?o }} # t:matches'
    assert "{ VALUES ?s { <urn:a:1> <urn:a:2> }   . ?s ?p ?o }" in rewrite(text, found)
    full = f'SELECT ?s {{ ?s <{NAMESPACE}matches> "x" ; ?p ?o }}'
    assert rewrite(full, found) == "SELECT ?s { VALUES ?s { <urn:a:1> <urn:a:2> }    ?s  ?p ?o }"
    assert asked == ['a "b" ', "x"]
    assert rewrite("SELECT * { ?s ?p 'text:matches' }", found) == "SELECT * { ?s ?p 'text:matches' }"
    for wrong in (
        f"?s ?p ?o ; <{NAMESPACE}matches> 'x'",
        f"<urn:a> <{NAMESPACE}matches> 'x'",
        f"?s <{NAMESPACE}matches> ?w",
    ):
        with pytest.raises(QueryRefusedError):
            rewrite(f"SELECT * {{ {wrong} }}", found)


def test_an_index_whose_making_is_stopped_leaves_no_file(
    tmp_path: Path, publish_quads: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "db"
    publish_quads(db, quads(NAMES))

    def stopped(_: str) -> list[str]:
        raise SystemExit("stopped")

    monkeypatch.setattr("server.search.build.forms_of", stopped)
    with pytest.raises(SystemExit):
        build(db, 1)
    assert not list(index_path(db, 1).parent.iterdir())
