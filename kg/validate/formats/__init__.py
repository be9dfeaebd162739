"""The forms in which findings are told: for people, for programs, for CI services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from kg.validate.formats.console import as_human
from kg.validate.formats.github import as_github
from kg.validate.formats.junit import as_junit
from kg.validate.formats.rdf import as_turtle
from kg.validate.formats.records import as_json
from kg.validate.formats.sarif import as_sarif
from kg.validate.formats.words import Words
from kg.validate.run import Outcome

Format = Literal["human", "json", "turtle", "junit", "sarif", "github"]

FORMS: dict[str, Callable[[Outcome, Words], str]] = {
    "human": as_human,
    "json": as_json,
    "turtle": as_turtle,
    "junit": as_junit,
    "sarif": as_sarif,
    "github": as_github,
}
