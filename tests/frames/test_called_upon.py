"""Peoples and crowds who are called upon, in sentences of our own."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.pipeline import extract


def told(text: str) -> list[tuple[str, list[str]]]:
    """The first speaker and the addressees of each statement."""
    found = extract(Article("t", "t.txt", "خبر\n\n" + text, ""))
    label = {entity.id: entity.label_ar for entity in found.entities}
    return [
        (label[statement.speaker[0]] if statement.speaker else "", [label[key] for key in statement.addressee])
        for statement in found.statements
    ]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("دعا وزير الخارجية الجزائري الليبيين إلى ضبط النفس.", "ليبيا"),
        ("دعت الحكومة الأردنية السوريين إلى العودة.", "سوريا"),
        ("حث الوزير سالم البنداري الروس على الحوار.", "روسيا"),
        ("طالبت وزارة الخارجية الأردنية المجتمع الدولي بتحمل مسؤولياته.", "المجتمع الدولي"),
        ("طالب البيان المجتمع الدولي بتحمل مسؤولياته.", "المجتمع الدولي"),
    ],
)
def test_a_people_and_a_crowd_are_addressed(text: str, addressee: str) -> None:
    assert [addressees for _, addressees in told(text)] == [[addressee]]


@pytest.mark.parametrize(
    "text",
    [
        "حذر سالم البنداري من الليبيين والسوريين.",  # of them, not to them
        "رأى المجتمع الدولي أن الحل صعب.",
        "طالب الوزير الأردني بوقف القتال.",
    ],
)
def test_nobody_else_is_addressed(text: str) -> None:
    assert [addressees for _, addressees in told(text)] == [[]]


def test_an_accusative_is_called_upon_and_does_not_speak() -> None:
    text = "قال سالم البنداري إن العمل صعب. ودعا المسؤولين الليبيين إلى ضبط النفس."
    assert told(text)[1] == ("سالم البنداري", ["المسؤولين الليبيين"])
    assert told("قال مسؤولين ليبيين إن العمل صعب.")[0][0] == "مسؤولين ليبيين"
