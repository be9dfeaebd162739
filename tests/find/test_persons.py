"""Titles, offices and names, word by word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.find.persons import titled_at
from kg.find.phrases import Kind, Line

Sentence = Callable[[str], Line]
Words = Callable[[Line, tuple[int, int]], str]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("الرئيس الفيلوني زهير البنداري يصل", "زهير البنداري", "velonia"),
        ("وزير الدفاع الدورسي الشمالي هاكون لوند إن", "هاكون لوند", "dorsa"),
        ("زعيم فيلونيا السابق زهير البنداري", "زهير البنداري", "velonia"),
        ("سفير فيلونيا لدى رابطة الأنهار زهير البنداري", "زهير البنداري", "velonia"),
        ("اللواء زهير عبد الرحمن البنداري يقول", "زهير عبد الرحمن البنداري", None),
        ("المتحدث باسم رابطة الأنهار، زهير البنداري، إن", "زهير البنداري", None),
        ("الرئيس غولوفكين يصل", "غولوفكين", None),
        ("الوزير الفيلوني محمد بن زهير آل بندر يصل", "محمد بن زهير آل بندر", "velonia"),
    ],
)
def test_a_title_leads_to_the_name(line: Sentence, words: Words, text: str, name: str, country: str | None) -> None:
    sentence = line(text)
    phrase = titled_at(sentence, 0)
    assert phrase is not None
    assert phrase.kind is Kind.PERSON
    assert (words(sentence, phrase.name), phrase.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "kind", "whole"),
    [
        ("الرئيس الفيلوني يزور", Kind.OFFICE, "الرئيس الفيلوني"),
        ("وزير خارجية فيلونيا أكد", Kind.OFFICE, "وزير خارجية فيلونيا"),
        ("الوزير أكد", Kind.DESCRIPTION, "الوزير"),
        ("متحدث باسم وزارة الدفاع الفيلونية قال", Kind.UNNAMED, "متحدث باسم وزارة الدفاع الفيلونية"),
    ],
)
def test_a_title_without_a_name_is_an_office_or_a_source(
    line: Sentence, words: Words, text: str, kind: Kind, whole: str
) -> None:
    sentence = line(text)
    phrase = titled_at(sentence, 0)
    assert phrase is not None
    assert phrase.kind is kind
    assert words(sentence, (phrase.first, phrase.last)) == whole


def test_a_former_holder_is_told(line: Sentence) -> None:
    phrase = titled_at(line("الرئيس الفيلوني السابق زهير البنداري"), 0)
    assert phrase is not None
    assert phrase.former


def test_the_aides_name_is_not_the_presidents(line: Sentence, words: Words) -> None:
    sentence = line("مساعد الرئيس الفيلوني زهير البنداري")
    phrase = titled_at(sentence, 0)
    assert phrase is not None
    assert words(sentence, (phrase.first, phrase.last)) == "مساعد الرئيس الفيلوني زهير البنداري"


@pytest.mark.parametrize("text", ["أستاذ", "عضو", "إلى المدينة", "مؤسسة النور"])
def test_what_is_no_title_of_anybody_is_none(line: Sentence, text: str) -> None:
    phrase = titled_at(line(text), 0)
    assert phrase is None
