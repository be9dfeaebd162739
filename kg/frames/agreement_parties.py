"""Who an agreement binds: named after it, signing it, its nationalities, those in talks about it."""

from __future__ import annotations

from kg.frames.agreement_lexicon import is_kind
from kg.frames.line import CLAUSE_ENDS, Group, Line, is_word
from kg.frames.triggers import Trigger
from kg.model import EntityType

_AFTER = 16  # tokens after the noun in which its parties stand
_BEFORE = 14  # tokens before it in which who signs stands
_NEAR = 5
_NEAR_SUBJECT = 3  # tokens between who wants or agrees to sign and the verbal noun
_PAIR_REACH = 6  # sentences
_LIST = 30  # tokens of a list of parties
_LISTING = frozenset(("(", ")", "،", ",", "و", "اضافه", "الي", "في", "كل", "كلا", "من", "-", '"'))
_RELATIVES = frozenset(("التي", "الذي"))
SIDES = frozenset({EntityType.STATE, EntityType.ARMED_GROUP, EntityType.ARMED_FORCE})
"""Those that wage war and make peace."""
_BODIES = frozenset({EntityType.GOVERNMENT_BODY, EntityType.ARMED_FORCE})
_PUBLIC = (
    SIDES
    | _BODIES
    | {EntityType.INTERNATIONAL_ORGANIZATION, EntityType.PERSON, EntityType.UNNAMED, EntityType.ROLE, EntityType.GROUP}
)
_OFFICIALS = frozenset({EntityType.UNNAMED, EntityType.ROLE, EntityType.GOVERNMENT_BODY})
_SPEAKER = 20  # tokens between who speaks of an agreement and its noun
_PARTNER = 10  # tokens between an agreement and with whom it is
_TALKS = 9  # tokens between talks and what they are about
_UNDER = 20  # tokens between who acts and the agreement they act under
_OFFICES = 3  # tokens of the offices of delegates


def for_states(line: Line, parties: tuple[str, ...]) -> tuple[str, ...]:
    """A parliament or government that ratifies binds its state, where the article names that."""
    reading = line.reading
    bodies = (reading.entity(party) for party in parties)
    found = (
        reading.states.get(e.country or "", e.id) if e.type is EntityType.GOVERNMENT_BODY else e.id for e in bodies
    )
    return tuple(dict.fromkeys(found))


def other_side(line: Line, index: int, stop: int, parties: tuple[str, ...]) -> tuple[str, ...]:
    """`قال مسؤول تركي إن الاتفاق مع أ …`: the other party is the state of the one who speaks of it."""
    partner = next((g for g in line.groups_in(index + 1, min(stop, index + _PARTNER)) if g.preposition == "مع"), None)
    if partner is None or line.reading.entity(partner.members[0]).type not in _PUBLIC:
        return ()
    joined = line.form(partner.first - 2)[:1] == "و"  # صفقات السلاح وأزمات مع أ
    if joined or any(is_kind(line.form(at), "proposed") for at in range(index - _NEAR, index)):
        return ()
    for group in line.groups_before(index, _BEFORE):
        for member in group.members:
            entity = line.reading.entity(member)
            state = line.reading.states.get(entity.country or "")
            if state is not None and entity.id != state:  # an official or a body; a state may only judge it
                return (state,) if state not in parties else ()
    nation = _office_nation(line, index)
    return (nation,) if nation is not None and nation not in parties else ()


def _office_nation(line: Line, index: int) -> str | None:
    """The nation of the unnamed official or office nearest before a token (`قال مسؤول تركي إن`)."""
    offices = [m for m in line.sentence.mentions if line.reading.entity(m.entity).type in _OFFICIALS]
    for demonym in reversed(line.demonyms_in(index - _SPEAKER, index)):
        if any(office.span.covers(demonym.span) for office in offices):
            return demonym.members[0]
    before = [m for m in offices if line.sentence.token_at(m.span.start) in range(index - _SPEAKER, index)]
    official = line.reading.entity(before[-1].entity) if before else None
    return line.reading.states.get(official.country or "") if official is not None else None


def negotiators(line: Line, index: int) -> tuple[str, ...]:
    """Who is in talks about an agreement still open (`تجري أ وب مفاوضات بشأن معاهدة`)."""
    about = is_word(line.form(index - 1), "preposition") and is_kind(line.form(index - 2), "proposed")
    if about:
        return line.parties(line.subject_before(index - 2))
    for at in range(index - 1, max(-1, index - 1 - _TALKS), -1):
        if line.form(at) in CLAUSE_ENDS:
            break
        if is_kind(line.form(at), "talks"):
            named = next((g for g in line.groups_in(at + 1, index) if g.preposition in ("", "بين")), None)
            found = line.parties(named or line.subject_before(at))
            return found if len(found) > 1 else ()
    return ()


