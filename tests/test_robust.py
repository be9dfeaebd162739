"""Robustness: no pattern backtracks, cost is linear in length, evidence is where it says on every article there is."""

from __future__ import annotations

import gzip
import importlib
import itertools
import json
import pkgutil
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model import Agreement, Article, Extraction, Measure, Meeting, Span, Statement, Transfer
from kg.pipeline import extract
from kg.read import read_sources

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus" / "news-sample.jsonl.gz"
LANGUAGE = ("text", "find", "link", "frames", "read", "gazetteer")

# Units of repetition: letters, particles, digits, signs, blanks, marks, and what patterns of dates and figures turn on.
PIECES = [
    *(
        "ا",
        "و",
        "ال",
        "لل",
        "1",
        "1.",
        "1,",
        "12:",
        "ر1",
        "a",
        "A'",
        '"',
        "'",
        "(",
        "((",
        ")",
        "-",
        "- ",
        ".",
        ". ",
        "،",
    ),
    *(
        "/",
        "1/",
        "\n",
        " ",
        " \n",
        "\t",
        "ـ",
        "\u064e",
        "\u200f",
        "\ufdfa",
        "%",
        "http://",
        "a.b",
        "1 2 ",
        "ا ",
        "و ا ",
        "<a>",
    ),
]


def language_patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern that a module of the language stages holds."""
    for part in LANGUAGE:
        package = importlib.import_module(f"kg.{part}")
        paths = getattr(package, "__path__", None)
        names = [module.name for module in pkgutil.iter_modules(paths)] if paths else []
        for name in [f"kg.{part}", *(f"kg.{part}.{name}" for name in names)]:
            for attribute, value in vars(importlib.import_module(name)).items():
                if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                    yield f"{name}.{attribute}", value


PATTERNS = dict(language_patterns())


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 10


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_no_pattern_backtracks_on_repeats(name: str) -> None:
    pattern = PATTERNS[name]
    begun = time.process_time()
    for piece, end in itertools.product(PIECES, ("", "\x00", "!")):
        text = piece * (6_000 // len(piece)) + end
        sum(1 for _ in pattern.finditer(text))
        pattern.fullmatch(text)
        assert time.process_time() - begun < 2, f"{pattern.pattern!r} on repeats of {piece!r}"


UNITS = [
    *("قال ", "وقال الرئيس ", 'وأضاف "', "قال إن ", "نقلا عن ", "وفقا لـ", "كيم ", "روسيا و", "محمد بن ", "بلاده "),
    *(
        "وزير ",
        "مستشار وزير ",
        "وزير خارجية ",
        "وزارة ",
        "وكالة ",
        "اتفاق بين ",
        "أرسلت روسيا ",
        "مقابل ",
        "التي قالت ",
    ),
    *("10 آلاف ", "صواريخ ", "السبت الأحد ", "الماضي من ", "أوائل ", "منذ ", "5-", "( ", "- ", '" ', "، ", "و", "\n"),
    *("غزو أوكرانيا العام الماضي. ", "يوم النصر روسيا. ", "التقى كيم بوتين. ", "ونفت ذلك. ", "قال مسؤول. ", "\ufdfa"),
    "وقال الرئيس الروسي فلاديمير بوتين إن بلاده تتعاون مع كوريا الشمالية ونفت إيران إرسال صواريخ إلى روسيا ",
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_cost_is_linear_on_repeats(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        extract(Article("a1", "repeats", text, "0" * 64, language="ar"))
        return time.process_time() - begun

    seconds(2_000)
    short, long = seconds(10_000), seconds(40_000)
    assert long < 12 * max(short, 0.02), f"{short:.3f} s for 10,000 characters, {long:.3f} s for 40,000"


@pytest.mark.slow
def test_a_hundred_thousand_words_without_a_full_stop_are_read() -> None:
    text = "وقال الرئيس الروسي فلاديمير بوتين إن بلاده تتعاون مع سوريا ونفت إيران إرسال صواريخ إلى روسيا " * 6_250
    begun = time.process_time()
    found = extract(Article("a1", "unstopped", text, "0" * 64, language="ar"))
    assert time.process_time() - begun < 60
    assert len(text.split()) == 100_000
    assert len(found.statements) > 6_000


def evidence(found: Extraction) -> Iterator[Span]:
    frames: list[Statement | Transfer | Agreement | Meeting | Measure] = [*found.statements, *found.transfers]
    frames += [*found.agreements, *found.meetings, *found.measures]
    for frame in frames:
        yield frame.span
        if frame.date is not None and frame.date.span is not None:
            yield frame.date.span
    for statement in found.statements:
        yield from (statement.content,) if statement.content else ()
        yield from statement.quotes
    for entity in found.entities:
        yield from (mention.span for mention in entity.mentions)
    yield from (segment.span for segment in found.segments)
    yield from (span for agreement in found.agreements for span in agreement.spans)


def check(found: Extraction) -> None:
    text = found.article.text
    for span in evidence(found):
        assert 0 <= span.start < span.end <= len(text), f"{found.article.name}: {span}"
        assert not span.of(text)[0].isspace(), f"{found.article.name}: {span} begins with a blank"
        assert not span.of(text)[-1].isspace(), f"{found.article.name}: {span} ends with a blank"
    for transfer in found.transfers:
        if transfer.quantity is not None:
            assert transfer.quantity.span.of(text) == transfer.quantity.as_written, found.article.name
    for statement in found.statements:
        if statement.verb:
            assert statement.verb in text, found.article.name
    ids = {entity.id for entity in found.entities}
    assert len(ids) == len(found.entities)
    for statement in found.statements:
        assert {*statement.speaker, *statement.addressee, *statement.chain, *statement.mentions} <= ids
        assert statement.speaker, f"{found.article.name}: {statement.id} has no speaker"


def corpus(step: int) -> Iterator[Article]:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in itertools.islice(lines, 0, None, step):
            row = json.loads(line)
            yield Article(row["id"], row["id"], row["text"], "0" * 64, language=row["language"])


@pytest.mark.skipif(
    not (SHARED / "articles").is_dir(), reason="the annotated articles are not here (../shared/articles)"
)
def test_evidence_is_the_articles_own_characters_in_the_annotated_articles() -> None:
    found = [article for article in read_sources([SHARED / "articles"]) if isinstance(article, Article)]
    assert found
    for article in found:
        check(extract(article))


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not here (../shared/corpus)")
def test_evidence_is_the_articles_own_characters_over_the_corpus() -> None:
    for article in corpus(1):
        check(extract(article))


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not here (../shared/corpus)")
def test_evidence_is_the_articles_own_characters_in_a_sample_of_the_corpus() -> None:
    for article in corpus(60):
        check(extract(article))
