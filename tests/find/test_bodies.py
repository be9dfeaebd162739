"""Bodies by head word, and where their names end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.find.bodies import body_at
from kg.find.phrases import Kind, Line

Sentence = Callable[[str], Line]
Words = Callable[[Line, tuple[int, int]], str]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("وزارة الخارجية الفيلونية استسلام", "وزارة الخارجية الفيلونية", "velonia"),
        ("الخارجية الفيلونية أعلنت", "الخارجية الفيلونية", "velonia"),
        ("هيئة الأركان المشتركة في فيلونيا", "هيئة الأركان المشتركة في فيلونيا", "velonia"),
        ("هيئة الأركان المشتركة لفيلونيا قالت", "هيئة الأركان المشتركة لفيلونيا", "velonia"),
        ("جيش دورسا الشمالية تحرك", "جيش دورسا الشمالية", "dorsa"),
        ("السفارة (الفيلونية) مغلقة", "السفارة", "velonia"),
        ("اللجنة الفيلونية - الدورسية الشمالية المشتركة", "اللجنة الفيلونية - الدورسية الشمالية المشتركة", "velonia"),
        ("الهيئة العليا للمفاوضات قالت", "الهيئة العليا للمفاوضات", None),
        ("الحركة العالمية للدفاع عن الأطفال قالت", "الحركة العالمية للدفاع عن الأطفال", None),
        ("البنك المركزي الفيلوني للمساعدة في الإعمار", "البنك المركزي الفيلوني", "velonia"),
        ('شركة "نور الغد" القابضة', "نور الغد", None),
        ("قناة الضفاف الفيلونية", "الضفاف", "velonia"),
        ('وكالة الغوث "بسمة" قالت', "بسمة", None),
    ],
)
def test_where_a_bodys_name_ends(line: Sentence, words: Words, text: str, name: str, country: str | None) -> None:
    sentence = line(text)
    phrase = body_at(sentence, 0)
    assert phrase is not None
    assert (words(sentence, phrase.name), phrase.country) == (name, country)


@pytest.mark.parametrize(
    "text",
    ["قوات معادية", "القوات المعادية", "الاتحاد للسفر", "برنامج التدريب", "مجلس الإدارة", "قوة العلاقة", "هيئة أو"],
)
def test_what_names_no_body(line: Sentence, text: str) -> None:
    phrase = body_at(line(text), 0)
    assert phrase is None or phrase.kind is Kind.DESCRIPTION


def test_militias_of_a_group_are_the_group(line: Sentence) -> None:
    sentence = line("ميليشيات الصقريين تحركت")
    phrase = body_at(sentence, 0)
    assert phrase is not None
    assert phrase.key == "hawks"


def test_a_ministry_alone_refers(line: Sentence) -> None:
    phrase = body_at(line("الوزارة قالت"), 0)
    assert phrase is not None
    assert phrase.kind is Kind.DESCRIPTION
