"""What strangers may send: each request is answered in time, only workers die, nothing reaches another host."""

from __future__ import annotations

import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest

DEADLINE = 0.6
SOON = 0.2  # seconds that a runaway query asks for
SHARES = 4  # parts of the inputs, so that several processes can test at a time
SECRET = "a-token-for-hostile-data"
FORM = "application/x-www-form-urlencoded"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(
    tmp_path_factory: pytest.TempPathFactory, small_quads: list[ox.Quad], publish_quads: Any, serving: Any
) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile")
    publish_quads(folder / "db", small_quads)
    tokens = folder / "tokens.toml"
    tokens.write_text(f'[tokens.tests]\ntoken = "{SECRET}"\n')
    options = ("--deadline", str(DEADLINE), "--tokens", str(tokens), "--client-seconds", "3600", "--memory", "512")
    no_cache = ("--cache", "0")  # so that the next query is a worker's to answer
    with serving(folder / "db", folder, *options, *no_cache) as found:
        yield found


def send(address: str, method: str, path: str, body: bytes = b"", content_type: str = FORM) -> tuple[int, bytes]:
    headers = {"Content-Type": content_type, "Authorization": f"Bearer {SECRET}"} if body else {}
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=90)) as connection:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        try:
            return response.status, response.read()
        except http.client.IncompleteRead:  # an answer that could not be finished
            return -1, b""


def ask(address: str, query: str) -> int:
    return send(address, "POST", "/sparql", b"query=" + quote(query, safe="").encode())[0]


@pytest.mark.parametrize("share", range(SHARES))
def test_whatever_strangers_send_is_answered_and_so_is_the_next_query(address: str, hostile: Any, share: int) -> None:
    """`bench/robustness.py hostile` sends them in more sizes and holds them to the clock as well."""
    inputs = hostile.hostile_inputs(ends=True)
    assert len(inputs) >= 300
    for sent in inputs[share::SHARES]:
        told = hostile.send(address, sent, SECRET)
        assert "without" not in told, (told, str(sent))
        assert told not in ("500", "no answer"), (told, str(sent))
        assert ask(address, "ASK {}") == 200, str(sent)
    assert json.loads(send(address, "GET", "/readyz")[1])["status"] == "ready"
    assert b"root:" not in send(address, "GET", "/data?graph=urn:hostile")[1]


def test_runaway_queries_end_in_an_error_while_ordinary_ones_go_on(address: str, hostile: Any) -> None:
    ordinary: list[int] = []
    done = threading.Event()

    def keep_asking() -> None:
        while not done.is_set():
            ordinary.append(ask(address, "SELECT * { <urn:n:1> ?p ?o }"))

    thread = threading.Thread(target=keep_asking)
    thread.start()
    try:
        for _, query in hostile.runaway_queries():
            body = f"timeout={SOON}&query={quote(query, safe='')}".encode()
            assert send(address, "POST", "/sparql", body)[0] in (504, 507), query
            assert ordinary, "no ordinary query was answered meanwhile"
    finally:
        done.set()
        thread.join()
    assert set(ordinary) == {200}


class Canary:
    """Listens on loopback and counts who comes."""

    def __init__(self, host: str) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.socket = socket.create_server((host, 0), family=family)
        self.socket.settimeout(0.05)
        self.port = self.socket.getsockname()[1]
        self.visits = 0

    def look(self) -> None:
        try:
            while True:
                self.socket.accept()[0].close()
                self.visits += 1
        except TimeoutError:
            pass


