"""What keeps a query worker from harming anyone: no network, bounded memory and CPU time, a deadline.

All of it is the kernel's: the engine cannot be interrupted from Python while it evaluates.
"""

from __future__ import annotations

import errno
import math
import os
import resource
import signal
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from server.workers.clients import ClientLimits

_REFUSED_CALLS = ("bind", "listen", "execve", "execveat", "ptrace", "io_uring_setup")
_NETWORK_CALLS = ("socket", "connect")
_OPEN_FILES = 4096
_CPU_SLACK = 4  # seconds, so that the limit need not be moved for each query


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may take. Times in seconds, memory in bytes beyond the open store."""

    workers: int = 2
    spares: int = 1
    deadline: float = 10.0
    memory: int = 1024**3
    waiting: int = 32  # queries that may wait for a worker before others are refused
    client: ClientLimits = field(default_factory=ClientLimits)


def confine(*, network: bool = False) -> list[str]:
    """Takes the network and the making of processes from this process for good; returns what could not be taken.

    `network`: this process may call other hosts (federation), though never be called.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    limit = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(_OPEN_FILES, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    refused = _REFUSED_CALLS if network else (*_NETWORK_CALLS, *_REFUSED_CALLS)
    missing = [] if _seccomp(refused) else ["network filter (seccomp)"]
    if not sys.platform.startswith("linux"):
        missing.append("memory limit (RLIMIT_AS)")
    return missing


def give_way() -> None:
    """Has this process, when it is woken, wait until whoever woke it pauses: on a busy machine the HTTP process hands
    out several queries before a worker takes its processor. That saves a fifth of what small queries cost."""
    if sys.platform.startswith("linux"):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def limit_memory(budget: int) -> None:
    """Lets this process take `budget` bytes of address space beyond what it has now."""
    if sys.platform.startswith("linux"):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (_address_space() + budget, hard))


def lift_memory_limit() -> None:
    """Takes the limit off, to open another version."""
    if sys.platform.startswith("linux"):
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def start_clock(deadline: float) -> None:
    """From now on this process lives `deadline` seconds, and about as many of CPU time, unless `stop_clock` is called.

    SIGALRM with its default action ends the process whatever the engine does.
    """
    limit, hard = resource.getrlimit(resource.RLIMIT_CPU)
    least = time.process_time() + deadline * 4 + 1  # the engine may use several cores
    if not least <= limit <= least + _CPU_SLACK:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(least + _CPU_SLACK / 2), hard))
    signal.setitimer(signal.ITIMER_REAL, deadline)


def stop_clock() -> None:
    """Ends what `start_clock` began."""
    signal.setitimer(signal.ITIMER_REAL, 0)


def _seccomp(refused: tuple[str, ...]) -> bool:
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):  # no such package on this system, or no libseccomp under it
        return False
    try:
        rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        for call in refused:
            rules.add_rule(pyseccomp.ERRNO(errno.EPERM), call)
        rules.load()
    except (OSError, RuntimeError):
        return False
    return True


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
