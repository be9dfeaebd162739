"""Asks the index; has the next one made when a version is published."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from kg.errors import QueryBusyError
from server.search.build import index_path
from server.search.find import Hit, find
from server.search.words import forms_of
from server.workers.pool import WorkerPool
from server.workers.process import child_environment

log = logging.getLogger("khabar.search")

_INTERVAL = 0.5  # seconds between looks at the current version
_FIRST = 3.0  # seconds that a search waits for the first index


class SearchIndex:
    """The index of the published version, or of the one before while the next is being made."""

    def __init__(self, db: Path, pool: WorkerPool) -> None:
        self._db = db
        self._pool = pool
        self._stopped = threading.Event()
        self._ready = threading.Event()
        self._version: int | None = None
        self._acts: list[Callable[[], object]] = []
        self._builder: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_up, name="khabar-search", daemon=True)
        self._thread.start()

    @property
    def version(self) -> int | None:
        """The version that searches see; None before the first index is made."""
        return self._version

    def then(self, act: Callable[[], object]) -> None:
        """Has `act` run, in this index's own thread, each time a new version is there."""
        self._acts.append(act)

    def find(self, query: str, limit: int, offset: int = 0) -> list[Hit]:
        """What matches all words of `query`, best first. QueryBusyError while the first index is being made."""
        words = forms_of(query)
        if not words:
            return []
        if not self._ready.wait(_FIRST) or self._version is None:
            raise QueryBusyError("the index is being made", retry_after=5.0)
        try:
            return find(self._db, self._version, words, limit, offset)
        except sqlite3.OperationalError:  # a newer version took its place between the two
            return find(self._db, self._version, words, limit, offset)

    def stop(self) -> None:
        """Stops making indexes."""
        self._stopped.set()
        if self._builder is not None:
            self._builder.terminate()
        self._thread.join(timeout=5)

    def _keep_up(self) -> None:
        while not self._stopped.is_set():
            wanted = self._pool.version
            if wanted != self._version and (index_path(self._db, wanted).exists() or self._make(wanted)):
                self._version = wanted
                self._ready.set()
                self._forget_others(index_path(self._db, wanted))
                for act in self._acts:
                    act()
            self._stopped.wait(_INTERVAL)

    def _forget_others(self, kept: Path) -> None:
        for other in kept.parent.iterdir():
            if other != kept:
                other.unlink(missing_ok=True)

    def _make(self, version: int) -> bool:
        command = [sys.executable, "-m", "server.search.build", str(self._db), str(version)]
        with subprocess.Popen(command, stderr=subprocess.PIPE, env=child_environment()) as builder:
            self._builder = builder
            told = builder.stderr.read().decode(errors="replace").strip() if builder.stderr else ""
        if builder.returncode and not self._stopped.is_set() and self._pool.version == version:
            log.warning(
                "the search index of version %d cannot be made: %s", version, told.splitlines()[-1:] or "killed"
            )
        return builder.returncode == 0
