"""SHACL engines on one whole store: `python bench/engines.py [--quads N] [--corpus FILE]`.

Makes a store of N quads (a million) out of a corpus, takes one triple in 500 out of it, and judges all of it in this
process by pySHACL alone, by Khabar's engine (pySHACL for core, `sh:sparql` set-based, a chunk of nodes at a time), and
by the same with the engine that screens. Prints CPU time and memory of each, and whether they find the same results.
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
from pyshacl import Validator
from pyshacl.graph_abstraction import DataGraph
from rdflib import Graph
from tqdm import tqdm

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from bench.million import CORPUS, graphs, spoil, store_of, told
from kg.gate import core, fast
from kg.gate.engine import results_on
from kg.gate.nodes import possible_focus, reader_of
from kg.gate.screening import REFERENCE, Screening, screening_of
from kg.gate.shapes import Shapes, default_shapes
from kg.gate.terms import add_all
from kg.validate.whole_store import NODES

Keys = set[tuple[str, ...]]


def alone(store: ox.Store, shapes: Shapes) -> Keys:
    """What pySHACL finds in the union of all graphs, by the shapes as they are written; shape by shape, counted."""
    data = add_all(Graph(), store) + shapes.vocabulary
    validator = Validator(DataGraph.from_rdflib(data), shacl_graph=Graph(), options={"inplace": True})
    validator.shacl_graph = shapes.full
    executor = validator.make_executor()
    found = []
    for shape in tqdm(list(shapes.full.shapes), desc=REFERENCE, unit=" shapes"):
        found.extend(shape.validate(executor, validator.data_graph)[1])
    report, _ = validator.create_validation_report(shapes.full, not found, found)
    return {result.key() for result in core.results_of(report, shapes.graph)}


def by_nodes(store: ox.Store, shapes: Shapes, screening: Screening | None) -> Keys:
    """What Khabar's engine finds, as `khabar validate --db` goes about it."""
    read = reader_of(store, shapes)
    nodes = iter(sorted(possible_focus(store, shapes), key=str))
    found: Keys = set()
    while chunk := set(itertools.islice(nodes, NODES)):
        found |= results_on(chunk, read, shapes, screening).keys()
    return found


def measured(name: str, work: Callable[[], Keys]) -> tuple[Keys, float]:
    """What the work finds, and its CPU seconds; prints both with the most memory this process has had so far."""
    begun = time.process_time()
    found = work()
    spent = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:36} {spent:8.1f} s CPU   {len(found):7,} results   memory so far {peak:7,.0f} MB", flush=True)
    return found, spent


def main() -> None:
    """Prints all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    arguments = parser.parse_args()
    print(told())
    store = store_of(tqdm(graphs(arguments.corpus, arguments.quads), desc="graphs", unit=" articles"))
    spoil(store)
    shapes = default_shapes()
    screening = screening_of(shapes)
    print(f"store of {len(store):,} quads, {sum(1 for _ in store.named_graphs()):,} graphs", flush=True)
    ours, ours_s = measured("Khabar", lambda: by_nodes(store, shapes, None))
    if screening is not None:
        screened, screened_s = measured(
            f"Khabar, {screening.engine.name} screens", lambda: by_nodes(store, shapes, screening)
        )
    reference, reference_s = measured(f"{REFERENCE} alone", lambda: alone(store, shapes))
    print(f"Khabar: {reference_s / ours_s:.1f} x as fast, the same results: {ours == reference}")
    if screening is None:
        print(f"{fast.PACKAGE} {fast.VERSION} is not installed: pip install khabar[screening]")
    else:
        print(f"with screening: {reference_s / screened_s:.1f} x as fast, the same results: {screened == reference}")
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
