"""The endpoint beside `oxigraph serve` on the same files: sixteen kinds of query, and point queries per second.

    python bench/endpoint.py [--articles 16000] [--oxigraph PATH] [--wrk PATH]

`oxigraph` is the PyPI package of that name; `wrk` the load generator. Times are the best of several over HTTP, with the
cache of answers off; the throughput is measured with and without it.
"""

from __future__ import annotations

import contextlib
import http.client
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import click
from prettytable import PrettyTable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from bench.endpoint_graph import make  # noqa: E402 -- the file beside this one

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


@contextlib.contextmanager
def running(command: list[str], address: str) -> Iterator[str]:
    """A server, from when it answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(200):
                with contextlib.suppress(OSError):
                    ask(address, "ASK {}")
                    break
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()


def ask(address: str, query: str) -> tuple[float, bytes]:
    """Seconds and body of one query."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=120)
    with contextlib.closing(connection):
        connection.connect()
        started = time.perf_counter()
        connection.request("GET", f"{parts.path}?query={quote(query)}", headers={"Accept": JSON})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise click.ClickException(f"{address}: {response.status} {body[:300]!r}")
        return time.perf_counter() - started, body


def wait_for_index(address: str) -> None:
    """Until khabar has made its text index, which takes the processor meanwhile."""
    while True:
        with contextlib.closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
            connection.request("GET", "/search?q=x")
            if connection.getresponse().status == 200:
                return
        time.sleep(0.5)


def best(address: str, query: str) -> float:
    """The best of several runs, in milliseconds; slow queries are run less often."""
    times = [ask(address, query)[0]]
    while len(times) < 15 and sum(times) < 4:
        times.append(ask(address, query)[0])
    return min(times) * 1000


def throughput(wrk: str, address: str, distinct: int) -> str:
    """Point queries per second as wrk tells them, eight connections."""
    parts = urlsplit(address)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(LUA.replace("DISTINCT", str(distinct)).replace("PATH", f'"{parts.path}"'))
        script.flush()
        command = [wrk, "-t1", "-c8", "-d6", "-s", script.name, f"http://{parts.netloc}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return next(line.split()[1] for line in told.splitlines() if "Requests/sec" in line)


@click.command()
@click.option("--articles", default=16_000, show_default=True)
@click.option("--oxigraph", default=shutil.which("oxigraph") or "", help="The server of the PyPI package oxigraph.")
@click.option("--wrk", default=shutil.which("wrk") or "")
@click.option("--options", default="", help="Further options for `khabar serve`.")
def main(articles: int, oxigraph: str, wrk: str, options: str) -> None:
    """Prints both tables."""
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "db"
        quads = make(db, articles)
        click.echo(f"{quads:,} quads; {platform.platform()}, Python {platform.python_version()}")
        serve = [sys.executable, "-m", "kg", "serve", "--db", str(db), "--no-access-log", "--deadline", "120"]
        serve += ["--memory", "4096", *options.split()]
        peer = [oxigraph, "serve-read-only", "--location", str(db / "versions/1/store"), "--union-default-graph"]
        ours = running([*serve, "--port", "8123", "--cache", "0"], "http://127.0.0.1:8123/sparql")
        theirs = running([*peer, "--bind", "127.0.0.1:8124"], "http://127.0.0.1:8124/query")
        with ours as khabar, theirs as other:
            wait_for_index(khabar)
            _compare(khabar, other)
            if wrk:
                click.echo(f"point queries per second, no cache: khabar {throughput(wrk, khabar, 5000)}")
                click.echo(f"point queries per second: oxigraph serve {throughput(wrk, other, 5000)}")
        if wrk:
            with running([*serve, "--port", "8125"], "http://127.0.0.1:8125/sparql") as khabar:
                throughput(wrk, khabar, 5000)  # fills the cache
                click.echo(f"point queries per second, with cache: khabar {throughput(wrk, khabar, 5000)}")


def _compare(khabar: str, other: str) -> None:
    table = PrettyTable(["query", "khabar ms", "oxigraph serve ms", "ratio"], align="r")
    for path in sorted((HERE / "endpoint_queries").glob("*.rq")):
        query = path.read_text(encoding="utf-8")
        ours, theirs = best(khabar, query), best(other, query)
        table.add_row([path.stem, f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.2f}"])
    click.echo(table)


if __name__ == "__main__":
    main()
