"""Every rule of statements finds its examples and leaves its near misses alone."""

from __future__ import annotations

import pytest

from kg.frames.reading import read_article
from kg.frames.rules import rules
from kg.frames.statements import find_statements
from kg.model import Article

RULES = [rule for rule in rules().values() if rule.frame == "statement"]


def rules_in(text: str) -> set[str]:
    return {statement.rule for statement in find_statements(read_article(Article("a", "a.txt", text, "")))}


@pytest.mark.parametrize(("rule", "text"), [(rule.id, text) for rule in RULES for text in rule.match])
def test_a_rule_finds_its_example(rule: str, text: str) -> None:
    assert rule in rules_in(text)


@pytest.mark.parametrize(("rule", "text"), [(rule.id, text) for rule in RULES for text in rule.miss])
def test_a_rule_leaves_its_near_miss_alone(rule: str, text: str) -> None:
    assert rule not in rules_in(text)


def test_every_rule_has_a_line_about_it_an_example_and_a_near_miss() -> None:
    assert all(rule.about and rule.match and rule.miss for rule in RULES)
