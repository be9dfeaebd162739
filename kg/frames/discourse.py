"""What an article's earlier sentences leave behind for the next: who spoke last, and whom the sentence is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.frames.agreement import agrees
from kg.frames.paradigm import Form
from kg.frames.view import NounPhrase, View
from kg.model import Entity

_KEPT = 8  # speakers that a verb without a subject can point back to


@dataclass(slots=True)
class Discourse:
    """The last speakers, the latest last, each a tuple of entities that spoke together."""

    speakers: list[tuple[Entity, ...]] = field(default_factory=list)
    chain: tuple[str, ...] = ()

    def spoke(self, entities: tuple[Entity, ...]) -> None:
        """Notes who made a statement."""
        if entities:
            self.speakers.append(entities)
            del self.speakers[:-_KEPT]

    def resolve(self, form: Form, nearer: list[tuple[Entity, ...]]) -> tuple[Entity, ...]:
        """Whom a verb without a subject is said of: the nearest that agrees, else the nearest speaker.

        `nearer` are the candidates of the verb's own sentence, the nearest first.
        """
        candidates = [*nearer, *reversed(self.speakers)]
        for entities in candidates:
            if agrees(form, entities, before=False):
                return entities
        return next(iter(candidates), ())

    def group(self, size: int) -> tuple[Entity, ...]:
        """The last speakers that were `size` together, or none."""
        return next((entities for entities in reversed(self.speakers) if len(entities) == size), ())


def topic(view: View, before: int) -> NounPhrase | None:
    """The first noun phrase of a sentence that no preposition governs, if it ends before token `before`."""
    for phrase in view.phrases:
        if phrase.last > before:
            return None
        if not view.governed(phrase):
            return phrase
    return None
