from __future__ import annotations

from kg.gazetteer.entry import Demonym, Entry
from kg.gazetteer.inflect import agreeing, completed, inflections, with_article
from kg.model import EntityType


def test_a_demonym_has_every_gender_number_and_case_and_its_broken_plural() -> None:
    forms = inflections(Demonym("روسي", ("روس",)))
    assert {"روسي", "روسية", "روسيون", "روسيين", "روسيان", "روسيات", "روسيا", "روس"} <= set(forms)


def test_both_words_of_a_demonym_take_the_ending_and_the_article() -> None:
    demonym = Demonym("كوري شمالي", ("كوريون شماليون",))
    assert "كورية شمالية" in inflections(demonym)
    assert "كوريين شماليين" in inflections(demonym)
    assert agreeing(demonym, "f") == "الكورية الشمالية"
    assert with_article("كوري شمالي") == "الكوري الشمالي"


def test_a_body_is_named_by_the_demonym_that_agrees_with_its_head_and_by_the_states_name() -> None:
    state = Entry("latvia", EntityType.STATE, "لاتفيا", demonyms=(Demonym("لاتفي"),))
    assert list(completed("وزارة الدفاع", "f", state)) == ["وزارة الدفاع اللاتفية", "وزارة الدفاع في لاتفيا"]
    assert list(completed("رئيس", "m", state)) == ["الرئيس اللاتفي", "رئيس لاتفيا"]


def test_a_head_that_is_no_name_of_its_own_takes_the_demonym_only() -> None:
    state = Entry("latvia", EntityType.STATE, "لاتفيا", demonyms=(Demonym("لاتفي"),))
    assert list(completed("دفاع", "f!", state)) == ["الدفاع اللاتفية"]
