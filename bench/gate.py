"""What the gate costs beside a store of a million quads: `python bench/gate.py [--quads N] [--articles N]`.

Makes a store of N quads out of a corpus. In CPU milliseconds an article, medians, with pySHACL for core and with the
engine that screens: judging an article's graph as ingest does (alone and in batches), and judging its nodes in the
union of all graphs of the store as `khabar validate --db` does. Then the same for small writes to that store.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import pyoxigraph as ox
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.million import CORPUS, Made, graphs, store_of, told
from kg.gate import judge_all
from kg.gate.change import Change, judge_change
from kg.gate.engine import results_on
from kg.gate.nodes import possible_focus, reader_of
from kg.gate.screening import Screening, screening_of
from kg.gate.shapes import default_shapes
from kg.rdf.vocab import KHABAR
from kg.validate.whole_store import BATCH

BATCHES = (1, 4, 16, 32)

T = TypeVar("T")
P = ParamSpec("P")


def timed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, float]:
    """What the work gives, and its CPU milliseconds."""
    start = time.process_time()
    result = work(*args, **kwargs)
    return result, (time.process_time() - start) * 1000


def gate(made: Sequence[Made], engines: dict[str, Screening | None]) -> None:
    """Each article's graph, judged alone and in batches."""
    cases, texts = [each.case() for each in made], {each.graph.iri: each.text for each in made}
    sizes = [len(case.quads) for case in cases]
    print(f"{len(cases)} articles' graphs, median {statistics.median(sizes):.0f} quads, largest {max(sizes)}")
    for size, (name, screening) in itertools.product(BATCHES, engines.items()):
        groups = [cases[start : start + size] for start in range(0, len(cases), size)]
        each = [timed(judge_all, group, texts.get, screened=screening is not None)[1] / len(group) for group in groups]
        _tell(f"gate, {size} a call, {name}", each, "an article")


def in_store(store: ox.Store, made: Sequence[Made], engines: dict[str, Screening | None]) -> None:
    """The nodes of articles' graphs, judged in the union of all graphs, as many at a time as `validate --db` takes."""
    shapes = default_shapes()
    read = reader_of(store, shapes)
    groups = [made[start : start + BATCH] for start in range(0, len(made), BATCH)]
    for name, screening in engines.items():
        each = []
        for group in groups:
            nodes = possible_focus((quad for one in group for quad in one.graph.parsed()), shapes)
            each.append(timed(results_on, nodes, read, shapes, screening)[1] / len(group))
        _tell(f"in the store, {BATCH} a call, {name}", each, "an article")


def writes(store: ox.Store, count: int) -> None:
    """Small writes judged against the store: a statement's modality changed, one triple added or taken away."""
    chance = random.Random(2)
    statements = sorted(store.quads_for_pattern(None, ox.NamedNode(str(KHABAR.modality)), None, None), key=str)
    taken = chance.sample(statements, min(count, len(statements)))
    denied = ox.NamedNode(str(KHABAR._NS) + "denied")
    changes = [Change([ox.Quad(q.subject, q.predicate, denied, q.graph_name)], [q]) for q in taken]
    judge_change(store, changes[0])
    each = [timed(judge_change, store, change) for change in changes]
    reached = statistics.mean(verdict.reached for verdict, _ in each)
    _tell(f"{len(each)} writes that reach {reached:.1f} nodes", [ms for _, ms in each], "a write")


def _tell(name: str, times: Sequence[float], per: str) -> None:
    high = sorted(times)[int(len(times) * 0.95)]
    print(f"{name:48} median {statistics.median(times):6.2f} ms CPU, 95 % {high:6.2f} ms {per}", flush=True)


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--articles", type=int, default=320)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--changes", type=int, default=200)
    arguments = parser.parse_args()
    print(told())
    made = list(tqdm(graphs(arguments.corpus, arguments.quads), desc="graphs", unit=" articles"))
    store = store_of(made)
    print(f"beside a store of {len(store):,} quads, {len(made):,} articles", flush=True)
    screening = screening_of(default_shapes())
    engines = {"pySHACL": None} | ({} if screening is None else {f"{screening.engine.name} screens": screening})
    sample = random.Random(3).sample(made, min(arguments.articles, len(made)))
    gate(sample, engines)
    in_store(store, sample, engines)
    writes(store, arguments.changes)


if __name__ == "__main__":
    main()
