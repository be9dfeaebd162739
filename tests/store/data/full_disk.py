"""Run on a small disk of its own: fills it up in the middle of a run, makes room, runs again. Prints what it saw."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

from kg.errors import StoreFullError
from kg.gate import Verdict
from kg.ingest import ingest
from kg.pipeline import Stages
from kg.rdf.terms import nquads
from kg.store import current, open_current, read_article

if __name__ == "__main__":
    beside = runpy.run_path(str(Path(__file__).with_name("ingest_once.py")))
    article, extract = beside["article"], beside["extract"]
    disk = Path(sys.argv[1])
    db, ballast = disk / "db", disk / "ballast"
    stages = Stages(extract, lambda _: b"{}", judge=lambda cases, _: [Verdict() for _ in cases])
    ingest(db, [article(number) for number in range(5)], stages=stages, jobs=1)
    with open_current(db) as (version, graph):
        before = (version.number, nquads(graph), article(3).text)
    told, leftovers, same = [], [], []
    for room in (2_000_000, 400_000, 60_000, 0):
        free = int(sys.argv[2]) - sum(file.stat().st_blocks * 512 for file in disk.rglob("*") if file.is_file())
        ballast.write_bytes(bytes(max(0, free - room)))
        try:
            ingest(db, [article(number) for number in range(5, 1000)], stages=stages, jobs=1, batch=1000)
            told.append("nothing")
        except StoreFullError as error:
            told.append(str(error))
        with open_current(db) as (version, graph):
            article_read = read_article(version, "a3")
            same.append((version.number, nquads(graph), article_read and article_read.article.text) == before)
        leftovers.append([str(file) for file in db.rglob(".*")] + ["live"] * (db / "live").exists())
        ballast.unlink()
    ingest(db, [article(number) for number in range(5, 30)], stages=stages, jobs=1)
    print(json.dumps({"told": told, "same": same, "leftovers": leftovers, "articles": current(db).manifest.articles}))
