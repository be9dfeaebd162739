"""A disk that fills up stops the run with a word, and the version before it answers on."""

from __future__ import annotations

import errno
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreFullError
from kg.store.faults import storage_faults

SCRIPT = Path(__file__).parent / "data" / "full_disk.py"
SIZE = 16_000_000
MOUNT = f"mount -t tmpfs -o size={SIZE} none"


@pytest.fixture
def own_disk(tmp_path: Path) -> list[str]:
    """The words that run a shell in a namespace where it may mount a disk of its own."""
    words = ["unshare", "-rm", "sh", "-c"]
    if shutil.which("unshare") is None:
        pytest.skip("no unshare here: no disk to fill up")
    if subprocess.run([*words, f"{MOUNT} {tmp_path}"], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting is not allowed here: no disk to fill up")
    return words


@pytest.mark.slow
def test_full_disk_is_told_and_the_old_version_answers(own_disk: list[str], tmp_path: Path) -> None:
    run = f"{MOUNT} {tmp_path} && exec {sys.executable} {SCRIPT} {tmp_path} {SIZE}"
    environment = {**os.environ, "TMPDIR": "/var/tmp"}
    ran = subprocess.run([*own_disk, run], capture_output=True, text=True, check=False, env=environment)
    assert ran.returncode == 0, ran.stderr
    seen = json.loads(ran.stdout)
    assert len(seen["told"]) == 4
    assert all("the disk is full" in told for told in seen["told"])
    assert seen["same"] == [True] * 4
    assert seen["leftovers"] == [[], [], [], []]
    assert seen["articles"] == 30


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), StoreFullError),
        (OSError("IO error: No space left on device: While appending to file"), StoreFullError),
        (sqlite3.OperationalError("database or disk is full"), StoreFullError),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), StoreFullError),
        (OSError(errno.EROFS, "Read-only file system"), StoreError),
        (sqlite3.DatabaseError("file is not a database"), StoreError),
    ],
)
def test_faults_are_told_as_ours(fault: Exception, expected: type[StoreError]) -> None:
    with pytest.raises(StoreError) as told, storage_faults(Path("db")):
        raise fault
    assert type(told.value) is expected
    assert str(told.value).startswith("db: ")
