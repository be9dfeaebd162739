"""How far each shape reaches from a focus node, derived from the shapes graph: its paths, classes and nested shapes.

A shape's footprint is the set of paths along which judging a focus node can read triples. Walked forwards, they collect
all that the judgement on a node needs; walked backwards from a changed triple, they find the nodes it can change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import Graph
from rdflib.collection import Collection
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node, URIRef

from kg.errors import OntologyError
from kg.gate.plan import is_true
from kg.gate.sparql_reach import query_paths
from kg.gate.terms import to_oxigraph
from kg.gate.walk import Choice, Path, Read, Repeat, Step, Term, back, follow

_TYPE, _SUBCLASS = ox.NamedNode(str(RDF.type)), ox.NamedNode(str(RDFS.subClassOf))
TO_CLASSES: Path = (Step(_TYPE), Repeat((Step(_SUBCLASS),)))

_AT_FOCUS = (SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals)
_NESTED = (SH.node, SH.property, SH["not"], SH.qualifiedValueShape)
_NESTED_LISTS = (SH["and"], SH["or"], SH.xone)
_UNKNOWN = (SH.js, SH.target, SH.expression, SH.rule)


@dataclass(frozen=True, slots=True)
class Target:
    """What makes a node a focus node: following `path` from it leads to `end`, or anywhere where `end` is None."""

    path: Path
    end: Term | None

    def has(self, node: Term, read: Read) -> bool:
        """Whether the node is a focus node."""
        if not self.path:
            return node == self.end
        found = follow(self.path, [node], read)
        return bool(found) if self.end is None else self.end in found


@dataclass(frozen=True, slots=True)
class Footprint:
    """The targets of a shape, and the paths that judging one of its focus nodes reads along."""

    shape: str
    targets: tuple[Target, ...]
    paths: frozenset[Path]


def footprints(shapes: Graph) -> tuple[Footprint, ...]:
    """The footprints of all shapes with targets.

    Raises OntologyError where a shape uses something whose reach is not known (a constraint component of its own,
    JavaScript, a query that cannot be read).
    """
    _refuse_unknown(shapes)
    found = []
    for shape in sorted(set(_targeted(shapes)), key=str):
        targets = tuple(_targets(shapes, shape))
        paths = frozenset((*_shape_paths(shapes, shape, (), frozenset()), *(target.path for target in targets)))
        if not is_true(shapes, shape, SH.deactivated):
            found.append(Footprint(str(shape), targets, paths - {()}))
    return tuple(found)


def _refuse_unknown(shapes: Graph) -> None:
    own = [c for c in shapes.subjects(RDF.type, SH.ConstraintComponent) if not str(c).startswith(str(SH))]
    used = [predicate for predicate in _UNKNOWN if (None, predicate, None) in shapes]
    if own or used:
        raise OntologyError(f"how far {(own + used)[0]} reaches is not known: such shapes cannot judge changes")


def _targeted(shapes: Graph) -> Iterator[Node]:
    for predicate in (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf):
        yield from shapes.subjects(predicate)
    for kind in (SH.NodeShape, SH.PropertyShape):
        yield from (shape for shape in shapes.subjects(RDF.type, kind) if _is_class(shapes, shape))


def _is_class(shapes: Graph, shape: Node) -> bool:
    return (shape, RDF.type, RDFS.Class) in shapes or (shape, RDF.type, OWL.Class) in shapes


def _targets(shapes: Graph, shape: Node) -> Iterator[Target]:
    classes = [*shapes.objects(shape, SH.targetClass), *([shape] if _is_class(shapes, shape) else [])]
    yield from (Target(TO_CLASSES, to_oxigraph(cls)) for cls in classes)
    yield from (Target((), to_oxigraph(node)) for node in shapes.objects(shape, SH.targetNode))
    yield from (Target((Step(_named(p)),), None) for p in shapes.objects(shape, SH.targetSubjectsOf))
    yield from (Target((Step(_named(p), inverse=True),), None) for p in shapes.objects(shape, SH.targetObjectsOf))


def _shape_paths(shapes: Graph, shape: Node, before: Path, above: frozenset[Node]) -> Iterator[Path]:
    """The paths that judging reads along where `before` leads to the shape's focus node."""
    if shape in above:
        raise OntologyError(f"the shape {shape} contains itself: its reach has no end")
    above = above | {shape}
    declared = shapes.value(shape, SH.path)
    values = before if declared is None else (*before, *path_of(shapes, declared))
    yield values
    if (shape, SH["class"], None) in shapes:
        yield (*values, *TO_CLASSES)
    if is_true(shapes, shape, SH.closed):
        yield (*values, Step(None))
    for predicate in _AT_FOCUS:
        yield from ((*before, Step(_named(other))) for other in shapes.objects(shape, predicate))
    for constraint in shapes.objects(shape, SH.sparql):
        select = str(shapes.value(constraint, SH.select) or "")
        yield from ((*before, *path) for path in query_paths(shapes, constraint, select, declared is not None))
    for nested in _nested_shapes(shapes, shape):
        yield from _shape_paths(shapes, nested, values, above)


def _nested_shapes(shapes: Graph, shape: Node) -> Iterator[Node]:
    for predicate in _NESTED:
        yield from shapes.objects(shape, predicate)
    for predicate in _NESTED_LISTS:
        for members in shapes.objects(shape, predicate):
            yield from Collection(shapes, members)
    if is_true(shapes, shape, SH.qualifiedValueShapesDisjoint):
        # SHACL §4.7.3: the qualified shapes of the other properties of the same shapes are judged as well.
        for parent in shapes.subjects(SH.property, shape):
            for sibling in shapes.objects(parent, SH.property):
                yield from (shapes.objects(sibling, SH.qualifiedValueShape))


def path_of(shapes: Graph, node: Node) -> Path:
    """A SHACL property path (SHACL §2.3.1); raises OntologyError for what is none."""
    if isinstance(node, URIRef):
        return (Step(_named(node)),)
    if (inverse := shapes.value(node, SH.inversePath)) is not None:
        return back(path_of(shapes, inverse))
    if (options := shapes.value(node, SH.alternativePath)) is not None:
        return (Choice(tuple(path_of(shapes, option) for option in Collection(shapes, options))),)
    if (inner := shapes.value(node, SH.zeroOrMorePath)) is not None:
        return (Repeat(path_of(shapes, inner)),)
    if (inner := shapes.value(node, SH.oneOrMorePath)) is not None:
        return (*path_of(shapes, inner), Repeat(path_of(shapes, inner)))
    if (inner := shapes.value(node, SH.zeroOrOnePath)) is not None:
        return (Choice(((), path_of(shapes, inner))),)
    if (node, RDF.first, None) in shapes:
        return _joined(path_of(shapes, part) for part in Collection(shapes, node))
    raise OntologyError(f"not a property path: {node}")


def _joined(paths: Iterable[Path]) -> Path:
    return tuple(part for path in paths for part in path)


def _named(node: Node) -> ox.NamedNode:
    return ox.NamedNode(str(node))
