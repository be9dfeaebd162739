"""The gate on writes: what a change brings and takes away, judged without reading the rest of the graph.

From each triple that is added or removed, the paths of the shapes are walked backwards to the focus nodes whose
judgement can differ; from those, forwards to all that judging them needs, before and after. The two small graphs are
judged by the same engine as an article's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import QueryRefusedError
from kg.gate.engine import results_on
from kg.gate.nodes import GraphReader, Plan, plan_of, remembering, triples_of, vocabulary_store
from kg.gate.shapes import Shapes, default_shapes
from kg.gate.verdict import Verdict
from kg.gate.walk import Term, Triple, follow

LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to be added and to be removed; one in both stays."""

    added: Sequence[ox.Quad] = ()
    removed: Sequence[ox.Quad] = ()


@dataclass(frozen=True, slots=True)
class ChangeVerdict:
    """What a change does to the results: those it brings, those it takes away, and how many focus nodes it reaches."""

    new: Verdict
    gone: Verdict
    reached: int

    @property
    def allowed(self) -> bool:
        """Whether it brings no violation; those that were there before refuse nothing."""
        return self.new.conforms


class TooFarError(QueryRefusedError):
    """A change reaches more focus nodes than may be judged at once."""


def judge_change(
    before: GraphReader, change: Change, shapes: Shapes | None = None, limit: int = LIMIT
) -> ChangeVerdict:
    """Judges `change` to the union of all graphs that `before` reads.

    What is reported as new and gone is what judging the whole graph before and after would differ in. Raises
    TooFarError where more than `limit` focus nodes are reached, QueryRefusedError for triple terms, OntologyError
    where a shape's reach cannot be told.
    """
    shapes = shapes or default_shapes()
    if any(isinstance(term, ox.Triple) for quad in change.added for term in (quad.subject, quad.object)):
        raise QueryRefusedError("triple terms of RDF 1.2 cannot be judged by SHACL 1.0; write plain triples")
    plan = plan_of(shapes)
    states = _States(before, change, shapes)
    reached = _reached(plan, states, limit)
    old = results_on(reached, states.before, shapes)
    new = results_on(reached, states.after, shapes)
    return ChangeVerdict(
        Verdict.of(new[key] for key in new.keys() - old.keys()),
        Verdict.of(old[key] for key in old.keys() - new.keys()),
        len(reached),
    )


class _States:
    """The graph as it is, as it will be, and both together."""

    def __init__(self, graph: GraphReader, change: Change, shapes: Shapes) -> None:
        self._graph = graph
        self._vocabulary = vocabulary_store(shapes)
        self._added = ox.Store()
        self._added.extend(change.added)
        self._removed = set(change.removed) - set(change.added)
        self._change = change

    def before(self, s: Term | None, p: ox.NamedNode | None, o: Term | None) -> Iterator[Triple]:
        return triples_of(s, p, o, self._graph, self._vocabulary)

    def after(self, s: Term | None, p: ox.NamedNode | None, o: Term | None) -> Iterator[Triple]:
        return triples_of(s, p, o, self._graph, self._vocabulary, self._added, without=self._removed)

    def either(self, s: Term | None, p: ox.NamedNode | None, o: Term | None) -> Iterator[Triple]:
        return triples_of(s, p, o, self._graph, self._vocabulary, self._added)

    def differing(self) -> set[Triple]:
        """The triples that the change names; those that stand in another graph as well do no harm."""
        quads = {*self._change.added, *self._removed}
        return {(quad.subject, quad.predicate, quad.object) for quad in quads}


def _reached(plan: Plan, states: _States, limit: int) -> set[Term]:
    """The nodes that are focus nodes before or after the change and whose judgement may differ."""
    reached: set[Term] = set()
    tried: set[Term] = set()
    reads = (remembering(states.before), remembering(states.after))
    for node in _candidates(plan, states):
        if node in tried:
            continue
        tried.add(node)
        if any(plan.at(node, read) for read in reads):
            reached.add(node)
        if len(reached) > limit:
            raise TooFarError(
                f"the change reaches more than {limit} nodes that would have to be judged; "
                "make it in smaller parts, or load it with `khabar ingest` and check with `khabar validate --db`"
            )
    return reached


def _candidates(plan: Plan, states: _States) -> Iterator[Term]:
    for subject, predicate, value in states.differing():
        for name in (predicate.value, None):
            for inverse, start in ((False, subject), (True, value)):
                for path in plan.back_from.get((name, inverse), ()):
                    yield from follow(path, [start], states.either)
