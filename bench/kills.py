"""Kills servers, writers, workers and ingests at random moments under load, and looks for what was lost or half done.

Each writer keeps a list of what was acknowledged. Graphs `urn:u:…` are added once with `SIZE` triples, graphs `urn:p:…`
are replaced again and again with `SIZE` triples of one number, articles come by `khabar ingest`.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import click
import pyoxigraph as ox

from bench.served import Server, ask, children, make_store, request, start, stop
from kg.store import Change, write

SIZE = 40
"""Triples of a write."""

_ARTICLES = 6  # of one ingest, two in a version
_WRITERS, _READERS = 2, 2
_VICTIMS = ("server", "server and all it started", "writer", "writer", "ingest", "query worker", "a parent of workers")
_FORM = "application/x-www-form-urlencoded"
_BROKEN = (OSError, http.client.HTTPException)
_SAMPLE = Path(__file__).resolve().parent.parent / "kg" / "data" / "samples" / "03-missiles-doubted"


@dataclass(slots=True)
class Report:
    """What was killed, what happened meanwhile, and what should not have."""

    killed: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Load:
    """Clients that write and read until `done`; they go on through every restart."""

    folder: Path
    address: str
    report: Report
    done: threading.Event = field(default_factory=threading.Event)
    added: set[str] = field(default_factory=set)  # acknowledged graphs
    put: dict[str, int] = field(default_factory=dict)  # the last acknowledged number of a graph
    tried: dict[str, int] = field(default_factory=dict)  # the last number that was sent
    headlines: set[str] = field(default_factory=set)  # of acknowledged articles
    ingest: subprocess.Popen[bytes] | None = None

    def threads(self) -> list[threading.Thread]:
        """One for each client, not started."""
        tasks: list[Callable[[], None]] = [self._ingest]
        for number in range(_WRITERS):
            tasks += [lambda n=number: self._update(n), lambda n=number: self._replace(n)]  # type: ignore[misc]  # n is bound early
        tasks += [self._read] * _READERS
        return [threading.Thread(target=task) for task in tasks]

    def _sent(self, what: str, method: str, path: str, body: bytes, media_type: str) -> bool:
        """Whether a write was acknowledged."""
        try:
            status, _ = request(self.address, method, path, body, media_type)
        except _BROKEN:
            self.report.counts[f"{what}: no answer"] += 1
            time.sleep(0.1)
            return False
        self.report.counts[f"{what}: {status}"] += 1
        return status in (200, 201, 204)

    def _update(self, writer: int) -> None:
        for number in _until(self.done):
            graph = f"urn:u:{writer}:{number}"
            text = f"INSERT DATA {{ GRAPH <{graph}> {{ {_triples(number)} }} }}"
            if self._sent("update", "POST", "/sparql", b"update=" + quote(text).encode(), _FORM):
                self.added.add(graph)

    def _replace(self, writer: int) -> None:
        graph = f"urn:p:{writer}"
        for number in _until(self.done):
            self.tried[graph] = number
            if self._sent("PUT", "PUT", f"/data?graph={graph}", _triples(number).encode(), "text/turtle"):
                self.put[graph] = number

    def _ingest(self) -> None:
        for number in _until(self.done):
            sources = self.folder / f"articles-{number}"
            written = _write_articles(sources, number)
            while not self.done.is_set() or self.ingest is not None:
                command = [sys.executable, "-m", "kg", "ingest", str(sources), "--db", str(self.folder / "db")]
                command += ["--batch", "2", "--jobs", "1"]
                environment = {**os.environ, "TMPDIR": str(self.folder / "tmp")}
                with subprocess.Popen(
                    command,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                    env=environment,
                ) as self.ingest:
                    code = self.ingest.wait()
                self.ingest = None
                self.report.counts[f"ingest: {'killed' if code < 0 else f'exit {code}'}"] += 1
                if code == 0:
                    self.headlines |= written
                    break
                time.sleep(0.2)

    def _read(self) -> None:
        for _ in _until(self.done):
            with contextlib.suppress(*_BROKEN):
                status, _, body = ask(self.address, _SIZES, "application/sparql-results+json")
                self.report.counts[f"query: {status}"] += 1
                if status == 200:
                    self.report.faults += halves(body)


_SIZES = (
    'SELECT ?g ?v (COUNT(*) AS ?n) { GRAPH ?g { ?s <urn:v> ?v } FILTER(STRSTARTS(STR(?g), "urn:")) } GROUP BY ?g ?v'
)
_HEADLINES = (
    "SELECT ?h (COUNT(*) AS ?n) { GRAPH ?g { ?g <https://schema.org/headline> ?h } GRAPH ?g { ?s ?p ?o } } GROUP BY ?h"
)


def _until(done: threading.Event) -> Iterator[int]:
    number = 0
    while not done.is_set():
        number += 1
        yield number


def _triples(number: int) -> str:
    return " . ".join(f"<urn:s:{n}> <urn:v> {number}" for n in range(SIZE)) + " ."


def _write_articles(folder: Path, number: int) -> set[str]:
    """Articles of our own with headlines of their own; the headlines."""
    folder.mkdir(exist_ok=True)
    meta = json.loads(_SAMPLE.with_suffix(".json").read_text(encoding="utf-8"))
    text = _SAMPLE.with_suffix(".txt").read_text(encoding="utf-8")
    titles = [f"{meta['title']} {number}-{n}" for n in range(_ARTICLES)]
    for n, title in enumerate(titles):
        own = {**meta, "title": title, "url": f"https://example.org/bench/{number}-{n}"}
        (folder / f"{n}.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
        (folder / f"{n}.txt").write_text(text.replace(meta["title"], title), encoding="utf-8")
    return set(titles)


def _rows(body: bytes) -> list[dict[str, str]]:
    return [{name: term["value"] for name, term in row.items()} for row in json.loads(body)["results"]["bindings"]]


def halves(body: bytes) -> list[str]:
    """What an answer to `_SIZES` shows of writes that are there by half."""
    rows = _rows(body)
    graphs = Counter(row["g"] for row in rows)
    return [f"half a write was seen: {row}" for row in rows if int(row["n"]) != SIZE or graphs[row["g"]] > 1]


def kill_rounds(folder: Path, rounds: int, dice: random.Random) -> Report:
    """Kills `rounds` times something that runs over a store in `folder`; starts it again and looks."""
    make_store(folder / "db", 100)
    server, report = start(folder), Report()
    load = _Load(folder, server.address, report)
    port = int(server.address.rpartition(":")[2])
    threads = load.threads()
    for thread in threads:
        thread.start()
    try:
        while report.killed.total() < rounds:
            _wait(dice, load)
            if (victim := _kill(dice, server, load)) is not None:
                report.killed[victim] += 1
            if server.process.poll() is not None:
                server = start(folder, port=port)
            _verify(load)
            click.echo(f"{report.killed.total()} kills, {len(report.faults)} faults", err=True)
    finally:
        load.done.set()
        for thread in threads:
            thread.join()
    _verify(load)
    stop(server)
    report.counts["acknowledged graphs"] = len(load.added) + len(load.put)
    report.counts["acknowledged articles"] = len(load.headlines)
    return report


def _wait(dice: random.Random, load: _Load) -> None:
    """Until a moment by chance: every second time just after a write was acknowledged."""
    if dice.random() < 0.5:
        before, until = len(load.added) + sum(load.put.values()), time.monotonic() + 10
        while len(load.added) + sum(load.put.values()) == before and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(dice.uniform(0, 0.1))
    else:
        time.sleep(dice.uniform(0.05, 1.8))


def _kill(dice: random.Random, server: Server, load: _Load) -> str | None:
    """Ends one process of a kind by chance; its kind, None where there was none."""
    kind = dice.choice(_VICTIMS)
    parents = server.children()
    match kind:
        case "server" | "server and all it started":
            found = server.process.pid
        case "writer":
            found = _writer(load.folder / "db", parents, dice.uniform(0, 0.08))
        case "ingest":
            found = load.ingest.pid if load.ingest is not None else 0
        case "query worker":
            found = dice.choice([each for parent in parents for each in children(parent)] or [0])
        case _:
            found = dice.choice(parents or [0])
    if not found:
        return None
    try:
        if kind == "server and all it started":
            os.killpg(found, signal.SIGKILL)
        else:
            os.kill(found, signal.SIGKILL)
    except ProcessLookupError:
        return None
    if found == server.process.pid:
        server.process.wait()
    return kind


def _writer(db: Path, parents: list[int], after: float) -> int:
    """The process of the next write of a client, `after` so many seconds; 0 where none comes."""
    until = time.monotonic() + 3
    while time.monotonic() < until:
        with contextlib.suppress(OSError, ValueError):
            holder = int((db / "lock").read_text() or 0)
            if any(holder in children(parent) for parent in parents):
                time.sleep(after)
                return holder
        time.sleep(0.002)
    return 0


def _verify(load: _Load) -> None:
    """Adds a fault for every acknowledged write that is not there, and for every one that is there by half."""
    added, put, headlines = set(load.added), dict(load.put), set(load.headlines)
    sizes, articles = _asked(load.address, _SIZES), _asked(load.address, _HEADLINES)
    load.report.faults += halves(sizes)
    held = {row["g"]: int(row["v"]) for row in _rows(sizes)}
    load.report.faults += [f"lost: {graph}" for graph in added if graph not in held]
    for graph, number in put.items():
        if not number <= held.get(graph, -1) <= load.tried[graph]:
            load.report.faults.append(f"lost: {graph} holds {held.get(graph)}, acknowledged was {number}")
    found = {row["h"]: row["n"] for row in _rows(articles)}
    load.report.faults += [f"lost: article {headline}" for headline in headlines - found.keys()]
    if len(set(found.values())) > 1:
        load.report.faults.append(f"articles by half: {Counter(found.values())}")
    load.report.counts["looks at everything"] += 1


def _asked(address: str, query: str) -> bytes:
    """The answer, once it can be had: other clients may have filled the queue."""
    until = time.monotonic() + 30
    while True:
        with contextlib.suppress(*_BROKEN):
            status, _, body = ask(address, query, "application/sparql-results+json")
            if status == 200:
                return body
        if time.monotonic() > until:
            raise TimeoutError(f"no answer in 30 s: {query}")
        time.sleep(0.2)


def leftovers(folder: Path) -> list[str]:
    """Files in the store and among the temporary ones, and processes, that should be gone after the next write."""
    db, graph = folder / "db", ox.NamedNode("urn:last")
    version, _ = write(db, lambda _: Change(frozenset({ox.Quad(graph, graph, graph, graph)})), lambda *_: None)
    assert version is not None
    expected = {"khabar.json", "lock", "current", "articles.sqlite", "versions", "search", "history", "quarantine"}
    found = [path for path in db.iterdir() if path.name not in expected]
    found += [
        path for path in (db / "versions").iterdir() if path.name not in (str(version.number), str(version.number - 1))
    ]
    found += [
        path
        for each in (db / "versions").iterdir()
        for path in each.iterdir()
        if path.name not in ("store", "manifest.json")
    ]
    found += [path for path in (db / "search").glob("*") if path.suffix != ".sqlite" or path.name.startswith(".")]
    found += [path for path in (folder / "tmp").rglob("*") if path.is_file()]
    processes = [str(path) for path in Path("/proc").glob("[0-9]*/cmdline") if _names(path, str(folder))]
    return [str(path.relative_to(folder)) for path in found] + processes


def _names(path: Path, folder: str) -> bool:
    with contextlib.suppress(OSError):
        return folder.encode() in path.read_bytes() and int(path.parent.name) != os.getpid()
    return False
