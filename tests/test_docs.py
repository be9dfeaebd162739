"""The documents say what the program does."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from rdflib.namespace import RDFS
from rdflib.term import Literal

from kg.cli import khabar
from kg.ontology import defined_terms, load_ontology

ROOT = Path(__file__).resolve().parent.parent
DOCS = [*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md"]


def test_the_page_of_commands_is_the_commands_own_help() -> None:
    # a process of its own: click keeps the help option that a command had when another test called it by itself
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        [sys.executable, ROOT / "docs" / "commands.py"], env=environment, capture_output=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == ran.stdout, "run `python docs/commands.py > docs/commands.md`"


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_a_document_names_exists(document: Path) -> None:
    named = re.findall(r"`khabar ([a-z]+)\b", document.read_text(encoding="utf-8"))
    known = set(khabar.list_commands(click.Context(khabar)))
    assert set(named) <= known


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_that_a_document_links_to_exists(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_lock_file_pins_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower().replace("_", "-") for line in wanted}
    locked = re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    assert names <= set(locked), "run the command in the first lines of requirements.lock"


def test_the_glossary_has_the_ontologys_words() -> None:
    ontology = load_ontology()
    labels: dict[str, set[str]] = {}
    for term in defined_terms(ontology):
        told = {
            label.language: str(label) for label in ontology.objects(term, RDFS.label) if isinstance(label, Literal)
        }
        labels.setdefault(told["en"], set()).add(told["ar"].removeprefix("ال"))
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines() if "|" in line]
    words = {row[1].strip(): row[2].strip() for row in rows}
    assert {word for word in words if word in labels and words[word] not in labels[word]} == set()
    assert len(words.keys() & labels.keys()) > 15
