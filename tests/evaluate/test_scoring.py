"""Evaluation: the figures on a small gold of our own, and equal to the evaluation script's on real annotation."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.errors import UsageError
from kg.evaluate import Gold, evaluate, read_gold, read_records
from kg.evaluate.identity import identity
from kg.evaluate.matching import date_fits, kind_fits, quantity_fits

SHARED = Path(__file__).resolve().parents[3] / "shared"

ENTITIES = (
    "key\twikidata\ttype\ten\tar\nminister\t\tPerson\tThe Minister\tالوزير\nagency\tQ1\tNewsAgency\tAgency\tالوكالة\n"
)


def gold_of(**article: Any) -> Gold:
    annotated = {"article": "a.txt", "actors": [], "statements": [], "transfers": [], "agreements": [], **article}
    identities = {"minister": identity(None, ["الوزير"]), "agency": identity("Q1", ["الوكالة"])}
    return Gold({"a": annotated}, identities)


def entity(ident: str, label: str, wikidata: str | None = None) -> dict[str, Any]:
    return {"id": ident, "type": "Person", "wikidata": wikidata, "label": {"ar": label}, "mentions": [[0, 5]]}


STATEMENT = {"id": "s1", "speaker": ["minister"], "chain": ["agency"], "modality": ["asserted"], "span": [[0, 40]]}
FOUND = {"id": "s1", "speaker": ["e1"], "chain": ["e2"], "modality": "asserted", "span": [2, 40], "rule": "say.verb"}
PEOPLE = [entity("e1", "الوزير"), entity("e2", "وكالة أخرى", "Q1")]


def test_a_right_statement_counts_with_its_attributes() -> None:
    gold = gold_of(actors=["minister", "agency"], statements=[STATEMENT])
    report = evaluate(gold, {"a": {"entities": PEOPLE, "statements": [FOUND]}})
    figures = report.as_json()
    assert figures["actors"] == {"tp": 2, "fp": 0, "fn": 0, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert figures["statements"]["f1"] == 1.0
    assert figures["statements"]["all_attributes_right_recall"] == 1.0
    assert report.problems == []
    assert (report.rules["say.verb"].right, report.rules["say.verb"].of) == (1, 1)


def test_each_error_is_listed_with_its_place_and_values() -> None:
    wrong = {**FOUND, "modality": "denied", "chain": []}
    extra = {**FOUND, "id": "s2", "span": [50, 80]}
    second = {**STATEMENT, "id": "s2", "span": [[100, 140]]}
    report = evaluate(
        gold_of(statements=[STATEMENT, second]), {"a": {"entities": PEOPLE, "statements": [wrong, extra]}}
    )
    listed = {(p.task, p.what, p.ident, p.attribute) for p in report.problems if p.task == "statements"}
    assert listed == {
        ("statements", "wrong", "s1", "modality"),
        ("statements", "wrong", "s1", "chain"),
        ("statements", "missed", "s2", None),
        ("statements", "extra", "s2", "say.verb"),
    }
    modality = next(p for p in report.problems if p.attribute == "modality")
    assert (modality.expected, modality.found, modality.span) == (["asserted"], "denied", (2, 40))


def test_a_second_piece_of_a_paired_item_is_not_charged_but_a_third_is() -> None:
    pieces = [{**FOUND, "id": f"s{n}", "span": [n * 10, n * 10 + 10]} for n in range(3)]
    report = evaluate(gold_of(statements=[STATEMENT]), {"a": {"entities": PEOPLE, "statements": pieces}})
    assert (report.counts["statements"].tp, report.counts["statements"].fp) == (1, 1)


def test_an_article_without_a_record_has_missed_everything() -> None:
    report = evaluate(gold_of(actors=["minister"], statements=[STATEMENT]), {})
    assert (report.counts["actors"].fn, report.counts["statements"].fn) == (1, 1)


@pytest.mark.parametrize(
    ("date", "accepted", "fits"),
    [
        ("2022-05-20", ["2022-05-20"], True),
        ("2022~", ["2022"], True),
        ("2022-05-20", ["2022-05"], True),
        ("2022-05-20", ["2022-05-19", "2022-05"], False),
        ("2022", ["2022-05"], False),
        (None, ["2022"], False),
        (None, [], True),
    ],
)
def test_dates_fit_as_they_stand_or_finer(date: str | None, accepted: list[str], fits: bool) -> None:
    assert date_fits(date, accepted) is fits


def test_a_specific_kind_answers_for_its_parent_only() -> None:
    assert kind_fits("missiles", ["arms"])
    assert not kind_fits("arms", ["missiles"])
    assert quantity_fits({"min": 5, "max": None, "unit": "missile"}, {"min": 5, "max": 6, "unit": "missile"})
    assert not quantity_fits({"min": 5, "max": None, "unit": "person"}, {"min": 5, "max": None, "unit": "missile"})


def test_gold_and_records_are_read_or_refused_with_the_place(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no gold"):
        read_gold(tmp_path)
    (tmp_path / "entities.tsv").write_text(ENTITIES, encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"article": "a.txt", "actors": []}), encoding="utf-8")
    (tmp_path / "other.json").write_text(json.dumps({"note": "not annotation"}), encoding="utf-8")
    gold = read_gold(tmp_path)
    assert list(gold.articles) == ["a"]
    assert gold.identities["agency"].wikidata == "Q1"
    with pytest.raises(UsageError, match="file:2"):
        read_records(['{"article": "a.txt"}', "{"], "file")


def _script() -> ModuleType:
    path = SHARED / "evaluation" / "score.py"
    if not path.is_file():
        pytest.skip("the evaluation script is not here (../shared/evaluation)")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


def _spoiled(gold: Gold, seed: int) -> list[dict[str, Any]]:
    """Records made from the annotation itself and then damaged at random."""
    rng = random.Random(seed)
    records = []
    for stem, annotated in gold.articles.items():
        keys = [key for key in gold.identities if rng.random() < 0.5]
        entities = [
            {
                "id": key,
                "type": rng.choice(["State", "Person", "Place"]),
                "wikidata": gold.identities[key].wikidata if rng.random() < 0.8 else None,
                "label": {"ar": next(iter(gold.identities[key].names), key)},
                "mentions": [[0, 3]],
            }
            for key in keys
        ]
        record: dict[str, Any] = {"article": f"{stem}.txt", "published": rng.choice([None, annotated.get("published")])}
        record["entities"] = entities
        for task in ("statements", "transfers", "agreements"):
            record[task] = [_damaged(frame, rng) for frame in annotated.get(task, []) if rng.random() < 0.8]
        records.append(record)
    return records


def _damaged(frame: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    start, end = frame["span"][0]
    found = {**frame, "span": [max(0, start + rng.randint(-30, 30)), end + rng.randint(31, 60)]}
    for name in ("modality", "kind", "status", "date"):
        if isinstance(found.get(name), list):
            found[name] = rng.choice([*found[name], "denied"])
    for name in ("speaker", "chain", "addressee", "sender", "recipient", "parties", "claimed_by", "denied_by"):
        members = [key for key in found.get(name, []) if rng.random() < 0.8]
        found[name] = rng.sample(members, len(members))
    return found


@pytest.mark.parametrize("seed", range(6))
def test_the_figures_equal_the_evaluation_scripts(seed: int, tmp_path: Path) -> None:
    script = _script()
    gold = read_gold(SHARED / "gold")
    records = _spoiled(gold, seed)
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    expected = script.score(SHARED / "gold", SHARED / "gold" / "entities.tsv", predictions)
    ours = evaluate(gold, read_records(predictions.read_text(encoding="utf-8").splitlines(), "predictions"))
    assert ours.as_json() == expected
