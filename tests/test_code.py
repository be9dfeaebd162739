"""The code is clean by the tools that the project names."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg import __version__

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
@pytest.mark.parametrize(
    "tool", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=["lint", "format", "types"]
)
def test_tool_finds_nothing(tool: list[str]) -> None:
    ran = subprocess.run([sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]


def test_no_file_says_that_it_is_unfinished() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|except Exception|except:")
    for file in [*(ROOT / "kg").rglob("*.py"), *(ROOT / "server").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]:
        found = marks.search(file.read_text(encoding="utf-8"))
        assert found is None, f"{file.relative_to(ROOT)} holds {found and found.group()}"


def test_version_is_the_same_everywhere() -> None:
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
