"""README's two commands are those that CI and the tests run."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def command(name: str) -> str:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"<!-- {name} -->\n```sh\n(.*?)\n```", text, re.DOTALL)
    assert found is not None, f"README has no {name} command"
    return found.group(1)


@pytest.mark.parametrize("name", ["demo", "test"])
def test_each_command_is_one_line_that_makes_its_own_environment(name: str) -> None:
    assert "\n" not in command(name)
    assert command(name).startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_ci_runs_the_test_command_exactly_as_printed(tmp_path: Path) -> None:
    shutil.copy(ROOT / "README.md", tmp_path)
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    for tool in ("python3", ".venv/bin/pip", ".venv/bin/python"):
        fake = tmp_path / tool if "/" in tool else tmp_path / "bin" / tool
        fake.parent.mkdir(parents=True, exist_ok=True)
        fake.write_text('#!/bin/sh\necho "ran: $(basename "$0") $*"\n')
        fake.chmod(0o755)
    path = f"{tmp_path / 'bin'}:/usr/bin:/bin"
    ran = subprocess.run(
        ["bash", ".ci/run"], cwd=tmp_path, env={"PATH": path}, capture_output=True, text=True, check=True
    )
    assert ran.stdout.splitlines()[0] == f"+ {command('test')}"
    steps = [step.strip().replace("'", "") for step in command("test").split("&&")]
    expected = [f"ran: {step.rsplit('/', 1)[-1]}" for step in steps]
    assert ran.stdout.splitlines()[1:] == expected


def test_ci_fails_when_the_tests_fail(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    (tmp_path / "README.md").write_text("<!-- test -->\n```sh\ntrue && false\n```\n")
    ran = subprocess.run(["bash", ".ci/run"], cwd=tmp_path, capture_output=True, check=False)
    assert ran.returncode == 1
