"""Keeps a copy of the published version in memory, for the workers of a pool to be forked from."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import Literal

from kg.errors import StoreError
from kg.store import Version
from server.workers.copy import fits
from server.workers.pool import WorkerPool
from server.workers.process import WorkerParent

log = logging.getLogger("khabar.workers")

InMemory = Literal["auto", "on", "off"]

_INTERVAL = 0.5  # seconds between looks at the current version


class CopyKeeper:
    """Has the version that stays published for a while copied; until the copy is there, and where it does not fit
    (`auto`), workers open the files. A store that changes all the time is copied at most half of the time."""

    def __init__(self, db: Path, pool: WorkerPool, mode: InMemory) -> None:
        self._db = db
        self._pool = pool
        self._mode = mode
        self._looked_at: int | None = None  # copied, or found not to fit
        self._patience = 0.0  # seconds that a version must have been published
        self._loading: WorkerParent | None = None
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_up, name="khabar-copy", daemon=True)
        if mode != "off":
            self._thread.start()

    def stop(self) -> None:
        """Stops copying; what the pool has adopted is the pool's."""
        self._stopped.set()
        if self._loading is not None:
            self._loading.stop()
        if self._mode != "off":
            self._thread.join(timeout=5)

    def _keep_up(self) -> None:
        seen, since = 0, 0.0
        while not self._stopped.is_set():
            wanted = self._pool.version
            if wanted != seen:
                seen, since = wanted, time.monotonic()
            lost = self._pool.copied is None and self._looked_at == wanted and self._fitted(wanted)
            if (wanted != self._looked_at or lost) and time.monotonic() - since >= self._patience:
                started = time.monotonic()
                self._renew(wanted)
                self._patience = time.monotonic() - started
            self._stopped.wait(_INTERVAL)

    def _fitted(self, number: int) -> bool:
        if self._mode == "on":
            return True
        limits = self._pool.limits
        try:
            return fits(Version(self._db, number).manifest.quads, limits.workers + limits.spares)
        except StoreError:  # published and gone again
            return False

    def _renew(self, number: int) -> None:
        self._looked_at = number
        if not self._fitted(number):
            log.info("version %d is answered from its files: a copy would not fit into half of the free memory", number)
            if self._pool.copied is not None:
                self._pool.adopt(None)
            return
        parent = self._loading = WorkerParent(self._db, self._pool.limits.memory, version=number)
        started = time.monotonic()
        reason = "the server is stopping" if self._stopped.is_set() else parent.wait_for_copy()
        self._loading = None
        if reason is None and self._pool.version == number:
            try:
                self._pool.adopt(parent)
            except StoreError as error:
                reason = str(error)
            else:
                log.info("version %d is in memory after %.1f s", number, time.monotonic() - started)
                return
        parent.stop()
        if reason is not None and not self._stopped.is_set():
            log.warning("version %d is answered from its files: %s", number, reason)
