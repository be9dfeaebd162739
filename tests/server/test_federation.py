"""Queries with SERVICE: an Oxigraph server started here plays Wikidata, with items of our own."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import socket
import subprocess
import sysconfig
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from kg.errors import QueryRefusedError, QueryServiceError, UsageError
from kg.model import (
    Article,
    EdtfDate,
    Entity,
    EntityType,
    Extraction,
    Mention,
    Modality,
    PublicationDate,
    Span,
    Statement,
)
from kg.rdf.quads import graph_of
from kg.sparql import check
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite
from server.workers.endpoints import check_address, endpoint, is_public

SECRET = "a-token-for-federation"
FORM = "application/x-www-form-urlencoded"
TEXT = "قال الشمال إن الميناء مفتوح.\n\nونفى الجنوب ذلك."
FACTS = """PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
INSERT DATA { wd:Q900003 wdt:P571 1901 ; wdt:P36 wd:Q900013 . wd:Q900099 wdt:P571 1999 }"""
JOIN = """PREFIX : <https://w3id.org/khabar/ontology#> PREFIX schema: <https://schema.org/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
SELECT DISTINCT ?modality ?item ?founded {{
  ?statement a :Statement ; :speaker ?speaker ; :modality ?modality .
  ?speaker schema:sameAs ?item .
  SERVICE <{}> {{ ?item wdt:P571 ?founded }}
}} ORDER BY ?founded"""


class Canary:
    """Listens on loopback and counts who comes; says nothing."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.socket.getsockname()[1]

    def visits(self) -> int:
        self.socket.settimeout(0.2)
        count = 0
        try:
            while True:
                self.socket.accept()[0].close()
                count += 1
        except TimeoutError:
            return count


class Peer(NamedTuple):
    """A server with the endpoints that it may ask."""

    address: str
    wikidata: str
    mute: Canary  # listed: never answers
    redirect: str  # listed: sends everybody to `target`
    inward: str  # listed: a name that stands for loopback, where `target` listens
    target: Canary  # not listed


@pytest.fixture(scope="module")
def wikidata() -> Iterator[str]:
    program = shutil.which("oxigraph", path=sysconfig.get_path("scripts"))
    if program is None:
        pytest.skip("the package oxigraph is not installed")
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen([program, "serve", "--bind", place], stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + 20
            while not listens(place):
                assert time.monotonic() < until
                time.sleep(0.05)
            add_facts(f"http://{place}/query", FACTS)
            yield f"http://{place}/query"
        finally:
            process.terminate()


def listens(place: str) -> bool:
    host, _, port = place.partition(":")
    with socket.socket() as attempt:
        return attempt.connect_ex((host, int(port))) == 0


def add_facts(query_endpoint: str, update: str) -> None:
    with closing(http.client.HTTPConnection(urlsplit(query_endpoint).netloc, timeout=20)) as connection:
        connection.request("POST", "/update", update.encode(), {"Content-Type": "application/sparql-update"})
        assert connection.getresponse().status == 204


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one article, in which two states speak."""

    def state(name: str, item: str) -> Entity:
        start = TEXT.index(name)
        return Entity(name, EntityType.STATE, name, name, item, None, (Mention(Span(start, start + len(name)), name),))

    folder = tmp_path_factory.mktemp("federation") / "db"
    article = Article("0123456789abcdef", "sample.txt", TEXT, hashlib.sha256(TEXT.encode()).hexdigest(), title="خبر")
    found = Extraction(
        article,
        PublicationDate(EdtfDate("2024-11-05", date(2024, 11, 5), date(2024, 11, 5)), 1.0),
        entities=(state("الشمال", "Q900003"), state("الجنوب", "Q900004")),
        statements=(
            Statement("s1", ("الشمال",), Modality.ASSERTED, Span(0, 28), "test"),
            Statement("s2", ("الجنوب",), Modality.DENIED, Span(30, 46), "test"),
        ),
    )
    with EmbeddedStore(folder) as store:
        store.put([ArticleWrite(article, "f", "test", graph_of(found, "test"), "2026-11-24T00:00:00Z")])
        store.publish("test")
    return folder


@pytest.fixture(scope="module")
def peer(db: Path, wikidata: str, tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[Peer]:
    mute, target = Canary(), Canary()

    class Redirect(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(int(self.path[-3:]))
            self.send_header("Location", f"http://127.0.0.1:{target.port}/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Keeps the tests' output clean."""

    folder = tmp_path_factory.mktemp("served")
    tokens = folder / "tokens.toml"
    tokens.write_text(f'[tokens.tests]\ntoken = "{SECRET}"\nrights = ["write", "queries"]\n')
    with ThreadingHTTPServer(("127.0.0.1", 0), Redirect) as redirecting:
        threading.Thread(target=redirecting.serve_forever, daemon=True).start()
        redirect = f"http://127.0.0.1:{redirecting.server_port}/"
        inward = f"http://127.1:{target.port}/"
        listed = [wikidata, f"http://127.0.0.1:{mute.port}/", inward, *(redirect + code for code in REDIRECTS)]
        options = [word for iri in listed for word in ("--allow-service", iri)]
        with serving(db, folder, "--deadline", "1.5", "--tokens", str(tokens), *options) as address:
            yield Peer(address, wikidata, mute, redirect, inward, target)
        redirecting.shutdown()
    mute.socket.close()
    target.socket.close()


REDIRECTS = ("301", "302", "303", "307", "308")


def send(address: str, method: str, path: str, body: str = "", **headers: str) -> tuple[int, Any]:
    if body:
        headers |= {"Content-Type": FORM, "Authorization": f"Bearer {SECRET}"}
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)) as connection:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        read = response.read().decode()
        return response.status, json.loads(read) if "json" in response.headers["Content-Type"] else read


