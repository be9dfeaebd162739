"""Statements made at meetings: which meeting, and its date where the statement has none of its own.

A meeting named in the statement's sentence, outside what was said, is the one when the speaker took part; so is the
last one before that the sentence points back to (`وخلال الزيارة قال …`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.frames.meetings import refers_to
from kg.frames.reading import Reading
from kg.model import Meeting, Statement

_LOOK_BACK = 6  # meetings


def at_meetings(
    reading: Reading, statements: Sequence[Statement], meetings: Sequence[Meeting]
) -> tuple[Statement, ...]:
    """The same statements, each with the meeting it was made at, if any, and that meeting's date if it has none."""
    ordered = sorted(meetings, key=lambda meeting: meeting.span.start)
    return tuple(_at(reading, statement, ordered) for statement in statements)


def _at(reading: Reading, statement: Statement, meetings: Sequence[Meeting]) -> Statement:
    if statement.made_at is not None or not meetings:
        return statement
    found = next((meeting for meeting in _possible(reading, statement, meetings)), None)
    return statement if found is None else replace(statement, made_at=found.id, date=statement.date or found.date)


def _possible(reading: Reading, statement: Statement, meetings: Sequence[Meeting]) -> Iterator[Meeting]:
    """The meetings of the statement's sentence in order, then those before it that the sentence points back to."""
    sentence = reading.sentences[reading.sentence_index(statement.span.start)]
    content = statement.content or statement.span
    first = bisect_left(meetings, sentence.span.start, key=lambda meeting: meeting.span.start)
    last = bisect_left(meetings, sentence.span.end, key=lambda meeting: meeting.span.start)
    for meeting in meetings[first:last]:
        if not content.covers(meeting.span) and _takes_part(reading, statement, meeting):
            yield meeting
    before = [form for token, form in zip(sentence.tokens, sentence.forms, strict=True) if token.end <= content.start]
    for meeting in reversed(meetings[max(0, first - _LOOK_BACK) : first]):
        if refers_to(before, meeting.kind) and _takes_part(reading, statement, meeting):
            yield meeting


def _takes_part(reading: Reading, statement: Statement, meeting: Meeting) -> bool:
    states = {reading.entity(who).country for who in statement.speaker}
    return bool(set(statement.speaker) & set(meeting.participants)) or any(
        state and reading.entity(who).key == state for who in meeting.participants for state in states
    )
