"""Sentences and zones of articles."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Zone
from kg.text.fold import fold
from kg.text.segment import segment

BODY = "وصل الوفد إلى العاصمة صباح الأحد، والتقى عددا من المسؤولين في مقر الوزارة، ثم غادر في المساء."


def sentences(text: str) -> list[str]:
    return [piece.span.of(text) for piece in segment(fold(text))]


def zones(text: str, title: str | None = None) -> list[tuple[Zone, str]]:
    return [(piece.zone, piece.span.of(text)) for piece in segment(fold(text), title)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("بلغت النسبة 3.5 بالمئة. وارتفع السعر.", 2),
        ("هل وافق؟ نعم! انتهى.", 3),
        ('قال "لن نقبل. لن نوقع" ثم خرج.', 1),
        ('قال "لن نقبل." وغادر القاعة.', 2),
        ("ذكرت أ. فلانة أن الأمر انتهى.", 1),
        ("تأهب في الحدود.. والوزير يحذر", 2),
        ("سطر أول\nسطر ثان", 2),
        ("انتهى البيان.   وأضاف الوزير أن الاتفاق قائم.", 2),
        ("«قال: نعم. ثم سكت» وانصرف.", 1),
    ],
)
def test_where_sentences_end(text: str, count: int) -> None:
    assert len(sentences(text)) == count


def test_a_long_gap_begins_a_paragraph() -> None:
    pieces = segment(fold("انتهى اللقاء.   وأضاف الوزير شيئا. ثم سكت."))
    assert [piece.paragraph for piece in pieces] == [0, 1, 1]


def test_a_headline_stands_first_and_a_repeated_one_counts_too() -> None:
    text = f"الوفد يصل إلى العاصمة\n\nالوفد يصل إلى العاصمة\n\n{BODY}"
    assert [zone for zone, _ in zones(text)] == [Zone.HEADLINE, Zone.HEADLINE, Zone.BODY]


def test_the_sources_title_marks_the_headline() -> None:
    text = f"{BODY}\nالوفد في العاصمة.\n{BODY}"
    assert zones(text, "الوفد في العاصمة")[1][0] is Zone.HEADLINE


def test_a_short_line_between_paragraphs_is_a_subhead() -> None:
    assert zones(f"{BODY}\nلقاء مع الوزير\n{BODY}")[1][0] is Zone.SUBHEAD


def test_widgets_captions_and_footers_are_no_body() -> None:
    text = f"عنوان الخبر هنا\nشارك القصة\nالوفد عند وصوله (الصورة: وكالات)\n{BODY}\nالمصادر:\nوكالات\nClose"
    found = zones(text)
    assert [zone for zone, _ in found] == [
        Zone.HEADLINE,
        Zone.WIDGET,
        Zone.CAPTION,
        Zone.BODY,
        Zone.FOOTER,
        Zone.FOOTER,
        Zone.WIDGET,
    ]


def test_tags_after_the_last_stop_belong_to_the_footer() -> None:
    assert zones(f"عنوان\n{BODY} سمات وفد عاصمة وزارة")[-1] == (Zone.FOOTER, "سمات وفد عاصمة وزارة")


def test_a_page_date_is_no_headline() -> None:
    assert zones(f"الأحد 3 مارس 2019\nالوفد يصل\n{BODY}")[0][0] is Zone.WIDGET


@given(st.text(max_size=200))
def test_segments_lie_in_order_inside_any_text(text: str) -> None:
    pieces = segment(fold(text))
    assert all(0 <= piece.span.start < piece.span.end <= len(text) for piece in pieces)
    assert all(a.span.end <= b.span.start for a, b in pairwise(pieces))


def test_a_quotation_mark_without_its_partner_keeps_no_sentences_together() -> None:
    text = 'قال الوزير إن ذلك مدعاة للفخر"، على حد قوله. وأضاف أن "الوفد سيصل غدا". ثم غادر القاعة. ورفض "التعليق".'
    found = [piece.span.of(text) for piece in segment(fold(text))]
    assert len(found) == 4
    assert found[0].endswith("على حد قوله.")


def test_a_full_stop_inside_marks_that_cling_to_a_particle_ends_nothing() -> None:
    text = 'ووصف الخطة ب"العبثية. وهي كذلك" في رأيه. ثم غادر.'
    assert len(segment(fold(text))) == 2