def ask(address: str, query: str) -> tuple[int, Any]:
    return send(address, "GET", "/sparql?query=" + quote(query, safe=""))


def founded(answer: dict[str, Any]) -> list[tuple[str, str, str]]:
    rows = answer["results"]["bindings"]
    short = [(row["modality"]["value"], row["item"]["value"], row["founded"]["value"]) for row in rows]
    return [(modality.rpartition("#")[2].lower(), item.rpartition("/")[2], year) for modality, item, year in short]


def test_statements_are_joined_with_facts_of_the_speakers_items_and_nothing_is_kept(peer: Peer) -> None:
    query = JOIN.format(peer.wikidata)
    status, answer = ask(peer.address, query)
    assert (status, founded(answer)) == (200, [("asserted", "Q900003", "1901")])
    fact = "<http://www.wikidata.org/entity/Q900004> <http://www.wikidata.org/prop/direct/P571> 1950"
    add_facts(peer.wikidata, f"INSERT DATA {{ {fact} }}")
    try:
        more = [("asserted", "Q900003", "1901"), ("denied", "Q900004", "1950")]
        assert founded(ask(peer.address, query)[1]) == more
        status, answer = send(
            peer.address, "POST", "/sparql", "query=" + quote(query.replace("SERVICE", "SERVICE SILENT"))
        )
        assert (status, founded(answer)) == (200, more)
    finally:
        add_facts(peer.wikidata, f"DELETE DATA {{ {fact} }}")
    assert founded(ask(peer.address, query)[1]) == [("asserted", "Q900003", "1901")]


def test_the_form_for_browsers_federates_too_and_the_description_says_so(peer: Peer) -> None:
    status, page = send(
        peer.address, "GET", "/sparql?query=" + quote(JOIN.format(peer.wikidata), safe=""), Accept="text/html"
    )
    assert status == 200
    assert "1901" in page
    assert "BasicFederatedQuery" in send(peer.address, "GET", "/sparql", Accept="text/turtle")[1]


def test_without_a_list_the_same_query_is_refused(db: Path, wikidata: str, tmp_path: Path, serving: Any) -> None:
    with serving(db, tmp_path) as address:
        status, answer = ask(address, JOIN.format(wikidata))
        assert (status, answer["type"].rpartition("/")[2]) == (403, "refused")
        assert "BasicFederatedQuery" not in send(address, "GET", "/sparql", Accept="text/turtle")[1]


def test_only_what_is_on_the_list_is_asked_and_only_when_written_as_it_is_there(peer: Peer) -> None:
    known, target = peer.wikidata, f"http://127.0.0.1:{peer.target.port}/"
    start, _, path = known.rpartition("/")
    for query in (
        f"SELECT * {{ SERVICE <{target}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE SILENT <{target}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{known}> {{ ?s ?p ?o }} SERVICE <{target}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{known}> {{ ?s ?p ?o SERVICE <{target}> {{ ?s ?p ?o }} }} }}",
        f"SELECT * {{ VALUES ?e {{ <{known}> }} SERVICE ?e {{ ?s ?p ?o }} }}",
        f"PREFIX w: <{start}/> SELECT * {{ SERVICE w:{path} {{ ?s ?p ?o }} }}",
        f"BASE <{start}/> SELECT * {{ SERVICE <{path}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{known}?x=1> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{start}/qu\\u0065ry> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{known}> {{ ?s ?p ?o }} \\u0053ERVICE <{target}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ SERVICE <{known}#{target}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?a ?p ?b FILTER(?a<?b)SERVICE#>\n<{target}>{{ ?s ?p ?o }} SERVICE <{known}> {{ }} }}",
    ):
        assert ask(peer.address, query)[0] == 403, query
    assert peer.target.visits() == 0


