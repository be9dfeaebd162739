"""Forms of verbs: strong, weak in the last letter, with object pronouns."""

from __future__ import annotations

import pytest

from kg.frames.lexicon import cues, frame_kinds, table
from kg.frames.paradigm import participle_forms, verb_forms


@pytest.mark.parametrize(
    ("past", "present", "form", "tense", "gender", "number", "pronoun"),
    [
        ("قال", "يقول", "قالت", "past", "f", "s", ""),
        ("قال", "يقول", "يقولون", "present", "m", "p", ""),
        ("قال", "يقول", "سيقول", "future", "m", "s", ""),
        ("نفى", "ينفي", "نفتها", "past", "f", "s", "ها"),
        ("نفى", "ينفي", "نفاه", "past", "m", "s", "ه"),
        ("نفى", "ينفي", "نفتا", "past", "f", "d", ""),
        ("نفى", "ينفي", "نفوا", "past", "m", "p", ""),
        ("دعا", "يدعو", "دعت", "past", "f", "s", ""),
        ("دعا", "يدعو", "دعوا", "past", "m", "p", ""),
        ("رأى", "يرى", "يراه", "present", "m", "s", "ه"),
        ("أعلن", "يعلن", "اعلنا", "past", "m", "d", ""),
    ],
)
def test_a_form_is_known_with_its_features(
    past: str, present: str, form: str, tense: str, gender: str, number: str, pronoun: str
) -> None:
    found = [f for f in verb_forms(past, present) if f.written == form and f.pronoun == pronoun]
    assert (tense, gender, number) in [(f.tense, f.gender, f.number) for f in found]


def test_participles_agree() -> None:
    assert {f.written: (f.gender, f.number) for f in participle_forms("داعيا")} == {
        "داعيا": ("m", "s"),
        "داعيه": ("f", "s"),
        "داعين": ("m", "p"),
        "داعيتين": ("f", "d"),
    }


def test_every_row_of_verbs_has_a_known_class_and_a_way_to_take_content() -> None:
    rows = list(table("saying"))
    assert {row["frame"] for row in rows} == set(frame_kinds())
    assert all(row["content"] and row["past"] for row in rows)


def test_every_verb_is_found_by_its_forms() -> None:
    known = {cue.verb.past for ways in cues().values() for cue in ways}
    assert known == {row["past"] for row in table("saying")}
