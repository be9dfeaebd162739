"""Names looked up on their own: spellings, particles, titles, likeness, and what stays unlinked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.gazetteer.entry import Demonym, Entry
from kg.link.index import NameIndex
from kg.model import EntityType

ENTRIES = (
    Entry("velonia", EntityType.STATE, "فيلونيا", "Velonia", "Q1", ("جمهورية فيلونيا",), demonyms=(Demonym("فيلوني"),)),
    Entry("velonia.capital", EntityType.PLACE, "دار السلام الكبرى", "", "Q2", metonym_of="velonia"),
    Entry(
        "hasan", EntityType.PERSON, "حسن البرغوشي", "Hasan Barghushi", "Q3", short_ar=("البرغوشي",), country="velonia"
    ),
    Entry("stepan", EntityType.PERSON, "ستيبان غولوفكين", "Stepan Golovkin", "Q4", country="velonia"),
    Entry("nahr", EntityType.MEDIA_OUTLET, "صحيفة النهر", "The River", "Q5", ("النهر",)),
    Entry("twin-a", EntityType.PLACE, "الواحة", "", "Q6"),
    Entry("twin-b", EntityType.PLACE, "الواحة", "", "Q7"),
    Entry("almandia", EntityType.STATE, "ألمنديا", "", "Q8"),
)
INDEX = NameIndex(ENTRIES)


@pytest.mark.parametrize(
    ("name", "key", "how"),
    [
        ("فيلونيا", "velonia", "exact"),
        ("وفيلونيا", "velonia", "folded"),
        ("لفيلونيا", "velonia", "folded"),
        ("فيلونية", "velonia", "joined"),
        ("الفيلونية", "velonia", "demonym"),
        ("دار السلام الكبرى", "velonia.capital", "exact"),
        ("دارالسلام الكبري", "velonia.capital", "joined"),
        ("مدينة دار السلام الكبرى", "velonia.capital", "folded"),
        ("الرئيس حسن البرغوشي", "hasan", "folded"),
        ("البرغوشي", "hasan", "short"),
        ("حسن عبد القادر البرغوشي", "hasan", "middle"),
        ("حَسَن البرغوشيّ", "hasan", "folded"),
        ("ستيبان جولوفكين", "stepan", "fuzzy"),
        ("الوزير ستيبن غولوفكين", "stepan", "fuzzy"),
        ("النهر", "nahr", "exact"),
        ("Stepan Golovkin", "stepan", "exact"),
    ],
)
def test_a_variant_finds_its_entry(name: str, key: str, how: str) -> None:
    lookup = INDEX.find(name)
    assert lookup.entry is not None
    assert (lookup.entry.key, lookup.normalisation) == (key, how)
    assert lookup.best is not None
    assert 0 < lookup.best.score <= 1


@pytest.mark.parametrize(
    "name",
    [
        "حسين البرغوشي",
        "ستيبان غوريتسكين",
        "فيلوت",
        "",
        "   ",
        "ًٌٍ",
        "و",
        "ال",
        "الواحة",
        "منديا",
        "ق" * 10_000,
        "\u202e\u202d",
    ],
)
def test_what_is_not_held_is_not_linked(name: str) -> None:
    assert INDEX.find(name).entry is None


def test_two_entries_of_one_name_are_both_told() -> None:
    assert {candidate.key for candidate in INDEX.find("الواحة").tried} == {"twin-a", "twin-b"}


def test_a_type_narrows() -> None:
    assert INDEX.find("النهر", frozenset({EntityType.PERSON})).entry is None


def test_another_country_is_another_person() -> None:
    assert INDEX.find("ستيبان غولوفكين", country="almandia").entry is None


def test_the_nearest_that_were_not_taken_are_kept() -> None:
    assert "stepan" in {candidate.key for candidate in INDEX.find("ستيبان غوريتسكين").tried}


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_any_name_is_looked_up(name: str) -> None:
    lookup = INDEX.find(name)
    assert (lookup.best is None) == (lookup.entry is None)
