"""The writer's own copy of the graph, made anew from the current version by hard links."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.terms import node, nquads
from kg.store.layout import Layout
from kg.store.versions import Version

_SMALL = 200_000
"""Bytes of N-Quads up to which a transaction is cheaper than new table files."""


class Live:
    """A writable graph in `live/`, counting its quads as they come and go. Nobody else sees it."""

    def __init__(self, layout: Layout, published: Version | None) -> None:
        self._folder = layout.live
        shutil.rmtree(self._folder, ignore_errors=True)
        self.quads = 0
        if published is not None:
            published.open().backup(str(self._folder))
            self.quads = published.manifest.quads
        self.graph = ox.Store(str(self._folder))

    def close(self) -> None:
        """Lets go of the files; whoever knows that nothing is to be taken back deletes them."""
        del self.graph

    def take_out(self, graph: str) -> list[ox.Quad]:
        """Removes a named graph; returns what it held."""
        held = list(self.graph.quads_for_pattern(None, None, None, node(graph)))
        self.graph.remove_graph(node(graph))
        self.quads -= len(held)
        return held

    def load(self, quads: bytes) -> None:
        """Adds N-Quads that are not there yet."""
        if len(quads) < _SMALL:
            self.graph.load(quads, format=ox.RdfFormat.N_QUADS)
        else:
            self.graph.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
        self.quads += quads.count(b"\n")

    def replace(self, old: Iterable[ox.Quad], new: bytes) -> bool:
        """Makes `new` (sorted N-Quads) of `old`; returns whether they differed."""
        old = list(old)
        if nquads(old) == new:
            return False
        parsed = set(ox.parse(new, format=ox.RdfFormat.N_QUADS))
        self.change(set(old) - parsed, parsed - set(old))
        return True

    def change(self, removed: Collection[ox.Quad], added: Collection[ox.Quad]) -> None:
        """Removes quads that are there and adds quads that are not."""
        for quad in removed:
            self.graph.remove(quad)
        self.graph.extend(added)
        self.quads += len(added) - len(removed)

    def about(self, subject: str, graphs: Iterable[str]) -> Iterator[ox.Quad]:
        """The quads of a subject in some named graphs."""
        for graph in graphs:
            yield from self.graph.quads_for_pattern(node(subject), None, None, node(graph))

    def rebuild(self, scratch: Path) -> None:
        """Writes the graph anew into fresh files, by way of a file `scratch`: the engine never deletes a string."""
        self.graph.dump(str(scratch), ox.RdfFormat.N_QUADS)
        del self.graph
        shutil.rmtree(self._folder)
        self.graph = ox.Store(str(self._folder))
        self.graph.bulk_load(path=str(scratch), format=ox.RdfFormat.N_QUADS)
        scratch.unlink()
