"""Who claims and who denies: derived from the statements about a transfer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames.agreements import find_agreements
from kg.frames.claims import Attached, attach
from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading
from kg.frames.transfers import find_transfers
from kg.model import Article, Modality, Span, Statement
from kg.pipeline import extract

Marked = Callable[[str], Reading]

IRAN = "{iran:State|إيران}"
SYRIA = "{syria:State|سوريا}"
UK = "{uk:State|بريطانيا}"


def said(reading: Reading, ident: str, speaker: str, modality: Modality, words: str, content: str = "") -> Statement:
    """A statement on the first place of some words of the article."""

    def place(passage: str) -> Span:
        start = reading.article.text.index(passage)
        return Span(start, start + len(passage))

    return Statement(ident, (speaker,), modality, place(words), "test", content=place(content or words))


def told(reading: Reading, *statements: Statement) -> Attached:
    meetings = find_meetings(reading)
    return attach(reading, statements, find_transfers(reading), find_agreements(reading), meetings, ())


@pytest.mark.parametrize("modality", list(Modality))
def test_modality_decides_between_claimant_denier_and_neither(marked: Marked, modality: Modality) -> None:
    reading = marked(f"{UK}: أرسلت {IRAN} صواريخ إلى {SYRIA}.")
    content = "أرسلت إيران صواريخ إلى سوريا"
    (transfer,) = told(reading, said(reading, "s1", "uk", modality, content)).transfers
    denied, neither = modality is Modality.DENIED, modality is Modality.UNCONFIRMED
    assert transfer.claimed_by == (() if denied or neither else ("uk",))
    assert transfer.denied_by == (("uk",) if denied else ())
    assert not transfer.narrated


def test_what_no_statement_carries_is_narrated(marked: Marked) -> None:
    (transfer,) = told(marked(f"أرسلت {IRAN} صواريخ إلى {SYRIA}.")).transfers
    assert transfer.narrated
    assert transfer.claimed_by == ()


def test_the_innermost_statement_claims(marked: Marked) -> None:
    reading = marked(f"قال {UK} إن {SYRIA} أكدت أن {IRAN} أرسلت صواريخ إلى {SYRIA}.")
    outer = said(reading, "s1", "uk", Modality.ASSERTED, "سوريا أكدت أن إيران أرسلت صواريخ إلى سوريا")
    inner = said(reading, "s2", "syria", Modality.ASSERTED, "إيران أرسلت صواريخ إلى سوريا")
    result = told(reading, outer, inner)
    assert result.transfers[0].claimed_by == ("syria",)
    assert [s.about for s in result.statements] == [(), ("t1",)]


def test_a_denial_of_the_claim_before_it_makes_a_denier(marked: Marked) -> None:
    reading = marked(f"اتهمت {UK} {IRAN} بتزويد {SYRIA} بالصواريخ، وهو ما نفته {IRAN}.")
    claim = said(reading, "s1", "uk", Modality.ALLEGED, "بتزويد سوريا بالصواريخ")
    denial = said(reading, "s2", "iran", Modality.DENIED, "وهو ما نفته إيران", "وهو")
    (transfer,) = told(reading, claim, denial).transfers
    assert (transfer.claimed_by, transfer.denied_by, transfer.status) == (("uk",), ("iran",), "alleged")


def test_a_denial_that_names_the_cargo_reaches_back_over_sentences(marked: Marked) -> None:
    text = f"قالت {UK} إن {IRAN} شحنت صواريخ إلى {SYRIA}. وأعلنت {UK} ميزانيتها. ونفت {IRAN} شحنات الأسلحة."
    reading = marked(text)
    claim = said(reading, "s1", "uk", Modality.ASSERTED, "إيران شحنت صواريخ إلى سوريا")
    denial = said(reading, "s2", "iran", Modality.DENIED, "ونفت إيران شحنات الأسلحة", "شحنات الأسلحة")
    result = told(reading, claim, denial)
    assert result.transfers[0].denied_by == ("iran",)
    assert result.statements[1].about == ("t1",)


def test_a_denial_of_another_cargo_leaves_the_claim_alone(marked: Marked) -> None:
    reading = marked(f"قالت {UK} إن {IRAN} شحنت صواريخ إلى {SYRIA}. ونفت {IRAN} بيع النفط.")
    claim = said(reading, "s1", "uk", Modality.ASSERTED, "إيران شحنت صواريخ إلى سوريا")
    denial = said(reading, "s2", "iran", Modality.DENIED, "ونفت إيران بيع النفط", "بيع النفط")
    assert told(reading, claim, denial).transfers[0].denied_by == ()


def test_a_headline_that_repeats_the_body_is_joined_to_it(marked: Marked) -> None:
    text = f"{IRAN} ترسل صواريخ إلى {SYRIA}\n\nقالت {UK} إن {IRAN} أرسلت أكثر من 20 صاروخا إلى {SYRIA} أمس."
    reading = marked(text)
    (transfer,) = told(reading).transfers
    assert transfer.quantity is not None
    assert transfer.span.start > reading.article.text.index("\n")


def test_an_aid_agency_that_reports_an_arrival_sent_it(marked: Marked) -> None:
    reading = marked("قالت {agency:InternationalOrganization|المنظمة} إن شحنة من القمح وصلت إلى {yemen:State|اليمن}.")
    claim = said(reading, "s1", "agency", Modality.ASSERTED, "شحنة من القمح وصلت إلى اليمن")
    (transfer,) = told(reading, claim).transfers
    assert transfer.sender == ("agency",)


def test_a_statement_made_at_a_meeting_leads_to_it(marked: Marked) -> None:
    reading = marked("قال {ali:Person|علي} خلال لقاء مع {sami:Person|سامي} إن الوضع هادئ.")
    words = said(reading, "s1", "ali", Modality.ASSERTED, "قال علي خلال لقاء مع سامي إن الوضع هادئ", "الوضع هادئ")
    assert told(reading, words).statements[0].made_at == "m1"


def test_a_denial_in_its_own_words_is_about_the_transfer_that_was_claimed(marked: Marked) -> None:
    reading = marked(f"قالت {UK} إن {IRAN} أرسلت 300 صاروخ إلى {SYRIA}. ونفت {IRAN} إرسال أي صواريخ إلى {SYRIA}.")
    claim = said(reading, "s1", "uk", Modality.ASSERTED, "إيران أرسلت 300 صاروخ إلى سوريا")
    denial = said(reading, "s2", "iran", Modality.DENIED, "إرسال أي صواريخ إلى سوريا")
    (transfer,) = told(reading, claim, denial).transfers
    assert (transfer.claimed_by, transfer.denied_by) == (("uk",), ("iran",))
    assert transfer.quantity is not None


def test_a_heading_adds_no_claimants_to_the_body(marked: Marked) -> None:
    reading = marked(
        f"{UK}: {IRAN} ترسل صواريخ إلى {SYRIA}\n\nوأكد {{ali:Person|علي}} أن {IRAN} أرسلت صواريخ إلى {SYRIA}."
    )
    above = said(reading, "s1", "uk", Modality.ASSERTED, "إيران ترسل صواريخ إلى سوريا")
    body = said(reading, "s2", "ali", Modality.ASSERTED, "إيران أرسلت صواريخ إلى سوريا")
    (transfer,) = told(reading, above, body).transfers
    assert transfer.claimed_by == ("ali",)


def test_what_is_given_in_return_is_the_transfer_told_before(marked: Marked) -> None:
    text = f"أرسلت {IRAN} صواريخ إلى {SYRIA}. وحصلت {IRAN} على قمح من {SYRIA} مقابل الصواريخ."
    first, second = told(marked(text)).transfers
    assert (first.kind, second.kind) == ("missiles", "food")
    assert second.in_return_for == (first.id,)


def test_claims_that_differ_stay_two_transfers(marked: Marked) -> None:
    reading = marked(
        f"قالت {UK} إن {IRAN} أرسلت صواريخ إلى {SYRIA}. وقال {{ali:Person|علي}} إن {IRAN} باعت {SYRIA} صواريخ."
    )
    one = said(reading, "s1", "uk", Modality.ASSERTED, "إيران أرسلت صواريخ إلى سوريا")
    other = said(reading, "s2", "ali", Modality.ASSERTED, "إيران باعت سوريا صواريخ")
    assert [t.claimed_by for t in told(reading, one, other).transfers] == [("uk",), ("ali",)]


@pytest.mark.parametrize(
    ("office", "sender"),
    [("المتحدث باسم برنامج الأغذية العالمي", ["برنامج الأغذية العالمي"]), ("الكاتب الصحفي", [])],
)
def test_a_spokesman_tells_of_what_his_organisation_brings(office: str, sender: list[str]) -> None:
    text = f"قال {office} سمير نادر إن شحنة من القمح وصلت إلى سوريا."
    found = extract(Article("a", "a.txt", text, ""))
    names = {entity.id: entity.label_ar for entity in found.entities}
    assert [[names[ident] for ident in t.sender] for t in found.transfers] == [sender]
