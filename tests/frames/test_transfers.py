"""Transfers: who sends what to whom, how much, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.frames.reading import Reading, Sentence, split_tokens
from kg.frames.transfers import find_transfers
from kg.model import Article
from kg.text.fold import fold
from kg.text.segment import segment
from kg.text.tokens import tokenize

Marked = Callable[[str], Reading]

IRAN = "{iran:State|إيران}"
SYRIA = "{syria:State|سوريا}"
UK = "{uk:State|بريطانيا}"
CHINA = "{china:State|الصين}"


def roles(reading: Reading) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str]]:
    return [(t.kind, t.sender, t.recipient, t.status) for t in find_transfers(reading)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"أرسلت {IRAN} صواريخ إلى {SYRIA}.", ("missiles", ("iran",), ("syria",), "asserted")),
        (f"إن {IRAN} قدمت معدات عسكرية ل{SYRIA}.", ("equipment", ("iran",), ("syria",), "asserted")),
        (f"زودت {IRAN} {SYRIA} بالذخيرة.", ("ammunition", ("iran",), ("syria",), "asserted")),
        (f"زودت {IRAN} {SYRIA} بأربع دبابات.", ("vehicles", ("iran",), ("syria",), "asserted")),
        (f"زودت {IRAN} {SYRIA} بما لا يقل عن ثلاثين مدفعا.", ("artillery", ("iran",), ("syria",), "asserted")),
        (f"تم تسليم {SYRIA} آليات عسكرية من قبل {IRAN}.", ("vehicles", ("iran",), ("syria",), "asserted")),
        (f"باعت {IRAN} {SYRIA} صواريخ بقيمة 300 مليون دولار.", ("missiles", ("iran",), ("syria",), "asserted")),
        (
            f"اتهمت {UK} {IRAN} بتزويد {SYRIA} و{CHINA} بالدبابات.",
            ("vehicles", ("iran",), ("syria", "china"), "asserted"),
        ),
        (f"منحت {CHINA} {SYRIA} مدافع.", ("artillery", ("china",), ("syria",), "asserted")),
        (f"اشترت {SYRIA} مسيرات من {IRAN}.", ("drones", ("iran",), ("syria",), "asserted")),
        (f"تم إرسال ألف جندي إلى {SYRIA} من قبل {IRAN}.", ("troops", ("iran",), ("syria",), "asserted")),
        (f"الدبابات التي قدمتها {UK} إلى {SYRIA} قديمة.", ("vehicles", ("uk",), ("syria",), "asserted")),
        (f"سترسل {CHINA} قمحا إلى {SYRIA}.", ("food", ("china",), ("syria",), "planned")),
        (f"قد تبيع {CHINA} {IRAN} تقنيات متقدمة.", ("technology", ("china",), ("iran",), "possible")),
        (f"تعهدت {UK} بإرسال مساعدات إنسانية إلى {SYRIA}.", ("aid", ("uk",), ("syria",), "pledged")),
        (f"طلبت {SYRIA} من {IRAN} تزويدها بالوقود.", ("fuel", ("iran",), ("syria",), "sought")),
        (f"وصلت شحنة من القمح إلى {SYRIA}.", ("food", (), ("syria",), "asserted")),
        (f"سيتم تزويد {SYRIA} بالصواريخ من قبل {IRAN}.", ("missiles", ("iran",), ("syria",), "planned")),
        (f"أعلنت {UK} عزمها تزويد {SYRIA} بالدبابات.", ("vehicles", ("uk",), ("syria",), "planned")),
        (f"لا تستبعد {UK} تزويد {SYRIA} بالدبابات.", ("vehicles", ("uk",), ("syria",), "possible")),
        (f"هددت {UK} بتزويد {SYRIA} بالدبابات.", ("vehicles", ("uk",), ("syria",), "pledged")),
        (f"سمحت {UK} ل{CHINA} بإرسال صواريخ إلى {SYRIA}.", ("missiles", ("china",), ("syria",), "possible")),
        (f"أبرمت {SYRIA} مع {IRAN} صفقة لشراء مدافع.", ("artillery", ("iran",), ("syria",), "planned")),
        (f"طلبت {SYRIA} من {IRAN} زيادة المساعدات الإنسانية.", ("aid", ("iran",), ("syria",), "sought")),
        (f"أعلنت {UK} منح {SYRIA} عشرة ملايين دولار.", ("money", ("uk",), ("syria",), "asserted")),
        (f"قامت {IRAN} بنقل مئات المقاتلين من {CHINA} إلى {SYRIA}.", ("troops", ("iran",), ("syria",), "asserted")),
        (f"أرسلت {IRAN} القمح إلى كل من {SYRIA} و{CHINA}.", ("food", ("iran",), ("syria", "china"), "asserted")),
        (f"لم تسلم {UK} {SYRIA} سوى عشر دبابات.", ("vehicles", ("uk",), ("syria",), "asserted")),
        (f"أدان الحلف {IRAN} بسبب إرسالها صواريخ إلى {SYRIA}.", ("missiles", ("iran",), ("syria",), "asserted")),
        (f"إن الصواريخ أرسلت من {IRAN} إلى {SYRIA}.", ("missiles", ("iran",), ("syria",), "asserted")),
        (f"اعترضت {UK} سفينة كانت تنقل أسلحة من {IRAN} إلى {SYRIA}.", ("arms", ("iran",), ("syria",), "asserted")),
        (f"ضبطت {UK} بنادق كانت في طريقها من {IRAN} إلى {SYRIA}.", ("arms", ("iran",), ("syria",), "asserted")),
    ],
)
def test_sender_recipient_and_cargo_are_read_off_the_pattern(
    marked: Marked, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...], str]
) -> None:
    assert roles(marked(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        f"أرسل {IRAN} رسالة تهنئة إلى {SYRIA}.",
        f"لم ترسل {IRAN} صواريخ إلى {SYRIA}.",
        f"أعلنت {IRAN} أن جارتها أرسلت مدنيين وصواريخ.",
        f"إذا أرسلت {IRAN} صواريخ إلى {SYRIA} فستندم.",
        f"هل سترسل {IRAN} صواريخ إلى {SYRIA}؟",
        f"تسلمت {IRAN} جثث جنود من {SYRIA}.",
        f"خصصت {UK} مبلغا لشراء أسلحة ل{SYRIA}.",
        f"رفضت {UK} إرسال قوات إلى {SYRIA}.",
        f"تلزم المعاهدة {IRAN} بتزويد {SYRIA} بالصواريخ.",
        f"أطلقت {IRAN} صواريخ على {SYRIA}.",
        f"أجرت {IRAN} و{SYRIA} مناورات بالذخيرة الحية.",
        f"تنتج {IRAN} صواريخ في مصانع تخصها.",
        f"حصل {SYRIA} على تأييد {IRAN} في المحفل.",
        f"تستورد {CHINA} النفط كل عام.",
        f"نقل {IRAN} عن قائد قوات {SYRIA} تصريحا.",
        f"أعلنت {IRAN} تعليق صادرات السلاح إلى {SYRIA}.",
        f"عرضت {IRAN} على {SYRIA} تدريب قواتها.",
    ],
)
def test_what_does_not_pass_is_no_transfer(marked: Marked, text: str) -> None:
    assert roles(marked(text)) == []


def test_two_families_of_cargo_are_two_transfers(marked: Marked) -> None:
    found = roles(marked(f"قدمت {CHINA} مساعدات اقتصادية ل{SYRIA} وتقنيات عسكرية."))
    assert [kind for kind, *_ in found] == ["aid", "technology"]
    assert {tuple(rest) for _, *rest in found} == {(("china",), ("syria",), "asserted")}


def test_one_family_of_cargo_is_one_transfer(marked: Marked) -> None:
    assert [kind for kind, *_ in roles(marked(f"شحنت {IRAN} مدافع وصواريخ وذخائر إلى {SYRIA}."))] == ["arms"]


def test_what_is_given_in_return_is_a_transfer_the_other_way(marked: Marked) -> None:
    first, second = find_transfers(marked(f"تسعى {SYRIA} للحصول على دبابات من {IRAN} مقابل القمح."))
    assert (first.sender, first.recipient, first.kind) == (("iran",), ("syria",), "vehicles")
    assert (second.sender, second.recipient, second.kind) == (("syria",), ("iran",), "food")
    assert first.in_return_for == (second.id,)
    assert second.in_return_for == (first.id,)


def test_an_exchange_is_two_transfers(marked: Marked) -> None:
    found = find_transfers(marked(f"بحثت {CHINA} و{IRAN} مقايضة النفط."))
    assert {(t.sender, t.recipient) for t in found} == {(("china",), ("iran",)), (("iran",), ("china",))}


@pytest.mark.parametrize(
    ("text", "minimum", "unit"),
    [
        (f"أرسلت {IRAN} أكثر من 300 صاروخ إلى {SYRIA}.", 300, "missile"),
        (f"أرسلت {IRAN} آلاف الجنود إلى {SYRIA}.", 1000, "person"),
        (f"تم شحن 40 حاوية من الذخيرة إلى {SYRIA} من {IRAN}.", 40, "container"),
        (f"قدمت {CHINA} ل{SYRIA} مساعدات بقيمة 20 مليون دولار.", 20_000_000, "dollar"),
        (f"وصلت شحنة من القمح إلى {SYRIA}. وتبلغ الشحنة 700 طن.", 700, "tonne"),
    ],
)
def test_the_figure_that_counts_the_cargo_is_its_quantity(marked: Marked, text: str, minimum: int, unit: str) -> None:
    (transfer,) = find_transfers(marked(text))
    assert transfer.quantity is not None
    assert (transfer.quantity.minimum, transfer.quantity.unit) == (minimum, unit)


def test_a_range_or_a_price_counts_no_cargo(marked: Marked) -> None:
    (transfer,) = find_transfers(marked(f"زودت {IRAN} {SYRIA} بصواريخ يصل مداها إلى 900 كيلومتر."))
    assert transfer.quantity is None


def test_a_leader_sends_for_the_state(marked: Marked) -> None:
    text = f"وافق {{khan:Person@china|الرئيس خان}} على إرسال عمال إلى {SYRIA}. وقالت {CHINA} ذلك."
    assert [(t.sender, t.recipient) for t in find_transfers(marked(text))] == [(("china",), ("syria",))]


def test_who_a_purpose_helps_receives(marked: Marked) -> None:
    text = f"أرسلت {IRAN} آلاف الجنود لدعم جهود {SYRIA}."
    assert [t.recipient for t in find_transfers(marked(text))] == [("syria",)]


def test_who_carries_what_a_relative_clause_describes_received_it(marked: Marked) -> None:
    text = f"ترد {SYRIA} بأسلحة متطورة تبرعت بها {CHINA}."
    assert [(t.sender, t.recipient) for t in find_transfers(marked(text))] == [(("china",), ("syria",))]


def test_evidence_holds_the_verb_and_the_cargo(marked: Marked) -> None:
    reading = marked(f"وقال المتحدث إن {IRAN} أرسلت صواريخ إلى {SYRIA} أمس.")
    (transfer,) = find_transfers(reading)
    assert reading.text(transfer.span) == "إيران أرسلت صواريخ إلى سوريا"


LIKELY = "أرسلت إرسال التي تم إلى من ل مقابل صواريخ 300 جندي قد لم بها و ، . زودها بتزويد شحنة المعدات"
WORDS = st.sampled_from(LIKELY.split(" "))


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_any_text_is_read_without_an_error(text: str) -> None:
    folded = fold(text)
    segments = segment(folded, None)
    tokens = split_tokens(segments, tokenize(folded))
    sentences = tuple(Sentence(i, piece, words) for i, (piece, words) in enumerate(zip(segments, tokens, strict=True)))
    assert find_transfers(Reading(Article("a", "a", text, ""), folded, segments, sentences, ())) == ()


def test_a_sum_of_money_is_a_cargo_unless_it_is_a_price(marked: Marked) -> None:
    (given_sum,) = find_transfers(marked(f"منحت {CHINA} {SYRIA} 30 مليون دولار."))
    assert (given_sum.kind, given_sum.quantity and given_sum.quantity.minimum) == ("money", 30_000_000)
    (priced,) = find_transfers(marked(f"باعت {CHINA} {SYRIA} دبابات بقيمة 30 مليون دولار."))
    assert (priced.kind, priced.quantity) == ("vehicles", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"أعلنت {UK} عن مساعدات عسكرية جديدة ل{SYRIA}.", ("aid", ("uk",), ("syria",), "asserted")),
        (f"تعهدت {UK} بمساعدات غذائية ل{SYRIA}.", ("food", ("uk",), ("syria",), "pledged")),
        (f"دعمت {IRAN} {SYRIA} بالسلاح.", ("arms", ("iran",), ("syria",), "asserted")),
        (f"ضبطت السفينة شحنات الأسلحة من {IRAN} إلى {SYRIA}.", ("arms", ("iran",), ("syria",), "asserted")),
    ],
)
def test_announced_pledged_and_shipped_goods_pass_too(
    marked: Marked, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...], str]
) -> None:
    assert roles(marked(text)) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        f"أعلنت {UK} مشاركة قواتها في تدريب.",
        f"دعمت {IRAN} قوات {SYRIA}.",
        "تشتري {acme:Company|الشركة} طائرات من {bolt:Company|المجموعة}.",
        f"شبكة دولية لتهريب النفط تتحدى {UK}.",
    ],
)
def test_exercises_support_and_business_pass_nothing(marked: Marked, text: str) -> None:
    assert roles(marked(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"وصلت الطائرة {{china:State!demonym|الصينية}} إلى {SYRIA} محملة بعشرين طنا من الأدوية.",
            ("goods", ("china",), ("syria",), "asserted"),
        ),
        (f"الأسلحة الثقيلة التي يزود بها {CHINA} {SYRIA} قديمة.", ("arms", ("china",), ("syria",), "asserted")),
    ],
)
def test_loads_and_relative_supplies(
    marked: Marked, text: str, expected: tuple[str, tuple[str, ...], tuple[str, ...], str]
) -> None:
    assert roles(marked(text)) == [expected]


def test_places_and_middlemen_on_the_way_are_kept(marked: Marked) -> None:
    port = "{basra:Place@iraq|البصرة}"
    text = f"أرسلت {IRAN} صواريخ إلى {SYRIA} عبر {{iraq:State|العراق}} بواسطة {{acme:Company|شركة الشحن}} من {port}."
    (transfer,) = find_transfers(marked(text))
    assert (transfer.sender, transfer.recipient) == (("iran",), ("syria",))
    assert (transfer.via, transfer.broker, transfer.origin) == (("iraq",), ("acme",), "basra")


@pytest.mark.parametrize(("verb", "kind"), [("سترسل", "planned"), ("أرسلت", "unknown")])
def test_a_figure_of_what_is_still_to_pass_is_a_planned_one(marked: Marked, verb: str, kind: str) -> None:
    (transfer,) = find_transfers(marked(f"{verb} {IRAN} 300 صاروخ إلى {SYRIA}."))
    assert transfer.quantity is not None
    assert transfer.quantity.kind == kind


def test_the_same_sender_goes_on_to_the_same_recipient(marked: Marked) -> None:
    text = f"أرسلت {IRAN} 300 جندي إلى {SYRIA} وتعتزم إرسال 900 جندي آخرين."
    assert [(t.recipient, t.quantity and t.quantity.minimum) for t in find_transfers(marked(text))] == [
        (("syria",), 300),
        (("syria",), 900),
    ]


def test_a_passive_may_follow_what_was_sent(marked: Marked) -> None:
    text = f"أقرت {IRAN} بأن وحدات من جيشها أرسلت إلى {SYRIA}."
    assert roles(marked(text)) == [("troops", ("iran",), ("syria",), "asserted")]


@pytest.mark.parametrize(
    ("text", "kind", "recipient", "status"),
    [
        (f"نقلت طائرات {{iran:State!demonym|إيرانية}} مساعدات إنسانية إلى {SYRIA}.", "aid", "syria", "asserted"),
        (f"صودرت شحنة أسلحة {{iran:State!demonym|إيرانية}} في طريقها إلى {SYRIA}.", "arms", "syria", "asserted"),
        (f"أعلنت {IRAN} أنها سترسل صواريخ إلى {SYRIA}.", "missiles", "syria", "planned"),
        (f"اعترض الحرس سفينة تنقل مدافع من {IRAN} إلى {SYRIA}.", "artillery", "syria", "asserted"),
        (f"كسبت {IRAN} الكثير مقابل تزويد {SYRIA} بالمدافع.", "artillery", "syria", "asserted"),
    ],
)
def test_carriers_shipments_under_way_and_future_deliveries(
    marked: Marked, text: str, kind: str, recipient: str, status: str
) -> None:
    assert roles(marked(text)) == [(kind, ("iran",), (recipient,), status)]


def test_who_is_accused_of_carrying_is_not_who_accuses(marked: Marked) -> None:
    text = f"فرضت {UK} عقوبات على شركة متهمة بنقل ذخائر من {IRAN} إلى {SYRIA}."
    assert roles(marked(text)) == [("ammunition", ("iran",), ("syria",), "alleged")]
