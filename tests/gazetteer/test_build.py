from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.gazetteer import tables
from kg.gazetteer.build import build
from kg.gazetteer.load import gazetteer_dir, load
from kg.gazetteer.places import slug
from kg.model import EntityType

SOURCES = Path(__file__).resolve().parents[2].parent / "shared" / "gazetteer"


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the sources (../shared/gazetteer) are not here")
def test_a_rebuild_gives_the_shipped_tables_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / "gazetteer"
    shutil.copytree(gazetteer_dir(), folder)
    shutil.rmtree(folder / "derived")
    build(SOURCES, folder)
    shipped, built = (sorted((each / "derived").glob("*.tsv")) for each in (gazetteer_dir(), folder))
    assert [file.name for file in built] == [file.name for file in shipped] != []
    for one, other in zip(built, shipped, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_it_holds_two_thousand_actors_and_places_under_ten_thousand_names() -> None:
    gazetteer = load()
    counted = [entry for entry in gazetteer if entry.type not in (EntityType.WEAPON, EntityType.EVENT)]
    assert len(counted) >= 2000
    assert sum(len({*e.names_ar, *e.short_ar, *e.names_en}) for e in counted) >= 10_000


def test_every_capital_stands_for_its_state() -> None:
    gazetteer = load()
    capitals = [entry for entry in gazetteer if entry.key.endswith(".capital")]
    assert len(capitals) > 180
    for capital in capitals:
        state = gazetteer.get(capital.metonym_of or "")
        assert state is not None
        assert state.type in (EntityType.STATE, EntityType.PLACE)


def test_a_line_reads_back_as_the_entry_it_was_written_from() -> None:
    gazetteer = load()
    for key in ("russia", "vladimir-putin", "russia.capital", "un-security-council"):
        entry = gazetteer.entries[key]
        cells = tables.line(entry).rstrip("\n").split("\t")
        assert tables.entry(dict(zip(tables.COLUMNS, cells, strict=True))) == entry


def test_keys_are_plain_letters() -> None:
    assert slug("São Tomé", "and Príncipe") == "sao-tome-and-principe"
    assert slug("N'Djamena") == "n-djamena"
