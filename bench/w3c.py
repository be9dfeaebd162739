"""Where SHACL engines differ on the W3C suite: `python bench/w3c.py` prints the table of docs/validation.md.

Engines are held to focus nodes and components, each as often as the suite has it: one writes values in canonical form.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pyoxigraph as ox
from rdflib import Graph
from rdflib.namespace import RDF, SH, Namespace
from rdflib.term import BNode, Node

from kg.errors import OntologyError
from kg.gate import core, fast
from kg.gate.engine import engine_results
from kg.gate.graphs import load_graph
from kg.gate.paths import path_text
from kg.gate.screening import REFERENCE, as_ntriples
from kg.gate.shapes import Shapes, load_shapes
from kg.gate.terms import add_all
from kg.gate.verdict import Result

SUITE = Path(__file__).resolve().parents[2] / "shared" / "w3c" / "data-shapes" / "tests"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

Keys = Counter[tuple[str, ...]]
Quads = list[ox.Quad]


@dataclass(frozen=True)
class Entry:
    """One test: what to judge by what, and the expected results; None where a failure is expected."""

    name: str
    data: Path
    shapes: Path
    expected: Keys | None

    def quads(self) -> Quads:
        """The data."""
        return list(ox.parse(path=str(self.data), format=ox.RdfFormat.TURTLE, base_iri=self.data.as_uri()))

    def load(self) -> Shapes:
        """The shapes; raises OntologyError where they are ill-formed."""
        return load_shapes([self.shapes], [self.data])


def entries(suite: Path = SUITE) -> list[Entry]:
    """The entries of the suite in `suite`; none where it is not there."""
    files = sorted(file for file in suite.rglob("*.ttl") if file.name != "manifest.ttl")
    return [entry for file in files for entry in _entries_of(file, suite)] if suite.is_dir() else []


def _entries_of(file: Path, suite: Path) -> Iterable[Entry]:
    graph = load_graph([file])
    for entry in graph.subjects(RDF.type, SHT.Validate):
        action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
        assert result is not None
        expected = None if result == SHT.Failure else Counter(_expected(graph, result))
        name = file.relative_to(suite).with_suffix("").as_posix()
        yield Entry(name, _path_in(graph, action, SHT.dataGraph), _path_in(graph, action, SHT.shapesGraph), expected)


def _path_in(graph: Graph, action: Node | None, which: Node) -> Path:
    return Path(unquote(urlsplit(str(graph.value(action, which))).path))


def _expected(graph: Graph, report: Node) -> Iterable[tuple[str, ...]]:
    for result in graph.objects(report, SH.result):
        path = graph.value(result, SH.resultPath)
        yield (
            _term(graph.value(result, SH.focusNode)),
            "" if path is None else path_text(graph, path),
            _term(graph.value(result, SH.value)),
            str(graph.value(result, SH.sourceConstraintComponent)),
            str(graph.value(result, SH.resultSeverity)).rpartition("#")[2],
        )


def _term(node: Node | None) -> str:
    return "" if node is None else "_" if isinstance(node, BNode) else node.n3()


def _keys(results: Iterable[Result]) -> Keys:
    return Counter((_term(r.focus), r.path or "", _term(r.value), r.component, _severity(r)) for r in results)


def _severity(result: Result) -> str:
    return result.severity_iri.rpartition("#")[2] or result.severity.value


def through_the_gate(data: Quads, shapes: Shapes) -> Keys | None:
    """What the gate's engine finds; None where it fails."""
    try:
        return _keys(engine_results(data, shapes))
    except OntologyError:
        return None


def through_pyshacl(data: Quads, shapes: Shapes) -> Keys | None:
    """What pySHACL alone finds; None where it fails."""
    try:
        report = core.run_pyshacl(add_all(Graph(), data) + shapes.vocabulary, shapes.full)
    except OntologyError:
        return None
    return _keys(core.results_of(report, shapes.graph))


def through_the_fast_engine(data: Quads, shapes: Shapes) -> Keys | None:
    """What the engine that may screen finds, focus nodes and components only; None where it fails."""
    try:
        said = fast.compile_shapes(shapes.graph).rejections(as_ntriples(data))
    except ValueError:
        return None
    return Counter(("_" if each.focus.startswith("_:") else each.focus, each.component) for each in said)


ENGINES: dict[str, Callable[[Quads, Shapes], Keys | None]] = {
    REFERENCE: through_pyshacl,
    "Khabar": through_the_gate,
    f"{fast.PACKAGE} {fast.VERSION}": through_the_fast_engine,
}


def _short(keys: Keys | None) -> Keys | None:
    """Focus nodes and components only."""
    if keys is None:
        return None
    return Counter((key[0], key[3] if len(key) == 5 else key[1]) for key in keys.elements())


def _said(found: Keys | None, expected: Keys | None) -> str:
    if found == expected:
        return "passes"
    if found is None:
        return "fails"
    if expected is None:
        return "does not fail"
    return f"{(found - expected).total()} too many, {(expected - found).total()} missing"


def rows(suite: Path = SUITE) -> Iterator[tuple[str, ...]]:
    """Each entry's name with what became of it in each engine."""
    for entry in entries(suite):
        expected = _short(entry.expected)
        try:
            shapes, data = entry.load(), entry.quads()
        except OntologyError:
            yield (entry.name, *(_said(None, expected) for _ in ENGINES))  # refused before any engine sees them
            continue
        yield (entry.name, *(_said(_short(engine(data, shapes)), expected) for engine in ENGINES.values()))


def table(suite: Path = SUITE) -> str:
    """How many entries each engine passes, and those that one does not pass, in Markdown."""
    found = list(rows(suite))
    passed = [sum(row[column] == "passes" for row in found) for column in range(1, len(ENGINES) + 1)]
    lines = [
        ("entry", *ENGINES),
        ("---",) * (len(ENGINES) + 1),
        (f"passed of {len(found)}", *map(str, passed)),
        *(row for row in found if set(row[1:]) != {"passes"}),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", type=Path, default=SUITE, help="the `tests` folder of w3c/data-shapes")
    arguments = parser.parse_args()
    if not arguments.suite.is_dir():
        sys.exit(f"{arguments.suite}: not there; name the tests folder of a checkout of w3c/data-shapes with --suite")
    if fast.installed() != fast.VERSION:
        sys.exit("the engine that may screen is not installed: pip install khabar[screening]")
    print(table(arguments.suite))


if __name__ == "__main__":
    main()
