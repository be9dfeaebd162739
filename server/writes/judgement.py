"""What the gate says of a change: the violations that it brings, not those that were there.

The graphs that changed are judged as they are and as they were, each with the types of what it points to; a violation
counts where it is new. That reads whole graphs, so a change to very large ones is refused with advice.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.errors import QueryRefusedError
from kg.gate import Verdict
from kg.gate.judge import engine_results
from kg.gate.shapes import default_shapes
from kg.gate.verdict import Result
from kg.store import Change

MOST_QUADS = 50_000
"""Of the graphs that a change touches; pySHACL takes about a second for ten thousand."""

_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def judge(before: ox.Store, change: Change) -> Verdict:
    """The verdict on what `change` brings to the graph `before`. QueryRefusedError where that would read too much."""
    was = _touched(before, change)
    now = (was - change.removed) | change.added
    known = {result.key() for result in _results(was, before, change)}
    return Verdict.of([result for result in _results(now, before, change) if result.key() not in known])


def _touched(before: ox.Store, change: Change) -> frozenset[ox.Quad]:
    quads: set[ox.Quad] = set()
    for graph in {quad.graph_name for quad in (*change.added, *change.removed)}:
        for quad in before.quads_for_pattern(None, None, None, graph):
            quads.add(quad)
            if len(quads) + len(change.added) > MOST_QUADS:
                raise QueryRefusedError(
                    f"the graphs that this changes hold more than {MOST_QUADS} quads; write to smaller ones"
                )
    return frozenset(quads)


def _results(quads: frozenset[ox.Quad], before: ox.Store, change: Change) -> list[Result]:
    if not quads:
        return []
    nodes = {term for quad in quads for term in (quad.subject, quad.object) if isinstance(term, ox.NamedNode)}
    types = [quad for node in nodes for quad in before.quads_for_pattern(node, _TYPE, None, None)]
    return engine_results([*quads, *(quad for quad in types if quad not in change.removed)], default_shapes())
