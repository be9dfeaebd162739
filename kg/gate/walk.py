"""Property paths that can be walked both ways over a reader of triples, noting every triple on the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Triple = tuple[Term, ox.NamedNode, Term]
Read = Callable[[Term | None, ox.NamedNode | None, Term | None], Iterable[Triple]]
"""Gives the triples that match a pattern; None stands for any term."""


@dataclass(frozen=True, slots=True)
class Step:
    """One triple: from its subject to its object, or back; `predicate` None stands for any."""

    predicate: ox.NamedNode | None
    inverse: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """A path walked any number of times, none included."""

    path: Path


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several paths."""

    paths: tuple[Path, ...]


Path = tuple[Step | Repeat | Choice, ...]
"""Parts walked one after the other; the empty path stays where it is."""


def back(path: Path) -> Path:
    """The path from its ends to its beginnings."""
    return tuple(_back(part) for part in reversed(path))


def _back(part: Step | Repeat | Choice) -> Step | Repeat | Choice:
    if isinstance(part, Step):
        return Step(part.predicate, not part.inverse)
    return Repeat(back(part.path)) if isinstance(part, Repeat) else Choice(tuple(map(back, part.paths)))


def steps(path: Path, before: Path = ()) -> Iterator[tuple[Path, Step]]:
    """Each step that walking the path can take, with the path that leads to it."""
    for part in path:
        if isinstance(part, Step):
            yield before, part
        elif isinstance(part, Repeat):
            yield from steps(part.path, (*before, part))
        else:
            for option in part.paths:
                yield from steps(option, before)
        before = (*before, part)


def follow(path: Path, starts: Iterable[Term], read: Read, touched: set[Triple] | None = None) -> set[Term]:
    """Where the path leads from `starts`; the triples on the way are added to `touched`."""
    nodes = set(starts)
    for part in path:
        if isinstance(part, Step):
            nodes = _step(part, nodes, read, touched)
        elif isinstance(part, Repeat):
            nodes = _repeat(part, nodes, read, touched)
        else:
            nodes = {end for option in part.paths for end in follow(option, nodes, read, touched)}
    return nodes


def _step(step: Step, nodes: set[Term], read: Read, touched: set[Triple] | None) -> set[Term]:
    ends: set[Term] = set()
    for node in nodes:
        if step.inverse:
            found = read(None, step.predicate, node)
        elif isinstance(node, ox.Literal):
            continue
        else:
            found = read(node, step.predicate, None)
        for triple in found:
            ends.add(triple[0] if step.inverse else triple[2])
            if touched is not None:
                touched.add(triple)
    return ends


def _repeat(part: Repeat, nodes: set[Term], read: Read, touched: set[Triple] | None) -> set[Term]:
    seen, fresh = set(nodes), set(nodes)
    while fresh:
        fresh = follow(part.path, fresh, read, touched) - seen
        seen |= fresh
    return seen
