"""What judging a few nodes of a large graph needs of it, read along the shapes' footprints."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import pyoxigraph as ox

from kg.gate.reach import TO_CLASSES, Footprint, Target, footprints
from kg.gate.shapes import Shapes
from kg.gate.terms import ox_quads
from kg.gate.walk import Path, Read, Step, Term, Triple, back, follow, steps


class GraphReader(Protocol):
    """What the gate asks of a graph; `pyoxigraph.Store` has it."""

    def quads_for_pattern(
        self,
        subject: ox.NamedNode | ox.BlankNode | ox.Triple | None,
        predicate: ox.NamedNode | None,
        object: Term | None,
        graph_name: ox.NamedNode | ox.BlankNode | ox.DefaultGraph | None = None,
        /,
    ) -> Iterator[ox.Quad]:
        """The quads that match; None stands for any term."""


@dataclass(frozen=True)
class Plan:
    """The footprints, and for each predicate (None: any) the paths back from a triple's subject or object."""

    shapes: tuple[Footprint, ...]
    back_from: dict[tuple[str | None, bool], tuple[Path, ...]]
    _by_class: dict[Term, list[Footprint]]
    _by_predicate: dict[Term, list[Footprint]]
    _otherwise: dict[Target, list[Footprint]]

    def at(self, node: Term, read: Read) -> list[Footprint]:
        """The footprints of the shapes that have the node as a focus node; one may stand twice."""
        found = [each for cls in follow(TO_CLASSES, [node], read) for each in self._by_class.get(cls, ())]
        if self._by_predicate and not isinstance(node, ox.Literal):
            predicates = {triple[1] for triple in read(node, None, None)}
            found.extend(each for p in predicates for each in self._by_predicate.get(p, ()))
        found.extend(each for target, prints in self._otherwise.items() if target.has(node, read) for each in prints)
        return found


@lru_cache(maxsize=4)
def plan_of(shapes: Shapes) -> Plan:
    """The plan of a set of shapes, made once; raises OntologyError where a shape's reach cannot be told."""
    prints = footprints(shapes.graph)
    found: dict[tuple[str | None, bool], set[Path]] = {}
    for path in {path for each in prints for path in each.paths}:
        for way, step in steps(path):
            key = (None if step.predicate is None else step.predicate.value, step.inverse)
            found.setdefault(key, set()).add(back(way))
    by_class: dict[Term, list[Footprint]] = {}
    by_predicate: dict[Term, list[Footprint]] = {}
    otherwise: dict[Target, list[Footprint]] = {}
    for target, each in [(target, footprint) for footprint in prints for target in footprint.targets]:
        first = target.path[0] if target.path else None
        if target.path == TO_CLASSES and target.end is not None:
            by_class.setdefault(target.end, []).append(each)
        elif isinstance(first, Step) and not first.inverse and first.predicate is not None and target.end is None:
            by_predicate.setdefault(first.predicate, []).append(each)  # sh:targetSubjectsOf: a path of one step
        else:
            otherwise.setdefault(target, []).append(each)
    return Plan(prints, {key: tuple(ways) for key, ways in found.items()}, by_class, by_predicate, otherwise)


def needed(nodes: Collection[Term], read: Read, shapes: Shapes) -> list[ox.Quad]:
    """What judging the nodes needs of the graph that `read` reads, along the footprints of their shapes."""
    read = remembering(read)
    touched: set[Triple] = set()
    judged: dict[str, set[Term]] = {}
    plan = plan_of(shapes)
    for node in nodes:
        for each in plan.at(node, read):
            judged.setdefault(each.shape, set()).add(node)
    focus: dict[Path, set[Term]] = {}
    for path, nodes_of_shape in (
        (p, judged[each.shape]) for each in plan.shapes if each.shape in judged for p in each.paths
    ):
        focus.setdefault(path, set()).update(nodes_of_shape)
    for path, starts in focus.items():
        follow(path, starts, read, touched)
    return [ox.Quad(s, p, o) for s, p, o in touched if not isinstance(s, ox.Literal)]


def possible_focus(quads: Iterable[ox.Quad], shapes: Shapes) -> set[Term]:
    """The nodes that can be focus nodes because of `quads`, and those that shapes name; `needed` sorts them out."""
    targets = [target for each in plan_of(shapes).shapes for target in each.targets]
    nodes = {target.end for target in targets if not target.path and target.end is not None}
    as_objects = {
        part.predicate for target in targets for part in target.path if isinstance(part, Step) and part.inverse
    }
    for quad in quads:
        nodes.add(quad.subject)
        if quad.predicate in as_objects:
            nodes.add(quad.object)
    return nodes


def remembering(read: Read) -> Read:
    """The same reader, which asks for each pattern once."""
    known: dict[tuple[Term | None, ox.NamedNode | None, Term | None], tuple[Triple, ...]] = {}

    def remembered(s: Term | None, p: ox.NamedNode | None, o: Term | None) -> tuple[Triple, ...]:
        if (s, p, o) not in known:
            known[s, p, o] = tuple(read(s, p, o))
        return known[s, p, o]

    return remembered


def triples_of(
    s: Term | None,
    p: ox.NamedNode | None,
    o: Term | None,
    *graphs: GraphReader,
    without: Container[ox.Quad] = frozenset(),
) -> Iterator[Triple]:
    """The triples of several graphs that match a pattern, each once; quads in `without` do not count."""
    if isinstance(s, ox.Literal):
        return iter(())
    quads = (quad for graph in graphs for quad in graph.quads_for_pattern(s, p, o, None) if quad not in without)
    return iter({(quad.subject, quad.predicate, quad.object) for quad in quads})


@lru_cache(maxsize=4)
def vocabulary_store(shapes: Shapes) -> ox.Store:
    """The subclass links and concepts that the shapes are judged with, as a store."""
    store = ox.Store()
    store.extend(ox_quads(shapes.vocabulary))
    return store


def reader_of(graph: GraphReader, shapes: Shapes) -> Read:
    """Reads the union of all graphs of `graph`, with the vocabulary of the shapes."""
    vocabulary = vocabulary_store(shapes)
    return lambda s, p, o: triples_of(s, p, o, graph, vocabulary)
