"""Persons: where a name ends, what stands before and beside it, whose an office is, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.model import Article, Entity, EntityType


def entities(text: str) -> tuple[Entity, ...]:
    return read_article(Article("t", "t.txt", text, "")).entities


def persons(text: str) -> set[str]:
    return {entity.label_ar for entity in entities(text) if entity.type is EntityType.PERSON}


def others(text: str) -> set[str]:
    return {entity.label_ar for entity in entities(text) if entity.type is not EntityType.PERSON}


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
        ("اجتمع الوفد مع إبراهيم البنداري في القاعة", "إبراهيم البنداري"),
        ("حضر أبو سالم البنداري إلى القاعة", "أبو سالم البنداري"),
        ("قال الدكتور أشرف سالمان إن العمل بدأ", "أشرف سالمان"),
        ("قال السفير جمال بيومي إن العمل بدأ", "جمال بيومي"),
        ("قال السفير يان كوبيلين إن العمل بدأ", "يان كوبيلين"),
        ("قال الوزير صلاح الدين العثماني إن العمل بدأ", "صلاح الدين العثماني"),
        ("اجتمع الوفد مع صلاح الدين العثماني في القاعة", "صلاح الدين العثماني"),
        ("قال الوزير سالم ولد نبيل إن العمل بدأ", "سالم ولد نبيل"),
        ("التقى القائد سالم نبيل جعفري، ثم غادر", "سالم نبيل جعفري"),
    ],
)
def test_names_are_read_to_their_end(text: str, name: str) -> None:
    assert name in persons(text)


@pytest.mark.parametrize(
    "text",
    [
        "قال محمد الأسبوع الماضي إن العمل بدأ",  # an everyday word with the article
        "وأدان لافروف القرار",  # a verb before a surname
        "قال السفير جمال بزيارة أمس إن العمل بدأ",
    ],
)
def test_the_word_behind_a_lone_name_is_not_always_the_familys(text: str) -> None:
    assert not any(" " in name and name != "سيرغي لافروف" for name in persons(text))


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


def test_two_sons_of_one_father_are_two() -> None:
    text = "حضر الدكتور خالد بن نبيل بن سامر العريفي. وحضر الدكتور نبيل بن سامر العريفي"
    assert persons(text) == {"خالد بن نبيل بن سامر العريفي", "نبيل بن سامر العريفي"}
    shorter = "حضر الدكتور مساعد بن نبيل العريفي. وقال الدكتور مساعد العريفي إن العمل بدأ"
    assert persons(shorter) == {"مساعد بن نبيل العريفي"}


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
    assert name == entities(text)[0].label_ar


def test_the_object_of_a_verb_is_no_family_name() -> None:
    assert persons("أبلغ الدكتور سالم عبدالله العجلان أن الطلب كبير") == {"سالم عبدالله"}


@pytest.mark.parametrize(
    "text",
    [
        "استقبل رئيس هيئة الطيران في تشاد، الفريق أول سالم البنداري، الوفد",
        "قال رئيس هيئة الطيران في محافظة إربد شمال الأردن العميد سالم البنداري إن العمل بدأ",
        "قال الممثل الخاص للأمين العام سالم البنداري إن العمل بدأ",
    ],
)
def test_the_office_before_a_rank_is_that_of_who_is_named(text: str) -> None:
    assert persons(text) == {"سالم البنداري"}
    assert not any(label.startswith(("رئيس", "الممثل")) for label in others(text))


def test_two_officers_joined_by_a_comma_stay_two() -> None:
    text = "حضر وزير الدفاع الأردني، العميد سالم البنداري قائد الدرك، والعميد علي نبيل"
    assert "وزير الدفاع الأردني" in others(text)


def test_the_name_in_brackets_is_the_same_person() -> None:
    text = "حضر سالم البنداري (أبو نبيل) إلى القاعة. وقال أبو نبيل إن العمل بدأ."
    assert persons(text) == {"سالم البنداري"}


def test_what_a_bracket_tells_of_a_person_is_no_other_name() -> None:
    text = "حضر سالم البنداري (مستقل) وعلي نبيل (الأردن) إلى القاعة"
    assert persons(text) == {"سالم البنداري", "علي نبيل"}
    assert "الأردن" in others(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وكان في وداعه اللواء مطلق الأزيمع قائد المنطقة", "مطلق الأزيمع"),
        ("وكان في وداعه اللواء تركي البنداري قائد المنطقة", "تركي البنداري"),
        ("قال البطريرك الماروني سالم الراعي في كلمة إن البلد بخير", "سالم الراعي"),
        ("والموقوفون هم «خالد البنداري» و«علي نبيل»", "علي نبيل"),
        ("سجل اللاعب «خالد البنداري» هدفا", "خالد البنداري"),
    ],
)
def test_everyday_words_that_are_first_names_and_names_in_quotation_marks(text: str, name: str) -> None:
    assert name in persons(text)


@pytest.mark.parametrize(
    "text",
    ["وقال صحافي تركي مقيم هنا إن الأمر صعب", "باع متجر «خالد البنداري» كل شيء", "أوقف في محلة داوود البنداري"],
)
def test_nationalities_shops_and_quarters_are_no_persons(text: str) -> None:
    assert persons(text) == set()


def test_a_second_title_behind_a_name_is_the_same_persons() -> None:
    text = "قالت سلمى البنداري مستشارة الرئيس والمتحدثة باسم الوزارة إن العمل بدأ"
    assert not any(label.startswith("المتحدثة") for label in others(text))
    assert "وزير الداخلية" in others("حضر سالم البنداري وزير الدفاع ووزير الداخلية")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("التقى وزيرة الخارجية الأردنية آنذاك سلمى البنداري", "سلمى البنداري"),
        ("قال الأمين العام لحزب الله حسن نصر الله إن الأمر صعب", "حسن نصر الله"),
        ("قال زعيم الحوثيين إن الأمر صعب. ونسب إلى عبدالملك الحوثي قوله ذلك.", "عبد الملك الحوثي"),
        ("قال ظريف وزير الخارجية الإيراني إن الأمر صعب", "محمد جواد ظريف"),
        ("قال محمد جواد ظريف ذلك. وأكد رئيس الدبلوماسية الإيرانية أن الأمر صعب.", "محمد جواد ظريف"),
    ],
)
def test_an_office_is_that_of_who_holds_it(text: str, name: str) -> None:
    assert persons(text) == {name}
    assert not any(label.startswith(("وزير", "زعيم", "الأمين", "رئيس", "حزب الله حسن")) for label in others(text))


def test_a_minister_of_another_state_is_somebody_else() -> None:
    assert "وزير الخارجية الفرنسي" in others("التقى ظريف وزير الخارجية الفرنسي")


def test_the_head_of_one_group_is_one() -> None:
    heads = [label for label in others("قال زعيم جماعة الحوثي ذلك. وأكد زعيم الحوثيين الأمر.") if "زعيم" in label]
    assert len(heads) == 1


def test_a_family_called_after_a_nation_names_no_state() -> None:
    assert others("قال العميد سالم نبيل التركي ذلك. ولفت العميد التركي إلى الأمر.") == set()
    assert "تركيا" in others("قال العميد سالم نبيل البنداري ذلك. ولفت العميد التركي إلى الأمر.")


def test_the_place_of_an_office_may_part_it_from_the_name() -> None:
    text = "حضر رئيس البرلمان في الأردن سالم البنداري ونائبه"
    assert persons(text) == {"سالم البنداري"}
    assert "الأردن" in others("حضر رئيس البرلمان في الأردن أمس")


def test_a_word_with_a_particle_ends_a_name() -> None:
    assert persons("وجه مبعوث الأردن سالم البنداري بأهمية تبيان الدور") == {"سالم البنداري"}


def test_two_offices_joined_before_a_name_are_one_persons() -> None:
    text = "وقال وزير الإعلام والمتحدث باسم الحكومة سالم البنداري إن العمل بدأ"
    assert not any(label.startswith("وزير") for label in others(text))
    assert "وزير الدفاع الأردني" in others("حضر وزير الدفاع الأردني والشيخ سالم البنداري")


def test_the_leader_of_a_party_is_its_president() -> None:
    text = "اعتبر رئيس التيار الوطني الحر جبران باسيل ذلك نصرا. وصرح زعيم التيار الوطني الحر بأن الأمر صعب."
    assert not any(label.startswith("زعيم") for label in others(text))


def test_alif_with_hamza_and_lam_is_no_article() -> None:
    assert persons("وكان ألكسندر البنداري قد أعلن الأمر") == {"ألكسندر البنداري"}
    assert persons("وكان الكسب الكبير قد أعلن") == set()


def test_one_of_a_group_does_not_bear_its_leaders_name() -> None:
    assert persons("وقال القيادي الحوثي في اللقاء إن العمل بدأ") == set()
    assert persons("وقال القيادي الحوثي سالم البنداري إن العمل بدأ") == {"سالم البنداري"}
    assert persons("وقال السيد الحوثي إن العمل بدأ") == {"الحوثي"}


def test_a_quarter_called_by_a_surname_is_no_person() -> None:
    assert persons("تقع مدينة الفيصل شمال البلدة") == set()


def test_a_surname_that_is_an_everyday_word_behind_a_particle_is_no_person() -> None:
    assert persons("جزء أساسي ورئيسي من الأمر في إيران") == set()
    assert persons("وقال الرئيس الإيراني رئيسي ذلك") == {"إبراهيم رئيسي"}


def test_a_person_is_named_behind_the_body_he_is_close_to() -> None:
    text = "وكشف الصحافي الكردي المقرب من حزب العمال الكردستاني هيوا كريم، لـ«المدينة» أن القتال توقف"
    assert persons(text) == {"هيوا كريم"}
    assert "حزب العمال الكردستاني" in others(text)
    assert not persons("وقال الصحافي المقرب من الحكومة إن الأمر صعب")
