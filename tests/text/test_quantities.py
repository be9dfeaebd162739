"""Figures in Arabic: digits of both kinds, words, scales, bounds, ranges, units."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Quantity
from kg.text.fold import fold
from kg.text.numbers import figure_value, read_number
from kg.text.quantities import dimensions, figure_start, find_quantities
from kg.text.tokens import tokenize


def quantities_in(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, tokenize(fold(text)))


def the_quantity(text: str) -> Quantity:
    found = quantities_in(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "unit"),
    [
        ("وصلت 400 دبابة إلى الميناء", 400, 400, "tank"),
        ("وصلت ٤٠٠ دبابة إلى الميناء", 400, 400, "tank"),
        ("أرسلت عشرة آلاف جندي", 10000, 10000, "person"),
        ("أرسلت عشر دبابات", 10, 10, "tank"),
        ("أرسلت ما بين 10 آلاف و12 ألف جندي", 10000, 12000, "person"),
        ("أرسلت بين عشرة آلاف واثني عشر ألف جندي", 10000, 12000, "person"),
        ("سلمت 12.500 قذيفة", 12500, 12500, "shell"),
        ("سلمت 12,500 قذيفة", 12500, 12500, "shell"),
        ("نقلت 1.250 مليون برميل", 1_250_000, 1_250_000, "barrel"),
        ("نقلت 4ر1 مليون طن", 1_400_000, 1_400_000, "tonne"),
        ("أرسلت سبعة آلاف جندي", 7000, 7000, "person"),
        ("أرسلت ألفي عامل", 2000, 2000, "person"),
        ("أرسلت مئتي خبير", 200, 200, "person"),
        ("أرسلت ثلاث مئة مدرب", 300, 300, "person"),
        ("أرسلت خمسة وعشرين ألفا وستمئة قذيفة", 25600, 25600, "shell"),
        ("أرسلت أحد عشر صاروخا", 11, 11, "missile"),
        ("باعت مليونا و300 ألف برميل", 1_300_000, 1_300_000, "barrel"),
        ("باعت مليونين ونصف المليون طن", 2_500_000, 2_500_000, "tonne"),
        ("قدمت نصف مليار يورو", 500_000_000, 500_000_000, "euro"),
        ("سلمت صاروخين", 2, 2, "missile"),
        ("سلمت 60 طائرة بدون طيار", 60, 60, "drone"),
        ("سلمت 60 طائرة مسيّرة", 60, 60, "drone"),
        ("بقيمة 90 مليون جنيه إسترليني", 90_000_000, 90_000_000, "pound sterling"),
        ("بقيمة 90 مليون جنيه", 90_000_000, 90_000_000, "pound-currency"),
        ("أرسلت 500 رطل من الذخيرة", 500, 500, "pound-mass"),
    ],
)
def test_a_figure_is_read_with_its_unit(text: str, minimum: float, maximum: float, unit: str) -> None:
    quantity = the_quantity(text)
    assert (quantity.minimum, quantity.maximum, quantity.unit) == (minimum, maximum, unit)


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "approximate"),
    [
        ("أكثر من 20 ألف حاوية", 20000, None, False),
        ("بأكثر من عشرين ألف حاوية", 20000, None, False),
        ("ما لا يقل عن 20 شاحنة", 20, None, False),
        ("20 شاحنة على الأقل", 20, None, False),
        ("20 شاحنة محملة على الأقل", 20, None, False),
        ("أقل من 20 شاحنة", None, 20, False),
        ("لا يتجاوز 20 شاحنة", None, 20, False),
        ("نحو 20 شاحنة", 20, 20, True),
        ("بنحو 20 شاحنة", 20, 20, True),
        ("ما يقرب من 20 شاحنة", 20, 20, True),
        ("20 شاحنة تقريبًا", 20, 20, True),
        ("ما بين 20 و30 شاحنة", 20, 30, False),
        ("من 20 إلى 30 شاحنة", 20, 30, False),
        ("20-30 شاحنة", 20, 30, False),
        ("4 إلى 6 آلاف طن", 4000, 6000, False),
        ("آلاف الجنود", 1000, None, True),
        ("الآلاف من الجنود", 1000, None, True),
        ("عشرات الآلاف من القذائف", 10000, None, True),
        ("مئات الملايين من الدولارات", 100_000_000, None, True),
        ("بضع مئات من المدربين", 300, None, True),
    ],
)
def test_bounds_and_vague_counts_become_minimum_and_maximum(
    text: str, minimum: float | None, maximum: float | None, approximate: bool
) -> None:
    quantity = the_quantity(text)
    assert (quantity.minimum, quantity.maximum, quantity.approximate) == (minimum, maximum, approximate)


@pytest.mark.parametrize(
    "text",
    [
        "في عام 2021 بعد المؤتمر",
        "كوفيد-19 مريضا",
        "كتب ألف كتابا",
        "الدول الثلاث",
        "رقم الهاتف 0096611234567890123456 شخصا",
        "ارتفعت 12 نقطة",
    ],
)
def test_a_figure_without_a_known_unit_is_no_quantity(text: str) -> None:
    assert quantities_in(text) == ()


def test_the_words_as_written_are_kept_with_their_place() -> None:
    text = "وقالت الوزارة إن أكثر من 16 ألفَ حاويةٍ وصلت"
    quantity = the_quantity(text)
    assert quantity.as_written == "أكثر من 16 ألفَ حاويةٍ" == quantity.span.of(text)


def test_offsets_refer_to_the_whole_text_when_only_a_part_is_read() -> None:
    text = "وصلت 5 سفن. ثم وصلت 9 سفن."
    (quantity,) = find_quantities(text, [token for token in tokenize(fold(text)) if token.start >= 12])
    assert (quantity.minimum, quantity.span.of(text)) == (9, "9 سفن")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("500 قذيفة إضافية", "increment"),
        ("ما مجموعه 500 قذيفة", "cumulative"),
        ("500 قذيفة منذ بداية العام", "cumulative"),
        ("500 قذيفة", "unknown"),
    ],
)
def test_further_and_total_figures_are_told_apart(text: str, kind: str) -> None:
    assert the_quantity(text).kind == kind


def test_a_unit_has_one_dimension() -> None:
    assert dimensions()["tonne"] == "mass"
    assert dimensions()["person"] == "people"
    assert dimensions()["year"] == "time"


@pytest.mark.parametrize(("figure", "value"), [("9.5", 9.5), ("9.25", 9.25), ("1.2.3", None), ("1,000,000", 1_000_000)])
def test_separators_in_a_figure(figure: str, value: float | None) -> None:
    assert figure_value(figure) == value


def test_a_number_ends_where_the_next_one_begins() -> None:
    text = "ثلاثة وخمسة"
    number = read_number(tokenize(fold(text)), 0)
    assert number is not None
    assert (number.value, number.end) == (3, 1)


_PIECES = "ألف آلاف و ب ال 3 ٤٥٠ 1.5 20,000 مئة عشرات نحو أكثر من بين إلى - % جندي صاروخا طن دولار حاوية ، \u0640"


@given(
    st.text(alphabet=st.sampled_from("ألفآمئةعشرتوننصي ا0123٤٥.,ر-بن\u064b\u0640%x"), max_size=200)
    | st.lists(st.sampled_from(_PIECES.split()) | st.text(max_size=3), max_size=20).map(" ".join)
)
def test_any_text_is_read_without_an_error_and_evidence_is_exact(text: str) -> None:
    for quantity in quantities_in(text):
        assert quantity.as_written == quantity.span.of(text)
        assert quantity.minimum is not None or quantity.maximum is not None


@pytest.mark.parametrize("repeat", ["ألف ", "1.", "عشرات ", "ثلاثة و", "أكثر من ", "1ر", "ـً"])
def test_cost_is_linear_on_repeats(repeat: str) -> None:
    def cost(times: int) -> float:
        text = repeat * times + "جندي"
        began = time.process_time()
        quantities_in(text)
        return time.process_time() - began

    cost(200)
    assert cost(16000) < 40 * (cost(1000) + 0.005)


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("زودتها بأربع دبابات", "بأربع"),
        ("زودتها بما لا يقل عن ثلاثين دبابة", "بما"),
        ("زودتها بأكثر من خمسة وعشرين دبابة", "بأكثر"),
        ("أرسلت لها ما بين 10 و12 دبابة", "ما"),
        ("أرسلت لها من 10 إلى 12 دبابة", "من"),
        ("زودتها سوريا دبابات", "دبابات"),
    ],
)
def test_where_a_figure_before_a_noun_begins(words: str, start: str) -> None:
    tokens = tokenize(fold(words))
    first = figure_start(tokens, len(tokens) - 1)
    assert words[tokens[first].start : tokens[first].end] == start
