"""The chronicle: how its lines are read, and what in a sentence shows that it speaks of one."""

from __future__ import annotations

from datetime import date

import pytest

from kg.text.chronicle import find_entries
from kg.text.chronicle_data import Anniversary, Event, Feast, Tenure, chronicle, context_words
from kg.text.fold import fold

_KINDS = {"era", "since", "news", "hint", "summit", "period", "count"}


def names(*sentences: str) -> set[str]:
    starts, text = [], ""
    for sentence in sentences:
        starts.append(len(text))
        text += fold(sentence).text + " "
    return {match.entry.name for match in find_entries(text, starts)}


def test_every_line_is_read_with_its_days_in_order() -> None:
    entries = chronicle().entries
    assert {type(entry) for entry in entries} == {Event, Anniversary, Feast, Tenure}
    for entry in entries:
        match entry:
            case Event() | Tenure():
                assert entry.first <= entry.last, entry.name
            case Feast():
                assert 1 <= entry.month <= 12
                assert 1 <= entry.days <= 30
    assert {entry.kind for entry in entries if isinstance(entry, Event)} == _KINDS


def test_no_event_has_the_name_of_another_unless_it_also_is_spoken_of_for_years() -> None:
    seen: dict[str, list[Event]] = {}
    for entry in chronicle().entries:
        if isinstance(entry, Event):
            seen.setdefault(entry.name, []).append(entry)
    for name, events in seen.items():
        assert len({event.kind for event in events}) == len(events), name


@pytest.mark.parametrize("year", [2015, 2022])
def test_the_chronicle_favours_no_month(year: int) -> None:
    months = [
        entry.first.month for entry in chronicle().entries if isinstance(entry, Event) and entry.first.year == year
    ]
    assert min(months.count(month) for month in range(1, 13)) >= 20


@pytest.mark.parametrize(
    "sentence",
    [
        "افتتح قادة حلف شمال الأطلسي قمتهم في مدريد",
        "في مدريد بدأ اجتماع للناتو",
        "قال الأمين العام إن القمة الأطلسية في مدريد تاريخية",
    ],
)
def test_particles_the_article_and_pronouns_do_not_hide_a_cue(sentence: str) -> None:
    assert "NATO in Madrid" in names(sentence)


def test_a_cue_inside_another_word_is_none() -> None:
    assert "Rayan in the well" in names("واصل رجال الإنقاذ الحفر قرب البئر التي سقط فيها ريان")
    assert names("جريان المياه في البئر التي سقط فيها الحجر") == set()


def test_either_letter_of_a_transliteration_is_known() -> None:
    for spelled in ("تيغراي", "تيجراي"):
        assert "Pretoria agreement on Tigray" in names(f"وقعت جبهة تحرير {spelled} اتفاق بريتوريا")


def test_all_cues_must_stand_in_one_sentence() -> None:
    assert "Johnson resigns" in names("أعلن جونسون استقالته من زعامة المحافظين")
    assert "Johnson resigns" not in names("تحدث جونسون في البرلمان.", "وقدم وزير المالية استقالته وهو من المحافظين.")


def test_context_words_are_found_with_particles_but_not_inside_words() -> None:
    past = context_words("past")
    assert past.search(fold("وبعد الهجوم").text)
    assert past.search(fold("أبعدت الشرطة الناس").text) is None


def test_a_tenure_ends_where_the_next_begins() -> None:
    premiers = sorted(
        (
            entry
            for entry in chronicle().entries
            if isinstance(entry, Tenure) and entry.name.startswith("ليز تراس as رئيسة")
        ),
        key=lambda entry: entry.first,
    )
    assert [(entry.first, entry.last) for entry in premiers] == [(date(2022, 9, 6), date(2022, 10, 25))]
