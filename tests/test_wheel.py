"""The wheel holds all that the commands need: installed in an empty environment outside the checkout, the demo runs."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    ran = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-2000:] + ran.stderr[-4000:]
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    (built,) = out.glob("khabar-*.whl")
    return built


@pytest.mark.slow
def test_wheel_carries_every_data_file_of_the_checkout(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    packaged = {
        "ontology": "kg/_data/ontology",
        "shapes": "kg/_data/shapes",
        "tests/shapes/examples": "kg/_data/examples",
    }
    for folder, inside in packaged.items():
        for file in (ROOT / folder).rglob("*"):
            if file.is_file():
                assert f"{inside}/{file.relative_to(ROOT / folder)}" in packed
    for folder in ("kg/data", "kg/queries", "server/templates", "server/static"):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert str(file.relative_to(ROOT)) in packed


@pytest.mark.slow
def test_demo_runs_from_the_wheel_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    run(tmp_path / "env" / "bin" / "pip", "install", "--quiet", wheel, cwd=tmp_path)
    printed = run(tmp_path / "env" / "bin" / "khabar", "demo", "--no-serve", "--db", tmp_path / "data", cwd=tmp_path)
    assert re.search(r"│ statement +│ تصريح +│ [1-9][0-9]+ +│", printed), printed
    assert len(re.findall(r"^[123]\. ", printed, re.MULTILINE)) == 3
    assert re.search(r"^   modality  pledged · ", printed, re.MULTILINE)
    assert (tmp_path / "data" / "current").exists()
    page = run(tmp_path / "env" / "bin" / "khabar", "ontology", "docs", cwd=tmp_path)
    assert page.count("<details>") == len(list((ROOT / "tests" / "shapes" / "examples").glob("*.good.ttl")))
