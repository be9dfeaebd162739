"""Which earlier statement a denial, a refusal or a confirmation answers."""

from __future__ import annotations

from kg.frames.reading import Reading
from kg.model import Statement


def with_answers(reading: Reading, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    return statements
