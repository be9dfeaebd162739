"""Screening: a faster engine accepts most focus nodes, and pySHACL judges what it rejects.

The engine is trusted with a shape only where it tells that shape's good example from bad ones for every constraint
(`probes.py`); the other shapes stay with pySHACL. A sample of the nodes that it accepts is judged by pySHACL as well.
Where the engines differ about a node, that is an error: neither is believed over the other in silence.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from importlib.metadata import version
from multiprocessing import parent_process
from pathlib import Path
from zlib import crc32

import pyoxigraph as ox
from pyshacl.shapes_graph import ShapesGraph
from rdflib import Graph
from rdflib.namespace import RDF, SH
from rdflib.term import Node, URIRef

from kg import resources
from kg.errors import EngineDisagreementError
from kg.gate import fast
from kg.gate.fast import Engine, Rejection
from kg.gate.nodes import vocabulary_store
from kg.gate.plan import TARGETS, copy_of
from kg.gate.probes import constraints_of, examples_of, passes
from kg.gate.shapes import Shapes
from kg.gate.verdict import Result

AUDITED = 64  # one in so many focus nodes that the engine accepts is judged by pySHACL as well, and at least one
REFERENCE = f"pySHACL {version('pyshacl')}"

log = logging.getLogger("khabar.gate")


@dataclass(frozen=True)
class Screening:
    """An engine with the shapes that it is trusted with; `rest` are those that stay with pySHACL, None for none."""

    engine: Engine
    trusted: frozenset[str]
    rest: ShapesGraph | None
    vocabulary: str

    def rejections(self, quads: Iterable[ox.Quad | ox.Triple]) -> set[Rejection]:
        """What the engine holds against the graph; raises ValueError where it cannot read it."""
        return set(self.engine.rejections(as_ntriples(quads) + self.vocabulary))

    def check(self, rejected: Collection[Rejection], confirmed: Iterable[Result], judged: Collection[Node]) -> None:
        """Compares what the engine rejects with what pySHACL finds at the `judged` nodes.

        Raises EngineDisagreementError for a node that the engine alone rejects, and for a shape that pySHACL alone
        holds against a node. Of a node that both reject it does not matter that the engine names more shapes: pySHACL
        tells of which it is to be told.
        """
        said = {(rejection.focus, rejection.shape) for rejection in rejected}
        found = {(r.focus.n3(), r.shape) for r in confirmed if r.shape in self.trusted}
        names = {node.n3() for node in judged}
        missed = sorted(found - said)
        alone = sorted(pair for pair in said if pair[0] in names and pair[0] not in {focus for focus, _ in found})
        if missed:
            raise EngineDisagreementError(_difference(REFERENCE, self.engine.name, *missed[0]))
        if alone:
            raise EngineDisagreementError(_difference(self.engine.name, REFERENCE, *alone[0]))


def _difference(one: str, other: str, focus: str, shape: str) -> str:
    return (
        f"{one} rejects {focus} by the shape <{shape}>, {other} accepts it; "
        "run it again with --no-screening, and report it"
    )


def as_ntriples(quads: Iterable[ox.Quad | ox.Triple]) -> str:
    """The triples of `quads` in N-Triples; their graph names are left out."""
    triples = (quad if isinstance(quad, ox.Triple) else quad.triple for quad in quads)
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert text is not None
    return text.decode()


def audited(nodes: Collection[str]) -> list[str]:
    """The sample of IRIs that pySHACL judges although the engine accepts them: the same of the same nodes."""
    return nsmallest(-(-len(nodes) // AUDITED), nodes, key=lambda node: (crc32(node.encode()), node))


@lru_cache(maxsize=4)
def screening_of(shapes: Shapes) -> Screening | None:
    """The installed engine with those shapes whose probes it passes; None where there is none to use.

    Why an installed engine is used for some shapes only, or not at all, is logged once, in the first process.
    """
    found = fast.installed()
    if found is None:
        return None
    if found != fast.VERSION:
        _tell(f"{fast.PACKAGE} {found} does not screen: only version {fast.VERSION} was compared with pySHACL")
        return None
    return probed(shapes, resources.examples_dir())


def probed(
    shapes: Shapes, examples: Path, compiled: Callable[[Graph], Engine] = fast.compile_shapes
) -> Screening | None:
    """The engine with those shapes whose probes, made of `examples`, it passes; None where there are none.

    `compiled` gives the engine for a shapes graph; ValueError where it cannot read it.
    """
    graph = shapes.core.graph
    vocabulary = as_ntriples(vocabulary_store(shapes))
    try:
        engine = compiled(graph)
    except ValueError as error:
        _tell(f"{fast.PACKAGE} {fast.VERSION} does not screen: it cannot read the shapes ({error})")
        return None
    trusted = _trusted(engine, graph, vocabulary, examples)
    targeted = {shape for target in TARGETS for shape in graph.subjects(target) if _parts(graph, shape)}
    rest = {shape for shape in targeted if not _parts(graph, shape) <= trusted}
    if rest == targeted:
        _tell(f"{engine.name} does not screen: it was not seen to judge any of these shapes as {REFERENCE} does")
        return None
    if not rest:
        return Screening(engine, frozenset(map(str, trusted)), None, vocabulary)
    _tell(f"{REFERENCE} alone judges what {engine.name} was not seen to judge so: {', '.join(sorted(map(str, rest)))}")
    screened = compiled(_without_targets(graph, rest))
    left = ShapesGraph(_without_targets(graph, targeted - rest))
    return Screening(screened, frozenset(map(str, trusted - rest)), left, vocabulary)


def _trusted(engine: Engine, graph: Graph, vocabulary: str, examples: Path) -> set[Node]:
    def judge(example: Iterable[ox.Triple]) -> list[Rejection]:
        return engine.rejections(as_ntriples(example) + vocabulary)

    found: set[Node] = set()
    for shape in {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}:
        if isinstance(shape, URIRef) and constraints_of(graph, shape):
            both = examples_of(shape, examples)
            if both is not None and passes(shape, graph, *both, judge):
                found.add(shape)
    return found


def _parts(graph: Graph, shape: Node) -> set[Node]:
    """The shapes with constraints that judging `shape` judges: itself, its property shapes and its sh:node."""
    parts, fresh = set[Node](), {shape}
    while fresh:
        parts |= fresh
        fresh = {part for each in fresh for p in (SH.property, SH.node) for part in graph.objects(each, p)} - parts
    return {part for part in parts if constraints_of(graph, part)}


def _without_targets(graph: Graph, shapes: Collection[Node]) -> Graph:
    left = copy_of(graph)
    for shape in shapes:
        for target in TARGETS:
            left.remove((shape, target, None))
    return left


def _tell(what: str) -> None:
    if parent_process() is None:  # workers would say it again
        log.warning(what)
