"""New versions of the store while clients read: queries by both methods, pages, searches."""

from __future__ import annotations

import http.client
import itertools
import threading
import time
from collections import Counter
from urllib.parse import quote

from bench.served import request

_FORM = "application/x-www-form-urlencoded"
_QUERY = "SELECT ?v { GRAPH <urn:switch> { <urn:s> <urn:v> ?v } }"


def switch_versions(address: str, count: int) -> tuple[Counter[tuple[str, str]], list[float], int]:
    """Outcomes of requests by kind and status, the seconds of each write, and how many readers there were."""
    outcomes: Counter[tuple[str, str]] = Counter()
    while request(address, "GET", "/search?q=x")[0] == 503:  # a server that has just started makes its first index
        time.sleep(0.5)
    done, times = threading.Event(), list[float]()
    tasks = [
        ("query by GET", "GET", f"/sparql?query={quote(_QUERY)}", b""),
        ("query by POST", "POST", "/sparql", b"query=" + quote(_QUERY).encode()),
        ("large answer", "GET", f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}", b""),
        ("page", "GET", "/", b""),
        ("search", "GET", f"/search?q={quote('قيمة')}", b""),
        ("graph", "GET", "/data?graph=urn:graph:1", b""),
    ]

    def read(kind: str, method: str, path: str, body: bytes) -> None:
        last = 0
        for number in itertools.count():
            if done.is_set():
                return
            unseen = f"%20%23{number}" if "sparql?" in path else ""
            try:
                status, answer = request(
                    address, method, path + unseen, body, _FORM if body else "", Accept="text/csv, */*"
                )
            except (OSError, http.client.HTTPException) as error:
                outcomes[kind, type(error).__name__] += 1
                continue
            outcomes[kind, str(status)] += 1
            if kind.startswith("query") and status == 200 and len(answer.split()) == 2:
                seen = int(answer.split()[1])
                outcomes[kind, "went back in time"] += seen < last
                last = seen

    threads = [threading.Thread(target=read, args=task) for task in tasks]
    for thread in threads:
        thread.start()
    for number in range(1, count + 1):
        new = f"GRAPH <urn:switch> {{ <urn:s> <urn:v> {number} }}"
        text = f"DELETE WHERE {{ GRAPH <urn:switch> {{ ?s ?p ?o }} }}; INSERT DATA {{ {new} }}"
        started = time.perf_counter()
        status, _ = request(address, "POST", "/sparql", b"update=" + quote(text).encode(), _FORM)
        times.append(time.perf_counter() - started)
        outcomes["update", str(status)] += 1
        _, answer = request(address, "POST", "/sparql", b"query=" + quote(_QUERY).encode(), _FORM, Accept="text/csv")
        outcomes["the writer reads its write", "200" if answer.split()[-1:] == [str(number).encode()] else "no"] += 1
    done.set()
    for thread in threads:
        thread.join()
    return +outcomes, times, len(tasks)
