"""One line a request in the access log, and counts for `/metrics` in the text format of Prometheus."""

from __future__ import annotations

import json
import logging
import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from server.repeats import Asker

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

access = logging.getLogger("khabar.access")

BUCKETS = (0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Upper bounds of the latency histogram in seconds."""


class Observer:
    """Counts requests by kind and status, and how long they took until their first byte. Safe for threads."""

    def __init__(self) -> None:
        self.repeated = 0  # requests that were answered before they were read
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, int]] = Counter()
        self._latency = defaultdict[str, list[int]](lambda: [0] * (len(BUCKETS) + 1))
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def record(self, environ: WSGIEnvironment, status: int, seconds: float) -> None:
        """Counts one request and writes its line; JSON, so that nothing a client sends can break the line."""
        kind = "sparql" if environ["PATH_INFO"] == "/sparql" else "other"
        with self._lock:
            self._requests[kind, status] += 1
            self._latency[kind][bisect_left(BUCKETS, seconds)] += 1
            self._seconds[kind] += seconds
        if access.isEnabledFor(logging.INFO):
            _write(
                environ.get("REMOTE_ADDR", ""),
                environ["REQUEST_METHOD"],
                environ["PATH_INFO"],
                environ["QUERY_STRING"],
                status,
                seconds,
                environ.get("HTTP_USER_AGENT", ""),
            )

    def again(self, asker: Asker, client: str, status: int) -> None:
        """Counts a request to `/sparql` that was answered before it was read; its line has no time."""
        with self._lock:
            self.repeated += 1
            self._requests["sparql", status] += 1
            self._latency["sparql"][0] += 1
        if access.isEnabledFor(logging.INFO):
            _write(client, asker.method, "/sparql", asker.query, status, 0.0, asker.agent)

    def lines(self) -> list[str]:
        """The counts as lines of Prometheus's text format."""
        with self._lock:
            lines = ["# TYPE khabar_requests_total counter"]
            lines += [
                f'khabar_requests_total{{kind="{kind}",status="{status}"}} {count}'
                for (kind, status), count in sorted(self._requests.items())
            ]
            lines.append("# TYPE khabar_request_seconds histogram")
            for kind, counts in sorted(self._latency.items()):
                below = 0
                for bound, count in zip((*map(str, BUCKETS), "+Inf"), counts, strict=True):
                    below += count
                    lines.append(f'khabar_request_seconds_bucket{{kind="{kind}",le="{bound}"}} {below}')
                lines.append(f'khabar_request_seconds_sum{{kind="{kind}"}} {self._seconds[kind]:.6f}')
                lines.append(f'khabar_request_seconds_count{{kind="{kind}"}} {below}')
            return lines


def forwarded(header: str) -> str:
    """The client that a proxy names: the last address of `X-Forwarded-For`, which it wrote itself."""
    return header.rpartition(",")[2].strip() or "unknown"


def _write(client: str, method: str, path: str, query: str, status: int, seconds: float, agent: str) -> None:
    line = {
        "client": client,
        "method": method,
        "path": path,
        "query": query[:2000],
        "status": status,
        "ms": round(seconds * 1000, 2),
        "agent": agent[:200],
    }
    access.info("%s", json.dumps(line))
