"""Folding keeps the way back to the article's own characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.fold import fold, fold_key

ARABIC = st.text(alphabet=st.sampled_from("أإآىةـًٌَُّْابتكيه 0٣“”«»–\u200f\u200dﻻﷲﳊ\n.،"), max_size=60)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أُرسِلَتْ", "ارسلت"),
        ("مكتبـــة", "مكتبه"),
        ("على", "علي"),
        ("١٢ و۳", "12 و3"),
        ("“نعم”", '"نعم"'),
        ("ڤيينا", "فيينا"),
        ("TASS", "tass"),
        ("ﻻعب", "لاعب"),
        ("مسؤول", "مسؤول"),
    ],
)
def test_variants_of_one_spelling_fold_alike(written: str, folded: str) -> None:
    assert fold(written).text == folded


def test_a_span_covers_the_marks_of_its_last_letter() -> None:
    text = "قال مُحَمَّدٌ كلاما"
    folded = fold(text)
    start = folded.text.index("محمد")
    assert folded.span(start, start + 4).of(text) == "مُحَمَّدٌ"


def test_text_without_marks_keeps_its_offsets() -> None:
    assert fold("قالت الوزارة").offsets is None


@given(st.one_of(st.text(max_size=80), ARABIC))
def test_every_folded_character_comes_from_one_of_the_original(text: str) -> None:
    folded = fold(text)
    places = [folded.at(index) for index in range(len(folded.text))]
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert folded.at(len(folded.text)) == len(text) or folded.offsets is None


@given(ARABIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text).text).text == fold(text).text


def test_a_key_has_neither_quotes_nor_hyphens() -> None:
    assert fold_key("«بيونغ-يانغ»  الكبرى") == "بيونغ يانغ الكبري"
