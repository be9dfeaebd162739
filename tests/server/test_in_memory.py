"""Workers that are forked from a copy of the published version in memory."""

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

import pyoxigraph as ox
import pytest

from kg.errors import QueryMemoryError, QueryTimeoutError
from kg.store import Version
from server.workers.copy import fits, load
from server.workers.limits import Limits
from server.workers.pool import WorkerPool
from server.workers.process import WorkerParent

CSV = ("text/csv", "application/sparql-results+json", "application/n-quads")
DATASETS = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM <urn:graph:1> { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM NAMED <urn:graph:1> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM NAMED <urn:graph:1> { ?s ?p ?o }",
    "SELECT ?g { GRAPH ?g {} } ORDER BY ?g",
)
TWICE = [  # one triple in two graphs: the union does not merge
    ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal("1"), ox.NamedNode(f"urn:graph:{n}"))
    for n in range(2)
]
InMemory = Callable[[Path, Limits], AbstractContextManager[WorkerPool]]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def csv(pool: WorkerPool, query: str) -> list[str]:
    with pool.run(query, CSV) as answer:
        return b"".join(answer.chunks()).decode().split()[1:]


def test_a_copy_is_whole_and_leaves_no_thread_behind(small_db: Path, small_quads: list[ox.Quad]) -> None:
    ours, theirs = socket.socketpair()
    with closing(ours), closing(theirs):
        code = (
            "import os, socket, sys; from pathlib import Path; from server.workers.copy import load\n"
            "copy = load(Path(sys.argv[1]), 1, socket.socket(fileno=int(sys.argv[2])))\n"
            "print(len(copy.graph), len(os.listdir('/proc/self/task')))"
        )
        command = [sys.executable, "-c", code, str(small_db), str(theirs.fileno())]
        told = subprocess.run(command, pass_fds=[theirs.fileno()], capture_output=True, text=True, check=True).stdout
    assert told.split() == [str(len(small_quads)), "1"]


@pytest.mark.parametrize(("run", "whole"), [(500, False), (1_000_000, True)])
def test_a_copy_holds_every_quad_and_those_of_a_predicate_side_by_side(
    tmp_path: Path, publish_quads: Any, run: int, whole: bool
) -> None:
    said = ox.Literal("قال: \n\r\u2028 <a> <b> .\n", language="ar")
    quads = [
        ox.Quad(subject, ox.NamedNode(f"urn:p{n % 3}"), said, ox.NamedNode(f"urn:graph:{n % 2}"))
        for n in range(600)
        for subject in (ox.NamedNode(f"urn:s{n}"), ox.BlankNode(f"b{n}"))
    ]
    publish_quads(tmp_path / "db", quads)
    code = (
        "import json, socket, sys; from pathlib import Path; from server.workers import copy\n"
        "copy._RUN = int(sys.argv[2]); ours, theirs = socket.socketpair()\n"
        "quads = [str(quad) for quad in copy.load(Path(sys.argv[1]), 1, ours).graph]\n"
        "json.dump(quads, sys.stdout)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "db"), str(run)]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    with Version(tmp_path / "db", 1).hold():
        kept = [str(quad) for quad in Version(tmp_path / "db", 1).open()]
    assert sorted(re.sub("_:[^ ]+", "_:", quad) for quad in told) == sorted(
        re.sub("_:[^ ]+", "_:", quad) for quad in kept
    )
    runs = sum(1 for _ in itertools.groupby(told, key=lambda quad: quad.split(" ")[1]))
    assert (runs == 3) is whole


def test_a_copy_that_nobody_waits_for_is_given_up(small_db: Path) -> None:
    ours, theirs = socket.socketpair()
    with closing(ours):
        theirs.close()
        with pytest.raises(ConnectionError):
            load(small_db, 1, ours)


def test_datasets_mean_the_same_in_memory_as_on_disk(tmp_path: Path, publish_quads: Any, in_memory: InMemory) -> None:
    publish_quads(tmp_path / "db", TWICE)
    limits = Limits(workers=1, spares=0)
    with in_memory(tmp_path / "db", limits) as memory, closing_pool(tmp_path / "db", limits) as disk:
        for query in DATASETS:
            assert csv(memory, query) == csv(disk, query), query


@contextmanager
def closing_pool(db: Path, limits: Limits) -> Iterator[WorkerPool]:
    pool = WorkerPool(db, limits)
    yield pool
    pool.stop()


def test_a_graph_without_triples_is_in_the_copy(tmp_path: Path, in_memory: InMemory) -> None:
    from kg.store.layout import create
    from kg.store.versions import Manifest, make_current, publish

    base = create(tmp_path / "db")
    graph = ox.Store(str(tmp_path / "made"))
    graph.extend(TWICE)
    graph.add_graph(ox.NamedNode("urn:graph:empty"))
    publish(graph, Manifest(1, "2026-11-24T00:00:00Z", base, "test", 1, 2), tmp_path / "db")
    make_current(tmp_path / "db", 1)
    with in_memory(tmp_path / "db", Limits(workers=1, spares=0)) as pool:
        assert csv(pool, DATASETS[-1]) == ["urn:graph:0", "urn:graph:1", "urn:graph:empty"]


def test_a_new_version_is_answered_at_once_and_copied_then(
    tmp_path: Path, publish_quads: Any, in_memory: InMemory
) -> None:
    def valued(number: int) -> list[ox.Quad]:
        return [ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(number), ox.NamedNode("urn:g"))]

    publish_quads(tmp_path / "db", valued(1))
    with in_memory(tmp_path / "db", Limits(workers=1)) as pool:
        for number in (2, 3):
            publish_quads(tmp_path / "db", valued(number))
            assert csv(pool, "SELECT ?o { <urn:s> ?p ?o }") == [str(number)]
            until(lambda: pool.copied == pool.version)
            assert csv(pool, "SELECT ?o { <urn:s> ?p ?o }") == [str(number)]