def owners(line: Line, index: int, pronoun: str) -> tuple[str, ...]:
    """Whose an agreement with a pronoun is: the last two states (`اتفاقهما`), or who is named before (`اتفاقها`)."""
    if pronoun != "ها":
        return last_pair(line, index)
    named = [party for group in line.groups_before(index) for party in line.parties(group)]
    return tuple(p for p in named if line.reading.entity(p).type is EntityType.STATE)[:1]


def under_it(line: Line, index: int, named: int) -> tuple[str, ...]:
    """Who acts under an agreement (`تبادلت أ وب الأسرى بموجب اتفاق`): both, or the other of the one that it names."""
    if not is_kind(line.form(index - 1), "in-force"):
        return ()
    found = line.parties(line.controller(index, _UNDER))
    public = all(line.reading.entity(party).type in SIDES | _BODIES for party in found)
    return found if public and len(found) + named > 1 else ()


def mediators(line: Line, index: int, stop: int) -> tuple[str, ...]:
    """Who only mediates it (`اتفاق توسطت فيه أ`, `برعاية أ`)."""
    found: list[str] = []
    for at in range(max(0, index - _NEAR), stop):
        if is_kind(line.form(at), "mediated"):
            after = [g for g in line.groups_in(at + 1, at + _NEAR) if g.free or g.preposition == "من"]
            found += line.parties(next(iter(after), None))
    return tuple(found)


def factions(line: Line, index: int) -> tuple[str, ...]:
    """The nation between whose own parties peace is made (`دعا الأطراف الليبية إلى قبول اتفاق السلام`)."""
    for at in range(max(0, index - _BEFORE), min(len(line), index + _AFTER)):
        if is_kind(line.form(at), "factions"):
            near = [*line.demonyms_in(at + 1, at + 3), *line.groups_in(at + 1, at + 5)]
            return next((line.parties(g)[:1] for g in near if line.reading.entity(g.members[0]).type in SIDES), ())
    return ()


def visiting(line: Line, index: int, stop: int) -> tuple[str, ...]:
    """Who visits whom, where an agreement is signed on a visit (`توقيع اتفاقيات خلال زيارة أ إلى ب`)."""
    for at in range(max(0, index - _BEFORE), stop):
        if not is_kind(line.form(at), "visit") or any(line.form(apart) in ("،", ",") for apart in range(index, at)):
            continue
        own = line.group_from(at + 1)
        visitor = own if own is not None and own.free else next(iter(line.groups_before(at)), None)
        host = next((g for g in line.groups_in(at + 1, at + _AFTER) if g.preposition in ("الي", "ل")), None)
        found = tuple(dict.fromkeys((*line.parties(visitor), *line.parties(host))))
        return found[-2:] if host is not None else ()
    return ()


def proclaimers(line: Line, index: int, stop: int, signing: tuple[int, Trigger] | None) -> tuple[str, ...]:
    """Who proclaimed or asked for a truce (`الهدنة التي أعلنتها أ`), and who rejects it, where they fight."""
    found: list[str] = []
    if signing is not None and signing[1].row["past"] == "رفض":
        found += line.parties(line.subject_after(signing[0]) or line.subject_before(signing[0]))
    opened = next((at for at in range(index + 1, min(stop, index + _NEAR)) if line.form(at) in _RELATIVES), stop)
    for at in range(opened + 1, min(stop, opened + _NEAR)):
        if is_kind(line.form(at), "proclaimed"):
            found += line.parties(line.subject_after(at))
    return tuple(dict.fromkeys(p for p in found if line.reading.entity(p).type in SIDES))


def delegates(line: Line, index: int) -> Group | None:
    """Those for whom ministers or leaders do what the verb at `index` says (`اتفق وزراء خارجية أ وب`)."""
    at = index + 1
    while at <= index + _OFFICES and is_kind(line.form(at), "delegates"):
        at += 1
    group = line.group_from(at) if at > index + 1 else None
    return group if group is not None and group.free else None


def two_armies(line: Line, index: int) -> tuple[str, ...]:
    """The nations of two sides under one noun (`اتفق الجيشان السوداني والمصري`)."""
    return tuple(dict.fromkeys(demonym.members[0] for demonym in line.demonyms_in(index + 1, index + _NEAR)))


def apart_from_bodies(line: Line, parties: tuple[str, ...]) -> tuple[str, ...]:
    """The parties without a state whose own government or forces are one already; two governments are their states."""
    reading = line.reading
    bound = for_states(line, parties)
    if len(bound) > 1 and all(reading.entity(party).type is EntityType.STATE for party in bound):
        return bound
    bodies = [reading.entity(p) for p in parties if reading.entity(p).type in _BODIES]
    held = {reading.states.get(body.country or "") for body in bodies}
    return tuple(party for party in parties if party not in held)


