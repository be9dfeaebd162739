"""Rules that span articles find, in what ingest stored, what the gazetteer's days and other articles contradict."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from kg.cli import khabar

SPEAKER = "Across-speaker-dead"
PARTY = "Across-party-unborn"
ARTICLES = {
    "قال الأمين العام الأسبق للأمم المتحدة كوفي أنان يوم الأحد إن شحنات السلاح تطيل أمد الحرب.": SPEAKER,
    "قال الأمين العام الأسبق للأمم المتحدة كوفي أنان في عام 1999 إن شحنات السلاح تطيل أمد الحرب.": None,
    "قال الأمين العام للأمم المتحدة أنطونيو غوتيريش يوم الأحد إن شحنات السلاح تطيل أمد الحرب.": None,
    "وقعت الصين وجنوب السودان معاهدة دفاع مشترك في 5 مارس 2004.": PARTY,
    "وقعت الصين وجنوب السودان معاهدة دفاع مشترك في 5 مارس 2014.": None,
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules across articles that are broken in each article, by its file's name."""
    folder = tmp_path_factory.mktemp("across")
    articles = folder / "articles"
    articles.mkdir()
    for number, text in enumerate(ARTICLES):
        (articles / f"{number}.txt").write_text(f"خبر\n\n{text}\n", "utf-8")
        sidecar = {"published": "2024-03-05", "url": f"https://news.example/{number}"}
        (articles / f"{number}.json").write_text(json.dumps(sidecar), "utf-8")
    ingested = call("ingest", articles, "--db", folder / "db")
    assert "5 articles written" in ingested
    report = json.loads(call("validate", "--db", folder / "db", "--format", "json"))
    rules: dict[str, list[str]] = {}
    for result in report["results"]:
        if "#Across-" in result["shape"]:
            rules.setdefault(result["file"], []).append(result["shape"].rpartition("#")[2])
    return rules


def call(*words: object) -> str:
    ran = CliRunner().invoke(khabar, [str(word) for word in words])
    assert ran.exit_code == 0, ran.output
    return ran.output if words[0] == "ingest" else ran.stdout


@pytest.mark.parametrize("number", range(len(ARTICLES)))
def test_only_what_cannot_have_been_is_reported(found: dict[str, list[str]], number: int) -> None:
    expected = list(ARTICLES.values())[number]
    assert found.get(f"{number}.txt", []) == ([expected] if expected else [])
