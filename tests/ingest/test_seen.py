"""A run remembers what it has met."""

from __future__ import annotations

from kg.ingest.seen import Seen


def test_first_meeting_is_none_and_later_ones_tell_of_it() -> None:
    with Seen() as seen:
        assert seen.before("a1", "f1", "one.txt") is None
        assert seen.before("a1", "f2", "two.txt") == ("f1", "one.txt")
        assert seen.before("a1", "f3", "three.txt") == ("f1", "one.txt")
        assert seen.before("a2", "f1", "two.txt") is None
