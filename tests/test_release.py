"""A release is named by all that decides an article's graph."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import release, resources


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("kg/text", "kg/data/samples", "ontology", "shapes"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "kg/text/fold.py").write_text("a = 1\n")
    (tmp_path / "kg/cli.py").write_text("b = 1\n")
    (tmp_path / "kg/data/months.tsv").write_text("آذار\t3\n")
    (tmp_path / "kg/data/samples/one.txt").write_text("خبر")
    monkeypatch.setattr(resources, "data_dir", lambda: tmp_path / "kg/data")
    monkeypatch.setattr(resources, "ontology_dir", lambda: tmp_path / "ontology")
    monkeypatch.setattr(resources, "shapes_dir", lambda: tmp_path / "shapes")
    return tmp_path


def named() -> str:
    release._installed.cache_clear()
    try:
        return release.release_id()
    finally:
        release._installed.cache_clear()


def test_it_has_the_version_and_a_hash() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\+[0-9a-f]{12}", release.release_id())
    assert release.release_id() == release.release_id()


@pytest.mark.parametrize("changed", ["kg/text/fold.py", "kg/data/months.tsv", "shapes/new.ttl", "ontology/khabar.ttl"])
def test_code_data_ontology_and_shapes_change_it(installed: Path, changed: str) -> None:
    before = named()
    with (installed / changed).open("a") as file:
        file.write("# more\n")
    assert named() != before


@pytest.mark.parametrize(
    "changed", ["kg/cli.py", "kg/data/samples/one.txt", "kg/text/__pycache__/fold.pyc", "kg/text/fold.cpython-311.so"]
)
def test_what_touches_no_graph_does_not(installed: Path, changed: str) -> None:
    before = named()
    (installed / changed).parent.mkdir(exist_ok=True)
    (installed / changed).write_bytes(b"other")
    assert named() == before
