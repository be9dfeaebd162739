"""`POST /validate`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph as ox
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from server.validation import routes
from server.validation.job import OUTPUTS

BAD = "@prefix khabar: <https://w3id.org/khabar/ontology#> .\n<urn:p> a khabar:Person , khabar:Actor .\n"
Post = Callable[..., TestResponse]


@pytest.fixture
def post(app: Flask) -> Post:
    def posted(data: str | bytes, media_type: str = "text/turtle", query: str = "", **headers: str) -> TestResponse:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return app.test_client().post(f"/validate{query}", data=data, content_type=media_type, headers=given)

    return posted


def shapes_in(response: TestResponse) -> list[str]:
    return [result["shape"].rpartition("#")[2] for result in json.loads(response.text)["results"]]


def test_the_report_is_turtle_unless_asked_otherwise(post: Post) -> None:
    response = post(BAD)
    assert (response.status_code, response.mimetype) == (200, "text/turtle")
    triples = {str(quad.triple) for quad in ox.parse(response.data, format=ox.RdfFormat.TURTLE)}
    assert any("shapes#Named-prefLabel" in triple for triple in triples)


@pytest.mark.parametrize("accepted", OUTPUTS)
def test_the_report_comes_in_every_format_on_offer(post: Post, accepted: str) -> None:
    response = post(BAD, Accept=accepted)
    assert (response.status_code, response.mimetype) == (200, accepted)
    assert "Named-prefLabel" in response.text


def test_data_that_conform_say_so(post: Post) -> None:
    label = ' ; <http://www.w3.org/2004/02/skos/core#prefLabel> "سالم"@ar .'
    response = post(BAD.replace("Actor .", "Actor" + label), Accept="application/json")
    assert json.loads(response.text)["conforms"] is True


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/n-quads", ox.RdfFormat.N_QUADS),
        ("application/trig", ox.RdfFormat.TRIG),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_data_come_in_every_format(post: Post, media_type: str, form: ox.RdfFormat) -> None:
    triples = [quad.triple for quad in ox.parse(BAD, format=ox.RdfFormat.TURTLE)]
    response = post(ox.serialize(triples, format=form) or b"", media_type, Accept="application/json")
    assert shapes_in(response) == ["Named-prefLabel"]


def test_messages_are_in_the_readers_language(post: Post) -> None:
    assert "للكيان اسم مفضل" in post(BAD, Accept="text/plain", Accept_Language="ar").text
    assert "للكيان اسم مفضل" in post(BAD, query="?lang=ar", Accept="text/plain").text
    assert "An entity has a preferred name" in post(BAD, Accept="text/plain", Accept_Language="en").text


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        ("<urn:a> <urn:p>", "text/turtle"),
        (b"\xff", "text/turtle"),
        ("{", "application/ld+json"),
        ('{"@context": "http://127.0.0.1:9/c", "@id": "urn:a"}', "application/ld+json"),
        ("<a", "application/rdf+xml"),
    ],
)
def test_data_that_do_not_parse_are_a_finding(post: Post, data: str | bytes, media_type: str) -> None:
    response = post(data, media_type, Accept="application/json")
    assert (response.status_code, shapes_in(response)) == (200, ["Syntax"])


def test_what_cannot_be_taken_or_given_is_refused(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    assert post("a,b", "text/csv").status_code == 415
    assert post(BAD, Accept="image/png").status_code == 406
    monkeypatch.setattr(routes, "LARGEST", 10)
    assert post(BAD).status_code == 413


def test_a_validation_has_a_deadline(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "DEADLINE", 0.02)
    response = post("".join(f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(50_000)))
    assert response.status_code == 504


def test_a_validation_has_a_memory_limit(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MEMORY", 4 * 1024**2)
    response = post("".join(f"<urn:{n}> <urn:p> <urn:o> .\n" for n in range(100_000)))
    assert response.status_code == 507
    monkeypatch.undo()
    assert post(BAD).status_code == 200


def test_only_so_many_run_at_a_time(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "DEADLINE", 0.05)
    for _ in range(routes.AT_ONCE):
        assert routes._places.acquire(timeout=1)
    try:
        assert post(BAD).status_code == 503
    finally:
        for _ in range(routes.AT_ONCE):
            routes._places.release()
