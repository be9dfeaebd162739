"""Noun phrases joined to one another: `روسيا وإيران`, `فلان، وفلان`, `كل من أ وب`."""

from __future__ import annotations

from kg.frames.lexicon import words
from kg.frames.objects import past_asides
from kg.frames.view import NounPhrase, View
from kg.model import EntityType


def coordinated(view: View, phrase: NounPhrase) -> tuple[NounPhrase, ...]:
    """A noun phrase and those joined to it (`و…`, or commas and a last `و…`)."""
    found = [phrase]
    while True:
        index = past_asides(view, found[-1].last)
        following = view.phrase_at(index)
        if following is not None and following.joined and following.first == index:
            found.append(following)
            continue
        joining = view.form(index) in ("ولا", "او", "و") or view.form(index) in words("and-states")  # ودول آسيان
        other = view.phrase_at(index + 1) if joining else None
        if other is not None and not other.proclitic:
            found.append(other)
            continue
        if view.form(index) in ("،", ","):
            listed = view.phrase_at(index + 1)
            if listed is not None and not listed.proclitic and _list_goes_on(view, listed):
                found.append(listed)
                continue
            if listed is not None and listed.joined and _persons(listed) and _persons(found[-1]):
                found.append(listed)
                continue
        return tuple(found)


def _persons(phrase: NounPhrase) -> bool:
    return all(entity.type is EntityType.PERSON for entity in phrase.entities)


def _list_goes_on(view: View, phrase: NounPhrase) -> bool:
    following = view.phrase_at(phrase.last)
    return following is not None and following.joined
