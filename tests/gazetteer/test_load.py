from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.gazetteer.load import load, version
from kg.model import EntityType


def test_entries_come_with_their_names_and_offices(folder: Path) -> None:
    gazetteer = load(folder)
    person = gazetteer.get("rufus-firefly")
    assert person is not None
    assert person.short_ar == ("فايرفلاي",)
    assert [(office.role, office.of, office.start, office.end) for office in person.offices] == [
        ("president", "freedonia", "1933-11", "")
    ]


def test_offices_and_bodies_of_a_state_are_composed_when_asked_for(folder: Path, add: Callable[..., None]) -> None:
    add("items.tsv", "president@freedonia\tQ1000000\ta stored query result")
    gazetteer = load(folder)
    office, ministry = gazetteer.get("president@freedonia"), gazetteer.get("foreign-ministry@freedonia")
    assert office is not None
    assert ministry is not None
    assert (office.type, office.label_ar, office.wikidata) == (EntityType.ROLE, "الرئيس الفريدوني", "Q1000000")
    assert (ministry.type, ministry.label_ar) == (EntityType.GOVERNMENT_BODY, "وزارة الخارجية الفريدونية")
    assert "الخارجية الفريدونية" in ministry.aliases_ar
    assert gazetteer.by_wikidata["Q1000000"] == office
    assert gazetteer.get("president@sylvania") is None


def test_an_item_of_items_tsv_reaches_its_entry_with_its_source(folder: Path, add: Callable[..., None]) -> None:
    add("items.tsv", "rufus-firefly\tQ1000001\ta stored query result")
    person = load(folder).by_wikidata["Q1000001"]
    assert (person.key, person.source) == ("rufus-firefly", "a stored query result")


def test_a_merged_item_leads_to_the_one_it_was_merged_into(folder: Path, add: Callable[..., None]) -> None:
    add("items.tsv", "rufus-firefly\tQ1000001\ta stored query result")
    add("qid_history.tsv", "Q1000001\tQ1000002\t2026-01-05\tredirect", "Q1000002\tQ1000003\t2026-02-05\tredirect")
    gazetteer = load(folder)
    assert gazetteer.current("Q1000001") == "Q1000003"
    assert gazetteer.by_wikidata["Q1000003"].key == "rufus-firefly"
    assert gazetteer.current("Q7") == "Q7"


def test_names_learnt_later_join_the_aliases(folder: Path, add: Callable[..., None]) -> None:
    add("names.tsv", "freedonia\tفريدونيه الحرة\tFree State of Freedonia\tWikidata")
    state = load(folder).get("freedonia")
    assert state is not None
    assert "فريدونيه الحرة" in state.aliases_ar
    assert "Free State of Freedonia" in state.aliases_en


def test_the_days_of_a_life_join_its_entry(folder: Path, add: Callable[..., None]) -> None:
    add("lifespans.tsv", "rufus-firefly\t1890-02-03\t\tpublic record", "freedonia\t\t1934-12-31\tpublic record")
    gazetteer = load(folder)
    assert gazetteer.entries["rufus-firefly"].exists_from == date(1890, 2, 3)
    assert gazetteer.entries["freedonia"].exists_until == date(1934, 12, 31)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("harpo\t1890-02-03\t\tx", "names no entry: harpo"),
        ("freedonia\t1890\t\tx", "freedonia: Invalid isoformat"),
        ("freedonia\t1934-12-31\t1890-02-03\tx", "not a span"),
        ("freedonia\t\t\tx", "not a span"),
    ],
)
def test_a_life_is_one_of_an_entry_and_ends_after_it_begins(
    folder: Path, add: Callable[..., None], line: str, told: str
) -> None:
    add("lifespans.tsv", line)
    with pytest.raises(GazetteerError, match=told):
        load(folder)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("freedonia\tState\tأخرى\tOther\t\t\t\t\t\t", "twice"),
        ("a\tState\tأ", "3 cells, the header has 10"),
        ("a\tKingdom\tأ\tA\t\t\t\t\t\t", "Kingdom is no entity type"),
        ("a\tPerson\tأ\tA\t\t\t\tsylvania\t\t", "refers to sylvania"),
        ("a\tPerson\tأ\tA\t\t\t\t\t\tpresident", "not an office"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_with_its_place(
    folder: Path, add: Callable[..., None], line: str, told: str
) -> None:
    add("curated/entries.tsv", line)
    with pytest.raises(GazetteerError, match=told):
        load(folder)


def test_the_version_changes_with_any_table(folder: Path, add: Callable[..., None]) -> None:
    before = version(folder)
    add("names.tsv", "freedonia\tفريدونيه\t\tWikidata")
    assert version(folder) != before


def test_an_office_is_held_to_the_precision_of_both_dates(folder: Path) -> None:
    person = load(folder).get("rufus-firefly")
    assert person is not None
    (office,) = person.offices
    assert office.held_on("1933-11-17")
    assert office.held_on("1933")
    assert not office.held_on("1933-10-31")
