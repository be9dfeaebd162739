"""Every rule of transfers, agreements, meetings and measures finds its examples and leaves its near misses alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.frames.agreements import find_agreements
from kg.frames.measures import find_measures
from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading, read_article
from kg.frames.rules import rules
from kg.frames.transfers import find_transfers
from kg.model import Agreement, Article, Measure, Meeting, Transfer

FINDERS: dict[str, Callable[[Reading], tuple[Transfer | Agreement | Meeting | Measure, ...]]] = {
    "transfer": find_transfers,
    "agreement": find_agreements,
    "meeting": find_meetings,
    "measure": find_measures,
}
RULES = [rule for rule in rules().values() if rule.frame in FINDERS]


def rules_in(frame: str, text: str) -> set[str]:
    return {found.rule for found in FINDERS[frame](read_article(Article("a", "a.txt", text, "")))}


@pytest.mark.parametrize(("frame", "rule", "text"), [(r.frame, r.id, text) for r in RULES for text in r.match])
def test_a_rule_finds_its_example(frame: str, rule: str, text: str) -> None:
    assert rule in rules_in(frame, text)


@pytest.mark.parametrize(("frame", "rule", "text"), [(r.frame, r.id, text) for r in RULES for text in r.miss])
def test_a_rule_leaves_its_near_miss_alone(frame: str, rule: str, text: str) -> None:
    assert rule not in rules_in(frame, text)


def test_every_frame_has_rules_with_an_example_and_a_near_miss() -> None:
    assert {rule.frame for rule in RULES} == set(FINDERS)
    assert all(rule.about and rule.match and rule.miss for rule in RULES)
