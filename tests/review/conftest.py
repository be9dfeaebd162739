"""A store of two small articles of our own, in which a man is named whom no gazetteer knows."""

from __future__ import annotations

import json
import shutil
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


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    source = folder / "articles.jsonl"
    source.write_text("".join(json.dumps(article) + "\n" for article in ARTICLES), encoding="utf-8")
    summary = ingest(folder / "db", read_sources([str(source)]), jobs=1)
    assert (summary.fine, summary.added) == (True, 3)
    return folder / "db"


@pytest.fixture
def db(ingested: Path, tmp_path: Path) -> Path:
    shutil.copytree(ingested, tmp_path / "db", symlinks=True)
    return tmp_path / "db"
