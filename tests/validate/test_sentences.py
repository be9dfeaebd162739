"""The sentence around a passage."""

from __future__ import annotations

import pytest

from kg.model import Span
from kg.validate.sentences import sentence_around

TEXT = "عنوان\n\nقال الوزير إن الشحنة وصلت. ونفت الوزارة ذلك.\nوانتهى الخبر."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("الشحنة", "قال الوزير إن الشحنة وصلت."),
        ("الوزارة ذلك.\nوانتهى", "ونفت الوزارة ذلك.\nوانتهى الخبر."),
        ("\n\n", "\n\n"),
        (TEXT, TEXT),
    ],
)
def test_it_is_the_whole_of_the_sentences_that_the_passage_stands_in(words: str, expected: str) -> None:
    start = TEXT.index(words)
    assert sentence_around(TEXT, Span(start, start + len(words))).of(TEXT) == expected
