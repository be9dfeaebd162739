"""The example repository of the documentation is as its README says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner

from kg.cli import khabar

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "example-repository"


@pytest.mark.parametrize("more", [[], ["--shapes", str(FOLDER / "shapes"), "--fail-on", "warning"]])
def test_its_data_conform(more: list[str]) -> None:
    result = CliRunner().invoke(khabar, ["validate", str(FOLDER / "data"), *more, "--format", "human"])
    assert result.exit_code == 0, result.stdout
    assert "conforms" in result.stdout


def test_the_house_rule_finds_what_it_is_for(tmp_path: Path) -> None:
    data = (FOLDER / "data" / "actors.ttl").read_text("utf-8").replace(' , "Coast Agency"@en', "")
    (tmp_path / "actors.ttl").write_text(data, "utf-8")
    words = ["validate", str(tmp_path), "--shapes", str(FOLDER / "shapes"), "--lang", "ar"]
    assert "تسمي هذه الغرفة كل جهة" in CliRunner().invoke(khabar, words).stdout


def test_its_ci_uses_inputs_and_hooks_that_exist() -> None:
    root = FOLDER.parent.parent
    inputs = yaml.safe_load((root / "action.yml").read_text("utf-8"))["inputs"]
    steps = yaml.safe_load((FOLDER / ".github/workflows/validate.yml").read_text("utf-8"))["jobs"]["validate"]["steps"]
    for step in steps:
        if step["uses"].startswith("OWNER/khabar@"):
            assert step["with"].keys() <= inputs.keys()
    hooks = {hook["id"] for hook in yaml.safe_load((root / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (repository,) = yaml.safe_load((FOLDER / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= hooks


def test_the_gitlab_job_runs_and_leaves_its_report(tmp_path: Path) -> None:
    copy = tmp_path / "repository"
    shutil.copytree(FOLDER, copy)
    khabar_on_path = tmp_path / "bin" / "khabar"
    khabar_on_path.parent.mkdir()
    khabar_on_path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    khabar_on_path.chmod(0o755)
    job = yaml.safe_load((FOLDER / ".gitlab-ci.yml").read_text("utf-8"))["validate"]
    install, *script = job["script"]
    assert install == "pip install khabar"
    path = {"PATH": f"{khabar_on_path.parent}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(FOLDER.parent.parent)}
    for line in script:
        done = subprocess.run(["bash", "-e", "-c", line], cwd=copy, env=os.environ | path, check=False)
        assert done.returncode == 0, line
    report = copy / job["artifacts"]["reports"]["junit"]
    assert ElementTree.parse(report).getroot().get("failures") == "0"


def test_the_documentation_shows_the_gitlab_job_of_the_example() -> None:
    job = yaml.safe_load((FOLDER / ".gitlab-ci.yml").read_text("utf-8"))["validate"]
    text = (FOLDER.parent / "validation.md").read_text("utf-8")
    assert all(line in text for line in job["script"][:2])
