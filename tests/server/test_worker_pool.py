import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import (
    QueryBusyError,
    QueryCancelledError,
    QueryError,
    QueryFormatError,
    QueryMemoryError,
    QueryRefusedError,
    QuerySyntaxError,
    QueryTimeoutError,
)
from server.workers.answer import Answer
from server.workers.limits import Limits
from server.workers.pool import WorkerPool
from server.workers.protocol import CHUNK, Form

JSON = ("application/sparql-results+json", "application/sparql-results+json", "text/turtle")
EVERYTHING = "SELECT ?s ?o { ?s <urn:value> ?o }"
RUNAWAY = {
    "aggregate": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }",
    "sort": "SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d ?a LIMIT 1",
    "cross product": "ASK { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(CONCAT(STR(?a), STR(?c), STR(?e)) = 'no') }",
    "CPU only": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ 1 2 3 4 5 6 7 8 9 }}" for n in range(9))
    + "FILTER("
    + " + ".join(f"?v{n}" for n in range(9))
    + " = 100) }",
    "regex": "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d FILTER(REGEX(CONCAT(STR(?b), STR(?d)), '(a|b)+c')) }",
}


def rows(answer: Answer) -> list[dict[str, Any]]:
    with answer:
        found = json.loads(b"".join(answer.chunks()))
    assert isinstance(found["results"]["bindings"], list)
    return found["results"]["bindings"]


def test_a_small_answer_comes_whole(pool: WorkerPool) -> None:
    answer = pool.run("SELECT ?o { <urn:n:7> <urn:value> ?o }", JSON)
    assert answer.whole is not None
    assert rows(answer) == [{"o": {"type": "literal", "value": "قيمة 7", "xml:lang": "ar"}}]


def test_a_large_answer_is_streamed_whole(pool: WorkerPool) -> None:
    answer = pool.run(EVERYTHING, JSON)
    assert answer.whole is None
    assert len(answer.first) >= CHUNK
    assert len(rows(answer)) == 3000


def test_each_form_takes_its_own_format(pool: WorkerPool) -> None:
    with pool.run("ASK { ?s ?p ?o }", JSON) as answer:
        assert (answer.form, json.loads(answer.whole or b"")["boolean"]) == (Form.BOOLEAN, True)
    with pool.run("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o } LIMIT 1", JSON) as answer:
        assert answer.form is Form.GRAPH
    with pytest.raises(QueryFormatError):
        pool.run("ASK {}", (JSON[0], None, None))


def test_the_dataset_is_the_union_unless_query_or_caller_name_another(pool: WorkerPool) -> None:
    count = "SELECT (COUNT(*) AS ?n) %s { ?s ?p ?o }"
    found = [
        rows(pool.run(count % "", JSON)),
        rows(pool.run(count % "FROM <urn:graph:0>", JSON)),
        rows(pool.run(count % "FROM <urn:graph:0>", JSON, default_graphs=("urn:graph:0", "urn:graph:1"))),
        rows(pool.run(count % "", JSON, named_graphs=("urn:graph:0",))),
    ]
    assert [int(row[0]["n"]["value"]) for row in found] == [3000, 1500, 3000, 0]


def test_a_syntax_error_tells_its_place(pool: WorkerPool) -> None:
    with pytest.raises(QuerySyntaxError) as error:
        pool.run("SELECT *\n{ ?s ?p }", JSON)
    assert (error.value.line, error.value.column) == (2, 10)


@pytest.mark.parametrize("text", RUNAWAY.values(), ids=RUNAWAY)
def test_a_runaway_query_ends_at_its_deadline_and_others_go_on(pool: WorkerPool, text: str) -> None:
    started = time.monotonic()
    with pytest.raises((QueryTimeoutError, QueryMemoryError)):  # a sort may reach its memory limit first
        pool.run(text, JSON, deadline=0.4)
    assert time.monotonic() - started < 5, "it ran on long after its deadline"
    assert len(rows(pool.run("SELECT * { <urn:n:1> ?p ?o }", JSON))) == 1


def test_string_building_beyond_the_memory_limit_ends_the_worker_only(pool: WorkerPool) -> None:
    binds = " ".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1})" for n in range(40))
    with pytest.raises((QueryMemoryError, QueryTimeoutError, QueryError)):
        pool.run("SELECT ?s40 { BIND('xxxxxxxxxxxxxxxx' AS ?s0) " + binds + " }", JSON)
    assert len(rows(pool.run("SELECT * { <urn:n:1> ?p ?o }", JSON))) == 1


