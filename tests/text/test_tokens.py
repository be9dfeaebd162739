"""Tokens point back into the article, and words are read with their particles as alternatives."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.text.fold import fold
from kg.text.tokens import Split, splits, tokenize


def test_numbers_keep_their_separators() -> None:
    forms = [token.form for token in tokenize(fold("نحو 35,800 طن و3.3 مليارات بنسبة 10%"))]
    assert forms == ["نحو", "35,800", "طن", "و", "3.3", "مليارات", "بنسبه", "10%"]


def test_a_token_is_its_own_words_in_the_article() -> None:
    text = "وقالَ الوزيرُ: «نعم»"
    assert [token.span.of(text) for token in tokenize(fold(text))] == ["وقالَ", "الوزيرُ", ":", "«", "نعم", "»"]


def test_kinds_of_tokens() -> None:
    word, number, mark, latin = tokenize(fold("قال 12 ، NATO"))
    assert word.is_word
    assert not word.is_latin
    assert number.is_number
    assert mark.is_punctuation
    assert latin.is_latin


def test_particles_are_alternatives() -> None:
    found = splits("وللقوات")
    assert found[0] == Split("", False, "وللقوات")
    assert Split("ول", True, "قوات") in found
    assert Split("و", False, "للقوات") in found


def test_a_lam_may_belong_to_the_noun() -> None:
    assert Split("ل", True, "لجنه") in splits("للجنه")


@given(st.text(max_size=120))
def test_tokens_stand_in_order_and_never_overlap(text: str) -> None:
    tokens = tokenize(fold(text))
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)
    assert all(before.start <= after.start for before, after in pairwise(tokens))
