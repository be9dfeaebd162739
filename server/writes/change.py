"""What a write would change, found without touching the store."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryRefusedError
from kg.sparql import check, syntax_error, with_dataset
from kg.store import Change
from kg.store.layout import Layout
from server.workers.worker import GRAPH_FORMATS
from server.writes.job import Act, Job


def change_of(job: Job, db: Path) -> Callable[[ox.Store], Change]:
    """What `job` changes in a graph, for `kg.store.write`; that raises QueryError, or SyntaxError (of data)."""
    if job.act is Act.UPDATE:
        return lambda before: _update(job, before, Layout(db).versions / ".update.partial")
    return lambda before: _graph(job, before)


def graph_name(job: Job) -> ox.NamedNode | ox.DefaultGraph:
    """The graph of a Graph Store write."""
    return ox.DefaultGraph() if job.graph is None else ox.NamedNode(job.graph)


def _update(job: Job, before: ox.Store, scratch: Path) -> Change:
    """Runs the update on a copy beside the versions (hard links); a copy left by a killed writer goes with the next."""
    check(job.text)
    text = with_dataset(job.text, job.using, job.using_named)
    shutil.rmtree(scratch, ignore_errors=True)
    before.backup(str(scratch))
    try:
        after = ox.Store(str(scratch))
        after.update(text, base_iri=job.base)
        added = frozenset(quad for quad in after if quad not in before)
        removed = frozenset(quad for quad in before if quad not in after)
        del after
    except SyntaxError as error:
        raise syntax_error(str(error)) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise QueryRefusedError(str(error)) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Change(added, removed)


def _graph(job: Job, before: ox.Store) -> Change:
    name = graph_name(job)
    new = frozenset(quad for part in job.parts for quad in _read(Path(part.path), part.media_type, part.base, name))
    if job.act is Act.POST:
        return Change(new)
    return Change(new, frozenset(before.quads_for_pattern(None, None, None, name)))


def _read(path: Path, media_type: str, base: str, name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    parsed = ox.parse(path.read_bytes(), format=GRAPH_FORMATS[media_type], base_iri=base, rename_blank_nodes=True)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]
