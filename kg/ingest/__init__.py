"""Many articles into the store: read → extract → quads → gate → store, in one process or several.

    summary = ingest(db, read_sources(paths), jobs=2)

What a worker does with articles is `kg.pipeline.process`; how it is handed out is in `workers`, what becomes of it in
`driver`.
"""

from kg.ingest.driver import ingest
from kg.ingest.summary import Problem, Summary

__all__ = ["Problem", "Summary", "ingest"]
