"""What an article's earlier sentences leave behind for the next: who spoke last, and whom the sentence is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.frames.agreement import gender, number
from kg.frames.lexicon import words
from kg.frames.paradigm import Form
from kg.frames.view import NounPhrase, View
from kg.model import Entity

_TOPICS = 12  # noun phrases among which a sentence's subject is looked for
_REACH = 100  # tokens before a verb among which its sentence names a speaker
_KEPT = 8  # speakers that a verb without a subject can point back to


@dataclass(frozen=True, slots=True)
class Voice:
    """Entities that spoke together, with the gender and number that the words for them showed."""

    entities: tuple[Entity, ...]
    gender: str
    number: str

    def agrees(self, form: Form) -> bool:
        """Whether a verb of this form, without a subject of its own, can be theirs."""
        if not self.entities and form.number != "s":
            return True
        if self.number == "s":
            return form.number == "s" and self.gender in (form.gender, "b")
        return form.number in (self.number, "p")


def voice(entities: tuple[Entity, ...], form: Form | None = None) -> Voice:
    """The voice of entities; where a verb that they are the subject of shows another gender, both may follow (`b`)."""
    own = gender(entities[0])
    shown = form.gender if form is not None and form.tense != "participle" else own
    return Voice(entities, own if shown == own else "b", number(entities))


def unknown(form: Form) -> Voice:
    """The voice of a speaker that is no mention: whoever goes on after him is not known either."""
    return Voice((), form.gender, "s" if form.number == "s" else form.number)


@dataclass(slots=True)
class Discourse:
    """The last speakers, the latest last, who issued the last document of each kind, who wrote it."""

    voices: list[Voice] = field(default_factory=list)
    issuers: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    authors: tuple[Entity, ...] = ()

    def spoke(self, heard: Voice) -> None:
        """Notes who made a statement."""
        self.voices.append(heard)
        del self.voices[:-_KEPT]

    def together(self, size: int) -> Voice | None:
        """The last who spoke so many together."""
        return next((heard for heard in reversed(self.voices) if len(heard.entities) == size), None)

    def named_in(self, view: View, before: int, form: Form) -> Voice | None:
        """The last speaker that agrees with a verb and that its sentence names before it."""
        named = {ident for phrase in view.phrases_in(max(0, before - _REACH), before) for ident in phrase.ids}
        agreeing = (heard for heard in reversed(self.voices) if heard.agrees(form))
        return next((heard for heard in agreeing if named & {entity.id for entity in heard.entities}), None)

    def resolve(self, form: Form, nearer: list[Voice]) -> Voice | None:
        """Whose a verb without a subject is: the nearest that agrees, else the nearest speaker.

        `nearer` are the candidates of the verb's own sentence, the nearest first.
        """
        candidates = [*nearer, *reversed(self.voices)]
        return next((heard for heard in candidates if heard.agrees(form)), next(iter(candidates), None))


def topic(view: View, before: int) -> NounPhrase | None:
    """The first noun phrase of a sentence that no preposition governs, if it ends before token `before`."""
    main = 0
    if view.form(0) in words("resumed-pronoun"):  # لكنه، وهو الخبير المعروف، عاد وقال: whoever spoke before
        return None
    if view.form(0) in words("while"):  # بينما بدأ المجلس …، شن القائد …: the main clause begins behind the comma
        main = next((at for at in range(1, before) if view.form(at) == "،"), 0)
    for phrase in view.phrases[:_TOPICS]:
        if phrase.last > before:
            return None
        if phrase.first < main:
            continue
        if phrase.first == 0 and view.form(phrase.last) == "-":  # a dateline
            continue
        if not view.governed(phrase) and view.form(phrase.first - 1) not in words("copula"):
            return phrase
    return None
