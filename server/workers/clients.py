"""What one client may take: queries at a time, and seconds of query time a minute.

Cheap queries cost next to nothing, so a client that asks many of them is not held back; one that keeps workers busy is.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass

from kg.errors import QueryLimitError

_REMEMBERED = 10_000  # clients


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """`at_a_time`: queries of one client that run or wait. `seconds` of query time are given back each minute, and may
    be saved up to `saved`."""

    at_a_time: int = 16
    seconds: float = 60.0
    saved: float = 120.0


@dataclass(slots=True)
class _Account:
    active: int = 0
    spent: float = 0.0
    since: float = 0.0


class Clients:
    """Keeps the accounts; the caller holds a lock. An empty client name is the server itself and is not counted."""

    def __init__(self, limits: ClientLimits) -> None:
        self._limits = limits
        self._accounts: OrderedDict[str, _Account] = OrderedDict()

    def enter(self, client: str) -> None:
        """Counts a query that begins; QueryLimitError where the client has no more room."""
        if not client:
            return
        account = self._account(client)
        if account.active >= self._limits.at_a_time:
            raise QueryLimitError(f"{account.active} queries of this client run or wait already", retry_after=1.0)
        if account.spent >= self._limits.saved:
            over = account.spent - self._limits.saved
            raise QueryLimitError(
                f"this client has used {self._limits.saved:g} s of query time",
                retry_after=over * 60 / self._limits.seconds + 1,
            )
        account.active += 1

    def leave(self, client: str, seconds: float) -> None:
        """Counts the end of a query that took `seconds`."""
        if client:
            account = self._account(client)
            account.active = max(account.active - 1, 0)
            account.spent += seconds

    def _account(self, client: str) -> _Account:
        now = time.monotonic()
        account = self._accounts.get(client)
        if account is None:
            account = self._accounts[client] = _Account(since=now)
            if len(self._accounts) > _REMEMBERED:
                self._accounts.popitem(last=False)
        self._accounts.move_to_end(client)
        if account.spent:
            account.spent = max(account.spent - (now - account.since) * self._limits.seconds / 60, 0.0)
        account.since = now
        return account
