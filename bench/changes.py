"""The gate on writes against pySHACL on the whole graph: `python bench/changes.py [--changes N] [--seed N]`.

Random graphs are made of the shapes' examples and changed at random, by inserts, deletes, new types and moves between
graphs. After each change pySHACL judges the whole graph, by the shapes as they are written, `sh:sparql` too; what it
finds before and after must differ in just what the gate reports as new and as gone. Prints the numbers of changes and
differences, and how many results and shapes took part; exit code 1 where there is a difference.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from unittest.mock import patch

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg import resources
from kg.gate import core
from kg.gate.change import Change, judge_change
from kg.gate.shapes import Shapes, default_shapes
from kg.gate.terms import add_all

PER_GRAPH = 40  # changes made to one graph before another is taken
GOOD, BAD = 4, 2  # examples in a graph: few, so that changes meet
GRAPHS = tuple(ox.NamedNode(f"https://w3id.org/khabar/graph/{name}") for name in ("one", "two"))
TYPE = ox.NamedNode(str(RDF.type))

Keys = set[tuple[str, ...]]


@dataclass(slots=True)
class Proof:
    """What a number of changes came to. `differences` tell the seed, the change and what was reported otherwise."""

    changes: int = 0
    new: int = 0
    gone: int = 0
    shapes: set[str] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)


def whole(store: ox.Store, shapes: Shapes) -> Keys:
    """What pySHACL alone finds in the union of all graphs."""
    data = add_all(Graph(), store)
    data += shapes.vocabulary
    return {result.key() for result in core.results_of(core.run_pyshacl(data, shapes.full), shapes.graph)}


@contextmanager
def queries_parsed_once() -> Iterator[None]:
    """pySHACL hands rdflib the text of a query for every focus node; within this, rdflib parses each text once.

    What is evaluated is the same; it takes half the time.
    """

    @lru_cache(maxsize=256)
    def translated(text: str, base: str | None, prefixes: tuple[tuple[str, Any], ...]) -> Any:
        return translateQuery(parseQuery(text), base, dict(prefixes))

    def kept(text: str, base: str | None = None, prefixes: dict[str, Any] | None = None) -> Any:
        return translated(text, base, tuple((prefixes or {}).items()))

    with patch.multiple(processor, parseQuery=str, translateQuery=kept):
        yield


def generated(seed: int) -> ox.Store:
    """A graph of some of the good examples and a few bad ones, so that there is something to be mended."""
    chosen = random.Random(seed)
    good, bad = (sorted(resources.examples_dir().glob(f"*.{kind}.ttl")) for kind in ("good", "bad"))
    store = ox.Store()
    for file in [*chosen.sample(good, GOOD), *chosen.sample(bad, BAD)]:
        triples = ox.parse(path=str(file), format=ox.RdfFormat.TURTLE)
        store.extend(ox.Quad(t.subject, t.predicate, t.object, GRAPHS[0]) for t in triples)
    return store


class Changes:
    """Random changes to a graph: insert, delete, retype, move, one to three quads at a time."""

    def __init__(self, store: ox.Store, seed: int) -> None:
        self.store = store
        self.random = random.Random(seed)
        quads = sorted(store, key=str)
        self.subjects = sorted({quad.subject for quad in quads}, key=str)
        self.predicates = sorted({quad.predicate for quad in quads}, key=str)
        self.objects = {p: sorted({q.object for q in quads if q.predicate == p}, key=str) for p in self.predicates}
        self.classes = self.objects[TYPE]

    def __iter__(self) -> Iterator[Change]:
        kinds = [self._insert, self._delete, self._delete, self._retype, self._move, self._foreign]
        while True:
            changes = [self.random.choice(kinds)() for _ in range(self.random.randint(1, 3))]
            yield Change(
                [quad for change in changes for quad in change.added],
                [quad for change in changes for quad in change.removed],
            )

    def _present(self) -> ox.Quad:
        quads: list[ox.Quad] = sorted(self.store, key=str)
        return self.random.choice(quads)

    def _insert(self) -> Change:
        predicate = self.random.choice(self.predicates)
        value = self.random.choice(self.objects[predicate])
        return Change([ox.Quad(self.random.choice(self.subjects), predicate, value, self.random.choice(GRAPHS))])

    def _foreign(self) -> Change:
        """A value that another predicate has: mostly of the wrong kind."""
        value = self.random.choice(self.objects[self.random.choice(self.predicates)])
        subject, predicate = self.random.choice(self.subjects), self.random.choice(self.predicates)
        return Change([ox.Quad(subject, predicate, value, GRAPHS[0])])

    def _delete(self) -> Change:
        return Change(removed=[self._present()])

    def _retype(self) -> Change:
        quads = sorted(self.store.quads_for_pattern(None, TYPE, None, None), key=str)
        old = self.random.choice(quads)
        return Change([ox.Quad(old.subject, TYPE, self.random.choice(self.classes), old.graph_name)], [old])

    def _move(self) -> Change:
        old = self._present()
        return Change([ox.Quad(old.subject, old.predicate, old.object, self.random.choice(GRAPHS))], [old])


def apply(store: ox.Store, change: Change) -> None:
    """Makes the change."""
    for quad in set(change.removed) - set(change.added):
        store.remove(quad)
    store.extend(change.added)


def prove(count: int, seed: int) -> Proof:
    """Holds the gate to pySHACL over that many changes, in graphs of `PER_GRAPH` changes each."""
    proof = Proof()
    with queries_parsed_once():
        while proof.changes < count:
            _change(proof, min(PER_GRAPH, count - proof.changes), seed)
            seed += 1
    return proof


def _change(proof: Proof, steps: int, seed: int) -> None:
    shapes, store = default_shapes(), generated(seed)
    before = whole(store, shapes)
    for number, change in zip(range(steps), Changes(store, seed), strict=False):
        verdict = judge_change(store, change, shapes)
        apply(store, change)
        after = whole(store, shapes)
        new, gone = ({result.key() for result in each.results} for each in (verdict.new, verdict.gone))
        if (new, gone) != (after - before, before - after):
            wrong = f"new {new ^ (after - before)} gone {gone ^ (before - after)}"
            proof.differences.append(f"seed {seed}, change {number}: {change} {wrong}")
        proof.new, proof.gone = proof.new + len(after - before), proof.gone + len(before - after)
        proof.shapes |= {key[3] for key in after ^ before}
        before = after
    proof.changes += steps


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="of the first graph; the next has the next number")
    options = parser.parse_args()
    proof = prove(options.changes, options.seed)
    for difference in proof.differences:
        print(difference)
    print(f"{proof.changes:,} changes, {len(proof.differences)} differences from pySHACL on the whole graph")
    print(f"{proof.new:,} results new, {proof.gone:,} gone, of {len(proof.shapes)} shapes")
    sys.exit(1 if proof.differences else 0)


if __name__ == "__main__":
    main()
