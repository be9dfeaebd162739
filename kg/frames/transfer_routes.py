"""The way something takes: from which place, to which, through which, and by whose hand."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames.line import Line, bare, function_words, is_word
from kg.frames.transfer_clauses import Clause
from kg.model import ACTOR_TYPES, EntityType

_PLACES = frozenset({EntityType.PLACE, EntityType.STATE})


@dataclass(frozen=True, slots=True)
class Route:
    """Entity ids of the places and middlemen that a clause names for a transfer."""

    origin: str | None = None
    destination: str | None = None
    via: tuple[str, ...] = ()
    broker: tuple[str, ...] = ()


def route_of(line: Line, clause: Clause, ends: tuple[str, ...]) -> Route:
    """The route that the clause of a transfer names; `ends` are its sender and recipient, who are no middlemen."""
    origin = destination = None
    via: list[str] = []
    broker: list[str] = []
    words = function_words()
    for group in line.groups_in(clause.at + 1, clause.stop):
        first = group.members[0]
        kind = line.reading.entity(first).type
        if group.preposition in words["source"] and kind is EntityType.PLACE:
            origin = origin or first
        elif group.preposition in words["goal"] and kind is EntityType.PLACE:
            destination = destination or first
        elif group.preposition in words["through"] or is_word(bare(line.form(group.first - 1)), "through"):
            if kind in _PLACES:
                via.append(first)
            elif kind in ACTOR_TYPES:
                broker += [member for member in group.members if member not in ends]
    return Route(origin, destination, tuple(dict.fromkeys(via)), tuple(dict.fromkeys(broker)))
