"""Who is meant: names, titles, short names, descriptions and pairs in sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.frames.reading import Reading, read_article
from kg.model import ACTOR_TYPES, Article, Entity, EntityType


def read(text: str) -> Reading:
    return read_article(Article("t", "t.txt", text, ""))


def actors(text: str) -> dict[str, Entity]:
    return {entity.label_ar: entity for entity in read(text).entities if entity.type in ACTOR_TYPES}


def keys(text: str) -> set[str | None]:
    return {entity.key for entity in read(text).entities}


def forms(text: str, key: str) -> list[tuple[str, str]]:
    entity = next(entity for entity in read(text).entities if entity.key == key)
    return [(mention.span.of(text), mention.form) for mention in entity.mentions]


# ── names with particles ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "key", "surface", "proclitic"),
    [
        ("سلمت وروسيا ساكتة", "russia", "روسيا", "و"),
        ("رسالة للصين", "china", "لصين", "ل"),
        ("حوار بالأردن", "jordan", "الأردن", "ب"),
        ("بكين ترد", "china", "بكين", ""),
        ("لبنان يرد", "lebanon", "لبنان", ""),
    ],
)
def test_particles_are_read_off_and_never_cut_from_names(text: str, key: str, surface: str, proclitic: str) -> None:
    entity = next(entity for entity in read(text).entities if entity.key == key)
    assert [(m.span.of(text), m.proclitic) for m in entity.mentions] == [(surface, proclitic)]


def test_a_name_inside_another_word_is_none() -> None:
    assert "mali" not in keys("عاد الأمر إلى الشمالية والإجمالي")


@pytest.mark.parametrize("spelling", ["بيونغ يانغ", "بيونغيانغ", "بيونج يانج", "بيونجيانج"])
def test_spellings_of_one_name_are_one_entity(spelling: str) -> None:
    assert forms(f"قالت {spelling} إنها ترفض", "north-korea") == [(spelling, "metonym")]


def test_adjectives_of_nationality_mean_the_state() -> None:
    text = "عاد الجنود الكوريون الشماليون والوفد الروسي"
    assert forms(text, "north-korea") == [("الكوريون الشماليون", "demonym")]
    assert forms(text, "russia") == [("الروسي", "demonym")]


def test_an_everyday_word_is_a_name_only_where_it_is_meant() -> None:
    assert "mali" not in keys("قدم دعم مالي كبير")
    assert "mali" in keys("انتشرت القوة في مالي")
    assert "ban-ki-moon" not in keys("أعرب عن اعتقاده بأن الأمر انتهى في الأمم المتحدة")


def test_a_name_that_begins_with_alef_lam_by_nature_keeps_it() -> None:
    assert "germany" in keys("زار ألمانيا أمس")


# ── capitals ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("اتهمت موسكو جارتها", "russia"),
        ("رسالة إلى موسكو من جارتها", "russia"),
        ("أقيم العرض في موسكو", "russia.capital"),
        ("وصل الوفد إلى موسكو", "russia.capital"),
        ("زار الوزير موسكو", "russia.capital"),
    ],
)
def test_a_capital_is_a_government_or_a_city(text: str, key: str) -> None:
    assert key in keys(text)


def test_a_metonym_keeps_the_place_it_names() -> None:
    (entity,) = [entity for entity in read("أعلنت موسكو رفضها").entities if entity.key == "russia"]
    assert entity.mentions[0].place == "russia.capital"


# ── persons ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال وزير الزراعة البلغاري ستويان درغوف إن المحصول جيد.", "ستويان درغوف"),
        ("صرح المتحدث باسم وزارة النقل مروان الشديفات أن الطريق مغلق.", "مروان الشديفات"),
        ("وقال المتحدث باسم هيئة الأرصاد، بهجت الرواشدي، إن الموجة قوية.", "بهجت الرواشدي"),
        ("أعلن اللواء هشام الزغبي انتهاء العملية.", "هشام الزغبي"),
        ("التقى مساعد وزير الخارجية النرويجي أوسكار هالفرسن الوفد.", "أوسكار هالفرسن"),
        ("قال أوسكار هالفرسن نائب رئيس الوزراء النرويجي إن الأمر انتهى.", "أوسكار هالفرسن"),
        ("وقال سمير العكيدي وهو متحدث باسم الشرطة العراقية إن الطريق آمن.", "سمير العكيدي"),
        ("استقبل السفير السويدي بالأردن لارس إكستروم الوفد.", "لارس إكستروم"),
        ("قال رئيس الوزراء (الياباني) كينجي موراساكي إنه مستعد.", "كينجي موراساكي"),
    ],
)
def test_persons_in_no_list_are_found_by_their_titles(text: str, name: str) -> None:
    found = actors(text)
    assert name in found
    assert found[name].type is EntityType.PERSON
    assert found[name].key is None


def test_the_phrase_holds_the_title_and_the_head_is_the_name() -> None:
    text = "قال وزير الزراعة البلغاري ستويان درغوف إن المحصول جيد."
    mention = actors(text)["ستويان درغوف"].mentions[0]
    assert mention.span.of(text) == "وزير الزراعة البلغاري ستويان درغوف"
    assert mention.head is not None
    assert mention.head.of(text) == "ستويان درغوف"
    assert actors(text)["ستويان درغوف"].country == "bulgaria"


def test_a_verb_after_an_office_is_no_name() -> None:
    assert not [entity for entity in actors("الرئيس البلغاري يزور المعرض غدا.").values() if entity.type == "Person"]


def test_two_surnames_side_by_side_are_two_persons() -> None:
    text = "التقى الرئيس فلاديمير بوتين الرئيس دونالد ترامب. وأخبر بوتين ترامب بالأمر."
    assert len(forms(text, "vladimir-putin")) == 2
    assert len(forms(text, "donald-trump")) == 2


def test_short_names_find_the_person_of_the_article_also_in_the_headline() -> None:
    text = "درغوف يحذر من الجفاف\n\nقال الوزير البلغاري ستويان درغوف إن المحصول قليل. وأضاف درغوف أن المطر غائب."
    person = actors(text)["ستويان درغوف"]
    assert [mention.form for mention in person.mentions] == ["short", "name", "short"]


def test_offices_and_descriptions_mean_their_holder() -> None:
    text = (
        "قال وزير الزراعة البلغاري ستويان درغوف إن المحصول قليل. ودعا الوزير البلغاري إلى الحذر. "
        "وأكد المسؤول البلغاري ذلك."
    )
    assert [mention.form for mention in actors(text)["ستويان درغوف"].mentions] == ["name", "description", "description"]


def test_surname_that_is_a_word_too_means_the_person_after_a_verb_of_saying() -> None:
    text = "دعت مريم رجوي إلى الحوار. وأكدت رجوي في البيان أن النظام يراوغ. وطالبت رجوي الدول الغربية بالتحرك."
    assert [mention.form for mention in actors(text)["مريم رجوي"].mentions] == ["name", "short", "short"]


@pytest.mark.parametrize(
    "text",
    [
        "ولم يشأ الكاتب إماطة اللثام عن سره",
        "وأكل الضيوف سلطة الفواكه وسلطة التونة",
        "وكانت مجموعة متناسقة من الألوان",
        "وسقط ثلاثة قتلى في الجبهة الجنوبية",
        "ودار القتال في جبهة الوعيرة",
        "وصوت المجلس لصالح القرار",
    ],
)
def test_salads_fronts_and_verbal_nouns_are_nobody(text: str) -> None:
    assert not [e.label_ar for e in read(text).entities if e.type not in (EntityType.UNNAMED, EntityType.PLACE)]


def test_front_that_a_member_belongs_to_is_a_group() -> None:
    found = read("قال قيادي في جبهة الوعيرة إن القتال توقف").entities
    assert [e.label_ar for e in found if e.type is EntityType.ARMED_GROUP] == ["جبهة الوعيرة"]


def test_the_father_is_not_his_son_of_the_same_name() -> None:
    found = keys("قال الرئيس الأمريكي جورج بوش الأب إن الحرب انتهت")
    assert "george-w-bush" not in found
    assert "george-w-bush" in keys("قال الرئيس الأمريكي جورج بوش الابن إن الحرب انتهت")


def test_who_is_responsible_for_a_deed_is_no_official_named_before() -> None:
    text = "قال الوزير البلغاري ستويان درغوف إن الخصم هو المسؤول عن هجمات المدينة"
    assert len(actors(text)["ستويان درغوف"].mentions) == 1
    assert not [name for name in actors(text) if name.startswith("المسؤول")]


def test_surname_with_its_ending_and_one_field_of_several_mean_the_minister() -> None:
    text = (
        "قال وزير التجارة والصناعة والمناجم الإيراني محمد رضا نعمت إن المصانع تعمل. "
        "وأضاف نعمت زاده أن الإنتاج زاد. وأكد وزير الصناعة أن الأمر جيد."
    )
    people = [e for e in read(text).entities if e.type in (EntityType.PERSON, EntityType.UNNAMED, EntityType.ROLE)]
    assert [len(person.mentions) for person in people] == [3]


def test_name_between_commas_behind_an_office_is_its_holder() -> None:
    found = read("وكان نائب محافظ البنك المركزي، أكبر كميجاني، فند ذلك").entities
    assert [e.label_ar for e in found if e.type is EntityType.PERSON] == ["أكبر كميجاني"]


def test_body_that_represents_another_is_no_envoy() -> None:
    found = read("وقعت الحكومة العراقية ممثلة بوزارة المالية اتفاقا مع الشركة").entities
    assert not [entity.label_ar for entity in found if entity.type is EntityType.UNNAMED]
    assert "وزارة المالية" in [entity.label_ar for entity in found]


def test_the_alliance_alone_is_the_one_named_before() -> None:
    text = "قال الأمين العام لحلف شمال الأطلسي مارك روته إن الحلف لا يستطيع تأكيد ذلك"
    assert forms(text, "nato") == [("حلف شمال الأطلسي", "name"), ("الحلف", "description")]


def test_spokesman_named_in_apposition_is_meant_by_his_office_alone() -> None:
    text = (
        "نفى المستشار وليد الشناوي، المتحدث الرسمي باسم وزارة الزراعة المصرية، وجود أي شحنة. "
        "وأكد المتحدث الرسمي أن الوزارة تتابع الملف. وقال المتحدث إن الأمر انتهى."
    )
    found = actors(text)
    assert [mention.form for mention in found["وليد الشناوي"].mentions] == ["name", "description", "description"]
    assert not [name for name in found if name.startswith("المتحدث")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وكشف الخبير المصرفي الدولي عقيل الدليمي عن خلل كبير", "عقيل الدليمي"),
        ("قالت مسؤولة الإعلام في مصرف الرافدين آمال الشبيلي إن القرض جاهز", "آمال الشبيلي"),
    ],
)
def test_name_behind_a_described_title_is_the_person(text: str, name: str) -> None:
    found = read(text).entities
    assert name in [entity.label_ar for entity in found if entity.type is EntityType.PERSON]
    assert not [entity.label_ar for entity in found if entity.type is EntityType.UNNAMED]


def test_another_spelling_in_the_same_article_is_the_same_person() -> None:
    text = "قال الوزير أندريه غولوفكين إنه راحل. وأكد الوزير أندري غولوفكين الخبر."
    people = [entity for entity in actors(text).values() if entity.type is EntityType.PERSON]
    assert [len(person.mentions) for person in people] == [2]


def test_a_surname_that_an_unknown_first_name_stands_before_is_somebody_else() -> None:
    assert "vladimir-putin" not in keys('قال "ستيبان بوتين" نائب رئيس البلدية إن الشارع مغلق.')


# ── bodies ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (
            "أعلنت وزارة التجارة والصناعة العمانية النتائج.",
            "وزارة التجارة والصناعة العمانية",
            EntityType.GOVERNMENT_BODY,
        ),
        ("قالت لجنة إعادة الإعمار إن العمل بدأ.", "لجنة إعادة الإعمار", EntityType.GOVERNMENT_BODY),
        ('ذكرت صحيفة "الضفتان" أن السوق مغلقة.', "الضفتان", EntityType.MEDIA_OUTLET),
        ("قالت مؤسسة الدفاع عن الأنهار إن الماء قليل.", "مؤسسة الدفاع عن الأنهار", EntityType.ORGANIZATION),
        ('عاقبت الوزارة شركة "نور تريدنغ" (Nur Trading) أمس.', "نور تريدنغ", EntityType.COMPANY),
        ("زار الوفد جامعة الملك فيصل صباحا.", "جامعة الملك فيصل", EntityType.ORGANIZATION),
    ],
)
def test_bodies_in_no_list_are_found_by_their_heads(text: str, name: str, kind: EntityType) -> None:
    found = actors(text)
    assert name in found
    assert found[name].type is kind


def test_the_name_in_latin_letters_is_the_english_label() -> None:
    assert actors('عاقبت شركة "نور تريدنغ" (Nur Trading) أمس.')["نور تريدنغ"].label_en == "Nur Trading"


def test_a_body_of_a_state_is_the_same_under_its_bare_head() -> None:
    text = "قالت وزارة الصحة البلغارية إن اللقاح وصل. وأضافت الوزارة أن العدد كاف."
    (entity,) = [entity for entity in read(text).entities if entity.type is EntityType.GOVERNMENT_BODY]
    assert [mention.form for mention in entity.mentions] == ["name", "description"]


@pytest.mark.parametrize(
    "text",
    [
        "تحركت قوات معادية نحو النهر.",
        "تحركت القوات المعادية نحو النهر.",
        "عقد مجلس الإدارة جلسته.",
        "زادت قوة العلاقة بين الطرفين.",
        "على الأرض تغير الأمر.",
        "وقف أمام الجمهور وقال كلمته.",
    ],
)
def test_what_only_looks_like_a_body_or_a_person_is_none(text: str) -> None:
    assert actors(text) == {}


# ── unnamed, pairs, pronouns ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("قال مسؤول بلغاري رفيع المستوى إن الطريق مفتوح.", "مسؤول بلغاري رفيع المستوى"),
        ("ذكرت مصادر أمنية مطلعة أن الحدود مغلقة.", "مصادر أمنية مطلعة"),
        ("أفادت وسائل إعلام رسمية بأن الوفد وصل.", "وسائل إعلام رسمية"),
        ("نقلت عن مصدر بالحكومة البلغارية قوله إن الأمر انتهى.", "مصدر بالحكومة البلغارية"),
    ],
)
def test_unnamed_sources_carry_the_words_of_the_text(text: str, label: str) -> None:
    found = {entity.label_ar for entity in read(text).entities if entity.type is EntityType.UNNAMED}
    assert label in found


def test_his_country_is_the_state_of_the_speaker() -> None:
    text = "قال الوزير البلغاري ستويان درغوف للوفد الروسي إن بلاده مستعدة."
    assert ("بلاده", "pronoun") in forms(text, "bulgaria")


def test_a_town_is_not_his_country() -> None:
    assert "bulgaria" not in keys("قال الوزير ستويان درغوف إن بلدة صغيرة غرقت.")


def test_two_countries_are_both_meant() -> None:
    text = "وقعت بلغاريا ورومانيا اتفاقا. وقال البيان إن البلدين سيتعاونان."
    assert ("البلدين", "pronoun") in forms(text, "bulgaria")
    assert ("البلدين", "pronoun") in forms(text, "romania")


# ── properties ────────────────────────────────────────────────────────────────────────────────────────────────────

SCRAPS = (
    'قال الرئيس الروسي فلاديمير بوتين بوتين وزارة الدفاع الروسية "العالم" ( ) ، . الوزير على علي بلاده البلدان بن أبو '
    "موسكو في إلى المتحدث باسم KIM مسؤول مصادر شركة الجيش حزب الله وهو - 5 وترامب لـ ال لل و"
)
WORDS = st.lists(st.sampled_from(SCRAPS.split(" ")), max_size=40).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), WORDS))
def test_any_text_is_read_and_every_mention_lies_inside_it(text: str) -> None:
    reading = read(text)
    for entity in reading.entities:
        assert entity.mentions
        assert all(0 <= m.span.start < m.span.end <= len(text) and m.entity == entity.id for m in entity.mentions)
        assert all(owner in {other.id for other in reading.entities} for owner in entity.affiliation)


@settings(max_examples=50, deadline=None)
@given(WORDS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text).entities == read(text).entities


# ── what is named and does not act ────────────────────────────────────────────────────────────────────────────────


def test_platform_that_something_was_written_on_is_no_actor() -> None:
    assert "twitter" not in keys("كتب الوزير على تويتر أن الاجتماع تأجل")
    assert "twitter" in keys("أعلنت شركة تويتر أنها أغلقت الحساب")


def test_short_name_keeps_to_its_own_words() -> None:
    people = [e.label_ar for e in read("تحدث سعيد خطيب زاده أمس. ووصف زاده محادثات المبعوث بالجيدة").entities]
    assert "زاده محادثات" not in people


def test_natiq_and_mutahaddith_are_one_office() -> None:
    text = "قال المتحدث باسم الخارجية الإيرانية ناصر كنعاني إن الرد قريب. وأضاف الناطق باسم الخارجية الإيرانية أنه جاهز"
    assert not any(entity.type is EntityType.ROLE for entity in read(text).entities)


def test_portfolio_of_a_minister_is_no_ministry() -> None:
    found = read("التقى وزير الخارجية السعودية نظيره").entities
    assert not any(entity.type is EntityType.GOVERNMENT_BODY for entity in found)


def test_adjective_of_a_town_names_no_state() -> None:
    assert "iraq" not in keys("وصلت الشحنة إلى ميناء في مدينة البصرة العراقية")
    assert "iraq" in keys("وصلت شحنة عراقية إلى الميناء")
