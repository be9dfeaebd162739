"""One article of our own with a statement, a shipment and its denial, put into a store by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kg.model import (
    Agreement,
    Article,
    EdtfDate,
    Entity,
    EntityType,
    Extraction,
    Measure,
    Meeting,
    Mention,
    Modality,
    PublicationDate,
    Quantity,
    Span,
    Statement,
    Transfer,
)
from kg.rdf.quads import graph_of
from kg.store.embedded import EmbeddedStore
from kg.store.records import ArticleWrite
from server.app import create_app, stop_app
from server.config import ServerConfig
from server.workers.limits import Limits

ARTICLE_ID = "0123456789abcdef"
REMOVED_ID = "fedcba9876543210"
LINES = (
    "وزير يتهم الجيران بشحن السلاح",
    "قالت وكالة الساحل نقلا عن صحيفة المرفأ إن وزير الدفاع أكد أن الشمال شحن 300 حاوية إلى الجنوب.",
    "ونفى متحدث باسم الجنوب وصول أي حاوية <script>alert(1)</script> إلى موانئه.",
    "ووقع الطرفان اتفاق الميناء في لقاء بالعاصمة، وفرض المجلس حظرا على الشمال.",
)
TEXT = "\n\n".join(LINES)


def span(words: str) -> Span:
    """Where `words` stand in the article."""
    start = TEXT.index(words)
    return Span(start, start + len(words))


def entity(identity: str, kind: EntityType, words: str, english: str | None, item: str | None = None) -> Entity:
    return Entity(identity, kind, words, english, item, None, (Mention(span(words), identity),))


ENTITIES = (
    entity("minister", EntityType.ROLE, "وزير الدفاع", "minister of defence"),
    entity("agency", EntityType.NEWS_AGENCY, "وكالة الساحل", "Coast Agency", "Q900001"),
    entity("paper", EntityType.MEDIA_OUTLET, "صحيفة المرفأ", "Harbour Daily", "Q900002"),
    entity("north", EntityType.STATE, "الشمال", "the North", "Q900003"),
    entity("south", EntityType.STATE, "الجنوب", "the South", "Q900004"),
    entity("council", EntityType.INTERNATIONAL_ORGANIZATION, "المجلس", None, "Q900005"),
)
DAY = EdtfDate("2024-11-05", date(2024, 11, 5), date(2024, 11, 5))


def extraction() -> Extraction:
    """What a reader would find in the article."""
    article = Article(
        ARTICLE_ID,
        "sample.txt",
        TEXT,
        hashlib.sha256(TEXT.encode()).hexdigest(),
        title=LINES[0],
        url="https://news.example/sample",
        publisher="صحيفة العينة",
        language="ar",
    )
    return Extraction(
        article,
        PublicationDate(DAY, 1.0),
        entities=ENTITIES,
        statements=(
            Statement(
                "s1",
                ("minister",),
                Modality.ASSERTED,
                span(LINES[1]),
                "test",
                chain=("paper", "agency"),
                date=DAY,
                mentions=("north", "south"),
                about=("t1",),
                verb="أكد",
            ),
            Statement("s2", ("south",), Modality.DENIED, span(LINES[2]), "test", about=("t1",), answers=("s1",)),
        ),
        transfers=(
            Transfer(
                "t1",
                "arms",
                span("شحن 300 حاوية إلى الجنوب"),
                "test",
                sender=("north",),
                recipient=("south",),
                quantity=Quantity(300, 300, False, "container", "300 حاوية", span("300 حاوية")),
                status="alleged",
                claimed_by=("minister",),
                denied_by=("south",),
            ),
        ),
        agreements=(
            Agreement(
                "a1", "treaty", ("north", "south"), "signed", span("ووقع الطرفان اتفاق الميناء"), "test", narrated=True
            ),
        ),
        meetings=(Meeting("m1", "talks", ("north", "south"), "held", span("لقاء بالعاصمة"), "test"),),
        measures=(Measure("x1", "embargo", ("council",), ("north",), "imposed", span("وفرض المجلس حظرا"), "test"),),
    )


def write_sample(db: Path) -> None:
    """A store with the article; another article was there and was removed."""
    found = extraction()
    graph = graph_of(found, "test")
    with EmbeddedStore(db) as store:
        store.put([ArticleWrite(found.article, "f", "test", graph, "2026-11-24T00:00:00Z")])
        store.publish("test")
        removed = replace(found, article=replace(found.article, id=REMOVED_ID, url=None))
        graph = graph_of(removed, "test")
        store.put([ArticleWrite(removed.article, "g", "test", graph, "2026-11-24T00:00:00Z")])
        store.publish("test")
        store.remove([REMOVED_ID])


@pytest.fixture(scope="session")
def sample_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("sample") / "db"
    write_sample(db)
    return db


@pytest.fixture(scope="session")
def sample_app(sample_db: Path) -> Iterator[Flask]:
    app = create_app(ServerConfig(sample_db, limits=Limits(workers=1)))
    yield app
    stop_app(app)


@pytest.fixture
def browser(sample_app: Flask) -> Callable[..., TestResponse]:
    """Asks for a path as a browser does; headers by name override."""

    def ask(path: str, **headers: str) -> TestResponse:
        sent = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "Accept-Language": "ar"}
        return sample_app.test_client().get(path, headers={**sent, **headers})

    return ask


@pytest.fixture(scope="session")
def addresses() -> dict[str, str]:
    """The path of each frame of the sample, by its kind."""
    paths = [iri.removeprefix("https://w3id.org/khabar") for iri, _ in graph_of(extraction(), "test").frames]
    return {path.split("/")[1]: path for path in reversed(paths)} | {"article": f"/article/{ARTICLE_ID}"}
