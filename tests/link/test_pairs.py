"""Two of a kind under one head, outlets in quotation marks, and what is only called after somebody."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.model import ACTOR_TYPES, Article
from kg.pipeline import extract


def labels(text: str) -> set[str]:
    found = read_article(Article("t", "t.txt", text, "")).entities
    return {entity.label_ar for entity in found if entity.type in ACTOR_TYPES}


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
    ("text", "outlet"),
    [
        ('وقالت مصادر محلية ل"الرياض" إن الأمر صعب', "صحيفة الرياض"),
        ("وعلمت «المدينة» أن الأمر صعب", "صحيفة المدينة"),
        ("قال سالم علي في حديث إلى «الوطن» إن الأمر صعب", "صحيفة الوطن"),
    ],
)
def test_a_paper_is_told_by_quotation_marks(text: str, outlet: str) -> None:
    assert outlet in labels(text)


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ('زار الوفد العاصمة "الرياض" أمس', "صحيفة الرياض"),
        ('كتب رواية عنوانها "الحياة" قبل عام', "صحيفة الحياة"),
        ("وقال إن الوطن للجميع", "صحيفة الوطن"),
    ],
)
def test_other_words_in_quotation_marks_are_no_paper(text: str, outlet: str) -> None:
    assert outlet not in labels(text)


@pytest.mark.parametrize(
    "text", ["أغلق دوار مجلس التعاون أمس", "وقع الحادث في شارع فلسطين", "نقل إلى حي الجامعة العربية"]
)
def test_a_street_called_after_a_body_names_no_actor(text: str) -> None:
    assert labels(text) == set()


def test_a_street_and_a_body_of_a_state_are_told_apart() -> None:
    assert labels("قرر مجلس التعاون لدول الخليج العربية في شارع فلسطين") == {"مجلس التعاون لدول الخليج العربية"}


def test_the_state_of_an_outlet_is_nobodys_own() -> None:
    assert labels("وقال سالم البنداري للجزيرة نت إن السكان يدافعون عن بلادهم") == {"سالم البنداري", "قناة الجزيرة"}


def test_what_a_fact_shows_does_not_speak() -> None:
    found = read_article(Article("t", "t.txt", "لا نملك ما يؤكد مشاركة جنود في القتال لكن الأمر صعب", "")).entities
    assert not any("مشاركة" in entity.label_ar for entity in found)
    found = read_article(Article("t", "t.txt", "وحسب ما يؤكد جيران الرجل أن الأمر صعب", "")).entities
    assert any("جيران" in entity.label_ar for entity in found)


def test_the_body_behind_a_particle_is_known_again() -> None:
    found = read_article(Article("t", "t.txt", "لا سلطة للبرلمان الإيراني هنا. وقال إن البرلمان لا يملك ذلك.", ""))
    assert [len(entity.mentions) for entity in found.entities if entity.type in ACTOR_TYPES][:1] == [2]


def test_the_army_of_an_occupation_needs_its_state() -> None:
    assert labels("قصف جيش الاحتلال المدينة، وردت إسرائيل") == {"الجيش الإسرائيلي", "إسرائيل"}
    assert labels("قصف جيش الاحتلال المدينة، وردت أوكرانيا") == {"أوكرانيا"}


@pytest.mark.parametrize("text", ["تقدمت القوات على جبهة القتال الشرقية", "قال في حديث لجريدة إلكترونية إن الأمر صعب"])
def test_fronts_and_papers_without_a_name_are_no_bodies(text: str) -> None:
    assert labels(text) == set()


def test_a_body_is_the_same_with_its_state_behind_it() -> None:
    text = "قال مختبر أبحاث القوة الجوية في الولايات المتحدة ذلك. وأكد مختبر أبحاث القوة الجوية الأمر."
    assert labels(text) == {"مختبر أبحاث القوة الجوية", "الولايات المتحدة"}


def test_a_mission_is_named_with_where_it_sits() -> None:
    assert "بعثة الاتحاد الأوروبي في أوكرانيا" in labels("قالت بعثة الاتحاد الأوروبي في أوكرانيا ذلك")


def test_a_paper_in_brackets_needs_a_word_before_it() -> None:
    assert "صحيفة اليوم" in labels("وفي بيان حصلت (اليوم) على نسخة منه")
    assert "صحيفة اليوم" not in labels("وفي بيان صدر (اليوم) عن الوزارة")


def test_the_place_of_talks_is_no_government() -> None:
    assert "النمسا" not in labels("انتهى عهد فيينا قبل عام")
    assert "النمسا" in labels("رفضت فيينا القرار قبل عام")


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("ونددت حركة كذا والتيار الديمقراطي بالقرار", "التيار الديمقراطي"),
        ("قال الحزب الاشتراكي اليمني إن الأمر صعب", "الحزب الاشتراكي اليمني"),
        ("رفض الحزب الجمهوري في تونس القرار", "الحزب الجمهوري"),
    ],
)
def test_a_party_is_named_by_its_creed(text: str, party: str) -> None:
    assert party in labels(text)


def test_a_ruling_party_has_no_name() -> None:
    assert not any("الحزب" in label for label in labels("قال الحزب الحاكم إن الأمر صعب"))


def test_capitals_in_a_list_of_places_are_places() -> None:
    assert labels("خلال جولة في الأردن وبروكسل وباريس") == {"الأردن"}
    assert "فرنسا" in labels("رفضت لندن وباريس القرار")


def test_what_a_company_makes_is_no_actor() -> None:
    assert labels("أقلعت طائرة من طراز «إيرباص 320» صباحا") == set()
    assert labels("قالت شركة إيرباص إن الأمر صعب") == {"شركة إيرباص"}


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


def test_heights_called_after_peoples_name_no_state() -> None:
    assert "تركمانستان" not in labels("سيطر المقاتلون على جبل التركمان أمس")
    assert "تركمانستان" in labels("رفض الوفد التركماني القرار أمس")


def test_fighters_between_two_sides_are_no_person() -> None:
    assert labels("دارت اشتباكات بين مقاتلي «جيش الفتح» والنظام") == {"جيش الفتح"}


def test_a_firm_by_its_trade_and_state() -> None:
    assert "شركة الكهرباء الأردنية" in labels("قالت شركة الكهرباء الأردنية إن الأمر صعب")
    assert not any(label.startswith("شركة") for label in labels("قالت شركة الكهرباء إن الأمر صعب"))


def test_the_channel_of_a_president_has_no_name() -> None:
    assert not any("الرئيس" in label for label in labels("بثته قناة الرئيس السابق أمس"))


def test_a_kingdom_named_once_in_a_list_is_not_the_kingdom_meant() -> None:
    assert "السعودية" in labels("في شؤون العراق والبحرين واليمن. وليس أمام المملكة إلا الحل.")
    assert "السعودية" not in labels("زار الأردن وفد. وقال الأردن إن المملكة ترفض ذلك.")


def test_an_outlet_in_brackets_is_no_part_of_the_office_before_it() -> None:
    assert labels("صرح وزير الخارجية الأردني لقناة (العربية) بأن الأمر صعب") >= {"وزير الخارجية الأردني", "العربية"}
    assert not any("بارشين" in label for label in labels("زار الوفد موقع (بارشين) أمس"))


def test_a_kingdom_with_its_nationality_is_that_state() -> None:
    assert labels("قالت المملكة المغربية إن الأمر صعب") == {"المغرب"}
    assert labels("قالت المملكة المتحدة إن الأمر صعب") == {"المملكة المتحدة"}
