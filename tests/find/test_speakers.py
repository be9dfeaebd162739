"""Names that no list holds, by their place beside a verb of saying."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.model import Article, EntityType


def persons(text: str) -> list[str]:
    found = read_article(Article("a", "a.txt", text, "")).entities
    return [entity.label_ar for entity in found if entity.type is EntityType.PERSON]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وأوضح بصبوص أن السفينة غادرت.", "بصبوص"),
        ("وقالت تانيا بيلر إن السفينة غادرت.", "تانيا بيلر"),
        ('وذكر "البصبوصي" أن السفينة غادرت.', "البصبوصي"),
        ("وقالت تانيا بيلر المتحدثة باسم الشركة إن السفينة غادرت.", "تانيا بيلر"),
        ('وتابع شيفرز "غادرت السفينة صباحا" أمام الجمع.', "شيفرز"),
    ],
)
def test_an_unlisted_name_between_a_verb_of_saying_and_what_is_said_is_a_person(text: str, name: str) -> None:
    assert persons(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "وقال اقتصاديون إن السفينة غادرت.",
        "وقال متحسرا إن السفينة غادرت.",
        "وقالت طبيبة إن السفينة غادرت.",
        "غادر بصبوص إلى الميناء.",
    ],
)
def test_other_words_in_that_place_and_names_elsewhere_are_not(text: str) -> None:
    assert persons(text) == []
