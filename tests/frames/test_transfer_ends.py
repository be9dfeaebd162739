"""Who stands at the ends of a transfer: peoples, flags, makers, who orders it, several sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames.reading import Reading
from kg.frames.transfers import find_transfers

Marked = Callable[[str], Reading]
Ends = tuple[tuple[str, ...], tuple[str, ...]]

IRAN = "{iran:State|إيران}"
SYRIA = "{syria:State|سوريا}"
UK = "{uk:State|بريطانيا}"
CHINA = "{china:State|الصين}"
SAUDI = "{saudi:State|السعودية}"
SYRIAN = "{syria:State!demonym|السوري}"
A_SAUDI = "{saudi:State!demonym|سعودية}"
ARMY = "{army:ArmedForce@syria|الجيش السوري}"
WFP = "{wfp:InternationalOrganization|برنامج الأغذية العالمي}"


def ends(reading: Reading) -> list[Ends]:
    return [(t.sender, t.recipient) for t in find_transfers(reading)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"قدمت {CHINA} مساعدات غذائية للشعب {SYRIAN}.", (("china",), ("syria",))),
        (f"أرسلت {CHINA} مساعدات غذائية إلى الأشقاء في {SYRIA}.", (("china",), ("syria",))),
        (f"قدمت {CHINA} مساعدات غذائية للمهرجان {SYRIAN}.", None),
    ],
)
def test_what_a_people_is_given_its_nation_receives(marked: Marked, text: str, expected: Ends | None) -> None:
    assert ends(marked(text)) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"وصلت الطائرة الإغاثية {SAUDI} إلى {SYRIA} محملة بالأدوية.", ("saudi",)),
        (f"وصلت طائرة تابعة ل{ARMY} إلى {CHINA} محملة بالأدوية.", ("army",)),
        (f"وصلت طائرة عبر {SAUDI} إلى {SYRIA} محملة بالأدوية.", ()),
    ],
)
def test_a_load_is_from_whose_the_aircraft_is(marked: Marked, text: str, expected: tuple[str, ...]) -> None:
    assert [t.sender for t in find_transfers(marked(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"وصلت إلى {SYRIA} شحنة من الأدوية أرسلتها {CHINA}.", ("china",)),
        (f"وصلت إلى {SYRIA} شحنة من الأدوية انتظرتها {CHINA}.", ()),
        (f"سيرت {CHINA} ثلاث شاحنات تحمل أدوية إلى {SYRIA}.", ("china",)),
        (f"رصدت {CHINA} ثلاث شاحنات تحمل أدوية إلى {SYRIA}.", ()),
    ],
)
def test_who_sent_what_arrives_or_is_carried(marked: Marked, text: str, expected: tuple[str, ...]) -> None:
    assert [t.sender for t in find_transfers(marked(text))] == [expected]


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        (f"تسلمت {SYRIA} دبابات من طراز «الرعد» {{iran:State!demonym|الإيرانية}}.", ("iran",)),
        (f"تسلمت {SYRIA} دبابات خفيفة سريعة {{iran:State!demonym|إيرانية}} الصنع.", ("iran",)),
        (f"تسلمت {SYRIA} دبابات تدربت عليها القوات {{iran:State!demonym|الإيرانية}}.", ()),
    ],
)
def test_arms_come_from_where_their_type_is_made(marked: Marked, text: str, sender: tuple[str, ...]) -> None:
    assert [t.sender for t in find_transfers(marked(text))] == [sender]


def test_each_of_two_cargoes_comes_from_its_own_source(marked: Marked) -> None:
    text = f"تلقت {SYRIA} صواريخ من {IRAN} ومدافع من {CHINA}."
    assert [(t.kind, t.sender, t.recipient) for t in find_transfers(marked(text))] == [
        ("missiles", ("iran",), ("syria",)),
        ("artillery", ("china",), ("syria",)),
    ]
    assert ends(marked(f"تلقت {SYRIA} صواريخ ومدافع من {CHINA}.")) == [(("china",), ("syria",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"شكر المجلس {CHINA} على توجيهاتها بتقديم أغذية عاجلة ل{SYRIA}.", [(("china",), ("syria",))]),
        (f"إنفاذا لتوجيهات حكومة {CHINA} لتقديم أغذية ل{SYRIA} غادر الوفد.", [(("china",), ("syria",))]),
        (f"التقى وزير {CHINA} المنظمات لتقديم أغذية ل{SYRIA}.", []),
    ],
)
def test_who_orders_a_gift_gives_it(marked: Marked, text: str, expected: list[Ends]) -> None:
    assert ends(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"وقعت {SYRIA} اتفاقا مع {IRAN}، تقوم بموجبه {IRAN} بتوريد مدافع.", [(("iran",), ("syria",))]),
        (f"تقوم {IRAN} بتوريد مدافع.", [(("iran",), ())]),
    ],
)
def test_who_delivers_under_an_agreement_delivers_to_the_other_party(
    marked: Marked, text: str, expected: list[Ends]
) -> None:
    assert ends(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"تقدمت {SYRIA} بطلب ل{CHINA} للحصول على مساعدات غذائية.", [(("china",), ("syria",))]),
        (f"تستعد {SYRIA} ل{CHINA} للحصول على مساعدات غذائية.", []),
        (f"تستمر {IRAN} في دعم حلفائها بالسلاح.", [(("iran",), ())]),
        (f"تستمر {IRAN} في دعم حلفائها بالنصح.", []),
        (f"حذرهم من مغبة تصدير الأسلحة إلى {SYRIA}.", [((), ("syria",))]),
        (f"حذرهم من مغبة تصدير القمح إلى {SYRIA}.", []),
        (f"وصلت كميات من السلاح لدعم {SYRIA} من {IRAN}.", [(("iran",), ("syria",))]),
    ],
)
def test_one_end_may_be_asked_unnamed_or_helped(marked: Marked, text: str, expected: list[Ends]) -> None:
    assert ends(marked(text)) == expected


def test_the_city_of_a_dateline_sends_nothing(marked: Marked) -> None:
    assert ends(marked(f"الوكالات - {CHINA}: بدأ اليوم إرسال أغذية إلى {SYRIA}.")) == []
    assert ends(marked(f"الحكومة في {CHINA} أعلنت {UK}: بدأ اليوم إرسال أغذية إلى {SYRIA}.")) == [(("uk",), ("syria",))]


def test_what_is_caught_while_smuggled_was_on_its_way(marked: Marked) -> None:
    text = f"أعلنت {UK} إحباط تهريب كمية من المواد المتفجرة، إلى جانب بنادق من {IRAN}."
    assert ends(marked(text)) == [(("iran",), ())]
    assert ends(marked(f"أعلنت {UK} إحباط شراء كمية من المواد المتفجرة من {IRAN}.")) == []


def test_support_and_aid_are_aid_support_alone_is_not(marked: Marked) -> None:
    assert ends(marked(f"أثنى على {CHINA} التي قدمت ل{SYRIA} الكثير من الدعم والمساعدات.")) == [
        (("china",), ("syria",))
    ]
    assert ends(marked(f"أثنى على {CHINA} التي قدمت ل{SYRIA} الكثير من الدعم والود.")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"وصلت الأغذية التي دفع بها «{CHINA}» لمساعدة {SYRIA}.", [(("china",), ("syria",))]),
        (f"وصلت الأغذية التي دفع بها «{CHINA}» لمنافسة {SYRIA}.", []),
    ],
)
def test_what_is_brought_forth_for_someone_goes_there(marked: Marked, text: str, expected: list[Ends]) -> None:
    assert ends(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"تسلمت {SYRIA} منظومة إس-400 {{iran:State!demonym|الإيرانية}}.", [(("iran",), ("syria",))]),
        (f"تسلمت {SYRIA} منظومة دفاع تفوق نظيرتها {{iran:State!demonym|الإيرانية}}.", [((), ("syria",))]),
        (f"استقبلت {SYRIA} شحنة أدوية من {CHINA}.", [(("china",), ("syria",))]),
        (f"استقبلت {SYRIA} وفدا من {CHINA}.", []),
        (f"أرسلت {CHINA} أدوية إلى {{basra:Place@iraq|البصرة}}.", [(("china",), ())]),
        (f"منحت {CHINA} أدوية إلى {{basra:Place@iraq|البصرة}}.", []),
        (f"يواصل الجسر الجوي {{china:State!demonym|الصيني}} نقل الأدوية إلى {SYRIA}.", [(("china",), ("syria",))]),
        (f"يواصل العام {{china:State!demonym|الصيني}} نقل الأدوية إلى {SYRIA}.", []),
        (f"كثرت المساعدات {{china:State!demonym|الصينية}} ل{SYRIA}.", [(("china",), ("syria",))]),
        (f"هذه بداية نقل مساعدات إنسانية جوا بين {CHINA} و{SYRIA}.", [(("china",), ("syria",))]),
        (f"هذه بداية نقل وقائع إنسانية جوا بين {CHINA} و{SYRIA}.", []),
        (f"كثرت الصواريخ {{china:State!demonym|الصينية}} ل{SYRIA}.", []),
    ],
)
def test_types_places_bridges_and_standing_aid(marked: Marked, text: str, expected: list[Ends]) -> None:
    assert ends(marked(text)) == expected


def test_a_sum_may_stand_behind_who_gives_it(marked: Marked) -> None:
    (loan,) = find_transfers(marked(f"حصلت {SYRIA} على قرض من {CHINA} لإصلاح شبكات المياه هناك بقيمة 12 مليار دولار."))
    assert loan.quantity is not None
    assert loan.quantity.minimum == 12_000_000_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"نقلت {IRAN} ألفي مقاتل إلى {SYRIA}.", [(("iran",), ("syria",))]),
        (f"نقلت {IRAN} طيران مقاتل إلى {SYRIA}.", []),
        (f"تحتاج {SYRIA} إلى مدافع إضافية.", [((), ("syria",))]),
        (f"تحتاج {SYRIA} إلى أفكار إضافية.", []),
        (f"انتقدت {UK} إمداد {SYRIA} بالأسلحة.", [((), ("syria",))]),
        (f"قررت {UK} إمداد {SYRIA} بالأسلحة.", [(("uk",), ("syria",))]),
        (f"إن وصول الأغذية {{china:State!demonym|الصينية}} أتاح ل{SYRIA} التقدم.", []),
        (f"إن وصول الأغذية {{china:State!demonym|الصينية}} اليوم ل{SYRIA} مهم.", [(("china",), ("syria",))]),
        (f"أرسلت {CHINA} مستشفى ميدانيا إلى {SYRIA}.", [(("china",), ("syria",))]),
        (f"أرسلت {CHINA} مستشفى جديدا إلى {SYRIA}.", []),
        (f"تشمل الصفقة تسليم {SYRIA} مدافع بتمويل من {IRAN}.", [((), ("syria",))]),
        (f"تشمل الصفقة تسليم {SYRIA} مدافع قديمة من {IRAN}.", [(("iran",), ("syria",))]),
    ],
)
def test_counted_people_needs_blame_outcomes_and_who_pays(marked: Marked, text: str, expected: list[Ends]) -> None:
    assert ends(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"حصلت {SYRIA} على تمويل {{china:State!demonym|صيني}} بقيمة مليون دولار.", [(("china",), ("syria",))]),
        (f"حصلت {SYRIA} على مليون دولار {{china:State!demonym|صيني}}.", []),
        (f"استطاعت {SYRIA} الحصول على مدافع من {IRAN}.", [(("iran",), ("syria",))]),
        (f"لا تستطيع {SYRIA} الحصول على مدافع من {IRAN}.", []),
    ],
)
def test_funds_have_a_nation_currencies_only_a_name(marked: Marked, text: str, expected: list[Ends]) -> None:
    assert ends(marked(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"استقبل المطار طائرة {A_SAUDI} محملة بالأدوية.", [(("saudi",), ())]),
        (f"استقبل الميناء سفينة تحمل 30 طنا من القمح التابع ل{WFP}.", [(("wfp",), ())]),
        (f"استقبلت {SYRIA} طائرة {A_SAUDI} محملة بالأدوية.", [(("saudi",), ("syria",))]),
        (f"استقبل المطار طائرة {A_SAUDI} تقل وفدا.", []),
        (f"وصلت سفينة {A_SAUDI} تحمل أطنانا من القمح.", [(("saudi",), ())]),
        (f"شوهدت سفينة {A_SAUDI} تحمل أطنانا من القمح.", []),
        (f"سفينة استأجرها {WFP} أفرغت 40 طنا من القمح في {SYRIA}.", [(("wfp",), ("syria",))]),
        (f"سفينة انتظرها {WFP} أفرغت 40 طنا من القمح في {SYRIA}.", []),
        (f"وتم تفريغ مساعدات من {SAUDI} و{CHINA} ومن {IRAN}.", [(("saudi", "china", "iran"), ())]),
        (f"أنزلت {SYRIA} دباباتها إلى الشوارع.", []),
        (f"رفعت {SAUDI} مساعداتها ل{SYRIA} إلى 70 مليون دولار.", [(("saudi",), ("syria",))]),
        (f"رفعت {SAUDI} مساعداتها ل{SYRIA}.", []),
    ],
)
def test_what_lands_is_from_whose_the_load_or_vessel_is_and_help_is_raised_to_a_sum(
    marked: Marked, text: str, expected: list[Ends]
) -> None:
    assert ends(marked(text)) == expected
