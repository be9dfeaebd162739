"""A client that leaves before its answer is there: who works for it can be told."""

from __future__ import annotations

import threading
from collections.abc import Callable

ENVIRON_KEY = "khabar.departure"
"""Where the WSGI environment holds a `Departure`, if the server can tell."""


class Departure:
    """Runs what was registered once the client is gone, at once where it is gone already. Safe for threads."""

    def __init__(self) -> None:
        self.gone = False
        self._lock = threading.Lock()
        self._then: list[Callable[[], object]] = []

    def then(self, act: Callable[[], object]) -> None:
        """Has `act` run when the client leaves."""
        with self._lock:
            if not self.gone:
                self._then.append(act)
                return
        act()

    def happened(self) -> None:
        """The client is gone."""
        with self._lock:
            self.gone = True
            acts, self._then = self._then, []
        for act in acts:
            act()
