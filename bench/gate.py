"""Speed of the gate on one core: `python bench/gate.py [--articles N] [--corpus FILE] [--changes N]`.

Extracts N articles of the corpus once, then prints CPU milliseconds an article for judging each graph alone and in
batches, times writes judged against a store of all of them, and compares the whole store with pySHACL alone in the same
run (time and results). Figures are medians of CPU time; the store's size is printed with them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

import pyoxigraph as ox
from rdflib import Graph

from kg.gate import Case, core, judge, judge_all
from kg.gate.change import Change, judge_change
from kg.gate.engine import results_on
from kg.gate.nodes import possible_focus, reader_of
from kg.gate.shapes import default_shapes
from kg.gate.terms import add_all
from kg.model import Article
from kg.pipeline import extract
from kg.rdf.quads import ArticleGraph, graph_of
from kg.rdf.vocab import KHABAR

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "news-sample.jsonl.gz"
BATCHES = (1, 4, 16, 32)
NODES = 600

T = TypeVar("T")
P = ParamSpec("P")


def articles(corpus: Path) -> Iterator[Article]:
    """The articles of a gzipped JSON-lines file with `id` and `text`."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            digest = hashlib.sha256(text.encode()).hexdigest()
            yield Article(hashlib.sha256(row["id"].encode()).hexdigest()[:16], row["id"], text, digest, language="ar")


def timed(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> tuple[T, float]:
    """What the work gives, and its CPU milliseconds."""
    start = time.process_time()
    result = work(*args, **kwargs)
    return result, (time.process_time() - start) * 1000


def gate(cases: Sequence[Case], texts: dict[str, str]) -> None:
    """Each article's graph, judged alone and in batches."""
    judge(cases[0], texts.get)  # the shapes are parsed once a process
    alone = [timed(judge, case, texts.get)[1] for case in cases]
    sizes = [len(case.quads) for case in cases]
    print(f"{len(cases)} graphs, median {statistics.median(sizes):.0f} quads, largest {max(sizes)}")
    print(f"gate, one graph a call     median {statistics.median(alone):6.1f} ms   95 % {_quantile(alone):6.1f} ms")
    for size in BATCHES[1:]:
        groups = [cases[start : start + size] for start in range(0, len(cases), size)]
        each = [timed(judge_all, group, texts.get)[1] / len(group) for group in groups]
        print(f"gate, {size:3} graphs a call    median {statistics.median(each):6.1f} ms an article")


def _quantile(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


def whole(store: ox.Store) -> None:
    """The whole store through the gate's engine, node by node, and through pySHACL alone: time and results."""
    shapes = default_shapes()
    read = reader_of(store, shapes)

    def by_nodes() -> set[tuple[str, ...]]:
        nodes = iter(sorted(possible_focus(store, shapes), key=str))
        found: set[tuple[str, ...]] = set()
        while chunk := set(itertools.islice(nodes, NODES)):
            found |= results_on(chunk, read, shapes).keys()
        return found

    def alone() -> set[tuple[str, ...]]:
        data = add_all(Graph(), store) + shapes.vocabulary
        return {result.key() for result in core.results_of(core.run_pyshacl(data, shapes.full), shapes.graph)}

    gate_found, gate_ms = timed(by_nodes)
    reference, reference_ms = timed(alone)
    print(f"whole store of {len(store)} quads: gate {gate_ms / 1000:.1f} s, pySHACL alone {reference_ms / 1000:.1f} s")
    print(f"  {reference_ms / gate_ms:.1f} x, {len(reference)} results, the same: {gate_found == reference}")


def spoilt(store: ox.Store, count: int) -> None:
    """Takes some triples out, so that there is something to be found."""
    quads = sorted(store, key=str)
    for quad in random.Random(1).sample(quads, count):
        store.remove(quad)


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
    times = [ms for _, ms in each]
    print(
        f"write to a store of {len(store)} quads, {len(times)} of them, {reached:.1f} focus nodes reached on average:"
    )
    print(f"  median {statistics.median(times):.1f} ms, 95 % {_quantile(times):.1f} ms")


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--changes", type=int, default=200)
    arguments = parser.parse_args()
    if not arguments.corpus.is_file():
        sys.exit(f"{arguments.corpus}: not there; name a gzipped JSON-lines file of articles with --corpus")
    graphs: list[ArticleGraph] = []
    texts: dict[str, str] = {}
    for article in itertools.islice(articles(arguments.corpus), arguments.articles):
        graphs.append(graph_of(extract(article), "bench"))
        texts[graphs[-1].iri] = article.text
    gate([Case(graph.iri, graph.parsed(), graph.context()) for graph in graphs], texts)
    store = ox.Store()
    for graph in graphs:
        store.extend(graph.parsed())
        store.extend(graph.context())
    writes(store, arguments.changes)
    spoilt(store, len(store) // 500)
    whole(store)


if __name__ == "__main__":
    main()
