"""Started by the test: forks a writer for each line `DB RELEASE ARTICLES BATCH`; prints its pid, then its status."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from unittest import mock

from kg.gate import Verdict
from kg.ingest import ingest
from kg.model import (
    Article,
    Entity,
    EntityType,
    Extraction,
    Mention,
    Modality,
    PublicationDate,
    Span,
    Statement,
)
from kg.pipeline import Stages


def article(number: int) -> Article:
    text = "\n".join(f"قال سامي بن يوسف رقم {number} إن السفينة {line} وصلت إلى الميناء." for line in range(8))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(f"a{number}", f"{number}.txt", text, digest, title=f"السفينة {number}")


def extract(article: Article) -> Extraction:
    """One statement a line, by a speaker that half of the articles share."""
    speaker = Entity("e", EntityType.PERSON, f"سامي بن يوسف {len(article.id)}", mentions=(Mention(Span(4, 16), "e"),))
    starts = [0, *(at + 1 for at, char in enumerate(article.text) if char == "\n")]
    ends = [*(start - 1 for start in starts[1:]), len(article.text)]
    statements = [
        Statement(f"s{start}", ("e",), Modality.ASSERTED, Span(start, end), "say-verb")
        for start, end in zip(starts, ends, strict=True)
    ]
    return Extraction(article, PublicationDate(None), entities=(speaker,), statements=tuple(statements))


def ingest_once(db: str, release: str, articles: str, batch: str) -> None:
    stages = Stages(extract, lambda _: b"{}", judge=lambda cases, _: [Verdict() for _ in cases])
    sources = [article(number) for number in range(int(articles))]
    with mock.patch("kg.ingest.driver.release_id", return_value=release):
        ingest(Path(db), sources, batch=int(batch), jobs=1, stages=stages)


if __name__ == "__main__":
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            ingest_once(*line.split())
            os._exit(0)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)