def test_limits_hold_in_memory_and_a_dead_worker_is_replaced_from_the_copy(small_db: Path, in_memory: InMemory) -> None:
    with in_memory(small_db, Limits(workers=1, spares=0, deadline=1.0, memory=256 * 1024**2)) as pool:
        with pytest.raises(QueryTimeoutError):
            pool.run(RUNAWAY, CSV, deadline=0.3)
        with pytest.raises((QueryMemoryError, QueryTimeoutError)):
            pool.run("SELECT * { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d ?a", CSV)
        assert csv(pool, DATASETS[0]) == ["3000"]
        assert pool.copied == 1


def test_queries_go_on_when_the_process_with_the_copy_is_killed(small_db: Path, in_memory: InMemory) -> None:
    with in_memory(small_db, Limits(workers=1, spares=0, deadline=0.5)) as pool:
        copy = pool._crew._copy
        assert copy is not None
        os.kill(copy._process.pid, signal.SIGKILL)
        for _ in range(2):
            with pytest.raises(QueryTimeoutError):
                pool.run(RUNAWAY, CSV, deadline=0.2)
            assert csv(pool, DATASETS[0]) == ["3000"]
        until(lambda: pool.copied == 1 and pool._crew._copy is not copy)


def test_a_version_that_cannot_be_copied_is_told(tmp_path: Path, small_db: Path) -> None:
    parent = WorkerParent(small_db, 1024**3, version=77)
    try:
        assert "77" in (parent.wait_for_copy() or "")
    finally:
        parent.stop()


def test_what_cannot_be_copied_is_told_by_one_process_only(small_db: Path) -> None:
    code = (
        "import socket, sys; from pathlib import Path; from kg.errors import StoreError\n"
        "from server.workers.copy import load\n"
        "ours, theirs = socket.socketpair()\n"
        "try:\n    load(Path(sys.argv[1]), 77, ours)\n"
        "except StoreError:\n    print('told')\n"
        "else:\n    print('copied')"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(small_db)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["told"]
    assert "77" in ran.stderr


def test_only_what_fits_is_copied_unasked() -> None:
    assert fits(1000, 3)
    assert not fits(10**12, 3)
    assert not fits(0, 3)


def test_no_process_is_left_when_the_server_is_killed(small_db: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "serve", "--db", str(small_db), "--port", "0", "--in-memory", "on"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().decode().split()[-1]
            until(lambda: "khabar_version_in_memory 1\n" in fetched(address + "metrics"))
            fetched(address + "sparql?query=" + quote("ASK {}"))
            children = offspring(process.pid)
            assert len(children) >= 5, "two parents and the workers of the copy"
        finally:
            process.kill()
    until(lambda: not any(alive(child) for child in children))


def fetched(address: str) -> str:
    with urlopen(address) as response:
        return str(response.read().decode())


def offspring(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *offspring(child)]
    return found


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
