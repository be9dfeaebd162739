"""What the gate says of a change: the results that it brings, not those that were there."""

from __future__ import annotations

import pyoxigraph as ox

from kg.gate import Verdict
from kg.gate import change as gate
from kg.store import Change


def judge(before: ox.Store, write: Change) -> Verdict:
    """The verdict on what `write` brings to the graph `before`; QueryRefusedError where it reaches too far."""
    return gate.judge_change(before, gate.Change(tuple(write.added), tuple(write.removed))).new
