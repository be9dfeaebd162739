"""Bodies, outlets, parties and states where names are long, shared or everyday words, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.model import ACTOR_TYPES, Article, Entity, EntityType
from kg.pipeline import extract
from kg.record import record


def entities(text: str) -> list[Entity]:
    return [entity for entity in read_article(Article("t", "t.txt", text, "")).entities if entity.type in ACTOR_TYPES]


def labels(text: str) -> set[str]:
    return {entity.label_ar for entity in entities(text)}


def keys(text: str) -> set[str | None]:
    return {entity.key for entity in entities(text)}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("أعلنت الحكومة الشرعية اليمنية القرار", "government@yemen"),
        ("تقدمت قوات الجيش الروسي شرقا", "armed-forces@russia"),
        ("قصفت القوات العسكرية العراقية الموقع", "armed-forces@iraq"),
        ("قال القائد العام للقوات المسلحة حيدر العبادي إن المعركة بدأت", "armed-forces@iraq"),
        ("تدعم إدارة بايدن القرار", "government@united-states"),
        ("قال قائد القوة الجوية الفضائية التابعة للحرس الثوري الإيراني إن الرد قريب", "irgc"),
        ("قال لـ«الشرق الأوسط» مصدر إن اللقاء قريب", "asharq-al-awsat"),
        ("اتفق الاتحاد الأوروبي مع كييف. ووقعت بروكسل الوثيقة", "european-union"),
        ("طالبت بروكسل باحترام القضاء البلجيكي", "belgium"),
        ("استقبل العاهل المغربي الوفد. وشكر الوفد المملكة", "morocco"),
        ("شكر الوفد المملكة على الدعم", "saudi-arabia"),
        ("أعلن مجلس التعاون موقفه", "gcc"),
    ],
)
def test_bodies_are_known_under_other_words(text: str, key: str) -> None:
    assert key in keys(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("تحدث عن أوضاع الشرق الأوسط", "asharq-al-awsat"),
        ("قال فارس الزوبعي إن الوضع تحسن", "fars"),
        ("ناقش الكاتب هموم العالم العربي", "arab-states"),
        ("عقد الاجتماع برئاسة مصر", "presidency@egypt"),
        ("هاجم قوات الاحتلال الأمريكي في العراق", "armed-forces@israel"),
        ("زار المملكة المتحدة", "saudi-arabia"),
    ],
)
def test_names_that_mean_something_else_here(text: str, absent: str) -> None:
    assert absent not in keys(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("خطف مسلحون قائد الفرقة 30 قرب البلدة", "الفرقة 30"),
        ("تقدم اللواء الرابع المدرع نحو البلدة", "اللواء الرابع المدرع"),
        ("حررت قوات مكافحة الإرهاب المبنى", "قوات مكافحة الإرهاب"),
        ("أعلن مصرف الزوبعي أرباحه", "الزوبعي"),
    ],
)
def test_units_and_banks_by_grammar(text: str, name: str) -> None:
    assert name in labels(text)


@pytest.mark.parametrize(
    "text",
    [
        "هذه حكومة تمثل الناس",
        "انتقد الكاتب الحكومة الحالية",
        "شرح الكاتب موقف حكومة بلاده الرافض",
        "ناقش الكاتب دور التحالف العسكري",
        "شكل التحالف التركي - الأميركي لجنة",
        "وصل إلى مركز رئيسي للقطارات",
        "وصل مقاتلين يمنيين إلى الساحل",
    ],
)
def test_descriptions_are_no_bodies(text: str) -> None:
    states = {"turkey", "united-states", "yemen"}
    assert {entity.key for entity in entities(text)} <= states


def test_the_record_keeps_the_articles_own_words_beside_the_gazetteers_label() -> None:
    found = record(extract(Article("t", "t.txt", "أعلن الناتو القرار", "")))["entities"]
    (body,) = [row for row in found if row["key"] == "nato"]
    assert body["label"]["ar"] == "حلف شمال الأطلسي"
    assert body["label"]["ar-x-written"] == "الناتو"


@pytest.mark.parametrize(
    "text", ["أعلن مكتب رئيس الوزراء", "عمل مستشارا بمكتب وكيل الوزارة", "قال مجلسا", "التقى وزيري الطاقة"]
)
def test_a_sentence_may_end_inside_a_name(text: str) -> None:
    assert all(entity.mentions for entity in entities(text))


def test_courses_of_events_are_no_nationality() -> None:
    assert keys("تابع الوزير مجريات التحقيق في الحادث") <= {None}
    assert "hungary" in keys("زارت مجريات المعرض في المجر")


@pytest.mark.parametrize("text", ["ونقل المصابون إلى مستشفى ليلا", "وصل الوفد إلى ديوان برا"])
def test_an_adverb_is_no_name_of_a_body(text: str) -> None:
    assert not labels(text)


def test_a_province_called_after_a_state_is_no_state() -> None:
    assert "azerbaijan" not in keys("زار الوزير محافظة أذربيجان الغربية أمس")
    assert "azerbaijan" not in keys("وقع الزلزال قرب أورمية (أذربيجان الغربية) أمس")
    assert "azerbaijan" in keys("زار الوزير أذربيجان أمس")


def test_a_force_is_named_by_what_it_protects() -> None:
    found = entities("أكدت قوات حماية الوطن أن المعارك مستمرة. وأضافت القوات أن الطريق مغلق")
    assert [(entity.label_ar, entity.type) for entity in found] == [("قوات حماية الوطن", EntityType.ARMED_FORCE)]


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
