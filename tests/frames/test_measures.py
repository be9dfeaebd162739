"""Measures: who imposes what on whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames.measures import find_measures
from kg.frames.reading import Reading

Marked = Callable[[str], Reading]

IRAN = "{iran:State|إيران}"
CHINA = "{china:State|الصين}"


@pytest.mark.parametrize(
    ("text", "kind", "status", "target"),
    [
        (f"فرضت {CHINA} عقوبات على {IRAN}.", "sanction", "imposed", ("iran",)),
        (f"تعتزم {CHINA} فرض عقوبات على {IRAN}.", "sanction", "planned", ("iran",)),
        (f"رفعت {CHINA} العقوبات عن {IRAN}.", "sanction", "lifted", ("iran",)),
        (f"العقوبات التي فرضتها {CHINA} على {IRAN}.", "sanction", "imposed", ("iran",)),
        (f"تعرضت {IRAN} لعقوبات قاسية من قبل {CHINA}.", "sanction", "imposed", ("iran",)),
        (f"عقوبات {{china:State!demonym|صينية}} على {IRAN}.", "sanction", "imposed", ("iran",)),
        (f"سمحت {CHINA} ل{IRAN} باستخدام الميناء.", "permission", "imposed", ("iran",)),
        (f"استخدمت {CHINA} حق النقض ضد القرار.", "veto", "imposed", ()),
        (f"سمحت {CHINA} ل{{port:Place|بورتو}} باستخدام الميناء.", "permission", "imposed", ()),
        (f"رفضت {CHINA} فرض عقوبات على {IRAN}.", "sanction", "rejected", ("iran",)),
        (f"ندد بالحظر الذي تفرضه {CHINA} على {IRAN}.", "embargo", "imposed", ("iran",)),
        (f"ندد بحظر قد تفرضه {CHINA} على {IRAN}.", "embargo", "planned", ("iran",)),
        (f"إذا فرضت {CHINA} عقوبات على {IRAN} تغير الوضع.", "sanction", "planned", ("iran",)),
    ],
)
def test_who_imposes_what_on_whom(marked: Marked, text: str, kind: str, status: str, target: tuple[str, ...]) -> None:
    (measure,) = find_measures(marked(text))
    assert (measure.kind, measure.status, measure.imposer, measure.target) == (kind, status, ("china",), target)


@pytest.mark.parametrize(
    "text",
    [
        f"فرضت {CHINA} رسوما على البضائع.",
        f"رحبت {IRAN} برفع العقوبات.",
        f"سمح الطقس ل{IRAN} بالسفر.",
        f"تعرضت {IRAN} لزلزال.",
        f"تبقى {CHINA} دولة كبيرة في شرق القارة منذ عقود طويلة مضت عليها حتى وإن كانت في زمن قريب قد رفعت العقوبات.",
    ],
)
def test_what_nobody_imposes_is_no_measure(marked: Marked, text: str) -> None:
    assert find_measures(marked(text)) == ()
