"""Words that open frames, asked of all tables at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

import pytest

from kg.frames.cargo import _WORD, cargo_words, is_cargo_word
from kg.frames.meetings import _TRIGGER, meeting_triggers
from kg.frames.transfer_objects import transfer_triggers
from kg.frames.transfers import _TRIGGER as _TRANSFER
from kg.frames.triggers import OPENERS, Openers

_BEFORE = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "ول", "وب")
_AFTER = ("", "ا", "ه", "ها", "هم", "هما", "نا", "كم", "ي")


def _written(stems: Iterable[str]) -> Iterator[str]:
    """Words as texts write them: particles before, pronouns after, ة open before a pronoun."""
    for stem in stems:
        for before in _BEFORE:
            for after in _AFTER:
                yield before + (stem[:-1] + "ت" if after and stem.endswith("ه") else stem) + after


@pytest.mark.parametrize(
    ("bit", "stems", "passes"),
    [
        (_TRANSFER, lambda: transfer_triggers().nouns, lambda form: bool(transfer_triggers().at(form))),
        (_TRIGGER, lambda: meeting_triggers().stems(), lambda form: bool(meeting_triggers().at(form))),
        (_WORD, cargo_words, is_cargo_word),
    ],
)
def test_no_form_of_a_word_is_missed_by_asking_all_tables_at_once(
    bit: int, stems: Callable[[], Collection[str]], passes: Callable[[str], bool]
) -> None:
    assert [form for form in _written(sorted(stems())) if bool(OPENERS[form] & bit) != passes(form)] == []


def test_a_new_test_is_asked_of_words_known_before() -> None:
    openers = Openers()
    first = openers.bit(lambda form: form == "كتاب", lambda: ["كتاب"])
    assert openers["قلم"] == 0
    second = openers.bit(lambda form: form == "قلم", lambda: ["قلم"])
    assert (openers["قلم"], openers["كتاب"], openers["ورق"]) == (second, first, 0)
