"""Workers end with the process that started them, and one item's fault is its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.errors import OntologyError, ReadError
from kg.ingest.workers import Workers

SCRIPT = """
import os, time
from kg.ingest.workers import Workers

def work(items):
    time.sleep(items[0])
    return [os.getpid() for _ in items]

if __name__ == "__main__":
    workers = Workers(2, work)
    running = [workers.submit([1]) for _ in range(2)]
    print(*sorted({future.result()[0] for future in running}), flush=True)
    workers.submit([600])
    time.sleep(600)
"""


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_workers_end_when_their_starter_is_killed(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    process = subprocess.Popen([sys.executable, str(tmp_path / "script.py")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    pids = [int(pid) for pid in process.stdout.readline().split()]
    assert pids
    process.stdout.close()
    process.kill()
    process.wait()
    until = time.monotonic() + 10
    while any(map(is_running, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    left = [pid for pid in pids if is_running(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


def halves(items: object) -> list[float]:
    assert isinstance(items, list)
    for item in items:
        if item == "unread":
            raise ReadError("x", "cannot be read")
        if item == "broken":
            raise OntologyError("no shapes")
    return [1 / item for item in items]


def test_fault_of_one_item_leaves_the_others() -> None:
    with Workers[object, float](1, halves) as workers:
        items: list[object] = [1, 0, 2, "unread"]
        settled = workers.settle(items, workers.submit(items))
    assert settled[0] == 1
    assert "ZeroDivisionError" in str(settled[1])
    assert settled[2:] == [0.5, "x: cannot be read"]


def test_fault_of_the_installation_is_raised() -> None:
    with Workers[object, float](1, halves) as workers, pytest.raises(OntologyError):
        workers.settle(["broken"], workers.submit(["broken"]))
