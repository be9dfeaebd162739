"""The examples of the shapes, by shape and kind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph

EXAMPLES = Path(__file__).parent / "examples"

Example = Callable[[str, str], Graph]


@pytest.fixture
def example() -> Example:
    """Reads the `good` or `bad` example of the shape with that local name."""
    return lambda shape, kind: Graph().parse(EXAMPLES / f"{shape}.{kind}.ttl", format="turtle")
