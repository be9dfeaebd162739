"""Queries that the event loop waits for: each has its own deadline, and those that wait may leave."""

import http.client
import json
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"


@pytest.fixture(scope="module")
def one_worker(small_db: Path, tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[str]:
    """The address of a server with one worker and a deadline of two seconds, once it asks nothing itself."""
    with serving(small_db, tmp_path_factory.mktemp("lane"), "--workers", "1", "--deadline", "2") as address:
        for path in ("/search?q=x", "/", "/.well-known/void"):
            until = time.monotonic() + 20
            while get(address, path)[0] != 200:
                assert time.monotonic() < until, path
                time.sleep(0.1)
        yield address


def get(address: str, path: str) -> tuple[int, str]:
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()


def ask(address: str, query: str, timeout: float) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request("GET", f"/sparql?query={quote(query)}&timeout={timeout}")
    return connection


def waiting(address: str) -> int:
    lines = get(address, "/metrics")[1].splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("khabar_queries_waiting ")))


def test_each_query_has_its_own_deadline_whether_it_runs_or_waits(one_worker: str) -> None:
    started = time.monotonic()
    asked = [(status, timeout, ask(one_worker, RUNAWAY, timeout)) for status, timeout in ((504, 1.2), (503, 0.4))]
    for status, timeout, connection in reversed(asked):
        with closing(connection):
            response = connection.getresponse()
            assert timeout <= time.monotonic() - started < timeout + 0.25
            assert (response.status, json.loads(response.read())["status"]) == (status, status)
    with closing(ask(one_worker, "ASK {}", 1)) as connection:
        assert connection.getresponse().status == 200


def test_a_client_that_leaves_while_it_waits_gives_its_place_in_the_queue_up(one_worker: str) -> None:
    with closing(ask(one_worker, RUNAWAY, 2)) as running:
        time.sleep(0.1)
        with closing(ask(one_worker, "ASK { ?s ?p 1 }", 2)):
            time.sleep(0.1)
            assert waiting(one_worker) == 1
        time.sleep(0.3)
        assert waiting(one_worker) == 0
        assert running.getresponse().status == 504


def test_a_client_that_leaves_gives_its_worker_up_to_one_that_waits(one_worker: str) -> None:
    first = ask(one_worker, RUNAWAY, 2)
    time.sleep(0.1)
    with closing(ask(one_worker, "ASK {}", 1.5)) as second:
        time.sleep(0.1)
        first.close()
        assert second.getresponse().status == 200
