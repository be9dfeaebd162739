"""The package's own stages, imported when the first article comes: language data and gazetteer take a while to load."""

from __future__ import annotations

from kg.ingest.work import Stages
from kg.model import Article, Extraction


def extract(article: Article) -> Extraction:
    """All that is found in an article."""
    from kg.extract import extract

    return extract(article)


def record(extraction: Extraction) -> bytes:
    """The extraction record as one line of JSON."""
    from kg.record import to_json

    return to_json(extraction)


STAGES = Stages(extract, record)
