"""Every named query, asked of the sample articles, answers what a reader of them would.

`expected/NAME.json` holds the values given, and the rows without the columns of IRIs that hash a text. They were
checked against the articles by reading; `khabar query NAME --format json` shows what has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.ingest import ingest
from kg.named_queries import load
from kg.query import actor_finder, run, select_iris
from kg.rdf.vocab import ONTOLOGY
from kg.read import read_sources
from kg.resources import data_dir
from kg.store import open_current

EXPECTED = Path(__file__).parent / "expected"
REAL = Path(__file__).resolve().parents[3] / "shared" / "articles"

Opened = tuple[ox.Store, str]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    db = tmp_path_factory.mktemp("samples")
    assert ingest(db, read_sources([data_dir() / "samples"]), jobs=1).fine
    with open_current(db) as (version, graph):
        yield graph, version.base


def rows(opened: Opened, name: str, values: dict[str, str]) -> list[dict[str, str]]:
    graph, base = opened
    result = run(graph, load()[name].bind(values, actor_finder(base, select_iris(graph))))
    assert isinstance(result, ox.QuerySolutions)
    names = [variable.value for variable in result.variables]
    return [{key: shown for key in names if (shown := _shown(row[key], base)) is not None} for row in result]


def _shown(term: Any, base: str) -> str | None:
    if isinstance(term, ox.NamedNode):
        if term.value.startswith(base + "actor/Q"):
            return term.value.removeprefix(base)
        if term.value.startswith(base) and not term.value.startswith(ONTOLOGY):
            return None
        return term.value.removeprefix(ONTOLOGY)
    return None if term is None else str(term.value)


def given(opened: Opened, values: dict[str, Any]) -> dict[str, str]:
    """The values with `{"from": [query, values, column]}` replaced by that column of the query's first row."""
    graph, base = opened
    filled: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, dict):
            query, inner, column = value["from"]
            result = run(graph, load()[query].bind(inner, actor_finder(base, select_iris(graph))))
            assert isinstance(result, ox.QuerySolutions)
            value = next(iter(result))[column].value
        filled[name] = value
    return filled


def test_every_named_query_has_its_expected_rows() -> None:
    assert {path.stem for path in EXPECTED.glob("*.json")} == set(load())


@pytest.mark.parametrize("name", sorted(load()))
def test_named_query_answers_as_expected_on_the_samples(samples: Opened, name: str) -> None:
    expected = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    assert rows(samples, name, given(samples, expected["values"])) == expected["rows"]
    assert expected["rows"], "an expected answer without rows would hold for a query that finds nothing"


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/articles is not here")
def test_every_named_query_runs_on_the_real_articles(tmp_path: Path) -> None:
    summary = ingest(tmp_path, read_sources([REAL]), jobs=1)
    assert summary.fine
    silent = set()
    with open_current(tmp_path) as (version, graph):
        opened = (graph, version.base)
        for name in load():
            values = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))["values"]
            required = {p.name for p in load()[name].parameters if p.required}
            asked = {key: value for key, value in values.items() if key in required}
            if name == "transfer-evidence":
                asked = {"transfer": {"from": ["transfers-between", {}, "transfer"]}}
            if not rows(opened, name, given(opened, asked)):
                silent.add(name)
    assert silent <= {"changed-position"}, "only a change of position need not occur in a handful of articles"
