"""What a write would change, found without touching the store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryRefusedError
from kg.sparql import check, syntax_error, with_dataset
from kg.store import Change
from kg.store.layout import Layout
from server.workers.worker import GRAPH_FORMATS
from server.writes.job import Act, Job, Part


def change_of(job: Job, db: Path, data: int | None) -> Callable[[ox.Store], Change]:
    """What `job` changes in a graph, for `kg.store.write`; that raises QueryError, or SyntaxError (of data).

    `data`: the descriptor of the job's file.
    """
    if job.act is Act.UPDATE:
        return lambda before: _update(job, before, Layout(db).versions / ".update.partial")
    return lambda before: _graph(job, before, data)


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


def _graph(job: Job, before: ox.Store, data: int | None) -> Change:
    name = graph_name(job)
    new = frozenset(quad for part in job.parts for quad in _read(part, data, name))
    if job.act is Act.POST:
        return Change(new)
    return Change(new, frozenset(before.quads_for_pattern(None, None, None, name)))


def _read(part: Part, data: int | None, name: ox.NamedNode | ox.DefaultGraph) -> list[ox.Quad]:
    content = b"" if data is None else os.pread(data, part.size, part.start)
    parsed = ox.parse(content, format=GRAPH_FORMATS[part.media_type], base_iri=part.base, rename_blank_nodes=True)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, name) for quad in parsed]
