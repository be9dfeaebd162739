"""How the shapes are laid out for pySHACL: the same results for less work.

pySHACL validates a property shape that hangs on a node shape once for each focus node, and one that has targets of its
own once for all of them. A node shape's targets can be given to its property shapes, because a property shape reports
results of its own and the node shape adds nothing to them (SHACL §4.7.2). That holds where nothing but its targets
leads to the node shape and it does not look at its property shapes itself; the others stay as they are.
"""

from __future__ import annotations

from rdflib import Graph
from rdflib.namespace import OWL, RDF, RDFS, SH
from rdflib.term import Node, URIRef

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)


def flattened(graph: Graph) -> Graph:
    """A copy of a shapes graph in which property shapes have the targets of their node shapes."""
    plan = copy_of(graph)
    for node_shape in {subject for subject, _ in graph.subject_objects(SH.property)}:
        if not _is_plain(graph, node_shape):
            continue
        targets = [(p, value) for p in TARGETS for value in graph.objects(node_shape, p)]
        for property_shape in graph.objects(node_shape, SH.property):
            plan.remove((node_shape, SH.property, property_shape))
            for predicate, value in targets:
                plan.add((property_shape, predicate, value))
    return plan


def _is_plain(graph: Graph, shape: Node) -> bool:
    is_closed = is_true(graph, shape, SH.closed) or is_true(graph, shape, SH.deactivated)
    is_class = any((shape, RDF.type, kind) in graph for kind in (RDFS.Class, OWL.Class))
    is_used = any(True for _ in graph.subjects(None, shape))
    # Qualified shapes that must be disjoint are looked up among the properties of the node shape (SHACL §4.7.3).
    looks_up = any(is_true(graph, p, SH.qualifiedValueShapesDisjoint) for p in graph.objects(shape, SH.property))
    return not (is_closed or is_class or is_used or looks_up) and graph.value(shape, SH.path) is None


def is_true(graph: Graph, subject: Node, predicate: URIRef) -> bool:
    """Whether a boolean parameter of a shape is set to true."""
    return any(str(value) in {"true", "1"} for value in graph.objects(subject, predicate))


def copy_of(graph: Graph) -> Graph:
    """A copy of a graph with its prefixes; its nodes are the same."""
    copy = Graph()
    for prefix, namespace in graph.namespaces():
        copy.bind(prefix, namespace)
    copy += graph
    return copy