def bound_by(line: Line, index: int, stop: int) -> tuple[str, ...]:
    """Whom it binds (`تلزم المعاهدة أ وب بكذا`)."""
    near = range(max(0, index - 2), min(stop, index + _NEAR))
    if not any(is_kind(line.form(position), "binding") for position in near):
        return ()
    groups = (line.parties(group) for group in line.groups_in(index + 1, stop) if group.free)
    return next((found for found in groups if len(found) > 1), ())


def sides_of(line: Line, index: int, stop: int) -> tuple[str, ...]:
    """Who fights, where the clause goes on to name both (`وقف إطلاق النار في حرب أ ضد ب`).

    A relative (`الهدنة التي طلبتها أ`) and a clause joined behind a comma tell of others.
    """
    ends = (at for at in range(index + 1, stop) if line.form(at) in _RELATIVES or _joined_clause(line, at))
    clause = line.groups_in(index + 1, next(ends, stop))
    after = [party for group in clause for party in line.parties(group)]
    sides = tuple(dict.fromkeys(p for p in after if line.reading.entity(p).type in SIDES))
    return sides if len(sides) > 1 else ()


def _joined_clause(line: Line, at: int) -> bool:
    return line.form(at) in ("،", ",") and line.form(at + 1)[:1] == "و"


def parties_after(line: Line, index: int, stop: int) -> tuple[tuple[str, ...], int]:
    """The parties after the noun (`بين أ وب`, `مع أ`) and the token after the last of them."""
    found: list[str] = []
    last = index + 1
    for group in line.groups_in(index + 1, stop):
        if group.preposition == "بين" or (group.preposition == "مع" and not found):
            found += line.parties(group)
            last = group.end
    return tuple(dict.fromkeys(found)), last


def signers(line: Line, index: int, stop: int, signing: tuple[int, Trigger] | None) -> tuple[tuple[str, ...], int, int]:
    """Who signs, the first token that says so, and the token after the list of those named behind the noun."""
    if signing is None:
        return (), index, index
    at, trigger = signing
    if trigger.row["status"] == "urged":
        return (), index, index
    if at > index:
        after, end = _listed(line, at)
        plural = trigger.finite and trigger.number != "s"
        return (last_pair(line, index) if plural and not after else after), index, end
    between = [g for g in line.groups_in(at + 1, index) if g.free]
    group: Group | None = between[0] if between else delegates(line, at)
    if group is None and not is_word(line.form(at - 1), "passive"):
        group = line.subject_before(at)
    opened = is_word(line.form(at - 1), "goal", "preposition") or line.form(at - 1) == "وشك"
    if group is None and not trigger.finite and opened:  # تسعى أ إلى إبرام
        group = line.controller(at, _NEAR_SUBJECT)
    if group is None:
        sides = [d.members[0] for d in line.demonyms_in(at + 1, index)]  # وقع الجانبان المصري والسوداني
        return tuple(sides if len(sides) > 1 else ()), at if trigger.finite or len(sides) > 1 else index, index
    partner = next((g for g in line.groups_in(at + 1, index) if g.preposition == "مع"), None)
    return (*line.parties(group), *line.parties(partner)), min(at, group.first), index


def _listed(line: Line, at: int) -> tuple[tuple[str, ...], int]:
    """The groups within four tokens after a verb with the list that goes on after them, and the token after it."""
    found: list[str] = []
    end = at
    for group in line.groups_in(at + 1, min(len(line), at + 1 + _LIST)):
        gap = [line.form(position) for position in range(end + 1, group.first)]
        if any(is_word(form, "through") for form in gap):  # أبرم بوساطة أ
            break
        if (not found and (len(gap) > 3 or not group.free)) or (found and not all(form in _LISTING for form in gap)):
            break
        if group.preposition in ("", "الي"):
            found += line.parties(group)
        end = group.end - 1
    return tuple(dict.fromkeys(found)), end + 1 if found else at


def by_adjective(line: Line, index: int) -> tuple[str, ...]:
    """The nationalities of the noun (`اتفاق روسي صيني`)."""
    found: list[str] = []
    reach = index + 4
    for demonym in line.demonyms_in(index + 1, index + _AFTER):
        if any(is_word(line.form(position), "preposition") for position in range(index + 1, demonym.first)):
            break
        if demonym.first <= reach:
            found += demonym.members
            reach = demonym.end + 2
    return tuple(dict.fromkeys(found))


def last_pair(line: Line, index: int) -> tuple[str, ...]:
    """The last two states spoken of before a token: who `وقعوا` means."""
    found: list[str] = []
    nearby = line.reading.sentences[max(0, line.sentence.index - _PAIR_REACH) : line.sentence.index + 1]
    for sentence in reversed(nearby):
        here = line if sentence is line.sentence else Line(line.reading, sentence)
        for group in reversed([g for g in here.groups if here is not line or g.first < index]):
            for party in reversed(here.parties(group)):
                if line.reading.entity(party).type is EntityType.STATE and party not in found:
                    found.append(party)
        if len(found) >= 2:
            break
    return tuple(reversed(found[:2])) if len(found) >= 2 else ()
