"""A writer that is killed at any moment leaves nothing behind, and the next run finishes its work."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from kg.rdf.terms import node, nquads
from kg.store import open_current, read_articles

SCRIPT = Path(__file__).parent / "data" / "ingest_once.py"
ARTICLES, BATCH = 12, 3


class Writers:
    """Starts writers from a process that has everything imported and no store open."""

    def __init__(self) -> None:
        self._parent = subprocess.Popen(
            [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def start(self, db: Path, release: str) -> int:
        assert self._parent.stdin is not None
        self._parent.stdin.write(f"{db} {release} {ARTICLES} {BATCH}\n")
        self._parent.stdin.flush()
        return int(self._answer())

    def wait(self) -> int:
        """The signal that ended the writer, 0 if it finished."""
        status = int(self._answer())
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
        return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0

    def finish(self, db: Path, release: str) -> float:
        """Runs one to its end; returns the seconds it took."""
        began = time.monotonic()
        self.start(db, release)
        assert self.wait() == 0
        return time.monotonic() - began

    def close(self) -> None:
        self._parent.communicate()

    def _answer(self) -> str:
        assert self._parent.stdout is not None
        return self._parent.stdout.readline()


@pytest.fixture
def writers() -> Iterator[Writers]:
    started = Writers()
    yield started
    started.close()


def graphs(db: Path) -> dict[str, bytes]:
    """The published graphs by name; empty where nothing is published."""
    if not (db / "current").is_symlink():
        return {}
    with open_current(db) as (version, graph):
        names = [name.value for name in graph.named_graphs()]
        found = {name: nquads(graph.quads_for_pattern(None, None, None, node(name))) for name in names}
        assert version.manifest.quads == sum(each.count(b"\n") for each in found.values())
        articles = {f"{version.base}article/{each.article.id}" for each in read_articles(version)}
        assert articles == {name for name in found if "/article/" in name}
        return found


def files(db: Path) -> set[str]:
    """What lies in the store's folder, but for the engine's own files and the numbers of versions."""
    kept = [file.relative_to(db) for file in db.rglob("*") if "store" not in file.relative_to(db).parts[2:3]]
    numbers = {str(number): "N" for number in range(10_000)}
    return {"/".join(numbers.get(part, part) for part in file.parts) for file in kept}


@pytest.mark.slow
@pytest.mark.parametrize(("replacing", "rounds"), [(False, 13), (True, 12)], ids=["filling", "replacing"])
def test_killed_at_random_moments(tmp_path: Path, writers: Writers, replacing: bool, rounds: int) -> None:
    def fresh(name: str) -> Path:
        if replacing:
            shutil.copytree(tmp_path / "former", tmp_path / name, symlinks=True)
        return tmp_path / name

    def check_finished(db: Path) -> None:
        writers.finish(db, "r2")
        assert graphs(db) == whole
        assert files(db) == files(tmp_path / "whole")
        assert not list(db.rglob("bulk-*"))

    if replacing:
        writers.finish(tmp_path / "former", "r1")
    former = graphs(fresh("whole"))
    took = writers.finish(tmp_path / "whole", "r2")
    whole = graphs(tmp_path / "whole")
    chance = random.Random(20240305)
    db, stores, killed = fresh("0"), 1, 0
    while killed < rounds:
        writer = writers.start(db, "r2")
        time.sleep(chance.uniform(0, took))
        with suppress(ProcessLookupError):
            os.kill(writer, signal.SIGKILL)
        stopped = writers.wait() == signal.SIGKILL
        killed += stopped
        seen = graphs(db)
        for name in (name for name in seen if "/article/" in name):
            assert seen[name] in (former.get(name), whole[name])
        if not stopped or seen == whole:
            check_finished(db)
            db, stores = fresh(str(stores)), stores + 1
    check_finished(db)
