"""The endpoint as the application answers it, without a server; what needs a real one is in test_serve.py."""

import gzip
import json
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SELECT = "SELECT ?o { <urn:n:7> <urn:value> ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 3"
LARGE = "SELECT * { ?s ?p ?o } LIMIT 2900"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ask(client: FlaskClient, query: str, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/sparql?query=" + quote(query), headers=named)


@pytest.mark.parametrize(
    ("query", "accept", "content_type", "part"),
    [
        (SELECT, "*/*", "application/sparql-results+json", b'"value":'),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml", b"<sparql"),
        (SELECT, "text/csv", "text/csv; charset=utf-8", "قيمة 7\r\n".encode()),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", '"قيمة 7"@ar'.encode()),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml", b"<boolean>true"),
        (CONSTRUCT, "*/*", "text/turtle; charset=utf-8", b"<urn:n:"),
        (CONSTRUCT, "application/n-triples", "application/n-triples", b"<urn:value>"),
        (CONSTRUCT, 'application/ld+json;profile="x"', "application/ld+json", b'"@id"'),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml", b"rdf:RDF"),
        (CONSTRUCT, "application/trig", "application/trig", b"<urn:n:"),
        (CONSTRUCT, "application/n-quads", "application/n-quads", b"<urn:n:"),
        ("DESCRIBE <urn:n:7>", "text/turtle", "text/turtle; charset=utf-8", b"<urn:n:7>"),
    ],
)
def test_each_form_comes_in_each_of_its_formats(
    client: FlaskClient, query: str, accept: str, content_type: str, part: bytes
) -> None:
    response = ask(client, query, Accept=accept)
    assert (response.status_code, response.headers["Content-Type"]) == (200, content_type)
    assert part in response.data
    assert "Accept" in response.headers["Vary"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_format_parameter_wins_over_accept(client: FlaskClient) -> None:
    response = client.get(f"/sparql?format=csv&query={quote(SELECT)}", headers={"Accept": "text/html"})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_format_that_cannot_hold_the_answer_is_406(client: FlaskClient) -> None:
    for query, accept in ((SELECT, "image/png"), (SELECT, "text/turtle"), (CONSTRUCT, "text/csv")):
        response = ask(client, query, Accept=accept)
        assert response.status_code == 406
        assert response.headers["Content-Type"] == "application/problem+json"
        assert "application/" in json.loads(response.data)["types"]


def test_head_and_options(client: FlaskClient) -> None:
    head = client.head("/sparql?query=" + quote(SELECT))
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == ask(client, SELECT).headers["Content-Length"]
    options = client.options("/sparql")
    assert (options.status_code, options.data) == (204, b"")
    assert "POST" in options.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in options.headers["Access-Control-Allow-Headers"]


def test_an_answer_seen_before_is_304(client: FlaskClient) -> None:
    first = ask(client, SELECT)
    tag = first.headers["ETag"]
    again = ask(client, SELECT, If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert ask(client, SELECT, If_None_Match='"other"').status_code == 200


def test_gzip_has_its_own_tag_and_the_same_content(client: FlaskClient) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 20"
    plain, packed = ask(client, query), ask(client, query, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert gzip.decompress(packed.data) == plain.data
    large = ask(client, LARGE, Accept_Encoding="gzip")
    assert len(json.loads(gzip.decompress(large.data))["results"]["bindings"]) == 2900


def test_a_query_whose_answer_changes_each_time_is_not_kept(client: FlaskClient) -> None:
    query = "SELECT (RAND() AS ?r) {}"
    assert ask(client, query).data != ask(client, query).data


def test_a_client_may_ask_for_a_shorter_deadline_but_not_for_a_longer(client: FlaskClient) -> None:
    for asked, given in (("0.2", 0.2), ("60", 1)):
        response = client.get(f"/sparql?timeout={asked}&query={quote(RUNAWAY)}")
        assert response.status_code == 504
        assert given / 2 < json.loads(response.data)["seconds"] <= given  # less what it waited for a worker
    assert client.get(f"/sparql?timeout=soon&query={quote(SELECT)}").status_code == 400


def test_errors_are_problem_documents_in_the_language_asked_for(client: FlaskClient) -> None:
    arabic = ask(client, "SELECT *\n{ ?s ?p }", Accept_Language="ar-EG")
    document = json.loads(arabic.data)
    assert arabic.status_code == 400
    assert document["type"] == "https://w3id.org/khabar/problem/syntax"
    assert (document["status"], document["line"], document["column"]) == (400, 2, 10)
    assert "السطر 2" in document["detail"]
    assert "Line 2" in json.loads(ask(client, "SELECT *\n{ ?s ?p }").data)["detail"]


@pytest.mark.parametrize(
    ("query", "status", "kind"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403, "refused"),
        ("SELECT * " + "{" * 300 + "}" * 300, 403, "refused"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 400, "syntax"),
    ],
)
def test_what_is_not_answered_says_why(client: FlaskClient, query: str, status: int, kind: str) -> None:
    response = ask(client, query)
    assert (response.status_code, json.loads(response.data)["type"].rpartition("/")[2]) == (status, kind)


def test_a_packed_body_is_not_unpacked(client: FlaskClient) -> None:
    packed = gzip.compress(b"query=" + quote(SELECT).encode())
    kind = "application/x-www-form-urlencoded"
    for path in ("/sparql", "/validate"):
        sent = kind if path == "/sparql" else "text/turtle"
        response = client.post(path, data=packed, content_type=sent, headers={"Content-Encoding": "gzip"})
        assert response.status_code == 415, path


def test_updates_are_off_unless_tokens_are_given(client: FlaskClient) -> None:
    response = client.post("/sparql", data={"update": "INSERT DATA { <urn:a> <urn:b> 1 }"})
    assert response.status_code == 403


def test_the_service_describes_itself_at_the_address_it_was_asked_at(client: FlaskClient) -> None:
    response = client.get("/sparql", base_url="https://example.org", headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    endpoint = "<https://example.org/sparql>"
    assert (
        f"{endpoint} <http://www.w3.org/ns/sparql-service-description#endpoint> {endpoint} .".encode() in response.data
    )
    assert client.get("/sparql", headers={"Accept": "image/png"}).status_code == 406
