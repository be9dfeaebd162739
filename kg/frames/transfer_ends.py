"""Who stands at the ends of a transfer: read off prepositions, purposes, adjectives and what refers back."""

from __future__ import annotations

from dataclasses import replace

from kg.frames.cargo import PEOPLE, Cargo, is_cargo_word
from kg.frames.line import Group, Line, bare, function_words, is_word
from kg.frames.transfer_clauses import Clause
from kg.model import EntityType

_GOAL = "goal"
_PURPOSE = 7  # tokens of a purpose in which the one it is about stands
_USER = 14  # tokens between a cargo and who has it
_NEAR_SOURCE = 4  # tokens between what arrives and where it comes from
_TYPE_REACH = 9  # tokens of a type's name behind a cargo


def goal_of(line: Line, clause: Clause, *prepositions: str) -> Group | None:
    """Who a clause says something goes to: `إلى`, `ل` and the prepositions given mark them, or a nationality."""
    wanted = function_words()[_GOAL] | {"ل", *prepositions}
    for group in line.groups_in(clause.at + 1, clause.stop):
        if group.preposition in wanted and line.parties(group):
            return group
    return _goal_by_adjective(line, clause) or _people_of(line, clause, wanted)


def _people_of(line: Line, clause: Clause, wanted: frozenset[str]) -> Group | None:
    """The nation whose people it is for (`للشعب السوري`, `إلى الأشقاء في سوريا`)."""
    for position in range(clause.at + 1, clause.stop):
        form = line.form(position)
        if is_word(form, "to-people") or (is_word(form, "people") and bare(line.form(position - 1)) in wanted):
            inside = (g for g in line.groups_in(position + 1, position + 3) if g.preposition == "في")
            near = next(iter(line.demonyms_in(position + 1, position + 3)), None) or next(inside, None)
            if near is not None:
                return near
    return None


def _goal_by_adjective(line: Line, clause: Clause) -> Group | None:
    """The nationality of what follows إلى (`إلى الموانئ السورية`)."""
    for position in range(clause.at + 1, clause.stop):
        if is_word(line.form(position), _GOAL) and line.group_from(position + 1) is None:
            noun = position + 1 < len(line) and line.tokens[position + 1].is_word
            near = line.demonyms_in(position + 2, position + 4)
            if near and noun and _whereabouts(line.form(position + 1)):
                return near[0]
    return None


def _whereabouts(form: str) -> bool:
    """Whether a noun after إلى can be a place or people of a nation: neither a front, a measure nor a cargo."""
    return not is_word(form, "front", "quantifier") and not is_cargo_word(form)


def source_of(line: Line, clause: Clause, after: int) -> Group | None:
    """Who `من` or `من قبل` marks after a token of the clause."""
    wanted = function_words()["source"] | {"من قبل"}
    groups = [g for g in line.groups_in(min(clause.at + 1, after), clause.stop) if g.preposition in wanted]
    found = next((group for group in groups if line.parties(group) and not _within_a_place(line, group)), None)
    return _with_the_next(line, found, groups) if found is not None else None


def _with_the_next(line: Line, source: Group, groups: list[Group]) -> Group:
    """A source with those that `ومن` adds to it (`من أ وب ومن ج`)."""
    for group in groups:
        if group.first == source.end + 1 and line.form(source.end) == "ومن":
            members = tuple(dict.fromkeys((*source.members, *group.members)))
            source = replace(source, end=group.end, members=members)
    return source


def own_source(line: Line, cargo: Cargo) -> Group | None:
    """Who `من` marks behind one of several cargoes, each with a source of its own."""
    wanted = function_words()["source"]
    after = line.groups_in(cargo.end, cargo.end + _TYPE_REACH)
    nearest = next((g for g in after if g.preposition in wanted and line.parties(g)), None)
    between = (line.form(at) for at in range(cargo.end, nearest.first)) if nearest else ()
    if nearest is None or any(form[:1] == "و" and is_cargo_word(form) for form in between):
        return None
    return None if _within_a_place(line, nearest) else nearest


def _within_a_place(line: Line, group: Group) -> bool:
    """Whether `من` only says of what country a place is (`في مناطق مختلفة من أ`), or who pays or asks for it."""
    if is_word(line.form(group.first - 2), "backing"):
        return True
    return any(is_word(line.form(position), "where") for position in range(max(0, group.first - 5), group.first - 1))


def beneficiary(line: Line, clause: Clause, sender: Group | None, cargo: Cargo | None) -> Group | None:
    """Who a purpose is about (`لدعم جهود موسكو`), or, for people, whom they join (`مع القوات الروسية`)."""
    senders = set(line.parties(sender))
    start = cargo.end if cargo else clause.at + 1
    for position in range(start, clause.stop):
        if is_word(line.form(position), "purpose"):
            end = min(clause.stop, position + _PURPOSE)
            adjectives = line.demonyms_in(position + 1, end)
            near = sorted([*line.groups_in(position, end), *adjectives], key=lambda group: group.first)
            free = [g for g in near if g.preposition not in ("ضد", "من") and set(line.parties(g)) - senders]
            return free[0] if free else None
    joined = [g for g in line.groups_in(start, clause.stop) if g.preposition == "مع"]
    return joined[0] if joined and cargo and cargo.kind in PEOPLE else None


