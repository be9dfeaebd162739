"""Writes by clients: who may, what the gate says, and that a client reads its own write."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.errors import UsageError
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.workers.limits import Limits
from server.writes.tokens import Token, owner, read_tokens

KHABAR = "https://w3id.org/khabar/ontology#"
TOKENS = """
[tokens.desk]
token = "the-desk-may-write"
[tokens.chief]
token = "the-chief-may-write-all"
rights = ["write", "protected"]
[tokens.watch]
token = "the-watch-sees-queries"
rights = ["queries"]
"""


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> tuple[Token, ...]:
    path = tmp_path_factory.mktemp("tokens") / "tokens.toml"
    path.write_text(TOKENS)
    return read_tokens(path)


@pytest.fixture(scope="module")
def app(
    tmp_path_factory: pytest.TempPathFactory, publish_quads: Callable[..., int], tokens: tuple[Token, ...]
) -> Iterator[Flask]:
    db = tmp_path_factory.mktemp("writes") / "db"
    publish_quads(db, [])
    app = create_app(ServerConfig(db, limits=Limits(workers=1), tokens=tokens))
    yield app
    stop_app(app)


def update(app: Flask, text: str, token: str | None = "the-desk-may-write", **headers: str) -> TestResponse:
    sent = {"Authorization": f"Bearer {token}"} if token else {}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().post("/sparql", data={"update": text}, headers={**sent, **named})


def ask(app: Flask, pattern: str) -> bool:
    found = app.test_client().get("/sparql?query=" + quote(f"ASK {{ {pattern} }}"))
    answer: bool = json.loads(found.data)["boolean"]
    return answer


def test_only_a_token_with_the_right_writes(app: Flask) -> None:
    text = "INSERT DATA { GRAPH <urn:g> { <urn:no> <urn:p> 1 } }"
    assert update(app, text, None).status_code == 401
    assert "Bearer" in update(app, text, "wrong-token-wrong-token").headers["WWW-Authenticate"]
    assert update(app, text, "the-watch-sees-queries").status_code == 403
    assert app.test_client().put("/data?graph=urn:g", data="", content_type="text/turtle").status_code == 401
    assert not ask(app, "<urn:no> ?p ?o")


def test_a_client_reads_its_write(app: Flask) -> None:
    for number in range(3):
        response = update(app, f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> <urn:p> {number} }} }}")
        assert json.loads(response.data)["added"] == 1
        assert ask(app, f"<urn:s> <urn:p> {number}")
    assert json.loads(update(app, "DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }").data)["removed"] == 3
    assert not ask(app, "<urn:s> ?p ?o")


def test_a_write_that_brings_violations_is_refused_with_the_report(app: Flask) -> None:
    response = update(app, f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:s> a <{KHABAR}Statement> }} }}")
    assert (response.status_code, response.headers["Content-Type"]) == (422, "text/turtle; charset=utf-8")
    report = {str(quad.predicate.value) for quad in ox.parse(response.data, format=ox.RdfFormat.TURTLE)}
    assert "http://www.w3.org/ns/shacl#conforms" in report
    assert "http://www.w3.org/ns/shacl#resultMessage" in report
    assert not ask(app, "<urn:s> a ?class")


def test_graphs_that_khabar_keeps_need_a_token_for_them(app: Flask) -> None:
    text = "INSERT DATA { GRAPH <https://w3id.org/khabar/graph/links> { <urn:s> <urn:p> 1 } }"
    assert update(app, text).status_code == 403
    assert update(app, text, "the-chief-may-write-all").status_code == 200


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("INSERT DATA { <urn:s> <urn:p> }", 400, "syntax"),
        ("LOAD <http://127.0.0.1:9/>", 403, "refused"),
        ("INSERT { ?s ?p 1 } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "refused"),
        ("INSERT DATA { " + "<urn:s> <urn:p> [ <urn:p> " * 300 + "1" + " ] ." * 300 + " }", 403, "refused"),
    ],
)
def test_an_update_that_cannot_be_says_why(app: Flask, text: str, status: int, kind: str) -> None:
    response = update(app, text)
    assert (response.status_code, json.loads(response.data)["type"].rpartition("/")[2]) == (status, kind)


def test_hostile_data_ends_the_writer_only(app: Flask) -> None:
    headers = {"Authorization": "Bearer the-desk-may-write"}
    nested = "<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * 100_000
    for body, media_type in ((nested, "text/turtle"), ("<urn:s> <urn:p>", "text/turtle"), ("{}", "image/png")):
        response = app.test_client().put("/data?graph=urn:h", data=body, content_type=media_type, headers=headers)
        assert response.status_code in (400, 403, 415, 507)
    assert update(app, "INSERT DATA { GRAPH <urn:h> { <urn:after> <urn:p> 1 } }").status_code == 200


def test_tokens_are_read_and_compared(tokens: tuple[Token, ...], tmp_path: Path) -> None:
    found = owner(tokens, "bearer the-chief-may-write-all")
    assert found is not None
    assert (found.name, found.rights) == ("chief", frozenset({"write", "protected"}))
    assert owner(tokens, "Basic the-chief-may-write-all") is owner(tokens, None) is None
    for content in ("", "[tokens.a]\ntoken = 'short'", "[tokens.a]\ntoken='a-long-enough-token'\nrights=['all']", "="):
        (tmp_path / "bad.toml").write_text(content)
        with pytest.raises(UsageError):
            read_tokens(tmp_path / "bad.toml")
