"""Agreements: the parties, how far they have come, and which phrases mean the same one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames.agreements import find_agreements
from kg.frames.reading import Reading, read_article
from kg.model import Article

Marked = Callable[[str], Reading]

IRAN = "{iran:State|إيران}"
CHINA = "{china:State|الصين}"
OMAN = "{oman:State|عمان}"
BOTH = "{iran:State!pronoun|الجانبان}"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        (f"وقعت {IRAN} و{CHINA} معاهدة صداقة.", "treaty", "signed"),
        (f"أبرمت {IRAN} مع {CHINA} معاهدة صداقة.", "treaty", "signed"),
        (f"أعلنت {IRAN} إبرام معاهدة صداقة مع {CHINA}.", "treaty", "signed"),
        (f"تسعى {IRAN} إلى إبرام معاهدة صداقة مع {CHINA}.", "treaty", "proposed"),
        (f"تجري {IRAN} و{CHINA} محادثات بشأن معاهدة صداقة.", "treaty", "proposed"),
        (
            "وقع الجانبان {iran:State!demonym|الإيراني} و{china:State!demonym|الصيني} معاهدة صداقة.",
            "treaty",
            "signed",
        ),
        (f"تم إبرام صفقة دفاعية بين {IRAN} و{CHINA}.", "defence", "signed"),
        (f"اتفاقية شراكة بين {IRAN} و{CHINA}.", "partnership", "agreed"),
        (f"وقعت {IRAN} مذكرة تفاهم مع {CHINA}.", "memorandum", "signed"),
        (f"التفاوض حول إبرام اتفاقية للتجارة بين {IRAN} و{CHINA}.", "agreement", "proposed"),
        (f"الاتفاق الذي توصلت إليه {IRAN} مع {CHINA} قبل عام.", "agreement", "agreed"),
        (f"وافقت {IRAN} على توقيع معاهدة صداقة مع {CHINA}.", "treaty", "proposed"),
        (f"إن المعاهدة الموقعة بين {IRAN} و{CHINA} قديمة.", "treaty", "signed"),
        (f"{IRAN} و{CHINA} توقعان معاهدة صداقة.", "treaty", "signed"),
        (f"وقعت {IRAN} عقدا مع {CHINA} لتوريد القمح.", "deal", "signed"),
        (f"كانت {IRAN} و{CHINA} على وشك إتمام معاهدة صداقة.", "treaty", "proposed"),
        (f"جددت {IRAN} و{CHINA} معاهدة صداقة.", "treaty", "in-force"),
        (f"تلزم المعاهدة {IRAN} و{CHINA} بالحياد.", "treaty", "agreed"),
        (f"اتفقت {IRAN} و{CHINA} من حيث المبدأ على تعزيز التعاون.", "cooperation", "agreed"),
        (f"إذا وقعت {IRAN} على الاتفاق مع {CHINA} فسيتغير الوضع.", "agreement", "proposed"),
        (f"دخل وقف إطلاق النار بين {IRAN} و{CHINA} حيز التنفيذ.", "ceasefire", "in-force"),
        (f"اتفقت {IRAN} و{CHINA} على تعزيز التعاون بينهما.", "cooperation", "agreed"),
        (f"اتفقت {IRAN} مع {CHINA} على بناء مصنع.", "agreement", "agreed"),
        (f"انسحاب {IRAN} من الاتفاق مع {CHINA}.", "agreement", "ended"),
        (f"وقعت {IRAN} تفاهما مع {CHINA}.", "agreement", "signed"),
        (f"إن محادثات {IRAN} و{CHINA} بخصوص صفقة القمح مستمرة.", "deal", "proposed"),
        (f"بدأت {IRAN} و{CHINA} مفاوضات لتوقيع معاهدة صداقة.", "treaty", "proposed"),
        (f"تم خلال اللقاء الاتفاق على بناء سد، وحضره وزراء {IRAN} و{CHINA}.", "agreement", "agreed"),
        (f"أشاد الوزير ب«إعلان طوكيو» الذي يعزز السلام بين {IRAN} و{CHINA}.", "agreement", "agreed"),
        (
            "اتفق الجيشان {iran:State!demonym|الإيراني} و{china:State!demonym|الصيني} على تبادل الزيارات.",
            "cooperation",
            "agreed",
        ),
        (f"أبرمت {IRAN} و{CHINA} اتفاقهما الأول.", "agreement", "signed"),
        (f"تبادلت {IRAN} و{CHINA} المعتقلين بموجب اتفاق توسطت فيه {OMAN}.", "agreement", "in-force"),
        (f"اتفق وزراء خارجية {IRAN} و{CHINA} على عقد قمة.", "agreement", "agreed"),
        (f"تقترب {IRAN} من التوصل إلى اتفاق مع {CHINA}.", "agreement", "proposed"),
        (
            f"قال {{khan:Person@china|الوزير خان}} إن صفقة تم إبرامها مع {IRAN} تعطلت. وقالت {CHINA} ذلك.",
            "deal",
            "signed",
        ),
        (f"ترفض {IRAN} الهدنة التي أعلنتها {CHINA}.", "ceasefire", "proposed"),
        (f"أعلنت {IRAN} و{CHINA} التوصل إلى وقف لإطلاق النار.", "ceasefire", "agreed"),
        (f"أعلنت {IRAN} و{CHINA} الاتفاق على فتح سفارتين.", "agreement", "agreed"),
        (f"سلمت {IRAN} المعتقلين ضمن صفقة مع {CHINA}.", "deal", "in-force"),
        (f"هددت {IRAN} بالانسحاب من الاتفاق مع {CHINA}.", "agreement", "in-force"),
        (f"نوه إلى توقيع سلسلة اتفاقيات تجارية خلال زيارة {IRAN} ل{CHINA}.", "agreement", "signed"),
    ],
)
def test_kind_status_and_parties(marked: Marked, text: str, kind: str, status: str) -> None:
    (agreement,) = find_agreements(marked(text))
    assert (agreement.kind, agreement.status) == (kind, status)
    assert set(agreement.parties) == {"iran", "china"}


def test_adjectives_of_nationality_are_parties(marked: Marked) -> None:
    text = "اتفاق {iran:State!demonym|إيراني} {china:State!demonym|صيني} بشأن النفط."
    (agreement,) = find_agreements(marked(text))
    assert agreement.parties == ("iran", "china")


@pytest.mark.parametrize(
    "text",
    [
        f"سافر وزير {IRAN} بالاتفاق مع أسرته.",
        f"لم تتفق {IRAN} و{CHINA} على شيء.",
        f"تتفق {IRAN} و{CHINA} على أن الوضع خطير.",
        f"لا بد من اتفاق عادل تقبله {IRAN}.",
        "اتفق {ali:Person|علي} و{sami:Person|سامي} على اللعب في المباراة.",
    ],
)
def test_what_binds_no_two_parties_is_no_agreement(marked: Marked, text: str) -> None:
    assert find_agreements(marked(text)) == ()


@pytest.mark.parametrize(
    "later",
    ["وينص الاتفاق على تبادل الزيارات.", f"وتعد هذه أكبر صفقة بين {IRAN} و{CHINA}.", f"ورحبت {OMAN} بالمعاهدة."],
)
def test_a_phrase_that_points_back_means_the_same_agreement(marked: Marked, later: str) -> None:
    (agreement,) = find_agreements(marked(f"وقعت {IRAN} و{CHINA} معاهدة صداقة. {later}"))
    assert len(agreement.spans) == 1
    assert set(agreement.parties) == {"iran", "china"}


def test_two_agreements_of_the_same_parties_stay_two(marked: Marked) -> None:
    text = f"وقعت {IRAN} و{CHINA} معاهدة صداقة. واتفقت {IRAN} و{CHINA} على تعزيز التعاون."
    assert [a.kind for a in find_agreements(marked(text))] == ["treaty", "cooperation"]


def test_an_agreement_named_in_what_was_agreed_takes_its_parties(marked: Marked) -> None:
    text = f"اتفقت {IRAN} و{CHINA} على بدء التباحث لتوقيع مذكرة تفاهم."
    (agreement,) = find_agreements(marked(text))
    assert (agreement.kind, agreement.status, set(agreement.parties)) == ("memorandum", "proposed", {"iran", "china"})


def test_who_signed_is_the_last_pair_spoken_of(marked: Marked) -> None:
    text = f"ناقشت {IRAN} مع {CHINA} التعاون بموجب اتفاقية شراكة وقعوا عليها في القمة."
    (agreement,) = find_agreements(marked(text))
    assert (agreement.status, set(agreement.parties)) == ("signed", {"iran", "china"})


def test_an_agreement_with_a_name_of_its_own_binds_those_of_its_parties_that_are_there(marked: Marked) -> None:
    name = "{camp-david-accords:Event|معاهدة كامب ديفيد}"
    text = f"رحبت {{france:State|فرنسا}} ب{name}. وقالت {{egypt:State|مصر}} و{{israel:State|إسرائيل}} ذلك."
    (agreement,) = find_agreements(marked(text))
    assert agreement.label == "معاهدة كامب ديفيد"
    assert set(agreement.parties) == {"egypt", "israel"}


def test_who_rejects_or_urges_an_agreement_need_be_no_party(marked: Marked) -> None:
    assert find_agreements(marked(f"رفضت {OMAN} الاتفاق الذي تريده {IRAN}.")) == ()
    (agreement,) = find_agreements(marked(f"دعت {OMAN} إلى اتفاق بين {IRAN} و{CHINA}."))
    assert (set(agreement.parties), agreement.status) == ({"iran", "china"}, "proposed")


def test_a_truce_without_parties_is_between_those_who_can_make_war_around_it(marked: Marked) -> None:
    text = (
        f"تقاتل {IRAN} {CHINA} منذ شهر. واقترحت {OMAN} هدنة لأسبوع. "
        "وقال {ali:Person|علي} إن {china:State|الصين} و{iran:State|إيران} تدرسان الهدنة."
    )
    (agreement,) = find_agreements(marked(text))
    assert (agreement.kind, set(agreement.parties)) == ("ceasefire", {"iran", "china"})


def test_who_asked_for_a_truce_in_a_relative_clause_is_not_bound_by_it(marked: Marked) -> None:
    (found,) = find_agreements(
        marked(
            f"القتال بين {IRAN} و{CHINA} مستمر. وهاجمت {IRAN} موقعا تدافع عنه {CHINA}. "
            f"وبدأ سريان الهدنة التي طلبتها {OMAN} و{{kuwait:State|الكويت}}."
        )
    )
    assert set(found.parties) == {"iran", "china"}


@pytest.mark.parametrize(
    "text",
    [
        f"كان الحوار بخصوص القمح سوء تفاهم بسيطا في رأي {IRAN}.",
        f"إن أخبار {IRAN} و{CHINA} بخصوص صفقة القمح كثيرة.",
        f"تم الاتفاق على أن {IRAN} و{CHINA} جارتان.",
        f"جاء إعلان {CHINA} عن زيارة وفد من {IRAN} متأخرا.",
        "زار القائدان {iran:State!demonym|الإيراني} و{china:State!demonym|الصيني} على عجل معرضا.",
        f"وقع بموجب اتفاق خلاف حضرته {IRAN}.",
        f"اتفق وزراء كثيرون مع {CHINA} على موعد.",
        f"دعا إلى توقيع اتفاقيات تجارية، ثم بدأت زيارة {IRAN} ل{CHINA}.",
        f"قالت {CHINA} إن الصفقات والأزمات مع {{acme:Company|شركة النور}} كثيرة.",
    ],
)
def test_words_near_those_of_an_agreement_make_none(marked: Marked, text: str) -> None:
    assert find_agreements(marked(text)) == ()


def test_a_state_is_no_party_beside_its_own_government(marked: Marked) -> None:
    government = "{government:GovernmentBody@iran|الحكومة الإيرانية}"
    (truce,) = find_agreements(marked(f"بدأت هدنة بين {government} و{IRAN} و{{rebels:ArmedGroup|المتمردين}}."))
    assert truce.parties == ("government", "rebels")


def test_a_truce_may_name_one_party(marked: Marked) -> None:
    (agreement,) = find_agreements(marked(f"بدأ سريان هدنة بين {IRAN} والمسلحين."))
    assert agreement.parties == ("iran",)


def test_a_heading_and_the_act_of_agreeing_tell_of_one_agreement(marked: Marked) -> None:
    text = f"اتفاق بين {IRAN} و{CHINA}\n\nاتفقت {IRAN} و{CHINA} على بناء سد. ووقعت {IRAN} مع {CHINA} مذكرة تفاهم."
    assert [a.kind for a in find_agreements(marked(text))] == ["agreement", "memorandum"]


def test_an_agreement_with_a_name_of_its_own_binds_no_other_state(marked: Marked) -> None:
    name = "{camp-david-accords:Event|معاهدة كامب ديفيد}"
    text = f"قالت {OMAN} إن {name} بين {{egypt:State|مصر}} و{{israel:State|إسرائيل}} و{OMAN} باقية."
    (agreement,) = find_agreements(marked(text))
    assert set(agreement.parties) == {"egypt", "israel"}


@pytest.mark.parametrize(("when", "count"), [("عام 2009", 2), ("عام 2019", 1)])
def test_what_was_signed_another_year_is_another_agreement(when: str, count: int) -> None:
    text = f"وقعت الصين وإيران اتفاقية تجارة عام 2019. ووقعت الصين وإيران {when} اتفاقية تجارة."
    assert len(find_agreements(read_article(Article("a", "a.txt", text, "")))) == count


def test_peace_between_the_parties_of_one_nation_binds_it(marked: Marked) -> None:
    sides = "الأطراف {iran:State!demonym|الإيرانية}"
    (agreement,) = find_agreements(marked(f"حذر الوسيط {sides} من رفض اتفاق السلام."))
    assert agreement.parties == ("iran",)
    assert find_agreements(marked(f"حذر الوسيط {sides} من رفض اتفاق الإيجار.")) == ()


def test_two_governments_sign_for_their_states(marked: Marked) -> None:
    one, two = "{gov1:GovernmentBody@iran|حكومة إيران}", "{gov2:GovernmentBody@china|حكومة الصين}"
    (agreement,) = find_agreements(marked(f"وقعت {one} و{two} معاهدة صداقة. وقالت {IRAN} و{CHINA} ذلك."))
    assert agreement.parties == ("iran", "china")
    rebels = "{rebels:ArmedGroup|المتمردون}"
    (truce,) = find_agreements(marked(f"وقعت {one} و{rebels} هدنة. وقالت {IRAN} ذلك."))
    assert truce.parties == ("gov1", "rebels")


def test_who_signs_on_a_visit_signs_with_the_host(marked: Marked) -> None:
    text = f"كجزء من رحلتها إلى {CHINA}، ستوقع {IRAN} مذكرة تفاهم."
    assert [set(a.parties) for a in find_agreements(marked(text))] == [{"iran", "china"}]
    assert find_agreements(marked(f"كجزء من رسالتها إلى {CHINA}، ستوقع {IRAN} مذكرة تفاهم.")) == ()


def test_the_parties_of_a_conflict_agree_who_mediates_does_not(marked: Marked) -> None:
    (exchange,) = find_agreements(marked(f"اتفقت أطراف النزاع في {IRAN} على تبادل المعتقلين."))
    assert exchange.parties == ("iran",)
    assert find_agreements(marked(f"اتفقت شركات التأمين في {IRAN} على تبادل الموظفين.")) == ()
    (truce,) = find_agreements(marked(f"توسطت {OMAN} في هدنة بين {IRAN} والمسلحين. وعبرت {OMAN} عن أملها."))
    assert truce.parties == ("iran",)


@pytest.mark.parametrize(("speaker", "parties"), [("مسؤول تركي", [{"تركيا", "إيران"}]), ("مسؤول كبير", [])])
def test_the_nation_of_an_unnamed_official_is_the_other_party(speaker: str, parties: list[set[str]]) -> None:
    text = f"قال {speaker} إن الاتفاق مع إيران حول المياه أقر أمس. وهذا ما تريده تركيا."
    reading = read_article(Article("a", "a.txt", text, ""))
    assert [{reading.entity(p).label_ar for p in a.parties} for a in find_agreements(reading)] == parties


def test_one_named_agreement_stays_one_whatever_stands_between(marked: Marked) -> None:
    name = "{camp-david-accords:Event|معاهدة كامب ديفيد}"
    sides = "{egypt:State|مصر} و{israel:State|إسرائيل}"
    text = f"وقعت {sides} {name}. وقبل توقيع الاتفاق أعيدت العلاقات مع {IRAN}. وبقيت {name} بين {sides}."
    assert [set(a.parties) for a in find_agreements(marked(text))] == [{"egypt", "israel"}]


@pytest.mark.parametrize(("words", "status"), [("فقد وقعت", "signed"), ("وقد توقع", "proposed")])
def test_what_may_be_is_open_what_has_been_is_not(marked: Marked, words: str, status: str) -> None:
    (agreement,) = find_agreements(marked(f"{words} {IRAN} معاهدة صداقة مع {CHINA}."))
    assert agreement.status == status
