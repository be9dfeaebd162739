"""A dump-shaped file of a few hundred lines, made here: items of chosen and other classes, properties, broken lines."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import GazetteerError
from kg.gazetteer import dump, tables
from kg.gazetteer.dump import Progress, from_dump
from kg.gazetteer.load import load
from kg.model import EntityType

CLASSES = {"Q5": EntityType.PERSON, "Q192283": EntityType.NEWS_AGENCY}


def value(item: str) -> dict[str, Any]:
    return {"mainsnak": {"datavalue": {"value": {"id": item}}}, "rank": "normal"}


def moment(day: str, precision: int) -> list[dict[str, Any]]:
    return [{"datavalue": {"value": {"time": f"+{day}T00:00:00Z", "precision": precision}}}]


def person(number: int) -> dict[str, Any]:
    return {
        "type": "item",
        "id": f"Q{900_000 + number}",
        "labels": {"ar": {"value": f"شخص رقم {number}"}, "en": {"value": f"Person {number}"}},
        "aliases": {"ar": [{"value": f"فلان {number}"}, {"value": "اسم | بخط"}]},
        "claims": {
            "P31": [value("Q5")],
            "P27": [value("Q1000")],
            "P39": [
                {
                    **value("Q1001"),
                    "qualifiers": {"P580": moment("1933-11-17", 11), "P582": moment("1934-00-00", 9)},
                }
            ],
        },
    }


def agency(number: int) -> dict[str, Any]:
    return {
        "type": "item",
        "id": f"Q{800_000 + number}",
        "labels": {"ar": {"value": f"وكالة {number}"}},
        "claims": {"P31": [value("Q192283")]},
    }


def other(number: int) -> dict[str, Any]:
    return {
        "type": "item",
        "id": f"Q{700_000 + number}",
        "labels": {"ar": {"value": "نهر"}},
        "claims": {"P31": [value("Q4022")]},
    }


def lines() -> list[str]:
    entities = [make(number) for number in range(100) for make in (person, agency, other)]
    nameless = {**person(500), "labels": {"en": {"value": "No Arabic name"}}}
    idle = {**person(501), "claims": {"P31": [value("Q5")]}}
    lexical = {"type": "property", "id": "P31", "labels": {}, "claims": {"P1": [value("Q5")]}}
    texts = [json.dumps(entity, ensure_ascii=False) for entity in (*entities, nameless, idle, lexical)]
    return ["[", *(f"{text}," for text in texts), '{"id": "Q5", "type": "item", "claims": {"P31": [', "]"]


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "latest-all.json.gz"
    path.write_bytes(gzip.compress("\n".join(lines()).encode()))
    return path


@pytest.fixture
def known(folder: Path, add: Callable[..., None]) -> Path:
    add("items.tsv", "freedonia\tQ1000\ta source", "president@freedonia\tQ1001\ta source")
    return folder


def test_items_of_the_chosen_classes_become_entries(written: Path, known: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.tsv"
    progress = from_dump(written, output, CLASSES, load(known))
    entries = {row["key"]: tables.entry(row) for row in tables.rows(output)}
    assert (progress.kept, len(entries)) == (200, 200)
    found = entries["q900007"]
    assert (found.type, found.label_ar, found.label_en) == (EntityType.PERSON, "شخص رقم 7", "Person 7")
    assert found.aliases_ar == ("فلان 7", "اسم بخط")
    assert found.country == "freedonia"
    assert [(o.role, o.of, o.start, o.end) for o in found.offices] == [("president", "freedonia", "1933-11-17", "1934")]
    assert found.source == "Wikidata dump latest-all.json.gz"
    assert not output.with_name("out.tsv.progress").exists()


def test_a_broken_line_is_counted_named_and_skipped(written: Path, known: Path, tmp_path: Path) -> None:
    progress = from_dump(written, tmp_path / "out.tsv", CLASSES, load(known))
    assert (progress.broken, progress.broken_lines) == (1, [305])


def test_what_the_gazetteer_holds_gets_no_second_entry(
    written: Path, known: Path, add: Callable[..., None], tmp_path: Path
) -> None:
    add("items.tsv", "rufus-firefly\tQ900003\ta source")
    load.cache_clear()
    progress = from_dump(written, tmp_path / "out.tsv", CLASSES, load(known))
    assert (progress.kept, progress.held) == (199, 1)


@pytest.mark.parametrize("suffix", ["", ".bz2"])
def test_plain_and_bz2_dumps_read_alike(written: Path, known: Path, tmp_path: Path, suffix: str) -> None:
    text = gzip.decompress(written.read_bytes())
    path = tmp_path / f"latest-all.json{suffix}"
    path.write_bytes(bz2.compress(text) if suffix else text)
    progress = from_dump(path, tmp_path / "out.tsv", CLASSES, load(known))
    assert progress.kept == 200


def test_a_run_that_was_stopped_goes_on_and_ends_with_the_same_bytes(
    written: Path, known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dump, "SAVE_EVERY", 10)
    whole, halted = tmp_path / "whole.tsv", tmp_path / "halted.tsv"
    from_dump(written, whole, CLASSES, load(known))

    def stop(progress: Progress) -> None:
        if progress.lines == 150:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        from_dump(written, halted, CLASSES, load(known), stop)
    with halted.open("a", encoding="utf-8") as file:
        file.write("half a row")
    resumed = from_dump(written, halted, CLASSES, load(known))
    assert halted.read_bytes() == whole.read_bytes()
    assert resumed.kept == 200


def test_a_dump_cut_off_in_the_middle_can_be_gone_on_with(written: Path, known: Path, tmp_path: Path) -> None:
    whole = written.read_bytes()
    written.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(GazetteerError, match="run it again"):
        from_dump(written, tmp_path / "out.tsv", CLASSES, load(known))
    written.write_bytes(whole)
    assert from_dump(written, tmp_path / "out.tsv", CLASSES, load(known)).kept == 200