def test_a_name_that_stands_for_an_inner_address_is_refused_though_listed(peer: Peer) -> None:
    status, answer = ask(peer.address, f"SELECT * {{ SERVICE <{peer.inward}> {{ ?s ?p ?o }} }}")
    assert status == 403
    assert "not public" in answer["detail"]
    assert peer.target.visits() == 0


def test_redirects_are_not_followed(peer: Peer) -> None:
    for code in REDIRECTS:
        status, answer = ask(peer.address, f"SELECT * {{ SERVICE <{peer.redirect}{code}> {{ ?s ?p ?o }} }}")
        assert (status, answer["type"].rpartition("/")[2]) == (400, "evaluation")
    assert peer.target.visits() == 0


def test_an_endpoint_that_never_answers_ends_at_the_deadline_and_holds_up_no_other_query(peer: Peer) -> None:
    silent = f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{peer.mute.port}/> {{ ?s ?p ?o }} }}"
    waiting = [threading.Thread(target=ask, args=(peer.address, silent)) for _ in range(3)]
    for thread in waiting:
        thread.start()
    started = time.monotonic()
    while len(send_running(peer)) < 2:
        assert time.monotonic() - started < 1.4
    assert ask(peer.address, "ASK {}")[0] == 200
    for thread in waiting:
        thread.join()
    started = time.monotonic()
    status, _ = ask(peer.address, silent)
    assert (status, time.monotonic() - started < 3) == (504, True)
    assert founded(ask(peer.address, JOIN.format(peer.wikidata))[1]) == [("asserted", "Q900003", "1901")]


def send_running(peer: Peer) -> list[dict[str, Any]]:
    status, answer = send(peer.address, "GET", "/running", Authorization=f"Bearer {SECRET}")
    assert status == 200
    return [query for query in answer if "SERVICE" in query["query"]]


def test_load_and_service_in_updates_stay_refused(peer: Peer) -> None:
    for update in (
        f"LOAD <{peer.wikidata}>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{peer.wikidata}> {{ ?s ?p ?o }} }}",
    ):
        status, answer = send(peer.address, "POST", "/sparql", "update=" + quote(update))
        assert (status, answer["type"].rpartition("/")[2]) == (403, "refused")


def test_a_query_tells_which_listed_endpoints_it_asks() -> None:
    listed = ("https://one.example/sparql", "https://two.example/sparql")
    one, two = (f"SERVICE <{iri}> {{ ?s ?p ?o }}" for iri in listed)
    assert check(f"SELECT * {{ {one} {two} {one} }}", listed) == set(listed)
    assert check("ASK {}", listed) == frozenset()
    with pytest.raises(QueryServiceError, match=r"one\.example"):
        check(f"SELECT * {{ {two} }}", listed[:1])
    with pytest.raises(QueryRefusedError, match="LOAD"):
        check(f"LOAD <{listed[0]}>", listed)


@pytest.mark.parametrize(
    "iri",
    ["query.wikidata.org", "ftp://a.example/", "https://a.example", "https://u:p@a.example/", "https://a.example/#x",
     "/sparql", "https:///sparql", "https://A.example/", "https://a.example:x/", "https://a.example/ b", "https://[::/"],
)  # fmt: skip
def test_an_endpoint_is_written_in_one_way(iri: str) -> None:
    with pytest.raises(UsageError, match="is no endpoint"):
        endpoint(iri)
    assert endpoint("https://query.wikidata.org/sparql") == "https://query.wikidata.org/sparql"


def test_inner_addresses_are_not_public() -> None:
    inner = ("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "224.0.0.1", "240.0.0.1",
             "0.0.0.0", "100.64.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff0e::1",
             "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::a00:1", "::127.0.0.1")  # fmt: skip
    assert [address for address in inner if is_public(address)] == []
    assert all(map(is_public, ("8.8.8.8", "2620:0:861:ed1a::1", "64:ff9b::808:808")))


def test_a_literal_address_or_localhost_is_what_the_list_says_and_a_name_is_looked_up() -> None:
    for iri in ("http://127.0.0.1:7878/query", "http://[::1]/query", "http://localhost/query"):
        check_address(iri)
    for iri in ("http://0x7f.1/query", "http://2130706433/query"):
        with pytest.raises(QueryRefusedError, match="not public"):
            check_address(iri)
    with pytest.raises(QueryRefusedError, match="not known"):
        check_address("http://nowhere.invalid/query")
