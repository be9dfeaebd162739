"""The worker processes as the HTTP process sees them: their parent, and one socket to each."""

from __future__ import annotations

import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from server.workers.protocol import Kind, read_message, receive_json, send_json, split_message

log = logging.getLogger("khabar.workers")

_AT_ONCE = 16 * 1024  # bytes; most answers are shorter
_PATIENCE = 3.0  # seconds


class Worker:
    """One worker process and the socket to it."""

    def __init__(self, parent: WorkerParent, pid: int, connection: socket.socket) -> None:
        self.parent = parent
        self.pid = pid
        self.connection = connection
        self.stream = connection.makefile("rb")
        self._received = b""
        self._readable = select.poll()
        self._readable.register(connection, select.POLLIN)

    def receive(self, seconds: float) -> tuple[Kind, bytes] | None:
        """The next message; None where the worker died or says nothing for so long."""
        while True:
            try:
                return self.receive_now()
            except BlockingIOError:
                if not self._readable.poll(seconds * 1000):
                    return None

    def receive_now(self) -> tuple[Kind, bytes] | None:
        """The same without waiting; BlockingIOError where it has not come whole."""
        while isinstance(split := split_message(self._received), int):
            try:
                received = self.connection.recv(max(split, _AT_ONCE), socket.MSG_DONTWAIT)
            except BlockingIOError:
                raise
            except OSError:  # a reset
                received = b""
            if not received:
                return None
            self._received += received
        kind, payload, self._received = split
        return kind, payload

    def close(self) -> None:
        self.stream.close()
        self.connection.close()


class WorkerParent:
    """The process that forks workers (`parent.py`); started anew when it died, unless it is one with a copy.

    `version`: the version of the store that it copies into memory; `wait_for_copy` before it forks.
    """

    def __init__(self, db: Path, memory: int, endpoints: tuple[str, ...] = (), version: int | None = None) -> None:
        self.version = version
        self._living: set[int] = set()
        self._retired = False
        self._arguments = [str(db), str(memory), str(version or 0), *endpoints]
        self._lock = threading.Lock()
        self._stopped = False
        self._process, self._control = self._start()
        self.missing: list[str] = []

    def wait_for_copy(self) -> str | None:
        """Until the version is in memory; why it is not. From another thread `stop` ends the wait."""
        try:
            received = receive_json(self._control)
        except OSError:
            received = None
        return received[0]["copy"] if received is not None else "its process died"

    def fork(self, order: str = "fork") -> Worker:
        """A new worker that is ready; StoreError where the system does not let us have one."""
        reply, descriptors = self._order({"do": order})
        worker = Worker(self, int(reply["pid"]), socket.socket(fileno=descriptors[0]))
        greeting = read_message(worker.stream)
        if greeting is None:
            worker.close()
            raise StoreError("a query worker died as it started; see the log above")
        self._living.add(worker.pid)
        self.missing = json.loads(greeting[1])
        return worker

    def end(self, worker: Worker) -> int:
        """Ends a worker where it still lives; the number of the signal that ended it, 0 for none."""
        worker.close()
        reply, _ = self._order({"do": "end", "pid": worker.pid})
        self._forget(worker)
        return int(reply["signal"])

    def drop(self, worker: Worker) -> None:
        """Ends a worker without waiting until it is gone."""
        worker.close()
        self._order({"do": "drop", "pid": worker.pid})
        self._forget(worker)

    def retire(self) -> None:
        """Has the process end with the last of its workers."""
        self._retired = True
        if not self._living:
            self.stop()

    def _forget(self, worker: Worker) -> None:
        self._living.discard(worker.pid)
        if self._retired and not self._living:
            self.stop()

    def kill(self, pid: int) -> None:
        """Ends a worker that someone else reads from, who will see the closed socket."""
        os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Ends the process and its workers."""
        with self._lock:
            self._stopped = True
            with suppress(OSError):  # it may be gone already
                self._control.shutdown(socket.SHUT_RDWR)
            try:
                self._process.wait(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:  # it copies, and may not look up for long; its workers see it go
                self._process.kill()
                self._process.wait()
            self._control.close()

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        environment = child_environment()
        command = [sys.executable, "-m", "server.workers.parent", str(theirs.fileno()), *self._arguments]
        process = subprocess.Popen(command, pass_fds=(theirs.fileno(),), env=environment)
        theirs.close()
        return process, ours

    def _order(self, order: dict[str, str | int]) -> tuple[dict[str, int], list[int]]:
        with self._lock:
            for _ in range(0 if self._stopped else 2):
                try:
                    send_json(self._control, order)
                    received = receive_json(self._control)
                except OSError:
                    received = None
                if received is not None:
                    return received
                if order["do"] in ("end", "drop"):  # it went with its parent
                    return {"signal": signal.SIGKILL}, []
                if self.version is not None:
                    break
                log.warning("the parent of the query workers died; another is started")
                self._control.close()
                self._process.wait()
                self._process, self._control = self._start()
        if order["do"] in ("end", "drop"):
            return {"signal": 0}, []
        raise StoreError("the parent of the query workers is not running")


def child_environment() -> dict[str, str]:
    """The environment of a Python process that is to find the modules that this one finds."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
