"""What several parts' tests share: one small article of our own, extracted by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.model import (
    Agreement,
    Article,
    Candidate,
    EdtfDate,
    Entity,
    EntityType,
    Extraction,
    Link,
    Mention,
    Modality,
    PublicationDate,
    Quantity,
    Span,
    Stance,
    Statement,
    Transfer,
)
from kg.rdf.quads import graph_of
from kg.store.records import ArticleWrite

DENIAL = Path(__file__).parent / "rdf" / "data" / "denial.txt"


@pytest.fixture
def denial() -> Extraction:
    """Two statements, an alleged shipment and a treaty, as an extractor would hand them on."""
    text = DENIAL.read_bytes().decode()

    def span(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    def entity(identity: str, kind: EntityType, surface: str, label: str, **more: object) -> Entity:
        mention = Mention(span(surface), identity)
        return replace(Entity(identity, kind, label, mentions=(mention,)), **more)  # type: ignore[arg-type]  # an Entity's fields

    kremlin = Link(
        "الكرملين", span("الكرملين"), "exact", 0.97, Candidate("kremlin", "Q133274", "قصر الكرملين", 0.4), "7"
    )
    day = EdtfDate("2024-03-05", date(2024, 3, 5), date(2024, 3, 5))
    yesterday = EdtfDate("2024-03-04", date(2024, 3, 4), date(2024, 3, 4))
    sentence = Span(0, text.index("\n"))
    return Extraction(
        article=Article(
            id="a1",
            name="denial.txt",
            text=text,
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            title="الكرملين ينفي تسلم ذخيرة",
            url="https://news.example/denial",
            publisher="صحيفة النهر",
            published="2024-03-05",
            language="ar",
        ),
        published=PublicationDate(day, 1.0),
        entities=(
            entity(
                "e1", EntityType.GOVERNMENT_BODY, "الكرملين", "الكرملين", wikidata="Q1", key="kremlin", link=kremlin
            ),
            entity("e2", EntityType.NEWS_AGENCY, "وكالة يونهاب", "وكالة يونهاب", label_en="Yonhap", key="yonhap"),
            entity("e3", EntityType.STATE, "كوريا الشمالية", "كوريا الشمالية", wikidata="Q423", key="dprk"),
            entity("e4", EntityType.STATE, "روسيا", "روسيا", wikidata="Q159", key="russia"),
            entity("e5", EntityType.PERSON, "دميتري بيسكوف", "دميتري بيسكوف"),
            entity("e6", EntityType.PLACE, "بيونغ يانغ", "بيونغ يانغ"),
        ),
        statements=(
            Statement(
                "s1",
                ("e1",),
                Modality.DENIED,
                sentence,
                "deny-verb",
                date=yesterday,
                about=("t1",),
                verb="نفى",
                content=span("كوريا الشمالية سلّمت روسيا نحو ألف حاوية من الذخيرة"),
                mentions=("e3", "e4"),
                answers=("s2",),
            ),
            Statement(
                "s2",
                ("e2",),
                Modality.ALLEGED,
                sentence,
                "cite-noun",
                about=("t1",),
                verb="ذكرته",
                chain=("e2",),
                stance=Stance.DISTANCING,
            ),
            Statement(
                "s3",
                ("e5",),
                Modality.ASSERTED,
                span("وقال دميتري بيسكوف إن موسكو ملتزمة"),
                "say-verb",
                about=("g1",),
                verb="قال",
                quotes=(span("موسكو ملتزمة"),),
            ),
        ),
        transfers=(
            Transfer(
                "t1",
                "ammunition",
                span("كوريا الشمالية سلّمت روسيا نحو ألف حاوية من الذخيرة"),
                "deliver-verb",
                ("e3",),
                ("e4",),
                status="denied",
                claimed_by=("e2",),
                denied_by=("e1",),
                quantity=Quantity(1000, 1000, True, "container", "نحو ألف حاوية", span("نحو ألف حاوية")),
            ),
        ),
        agreements=(
            Agreement(
                "g1",
                "defence",
                ("e4",),
                "in-force",
                span("باتفاقية الدفاع المشترك"),
                "treaty-noun",
                claimed_by=("e5",),
                label="اتفاقية الدفاع المشترك",
            ),
        ),
    )


@pytest.fixture
def variant(denial: Extraction) -> Callable[..., Extraction]:
    """The same extraction for another article: `variant("a2", text=…, publisher=…)`."""

    def make(identity: str, **changes: str) -> Extraction:
        text = changes.get("text", denial.article.text)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return replace(denial, article=replace(denial.article, id=identity, sha256=digest, **changes))

    return make


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "db"


@pytest.fixture
def write(variant: Callable[..., Extraction]) -> Callable[..., ArticleWrite]:
    """`write("a1", release="r2", text=…)`: an article with its graph, ready to be stored."""

    def make(
        identity: str, release: str = "r1", base: str = "https://w3id.org/khabar/", **changes: str
    ) -> ArticleWrite:
        extraction = variant(identity, **changes)
        fingerprint = f"{extraction.article.sha256}{sorted(changes.items())}"
        graph = graph_of(extraction, release, base)
        return ArticleWrite(extraction.article, fingerprint, release, graph, "2024-03-06T10:00:00+00:00")

    return make
