"""The parent of the query workers: a process without threads and without an open store, so that forking it is safe.

It is started by `process.py` as `python -m server.workers.parent FD DB MEMORY VERSION [ENDPOINT …]`. Unless VERSION is
0 it first copies that version into memory and says {"copy": null}, or {"copy": REASON} where it cannot, and ends. Then
it obeys the control channel FD:

    {"do": "fork"}              → {"pid": N} with the worker's end of a socket pair
    {"do": "fork writer"}       → the same, for a process that carries out one write (`server/writes/writer.py`)
    {"do": "fork validator"}    → the same, for one validation (`server/validation/validator.py`)
    {"do": "end", "pid": N}     → {"signal": S}: kills the worker where it still lives, tells what ended it
    {"do": "drop", "pid": N}    → {}: kills the worker and does not wait: giving back much memory takes a while
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kg.errors import StoreError
from server.workers.copy import load
from server.workers.protocol import receive_json, send_json
from server.workers.worker import work


def main(arguments: list[str]) -> None:
    """Obeys until the HTTP process is gone, then ends all workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = socket.socket(fileno=int(arguments[0]))
    db, memory, version, endpoints = Path(arguments[1]), int(arguments[2]), int(arguments[3]), tuple(arguments[4:])
    copy = None
    if version:
        try:
            copy = load(db, version, control)
        except (StoreError, OSError, SyntaxError, ValueError) as error:
            with suppress(ConnectionError):
                send_json(control, {"copy": str(error)})
            return
        with suppress(ConnectionError):  # seen again below
            send_json(control, {"copy": None})
    living: set[int] = set()
    dying: set[int] = set()
    while received := receive_json(control):
        order, _ = received
        if order["do"] == "fork":
            _fork(control, lambda connection: work(connection, db, memory, endpoints, copy), living)
        elif order["do"] == "fork writer":
            from server.writes import writer  # heavy, and most servers never write

            writer.warm()
            _fork(control, lambda connection: writer.write(connection, db), living)
        elif order["do"] == "fork validator":
            from server.validation import validator

            validator.warm()
            _fork(control, validator.answer, living)
        elif order["do"] == "drop":
            _drop(int(order["pid"]), living, dying)
            send_json(control, {})
        else:
            send_json(control, {"signal": _end(int(order["pid"]), living)})
        dying = {pid for pid in dying if os.waitpid(pid, os.WNOHANG)[0] == 0}
    for pid in list(living):
        _end(pid, living)
    os._exit(0)  # giving a copy back piece by piece takes seconds


def _fork(control: socket.socket, task: Callable[[socket.socket], None], living: set[int]) -> None:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        control.close()
        ours.close()
        task(theirs)
        os._exit(0)
    theirs.close()
    living.add(pid)
    send_json(control, {"pid": pid}, (ours.fileno(),))
    ours.close()


def _drop(pid: int, living: set[int], dying: set[int]) -> None:
    if pid in living:
        living.discard(pid)
        os.kill(pid, signal.SIGKILL)
        dying.add(pid)


def _end(pid: int, living: set[int]) -> int:
    """The number of the signal that ended the worker, 0 where it went by itself."""
    if pid not in living:
        return 0
    living.discard(pid)
    ended, status = os.waitpid(pid, os.WNOHANG)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


if __name__ == "__main__":
    main(sys.argv[1:])
