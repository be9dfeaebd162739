"""A store of two small articles of our own, in which a man is named whom no gazetteer knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.ingest import ingest
from kg.read import read_sources

ARTICLES = (
    {
        "text": "قال زيد المرواني وزير خارجية روسيا إن موسكو ترفض إرسال قوات إلى سوريا.",
        "published": "2023-05-04",
        "url": "https://example.org/later",
    },
    {
        "text": "أعلن زيد المرواني وزير خارجية روسيا أن بلاده لن ترسل أسلحة إلى إيران.",
        "published": "2023-05-03",
        "url": "https://example.org/first",
    },
    {"text": "قال رئيس فرنسا إيمانويل ماكرون إن باريس تدعم أوكرانيا."},
)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    source = tmp_path / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    summary = ingest(tmp_path / "db", read_sources([str(source)]), jobs=1)
    assert (summary.fine, summary.added) == (True, 3)
    return tmp_path / "db"
