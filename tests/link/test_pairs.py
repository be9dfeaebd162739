"""Two of a kind under one head, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.model import ACTOR_TYPES, Article, Entity
from kg.pipeline import extract


def actors(text: str) -> list[Entity]:
    return [entity for entity in read_article(Article("t", "t.txt", text, "")).entities if entity.type in ACTOR_TYPES]


def labels(text: str) -> set[str]:
    return {entity.label_ar for entity in actors(text)}


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("خاض الجيشان الأردني والتشادي مناورة", {"الجيش الأردني", "الجيش التشادي"}),
        ("اتفقت الحكومتان الأردنية والتشادية على الحل", {"الحكومة الأردنية", "الحكومة التشادية"}),
        ("بحث وزيرا الخارجية الأردني والتشادي الأمر", {"وزير الخارجية الأردني", "وزير الخارجية التشادي"}),
        ("بين وزارتي الدفاع الأردنية والكورية الجنوبية", {"وزارة الدفاع الأردنية", "وزارة الدفاع الكورية الجنوبية"}),
        ("التقى الوزيران الأردني سالم البنداري والتشادي علي نبيل", {"سالم البنداري", "علي نبيل"}),
    ],
)
def test_two_nationalities_behind_a_dual_are_two(text: str, two: set[str]) -> None:
    assert two <= labels(text)


@pytest.mark.parametrize(
    "text",
    ["اتفقت الحكومتان على الحل مع الأردن", "بين وزيري المالية والاقتصاد الأردنيين", "وصل الجيشان والأردني الأول"],
)
def test_a_dual_alone_or_with_one_nationality_names_no_two(text: str) -> None:
    assert not any(label.startswith(("الحكومة", "الجيش", "وزير")) for label in labels(text))


def test_two_bodies_under_a_dual_speak_together() -> None:
    found = extract(Article("t", "t.txt", "خبر\n\nوقالت الحكومتان الأردنية والمغربية إنهما اتفقتا.", ""))
    assert [len(statement.speaker) for statement in found.statements] == [2]


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("قصفت القوات الأردنية والتشادية المدينة", {"القوات الأردنية", "القوات التشادية"}),
        ("قالت السلطات الأردنية واللبنانية إن الأمر صعب", {"السلطات الأردنية", "السلطات اللبنانية"}),
        ("أشرفت المخابرات الأردنية والتشادية عليها", {"المخابرات الأردنية", "المخابرات التشادية"}),
    ],
)
def test_two_nationalities_behind_a_plural_are_two(text: str, two: set[str]) -> None:
    assert two <= labels(text)


@pytest.mark.parametrize(
    "text", ["وصلت القوات الأردنية والتشاديون أمس", "اجتمعت اللجنة الأردنية والتشادية المشتركة أمس"]
)
def test_a_people_and_a_joint_body_are_no_second_force(text: str) -> None:
    assert not any(label.startswith(("القوات التشادي", "اللجنة التشادي")) for label in labels(text))


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("نفت وزارتا الدفاع والداخلية الروسيتان الخبر", {"defence-ministry@russia", "interior-ministry@russia"}),
        ("يحارب الجيش تنظيمي داعش والقاعدة", {"isis", "al-qaeda"}),
    ],
)
def test_two_bodies_under_one_head_are_both_known(text: str, two: set[str]) -> None:
    assert two <= {actor.key for actor in actors(text)}


def test_two_bodies_under_one_head_are_both_named() -> None:
    assert labels("أقر القانون مجلسا النواب والشيوخ") == {"مجلس النواب", "مجلس الشيوخ"}


def test_two_ministers_under_one_head_are_both_named() -> None:
    assert {"سامر الزوبعي", "نبيل العريفي"} <= labels("التقى وزيري الطاقة سامر الزوبعي والخزانة نبيل العريفي")


@pytest.mark.parametrize("text", ["قال وزيرا الخارجية والدفاع إن الحرب انتهت", "قالت رئيسي إن", "هذا جيشي وبلدي"])
def test_a_dual_without_two_names_makes_no_pair(text: str) -> None:
    assert not {"وزير الخارجية", "الدفاع", "بلدي"} & labels(text)
