"""How a transfer's verb stands in its sentence: passive, in a relative clause, on a verb or on a noun."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames.line import Group, Line, is_word
from kg.frames.outlook import outlook
from kg.frames.triggers import Trigger

_BARGAIN = 8  # tokens between a bargain and what it is about


@dataclass(frozen=True, slots=True)
class Clause:
    """What a trigger governs: the tokens after it up to `stop`, and where something is given in return (or -1)."""

    at: int
    stop: int
    barter: int


def passive(line: Line, index: int) -> bool:
    """Whether the verbal noun at `index` makes a passive with a verb before it (`تم إرسال`)."""
    return is_word(line.form(index - 1), "passive") or is_word(line.form(index - 2), "passive")


def relative(line: Line, index: int) -> bool:
    """Whether the verb at `index` opens a relative clause (`التي كانت ترسل`)."""
    before = index - 1
    while before > index - 3 and is_word(line.form(before), "adverb"):
        before -= 1
    return is_word(line.form(before), "relative")


def described(line: Line, index: int) -> Group | None:
    """The group that a relative clause is about, where it stands right before it."""
    before = index - 1
    while before > index - 3 and not is_word(line.form(before), "relative"):
        before -= 1
    return line.group_over(before - 1)


def bargained(line: Line, index: int) -> bool:
    """Whether a bargain was named for what a verbal noun says (`وقع عقدا لشراء كذا`)."""
    return any(is_word(line.form(position), "bargain") for position in range(max(0, index - _BARGAIN), index))


def governed(line: Line, index: int, trigger: Trigger) -> bool:
    """Whether a verbal noun hangs on a verb, so that the verb's subject does it (`تعهدت بإرسال`), not on a noun.

    `شبكة تهريب` and `لتهريب` name no doer.
    """
    before = line.form(index - 1)
    if trigger.row["reach"] == "contraband" and not trigger.particle.endswith("ب"):
        return False
    view = outlook(line, index, "masdar")
    if is_word(before, "return"):  # what is given for what its subject gets
        return True
    if trigger.particle.startswith("و"):  # what it is joined to hangs on one
        return True
    if trigger.particle.endswith("ل"):
        return view is not None or bargained(line, index)
    if trigger.particle.strip("وف") or is_word(before, "preposition", "negation", "subordinator"):
        return True
    named = line.group_over(index - 1) is not None or line.is_demonym(index - 1)
    return named or not before[:1].isalpha() or (view is not None and view.at >= index - 3)
