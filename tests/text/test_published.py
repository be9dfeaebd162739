"""The article's own date: what the solver infers from the text, how sure it is, and when it keeps silent."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article, DateBasis, PublicationDate
from kg.text.chronicle import find_entries
from kg.text.dates import find_dates
from kg.text.fold import fold
from kg.text.published import published_date
from kg.text.segment import segment


def published(text: str, stated: str | None = None) -> PublicationDate:
    folded = fold(text)
    article = Article("id", "name", text, "0" * 64, published=stated)
    return published_date(article, folded, segment(folded, None), find_dates(folded))


def edtf(text: str) -> str | None:
    found = published(text).date
    return found.edtf if found else None


def test_the_sources_date_is_taken_as_it_is() -> None:
    found = published("قال الوزير أمس إن المحادثات انتهت.", "2019-06-15")
    assert found.date is not None
    assert (found.date.edtf, found.date.not_before, found.confidence) == ("2019-06-15", date(2019, 6, 15), 1.0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "هنأ الرئيس الصيني نظيره الروسي فلاديمير بوتين بعيد ميلاده السبعين، حسبما ذكرت الوكالة.",
            "2022-10-07",
        ),
        (
            "أحيت كوريا الشمالية الذكرى الخامسة والستين للهدنة في الحرب الكورية بعرض عسكري اليوم الجمعة.",
            "2018-07-27",
        ),
        (
            "بعث الملك برقية تهنئة إلى الرئيس الروسي بمناسبة اليوم الوطني لروسيا، حسبما ذكرت الوكالة اليوم الأربعاء. "
            "وتأتي البرقية بعد غزو روسيا لأوكرانيا قبل عامين.",
            "2024-06-12",
        ),
    ],
)
def test_anniversaries_and_ages_tell_the_day(text: str, expected: str) -> None:
    assert edtf(text) == expected


def test_a_weekday_chooses_among_the_years_of_an_anniversary() -> None:
    text = (
        "تبادل المسؤولون التهاني بعيد النصر في موسكو، حسبما ذكرت الوكالة اليوم {day}. "
        "وقال وزير الدفاع سيرغي شويغو إن القوات مستعدة بعد الغزو الروسي."
    )
    assert edtf(text.format(day="الثلاثاء")) == "2023-05-09"
    assert edtf(text.format(day="الاثنين")) == "2022-05-09"


def test_a_crawl_date_in_the_header_does_not_win_over_the_text() -> None:
    header = "السبت 14 Sep / September 2024\n\n"
    body = (
        "تبادل المسؤولون التهاني بعيد النصر في موسكو، حسبما ذكرت الوكالة اليوم الثلاثاء. "
        "وكانت مينسك قد دعمت غزو أوكرانيا العام الماضي."
    )
    found = published(header + body)
    assert found.date is not None
    assert found.date.edtf == "2023-05-09"
    assert any(reason.startswith("overruled: its header says 2024-09-14") for reason in found.reasons)


def test_a_header_that_fits_the_text_is_believed() -> None:
    assert edtf(
        "السبت 14 سبتمبر 2024\n\nقال الوزير اليوم السبت إن الوفد وصل إلى العاصمة لإجراء محادثات مع الحكومة."
    ) == ("2024-09-14")


def test_an_event_and_a_weekday_give_the_day() -> None:
    text = (
        "أعلنت هيئة الأركان اليوم الأربعاء أن الزعيم أمر بقطع الطرق. "
        "وجاء ذلك بعد تفجير مكتب الاتصال في كيسونغ أمس الثلاثاء."
    )
    assert edtf(text) == "2020-06-17"


def test_days_after_an_event_are_counted() -> None:
    text = "أعلن الرئيس الأميركي دونالد ترامب إجراءات جديدة اليوم الاثنين، بعد يومين من هجوم بقيق على منشآت النفط."
    assert edtf(text) == "2019-09-16"


def test_a_relative_year_beside_an_event_dates_the_article() -> None:
    text = "دعمت بيلاروسيا موسكو منذ غزو أوكرانيا العام الماضي. وهنأ لوكاشينكو بوتين بعيد النصر في موسكو."
    found = published(text)
    assert found.date is not None
    assert found.date.edtf.startswith("2023-05")


def test_months_called_last_and_current_narrow_a_long_event_down() -> None:
    text = (
        "تواصلت المعارك في ليسيتشانسك. وكان الحاكم قد غادرها في مايو/أيار الماضي، "
        "وستنتهي المهلة في 30 يونيو/حزيران الجاري."
    )
    assert edtf(text) == "2022-06"


def test_an_announced_meeting_lies_ahead() -> None:
    text = (
        "قال الكرملين يوم الأربعاء إن الرئيسين بحثا جدول الأعمال. "
        "ومن المقرر أن تعقد قمة ترامب وبوتين في ألاسكا يوم الجمعة."
    )
    assert (edtf(text) or "").startswith("2025-08")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالت هيئة الأركان الأوكرانية في اليوم الـ 40 للحرب إن القوات الروسية انسحبت من الشمال.", "2022-04-04"),
        ("في اليوم الخمسين من الحرب الروسية قالت كييف إن القصف يتواصل.", "2022-04-14"),
        ("دخلت الحرب شهرها السابع، وقالت أوكرانيا إن القوات الروسية تحشد في الجنوب.", "2022-0"),
        ("بعد 100 يوم من الحرب على غزة قالت إسرائيل إنها ستواصل القصف.", "2024-01"),
    ],
)
def test_days_and_months_of_a_war_are_counted_from_its_beginning(text: str, expected: str) -> None:
    assert (edtf(text) or "").startswith(expected)


def test_a_count_that_is_of_no_war_dates_nothing() -> None:
    assert edtf("في اليوم الـ 40 للإضراب قال المعلمون الأوكرانيون والروس إنهم لن يعودوا.") is None


def test_a_feast_of_the_hijri_year_chooses_among_the_months() -> None:
    text = (
        "قالت الحكومة اليوم الجمعة إن الهدنة في اليمن صامدة في شهر رمضان، ورحب بها مجلس القيادة الرئاسي برئاسة العليمي."
    )
    found = published(text)
    assert any(reason == "Ramadan" for reason in found.reasons)


def test_what_a_lead_announces_today_is_dated_today() -> None:
    assert edtf("أعلنت رئيسة الوزراء البريطانية ليز تراس اليوم الخميس استقالتها من منصبها.") == "2022-10-20"
    assert (
        edtf("اقتحم محتجون القصر الرئاسي في صنعاء أمس الثلاثاء، وقال مسلحو الحوثي إنهم يسيطرون عليه.") == "2015-01-21"
    )


def test_the_day_of_a_past_event_is_not_the_articles() -> None:
    text = "قال عمال الإغاثة إن البحث عن ناجين من الزلزال الذي ضرب نيبال السبت مستمر، وإن القرى معزولة."
    assert (edtf(text) or "") in ("", "2015", "2015-04")


def test_what_is_looked_back_on_dates_nothing() -> None:
    assert edtf("يروي الفيلم قصة الهجوم على مسرح باتاكلان وتدافع منى وسقوط رافعة الحرم المكي.") is None


def test_recurring_events_are_told_apart_by_the_weekday() -> None:
    text = "وقع الملك سلمان والرئيس الصيني شي جين بينغ اتفاقا في الرياض اليوم {day}. {more}"
    assert edtf(text.format(day="الخميس", more="وقال جيك سوليفان مستشار الأمن القومي إن واشنطن تراقب.")) == "2022-12-08"
    assert edtf(text.format(day="الثلاثاء", more="وتوجه الرئيس باراك أوباما إلى ولاية أخرى.")) == "2016-01-19"


def test_the_fortieth_day_is_not_today() -> None:
    assert [str(mention.expression) for mention in find_dates("في اليوم الحادي والأربعين للحصار")] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "قال الوزير اليوم السبت إن المحادثات انتهت.",
        "وقعت الشركة مذكرة تفاهم مع الجامعة لتدريب الطلاب.",
        "أدى الغزو الروسي إلى ارتفاع الأسعار.",
    ],
)
def test_nothing_is_said_where_nothing_is_known(text: str) -> None:
    assert published(text).date is None


def test_what_is_inferred_says_so_and_why() -> None:
    found = published("هنأ الرئيس الصيني نظيره الروسي فلاديمير بوتين بعيد ميلاده السبعين.")
    assert found.date is not None
    assert found.date.basis is DateBasis.INFERRED
    assert 0.5 < found.confidence < 1.0
    assert any("birthday of Vladimir Putin, number 70" in reason for reason in found.reasons)


def test_a_former_office_holder_bounds_nothing() -> None:
    def names(text: str) -> set[str]:
        return {match.entry.name for match in find_entries(fold(text).text, [0])}

    assert names("قال الرئيس الأميركي باراك أوباما") == {"باراك أوباما as الرئيس الأمريكي"}
    assert names("قال الرئيس الأميركي السابق باراك أوباما") == set()


@given(st.text())
def test_no_text_raises(text: str) -> None:
    found = published(text)
    assert 0.0 <= found.confidence <= 1.0


_CLUES = "عيد النصر روسيا اليوم الثلاثاء ميلاد بوتين السبعين 2023 9 مايو كيم الوطني أمس الأحد"


@given(st.lists(st.sampled_from(_CLUES.split())))
def test_any_mix_of_clues_gives_a_date_inside_its_bounds(words: list[str]) -> None:
    found = published(" ".join(words)).date
    if found is not None:
        assert found.not_before is not None
        assert found.not_after is not None
        assert found.not_before <= found.not_after


def test_days_named_without_a_year_draw_the_article_near_their_month() -> None:
    reasons = published("قال المتحدث إن اللقاء الذي عقد في 15 مايو كان مفيدا، وإن لقاء آخر سيعقد في 3 يونيو.").reasons
    assert reasons == ("it names days of month 5 and 6 without a year",)


def test_an_officers_deputy_and_an_heirs_father_hold_no_office() -> None:
    def names(text: str) -> set[str]:
        return {match.entry.name for match in find_entries(fold(text).text, [0])}

    assert names("قال نائب وزير الخارجية عباس عراقجي") == {"عباس عراقجي as مساعد وزير الخارجية"}
    heir = names("استقبل ولي العهد الأمير محمد بن سلمان بن عبدالعزيز وفدا")
    assert heir == {"محمد بن سلمان as ولي العهد"}
