"""Coverage: sentences with a cue and no statement are listed, the others are not."""

from __future__ import annotations

from kg.coverage import uncovered
from kg.model import Article


def cues_in(text: str) -> list[tuple[str, str]]:
    return [(found.cue, found.text) for found in uncovered(Article("a1", "test.txt", text, "0" * 64))]


def test_a_cue_without_a_speaker_is_listed_with_its_sentence() -> None:
    assert cues_in("قال إن السفينة غادرت الميناء صباحا.") == [("قال", "قال إن السفينة غادرت الميناء صباحا.")]


def test_a_sentence_that_gave_a_statement_is_not_listed() -> None:
    assert cues_in("قالت إيران إن السفينة غادرت الميناء صباحا.") == []


def test_the_cue_is_where_it_says() -> None:
    text = "غادرت السفينة الميناء. وقال إنها ستعود."
    found = next(uncovered(Article("a1", "test.txt", text, "0" * 64)))
    assert found.sentence.covers(found.at)
    assert (found.cue, found.at.of(text)) == ("قال", "وقال")


def test_other_languages_have_none() -> None:
    assert cues_in("He said that the ship had left.") == []