@pytest.mark.parametrize("opening", ["{", "(", "!", "1+"])
def test_deep_nesting_is_refused_or_ends_the_worker_only(pool: WorkerPool, opening: str) -> None:
    closing = {"{": "}", "(": ")"}.get(opening, "")
    text = "SELECT * { FILTER(" + opening * 20000 + "1" + closing * 20000 + ") }"
    if opening == "{":
        text = "SELECT * " + "{" * 20000 + "}" * 20000
    with pytest.raises((QueryRefusedError, QueryMemoryError, QueryTimeoutError)):
        pool.run(text, JSON)
    assert rows(pool.run("SELECT * { <urn:n:1> ?p ?o }", JSON))


def test_a_query_that_asks_for_another_host_is_refused(pool: WorkerPool) -> None:
    with pytest.raises(QueryRefusedError, match="SERVICE"):
        pool.run("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", JSON)


CONFINED = """
import sys, pyoxigraph
from server.workers.limits import confine
missing = confine()
try:
    print(missing, list(pyoxigraph.Store().query(sys.argv[1])))
except OSError as error:
    print(missing, error)
"""


def test_a_confined_process_cannot_reach_another_host_even_where_no_token_was_checked() -> None:
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.3)
        query = f"SELECT * {{ SERVICE <http://127.0.0.1:{canary.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        told = subprocess.run(
            [sys.executable, "-c", CONFINED, query], capture_output=True, text=True, check=True
        ).stdout
        if "seccomp" in told:
            pytest.skip("this system has no seccomp: only the tokens are checked")
        assert "not permitted" in told
        with pytest.raises(TimeoutError):
            canary.accept()


def test_a_new_version_is_seen_by_the_next_query(tmp_path: Path, publish_quads: Any) -> None:
    quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:p"), ox.Literal("1"), ox.NamedNode("urn:g"))
    publish_quads(tmp_path / "db", [quad])
    pool = WorkerPool(tmp_path / "db", Limits(workers=1, spares=0))
    try:
        for number in range(2, 8):
            assert len(rows(pool.run("SELECT * { ?s ?p ?o }", JSON))) == number - 1
            more = [
                ox.Quad(ox.NamedNode(f"urn:{n}"), ox.NamedNode("urn:p"), ox.Literal("1"), ox.NamedNode("urn:g"))
                for n in range(number)
            ]
            assert publish_quads(tmp_path / "db", more) == number
            assert pool.version == number
        assert pool.counts.forked == 1
    finally:
        pool.stop()


def test_a_running_query_is_listed_and_can_be_cancelled(pool: WorkerPool) -> None:
    errors: list[QueryError] = []

    def run() -> None:
        try:
            pool.run(RUNAWAY["aggregate"], JSON, client="someone")
        except QueryError as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not (listed := [query for query in pool.running() if query.client == "someone"]) or not listed[0].pid:
        time.sleep(0.01)
    assert listed[0].text == RUNAWAY["aggregate"]
    assert pool.cancel(listed[0].id)
    thread.join()
    assert isinstance(errors[0], QueryCancelledError)
    assert not pool.cancel(listed[0].id)


def test_queries_beyond_the_queue_are_refused(pool: WorkerPool) -> None:
    outcomes: list[str] = []

    def run() -> None:
        try:
            pool.run(RUNAWAY["aggregate"], JSON)
        except QueryError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    while pool.waiting < 2:
        time.sleep(0.01)
    with pytest.raises(QueryBusyError):
        pool.run("ASK {}", JSON)
    for thread in threads:
        thread.join()
    assert sorted(set(outcomes)) in (["QueryBusyError", "QueryTimeoutError"], ["QueryTimeoutError"])


def test_leaving_a_large_answer_early_frees_its_place(pool: WorkerPool) -> None:
    for _ in range(4):
        with pool.run("SELECT * { ?a ?p ?b . ?c ?q ?d }", JSON) as answer:
            assert answer.whole is None
    assert rows(pool.run("SELECT * { <urn:n:1> ?p ?o }", JSON))
    assert pool.running() == []
