"""Statements made at meetings, and the date they have from them."""

from __future__ import annotations

from kg.model import Article, Extraction
from kg.pipeline import extract


def read(text: str) -> Extraction:
    return extract(Article("a1", "test.txt", text, "0" * 64, published="2019-06-15"))


def test_a_sentence_that_points_back_to_a_visit_is_of_its_day() -> None:
    found = read(
        "زار الرئيس التركي رجب طيب أردوغان إيران في مارس/آذار 2015. وخلال الزيارة قال أردوغان إن التعاون سيستمر."
    )
    assert [meeting.kind for meeting in found.meetings] == ["visit"]
    assert [(s.made_at, s.date.edtf if s.date else None) for s in found.statements] == [("m1", "2015-03")]


def test_another_kind_of_meeting_or_another_speaker_is_not_meant() -> None:
    visit = "زار الرئيس التركي رجب طيب أردوغان إيران في مارس/آذار 2015. "
    for sentence in ("وخلال المكالمة قال أردوغان إن التعاون سيستمر.", "وخلال الزيارة قالت فرنسا إن التعاون سيستمر."):
        assert [(s.made_at, s.date) for s in read(visit + sentence).statements] == [(None, None)]


def test_a_date_of_its_own_stays() -> None:
    found = read(
        "زار الرئيس التركي رجب طيب أردوغان إيران في مارس/آذار 2015. وخلال الزيارة قال أردوغان أمس إن التعاون سيستمر."
    )
    assert [s.date.edtf if s.date else None for s in found.statements] == ["2019-06-14"]
