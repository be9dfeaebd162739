"""Meetings: who, where, held or still to come."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading

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
