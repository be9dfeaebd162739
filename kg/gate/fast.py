"""The faster SHACL engine that may screen: the package `shacl` (github.com/pwin/SHACL_Engine, in Rust), optional.

It compiles the shapes once and reads N-Triples. It renames blank nodes and writes literals in canonical form, so only
IRIs among its focus nodes can be told. What is known of its differences from pySHACL stands in docs/validation.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from rdflib import Graph

PACKAGE = "shacl"
VERSION = "0.3.4"  # as pinned in pyproject.toml: what was measured and compared with pySHACL is this one


@dataclass(frozen=True, slots=True)
class Rejection:
    """What an engine holds against a focus node (in N-Triples syntax): `shape` and `component` are IRIs."""

    focus: str
    shape: str
    component: str


class Engine(Protocol):
    """Shapes compiled by an engine."""

    @property
    def name(self) -> str:
        """The engine and its version, for messages."""

    def rejections(self, ntriples: str) -> list[Rejection]:
        """What it holds against a graph; raises ValueError for a graph that it cannot read."""


@dataclass(frozen=True, slots=True)
class FastEngine:
    """Shapes compiled by the package `shacl`."""

    compiled: Any
    name: str = f"{PACKAGE} {VERSION}"

    def rejections(self, ntriples: str) -> list[Rejection]:
        """What it holds against a graph; raises ValueError for a graph that it cannot read."""
        report = self.compiled.validate_text(ntriples, format="ntriples")
        return [
            Rejection(each.focus_node, (each.root_shape or each.source_shape or "").strip("<>"), each.component_iri)
            for each in report.results
        ]


def installed() -> str | None:
    """The version of the package that is installed; None where there is none."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


def compile_shapes(shapes: Graph) -> FastEngine:
    """The shapes as the engine compiles them; raises ValueError for what it cannot compile, ImportError without it."""
    import shacl

    return FastEngine(shacl.Shapes.from_text(shapes.serialize(format="nt"), format="ntriples"))
