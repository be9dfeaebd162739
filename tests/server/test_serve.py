"""What only a real server shows: streaming, broken transfers, departing clients, the log."""

import http.client
import json
import shutil
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
import uvicorn

from kg.errors import QueryTimeoutError
from kg.store.versions import current, discard
from server.patience import PatientProtocol
from server.workers.limits import Limits
from server.workers.pool import WorkerPool

CROSS = "SELECT * { ?a ?p ?b . ?c ?q ?d }"


@contextmanager
def get(address: str, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", path, headers=headers)
        with connection.getresponse() as response:
            yield response


def asking(query: str) -> str:
    return "/sparql?query=" + quote(query)


def test_a_large_answer_is_streamed_whole(served: str) -> None:
    with get(served, asking("SELECT * { ?s ?p ?o }")) as response:
        assert response.status == 200
        assert response.headers["Transfer-Encoding"] == "chunked"
        assert len(json.loads(response.read())["results"]["bindings"]) == 3000


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_an_answer_that_cannot_be_finished_breaks_the_transfer(served: str, coding: str) -> None:
    with get(served, asking(CROSS), **{"Accept-Encoding": coding, "Accept": "text/csv"}) as response:
        assert response.status == 200
        with pytest.raises((http.client.IncompleteRead, ConnectionResetError)):
            response.read()


def test_a_client_that_leaves_ends_its_query(served: str) -> None:
    with closing(http.client.HTTPConnection(urlsplit(served).netloc, timeout=10)) as connection:
        connection.request("GET", asking(CROSS + " ORDER BY ?d ?a"))
        started = time.monotonic()
        while metric(served, "khabar_queries_running") != 1:
            assert time.monotonic() - started < 0.9, "it never ran"
    while metric(served, "khabar_queries_running") != 0:
        assert time.monotonic() - started < 0.9, "it ran on until its deadline of a second"


def test_a_client_that_does_not_read_keeps_no_place_among_the_queries(served: str) -> None:
    slow = [socket.create_connection((urlsplit(served).hostname, urlsplit(served).port or 0)) for _ in range(4)]
    for connection in slow:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET {asking(CROSS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    until = time.monotonic() + 20
    while metric(served, "khabar_queries_running") or metric(served, "khabar_queries_waiting"):
        assert time.monotonic() < until, "queries that nobody reads still run"
        time.sleep(0.1)
    for connection in slow:
        connection.close()
    with get(served, asking("ASK {} # after them")) as response:
        assert response.status == 200


def test_half_a_body_is_not_written(tmp_path: Path, publish_quads: Any, serving: Any) -> None:
    publish_quads(tmp_path / "db", [])
    (tmp_path / "tokens.toml").write_text('[tokens.tests]\ntoken = "a-token-of-the-tests"\n')
    half = b"<urn:s> <urn:p> 1 .\n"
    head = (
        "PUT /data?graph=urn:half HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\n"
        f"Authorization: Bearer a-token-of-the-tests\r\nContent-Length: {len(half) * 2}\r\n\r\n"
    )
    with serving(tmp_path / "db", tmp_path, "--tokens", str(tmp_path / "tokens.toml")) as address:
        parts = urlsplit(address)
        with closing(socket.create_connection((parts.hostname, parts.port or 0))) as connection:
            connection.sendall(head.encode() + half)
        with get(address, "/data?graph=urn:whole") as response:  # the server goes on
            assert response.status == 404
        time.sleep(1)
    assert current(tmp_path / "db").number == 1


def test_tokens_are_read_anew_while_the_server_runs(small_db: Path, tmp_path: Path, serving: Any) -> None:
    tokens = tmp_path / "tokens.toml"

    def write(secret: str) -> None:
        tokens.write_text(f'[tokens.tests]\ntoken = "{secret}"\nrights = ["queries"]\n')

    def may(secret: str) -> bool:
        with get(address, "/running", Authorization=f"Bearer {secret}") as response:
            return response.status == 200

    write("the-token-before")
    with serving(small_db, tmp_path, "--tokens", str(tokens)) as address:
        assert may("the-token-before")
        for secret, taken in (("the-token-afterwards", "the-token-afterwards"), ("short", "the-token-afterwards")):
            write(secret)
            address.process.send_signal(signal.SIGHUP)
            until = time.monotonic() + 20
            while not may(taken):
                assert time.monotonic() < until
                time.sleep(0.05)
        assert not may("the-token-before")
    assert "tokens are as before" in (tmp_path / "log").read_text()


def test_what_is_being_answered_is_finished_when_the_server_is_told_to_stop(
    small_db: Path, tmp_path: Path, serving: Any
) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d }"
    with serving(small_db, tmp_path) as address:
        with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)) as connection:
            connection.request("GET", asking(slow), headers={"Accept": "text/csv"})
            while metric(address, "khabar_queries_running") == 0:
                time.sleep(0.01)
            address.process.terminate()
            response = connection.getresponse()
            assert (response.status, response.read().split()) == (200, [b"n", b"9000000"])
        assert address.process.wait(timeout=30) == 0


