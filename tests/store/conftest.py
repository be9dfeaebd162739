"""Stores in folders of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.model import Extraction
from kg.rdf.quads import graph_of
from kg.store.records import ArticleWrite


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "db"


@pytest.fixture
def write(variant: Callable[..., Extraction]) -> Callable[..., ArticleWrite]:
    """`write("a1", release="r2", text=…)`: an article with its graph, ready to be stored."""

    def make(
        identity: str, release: str = "r1", base: str = "https://w3id.org/khabar/", **changes: str
    ) -> ArticleWrite:
        extraction = variant(identity, **changes)
        fingerprint = f"{extraction.article.sha256}{sorted(changes.items())}"
        graph = graph_of(extraction, release, base)
        return ArticleWrite(extraction.article, fingerprint, release, graph, "2024-03-06T10:00:00+00:00")

    return make