HOSTS = (
    "127.0.0.1", "localhost", "LOCALHOST", "localhost.", "2130706433", "0x7f.1", "0x7f000001", "0177.0.0.1", "127.1",
    "0", "0.0.0.0", "%31%32%37.0.0.1", "127.0.0.1%00.example.org", "someone:secret@127.0.0.1", "example.org@127.0.0.1",
    "[::1]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:0:1]", "[::]", "\u0661\u0662\u0667.0.0.1", "１２７.０.０.１",
)  # fmt: skip
QUERIES = (
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "select*{service<URL>{?s ?p ?o}}",
    "PREFIX c: <URL> SELECT * { SERVICE c: { ?s ?p ?o } }",
    "PREFIX : <http://HOST> SELECT * { SERVICE :\\/ { ?s ?p ?o } }",
    "PREFIX service: <urn:x> PREFIX c: <URL> SELECT * { ?a service:b ?c . SERVICE c: { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "BASE <URL> SELECT * { SERVICE <sparql?a=b> { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <URL> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { BIND(IRI('URL') AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { ?a ?p ?b FILTER(?a<?b)SERVICE#>\n<URL>{ ?s ?p ?o } }",
    "SELECT * { # }\n SERVICE # {\r SILENT # <\n <URL> # >\n { ?s ?p ?o } }",
    "SELECT * { SER\\u0056ICE <URL> { ?s ?p ?o } }",
    "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE <http\\u003A//HOST/> { ?s ?p ?o } }",
    "SELECT * { SERVICE \\u003CURL\\u003E { ?s ?p ?o } }",
    "SELECT * { ?s ?p '\\\\' . SERVICE <URL> { ?x ?y '' } }",
    'SELECT * { ?s ?p """a\\"""" . SERVICE <URL> { ?x ?y """""" } }',
    "SELECT * { ?s ?p '\\u0027 . SERVICE <URL> { ?x ?y ' }",
    "SELECT * { OPTIONAL { { SELECT * { SERVICE <URL> { ?s ?p ?o } } } } }",
    "ASK { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <URL> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * FROM <URL> { ?s ?p ?o }",
    "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE <URL>",
)
UPDATES = (
    "LOAD <URL>",
    "LOAD SILENT <URL> INTO GRAPH <urn:g>",
    "CLEAR SILENT GRAPH <urn:x>;LOAD<URL>",
    "PREFIX c: <URL> LOAD c:",
    "L\\u004FAD <URL>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "DELETE { ?s ?p ?o } USING <URL> WHERE { ?s ?p ?o }",
)
DOCUMENTS = (
    ("application/ld+json", '{"@context": "URL", "a": 1}'),
    ("application/ld+json", '{"@context": {"@import": "URL"}, "a": 1}'),
    ("application/rdf+xml", '<!DOCTYPE r SYSTEM "URL"><r/>'),
    ("application/rdf+xml", '<!DOCTYPE r [<!ENTITY % x SYSTEM "URL"> %x;]><r/>'),
    ("text/turtle", "@base <URL> . <> <http://www.w3.org/2002/07/owl#imports> <URL> ."),
)


def test_nothing_ever_reaches_a_canary_on_loopback(address: str) -> None:
    """Redirects of endpoints that may be asked are held in `test_federation.py`."""
    canaries = [Canary("127.0.0.1")]
    if socket.has_ipv6:
        canaries.append(Canary("::1"))
    attempts = 0
    for canary in canaries:
        for host in HOSTS:
            ways = QUERIES if host in ("127.0.0.1", "[::1]") else QUERIES[:1]
            for text in (*ways, *UPDATES[: None if len(ways) > 1 else 1]):
                sent = text.replace("URL", f"http://{host}:{canary.port}/").replace("HOST", f"{host}:{canary.port}")
                field = "update" if text in UPDATES else "query"
                status, _ = send(address, "POST", "/sparql", f"{field}={quote(sent, safe='')}".encode())
                assert status in (200, 400, 403), (status, sent)
                attempts += 1
        for media_type, document in DOCUMENTS:
            body = document.replace("URL", f"http://127.0.0.1:{canary.port}/").encode()
            for method, path in (("PUT", "/data?graph=urn:canary"), ("POST", "/validate")):
                send(address, method, path, body, media_type)
                attempts += 1
        canary.look()
        canary.socket.close()
    assert attempts >= 30
    assert [canary.visits for canary in canaries] == [0] * len(canaries)
