"""A limit on the time that a check may take."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kg.errors import UsageError


class OutOfTimeError(UsageError):
    """A check took longer than it may; shapes with patterns that backtrack can do that."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises OutOfTimeError in the block when `seconds` have passed; 0 stands for no limit.

    It works by SIGALRM, which Python's regular expressions answer to, and so only in a process's main thread.
    """
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise OutOfTimeError(f"the check took longer than {seconds:g} s; give it less, or more time with --timeout")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
