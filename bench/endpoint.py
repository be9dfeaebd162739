"""The endpoint beside `oxigraph serve` on the same files and beside rdflib: every bar on its speed, in one run.

    python bench/endpoint.py [--articles 16000] [--oxigraph PATH] [--wrk PATH]

`oxigraph` is the PyPI package of that name; `wrk` the load generator. Sixteen kinds of query over HTTP with the cache
of answers off, folded text search, point queries per second with and without the cache, and what isolation costs.
Servers take turns, so that a busy machine harms all alike; the load of the machine is told at each step.
"""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

import click
import pyoxigraph as ox
from prettytable import PrettyTable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from bench.endpoint_graph import make  # noqa: E402 -- the files beside this one
from bench.endpoint_load import Load, Running, best, get, running, saturate  # noqa: E402 -- the same

SMALL = 32
"""rdflib gets so many times fewer articles: a million quads take it minutes to load, and some queries an hour."""

SEARCHES = {
    "a frequent word": "وزير",
    "with particles": "وبالوزير",
    "other spelling": "إتّفاق",
    "the beginning of words": "مفاوض",
    "one letter": "و",
    "a name": "سفير 1234",
    "two words": "وزير شحنة",
    "three words": "اتفاق هدنة حدود",
    "four words": "اتفاق هدنة حدود ميناء",
    "nothing": "قنديل",
}
"""The text of the graph is of twenty words, so each of these is in 60 % of the sentences."""

_ROUNDS = 4


