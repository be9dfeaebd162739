"""Meetings: who, where, held or still to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading
from kg.model import DateBasis, EdtfDate, PublicationDate, Span

Marked = Callable[[str], Reading]

KHAN = "{khan:Person@china|خان}"
SAMI = "{sami:Person@iran|سامي}"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        (f"بعث {KHAN} رسالة تهنئة إلى {SAMI}.", "letter", "held"),
        (f"زار {KHAN} {SAMI} أمس.", "visit", "held"),
        (f"التقى {KHAN} {SAMI} في القصر.", "talks", "held"),
        (f"أجرى {KHAN} مكالمة هاتفية مع {SAMI}.", "call", "held"),
        (f"قمة بين {KHAN} و{SAMI}.", "summit", "held"),
        (f"قال {KHAN} ذلك أثناء استضافته {SAMI}.", "talks", "held"),
        (f"من المقرر أن يلتقي {KHAN} {SAMI} يوم الجمعة.", "talks", "planned"),
        (f"ألغيت القمة المقررة بين {KHAN} و{SAMI}.", "summit", "cancelled"),
    ],
)
def test_two_people_meet(marked: Marked, text: str, kind: str, status: str) -> None:
    (meeting,) = find_meetings(marked(text))
    assert (meeting.kind, meeting.status, set(meeting.participants)) == (kind, status, {"khan", "sami"})


def test_the_place_is_what_in_governs(marked: Marked) -> None:
    text = f"التقى {KHAN} {SAMI} في {{bunduq:Place@iran|بندق}}."
    (meeting,) = find_meetings(marked(text))
    assert meeting.place == "bunduq"


def test_the_same_meeting_told_again_is_one(marked: Marked) -> None:
    text = f"بعث {KHAN} رسالة إلى {SAMI}. وأكد {KHAN} ذلك في رسالة إلى {SAMI}."
    assert len(find_meetings(marked(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"وصف {KHAN} الوضع.",
        f"قالت وزارة {KHAN} لصحيفة {SAMI}.",
        f"قال {KHAN} في مقابلة صحفية مع {SAMI}.",
        "التقى الفريقان في المباراة النهائية.",
    ],
)
def test_what_brings_nobody_together_is_no_meeting(marked: Marked, text: str) -> None:
    assert find_meetings(marked(text)) == ()


def test_a_weekday_of_what_is_still_to_come_is_the_next_one(marked: Marked) -> None:
    reading = marked(f"من المقرر أن يلتقي {KHAN} {SAMI} يوم الجمعة.")
    start = reading.article.text.index("يوم الجمعة")
    last = EdtfDate("2024-03-01", date(2024, 3, 1), date(2024, 3, 1), DateBasis.RESOLVED, Span(start, start + 10))
    today = EdtfDate("2024-03-04", date(2024, 3, 4), date(2024, 3, 4))
    parts = reading.article, reading.folded, reading.segments, reading.sentences, reading.entities
    (meeting,) = find_meetings(Reading(*parts, PublicationDate(today), (last,)))
    assert meeting.date is not None
    assert meeting.date.edtf == "2024-03-08"
