"""What every store offers its writer; `EmbeddedStore` is the default one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from kg.store.change import Change
from kg.store.quarantine import Quarantine
from kg.store.records import ArticleWrite, State
from kg.store.versions import Version


class Store(Protocol):
    """The one writer of a store. Changes are seen by readers once they are published, all of them or none.

    Every method may raise StoreFullError or StoreError; what was not published is then gone.
    """

    base: str
    version: Version | None
    quarantine: Quarantine

    def state(self, article: str) -> State | None:
        """The article as it stands with what is put so far; None if it is not there."""

    def is_removed(self, article: str) -> bool:
        """Whether a person removed the article."""

    def find(self, reference: str) -> list[str]:
        """The ids of the articles, present or former, that an IRI, id, address or source name means."""

    def put(self, writes: Sequence[ArticleWrite]) -> None:
        """Stores articles with their graphs; one that is there already is replaced."""

    def put_graph(self, name: str, quads: bytes) -> bool:
        """Makes `graph/NAME` of exactly these quads (sorted N-Quads); returns whether it was another before."""

    def apply(self, change: Change) -> Change:
        """Adds and removes quads; returns those that were really added and removed."""

    def remove(self, articles: Iterable[str], *, erase: bool = False) -> None:
        """Takes articles out and publishes; with `erase` no trace stays of what they said."""

    def publish(self, release: str | None = None) -> Version | None:
        """Makes all changes so far the current version, durable on return; None if there are none."""
