"""A `khabar serve` over a small store of numbers, for benches that harm it."""

from __future__ import annotations

import contextlib
import http.client
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urlsplit

import click
import pyoxigraph as ox

from kg.store import Change, write
from kg.store.layout import create

TOKEN = "a-token-of-the-bench"
_PARENT_DIED = ("the parent of the query workers died", "workers open the files of the store again")


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; `process` is the one that speaks HTTP and leads its own process group."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path

    def deaths(self) -> int:
        """How many processes died that should not: the server itself, and the parents of its workers as it tells."""
        told = self.log.read_text(errors="replace")
        return (self.process.poll() is not None) + sum(told.count(words) for words in _PARENT_DIED)

    def children(self) -> list[int]:
        """The processes that the HTTP process has started and not yet buried."""
        return children(self.process.pid)


def children(pid: int) -> list[int]:
    """The ids of the processes that `pid` has started (Linux)."""
    with contextlib.suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def make_store(db: Path, count: int = 3000) -> None:
    """Publishes `count` nodes with a value each, in two graphs."""
    create(db)
    value = ox.NamedNode("urn:value")
    quads = frozenset(
        ox.Quad(
            ox.NamedNode(f"urn:n:{n}"),
            value,
            ox.Literal(f"قيمة {n}", language="ar"),
            ox.NamedNode(f"urn:graph:{n % 2}"),
        )
        for n in range(count)
    )
    write(db, lambda _: Change(quads), lambda *_: None)


def start(folder: Path, *options: str, port: int = 0) -> Server:
    """Starts a server over `folder/db`; its log is added to `folder/log`, its temporary files go to `folder/tmp`."""
    (folder / "tmp").mkdir(exist_ok=True)
    tokens = folder / "tokens.toml"
    tokens.write_text(f'[tokens.bench]\ntoken = "{TOKEN}"\nrights = ["write", "queries"]\n', encoding="utf-8")
    command = [sys.executable, "-m", "kg", "serve", "--db", str(folder / "db"), "--port", str(port)]
    command += ["--tokens", str(tokens), "--no-access-log", *options]
    environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, env=environment, start_new_session=True)
    assert process.stdout is not None
    line = process.stdout.readline().decode()
    if "http://" not in line:
        raise click.ClickException((folder / "log").read_text(errors="replace")[-2000:])
    return Server(line.split()[-1].rstrip("/"), process, folder / "log")


def stop(server: Server) -> None:
    """Ends a server gracefully."""
    server.process.terminate()
    server.process.wait(timeout=30)


def request(
    address: str, method: str, path: str, body: bytes = b"", content_type: str = "", **headers: str
) -> tuple[int, bytes]:
    """Status and body of one request on a connection of its own; OSError or HTTPException where it breaks."""
    sent = {"Authorization": f"Bearer {TOKEN}", **headers}
    if content_type:
        sent["Content-Type"] = content_type
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=90)
    with contextlib.closing(connection):
        connection.request(method, path, body or None, sent)
        response = connection.getresponse()
        return response.status, response.read()


def ask(address: str, query: str = "ASK {}", accept: str = "*/*") -> tuple[int, float, bytes]:
    """Status, seconds and body of a query by POST (which no cache of requests answers)."""
    started = time.perf_counter()
    body = b"query=" + quote(query, safe="").encode()
    status, answer = request(address, "POST", "/sparql", body, "application/x-www-form-urlencoded", Accept=accept)
    return status, time.perf_counter() - started, answer


def metric(address: str, name: str) -> int:
    """One figure of `/metrics`."""
    lines = request(address, "GET", "/metrics")[1].decode().splitlines()
    return int(float(next(line for line in lines if line.startswith(name + " ")).split()[1]))


def machine() -> str:
    """Versions, machine and how busy it is, for the head of a table."""
    load = ", ".join(f"{figure:.1f}" for figure in os.getloadavg())
    return (
        f"pyoxigraph {version('pyoxigraph')}, uvicorn {version('uvicorn')}, Python {platform.python_version()}, "
        f"{platform.platform()}, {os.cpu_count()} cores, load {load}"
    )


def percentile(times: list[float], share: float) -> float:
    """The value below which `share` of `times` lie; 0 for none."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)] if times else 0.0


@contextlib.contextmanager
def serving(folder: Path, *options: str) -> Iterator[Server]:
    """A server for the length of a block."""
    server = start(folder, *options)
    try:
        yield server
    finally:
        stop(server)
