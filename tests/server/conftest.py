"""A small published store of our own and a pool of workers over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store.layout import create
from kg.store.versions import Manifest, make_current, publish
from server.workers.pool import Limits, WorkerPool

PublishQuads = Callable[[Path, list[ox.Quad]], int]


def publish_version(db: Path, quads: list[ox.Quad]) -> int:
    """Publishes `quads` as the next version of the store in `db`; its number."""
    base = create(db)
    number = max((int(folder.name) for folder in (db / "versions").iterdir()), default=0) + 1
    graph = ox.Store(str(db / f"made-{number}"))
    graph.extend(quads)
    publish(graph, Manifest(number, "2026-11-24T00:00:00Z", base, "test", 1, len(quads)), db)
    make_current(db, number)
    return number


@pytest.fixture(scope="session")
def publish_quads() -> PublishQuads:
    return publish_version


def numbers(count: int) -> list[ox.Quad]:
    return [
        ox.Quad(
            ox.NamedNode(f"urn:n:{n}"),
            ox.NamedNode("urn:value"),
            ox.Literal(f"قيمة {n}", language="ar"),
            ox.NamedNode(f"urn:graph:{n % 2}"),
        )
        for n in range(count)
    ]


@pytest.fixture(scope="session")
def small_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("small") / "db"
    publish_version(db, numbers(3000))
    return db


@pytest.fixture(scope="session")
def pool(small_db: Path) -> Iterator[WorkerPool]:
    pool = WorkerPool(small_db, Limits(workers=2, deadline=1.0, memory=512 * 1024**2, waiting=2))
    yield pool
    pool.stop()
