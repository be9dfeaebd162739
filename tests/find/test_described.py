"""Speakers that only a noun phrase tells of, by their place beside a verb of saying or an attribution frame."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.model import Article, EntityType


def entities(text: str) -> list[tuple[str, EntityType]]:
    found = read_article(Article("a", "a.txt", text, "")).entities
    return [(entity.label_ar, entity.type) for entity in found]


def unnamed(text: str) -> list[str]:
    return [label for label, kind in entities(text) if kind is EntityType.UNNAMED]


def persons(text: str) -> list[str]:
    return [label for label, kind in entities(text) if kind is EntityType.PERSON]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("وقال أحد الجالسين إن السفينة غادرت.", "أحد الجالسين"),
        ("وأفادت أمانة المنطقة بأن الجسر أغلق.", "أمانة المنطقة"),
        ("ويرى المشرفون أن القرار متأخر.", "المشرفون"),
        ("وأضافت الكلية، في بيان، أن القبول انتهى.", "الكلية"),
        ("وأكدت دراسات مختلفة أن الماء ملوث.", "دراسات مختلفة"),
        ("وأكد لـ«الضفاف» مدير المدرسة أن الدوام مستمر.", "مدير المدرسة"),
        ("وبرأي الباحث، فإن الهدنة لن تدوم.", "الباحث"),
        ("وفقا للخبير العسكري، فإن القوات تراجعت.", "الخبير العسكري"),
        ("يذكر أن مجموعة الجيران أكدت أنها لن توقع.", "مجموعة الجيران"),
        ("في وقت قال فيه الطرف الآخر إن المحادثات فشلت.", "الطرف الآخر"),
    ],
)
def test_what_stands_in_a_speakers_place_speaks(text: str, label: str) -> None:
    assert label in unnamed(text)


@pytest.mark.parametrize(
    "text",
    [
        "وقال ضاحكا إن السفينة غادرت.",
        "وقالت بفخر واعتزاز إن السفينة غادرت.",
        "وتؤكد رداءة الطقس أن الإبحار خطر.",
        "وأبحر عبر البريد القديم إلى الميناء.",
        "وقال سموه إن السفينة غادرت.",
        "وتابع يقول: غادرت السفينة.",
        "غادر أحد الجالسين القاعة.",
        "وحسب القانون، فإن الدخول ممنوع.",
    ],
)
def test_circumstances_things_and_other_words_do_not(text: str) -> None:
    assert unnamed(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وقال الفنان خالد بصبوص إن المعرض افتتح.", "خالد بصبوص"),
        ("وقال أستاذ العلوم بجامعة الضفاف الدكتور خالد بصبوص، إن النهر جف.", "خالد بصبوص"),
        ("وقال الناطق باسمها خالد بصبوص إن الطريق مغلق.", "خالد بصبوص"),
        ('وذكر المواطن "خالد بصبوص" أن الطريق مغلق.', "خالد بصبوص"),
        ("وقال الصحفي والمحلل السياسي خالد بصبوص إن الهدنة قريبة.", "خالد بصبوص"),
    ],
)
def test_a_name_beside_the_description_makes_it_that_persons(text: str, name: str) -> None:
    assert persons(text) == [name]
    assert not unnamed(text)


def test_a_description_that_comes_back_means_the_one_who_had_it() -> None:
    text = "وقال الباحث خالد بصبوص إن النهر جف. ويرى الباحث أن المطر قريب."
    assert persons(text) == ["خالد بصبوص"]
    assert not unnamed(text)


def test_a_surname_alone_is_its_bearers_and_no_description() -> None:
    text = "وقال خالد الصخري إن النهر جف. وأضاف الصخري أن المطر قريب."
    assert not unnamed(text)


def test_a_source_named_again_by_its_noun_is_the_one_named_last() -> None:
    text = "قالت مصادر محلية إن الطريق مغلق. وقالت مصادر ميدانية إن الجسر سليم. وأضافت المصادر أن العبور آمن."
    found = {entity.label_ar: len(entity.mentions) for entity in read_article(Article("a", "a.txt", text, "")).entities}
    assert found["مصادر ميدانية"] == 2
