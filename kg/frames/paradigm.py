"""The forms of a verb of the third person, from the two that a dictionary gives.

Folded spelling throughout (`kg.text.fold`). The rules are those of any grammar of written Arabic (Ryding, *A Reference
Grammar of Modern Standard Arabic*, chapters 21–33): a weak last letter falls before the feminine -t and the plural,
and is written as alef before an object pronoun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.text.fold import fold

OBJECT_PRONOUNS = ("ه", "ها", "هما", "هم", "هن")  # of the third person: reports speak of others


@dataclass(frozen=True, slots=True)
class Form:
    """One written form: `tense` past, present, future or participle; `gender` m or f; `number` s, d or p.

    `pronoun` is the object pronoun written onto it ("" for none).
    """

    written: str
    tense: str
    gender: str
    number: str
    pronoun: str = ""


def verb_forms(past: str, present: str) -> Iterator[Form]:
    """The forms of a verb given as third person masculine singular of both tenses, without and with object pronouns."""
    for written, carrier, gender, number in _past(past):
        yield from _with_pronouns(written, carrier, "past", gender, number)
    if not present:
        return
    for written, carrier, gender, number in _present(present):
        yield from _with_pronouns(written, carrier, "present", gender, number)
        yield from _with_pronouns("س" + written, "س" + carrier, "future", gender, number)


def participle_forms(accusative: str) -> Iterator[Form]:
    """The forms of an active participle as circumstance, from its masculine accusative (`مؤكدا`, `داعيا`)."""
    stem = fold(accusative).text.removesuffix("ا")
    plural = stem.removesuffix("ي")
    yield Form(stem + "ا", "participle", "m", "s")
    yield Form(stem + "ه", "participle", "f", "s")
    yield Form(plural + "ين", "participle", "m", "p")
    yield Form(stem + "تين", "participle", "f", "d")


def _past(past: str) -> Iterator[tuple[str, str, str, str]]:
    stem = fold(past).text
    weak = past[-1] in "ىا" and len(stem) > 2
    short = stem[:-1] if weak else stem
    dual = short + ("ي" if past[-1] == "ى" else "و") if weak else stem
    plural = stem[:-1] if past[-1] == "ي" else short
    yield stem, short + "ا" if weak else stem, "m", "s"
    yield short + "ت", short + "ت", "f", "s"
    yield dual + "ا", dual + "ا", "m", "d"
    yield short + "تا", short + "تا", "f", "d"
    yield plural + "وا", plural + "و", "m", "p"


def _present(present: str) -> Iterator[tuple[str, str, str, str]]:
    stem = fold(present).text
    weak = present[-1] in "ىيو"
    short = stem[:-1] if weak else stem
    carrier = short + "ا" if present[-1] == "ى" else stem
    for prefix, gender in (("ي", "m"), ("ت", "f")):
        yield prefix + stem[1:], prefix + carrier[1:], gender, "s"
        yield prefix + stem[1:] + "ان", prefix + stem[1:] + "ان", gender, "d"
    yield short + "ون", short + "ون", "m", "p"


def _with_pronouns(written: str, carrier: str, tense: str, gender: str, number: str) -> Iterator[Form]:
    yield Form(written, tense, gender, number)
    for pronoun in OBJECT_PRONOUNS:
        yield Form(carrier + pronoun, tense, gender, number, pronoun)
