"""What strangers can do to a running server, in figures.

    python bench/robustness.py hostile      # every input of hostile.toml, and how soon the next ASK is answered
    python bench/robustness.py deadline     # the runaway queries of runaway.toml, and how late they end
    python bench/robustness.py kills        # SIGKILL at random moments under load: is every acknowledged write there?
    python bench/robustness.py switches     # new versions under load: does any request fail?

Each starts servers of its own on this machine; exit 1 where a bar is not met.
"""

from __future__ import annotations

import contextlib
import itertools
import random
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
from prettytable import PrettyTable

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.hostile import hostile_inputs, runaway_queries, send
from bench.kills import kill_rounds, leftovers
from bench.served import TOKEN, Server, ask, machine, make_store, metric, percentile, serving
from bench.switches import switch_versions

NEXT_ASK = 1.0
"""Seconds in which the ASK after a hostile input is to be answered."""

LATE = 0.25
"""Seconds that a runaway query may take beyond its deadline."""

_FORMATS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/turtle")


@click.group(help=__doc__)
def main() -> None:
    """Figures of robustness."""


@main.command()
@click.option("--deadline", default=0.6, show_default=True, help="Seconds a query has.")
@click.option("--verbose", is_flag=True, help="Each input with its outcome, on stderr.")
def hostile(deadline: float, verbose: bool) -> None:
    """Sends every hostile input; after each, an ASK."""
    inputs, classes, worst = hostile_inputs(), Counter[str](), (0.0, "")
    with _served("--deadline", str(deadline), "--client-seconds", "3600", "--memory", "512") as server:
        for sent in inputs:
            told = send(server.address, sent, TOKEN)
            classes[told] += 1
            status, seconds, _ = ask(server.address)
            worst = max(worst, (seconds, f"{sent} (ASK: {status})"))
            if status != 200:
                classes[f"next ASK {status}"] += 1
            if verbose or _is_bad(told):
                click.echo(f"{told}: {sent}", err=True)
        ended = metric(server.address, "khabar_workers_ended_total")
        deaths = server.deaths()
    click.echo(f"{len(inputs)} hostile inputs; {machine()}")
    _table(("outcome", "inputs"), sorted(classes.items()))
    click.echo(f"worst next ASK: {worst[0]:.3f} s (bar {NEXT_ASK:g} s) after {worst[1]}")
    click.echo(f"processes that died: {deaths} of the server and the workers' parents; query workers replaced: {ended}")
    _finish(worst[0] <= NEXT_ASK and not deaths and not any(map(_is_bad, classes)))


def _is_bad(told: str) -> bool:
    """Whether an outcome is none that a sound server gives: an error of its own, or none in the right form."""
    return told == "500" or any(words in told for words in ("without", "no answer", "next ASK"))


@main.command()
@click.option("--deadline", default=1.0, show_default=True, help="Seconds a query has.")
def deadline(deadline: float) -> None:
    """Sends every runaway query while ordinary ones go on."""
    rows, ordinary, failed, done = [], list[float](), Counter[str](), threading.Event()
    with _served("--deadline", str(deadline), "--client-seconds", "3600", "--cache", "0") as server:

        def keep_asking() -> None:
            for number in itertools.count():
                if done.is_set():
                    return
                status, seconds, answer = ask(server.address, f"SELECT * {{ <urn:n:{number % 3000}> ?p ?o }}")
                ordinary.append(seconds)
                failed[f"{status} {answer[:200]!r}"] += status != 200

        thread = threading.Thread(target=keep_asking)
        thread.start()
        for (kind, query), accept in zip(runaway_queries(), itertools.cycle(_FORMATS), strict=False):
            status, seconds, body = ask(server.address, query, f"{accept}, */*;q=0.1")
            valid = status in (504, 507) and b'"type"' in body
            rows.append((seconds - deadline, kind, status, valid, query))
        done.set()
        thread.join()
    click.echo(f"{len(rows)} runaway queries, deadline {deadline:g} s; {machine()}")
    kinds = sorted({kind for _, kind, *_ in rows})
    _table(
        ("kind", "queries", "outcomes", "worst s after the deadline"),
        [
            (kind, len(of), dict(Counter(status for _, _, status, *_ in of)), f"{max(of)[0]:+.3f}")
            for kind in kinds
            for of in [[row for row in rows if row[1] == kind]]
        ],
    )
    worst, late = max(rows), [row for row in rows if row[0] > LATE]
    click.echo(
        f"worst: {worst[0]:+.3f} s (bar +{LATE:g} s), {len(late)} past it, {sum(not r[3] for r in rows)} invalid"
    )
    click.echo(
        f"ordinary queries meanwhile: {len(ordinary)}, {failed.total()} failed {dict(+failed)}, "
        f"median {percentile(ordinary, 0.5) * 1000:.1f} ms, "
        f"p99 {percentile(ordinary, 0.99) * 1000:.1f} ms, worst {max(ordinary) * 1000:.1f} ms"
    )
    _finish(not late and not failed.total() and all(row[3] for row in rows))


@main.command()
@click.option("--rounds", default=100, show_default=True)
@click.option("--seed", type=int, help="Of the moments and the victims; a new one each time without it.")
def kills(rounds: int, seed: int | None) -> None:
    """Kills servers, writers and ingests at random moments, and counts what is lost."""
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    with tempfile.TemporaryDirectory() as name:
        report = kill_rounds(Path(name), rounds, random.Random(seed))
        left = leftovers(Path(name))
    click.echo(f"{rounds} kills, seed {seed}; {machine()}")
    _table(("what", "count"), [*report.killed.items(), *report.counts.items()])
    for line in (*report.faults, *(f"left over: {each}" for each in left)):
        click.echo(line)
    click.echo(f"faults: {len(report.faults)}, leftover files or processes: {len(left)}")
    _finish(not report.faults and not left)


@main.command()
@click.option("--versions", default=100, show_default=True)
def switches(versions: int) -> None:
    """Publishes new versions by updates while clients read queries and pages."""
    with _served("--deadline", "10", "--client-seconds", "3600") as server:
        statuses, times, readers = switch_versions(server.address, versions)
    click.echo(f"{versions} versions published under load of {readers} readers; {machine()}")
    _table(("request", "status", "count"), [(*key, count) for key, count in sorted(statuses.items())])
    click.echo(f"a write: median {percentile(times, 0.5) * 1000:.0f} ms, worst {max(times) * 1000:.0f} ms")
    _finish(all(status == "200" for _, status in statuses))


@contextlib.contextmanager
def _served(*options: str) -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as name:
        make_store(Path(name) / "db")
        with serving(Path(name), *options) as server:
            yield server


def _table(names: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    table = PrettyTable(names, align="l")
    table.add_rows([list(row) for row in rows])
    click.echo(table)


def _finish(met: bool) -> None:
    click.echo("met" if met else "NOT met")
    sys.exit(0 if met else 1)


if __name__ == "__main__":
    main()