@click.command()
@click.option("--articles", default=16_000, show_default=True)
@click.option("--oxigraph", default=shutil.which("oxigraph") or "", help="The server of the PyPI package oxigraph.")
@click.option("--wrk", default=shutil.which("wrk") or "")
@click.option("--options", default="", help="Further options for `khabar serve`.")
def main(articles: int, oxigraph: str, wrk: str, options: str) -> None:
    """Prints the tables."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as servers:
        db, small = Path(folder) / "db", Path(folder) / "small"
        quads, few = make(db, articles), make(small, articles // SMALL)
        _tell(quads)
        serve = [sys.executable, "-m", "kg", "serve", "--no-access-log", "--deadline", "120", "--workers", "2"]
        serve += ["--memory", "4096", "--client-queries", "64", "--client-seconds", "100000", *options.split()]
        peer = [oxigraph, "serve-read-only", "--location", str(db / "versions/1/store"), "--union-default-graph"]

        def start(command: list[str], port: int, path: str = "sparql") -> Running:
            return servers.enter_context(running(command, f"http://127.0.0.1:{port}/{path}"))

        khabar = start([*serve, "--db", str(db), "--port", "8123", "--cache", "0"], 8123)
        copied = "off" not in options.split()
        _wait(khabar, copied)
        little = start([*serve, "--db", str(small), "--port", "8122", "--cache", "0"], 8122)
        _wait(little, copied)
        other = start([*peer, "--bind", "127.0.0.1:8124"], 8124, "query")
        _compare(khabar, other)
        _compare_with_rdflib(little, small, few)
        _search(khabar)
        if wrk:
            cached = start([*serve, "--db", str(db), "--port", "8125"], 8125)
            bare = start([sys.executable, str(HERE / "endpoint_in_process.py"), str(db), "8126"], 8126)
            _wait(cached, copied)
            _load(wrk, khabar, cached, other, bare)


def _tell(quads: int) -> None:
    parts = [f"{name} {version(name)}" for name in ("pyoxigraph", "oxigraph", "rdflib", "uvicorn", "flask")]
    machine = re.search("model name\\s*: (.*)", Path("/proc/cpuinfo").read_text())
    click.echo(f"{quads:,} quads; {platform.platform()}, {os.cpu_count()} × {machine[1] if machine else '?'}")
    click.echo(f"Python {platform.python_version()}, {', '.join(parts)}, SQLite {sqlite3.sqlite_version}")


def _title(text: str) -> None:
    click.echo(f"\n{text} (load of the machine {os.getloadavg()[0]:.1f})")


def _wait(server: Running, copied: bool) -> None:
    """Until khabar has made its text index and (`copied`) its copy in memory, which take processors meanwhile."""
    made = False
    while not made:
        with suppress(click.ClickException):  # busy
            get(server.address, "/search?q=x", "application/json")
            made = True
    while copied and b"khabar_version_in_memory 1\n" not in get(server.address, "/metrics")[1]:
        time.sleep(0.5)


def _compare(khabar: Running, other: Running) -> None:
    _title("sixteen kinds of query, best of several over HTTP, no cache")
    names = ["query", "khabar ms", "oxigraph serve ms", "ratio", "khabar CPU ms", "oxigraph CPU ms", "CPU ratio"]
    table = PrettyTable(names, align="r")
    ratios, of_cpu = [], []
    for path in sorted((HERE / "endpoint_queries").glob("*.rq")):
        ours, theirs = best(path.read_text(encoding="utf-8"), khabar, other)
        ratios.append(ours.wall / theirs.wall)
        of_cpu.append(ours.cpu / theirs.cpu)
        wall = (f"{ours.wall:.1f}", f"{theirs.wall:.1f}", f"{ratios[-1]:.2f}")
        table.add_row([path.stem, *wall, f"{ours.cpu:.1f}", f"{theirs.cpu:.1f}", f"{of_cpu[-1]:.2f}"])
    click.echo(table)
    for name, found in (("time", ratios), ("processor time", of_cpu)):
        over, halves = sum(ratio > 1.15 for ratio in found), sum(ratio <= 0.5 for ratio in found)
        click.echo(
            f"{name}: highest ratio {max(found):.2f}, above 1.15: {over} (bar 0), at most half: {halves} (bar 6)"
        )


def _compare_with_rdflib(khabar: Running, db: Path, quads: int) -> None:
    _title(f"the same on {quads:,} quads beside rdflib's in-memory graph in process")
    dump = ox.Store.read_only(str(db / "versions/1/store")).dump(format=ox.RdfFormat.N_QUADS)
    script = [sys.executable, str(HERE / "endpoint_rdflib.py")]
    told = subprocess.run(script, input=dump, capture_output=True, check=True).stdout.splitlines()
    table = PrettyTable(["query", "khabar ms", "rdflib ms", "ratio"], align="r")
    beaten = 0
    for row in map(json.loads, told):
        query = (HERE / "endpoint_queries" / f"{row['query']}.rq").read_text(encoding="utf-8")
        ours = best(query, khabar)[0].wall
        beaten += ours < row["ms"]
        table.add_row([row["query"], f"{ours:.1f}", f"{row['ms']:.1f}", f"{ours / row['ms']:.3f}"])
    click.echo(table)
    click.echo(
        f"rdflib is beaten on {beaten} of {len(told)} (bar: all). It grows with the data at least as khabar does."
    )


def _search(khabar: Running) -> None:
    _title("text search over HTTP, twenty results as JSON, best and median")
    table = PrettyTable(["search", "best ms", "median ms"], align="r")
    slowest = 0.0
    for name, words in SEARCHES.items():
        times = [get(khabar.address, f"/search?q={quote(words)}", "application/json")[0] * 1000 for _ in range(25)]
        slowest = max(slowest, min(times))
        table.add_row([name, f"{min(times):.1f}", f"{statistics.median(times):.1f}"])
    click.echo(table)
    click.echo(f"slowest {slowest:.1f} ms (bar 10)")


def _load(wrk: str, khabar: Running, cached: Running, other: Running, bare: Running) -> None:
    _title(f"point queries, 8 connections, two workers, median of {_ROUNDS} rounds in turns")
    servers = {
        "khabar, no cache": khabar,
        "khabar, with cache": cached,
        "oxigraph serve": other,
        "khabar, engine in the HTTP process": bare,
    }
    for server in servers.values():
        saturate(wrk, server)  # warms; fills the cache
    rounds: dict[str, list[Load]] = {name: [] for name in servers}
    for _ in range(_ROUNDS):
        for name, server in servers.items():
            rounds[name].append(saturate(wrk, server))
    table = PrettyTable(
        ["server", "queries/s", "beside oxigraph", "CPU µs/query", "HTTP process", "workers"], align="r"
    )
    found = {name: _median(loads) for name, loads in rounds.items()}
    for name, load in found.items():
        ratio = load.rate / found["oxigraph serve"].rate
        cpu = (load.first + load.others, load.first, load.others)
        table.add_row([name, f"{load.rate:,.0f}", f"{ratio:.2f}", *(f"{part:.0f}" for part in cpu)])
    click.echo(table)
    ours, inside = found["khabar, no cache"], found["khabar, engine in the HTTP process"]
    cost = ours.first + ours.others - inside.first - inside.others
    click.echo("bars: 1.5 with cache, 0.5 without, aiming at 0.8")
    click.echo(f"isolation: {cost:.0f} µs of CPU a query over the engine in process, under saturation (bar 100)")


def _median(loads: list[Load]) -> Load:
    return Load(*(statistics.median(getattr(load, part) for load in loads) for part in ("rate", "first", "others")))


if __name__ == "__main__":
    main()