def user_of(line: Line, cargo: Cargo, sender: Group | None) -> Group | None:
    """Who uses the cargo that a relative clause is about (`يرد ب`, `باستخدام`): the nearest named before it."""
    if not cargo.particle.endswith("ب") and line.form(cargo.first - 1)[:1] != "ب":
        return None
    senders = set(line.parties(sender))
    near = line.groups_before(cargo.first, _USER)
    before = [g for g in near if g.preposition in ("", "ل", "الي")]
    return next((g for g in before if set(line.parties(g)) - senders), None)


def antecedent(line: Line, index: int, sender: Group | None) -> Group | None:
    """Who an object pronoun at `index` means: the nearest before it who is not the sender."""
    senders = set(line.parties(sender))
    before = [g for g in line.groups_before(index) if g.free]
    return next((g for g in before if set(line.parties(g)) - senders), None)


def made_by(line: Line, cargo: Cargo) -> Group | None:
    """The nationality of the cargo itself (`صواريخ أميركية`)."""
    beside = next(iter(line.demonyms_in(cargo.first + 1, cargo.end + 2)), None)
    if cargo.kind == "money" and (beside is None or is_word(line.form(beside.first - 1), "currency")):
        return None  # مليون دولار أميركي
    if beside is None:
        return _flag(line, cargo.first, cargo.end + 2) or _made_as(line, cargo)
    between = [line.form(position) for position in range(cargo.end, beside.first)]
    return None if any(form[:2] == "لل" or is_word(form, "preposition", "to-people") for form in between) else beside


def _made_as(line: Line, cargo: Cargo) -> Group | None:
    """The nationality behind a type's name or before الصنع (`مقاتلات من طراز «رافال» الفرنسية`, `كورية الصنع`)."""
    for maker in line.demonyms_in(cargo.end, cargo.end + _TYPE_REACH):
        between = [line.form(at) for at in range(cargo.end, maker.first)]
        if is_word(line.form(maker.end), "make") and not any(form in ("،", ",") for form in between):
            return maker
        weapons = line.mentions_in(line.span(cargo.end, maker.first)) if between else ()
        letters = function_words()["type-letters"]
        if between and all(form == "-" or (form.isdigit() and len(form) < 4) or form in letters for form in between):
            return maker
        typed = all(line.reading.entity(m.entity).type is EntityType.WEAPON for m in weapons)
        named = [form for form in between if not is_word(form, "model", "source") and form[:1].isalpha()]
        if typed and (weapons or len(named) <= 1) and ('"' in between or any(is_word(f, "model") for f in between)):
            return maker
    return None


def _flag(line: Line, first: int, end: int) -> Group | None:
    """A state named as the adjective of a definite noun (`الطائرة الإغاثية السعودية`)."""
    for group in line.groups_in(first + 1, end):
        state = line.reading.entity(group.members[0]).type is EntityType.STATE and group.end == group.first + 1
        between = all(line.form(at).startswith(("ال", "وال", "بال", "لل")) for at in range(first, group.end))
        if state and group.free and between and line.form(group.first).endswith("يه"):
            return group
    return None


def owner_of(line: Line, first: int, end: int, *, vessel: bool = False) -> Group | None:
    """Whose a ship or aircraft between two tokens is: its nationality, else who follows التابعة ل.

    With `vessel` a nationality counts only behind the word for the ship, without it anywhere between the tokens.
    """
    vessels = [at for at in range(first, end) if is_word(line.form(at), "vessel")]
    behind = vessels[0] if vessels else end
    flag = next(iter(line.demonyms_in(behind if vessel else first, end)), None)
    if flag is not None or not vessels:
        return flag
    owner = next((g for g in line.groups_in(vessels[0], end) if g.preposition == "تابع"), None)
    return owner or _flag(line, vessels[0], min(end, vessels[0] + _NEAR_SOURCE))


def resorted_to(line: Line, index: int) -> Group | None:
    """The one turned to for something (`اللجوء إلى أ للحصول على`, `طلب لأ للحصول على`)."""
    near = [
        g
        for g in line.groups_before(index, 1)
        if g.preposition == "الي" or (g.preposition == "ل" and bare(line.form(g.first - 1)).endswith("طلب"))
    ]
    return near[0] if near and line.form(index)[:1] == "ل" else None


def coming_from(line: Line, clause: Clause, cargo: Cargo) -> Group | None:
    """Where something arrives from: `من` right after the cargo or the verb, or after `قادمة`."""
    for group in line.groups_in(clause.at + 1, clause.stop):
        near = min(abs(group.first - cargo.end), abs(group.first - clause.at)) <= _NEAR_SOURCE
        if (
            group.preposition == "من"
            and line.parties(group)
            and (near or is_word(line.form(group.first - 2), "coming", "copula"))
        ):
            return group
    return None
