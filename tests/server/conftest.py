"""A small published store of our own and a pool of workers over it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask import Flask

from kg.store.layout import create
from kg.store.versions import Manifest, make_current, publish
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.workers.keeper import CopyKeeper
from server.workers.limits import Limits
from server.workers.pool import WorkerPool

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
def app(small_db: Path) -> Iterator[Flask]:
    """The application over the small store, to be called without a server."""
    app = create_app(ServerConfig(small_db, limits=Limits(workers=1, deadline=1.0)))
    yield app
    stop_app(app)


@pytest.fixture(scope="session")
def small_quads() -> list[ox.Quad]:
    """Three thousand nodes with a value each, in two graphs."""
    return numbers(3000)


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


@pytest.fixture(scope="session")
def served(small_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server over the small store, with a deadline of one second."""
    with run_server(small_db, tmp_path_factory.mktemp("served"), "--deadline", "1", "--workers", "2") as address:
        yield address


@pytest.fixture(scope="session")
def hostile() -> Any:
    """`bench/hostile.py`: what strangers may send."""
    path = Path(__file__).resolve().parents[2] / "bench" / "hostile.py"
    if not path.exists():
        pytest.skip("bench/ is in a checkout only")
    spec = spec_from_file_location("bench_hostile", path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[str]]:
    return run_server


@pytest.fixture(scope="session")
def in_memory() -> Callable[[Path, Limits], AbstractContextManager[WorkerPool]]:
    return run_in_memory


@contextmanager
def run_in_memory(db: Path, limits: Limits) -> Iterator[WorkerPool]:
    """A pool whose workers have the published version in memory, and go on to have the published one."""
    pool = WorkerPool(db, limits)
    keeper = CopyKeeper(db, pool, "on")
    try:
        for _ in range(200):
            if pool.copied == pool.version:
                break
            time.sleep(0.1)
        assert pool.copied == pool.version
        yield pool
    finally:
        keeper.stop()
        pool.stop()


class Served(str):
    """The address of a server, and its process."""

    process: subprocess.Popen[bytes]


@contextmanager
def run_server(db: Path, folder: Path, *options: str) -> Iterator[Served]:
    """Runs `khabar serve` on any free port; its address without a slash at the end."""
    log = folder / "log"
    command = [sys.executable, "-m", "kg", "serve", "--db", str(db), "--port", "0", *options]
    with log.open("wb") as errors, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors) as process:
        assert process.stdout is not None
        line = process.stdout.readline().decode()
        try:
            assert "http://" in line, log.read_text()
            served = Served(line.split()[-1].rstrip("/"))
            served.process = process
            yield served
        finally:
            process.terminate()
            process.wait(timeout=15)
