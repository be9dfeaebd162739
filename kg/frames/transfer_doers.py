"""Who does what a transfer's verb or noun says: its subject, the one asked or allowed, the other side of a bargain."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames.cargo import PEOPLE, Cargo
from kg.frames.line import Group, Line, bare, is_word
from kg.frames.outlook import outlook
from kg.frames.transfer_clauses import Clause, described, governed, passive, relative
from kg.frames.transfer_ends import made_by, owner_of
from kg.frames.triggers import Trigger
from kg.model import EntityType
from kg.text.fold import fold

_UNKNOWN = 3  # words of a subject that is no mention
_BARGAIN = 5  # tokens between a bargain and with whom it is made
_CONTROL = 12  # tokens between a verbal noun and who does it
_JUDGED = 6  # tokens between praise or blame and what it is for
_CARRIER = 6  # tokens between what carries and the verbal noun of carrying
_DIRECTIVE = 36  # tokens between a directive and what it orders, the titles of who gives it among them


@dataclass(frozen=True, slots=True)
class Roles:
    """Who sends and who receives, and the tokens that say so."""

    sender: Group | None
    recipient: Group | None
    rule: str


def subject_of(line: Line, clause: Clause, trigger: Trigger) -> Group | None:
    """The subject of a verb: right after it, right before it, or carried on from before."""
    index = clause.at
    if not trigger.finite:
        after = line.group_from(index + 1)
        if after is not None and after.free:
            return after
        return None if passive(line, index) else doer(line, index, trigger)
    if relative(line, index):
        return line.subject_after(index) or described(line, index)
    return beside_or_carried(line, index, trigger)


def beside_or_carried(line: Line, index: int, trigger: Trigger) -> Group | None:
    """The subject beside a verb, else the one carried on from before, unless the word may be its verbal noun."""
    beside = line.subject_after(index) or line.subject_before(index)
    ambiguous = bare(line.form(index)) == fold(trigger.row["masdar"]).text
    if beside is not None or ambiguous or _told_of_another(line, index):
        return beside
    carried = line.controller(index)
    return None if carried is not None and trigger.number == "p" and _nearer(line, carried, index) else carried


def _told_of_another(line: Line, index: int) -> bool:
    """Whether a subject that is no mention stands between `أن` and the verb (`أن جارتها أرسلت كذا`)."""
    for at in range(index - 1, max(-1, index - 1 - _UNKNOWN), -1):
        if line.form(at) in ("ان", "بان"):
            return at < index - 1
        if not line.tokens[at].is_word or is_word(line.form(at), "adverb", "negation", "relative", "preposition"):
            return False
    return False


def _nearer(line: Line, group: Group, index: int) -> bool:
    """Whether people without a name stand nearer to a plural verb than the group (`الانفصاليون … حصلوا عليه`)."""
    between = line.mentions_in(line.span(group.end, index)) if group.end < index else ()
    return any(line.reading.entity(mention.entity).type is EntityType.UNNAMED for mention in between)


def sender_of(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo) -> Group | None:
    """The one who does it; of people that a noun sends without one, the nationality (`إرسال قوات كورية`)."""
    maker = made_by(line, cargo)
    agent = None if trigger.finite else acting(line, clause)
    own = line.group_from(clause.at + 1)
    if (
        maker is not None
        and not trigger.finite
        and cargo.kind in PEOPLE
        and not agent
        and (own is None or not own.free)
    ):
        return maker
    subject = agent or subject_of(line, clause, trigger) or maker or carrier(line, clause, trigger, cargo)
    return subject or (None if trigger.finite else owner_of(line, max(0, clause.at - _CARRIER), clause.at, vessel=True))


def acting(line: Line, clause: Clause) -> Group | None:
    """Who does what the noun names by a verb that says no more (`قامت أ بنقل كذا`)."""
    doer = line.subject_before(clause.at)
    if doer is None:
        return None
    before = doer.first - 2 if is_word(line.form(doer.first - 1), "hereby") else doer.first - 1  # تقوم بموجبها أ ب…
    return doer if is_word(line.form(before), "light") else None


def bound_with(line: Line, doer: Group | None) -> Group | None:
    """The other party of an agreement by which someone does something (`اتفقت أ مع ب، تقوم بموجبه ب بتوريد كذا`)."""
    if doer is None or not is_word(line.form(doer.first - 1), "hereby"):
        return None
    own = set(line.parties(doer))
    return next((g for g in line.groups_before(doer.first) if set(line.parties(g)) - own), None)


def directed(line: Line, index: int) -> Group | None:
    """Who orders what a verbal noun says (`توجيهات أ بتقديم كذا`, `شكر أ على توجيهاته بتقديم كذا`)."""
    for position in range(index - 1, max(-1, index - 1 - _DIRECTIVE), -1):
        if is_word(line.form(position), "directive"):
            after = [g for g in line.groups_in(position + 1, index) if g.preposition in ("", "من")]
            before = line.groups_before(position, _CONTROL) if line.form(position).endswith(("ه", "ها")) else []
            return next((g for g in [*after, *before] if line.parties(g)), None)
    return None


def doer(line: Line, index: int, trigger: Trigger) -> Group | None:
    """Who does what a verbal noun names: the nearest subject before it, but not who warns of it or fears it."""
    ordered = directed(line, index) if trigger.particle.endswith(("ب", "ل")) else None
    if ordered is not None:
        return ordered
    owner = next(iter(line.groups_before(index, 1)), None)
    if owner is not None and owner.preposition == "تابع" and trigger.particle.endswith("ل"):  # طائرات تابعة لأ لنقل كذا
        return owner
    if not governed(line, index, trigger):
        return None
    view = outlook(line, index, "masdar")
    told = told_to(line, index)
    if told is not None and told.preposition == "ل":
        return told
    if trigger.pronoun and trigger.row["pattern"].startswith("give"):  # عقوبات على أ بسبب إرسالها كذا
        return next((g for g in line.groups_before(index, _CONTROL) if line.parties(g)), None)
    if any(is_word(line.form(at), "judging") for at in range(max(0, index - _JUDGED), index)):
        return None
    if view is not None and view.status == "feared":
        after = [g for g in line.groups_in(view.at + 1, index) if g.free]
        return after[-1] if len(after) > 1 else None
    return line.controller(index, _CONTROL)


def told_to(line: Line, index: int) -> Group | None:
    """The one who is asked or allowed to do what a verbal noun names (`طلب من أ تزويد`, `سمح لأ بإرسال`)."""
    for group in line.groups_before(index, 3):
        if group.preposition in ("من", "علي", "الي", "ل"):
            view = outlook(line, index, "masdar")
            wanted = "possible" if group.preposition == "ل" else "sought"
            if view is not None and view.status == wanted and view.at < group.first:
                return group
    return None


def asked(line: Line, index: int, trigger: Trigger) -> Group | None:
    """Who is to act: the one asked (`طلب من أ تزويد ب`), else the nearest subject before."""
    asked = told_to(line, index)
    if asked is not None:
        return asked
    return line.controller(index) if trigger.finite else doer(line, index, trigger)


def contractor(line: Line, index: int, trigger: Trigger) -> Group | None:
    """With whom a bargain to buy was made (`أبرمت أ مع ب صفقة لشراء كذا`)."""
    if trigger.finite:
        return None
    group = next((g for g in line.groups_before(index, _CONTROL) if g.preposition == "مع"), None)
    if group is None or any(line.form(at) in ("،", ",", "ان", "وان") for at in range(group.end, index)):
        return None
    near = range(group.first - _BARGAIN, index)
    return group if any(is_word(line.form(at), "bargain") for at in near) else None


def carrier(line: Line, clause: Clause, trigger: Trigger, cargo: Cargo) -> Group | None:
    """The nationality of what brings a cargo (`نقلت طائرات إماراتية مساعدات`, `وصلت سفينة روسية محملة بالقمح`)."""
    if cargo.first < clause.at or not (trigger.finite or trigger.row["pattern"] == "arrive"):
        return None
    return owner_of(line, clause.at + 1, cargo.first)
