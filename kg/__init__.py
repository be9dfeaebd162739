"""Khabar: a knowledge graph of the news that keeps who said it.

`kg` is the library and the command line; `server` is the Flask application. Start reading at `kg/pipeline.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import rdflib

__version__ = "0.1.0"


def open_graph(db: Path | str) -> rdflib.Dataset:
    """The published version of the store in folder `db` as a read-only rdflib dataset, without a server.

    Its default graph is the union of all graphs. StoreError where nothing is published.
    """
    from kg.query import open_graph as opened  # `import kg` stays light

    return opened(db)
