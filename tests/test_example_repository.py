"""The example repository of the documentation is as its README says."""

from __future__ import annotations

from pathlib import Path

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


def test_the_documentation_shows_the_gitlab_job_of_the_example() -> None:
    job = yaml.safe_load((FOLDER / ".gitlab-ci.yml").read_text("utf-8"))["validate"]
    text = (FOLDER.parent / "validation.md").read_text("utf-8")
    assert all(line in text for line in job["script"][:2])
