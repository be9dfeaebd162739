"""The worker processes of a pool: which are idle, how many are busy, and the parent that new ones come from."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from kg.errors import StoreError
from server.workers.limits import Limits
from server.workers.process import Worker, WorkerParent
from server.workers.running import Counts

log = logging.getLogger("khabar.workers")


class Crew:
    """Workers over the store in folder `db`. They open its versions, until `adopt` brings a parent with a copy of one.

    `lock` guards what is idle and busy.
    """

    def __init__(self, db: Path, limits: Limits, endpoints: tuple[str, ...]) -> None:
        self.lock = threading.Lock()
        self.counts = Counts()
        self.busy = 0
        self.parent = WorkerParent(db, limits.memory, endpoints)
        self._copy: WorkerParent | None = None
        self._limits = limits
        self._idle: list[Worker] = []
        self._stopped = False
        self.refill()

    @property
    def stopped(self) -> bool:
        """Whether there are no more workers to be had."""
        return self._stopped

    @property
    def copied(self) -> int | None:
        """The version that workers have in memory."""
        return self._copy.version if self._copy is not None else None

    def take(self) -> Worker | None:
        """Counts one more as busy: an idle worker, or None where the caller is to `fork` one; `lock` is held."""
        self.busy += 1
        return self._idle.pop() if self._idle else None

    def put(self, worker: Worker | None) -> None:
        """Counts one less as busy; `worker` is idle again, None where it ended; `lock` is held."""
        self.busy -= 1
        if worker is not None:
            self._idle.append(worker)

    def is_current(self, worker: Worker) -> bool:
        """Whether a worker that has answered is to go on."""
        return worker.parent is (self._copy or self.parent)

    def fork(self) -> Worker:
        """A new worker; StoreError where the system does not let us have one."""
        self.counts.forked += 1
        copy = self._copy
        if copy is not None:
            try:
                return copy.fork()
            except StoreError as error:
                log.warning("workers open the files of the store again: %s", error)
                with self.lock:
                    self._copy = None if self._copy is copy else self._copy
                copy.retire()
        return self.parent.fork()

    def adopt(self, copy: WorkerParent | None) -> None:
        """From now on workers come from `copy`, a parent that has a version in memory; None: from the files again."""
        fresh = [copy.fork() for _ in range(self._limits.workers + self._limits.spares)] if copy is not None else []
        with self.lock:
            former, self._copy = self._copy, copy
            idle, self._idle = self._idle, fresh
            if self._stopped:
                return
        for worker in idle:
            worker.parent.drop(worker)
        if former is not None:
            former.retire()
        self.refill()

    def refill(self) -> None:
        """Forks until there are workers for all queries and the spares."""
        while True:
            with self.lock:
                if self._stopped or len(self._idle) + self.busy >= self._limits.workers + self._limits.spares:
                    return
            try:
                worker = self.fork()
            except StoreError as error:
                log.warning("%s", error)
                return
            with self.lock:
                if not self._stopped:
                    self._idle.insert(0, worker)
                    continue
            worker.close()

    def refill_soon(self) -> None:
        """The same in a thread of its own."""
        threading.Thread(target=self.refill, name="khabar-refill", daemon=True).start()

    def stop(self) -> None:
        """Ends all workers."""
        with self.lock:
            self._stopped = True
            idle, self._idle = self._idle, []
            copy = self._copy
        for worker in idle:
            worker.close()
        if copy is not None:
            copy.stop()
        self.parent.stop()
