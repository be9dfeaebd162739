"""Data brought from one version of the ontology to a later one, by the updates in `ontology/migrations/`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib.namespace import OWL

from kg import resources
from kg.errors import OntologyError, QueryRefusedError, StoreError, UsageError
from kg.rdf.iris import ONTOLOGY_GRAPH, Iris
from kg.rdf.ontology_graph import ontology_quads
from kg.sparql import check
from kg.store import Change
from kg.store.versions import Version

_TITLE = re.compile(r"^#\s*title@(ar|en):\s*(.+)$", re.MULTILINE)
_VERSION = re.compile(r"\d+\.\d+\.\d+")

_UNNAMED = ox.NamedNode("urn:x-khabar:default-graph")
_GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Migration:
    """One update: `version` is the one it leads to; `titles` by language."""

    version: str
    titles: Mapping[str, str]
    update: str


def key(version: str) -> Key:
    """A version as numbers that compare; raises UsageError for what is not three numbers with full stops between."""
    if not _VERSION.fullmatch(version):
        raise UsageError(f"{version}: not a version of the ontology, such as 0.1.0")
    return tuple(map(int, version.split(".")))


def migrations(since: str, folder: Path | None = None) -> list[Migration]:
    """The migrations of `folder` (by default the packaged ones) to versions after `since`, in order.

    Raises UsageError where `since` is no version, OntologyError where a migration has no title in both languages.
    """
    start = key(since)
    files = (folder or resources.ontology_dir() / "migrations").glob("*.ru")
    found = [_read(file) for file in sorted(files, key=lambda file: key(file.stem)) if key(file.stem) > start]
    for migration in found:
        if set(migration.titles) != {"ar", "en"}:
            raise OntologyError(f"the migration to {migration.version} needs its title in Arabic and in English")
    return found


def _read(file: Path) -> Migration:
    text = file.read_text("utf-8")
    return Migration(file.stem, dict(_TITLE.findall(text)), text)


def migrate(graph: ox.Store, since: str, folder: Path | None = None) -> list[Migration]:
    """Applies to `graph` the migrations after `since`, and returns them.

    Raises OntologyError where one cannot be run; the graph is then between two versions and must be thrown away.
    """
    steps = migrations(since, folder)
    for step in steps:
        try:
            check(step.update)
            graph.update(step.update)
        except (QueryRefusedError, SyntaxError, ValueError) as error:
            raise OntologyError(f"the migration to {step.version} cannot be run: {error}") from error
    return steps


def pending(version: Version | None) -> list[Migration]:
    """The migrations that a version of a store still needs, by the ontology that it holds; none where it holds none."""
    if version is None:
        return []
    graph = ox.NamedNode(Iris(version.base).graph(ONTOLOGY_GRAPH))
    found = version.open().quads_for_pattern(None, ox.NamedNode(str(OWL.versionInfo)), None, graph)
    since = next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), None)
    return [] if since is None else migrations(since)


def require_current(version: Version | None, db: Path) -> None:
    """Raises StoreError where data of an earlier ontology would be mixed with those of this one."""
    if steps := pending(version):
        raise StoreError(
            f"{db}: its data follow an ontology before {steps[-1].version}; `khabar ontology migrate --db {db}` first"
        )


def migrated(quads: Iterable[ox.Quad], since: str, folder: Path | None = None) -> list[ox.Quad]:
    """The quads of a file after the migrations, which speak of named graphs only: the default graph counts as one."""
    graph = ox.Store()
    graph.extend(_moved(quads, ox.DefaultGraph(), _UNNAMED))
    migrate(graph, since, folder)
    return list(_moved(graph, _UNNAMED, ox.DefaultGraph()))


def _moved(quads: Iterable[ox.Quad], old: _GraphName, new: _GraphName) -> Iterator[ox.Quad]:
    for quad in quads:
        yield ox.Quad(quad.subject, quad.predicate, quad.object, new) if quad.graph_name == old else quad


def migrated_change(before: ox.Store, base: str, since: str, scratch: Path, folder: Path | None = None) -> Change:
    """What migrating a store changes in it, found on a copy in the folder `scratch`, which must not exist.

    The graph of the ontology, if the store under the IRI `base` has one, becomes that of the packaged ontology.
    """
    before.backup(str(scratch))
    after = ox.Store(str(scratch))
    migrate(after, since, folder)
    graph = ox.NamedNode(Iris(base).graph(ONTOLOGY_GRAPH))
    if any(before.quads_for_pattern(None, None, None, graph)):
        after.remove_graph(graph)
        after.extend(ox.parse(ontology_quads(base), format=ox.RdfFormat.N_QUADS))
    added = frozenset(quad for quad in after if quad not in before)
    removed = frozenset(quad for quad in before if quad not in after)
    return Change(added, removed)
