"""Bulk ingest and the check of what it made: `python bench/bulk.py [--articles N] [--alone N]`.

Ingests articles (a million quads of them) with the engine that screens, and `--alone` articles with pySHACL only, in
two processes each. Then one triple in 500 of the first store is taken out and `khabar validate --db` checks it: in
full, and once more cut off half-way and taken up again from its journal. Prints articles a second, CPU milliseconds an
article, the check's time and each process's memory, and whether the interrupted check tells the same. Linux only.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyoxigraph as ox
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.million import CORPUS, again, articles, spoil, told
from kg.gate import judge_all
from kg.ingest import ingest
from kg.model import Article
from kg.pipeline import Stages
from kg.store import open_current
from kg.store.versions import make_current, publish

JOBS = 2


def cpu() -> float:
    """The CPU seconds of this process and of those of its children that have ended."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def many(corpus: Path, count: int) -> Iterator[Article]:
    """So many articles: those of the corpus, then the same under other ids."""
    first = list(itertools.islice(articles(corpus), count))
    endless = (again(article, turn) for turn in itertools.count() for article in first)
    return itertools.islice(endless, count)


def fill(db: Path, sources: Iterator[Article], screened: bool) -> int:
    """Ingests, prints at what rate, and gives the number of quads."""
    stages = Stages(judge=partial(judge_all, screened=screened))
    begun, used = time.perf_counter(), cpu()
    summary = ingest(db, tqdm(sources, desc="ingest", unit=" articles"), jobs=JOBS, stages=stages)
    passed, spent = time.perf_counter() - begun, cpu() - used
    print(
        f"ingest, {'an engine screens' if screened else 'pySHACL alone':18} {summary.written:6,} articles, "
        f"{summary.quads:,} quads: {summary.written / passed:6.1f} a second by the clock, "
        f"{spent / summary.written * 1000:5.1f} ms CPU an article in all, which is "
        f"{JOBS * summary.written / spent:6.1f} a second on {JOBS} free cores; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return summary.quads


def publish_spoilt(db: Path, folder: Path) -> None:
    """Publishes a version that lacks one triple in 500, so that there is something to be found."""
    spoilt = ox.Store(str(folder / "spoilt"))
    with open_current(db) as (version, graph):
        spoilt.bulk_extend(graph)
        manifest = version.manifest
    spoil(spoilt)
    publish(spoilt, replace(manifest, version=manifest.version + 1), db)
    make_current(db, manifest.version + 1)
    print(f"a store of {len(spoilt):,} quads", flush=True)


class Check:
    """`khabar validate --db` in processes of its own."""

    def __init__(self, db: Path, journal: Path, *options: str) -> None:
        command = [sys.executable, "-m", "kg", "validate", "--db", str(db), "--journal", str(journal)]
        command += ["--jobs", str(JOBS), "--format", "json", "--fail-on", "never", *options]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
        self._journal = journal
        self._out = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 -- as long as the process
        self.process = subprocess.Popen(command, stdout=self._out, stderr=subprocess.DEVNULL, env=environment)
        self.peaks: dict[int, int] = {}

    def wait(self, until: int | None = None) -> None:
        """Waits for the end, or until so many batches are in the journal, and notes the processes' memory."""
        while self.process.poll() is None and (until is None or self.batches() < until):
            for process in family(self.process.pid):
                self.peaks[process] = max(self.peaks.get(process, 0), peak_of(process))
            time.sleep(0.2)

    def batches(self) -> int:
        """How many are in the journal."""
        return self._journal.read_text("utf-8").count("\n") - 1 if self._journal.is_file() else 0

    def found(self) -> list[str]:
        """The fingerprints of what it found."""
        self._out.seek(0)
        return sorted(result["fingerprint"] for result in json.load(self._out)["results"])


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []  # it has just ended
    return [pid, *(each for child in children for each in family(int(child)))]


def peak_of(pid: int) -> int:
    """The most memory that a process has had, in kB."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0  # it has just ended
    return int(found[1]) if found else 0


def check(db: Path, folder: Path) -> None:
    """The check in full with and without screening, and interrupted."""
    results: list[list[str]] = []
    for name, options in (("an engine screens", ()), ("pySHACL alone", ("--no-screening",))):
        begun, used = time.perf_counter(), cpu()
        full = Check(db, folder / f"{len(results)}.jsonl", *options)
        full.wait()
        results.append(full.found())
        peaks = ", ".join(f"{peak / 1024:.0f}" for peak in sorted(full.peaks.values(), reverse=True))
        print(
            f"validate --db, {name:18} {time.perf_counter() - begun:6.0f} s by the clock, {cpu() - used:6.0f} s CPU, "
            f"{full.batches():,} batches, {len(results[-1]):,} findings; memory of its processes {peaks} MB",
            flush=True,
        )
    print(f"  the same findings: {results[0] == results[1]}")
    journal = folder / "cut.jsonl"
    half = Check(db, journal)
    half.wait(full.batches() // 2)
    half.process.terminate()
    half.process.wait()
    kept = half.batches()
    rest = Check(db, journal)
    rest.wait()
    print(f"  cut off after {kept:,} batches and taken up again, the same findings: {rest.found() == results[0]}")


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=7_800, help="a million quads of the shared corpus")
    parser.add_argument("--alone", type=int, default=2_000)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    arguments = parser.parse_args()
    print(told(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "alone", many(arguments.corpus, arguments.alone), screened=False)
        fill(Path(folder) / "db", many(arguments.corpus, arguments.articles), screened=True)
        publish_spoilt(Path(folder) / "db", Path(folder))
        check(Path(folder) / "db", Path(folder))


if __name__ == "__main__":
    main()
