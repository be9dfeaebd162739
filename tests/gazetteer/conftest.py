"""A small gazetteer of its own, so that tests say what holds whatever the shipped tables hold."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.gazetteer.load import gazetteer_dir

HEADER = "key\ttype\tlabel_ar\tlabel_en\taliases_ar\tshort_ar\tdemonyms\tcountry\tmetonym_of\toffices"
ROWS = (
    "freedonia\tState\tفريدونيا\tFreedonia\tجمهورية فريدونيا\t\tفريدوني:فريدونيون\t\t\t",
    "freedonia.capital\tPlace\tفريدبورغ\tFreedburg\t\t\t\tfreedonia\tfreedonia\t",
    "rufus-firefly\tPerson\tروفوس فايرفلاي\tRufus Firefly\t\tفايرفلاي\t\tfreedonia\t\tpresident@freedonia:1933-11/..",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a gazetteer of one state, its capital and its president."""
    folder = tmp_path / "gazetteer"
    for name in ("curated", "derived"):
        (folder / name).mkdir(parents=True)
    for name in ("roles.tsv", "patterns.tsv", "classes.tsv"):
        shutil.copy(gazetteer_dir() / name, folder / name)
    for name, lines in {
        "curated/entries.tsv": (HEADER, *ROWS),
        "items.tsv": ("key\twikidata\tsource",),
        "qid_history.tsv": ("old\tnew\tdate\thow",),
        "names.tsv": ("key\taliases_ar\taliases_en\tsource",),
        "lifespans.tsv": ("key\tfrom\tuntil\tsource",),
        "ambiguous.tsv": ("name\tmeanings\trule",),
    }.items():
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def add(folder: Path) -> Callable[..., None]:
    """Adds lines to a table of the folder: `add("items.tsv", "a\tQ1\tsource")`."""

    def append(name: str, *lines: str) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    return append
