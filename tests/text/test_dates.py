"""Dates: what is found, what it resolves to, and what is no date."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st

from kg.model import DateBasis, EdtfDate, PublicationDate
from kg.text.dates import find_dates, resolve
from kg.text.edtf import parse

SATURDAY = date(2019, 6, 15)
MONTH_ONLY = PublicationDate(EdtfDate("2019-06", date(2019, 6, 1), date(2019, 6, 30)))


def dates_of(text: str, published: date | PublicationDate | None = SATURDAY) -> list[str | None]:
    resolved = [resolve(mention, published) for mention in find_dates(text)]
    return [found.edtf if found else None for found in resolved]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الوزير اليوم السبت أن المحادثات انتهت", "2019-06-15"),
        ("وصل الوفد مساء أمس الجمعة إلى العاصمة", "2019-06-14"),
        ("التقى السفيران أول من أمس", "2019-06-13"),
        ("تبدأ الجولة غدا الأحد", "2019-06-16"),
        ("غادر الوفد يوم الأربعاء", "2019-06-12"),
        ("اجتمع المجلس الثلاثاء الماضي", "2019-06-11"),
        ("يعقد المجلس جلسة الثلاثاء المقبل", "2019-06-18"),
        ("اجتمع المجلس الثلاثاء قبل الماضي", "2019-06-04"),
        ("اجتمع المجلس الأسبوع قبل الماضي", "2019-05-27/2019-06-02"),
        ("اللقاء المقرر عقده يوم الاثنين", "2019-06-17"),
        ("وقعت الدولتان الاتفاق في 3 مارس/آذار 2015", "2015-03-03"),
        ("وقعت الدولتان الاتفاق في 3 مارس / آذار 2015", "2015-03-03"),
        ("وقعت الدولتان الاتفاق في 3 آذار (مارس) 2015", "2015-03-03"),
        ("في الثاني والعشرين من كانون الأول 2015", "2015-12-22"),
        ("السبت 8 يونيو 2019", "2019-06-08"),
        ("بتاريخ 20/7/2015", "2015-07-20"),
        ("بتاريخ 2015-07-20", "2015-07-20"),
        ("في العاشر من رمضان 1436هـ", "2015-06-27"),
        ("خلال شهر شوال 1436هـ", "2015-07-17/2015-08-15"),
        ("في نوفمبر/تشرين الثاني", "2018-11"),
        ("في أبريل/نيسان الماضي", "2019-04"),
        ("في يونيو الجاري", "2019-06"),
        ("في سبتمبر المقبل", "2019-09"),
        ("في أبريل من هذا العام", "2019-04"),
        ("في مارس من العام الماضي", "2018-03"),
        ("في 30 مايو", "2019-05-30"),
        ("في 10 يونيو الماضي", "2018-06-10"),
        ("في 10 يونيو الجاري", "2019-06-10"),
        ("في 20 يونيو", "2019-06-20"),
        ("الأسبوع الماضي", "2019-06-03/2019-06-09"),
        ("هذا الشهر", "2019-06"),
        ("الشهر الماضي", "2019-05"),
        ("العام المقبل", "2020"),
        ("قبل ثلاثة أيام", "2019-06-12"),
        ("قبل 15 يوما", "2019-05-31"),
        ("قبل شهرين", "2019-04"),
        ("قبل عام", "2018"),
        ("منذ عامين", "2017/.."),
        ("منذ ما يقرب من 30 عاما", "1989~/.."),
        ("منذ عام 2006", "2006/.."),
        ("منذ الخريف الماضي", "2018-09/.."),
        ("حتى نهاية عام 2025", "../2025~"),
        ("بحلول عام 2030", "../2030"),
        ("بين عامي 2015 و2018", "2015/2018"),
        ("من عام 2011 إلى عام 2014", "2011/2014"),
        ("بين مارس ومايو 2015", "2015-03/2015-05"),
        ("بين 5 و8 مايو 2015", "2015-05-05/2015-05-08"),
        ("في الخريف الماضي", "2018-23"),
        ("صيف عام 2014", "2014-22"),
        ("في أوائل عام 2014", "2014~"),
        ("أواخر الشهر الماضي", "2019-05~"),
        ("نهاية 2014", "2014~"),
        ("ثمانينيات القرن الماضي", "198X"),
        ("في التسعينات", "199X"),
        ("القرن التاسع عشر", "18XX"),
        ("خلال السنوات الثلاث الماضية", "2016-06/2019-06"),
        ("خلال الـ48 ساعة الماضية", "2019-06-13/2019-06-15"),
        ("الربع الأول من عام 2015", "2015-01/2015-03"),
        ("النصف الثاني من العام الماضي", "2018-07/2018-12"),
        ("في عامي 2013 و2014", "2013/2014"),
        ("موسم 2013-2014", "2013/2014"),
    ],
)
def test_a_date_is_read_and_resolved(text: str, expected: str) -> None:
    assert dates_of(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "جائحة كوفيد-19 وارتفاع بنسبة 3.5 في المئة",
        "مارس الوفد ضغوطا على الحكومة",
        "قال رمضان المتحدث باسم اللجنة",
        "التقى الأمين العام الحالي للمنظمة",
        "نقلت قناة روسيا اليوم عن مصدر",
        "منذ ثورة 25 يناير تغير كل شيء",
        "رجل في الخمسينيات من عمره",
        "قبل يومين من القمة",
        "وصلت 2015 شاحنة",
        "صلاة الجمعة في المسجد",
        "الرقم 31/31/2015 غير صحيح",
        "صواريخ إس-300 ومقاتلات إف-16",
        "في اليوم التالي",
        "في إب وتعز",
        "قال المدير لـ«اليوم» إن العمل مستمر",
    ],
)
def test_what_looks_like_a_date_is_none(text: str) -> None:
    assert dates_of(text) == []


def test_a_day_that_does_not_exist_has_no_date() -> None:
    assert dates_of("في 31 فبراير 2015") == [None]


@pytest.mark.parametrize("locale", ["ar", "ar_SY", "ar_IQ", "ar_DZ", "ar_TN", "ar_MA", "ar_MR"])
def test_every_month_name_of_cldr_is_known(locale: str) -> None:
    for number, name in get_month_names("wide", locale=locale).items():
        assert dates_of(f"في {name} 2015") == [f"2015-{number:02}"], name


def test_the_span_is_the_text_as_written() -> None:
    text = "وفي يونيو/حَزيران الماضي، ثم مساءَ أمسِ الجمعةِ وصل الوفد"
    spans = [mention.span.of(text) for mention in find_dates(text)]
    assert spans == ["يونيو/حَزيران الماضي", "مساءَ أمسِ الجمعةِ"]


def test_a_line_break_ends_a_date() -> None:
    assert dates_of("قال إنه سيعود الأحد\n15 مايو 2015") == ["2019-06-09", "2015-05-15"]


def test_without_the_articles_date_only_absolute_dates_resolve() -> None:
    assert dates_of("أمس، وفي عام 2015، وفي مايو", None) == [None, "2015", None]


def test_basis_tells_stated_from_resolved() -> None:
    stated, resolved = (resolve(m, SATURDAY) for m in find_dates("في عام 2015 وفي العام الماضي"))
    assert stated is not None
    assert resolved is not None
    assert (stated.basis, resolved.basis) == (DateBasis.STATED, DateBasis.RESOLVED)


def test_a_publication_month_gives_dates_as_coarse() -> None:
    assert dates_of("هذا الشهر", MONTH_ONLY) == ["2019-06"]
    assert dates_of("العام الماضي", MONTH_ONLY) == ["2018"]
    yesterday = resolve(find_dates("أمس")[0], MONTH_ONLY)
    assert yesterday is not None
    assert (yesterday.edtf, yesterday.not_before) == ("2019-06~", date(2019, 5, 31))


def test_a_weekday_corrects_a_date_that_slipped_by_a_day() -> None:
    assert dates_of("قال اليوم الجمعة", date(2019, 6, 15)) == ["2019-06-14"]


def test_edges_narrow_the_bounds() -> None:
    found = resolve(find_dates("في أواخر عام 2014")[0], None)
    assert found is not None
    assert (found.not_before, found.not_after) == (date(2014, 9, 1), date(2014, 12, 31))


_PIECES = """اليوم أمس غدا السبت الجمعة يوم شهر عام سنة الماضي المقبل هذا العام الشهر الأسبوع منذ حتى قبل بعد بين من إلى
و في أوائل نهاية مايو مارس كانون الثاني رمضان ربيع الأول خريف الخريف 5 31 2015 1436 هـ م / - ( ) ، . ثلاثة أيام عامين
أكثر ال التسعينات القرن النصف السنوات نحو مساء الليلة 15/5/2015 0 99 والعشرين ما يقرب"""
_WORDS = st.sampled_from(_PIECES.split())


@given(st.lists(_WORDS, max_size=30).map(" ".join), st.dates(date(1, 1, 1), date(9999, 12, 31)), st.booleans())
def test_any_run_of_date_words_gives_valid_edtf_in_order(text: str, published: date, loose: bool) -> None:
    text = text.replace(" ", "  ") if loose else text
    mentions = find_dates(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))
    for mention in mentions:
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        found = resolve(mention, published)
        if found is None:
            continue
        assert parse(found.edtf) is not None, found.edtf
        if found.not_before and found.not_after:
            assert found.not_before <= found.not_after


@given(st.text())
def test_no_text_raises(text: str) -> None:
    for mention in find_dates(text):
        resolve(mention, SATURDAY)


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)))
def test_a_full_date_is_read_back(day: date) -> None:
    name = get_month_names("wide", locale="ar")[day.month]
    assert dates_of(f"في {day.day} {name} {day.year}") == [day.isoformat()]
    assert dates_of(f"في {day.day}/{day.month}/{day.year}") == [day.isoformat()]