@pytest.mark.parametrize("head", [b"", b"GET /healthz HTTP/1.1\r\nHost", b"GET / HTTP/1.1\r\nHost: x\r\n\r\nGET"])
def test_a_connection_that_says_nothing_is_closed(head: bytes) -> None:
    async def greet(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    class Hasty(PatientProtocol):
        head = 0.2

    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        config = uvicorn.Config(greet, http=Hasty, log_config=None, lifespan="off", timeout_keep_alive=60)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            with closing(socket.create_connection(listener.getsockname()[:2], timeout=20)) as connection:
                connection.sendall(head)
                with suppress(ConnectionResetError):
                    while connection.recv(1000):
                        pass
        finally:
            server.should_exit = True
            thread.join()


def metric(address: str, name: str) -> float:
    with get(address, "/metrics") as response:
        lines = response.read().decode().splitlines()
    return float(next(line for line in lines if line.startswith(name + " ")).split()[1])


def test_metrics_tell_what_happened(small_db: Path, tmp_path: Path, serving: Any) -> None:
    with serving(small_db, tmp_path, "--deadline", "0.5") as address:
        for query in (
            "ASK {}",
            "ASK {}",
            "ASK {}",
            "ASK {",
            "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
        ):
            with get(address, asking(query)) as response:
                response.read()
        with get(address, "/metrics") as response:
            told = dict(line.rsplit(" ", 1) for line in response.read().decode().splitlines() if line[0] != "#")
    counted = {status: told[f'khabar_requests_total{{kind="sparql",status="{status}"}}'] for status in (200, 400, 504)}
    assert counted == {200: "3", 400: "1", 504: "1"}
    assert told['khabar_request_seconds_count{kind="sparql"}'] == "5"
    assert told["khabar_cache_hits_total"] == "2"
    assert (told["khabar_workers_ended_total"], told["khabar_store_version"]) == ("1", "1")
    assert (told["khabar_queries_running"], told["khabar_queries_waiting"]) == ("0", "0")


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_repeated_request_gets_the_same_reply_until_a_version_is_published(
    coding: str, small_quads: list[ox.Quad], tmp_path: Path, publish_quads: Any, serving: Any
) -> None:
    publish_quads(tmp_path / "db", small_quads[:40])

    def reply(address: str) -> tuple[int, list[tuple[str, str]], bytes]:
        headers = {"Accept-Encoding": coding, "Accept": "text/csv"}
        with get(address, asking("SELECT * { ?s ?p ?o } ORDER BY ?s"), **headers) as response:
            return response.status, [item for item in response.getheaders() if item[0] != "date"], response.read()

    with serving(tmp_path / "db", tmp_path) as address:
        before = [reply(address) for _ in range(5)]
        with get(address, "/metrics") as response:
            assert b"khabar_cache_hits_total 4\n" in response.read()
        publish_quads(tmp_path / "db", small_quads[:50])
        after = [reply(address) for _ in range(5)]
    assert before == [before[0]] * 5
    assert after == [after[0]] * 5
    assert before[0][0] == after[0][0] == 200
    told = [dict(found[0][1]) for found in (before, after)]
    assert [headers["x-khabar-version"] for headers in told] == ["1", "2"]
    assert [int(headers["content-length"]) for headers in told] == [len(found[0][2]) for found in (before, after)]
    assert told[0]["etag"] != told[1]["etag"]


def test_ready_and_healthy_say_so(served: str) -> None:
    for path in ("/healthz", "/readyz"):
        with get(served, path) as response:
            assert response.status == 200


def test_one_line_a_request_whatever_the_client_sends(small_db: Path, tmp_path: Path, serving: Any) -> None:
    forged = "/healthz%0A%0Dforged?a=%0Aforged"
    with serving(small_db, tmp_path) as address, get(address, forged, **{"User-Agent": "a\tb"}) as response:
        assert response.status == 404
    lines = [line for line in (tmp_path / "log").read_text().splitlines() if line.startswith("{")]
    assert [json.loads(line)["status"] for line in lines] == [404]


def test_a_taken_port_and_a_missing_store_are_told(small_db: Path, tmp_path: Path, served: str, serving: Any) -> None:
    port = str(urlsplit(served).port)
    for db, options in ((small_db, ["--port", port]), (tmp_path / "nothing", [])):
        with pytest.raises(AssertionError, match="khabar: "), serving(db, tmp_path, *options):
            pass


@pytest.mark.slow
def test_no_request_fails_while_another_process_publishes(tmp_path: Path, publish_quads: Any, serving: Any) -> None:
    """`bench/robustness.py switches` publishes by updates."""
    db, last = tmp_path / "db", 21

    def version_of(number: int) -> list[ox.Quad]:
        value = ox.Literal(number)
        return [ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), value, ox.NamedNode("urn:g"))]

    publish_quads(db, version_of(1))
    statuses: Counter[int] = Counter()
    seen: list[list[int]] = [[] for _ in range(2)]
    done = threading.Event()
    with serving(db, tmp_path, "--cache", "0") as address:

        def keep_asking(mine: list[int]) -> None:
            while not done.is_set():
                with get(address, asking("SELECT ?o { <urn:s> <urn:p> ?o }"), Accept="text/csv") as response:
                    statuses[response.status] += 1
                    mine.append(int(response.read().split()[1]))

        threads = [threading.Thread(target=keep_asking, args=(mine,)) for mine in seen]
        for thread in threads:
            thread.start()
        for number in range(2, last + 1):
            publish_quads(db, version_of(number))
            shutil.rmtree(db / f"made-{number}")
            discard(db, number)
        done.set()
        for thread in threads:
            thread.join()
        with get(address, asking("SELECT ?o { <urn:s> <urn:p> ?o }"), Accept="text/csv") as response:
            assert response.read().split()[1] == str(last).encode()
    assert set(statuses) == {200}
    assert all(mine == sorted(mine) and mine[0] < mine[-1] for mine in seen)


def test_queries_go_on_when_the_workers_parent_is_killed(small_db: Path) -> None:
    pool = WorkerPool(small_db, Limits(workers=1, spares=0, deadline=0.3))
    formats = ("application/sparql-results+json",) * 2 + (None,)
    try:
        pool._crew.parent._process.kill()
        for _ in range(3):
            with pool.run("ASK {}", formats) as answer:
                assert answer.whole is not None
            with pytest.raises(QueryTimeoutError):
                pool.run("SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }", formats)
    finally:
        pool.stop()
