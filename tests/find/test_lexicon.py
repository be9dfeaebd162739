"""Words looked up under every reading of their particles."""

from __future__ import annotations

import pytest

from kg.find.lexicon import BODY, TITLE, UNNAMED, lexicon
from kg.text.fold import fold
from kg.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "table", "words", "length", "proclitic", "definite"),
    [
        ("والوزير", TITLE, "وزير", 1, "و", True),
        ("وللمتحدث الرسمي باسم", TITLE, "متحدث رسمي", 2, "ول", True),
        ("رئيس الوزراء", TITLE, "رئيس الوزراء", 2, "", False),
        ("بوزارة الزراعة", BODY, "وزارة", 1, "ب", False),
        ("لمسؤولين", UNNAMED, "مسؤولين", 1, "ل", False),
    ],
)
def test_an_entry_is_found_with_its_particles(
    text: str, table: str, words: str, length: int, proclitic: str, definite: bool
) -> None:
    term = lexicon().at(table, tokenize(fold(text)), 0)
    assert term is not None
    assert (term.words, term.length, term.proclitic, term.definite) == (words, length, proclitic, definite)


def test_a_pronoun_makes_a_head_definite() -> None:
    term = lexicon().at(BODY, tokenize(fold("حكومته")), 0)
    assert term is not None
    assert term.definite
    assert term.enclitic == "ه"


def test_past_the_last_token_stands_nothing() -> None:
    assert lexicon().at(TITLE, tokenize(fold("وزير")), 1) is None


@pytest.mark.parametrize("word", ["زيارته", "سيعلن", "والقرارات", "المدينة", "دفاعي"])
def test_everyday_words_are_known_in_their_inflections(word: str) -> None:
    assert lexicon().is_common(fold(word).text)


@pytest.mark.parametrize("word", ["فلاديمير", "زهير", "درغوف", "عبدالعزيز"])
def test_names_are_no_everyday_words(word: str) -> None:
    assert not lexicon().is_common(fold(word).text)
