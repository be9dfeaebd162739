"""Probes: does an engine tell each shape's good example from its bad one, for every constraint that the shape has?

A shape's bad example breaks one of its constraints. For the others the good example is spoilt here: values are taken
away, doubled, or put in place that the constraint forbids. Where a spoilt example would not be bad at all, the engine
that accepts it fails the probe, which costs speed and never trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF, SH, XSD
from rdflib.term import Node, URIRef

from kg.gate.fast import Rejection
from kg.gate.plan import TARGETS
from kg.gate.terms import OxTerm, to_oxigraph
from kg.gate.walk import Term

Example = frozenset[ox.Triple]
Judge = Callable[[Example], list[Rejection]]

_NO_CONSTRAINTS = {
    *TARGETS,
    *(SH.path, SH.property, SH.node, SH.severity, SH.message, SH.name, SH.description, SH.order, SH.group),
    *(SH.deactivated, SH.defaultValue, SH.flags, SH.ignoredProperties, SH.qualifiedValueShape),
}
_SOMETHING = ox.NamedNode("urn:khabar:probe")
_WORD = ox.Literal("probe", datatype=ox.NamedNode("urn:khabar:probe:datatype"))
_TYPE = ox.NamedNode(str(RDF.type))


def examples_of(shape: URIRef, folder: Path) -> tuple[Example, Example] | None:
    """The examples `NAME.good.ttl` and `NAME.bad.ttl` of a shape named `…#NAME`; None where one is missing."""
    name = str(shape).rpartition("#")[2]
    files = [folder / f"{name}.{kind}.ttl" for kind in ("good", "bad")]
    if not all(file.is_file() for file in files):
        return None
    good, bad = (ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE) for file in files)
    return frozenset(quad.triple for quad in good), frozenset(quad.triple for quad in bad)


def constraints_of(shapes: Graph, shape: Node) -> dict[URIRef, str]:
    """The constraining parameters of a shape's own, each with the IRI of its component."""
    predicates = {p for p in shapes.predicates(shape) if isinstance(p, URIRef) and p.startswith(str(SH))}
    named = {p: str(p).removeprefix(str(SH)) for p in predicates - _NO_CONSTRAINTS}
    return {p: f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent" for p, name in named.items()}


def passes(shape: URIRef, shapes: Graph, good: Example, bad: Example, judge: Judge) -> bool:
    """Whether the engine accepts the good example, finds only this shape in the bad one, and sees each constraint."""
    if judge(good):
        return False
    found = {(rejection.shape, rejection.component) for rejection in judge(bad)}
    if {name for name, _ in found} != {str(shape)}:
        return False
    return all(
        (str(shape), component) in found
        or _is_seen((str(shape), component), spoilt(shape, parameter, shapes, good), judge)
        for parameter, component in constraints_of(shapes, shape).items()
    )


def _is_seen(constraint: tuple[str, str], probes: Iterable[Example], judge: Judge) -> bool:
    """Whether each of the examples is rejected for that shape and component; there must be one."""
    seen = [constraint in {(r.shape, r.component) for r in judge(probe)} for probe in probes]
    return bool(seen) and all(seen)


def spoilt(shape: URIRef, parameter: URIRef, shapes: Graph, good: Example) -> Iterator[Example]:
    """The good example made bad for one constraint, in one way or several; nothing where no way is known."""
    path, wanted = shapes.value(shape, SH.path), shapes.value(shape, parameter)
    if path is None:
        if (parameter, wanted) == (SH.nodeKind, SH.IRI):
            classes = {to_oxigraph(cls) for cls in shapes.objects(shape, SH.targetClass)}
            yield _with_blank_nodes(classes, good)
        return
    steps = {to_oxigraph(step) for step in _predicates(shapes, path)}
    values = frozenset(triple for triple in good if triple.predicate in steps)
    if values and wanted is not None:
        for changed in _changed(parameter, to_oxigraph(wanted), values, good):
            yield good - values | frozenset(changed)


def _predicates(shapes: Graph, path: Node) -> Iterator[Node]:
    if isinstance(path, URIRef):
        yield path
    else:
        yield from (step for part in shapes.objects(path) if part != RDF.nil for step in _predicates(shapes, part))


def _changed(parameter: URIRef, wanted: OxTerm, values: Example, good: Example) -> Iterator[Iterable[ox.Triple]]:
    """What may stand in place of the triples that lead to the values."""
    if parameter == SH.minCount:
        yield ()
    elif parameter == SH.maxCount:
        more = [ox.NamedNode(f"{_SOMETHING.value}:{number}") for number in range(int(wanted.value) + 1)]
        yield (*values, *(_with(triple, each) for triple in values for each in more))
    elif parameter in (SH.lessThan, SH.lessThanOrEquals):
        limits = {t.subject: far for t in good if t.predicate == wanted and (far := _more(t.object)) is not None}
        if limits:
            yield [_with(triple, limits.get(triple.subject, triple.object)) for triple in values]
    else:
        for change in _replacements(parameter, wanted):
            yield [_with(triple, change(triple.object)) for triple in values]


def _replacements(parameter: URIRef, wanted: OxTerm) -> Iterator[Callable[[object], OxTerm]]:
    if parameter in (SH["class"], SH["in"], SH["or"], SH.datatype):
        yield lambda _: _SOMETHING
        yield lambda _: _WORD
    if parameter == SH.datatype and wanted.value in map(str, (XSD.integer, XSD.decimal, XSD.date, XSD.boolean)):
        yield lambda _: ox.Literal("probe", datatype=ox.NamedNode(wanted.value))
    if parameter == SH.nodeKind and wanted.value == str(SH.IRI):
        yield lambda _: _WORD
    if parameter == SH.minLength:
        yield lambda value: ox.Literal("", language=value.language if isinstance(value, ox.Literal) else None)
    if parameter in (SH.minInclusive, SH.maxInclusive):
        beyond = _more(wanted, -1 if parameter == SH.minInclusive else 1)
        if beyond is not None:
            yield lambda _: beyond


def _with(triple: ox.Triple, value: Term) -> ox.Triple:
    return ox.Triple(triple.subject, triple.predicate, value)


def _more(value: object, by: int = 1) -> ox.Literal | None:
    """A number that is `by` more; None for what is no number."""
    try:
        return (
            ox.Literal(str(Decimal(value.value) + by), datatype=value.datatype)
            if isinstance(value, ox.Literal)
            else None
        )
    except InvalidOperation:
        return None


def _with_blank_nodes(classes: set[OxTerm], good: Example) -> Example:
    """The example with a blank node in place of each instance of a class."""
    names = {t.subject: ox.BlankNode() for t in good if t.predicate == _TYPE and t.object in classes}
    renamed = [ox.Triple(names.get(t.subject, t.subject), t.predicate, t.object) for t in good]
    return frozenset(
        _with(t, names[t.object]) if not isinstance(t.object, ox.Literal) and t.object in names else t for t in renamed
    )
