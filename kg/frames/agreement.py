"""Gender and number: which verbs an entity can be the subject of.

A verb before its subject is singular; so the number of a verb says nothing about a subject after it. Non-human plurals
take the feminine singular. Sources: any grammar of written Arabic; the masculine state names are `masculine-state` in
`kg/data/ar/speech_words.tsv`.
"""

from __future__ import annotations

from functools import lru_cache

from kg.frames.lexicon import words
from kg.frames.paradigm import Form
from kg.model import Entity, EntityType
from kg.text.fold import fold

_FEMININE_TYPES = frozenset(
    {EntityType.STATE, EntityType.NEWS_AGENCY, EntityType.COMPANY, EntityType.INTERNATIONAL_ORGANIZATION}
)


@lru_cache(maxsize=10_000)
def _first_word(words: str) -> str:
    """The first word, folded; nothing of no words."""
    return next(iter(fold(words).text.split()), "")


def gender(entity: Entity) -> str:
    """`m`, `f`, or `b` where the name does not tell (a person's name without a title)."""
    word = _first_word(entity.label_ar).removeprefix("ال")
    if entity.type is EntityType.PERSON:
        title = _first_word(entity.role_of) if entity.role_of else ""
        return "f" if title.endswith("ه") and title not in words("masculine-title") else "m"
    if any(word in words(kind) for kind in ("masculine-head", "human-plural", "masculine-title")):
        return "m"
    if word in words("feminine-head") or word.endswith(("ه", "ات")):
        return "f"
    if entity.type is EntityType.STATE:
        return "m" if word in words("masculine-state") else "f"
    return "f" if entity.type in _FEMININE_TYPES else "m"


def number(entities: tuple[Entity, ...]) -> str:
    """`s`, `d` or `p`: of several entities together, or of a group that one noun names."""
    if len(entities) != 1:
        return "d" if len(entities) == 2 else "p"
    entity = entities[0]
    word = _first_word(entity.label_ar)
    if entity.type in (EntityType.UNNAMED, EntityType.GROUP) and word:
        if word.endswith(("ون", "ين")) or word in words("human-plural"):
            return "p"
        if word.endswith("ان"):
            return "d"
    return "s"


def agrees(form: Form, entities: tuple[Entity, ...], *, before: bool) -> bool:
    """Whether a verb of this form can have these as its subject; `before`: the verb stands before the subject."""
    if not entities:
        return False
    count = number(entities)
    if before:
        return form.number == "s" and (count != "s" or form.gender == gender(entities[0]))
    if count == "s":
        return form.number == "s" and form.gender == gender(entities[0])
    if form.number == "s":
        return False
    return form.number == count or form.number == "p"
