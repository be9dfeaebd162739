"""What `bench/endpoint.py` measures a server with: queries timed in turns, a saturating load, processor time."""

from __future__ import annotations

import contextlib
import http.client
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import click

JSON = "application/sparql-results+json, application/n-triples"
LUA = """
local n = 0
request = function()
  n = n + 1
  local q = string.format("SELECT ?p ?o { <https://w3id.org/khabar/statement/%08x.0-90> ?p ?o }", (n * 7919) % DISTINCT)
  q = q:gsub("[^%w]", function(c) return string.format("%%%02X", string.byte(c)) end)
  return wrk.format("GET", PATH .. "?query=" .. q, { Accept = "application/sparql-results+json" })
end
"""
_DISTINCT = 5000
_ROUND = 4  # seconds


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers queries at `address`, and its first process."""

    address: str
    pid: int

    def processes(self) -> list[int]:
        """Its processes now."""
        return _tree(self.pid)


@contextlib.contextmanager
def running(command: list[str], address: str) -> Iterator[Running]:
    """A server, from when it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                with contextlib.suppress(OSError):
                    ask(address, "SELECT * {}")
                    break
                time.sleep(0.1)
            yield Running(address, process.pid)
        finally:
            process.terminate()


_CONNECTIONS: dict[str, tuple[float, http.client.HTTPConnection]] = {}
_FRESH = 5  # seconds; servers close what is idle for longer


def get(address: str, path: str, accept: str = JSON) -> tuple[float, bytes]:
    """Seconds and body of one request, on a connection that stays open, as clients have it."""
    place = urlsplit(address).netloc
    used, connection = _CONNECTIONS.pop(place, (0.0, None))
    if connection is None or connection.sock is None or time.monotonic() - used > _FRESH:
        connection = http.client.HTTPConnection(place, timeout=120)
        connection.connect()
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept": accept})
    response = connection.getresponse()
    body = response.read()
    spent = time.perf_counter() - started
    if response.status != 200:
        raise click.ClickException(f"{address}: {response.status} {body[:300]!r}")
    _CONNECTIONS[place] = (time.monotonic(), connection)
    return spent, body


def ask(address: str, query: str) -> tuple[float, bytes]:
    """The same for one query."""
    return get(address, f"{urlsplit(address).path}?query={quote(query)}")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query took, in milliseconds: on the clock, and of processor time of the whole server."""

    wall: float
    cpu: float


def best(query: str, *servers: Running) -> list[Cost]:
    """The best of several runs of each. Servers take turns, so that a busy machine harms all alike; what is slow is
    run less often."""
    runs: list[list[Cost]] = [[] for _ in servers]
    while len(runs[0]) < 3 or (len(runs[0]) < 25 and sum(run.wall for found in runs for run in found) < 6000):
        for server, found in zip(servers, runs, strict=True):
            before = _nanoseconds(server)
            seconds, _ = ask(server.address, query)
            found.append(Cost(seconds * 1e3, (_nanoseconds(server) - before) / 1e6))
    return [Cost(min(run.wall for run in found), min(run.cpu for run in found)) for found in runs]


@dataclass(frozen=True, slots=True)
class Load:
    """What eight connections that ask point queries got: queries per second, and processor time per query in
    microseconds by process, the first process first."""

    rate: float
    first: float
    others: float


def saturate(wrk: str, server: Running, seconds: int = _ROUND) -> Load:
    """One round of load."""
    parts = urlsplit(server.address)
    processes = server.processes()
    before = [_microseconds(pid) for pid in processes]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.replace("DISTINCT", str(_DISTINCT)).replace("PATH", f'"{parts.path}"'))
        script.flush()
        command = [wrk, "-t1", "-c8", f"-d{seconds}", "-s", script.name, f"http://{parts.netloc}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in told:
        raise click.ClickException(f"{server.address}: {told}")
    queries = next(int(line.split()[0]) for line in told.splitlines() if "requests in" in line)
    spent = [(_microseconds(pid) - then) / queries for pid, then in zip(processes, before, strict=True)]
    rate = next(float(line.split()[1]) for line in told.splitlines() if "Requests/sec" in line)
    return Load(rate, spent[0], sum(spent[1:]))


def _tree(pid: int) -> list[int]:
    found = [pid]
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += _tree(int(child))
    return found


def _nanoseconds(server: Running) -> int:
    """Processor time that the threads of a server's processes have taken."""
    threads = [thread for pid in server.processes() for thread in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads)


def _microseconds(pid: int) -> float:
    """Processor time that a process has taken, in ticks of 10 ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 10_000.0
