"""A change of quads by a client (SPARQL Update, Graph Store Protocol), published whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

if TYPE_CHECKING:
    from kg.store.versions import Version

PATIENCE = 10.0  # seconds that a client's write waits for the writer before it


@dataclass(frozen=True, slots=True)
class Change:
    """Quads to add and to remove; one that is in both is added, as SPARQL 1.1 Update deletes before it inserts."""

    added: frozenset[ox.Quad] = frozenset()
    removed: frozenset[ox.Quad] = frozenset()

    def on(self, graph: ox.Store) -> Change:
        """What of the change makes a difference to a graph."""
        return Change(
            frozenset(quad for quad in self.added if quad not in graph),
            frozenset(quad for quad in self.removed - self.added if quad in graph),
        )

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def write(
    db: Path,
    change_of: Callable[[ox.Store], Change],
    judge: Callable[[ox.Store, Change], None],
    *,
    patience: float = PATIENCE,
) -> tuple[Version | None, Change]:
    """Changes the store in `db` and publishes it; returns the version that has the change and what it really changed.

    `change_of` gets the graph as it is once no other writer is at it, read-only; `judge` gets that graph and the
    change that would really happen, and raises (RejectedError) to refuse it. Neither may keep the graph. Without a
    difference nothing is published. Raises StoreLockedError after `patience` seconds, StoreFullError, StoreError.
    """
    from kg.store.embedded import EmbeddedStore
    from kg.store.layout import base_iri

    base_iri(db)
    with EmbeddedStore(db, patience=patience) as store:
        before = store.version.open() if store.version else ox.Store()
        change = change_of(before).on(before)
        if change:
            judge(before, change)
            store.apply(change)
            store.publish()
        return store.version, change
