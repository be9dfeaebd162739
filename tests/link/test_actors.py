"""Actors where names are long, shared, doubled or everyday words, in sentences of our own."""

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


def persons(text: str) -> set[str]:
    return {entity.label_ar for entity in entities(text) if entity.type is EntityType.PERSON}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال وزير الإعلام الدكتور سامر بن نبيل العسكر إن العمل بدأ", "سامر بن نبيل العسكر"),
        ("حضر وزير الدولة الدكتور سامر بن نبيل مدني، وغادر بعدها", "سامر بن نبيل مدني"),
        ("حضر الشيخ سامر بن نبيل آل ثاني رئيس الديوان", "سامر بن نبيل آل ثاني"),
        ("حضر اللقاء عضو المجلس الدكتور مساعد بن نبيل العريفي", "مساعد بن نبيل العريفي"),
        ("وصل ذعار بن نبيل العتيبي إلى المقر", "ذعار بن نبيل العتيبي"),
        ("استقبل الوزير سامرا ونبيل بن علي الحميدان رئيس الهيئة", "نبيل بن علي الحميدان"),
        ("قال المحلل نبيل الشيخ سامر إن الأمر صعب", "نبيل الشيخ سامر"),
        ("حضر الدكتور سامر بن نبيل سرور ورئيس الديوان", "سامر بن نبيل سرور"),
        ("قال العميد عبد الأمير الساعدي إن القتال توقف", "عبد الأمير الساعدي"),
        ("قال الدكتور مظهر محمد سامر إن القرار صائب", "مظهر محمد سامر"),
        ("قال الباحث إحسان قد بيغي إن القرار صائب", "إحسان قد بيغي"),
        ("قال اللاعب أحمد المصري إن الفوز قريب", "أحمد المصري"),
        ("وقال البرلماني عن محافظة الأنبار نبيل الزوبعي إن الوضع تحسن", "نبيل الزوبعي"),
        ("قال قائممقام قضاء الرمادي نبيل الزوبعي إن الوضع تحسن", "نبيل الزوبعي"),
    ],
)
def test_names_are_read_to_their_end(text: str, name: str) -> None:
    assert name in persons(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("افتتح الأمير سامر بن نبيل المعرض أمس", "سامر بن نبيل"),  # a prince's name is followed by the object
        ("تختتم زيارة الدكتور سامر بن نبيل الرسمية إلى المدينة", "سامر بن نبيل"),
        ("وأبدى الدكتور سامر بن نبيل الفائز بالجائزة رأيه", "سامر بن نبيل"),
        ("أعطى الدكتور أحمد الزوبعي فرصة كبيرة", "أحمد الزوبعي"),
    ],
)
def test_names_take_in_no_word_behind_them(text: str, kept: str) -> None:
    assert persons(text) == {kept}


@pytest.mark.parametrize(
    "text",
    [
        "افتتح الوزير مستشفى الملك فهد أمس",
        "وصل الوفد إلى مطار الأمير نايف مساء",
        "وجرى التصويت لصالح القرار",
        "استقبل سمو أمير المنطقة الأهالي",
        "تسلم وزير الدفاع والإنتاج الحربي، أمس، السفينة",
        "يلعب الأطفال على جهاز «بلاي ستيشن» يوميا",
        "قال رئيس سلامة الطيران إن الرحلات آمنة",
    ],
)
def test_things_fields_and_phrases_are_no_persons(text: str) -> None:
    assert persons(text) == set()


def test_two_bodies_under_one_head_are_both_named() -> None:
    assert labels("أقر القانون مجلسا النواب والشيوخ") == {"مجلس النواب", "مجلس الشيوخ"}
    assert {"defence-ministry@russia", "interior-ministry@russia"} <= keys(
        "نفت وزارتا الدفاع والداخلية الروسيتان الخبر"
    )
    assert {"isis", "al-qaeda"} <= keys("يحارب الجيش تنظيمي داعش والقاعدة")


def test_two_ministers_under_one_head_are_both_named() -> None:
    assert {"سامر الزوبعي", "نبيل العريفي"} <= persons("التقى وزيري الطاقة سامر الزوبعي والخزانة نبيل العريفي")


@pytest.mark.parametrize("text", ["قال وزيرا الخارجية والدفاع إن الحرب انتهت", "قالت رئيسي إن", "هذا جيشي وبلدي"])
def test_a_dual_without_two_names_makes_no_pair(text: str) -> None:
    assert not {"وزير الخارجية", "الدفاع", "بلدي"} & labels(text)


def test_two_sons_of_one_father_are_two() -> None:
    text = "حضر الدكتور خالد بن نبيل بن سامر العريفي. وحضر الدكتور نبيل بن سامر العريفي"
    assert persons(text) == {"خالد بن نبيل بن سامر العريفي", "نبيل بن سامر العريفي"}
    shorter = "حضر الدكتور مساعد بن نبيل العريفي. وقال الدكتور مساعد العريفي إن العمل بدأ"
    assert persons(shorter) == {"مساعد بن نبيل العريفي"}


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


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "قال خبير الطاقة الدكتور سالم عبدالله العجلان إن الأسعار سترتفع. وأضاف العجلان أن الطلب كبير",
            "سالم عبدالله العجلان",
        ),
        ("وقالت آرين كريم بور، مسؤولة العلاقات في المنظمة، إن القتال توقف", "آرين كريم بور"),
    ],
)
def test_an_everyday_word_closes_a_name_where_no_object_can_stand(text: str, name: str) -> None:
    assert persons(text) == {name}
    assert name == next(entity.label_ar for entity in entities(text))


def test_the_object_of_a_verb_is_no_family_name() -> None:
    assert persons("أبلغ الدكتور سالم عبدالله العجلان أن الطلب كبير") == {"سالم عبدالله"}


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


def test_a_person_is_named_behind_the_body_he_is_close_to() -> None:
    text = "وكشف الصحافي الكردي المقرب من حزب العمال الكردستاني هيوا كريم، لـ«المدينة» أن القتال توقف"
    assert persons(text) == {"هيوا كريم"}
    assert "حزب العمال الكردستاني" in labels(text)
    assert not persons("وقال الصحافي المقرب من الحكومة إن الأمر صعب")


def test_a_force_is_named_by_what_it_protects() -> None:
    found = entities("أكدت قوات حماية الوطن أن المعارك مستمرة. وأضافت القوات أن الطريق مغلق")
    assert [(entity.label_ar, entity.type) for entity in found] == [("قوات حماية الوطن", EntityType.ARMED_FORCE)]
