"""How a server is set up; made by `khabar serve` or by whoever calls `create_app`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from server.workers.keeper import InMemory
from server.workers.limits import Limits
from server.writes.tokens import Token


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """`db`: the store's folder. `public_url`: the address clients use, where a proxy stands before the server.

    `evidence_only` keeps whole articles from being shown: only sentences with evidence and their neighbours are.
    `cache`: bytes of answers kept in memory, 0 for none. `tokens`: who may write; without any, writing is off.
    `endpoints`: IRIs of the SPARQL endpoints that queries may ask by SERVICE.
    `in_memory`: whether queries are answered from a copy of the published version in memory; `auto`: where it fits.
    `behind_proxy`: clients are told apart by the last address of `X-Forwarded-For`, which the proxy in front sets.
    """

    db: Path
    public_url: str | None = None
    limits: Limits = field(default_factory=Limits)
    cache: int = 64 * 1024 * 1024
    evidence_only: bool = False
    tokens: Sequence[Token] = ()
    behind_proxy: bool = False
    endpoints: tuple[str, ...] = ()
    in_memory: InMemory = "auto"
