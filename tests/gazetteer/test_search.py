"""Names on their own: any spelling finds its entry, no neighbour is taken for it, and what is no name finds nothing."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from kg.gazetteer.load import Gazetteer, load
from kg.gazetteer.search import Search, heads, search, sounds_alike
from kg.model import EntityType

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "gazetteer" / "ar_variants_labelled.tsv"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load()


def certain(name: str, *types: EntityType) -> str | None:
    match = search().certain(name, types or None)
    return match.entry.key if match else None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("فلاديمير بوتين", "vladimir-putin"),
        ("وفلاديمير بوتين", "vladimir-putin"),
        ("فلادمير بوتين", "vladimir-putin"),
        ("Vladimir Putin", "vladimir-putin"),
        ("بيونغ يانغ", "north-korea.capital"),
        ("بيونغيانغ", "north-korea.capital"),
        ("للأمم المتحدة", "united-nations"),
        ("والأوكرانيون", "ukraine"),
        ("صحيفة نيو يورك تايمز", "new-york-times"),
        ("\u202bروسـيا\u202c", "russia"),
    ],
)
def test_any_spelling_finds_its_entry(name: str, key: str) -> None:
    assert certain(name) == key


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "و",
        "ولل",
        "ًٌٍ",
        "\u202e\u202d",
        "🙂",
        "12",
        "بوتين " * 2000,
        "فلاديمير كوزنتسوف",
        "كيم سانغ هون",
        "القوات المسلحة المريخية",
    ],
)
def test_what_names_nobody_known_finds_nobody(name: str) -> None:
    assert certain(name) is None


def test_a_type_keeps_others_out() -> None:
    assert certain("فلاديمير بوتين", EntityType.STATE) is None
    assert certain("روسيا", EntityType.STATE) == "russia"


@pytest.mark.parametrize(
    ("gone", "name"),
    [
        ("armed-forces@france", "القوات المسلحة الفرنسية"),
        ("cameroon", "الكاميرون"),
        ("afghanistan.capital", "كابل"),
        ("dawa-party", "لحزب الدعوة الإسلامية"),
        ("france.capital", "باريس"),
    ],
)
def test_a_neighbour_is_not_taken_for_an_entry_that_is_missing(gazetteer: Gazetteer, gone: str, name: str) -> None:
    rest = {key: entry for key, entry in gazetteer.entries.items() if key != gone}
    poorer = Search(replace(gazetteer, entries=rest), heads())
    assert certain(name) == gone or gone == "afghanistan.capital"
    assert poorer.certain(name) is None


def test_candidates_come_best_first_and_each_once() -> None:
    found = search().find("كيم جونغ", limit=20)
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len({match.entry.key for match in found}) == len(found)
    assert all(0 <= match.score <= 1 for match in found)


def test_suggestions_begin_with_what_was_typed() -> None:
    assert "vladimir-putin" in [entry.key for entry in search().starting("فلاديمير ب")]
    assert search().starting("") == []


def test_one_word_may_be_a_letter_away_and_no_more() -> None:
    assert sounds_alike("سيرغي لافروف", "سيرجي لافروف")
    assert sounds_alike("ريكس تيلرسون", "ريكس تيليرسون")
    assert not sounds_alike("الدعوه الاسلاميه", "الدوله الاسلاميه")
    assert not sounds_alike("كيم يونغ هو", "كيم جونغ اون")


def figures(rows: list[tuple[str, str]], found: dict[str, str | None]) -> tuple[float, float]:
    """The shares of correct and of wrong links among those who are somebody."""
    seen = Counter(
        "none" if found[name] is None else "correct" if found[name] == key else "wrong" for name, key in rows if key
    )
    return seen["correct"] / seen.total(), seen["wrong"] / seen.total()


def test_our_own_variants_keep_their_level() -> None:
    with (ROOT / "bench" / "variants.tsv").open(encoding="utf-8", newline="") as file:
        rows = [(row["variant"], row["key"]) for row in csv.DictReader(file, delimiter="\t")]
    found = {name: certain(name) for name, _ in rows}
    correct, wrong = figures(rows, found)
    assert len(rows) >= 1000
    assert correct >= 0.88
    assert wrong <= 0.01
    assert sum(found[name] is not None for name, key in rows if not key) <= 0.02 * len(rows)


def test_the_second_half_of_the_shared_variants_keeps_its_level(gazetteer: Gazetteer) -> None:
    if not SHARED.is_file():
        pytest.skip("the labelled variants (../shared/gazetteer) are not here")
    with SHARED.open(encoding="utf-8", newline="") as file:
        labelled = list(csv.DictReader(file, delimiter="\t"))[1::2]
    known = gazetteer.by_wikidata
    rows = [(row["variant"], known[row["qid"]].key if row["qid"] in known else "?") for row in labelled]
    correct, wrong = figures(rows, {name: certain(name) for name, _ in rows})
    assert correct >= 0.90
    assert wrong <= 0.01
