"""Statements in small articles of our own: speaker, addressee, chain, modality, date, span, content, answers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.frames.reading import Reading, read_article
from kg.frames.statements import find_statements
from kg.model import Article, Certainty, Modality, Polarity, Stance, Statement, Timeframe
from kg.text.dates import find_dates, resolve

WRITTEN = date(2023, 5, 10)  # a Wednesday


def read(text: str) -> Reading:
    reading = read_article(Article("a", "a.txt", text, ""))
    resolved = (resolve(mention, WRITTEN) for mention in find_dates(reading.folded))
    dates = tuple(found for found in resolved if found is not None)
    parts = reading.article, reading.folded, reading.segments, reading.sentences, reading.entities
    return Reading(*parts, reading.published, dates)


def statements(text: str) -> list[Statement]:
    return list(find_statements(read(text)))


def only(text: str) -> Statement:
    (found,) = statements(text)
    return found


def names(text: str, ids: tuple[str, ...]) -> list[str]:
    reading = read(text)
    return [reading.entity(ident).label_ar for ident in ids]


def speakers(text: str) -> list[list[str]]:
    return [names(text, found.speaker) for found in statements(text)]


# ── who ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_several_named_together_speak_together() -> None:
    assert speakers("وأدانت فرنسا وألمانيا واليابان إغلاق المضيق.") == [["فرنسا", "ألمانيا", "اليابان"]]


def test_a_verb_without_a_subject_is_the_last_speakers_of_its_gender() -> None:
    text = "قالت فرنسا إن السفينة غادرت. وقال الرئيس التركي رجب طيب أردوغان إنها عادت. وأضافت أنها تحمل قمحا."
    assert speakers(text)[-1] == ["فرنسا"]


def test_two_who_spoke_together_take_the_dual() -> None:
    text = "أكدت إيران وتركيا أن المضيق مفتوح. وقالت فرنسا إنه مغلق. ونفتا بشدة هذه الأنباء."
    assert speakers(text)[-1] == ["إيران", "تركيا"]


def test_as_many_as_spoke_together_before_speak_again() -> None:
    text = "وأدانت فرنسا وألمانيا واليابان إغلاق المضيق. وتؤكد هذه الدول الثلاث أن المضيق مفتوح."
    assert speakers(text)[-1] == ["فرنسا", "ألمانيا", "اليابان"]


def test_one_more_subject_that_is_no_mention_does_not_make_the_first_an_object() -> None:
    text = "قالت اليابان إن المضيق مغلق. وطالبت فرنسا ودول المنطقة إيران بفتح المضيق."
    found = statements(text)[-1]
    assert (names(text, found.speaker), names(text, found.addressee)) == (["فرنسا"], ["إيران"])


def test_a_source_that_asks_not_to_be_named_says_nothing_by_that() -> None:
    text = "وتوقع مصدر في وزارة الدفاع التركية، طلب عدم ذكر اسمه، أن تعود السفينة غدا."
    assert [found.modality for found in statements(text)] == [Modality.ESTIMATED]


def test_an_unknown_subject_is_not_the_last_speakers() -> None:
    assert speakers("قالت فرنسا إن السفينة غادرت. وأكد بحار أنها عادت.") == [["فرنسا"]]


def test_the_object_of_an_accusation_is_not_its_speaker() -> None:
    text = "قالت فرنسا إن السفينة غادرت، واتهمت إيران بتهريب السلاح."
    assert speakers(text) == [["فرنسا"], ["فرنسا"]]


def test_a_documents_words_are_its_issuers() -> None:
    text = "وجاء في بيان لوزارة الدفاع التركية أن السفينة غادرت. وأضاف البيان أنها تحمل قمحا."
    assert speakers(text) == [["وزارة الدفاع التركية"]] * 2


def test_a_document_told_of_as_issued_speaks_for_its_issuer_later() -> None:
    text = "وأصدرت وزارة الدفاع التركية بيانا صباحا. وجاء في البيان أن السفينة غادرت."
    assert speakers(text) == [["وزارة الدفاع التركية"]]


@pytest.mark.parametrize("author", ["الكاتب", "الكاتبة"])
def test_an_author_is_whoever_wrote_the_text(author: str) -> None:
    text = f"وأوضح مقال كتبه لمجلة نيوزويك الخبير توماس شيلبي أن المضيق مفتوح. وأضاف {author} أن السفن عادت."
    assert speakers(text)[-1] == ["توماس شيلبي"]


def test_an_aside_between_verb_and_content_does_not_hide_either() -> None:
    assert speakers("وقالت فرنسا -في بيان صدر مساء- إن السفينة غادرت.") == [["فرنسا"]]


def test_after_an_unknown_speaker_nobody_earlier_goes_on() -> None:
    assert speakers("قالت فرنسا إن السفينة غادرت. وأكدت بحارة أنها عادت. وأضافت أنها تحمل قمحا.") == [["فرنسا"]]


def test_a_subordinate_report_leaves_the_floor_to_the_main_one() -> None:
    text = "قال الرئيس التركي رجب طيب أردوغان إن السفينة عادت بعد أن قال الكرملين إنها غرقت. وأضاف أنها تحمل قمحا."
    assert speakers(text)[-1] == ["رجب طيب أردوغان"]


def test_one_who_had_done_so_before_stands_before_the_verb() -> None:
    text = "قالت فرنسا إن السفينة غرقت، وهو ما سبق لطهران أن نفته."
    assert speakers(text) == [["فرنسا"], ["إيران"]]


def test_whoever_issued_it_speaks_in_what_was_issued() -> None:
    text = "قالت فرنسا إن السفينة غرقت. وجاء ذلك بعد بيان أصدرته وزارة الدفاع التركية قالت فيه إنها عادت."
    assert speakers(text)[-1] == ["وزارة الدفاع التركية"]


# ── through whom, to whom ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_chain_runs_from_the_speaker_outwards() -> None:
    text = "أعلن الرئيس التركي رجب طيب أردوغان أن المضيق مفتوح، وفق ما ذكرت وكالة رويترز نقلا عن وكالة الأناضول."
    assert names(text, only(text).chain) == ["وكالة الأناضول", "وكالة رويترز"]


def test_an_agency_that_reports_a_speaker_stands_in_the_chain() -> None:
    text = "ذكرت وكالة رويترز أن الرئيس التركي رجب طيب أردوغان قال إن المضيق مفتوح."
    found = only(text)
    assert names(text, found.speaker) == ["رجب طيب أردوغان"]
    assert names(text, found.chain) == ["وكالة رويترز"]


def test_a_person_who_reports_anothers_words_stays_the_speaker() -> None:
    text = "قال الرئيس التركي رجب طيب أردوغان إن فرنسا ترفض الحوار."
    assert speakers(text) == [["رجب طيب أردوغان"]]


def test_a_leading_frame_hands_on_what_follows() -> None:
    text = "ووفقا لوكالة الأناضول، أشاد الرئيس التركي رجب طيب أردوغان بصمود البحارة."
    found = only(text)
    assert names(text, found.speaker) == ["رجب طيب أردوغان"]
    assert names(text, found.chain) == ["وكالة الأناضول"]


@pytest.mark.parametrize(
    "text",
    [
        "وفي تصريحات لوكالة رويترز قال الرئيس التركي رجب طيب أردوغان إن المضيق مفتوح.",
        "قال الرئيس التركي رجب طيب أردوغان في مقابلة مع وكالة رويترز إن المضيق مفتوح.",
        "قال الرئيس التركي رجب طيب أردوغان لوكالة رويترز إن المضيق مفتوح.",
        "وفي كلمة بثتها وكالة رويترز، قال الرئيس التركي رجب طيب أردوغان إن المضيق مفتوح.",
    ],
)
def test_an_outlet_that_it_was_said_to_or_that_published_it_passes_it_on(text: str) -> None:
    found = only(text)
    assert (names(text, found.speaker), names(text, found.chain)) == (["رجب طيب أردوغان"], ["وكالة رويترز"])


def test_the_articles_own_publisher_passes_nothing_on_to_itself() -> None:
    text = "قالت فرنسا لوكالة رويترز إن المضيق مفتوح."
    (found,) = find_statements(read_article(Article("a", "a.txt", text, "", publisher="وكالة رويترز")))
    assert found.chain == ()


def test_what_one_is_told_is_addressed_to_him() -> None:
    text = "ودعت فرنسا إيران إلى فتح المضيق."
    assert names(text, only(text).addressee) == ["إيران"]


def test_a_letter_is_addressed_to_whom_it_is_sent() -> None:
    text = "وتعهد الرئيس التركي رجب طيب أردوغان بالمساعدة في رسالة إلى رئيس الوزراء الياباني فوميو كيشيدا."
    assert names(text, only(text).addressee) == ["فوميو كيشيدا"]


def test_an_aside_that_says_what_somebody_is_names_no_new_speaker() -> None:
    text = "قال السفير سامي الحداد إن المضيق مفتوح. لكنه، وهو الخبير العسكري، عاد وطالب بمراقبة السفن."
    assert speakers(text) == [["سامي الحداد"], ["سامي الحداد"]]
    assert speakers("قال السفير سامي الحداد إن المضيق مفتوح. والخبير العسكري عاد وطالب بمراقبة السفن.")[-1] != [
        "سامي الحداد"
    ]


def test_these_are_the_group_that_spoke_before() -> None:
    text = "كشف محتجزون أنهم تدربوا في الخارج. وقال هؤلاء إن عملهم بدأ قبل عامين."
    assert speakers(text) == [["محتجزون"], ["محتجزون"]]
    assert speakers(text.replace("هؤلاء", "مسعفون"))[-1] == ["مسعفون"]


def test_the_official_is_rather_an_official_than_an_officer() -> None:
    officer = "قال العقيد الإيراني سالم تهراني إن المضيق مفتوح. "
    minister = "قال وزير الدفاع الإيراني أمير حاتمي إن سالم تهراني ضابط كبير. "
    official = "وأكد المسؤول الإيراني أن المضيق آمن."
    assert speakers(officer + minister + official)[-1] == ["أمير حاتمي"]
    assert speakers(officer + official)[-1] == ["سالم تهراني"]


def test_who_issued_a_paper_speaks_in_it() -> None:
    channel = "قالت قناة الجزيرة إن الهدنة هشة. "
    assert speakers(channel + "ونشرت كتائب القسام بيانا أعلنت فيه أن الهدنة انتهت.")[-1] == ["كتائب القسام"]
    assert speakers(channel + "ونشرت كتائب القسام قواتها. وأعلنت أن الهدنة انتهت.")[-1] == ["قناة الجزيرة"]


def test_two_together_stay_the_two_meant_before() -> None:
    text = "اجتمع وزراء السعودية والأردن، وأكد البلدان أهمية السلام. {} وأكد الجانبان أن الحرب خطر."
    assert speakers(text.format("وبحثوا الأوضاع في اليمن والدعم السعودي لليمنيين."))[-1] == ["السعودية", "الأردن"]
    assert speakers(text.format("ثم وقعت السعودية ومصر اتفاقا."))[-1] == ["السعودية", "مصر"]


def test_a_paper_of_its_own_is_whoevers_speaks_in_it() -> None:
    text = "قالت فرنسا، في بيانها الأخير، إن المضيق مفتوح. وأوضح البيان أن السفينة عادت."
    assert speakers(text) == [["فرنسا"], ["فرنسا"]]
    assert speakers(text.replace("بيانها الأخير", "مينائها القديم"))[-1] == ["البيان"]


def test_a_person_that_a_programme_is_named_after_passes_nothing_on() -> None:
    text = "اعترف الرئيس التركي في كلمة بثتها {} بخسارة السفينة."
    assert names(text.format("قناة الجزيرة"), only(text.format("قناة الجزيرة")).chain) == ["قناة الجزيرة"]
    assert only(text.format("محطة باراك أوباما")).chain == ()


def test_the_name_behind_an_abbreviated_title_speaks() -> None:
    assert speakers("وأكد المتحدث باسم وزارة النقل د. أيمن الصفدي أن السفينة آمنة.") == [["أيمن الصفدي"]]
    assert speakers("وأكد المتحدث باسم وزارة النقل أن السفينة آمنة. وصل أيمن الصفدي.") != [["أيمن الصفدي"]]


def test_an_outlet_that_a_sentence_breaks_off_behind_speaks_of_nothing() -> None:
    told = "قالت فرنسا إن السفينة آمنة. وأكد"
    assert ["قناة الجزيرة"] not in speakers(told + ' "لقناة الجزيرة')
    assert ["رويترز"] not in speakers(told + " ولرويترز")


def test_a_frame_right_behind_a_verb_hands_the_words_on() -> None:
    text = "قالت فرنسا إن السفينة غادرت. وتابعت وفقا لوكالة رويترز إن المضيق مفتوح."
    found = statements(text)[-1]
    assert (names(text, found.speaker), names(text, found.chain)) == (["فرنسا"], ["وكالة رويترز"])


def test_a_person_named_right_before_a_participle_speaks() -> None:
    before = "قالت فرنسا إن السفينة غادرت. بعض البحارة عادوا إلى الميناء الذي "
    assert speakers(before + "زاره الرئيس التركي أمس، مؤكدا أن المضيق آمن.")[-1] == ["الرئيس التركي"]
    assert speakers(before + "أغلق على الرئيس التركي أمس، مؤكدا أن المضيق آمن.")[-1] != ["الرئيس التركي"]


def test_countries_in_the_plural_are_no_two_countries() -> None:
    text = "زارت السفينة فرنسا وإيران. قال الرئيس التركي إن المضيق مفتوح. وأكدت البلدان{} أن السفينة آمنة."
    assert speakers(text.format(""))[-1] == ["فرنسا", "إيران"]
    assert ["فرنسا", "إيران"] not in speakers(text.format(" المنتجة للنفط"))


def test_what_was_published_is_no_chain_of_who_denies_it() -> None:
    text = "وفند الرئيس التركي {} نشرتها وكالة رويترز."
    assert only(text.format("المغالطات التي")).chain == ()
    text = "وقال الرئيس التركي في كلمة نشرتها وكالة رويترز إن المضيق مفتوح."
    assert names(text, only(text).chain) == ["وكالة رويترز"]
    text = "وأقرت فرنسا بأن السفينة غادرت، وذلك في بيان نشرته وكالة رويترز."
    assert names(text, only(text).chain) == ["وكالة رويترز"]


def test_an_outlet_that_a_source_told_it_passes_it_on() -> None:
    text = 'وبحسب مصدر مطلع لصحيفة "كوميرسانت"، فإن السفينة غادرت الميناء.'
    assert names(text, only(text).chain) == ["صحيفة كوميرسانت"]
    text = 'وبحسب مصدر مطلع، فإن صحيفة "كوميرسانت" أغلقت أبوابها.'
    assert only(text).chain == ()


# ── how firmly ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("قالت فرنسا إن السفينة غادرت الميناء.", Modality.ASSERTED),
        ("اتهمت فرنسا إيران بتهريب السلاح.", Modality.ALLEGED),
        ("وقالت فرنسا إن إيران ترسل أسلحة إلى اليمن.", Modality.ALLEGED),
        ("ونفت إيران هذه الاتهامات.", Modality.DENIED),
        ("وأكدت اليابان أنها ستقدم مساعدات غذائية.", Modality.PLEDGED),
        ("وأكدت اليابان التزامها بالسلام.", Modality.PLEDGED),
        ("وقالت فرنسا إنه يجب فتح المضيق.", Modality.REQUESTED),
        ("وناشدت فرنسا إيران فتح المضيق.", Modality.REQUESTED),
        ("وقالت فرنسا إن السفينة ربما غادرت الميناء.", Modality.ESTIMATED),
        ("ووفقا لتقديرات فرنسا، غادرت ثلاثون سفينة الميناء.", Modality.ESTIMATED),
        ("ولم تؤكد إيران وصول السفينة.", Modality.UNCONFIRMED),
        ("وقالت إيران إنه ليس صحيحا أن السفينة غادرت.", Modality.DENIED),
        ("وشككت فرنسا في سلامة السفينة.", Modality.ESTIMATED),
        ('وقالت فرنسا: "نعتقد أننا سنصل إلى الميناء في الصباح الباكر".', Modality.ESTIMATED),
        ("وقالت فرنسا إن اليابان لن تسمح بأي عدوان على السفينة.", Modality.ASSERTED),
        ("وتشير تقديرات فرنسية إلى أن السفينة غادرت.", Modality.ESTIMATED),
        ("ورفضت وزارة الدفاع التركية التعليق على التقرير.", Modality.UNCONFIRMED),
    ],
)
def test_a_statement_is_held_as_its_verb_and_its_words_say(text: str, modality: Modality) -> None:
    assert only(text).modality is modality


@pytest.mark.parametrize(
    ("text", "modality", "near"),
    [
        ("وأعربت فرنسا عن قلقها من الإغلاق.", "estimated", "وقالت فرنسا إن القلق يسود الميناء."),
        ('وقالت فرنسا "إننا قلقون من إغلاق المضيق".', "estimated", "وقالت فرنسا إنها ليست قلقة."),
        ("وأعربت فرنسا عن رغبتها في فتح المضيق.", "requested", "وقالت فرنسا إن رغبة البحارة معروفة."),
        ("وقالت فرنسا إن على إيران أن تفتح المضيق.", "requested", "وقالت فرنسا إن على متن السفينة قمحا."),
        ("وقالت فرنسا إن على المجتمع الدولي التحرك.", "requested", "وقالت فرنسا إن على المائدة خريطة."),
        ("وقالت فرنسا إنه حان الوقت لفتح المضيق.", "requested", "وقالت فرنسا إن الوقت متأخر."),
        ('وقالت فرنسا "نريد من إيران فتح المضيق".', "requested", "وقالت فرنسا إن السفينة تريد وقودا."),
        ("وجددت فرنسا دعوتها لإيران إلى الحوار.", "requested", "وجددت فرنسا تأكيد موقفها."),
        ("وأعلنت فرنسا أنها تعتزم سحب السفينة.", "pledged", "وأعلنت فرنسا أن إيران تعتزم سحب السفينة."),
        ("وأكدت فرنسا استعداد بلادها للمساعدة.", "pledged", "وأكدت فرنسا صمود الميناء."),
        ("وقالت فرنسا إن هذه الأنباء عارية من الصحة.", "denied", "وقالت فرنسا إن هذه الأنباء سارة."),
        ("وأكدت فرنسا عدم صحة هذه الأنباء.", "denied", "وأكدت فرنسا صحة هذه الأنباء."),
        ("وقالت فرنسا إنها لا تستطيع تأكيد الخبر.", "unconfirmed", "وقالت فرنسا إنها لا تستطيع الإبحار."),
        ("وجددت فرنسا تهديدها بالانسحاب.", "pledged", "وأقرت فرنسا بوجود تهديد للسفينة."),
        ("وأعلنت فرنسا أنها ستسحب السفينة.", "pledged", "واعتبرت فرنسا أن الاتفاق لن يدوم."),
        ('وقالت فرنسا "سنسحب السفينة من الميناء".', "pledged", "وقالت فرنسا إن ثلاث سفن هي سنكارا صغيرة."),
        ("وقالت فرنسا إنه يجب فتح المضيق.", "requested", "وقالت فرنسا إن الخطر الذي يجب أن يخشى بعيد."),
        ("وقالت فرنسا إن السفينة قد تغادر.", "estimated", "وقالت فرنسا إن الميناء كان قد تعرض لعاصفة."),
        ("وقالت فرنسا إن إيران قد تتعرض لهجوم.", "estimated", "وقالت فرنسا إن الجيش الإيراني قد تعرض لهجوم."),
        ("وقالت فرنسا إن الأزمة قد تنتهي قريبا.", "estimated", "وقالت فرنسا إن الأزمة قد تحولت إلى حرب."),
        ("وقالت فرنسا إن السفينة قد تعود.", "estimated", "وقالت فرنسا إن الميناء قد تجاوز العاصفة."),
        ("وقالت فرنسا إن هذا انتهاك للهدنة.", "alleged", "وقالت فرنسا إن انتهاك الهدنة سيكون خطأ."),
        ("وقال الرئيس التركي إنه سيزور الميناء.", "pledged", "وقال الرئيس التركي إنه سيعقب ذلك حفل."),
        ("وأكدت فرنسا أن إيران متورطة في تهريب السلاح.", "alleged", "وأكدت فرنسا رفضها تدخل إيران."),
        ('وقالت فرنسا "لقد حان الوقت لفتح المضيق".', "requested", 'وقالت فرنسا "لقد تأخر الوقت عن فتح المضيق".'),
        ('وقالت فرنسا: "سنفتح المضيق".', "pledged", 'وقالت فرنسا: "متى سنفتح المضيق؟".'),
        ("وقالت فرنسا إن باريس ستفتح المضيق.", "pledged", "وقالت فرنسا إن السفن في باريس ستغادر."),
        ("وقالت فرنسا إن إيران مسؤولة عن الهجوم.", "alleged", "وقالت فرنسا إن إيران مسؤولة عن توفير الغاز."),
        ("وقالت فرنسا إن إيران تريد احتلال الميناء.", "alleged", "وقالت فرنسا إن إيران تريد احتلال الصدارة."),
        (
            'وقالت فرنسا: "تقييمنا هو أن السفينة غادرت".',
            "estimated",
            'وقالت فرنسا: "ننظر في كل ما قيل عن تقييمنا للسفن".',
        ),
        ("وأعلنت فرنسا أنها راضية، وأنها ستفتح المضيق.", "pledged", "وقالت فرنسا إن إيران راضية، وإنها ستفتح المضيق."),
        ("وجددت فرنسا تعهدها بالسلام.", "pledged", "وقالت فرنسا إن تعهدات البحارة قليلة."),
        ('وقال الرئيس التركي: "سأزور الميناء قريبا".', "pledged", 'وقال الرئيس التركي: "ساعة الميناء قديمة".'),
        ("ووجهت فرنسا اتهامات إلى إيران.", "alleged", "ووجهت فرنسا الشكر إلى إيران."),
        ("وقالت فرنسا إن إيران انتهكت الهدنة.", "alleged", "وقالت فرنسا إنها لم تنتهك الهدنة."),
    ],
)
def test_the_first_words_of_a_content_tell_how_it_is_held(text: str, modality: str, near: str) -> None:
    assert (only(text).modality, only(near).modality) == (Modality(modality), Modality.ASSERTED)


def test_what_another_asks_for_is_only_told() -> None:
    text = "وقال وزير الدفاع التركي إن {} تطالب بفتح المضيق."
    assert only(text.format("أنقرة")).modality is Modality.REQUESTED
    assert only(text.format("فرنسا")).modality is Modality.ASSERTED
    text = "قالت مصادر مطلعة إن المضيق مفتوح. ولفتت إلى أن {} يطالب بالحوار."
    assert statements(text.format("الرئيس التركي"))[-1].modality is Modality.ASSERTED


def test_an_outlet_that_tells_of_its_states_plans_promises_nothing() -> None:
    assert only("وذكرت صحيفة لوموند أن فرنسا ستسحب السفينة.").modality is Modality.ASSERTED
    assert only("وذكرت فرنسا أنها ستسحب السفينة.").modality is Modality.PLEDGED


def test_a_verb_that_is_written_as_a_preposition_has_its_subject() -> None:
    assert speakers("قال الرئيس المصري إن المضيق مفتوح. وعبر الرئيس التركي عن أمله في فتح الميناء.")[-1] == [
        "الرئيس التركي"
    ]
    assert speakers("وعبر الرئيس التركي المضيق في سفينة صغيرة.") == []
    assert speakers("قال الرئيس المصري إن الخلاف بين فرنسا وإيران أن السفينة عادت.") == [["الرئيس المصري"]]


def test_the_reporters_doubt_is_kept_apart_from_the_speakers() -> None:
    assert only("وتزعم إيران أن المضيق مفتوح.").stance is Stance.DISTANCING
    assert only("وكشفت فرنسا أن المضيق مغلق.").stance is Stance.ENDORSING
    assert only("وقالت فرنسا إن المضيق مغلق.").stance is Stance.NEUTRAL


def test_the_finer_axes_read_the_content() -> None:
    found = only("وقالت فرنسا إن إيران لن تفتح المضيق.")
    assert (found.polarity, found.timeframe) == (Polarity.NEGATIVE, Timeframe.FUTURE)
    assert only("وقالت فرنسا إن إيران قد تفتح المضيق.").certainty is Certainty.POSSIBLE


def test_the_reason_for_a_modality_is_told() -> None:
    assert only("ونفت إيران هذه الاتهامات.").why


# ── when ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت فرنسا، أمس الثلاثاء، إن السفينة غادرت الميناء.", "2023-05-09"),
        ("وفي أبريل الماضي، قالت فرنسا إن السفينة غادرت الميناء.", "2023-04"),
        ("غادرت السفينة الميناء، حسبما ذكرت وكالة رويترز اليوم الأربعاء.", "2023-05-10"),
        ("قالت فرنسا إن السفينة غادرت الميناء أمس الثلاثاء.", None),
    ],
)
def test_a_date_is_the_verbs_or_the_contents(text: str, expected: str | None) -> None:
    found = only(text).date
    assert (found.edtf if found else None) == expected


# ── in which words ────────────────────────────────────────────────────────────────────────────────────────────────


def test_content_leaves_the_frame_out() -> None:
    text = "قالت فرنسا إن السفينة غادرت الميناء، بحسب وكالة رويترز."
    found = only(text)
    assert found.content is not None
    assert found.content.of(text) == "السفينة غادرت الميناء"


def test_quotations_are_kept_as_passages() -> None:
    text = 'وأضاف الرئيس التركي رجب طيب أردوغان "لن نغلق المضيق أبدا" أمام السفن.'
    assert [quote.of(text) for quote in only(text).quotes] == ["لن نغلق المضيق أبدا"]


def test_what_is_said_mentions_its_entities() -> None:
    text = "قالت فرنسا إن إيران أغلقت المضيق."
    assert names(text, only(text).mentions) == ["إيران"]


def test_the_accused_is_part_of_what_is_said() -> None:
    text = "واتهمت فرنسا، أمس، إيران بتهريب السلاح."
    found = only(text)
    assert found.content is not None
    assert found.content.of(text) == "إيران بتهريب السلاح"
    assert names(text, found.mentions) == ["إيران"]


def test_an_outlet_that_is_spoken_of_passes_nothing_on() -> None:
    assert only("وانتقد الرئيس التركي رجب طيب أردوغان وكالة رويترز بشدة.").chain == ()


def test_two_contents_of_one_verb_are_one_statement_and_so_is_a_participles() -> None:
    assert len(statements("قالت فرنسا إن السفينة غادرت وإنها تحمل قمحا، مؤكدة أن المضيق مفتوح.")) == 1


def test_a_second_finite_verb_is_a_second_statement() -> None:
    assert len(statements("قالت فرنسا إن السفينة غادرت، وأضافت أنها تحمل قمحا.")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "غادرت السفينة ميناء إسطنبول في تركيا صباحا.",
        "قبل أن تعلن فرنسا موقفها غادرت السفينة.",
        "وإذا رفضت فرنسا الاتفاق تغير الوضع.",
        "وهذه سفن تطلبها فرنسا من اليابان.",
        "ويدعى أحمد كريم أن يسافر مع السفينة.",
        "وقد تعلن فرنسا موقفها بعد أسبوع.",
        "يذكر أن السفينة غادرت الميناء.",
        "وستعلن فرنسا أن المضيق مغلق.",
    ],
)
def test_what_is_only_told_or_not_yet_said_makes_no_statement(text: str) -> None:
    assert statements(text) == []


# ── whose claim it answers ────────────────────────────────────────────────────────────────────────────────────────


def test_a_denial_answers_the_claim_before_it() -> None:
    claim, denial = statements("اتهمت فرنسا إيران بتهريب السلاح، وهي مزاعم نفتها إيران.")
    assert denial.modality is Modality.DENIED
    assert denial.answers == (claim.id,)


def test_a_denial_answers_across_sentences() -> None:
    claim, denial = statements("اتهمت فرنسا إيران بتهريب السلاح. غادرت السفينة صباحا. ونفت إيران هذه الاتهامات.")
    assert denial.answers == (claim.id,)


def test_a_denial_that_only_points_at_the_claim_is_one() -> None:
    for text in (
        "اتهمت فرنسا إيران بتهريب السلاح. ونفت إيران ذلك.",
        "اتهمت فرنسا إيران بتهريب السلاح. لكن إيران نفت ذلك.",
    ):
        claim, denial = statements(text)
        assert (denial.modality, denial.answers) == (Modality.DENIED, (claim.id,))


def test_nobody_answers_himself() -> None:
    assert [found.answers for found in statements("قالت إيران إن المضيق مفتوح. ونفت إيران إغلاقه.")] == [(), ()]


# ── any text ──────────────────────────────────────────────────────────────────────────────────────────────────────

_VOCABULARY = "قال قالت وأضاف إن أن بأن إلى على عن فرنسا إيران وكالة رويترز نقلا وفقا ل بيان كما نفت مؤكدا أمس 12 لم"
WORDS = st.sampled_from(_VOCABULARY.split() + list('()-،.:"«»'))


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_nothing_is_raised_and_spans_stay_inside_any_text(text: str) -> None:
    for found in find_statements(read_article(Article("a", "a.txt", text, ""))):
        assert 0 <= found.span.start <= found.span.end <= len(text)
        assert found.content is None or found.span.covers(found.content)
        assert found.speaker


# ── what carried over from texts that no rule was made on ─────────────────────────────────────────────────────────


def test_a_denial_of_accusations_answers_the_accusation_and_not_the_nearest_claim() -> None:
    text = "اتهمت فرنسا إيران بتهريب أسلحة إلى اليمن. وقال دبلوماسي غربي إن طهران أرسلت سفنا. ونفت إيران هذه الاتهامات."
    found = statements(text)
    assert found[-1].answers == (found[0].id,)


def test_to_esteem_is_not_to_estimate() -> None:
    assert only("وأكدت روسيا أنها تقدر هذا الموقف تقديرا عاليا.").modality is Modality.ASSERTED
    assert only("وأكدت روسيا أنها تقدر عدد القتلى بنحو 40.").modality is Modality.ESTIMATED


def test_a_call_joined_to_a_position_is_the_same_speakers_and_names_whom_it_calls_upon() -> None:
    text = "انتقدت وزارة الخارجية الفرنسية مضمون الرسالة، ودعت روسيا إلى احترام القانون."
    assert speakers(text)[-1] == speakers(text)[0]
    assert names(text, statements(text)[-1].addressee) == ["روسيا"]


def test_a_call_of_a_named_person_is_his_own() -> None:
    text = "قالت المستشارة الألمانية أنجيلا ميركل إن المضيق مفتوح، ودعت وزيرة الخارجية ليز تراس إلى الهدوء."
    assert speakers(text)[-1] != speakers(text)[0]


def test_the_states_own_short_future_is_a_pledge_and_an_impersonal_one_is_not() -> None:
    assert only("قال الرئيس التركي إن بلاده سترد بالمثل.").modality is Modality.PLEDGED
    assert only("قال الرئيس التركي إنه سيتم فتح الميناء غدا.").modality is Modality.ASSERTED


def test_the_source_of_a_report_is_no_part_of_what_it_says() -> None:
    found = only("وبحسب تقرير لوزارة الدفاع التركية، غادرت السفينة الميناء.")
    assert found.content is not None
    assert found.content.of("وبحسب تقرير لوزارة الدفاع التركية، غادرت السفينة الميناء.").startswith("غادرت")


def test_who_is_banished_denies_nothing() -> None:
    assert statements("حكم القيصر على الكاتب ونفاه إلى سيبيريا.") == []


def test_whom_something_is_said_to_stands_before_who_says_it() -> None:
    assert speakers("أكد لوكالة رويترز المتحدث باسم الحكومة التركية أن الميناء مفتوح.")[0] != ["وكالة رويترز"]


def test_the_pronoun_before_a_verb_that_takes_an_object_is_its_subject() -> None:
    found = only("وذكر الرئيس التركي رجب طيب أردوغان بأنه أبلغ فرنسا بأن تخبر إيران بالموعد.")
    assert names("وذكر الرئيس التركي رجب طيب أردوغان بأنه أبلغ فرنسا بأن تخبر إيران بالموعد.", found.speaker) == [
        "رجب طيب أردوغان"
    ]


def test_reports_pass_on_whom_a_later_frame_names() -> None:
    text = "وأفادت تقارير بأن السفينة غادرت الميناء، بحسب ما قاله الرئيس التركي رجب طيب أردوغان."
    found = only(text)
    assert (names(text, found.speaker), names(text, found.chain)) == (["رجب طيب أردوغان"], ["تقارير"])


def test_who_made_the_declarations_that_an_agency_hands_on_speaks() -> None:
    text = "نقلت وكالة رويترز تصريحات للرئيس التركي رجب طيب أردوغان أكد فيها مغادرة السفينة."
    found = only(text)
    assert (names(text, found.speaker), names(text, found.chain)) == (["رجب طيب أردوغان"], ["وكالة رويترز"])


def test_behind_a_first_clause_the_main_clauses_subject_goes_on() -> None:
    text = "بينما بدأت فرنسا البحث، شن الرئيس التركي رجب طيب أردوغان هجوما على إيران، واتهمها بالتهريب."
    assert speakers(text) == [["رجب طيب أردوغان"]]


def test_here_is_no_congratulation() -> None:
    assert only("قالت فرنسا إن السفينة هنا تحمل القمح.").span.end == len("قالت فرنسا إن السفينة هنا تحمل القمح")


def test_whom_an_adjective_is_about_is_not_spoken_to() -> None:
    assert only("وقال الرئيس التركي المعارض لإيران إن السفينة غادرت.").addressee == ()


@pytest.mark.parametrize(
    "text",
    [
        "وحذرت فرنسا من أن رفض الاتفاق من شأنه أن يطيل الأزمة.",
        "وحذرت فرنسا من رفض العرض التركي.",
        "وقالت فرنسا إن الأزمة تطول لأن رفض الاتفاق يضر بالجميع.",
    ],
)
def test_a_noun_behind_a_particle_that_takes_nouns_denies_nothing(text: str) -> None:
    assert Modality.DENIED not in {found.modality for found in statements(text)}


def test_a_verb_of_the_past_behind_after_that_is_still_one() -> None:
    assert speakers("وذلك بعد أن نفى الرئيس التركي رجب طيب أردوغان وجود السفينة.") == [["رجب طيب أردوغان"]]


def test_an_ally_named_after_a_speaker_speaks_too() -> None:
    text = "وقالت فرنسا وحليفتها ألمانيا والمعارضة السورية إن الميناء مغلق."
    assert speakers(text) == [["فرنسا", "ألمانيا", "المعارضة السورية"]]


def test_whom_sources_are_loyal_to_is_not_spoken_to() -> None:
    assert only("وقال سكان ومصادر موالية للرئيس التركي رجب طيب أردوغان إن الميناء مفتوح.").addressee == ()


def test_an_abbreviated_title_stands_between_a_verb_and_who_speaks() -> None:
    text = "وشدد د. هاكان فيدان على أن الميناء مفتوح."
    assert speakers(text) == [["هاكان فيدان"]]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("وذكرت مصادرنا أن السفينة غادرت الميناء.", "مصادرنا"),
        ("السفينة غادرت الميناء، بحسب ما أفاد مراسلنا.", "مراسلنا"),
    ],
)
def test_the_papers_own_sources_speak(text: str, speaker: str) -> None:
    assert speakers(text) == [[speaker]]


def test_facts_that_point_to_something_are_nobodys_words() -> None:
    text = "وأكدت فرنسا موقفها. والوقائع على الأرض، تشير إلى أن السفينة غادرت."
    assert len(statements(text)) == 1


def test_a_verb_of_what_is_said_does_not_end_it() -> None:
    text = "وأكدت فرنسا موقفها. ولفتت إلى أن قرار المجلس اعتبر كل السفن ملكا للحكومة."
    found = statements(text)[-1]
    assert (len(statements(text)), names(text, found.speaker)) == (2, ["فرنسا"])
    assert found.span.end == len(text) - 1


def test_how_something_is_said_is_not_who_says_it() -> None:
    text = "وقالت فرنسا إن الميناء مغلق. وأضافت بنبرة لا تخلو من تهكم أن السفينة لن تصل."
    assert speakers(text) == [["فرنسا"], ["فرنسا"]]


def test_an_initiative_launched_is_no_one_taking_it() -> None:
    text = "الرئيس التركي رجب طيب أردوغان يطلق مبادرة جديدة، ووزير خارجيته هاكان فيدان يؤكد أن الأمر بحث في أنقرة."
    assert speakers(text) == [["هاكان فيدان"]]


def test_what_somebody_said_is_told_behind_a_preposition_and_that() -> None:
    text = "الأزمة تكمن في ما قاله الرئيس التركي رجب طيب أردوغان في تصريح له من أن السفينة غادرت."
    assert speakers(text) == [["رجب طيب أردوغان"]]


def test_it_was_striking_that_somebody_affirmed_something() -> None:
    text = "وكان لافتا تأكيد الوزير هاكان فيدان، خلال لقائه نظيره العماني في مسقط، أن الوقت حان."
    assert speakers(text) == [["هاكان فيدان"]]


def test_what_there_will_be_is_no_pledge() -> None:
    text = "وأدانت فرنسا هذه الأعمال التي اعتبرت أنها خطيرة، وأنه سيكون لها تأثير سلبي."
    assert only(text).modality is Modality.ASSERTED


@pytest.mark.parametrize("asked", ["ما إذا", "عما إذا"])
def test_to_wonder_whether_something_is_so_is_a_statement(asked: str) -> None:
    text = f"غير أن الرئيس التركي رجب طيب أردوغان يتساءل {asked} كانت السفينة غادرت."
    assert speakers(text) == [["رجب طيب أردوغان"]]


def test_what_is_praised_of_what_somebody_said_is_his_own_statement() -> None:
    text = "وأثنت ألمانيا على ما قاله الرئيس التركي رجب طيب أردوغان في أنقرة من أن السفينة غادرت."
    assert speakers(text) == [["ألمانيا"], ["رجب طيب أردوغان"]]


def test_a_source_speaks_where_the_verb_of_its_clause_tells_a_fact() -> None:
    assert speakers("ووفق مقال للكاتب هاكان فيدان، فقد كشفت السفينة عن خلل.") == [["هاكان فيدان"]]


def test_the_verb_of_a_subject_behind_that_which_is_no_mention_goes_on_with_what_is_said() -> None:
    text = "ولفتت فرنسا إلى أن قرار العقوبات الدولية اعتبر كل السفن ملكا لها."
    assert only(text).span.end == len(text) - 1
