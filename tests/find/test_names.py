"""Gazetteer names in a text: the borders of words, particles, spellings, what lies across quotes and sentences."""

from __future__ import annotations

import pytest

from kg.find.names import Names
from kg.gazetteer.entry import Demonym, Entry
from kg.model import EntityType
from kg.text.fold import fold
from kg.text.tokens import Token, tokenize

NAMES = Names(
    (
        Entry("sin", EntityType.STATE, "السين", demonyms=(Demonym("سيني", ("سينيون",)),)),
        Entry("mal", EntityType.STATE, "مالي"),
        Entry("long", EntityType.ORGANIZATION, "مالي الكبرى"),
        Entry("alm", EntityType.STATE, "ألمنديا"),
        Entry("lajna", EntityType.ORGANIZATION, "اللجنة الكبرى"),
        Entry("paper", EntityType.MEDIA_OUTLET, "بيت الأنباء"),
        Entry("gharb", EntityType.PERSON, "غولان غرين"),
    )
)


def found(text: str) -> list[tuple[str, str, str]]:
    """(key, the words it covers, particles) of every hit."""
    tokens: list[Token] = tokenize(fold(text))
    (hits,) = NAMES.find([tokens])
    return [
        (
            NAMES.entries[hit.references[0].entry].key,
            text[tokens[hit.first].start : tokens[hit.last - 1].end],
            hit.proclitic,
        )
        for rows in hits.values()
        for hit in rows
    ]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("في السين اليوم", [("sin", "السين", "")]),
        ("للسين", [("sin", "للسين", "ل")]),
        ("وبالسين", [("sin", "وبالسين", "وب")]),
        ("سين", []),
        ("إجمالي الشمالية", []),
        ("ولمالي", [("mal", "ولمالي", "ول")]),
        ("لألمنديا", [("alm", "لألمنديا", "ل")]),
        ("منديا", []),
        ("للجنة الكبرى", [("lajna", "للجنة الكبرى", "ل")]),
        ("بيت «الأنباء»", [("paper", "بيت «الأنباء", "")]),
        ("بيت، الأنباء", []),
        ("غولان-غرين", [("gharb", "غولان-غرين", "")]),
        ("جولان جرين", [("gharb", "جولان جرين", "")]),
        ("الوفد السيني", [("sin", "السيني", "")]),
        ("سينيات", [("sin", "سينيات", "")]),
    ],
)
def test_a_name_is_found_at_the_borders_of_words(text: str, hits: list[tuple[str, str, str]]) -> None:
    assert found(text) == hits


def test_the_longest_name_stands_first() -> None:
    assert [key for key, *_ in found("مالي الكبرى")] == ["long", "mal"]


def test_no_name_reaches_from_one_sentence_into_the_next() -> None:
    sentences = [tokenize(fold("بيت")), tokenize(fold("الأنباء"))]
    assert NAMES.find(sentences) == [{}, {}]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Names(()).find([tokenize(fold("السين"))]) == [{}]
