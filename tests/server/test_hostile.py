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
    with serving(folder / "db", folder, *options) as found:
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
            assert ask(address, query) in (504, 507), query
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


def test_nothing_ever_reaches_a_canary_on_loopback(address: str) -> None:
    canaries = [Canary("127.0.0.1")]
    if socket.has_ipv6:
        canaries.append(Canary("::1"))
    for canary in canaries:
        hosts = ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "0", "[::ffff:127.0.0.1]")
        urls = [f"http://{host}:{canary.port}/" for host in hosts] + [f"http://[::1]:{canary.port}/x?y#z"]
        for url in urls:
            for query in (
                f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
                f"SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
                f"PREFIX c: <{url}> SELECT * {{ SERVICE c: {{ ?s ?p ?o }} }}",
                f"SELECT * {{ VALUES ?e {{ <{url}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
                f"SELECT * {{ ?a ?p ?b FILTER(?a<?b)SERVICE#>\n<{url}>{{ ?s ?p ?o }} }}",
                f"SELECT * FROM <{url}> {{ ?s ?p ?o }}",
            ):
                assert ask(address, query) in (200, 400, 403)
            for update in (
                f"LOAD <{url}>",
                f"LOAD SILENT <{url}> INTO GRAPH <urn:g>",
                f"CLEAR SILENT <urn:x>;LOAD<{url}>",
            ):
                assert send(address, "POST", "/sparql", b"update=" + quote(update, safe="").encode())[0] in (400, 403)
        canary.look()
        canary.socket.close()
    assert [canary.visits for canary in canaries] == [0] * len(canaries)
