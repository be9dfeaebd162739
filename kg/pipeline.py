"""One article's way through Khabar, one call per arrow.

    article ─► segments ─► mentions ─► entities ─► frames ─► quads ─► gate ─► store

Everything here is a pure function of the article and the release (code, language data, gazetteer, decisions):
the same article and the same release give the same bytes, whoever runs it and in whatever order.
`kg/ingest.py` drives it over many articles and writes what passes to the store.
"""

from __future__ import annotations
