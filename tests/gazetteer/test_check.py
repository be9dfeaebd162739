from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.gazetteer import check
from kg.gazetteer.load import gazetteer_dir, load

SOURCES = Path(__file__).resolve().parents[2].parent / "shared" / "gazetteer"


def kinds(folder: Path) -> set[str]:
    return {problem.kind for problem in check.itself(load(folder), folder)}


def test_a_sound_gazetteer_has_no_problem(folder: Path) -> None:
    assert check.itself(load(folder), folder) == []


@pytest.mark.parametrize(
    ("table", "line", "kind"),
    [
        ("items.tsv", "freedonia\tQ12x\ta source", "item"),
        ("items.tsv", "freedonia\tQ12\t", "source"),
        ("items.tsv", "sylvania\tQ12\ta source", "key"),
        ("curated/entries.tsv", "b\tPlace\tجمهورية فريدونيا\tB\t\t\t\t\t\t", "ambiguous"),
        ("curated/entries.tsv", "b\tPlace\tفريدونية\tB\t\t\t\t\t\t", "ambiguous"),
        ("curated/entries.tsv", "b\tPerson\tباء جيم\tB\t\t\t\t\t\tjester@freedonia:1930/1931", "office"),
        ("curated/entries.tsv", "b\tPerson\tباء جيم\tB\t\t\t\t\t\tpresident@freedonia:May/1931", "office"),
        ("curated/entries.tsv", "b\tPerson\tباء جيم\tB\t\t\t\t\t\tpresident@freedonia:1932/1931", "office"),
    ],
)
def test_each_kind_of_problem_is_found(
    folder: Path, add: Callable[..., None], table: str, line: str, kind: str
) -> None:
    add(table, line)
    assert kind in kinds(folder)


def test_one_item_for_two_entries_is_a_problem(folder: Path, add: Callable[..., None]) -> None:
    add("items.tsv", "freedonia\tQ12\ta source", "rufus-firefly\tQ12\ta source")
    assert kinds(folder) == {"doubled"}


def test_a_rule_settles_an_ambiguous_name(folder: Path, add: Callable[..., None]) -> None:
    add("curated/entries.tsv", "b\tPlace\tجمهورية فريدونيا\tB\t\t\t\t\t\t")
    add("ambiguous.tsv", "جمهورية فريدونيا\tfreedonia|b\tThe state.")
    assert kinds(folder) == set()


def test_short_names_may_be_shared_for_they_need_the_full_name_first(folder: Path, add: Callable[..., None]) -> None:
    add("curated/entries.tsv", "b\tPerson\tكاميل فايرفلاي\tB\t\tفايرفلاي\t\t\t\t")
    assert kinds(folder) == set()


def natural_earth(tmp_path: Path, item: str) -> Path:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "ne_countries10.tsv").write_text(f"qid\tiso2\ta3\ttype\n{item}\tFD\tFDN\tSovereign country\n")
    (sources / "country_coder.tsv").write_text("qid\tiso2\nQ12\tFD\n")
    (sources / "rigour_territories.tsv").write_text("qid\talpha3\tother_qids\nQ12\tfdn\t\n")
    (sources / "seed_core.tsv").write_text("qid\ttype\tlabel_ar\tlabel_en\taliases_ar\n")
    return sources


def test_sources_that_give_a_state_another_item_are_a_problem_until_it_is_decided(folder: Path, tmp_path: Path) -> None:
    table = folder / "curated" / "entries.tsv"
    table.write_text(
        "key\ttype\twikidata\tlabel_ar\tiso2\tsource\nfreedonia\tState\tQ12\tفريدونيا\tFD\tmade up\n", encoding="utf-8"
    )
    sources = natural_earth(tmp_path, "Q13")
    (problem,) = check.against_sources(load(folder), sources)
    assert (problem.kind, problem.about) == ("sources", "freedonia")
    assert "Q13" in problem.found
    table.write_text(table.read_text(encoding="utf-8").replace("made up", "country_coder.tsv FD"), encoding="utf-8")
    load.cache_clear()
    assert check.against_sources(load(folder), sources) == []


def test_the_shipped_gazetteer_agrees_with_itself() -> None:
    assert check.itself(load(), gazetteer_dir()) == []


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the sources (../shared/gazetteer) are not here")
def test_the_shipped_gazetteer_agrees_with_its_sources() -> None:
    assert check.against_sources(load(), SOURCES) == []
