"""Extraction as a whole: what comes out, that evidence is where it says, and that nothing is raised on any text."""

from __future__ import annotations

import gc
import hashlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Agreement, Article, Extraction, Measure, Meeting, Modality, Span, Statement, Transfer
from kg.pipeline import extract
from kg.record import record, to_json

TEXT = (
    "قال الرئيس الروسي فلاديمير بوتين يوم الأحد إن بلاده ستزود بيلاروسيا بصواريخ باليستية. ونفت أوكرانيا هذه الاتهامات."
)


def article(text: str, language: str | None = None) -> Article:
    return Article(
        "a1", "test.txt", text, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), language=language
    )


def spans_of(found: Extraction) -> list[Span]:
    spans = [m.span for e in found.entities for m in e.mentions]
    frames: list[Statement | Transfer | Agreement | Meeting | Measure] = [*found.statements, *found.transfers]
    frames += [*found.agreements, *found.meetings, *found.measures]
    for frame in frames:
        spans.append(frame.span)
        if frame.date and frame.date.span:
            spans.append(frame.date.span)
    spans += [s.content for s in found.statements if s.content]
    spans += [quote for s in found.statements for quote in s.quotes]
    return spans + [t.quantity.span for t in found.transfers if t.quantity]


def test_a_statement_its_transfer_and_its_denial_come_out() -> None:
    found = extract(article(TEXT))
    labels = {entity.id: entity.label_ar for entity in found.entities}
    assert [labels[s.speaker[0]] for s in found.statements] == ["فلاديمير بوتين", "أوكرانيا"]
    assert [s.modality for s in found.statements] == [Modality.PLEDGED, Modality.DENIED]
    assert len(found.transfers) == 1


def test_another_language_is_left_alone_and_said_so() -> None:
    for text, language in [("The president said that the talks ended.", None), (TEXT, "fa")]:
        found = extract(article(text, language))
        assert not found.entities
        assert not found.statements
        assert found.notes[0].startswith("nothing extracted")


def test_the_same_article_gives_the_same_bytes() -> None:
    assert to_json(extract(article(TEXT))) == to_json(extract(article(TEXT)))


def test_an_extraction_leaves_nothing_for_the_cyclic_collector() -> None:
    extract(article(TEXT))  # all that is loaded once
    gc.collect()
    gc.disable()
    try:
        extract(article(TEXT))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_record_holds_what_the_scorer_reads_as_json() -> None:
    made = json.loads(to_json(extract(article(TEXT))))
    assert made == record(extract(article(TEXT)))
    ids = {entity["id"] for entity in made["entities"]}
    for statement in made["statements"]:
        assert set(statement["speaker"]) | set(statement["addressee"]) | set(statement["chain"]) <= ids
        assert set(statement["about"]) <= {frame["id"] for kind in ("transfers", "agreements") for frame in made[kind]}


_PIECES = st.sampled_from(
    [
        *TEXT.split(),
        "\n",
        "،",
        ".",
        '"',
        "”",
        "«",
        "وأضاف",
        "نقلا",
        "عن",
        "وكالة",
        "أن",
        "إن",
        "وفقا",
        "لـ",
        "لم",
        "أكثر",
        "من",
        "10",
        "آلاف",
        "جندي",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_any_run_of_news_words_gives_frames_inside_the_text(text: str) -> None:
    found = extract(article(text))
    ids = {entity.id for entity in found.entities}
    assert all(0 <= span.start < span.end <= len(text) for span in spans_of(found))
    for statement in found.statements:
        assert {*statement.speaker, *statement.addressee, *statement.chain, *statement.mentions} <= ids


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_no_text_raises(text: str) -> None:
    to_json(extract(article(text)))
