"""`khabar serve` with the engine in the HTTP process itself, unsafe: what `bench/endpoint.py` compares isolation with.

python bench/endpoint_in_process.py DB PORT
"""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from kg.sparql import check, has_dataset
from server import app
from server.config import ServerConfig
from server.serve import serve
from server.sparql.lane import Lane, Then
from server.workers.clients import ClientLimits
from server.workers.copy import load
from server.workers.limits import Limits
from server.workers.protocol import Form


class InProcess(Lane):
    """Answers SELECT queries where others are handed to a worker."""

    graph: ox.Store

    def ask(self, environ: Any, prepared: Any, then: Then) -> None:
        text = prepared.request.text
        check(text)
        union = not has_dataset(text)
        found = self.graph.query(text, base_iri=prepared.request.base, use_default_graph_as_union=union)
        assert isinstance(found, ox.QuerySolutions)
        whole = found.serialize(format=ox.QueryResultsFormat.JSON)
        answer: Any = SimpleNamespace(form=Form.SOLUTIONS, whole=whole)
        then(self._endpoint.reply(environ, prepared, answer))


def main(db: Path, port: int) -> None:
    """Serves a copy of the first version."""
    ours, _theirs = socket.socketpair()
    InProcess.graph = load(db, 1, ours).graph
    limits = Limits(deadline=120, client=ClientLimits(64, 1e6, 1e6))
    config = ServerConfig(db=db, cache=0, in_memory="off", limits=limits)
    with patch.object(app, "Lane", InProcess):
        serve(config, "127.0.0.1", port, access_log=False, started=lambda address: print(address, flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
