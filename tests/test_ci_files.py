"""`action.yml` and `.pre-commit-hooks.yaml`, run the way that their runners run them."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
BAD = "@prefix khabar: <https://w3id.org/khabar/ontology#> .\n<urn:p> a khabar:Person , khabar:Actor .\n"

Ran = subprocess.CompletedProcess[str]


def load(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with a file that conforms, and a khabar command on its path."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "good.ttl").write_text(BAD.replace(" .\n<", " .\n# <"), "utf-8")
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *words], cwd=tmp_path, check=True)
    folder = tmp_path / ".bin"
    folder.mkdir()
    (folder / "khabar").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n')
    (folder / "khabar").chmod(0o755)
    (tmp_path / ".gitignore").write_text(".bin\n")
    return tmp_path


def environment(repository: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PATH": f"{repository / '.bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "GITHUB_OUTPUT": str(repository / ".bin" / "output"),
        "GITHUB_ACTION_PATH": str(ROOT),
    }


def run_action(repository: Path, **inputs: str) -> Ran:
    """Runs the shell step as a runner does: inputs with their defaults, expressions replaced, bash with -e."""
    action = load("action.yml")
    values = {name: str(declared["default"]) for name, declared in action["inputs"].items()}
    unknown = inputs.keys() - values.keys()
    assert not unknown
    values |= inputs
    (step,) = [step for step in action["runs"]["steps"] if step.get("id") == "validate"]
    expression = re.compile(r"\$\{\{ inputs\.([a-z-]+) \}\}")
    given = {name: expression.sub(lambda m: values[m[1]], text) for name, text in step["env"].items()}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=repository,
        env=environment(repository) | given,
        capture_output=True,
        text=True,
        check=False,
    )


def run_hook(repository: Path, identifier: str, files: list[str], *arguments: str) -> Ran | None:
    """Runs a hook as pre-commit does: only if a changed file matches, with its names where they are passed."""
    (hook,) = [hook for hook in load(".pre-commit-hooks.yaml") if hook["id"] == identifier]
    matching = [file for file in files if re.search(hook["files"], file)]
    if not matching:
        return None
    words = [*hook["entry"].split(), *(arguments or hook.get("args", []))]
    words += matching if hook.get("pass_filenames", True) else []
    return subprocess.run(
        words, cwd=repository, env=environment(repository), capture_output=True, text=True, check=False
    )


def test_the_action_passes_on_data_that_conforms(repository: Path) -> None:
    ran = run_action(repository)
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    assert (repository / ".bin" / "output").read_text() == "exit-code=0\n"


def test_the_action_marks_the_line_and_fails(repository: Path) -> None:
    (repository / "data" / "my bad.ttl").write_text(BAD, "utf-8")
    ran = run_action(repository, paths="data", sarif="out.sarif", junit="out.xml", lang="ar")
    assert ran.returncode == 1, ran.stderr
    assert ran.stdout.startswith("::error file=data/my bad.ttl,line=2,col=1,title=khs%3ANamed-prefLabel::للكيان")
    assert (repository / ".bin" / "output").read_text() == "exit-code=1\n"
    assert (repository / "out.sarif").is_file()
    assert (repository / "out.xml").is_file()


def test_the_action_hands_every_input_on(repository: Path) -> None:
    (repository / "bad.ttl").write_text(BAD, "utf-8")
    (repository / "mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:p> ;"
        " sh:property [ sh:path <urn:q> ; sh:minCount 1 ; sh:severity sh:Warning ] .",
        "utf-8",
    )
    (repository / "empty.ttl").write_text("", "utf-8")
    given = {"paths": "b*d.ttl\ndata/*.ttl", "shapes": "mine.ttl", "ontology": "empty.ttl"}
    assert run_action(repository, **given).stdout.startswith("::warning file=bad.ttl,line=2")
    assert run_action(repository, **given, **{"fail-on": "warning"}).returncode == 1
    assert run_action(repository, **given, severity="violation").stdout == ""
    assert run_action(repository, **given, changed="HEAD").stdout != ""
    assert run_action(repository, **given, changed="nowhere").returncode == 2
    assert run_action(repository, **given, base="none.json").returncode == 2


def test_every_input_of_the_action_reaches_the_command() -> None:
    action = load("action.yml")
    used = re.findall(r"\$\{\{ inputs\.([a-z-]+) \}\}", (ROOT / "action.yml").read_text("utf-8"))
    assert set(used) == set(action["inputs"])
    install = [step for step in action["runs"]["steps"] if "pip install" in step.get("run", "")]
    assert len(install) == 1
    assert (ROOT / "pyproject.toml").is_file()


def test_the_hook_tells_only_what_the_commit_changes(repository: Path) -> None:
    (repository / "data" / "old.ttl").write_text(BAD, "utf-8")
    (repository / "data" / "new.ttl").write_text(BAD.replace("urn:p", "urn:new"), "utf-8")
    subprocess.run(["git", "add", "data/old.ttl"], cwd=repository, check=True)
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, "commit", "-q", "-m", "old"], cwd=repository, check=True)
    ran = run_hook(repository, "khabar-validate", ["data/new.ttl"])
    assert ran is not None
    assert ran.returncode == 1
    assert "data/new.ttl" in ran.stdout
    assert "old.ttl" not in ran.stdout


def test_the_hook_of_single_files_gets_their_names(repository: Path) -> None:
    (repository / "data" / "new.ttl").write_text(BAD, "utf-8")
    ran = run_hook(repository, "khabar-validate-files", ["data/new.ttl", "README.md"])
    assert ran is not None
    assert ran.returncode == 1
    assert "1 file," in ran.stdout
    passed = run_hook(repository, "khabar-validate-files", ["data/good.ttl"])
    assert passed is not None
    assert passed.returncode == 0


def test_hooks_leave_other_files_alone(repository: Path) -> None:
    assert run_hook(repository, "khabar-validate", ["README.md"]) is None
    assert run_hook(repository, "khabar-ontology", ["data/good.ttl"]) is None


def test_the_ontology_hook_runs(repository: Path) -> None:
    ran = run_hook(repository, "khabar-ontology", ["ontology/khabar.ttl"])
    assert ran is not None
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="pre-commit takes hooks from a git repository only")
def test_pre_commit_installs_the_hooks_and_runs_them_at_a_commit(repository: Path) -> None:
    pytest.importorskip("pre_commit")
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    hooks = [{"id": name} for name in ("khabar-validate", "khabar-validate-files")]
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    config = {"repos": [{"repo": str(ROOT), "rev": revision.strip(), "hooks": hooks}]}
    (repository / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    environment = {**os.environ, "PRE_COMMIT_HOME": str(repository / ".bin" / "home")}
    # What Khabar depends on is taken from here; that it installs in an empty environment is shown by test_wheel.py.
    environment["PYTHONPATH"] = sysconfig.get_path("platlib")

    def run(*words: str) -> Ran:
        return subprocess.run(words, cwd=repository, env=environment, capture_output=True, text=True, check=False)

    assert run(sys.executable, "-m", "pre_commit", "install").returncode == 0
    (repository / "data" / "new.ttl").write_text(BAD, "utf-8")
    run("git", "add", ".")
    refused = run(*git, "commit", "-m", "bad")
    assert refused.returncode == 1
    assert refused.stderr.count("2:1  violation") == 2
    assert len(list((repository / ".bin" / "home").glob("*/py_env-*/lib/python*/site-packages/kg/cli.py"))) == 1
    (repository / "data" / "new.ttl").write_text("# mended\n", "utf-8")
    run("git", "add", ".")
    assert run(*git, "commit", "-m", "good").returncode == 0


def test_hooks_have_what_pre_commit_demands() -> None:
    for hook in load(".pre-commit-hooks.yaml"):
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["language"] == "python"
        re.compile(hook["files"])
