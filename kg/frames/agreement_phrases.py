"""Phrases that mean an agreement, one sentence at a time: the noun or verb, its parties, and how far it has come."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from kg.frames.agreement_lexicon import VERB, Noun, agreement_triggers, is_kind, matching, noun_rows
from kg.frames.line import Group, Line, bare, is_word
from kg.frames.triggers import Trigger
from kg.model import EdtfDate, EntityType, Span

_AFTER = 16  # tokens after the noun in which its parties stand
_BEFORE = 14  # tokens before it in which who signs stands
_NEAR = 5
_NEAR_SUBJECT = 3  # tokens between who wants or agrees to sign and the verbal noun
_OPEN_REACH = 10  # tokens before the noun in which a word can leave it open
_CONTENT = 14  # tokens of what was agreed that belong to the passage
_PAIR_REACH = 6  # sentences
SIDES = frozenset({EntityType.STATE, EntityType.ARMED_GROUP, EntityType.ARMED_FORCE})
_CLAUSE = 12  # tokens after the noun in which a clause about it has its verb
_LIST = 30  # tokens of a list of parties
_ENDS = frozenset(".؛?!؟")
_LISTING = frozenset(("(", ")", "،", ",", "و", "اضافه", "الي", "في", "كل", "كلا", "من", "-", '"'))
_OPEN = frozenset({"proposed", "urged"})
_SETTLED = frozenset({"signed", "agreed", "broken", "ended", "ratified"})


@dataclass(slots=True)
class Phrase:
    """One phrase that means an agreement, in tokens of its line."""

    line: Line
    kind: str
    parties: tuple[str, ...]
    status: str
    first: int
    end: int
    rule: str
    definite: bool = False
    pointing: bool = False  # هذه، تلك
    urged_by: tuple[str, ...] = ()  # who asks for it or rejects it
    concluded: int | None = None  # the verb of a clause about it that says who concluded it
    dated: EdtfDate | None = None
    event: str | None = None  # the entity of an agreement with a name of its own
    spans: list[Span] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return self.line.span(self.first, self.end)


def phrases_of(line: Line) -> list[Phrase]:
    """The phrases of a sentence that mean agreements, in order; one inside what was agreed on takes its place."""
    found: list[Phrase] = []
    for index, token in enumerate(line.tokens):
        rows, definite = noun_rows(token.form)
        noun, named = matching(line, index, rows)
        if noun is not None and line.group_over(index) is None and not _agreeing(line, index):
            phrase = _named(line, index, named, noun, definite)
            phrase.event = _event(line, index)
            found.append(phrase)
    found.sort(key=lambda phrase: phrase.first)
    starts = [phrase.first for phrase in found]
    verbs: list[Phrase] = []
    for index in line.sentence.opening(VERB):
        trigger = next((t for t in line.ways(agreement_triggers(), index) if t.row["status"] == "agree"), None)
        agreed = _agreed(line, index, trigger) if trigger is not None else None
        if agreed is None:
            continue
        first = bisect_left(starts, agreed.first)
        inside = found[first : bisect_left(starts, agreed.end)]
        _lend_parties(agreed, inside)
        if not inside:
            verbs.append(agreed)
    return sorted([*found, *verbs], key=lambda phrase: phrase.first)


def _event(line: Line, index: int) -> str | None:
    """The agreement's entity where the noun begins its name (`الاتفاق النووي`)."""
    here = (mention.entity for mention in line.mentions_in(line.span(index, index + 1)))
    return next((ident for ident in here if line.reading.entity(ident).type is EntityType.EVENT), None)


def _lend_parties(agreed: Phrase, inside: list[Phrase]) -> None:
    """An agreement named inside what was agreed has the parties of those who agreed, unless it names its own."""
    for phrase in inside:
        if len(phrase.parties) < 2:
            phrase.parties, phrase.first = agreed.parties, agreed.first


def _agreeing(line: Line, index: int) -> bool:
    """Whether the noun is the act of agreeing (`تم الاتفاق على`, `بالاتفاق مع`), not a thing agreed."""
    on = bare(line.form(index + 1)) == "علي" and is_word(line.form(index - 1), "passive")
    return on or (line.form(index)[:1] == "ب" and line.form(index + 1) in ("مع", "بين"))


def _named(line: Line, index: int, end: int, noun: Noun, definite: bool) -> Phrase:
    stop = _stop(line, index)
    signing = _signing(line, index)
    parties, last = _parties_after(line, index, stop)
    signers, first, listed = _signers(line, index, stop, signing)
    if len(parties) < 2:
        parties = tuple(dict.fromkeys((*signers, *parties)))
    else:
        first = index
    if len(parties) < 2:
        parties = tuple(dict.fromkeys((*parties, *_by_adjective(line, index))))
    if not parties and not definite:
        parties = _negotiators(line, index)
    if not parties and noun.kind == "ceasefire":
        parties = _sides(line, index, stop)
    pointing = is_kind(line.form(index - 1), "demonstrative") or is_kind(line.form(index - 2), "demonstrative")
    status = _status(line, index, noun, signing)
    start = min(first, index, signing[0] if signing and signing[0] >= index - _NEAR else index)
    phrase = Phrase(
        line, noun.kind, parties, status, start, max(last, end, listed), "agreement.noun", definite, pointing
    )
    if signing is not None and signing[1].row["status"] == "urged":
        phrase.urged_by = line.parties(line.subject_after(signing[0]) or line.subject_before(signing[0]))
    phrase.concluded = signing[0] if signing and signing[0] > index else None
    return phrase


def _negotiators(line: Line, index: int) -> tuple[str, ...]:
    """Who is in talks about an agreement still open (`تجري أ وب مفاوضات بشأن معاهدة`)."""
    about = is_word(line.form(index - 1), "preposition") and is_kind(line.form(index - 2), "proposed")
    return line.parties(line.subject_before(index - 2)) if about else ()


def _sides(line: Line, index: int, stop: int) -> tuple[str, ...]:
    """Who fights, where the sentence goes on to name both (`وقف إطلاق النار في حرب أ ضد ب`)."""
    after = [party for group in line.groups_in(index + 1, stop) for party in line.parties(group)]
    sides = tuple(dict.fromkeys(p for p in after if line.reading.entity(p).type in SIDES))
    return sides if len(sides) > 1 else ()


def _stop(line: Line, index: int) -> int:
    for position in range(index + 1, min(len(line), index + 1 + _AFTER)):
        form = line.form(position)
        if form in _ENDS or is_word(form, "conjunction"):
            return position
    return min(len(line), index + 1 + _AFTER)


def _parties_after(line: Line, index: int, stop: int) -> tuple[tuple[str, ...], int]:
    """The parties after the noun (`بين أ وب`, `مع أ`) and the token after the last of them."""
    found: list[str] = []
    last = index + 1
    for group in line.groups_in(index + 1, stop):
        if group.preposition == "بين" or (group.preposition == "مع" and not found):
            found += line.parties(group)
            last = group.end
    return tuple(dict.fromkeys(found)), last


def _signing(line: Line, index: int) -> tuple[int, Trigger] | None:
    """The verb or verbal noun whose object the agreement is: in a clause about it after it, else the nearest before."""
    triggers = agreement_triggers()
    for position in range(index + 1, min(len(line), index + _CLAUSE)):
        form = line.form(position)
        if form in _ENDS or form == "،":
            break
        ways = [way for way in line.ways(triggers, position) if way.row["status"] in _SETTLED]
        if ways and _of_the_noun(line, position, ways[0]):
            return position, ways[0]
    for position in range(index - 1, max(-1, index - 1 - _BEFORE), -1):
        if line.form(position) in _ENDS:
            break
        ways = [way for way in line.ways(triggers, position) if way.row["status"] != "agree"]
        if ways and line.group_over(position) is None:
            return position, ways[0]
    return None


def _of_the_noun(line: Line, index: int, trigger: Trigger) -> bool:
    """Whether a verb after the noun has the agreement as its object (`وقعته`, `تم إبرامها`, `توصلت إليه`)."""
    if not trigger.finite:
        return is_word(line.form(index - 1), "passive")
    concluded = trigger.row["status"] in ("signed", "agreed", "ratified")
    return trigger.tense == "past" and (bool(trigger.pronoun) or concluded)


def _signers(
    line: Line, index: int, stop: int, signing: tuple[int, Trigger] | None
) -> tuple[tuple[str, ...], int, int]:
    """Who signs, the first token that says so, and the token after the list of those named behind the noun."""
    if signing is None:
        return (), index, index
    at, trigger = signing
    if trigger.row["status"] == "urged":
        return (), index, index
    if at > index:
        after, end = _listed(line, at)
        plural = trigger.finite and trigger.number != "s"
        return (_pair(line, index) if plural and not after else after), index, end
    between = [g for g in line.groups_in(at + 1, index) if g.free]
    group: Group | None = between[0] if between else None
    if group is None and not is_word(line.form(at - 1), "passive"):
        group = line.subject_before(at)
    if group is None and not trigger.finite and is_word(line.form(at - 1), "goal", "preposition"):  # تسعى أ إلى إبرام
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
        if (not found and (len(gap) > 3 or not group.free)) or (found and not all(form in _LISTING for form in gap)):
            break
        if group.preposition in ("", "الي"):
            found += line.parties(group)
        end = group.end - 1
    return tuple(dict.fromkeys(found)), end + 1 if found else at


def _by_adjective(line: Line, index: int) -> tuple[str, ...]:
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


def _pair(line: Line, index: int) -> tuple[str, ...]:
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


def _status(line: Line, index: int, noun: Noun, signing: tuple[int, Trigger] | None) -> str:
    """How far it has come: the nearest of signing and of words that leave it open decides."""
    at, trigger = signing if signing is not None else (-1, None)
    settled = trigger is not None and trigger.tense == "past" and trigger.row["status"] in _SETTLED
    settled = settled and not is_kind(line.form(at - 1), "conditional")
    if trigger is not None and settled and at > index:
        return trigger.row["status"]
    for position in range(index - 1, max(-1, index - 1 - _OPEN_REACH), -1):
        form = line.form(position)
        if form in _ENDS:
            break
        if trigger is not None and settled and position == at:
            return trigger.row["status"]
        ways = line.ways(agreement_triggers(), position)
        if is_kind(form, "proposed") or any(way.row["status"] in _OPEN for way in ways):
            return "proposed"
    if trigger is not None:
        open_still = trigger.tense in ("present", "future") or trigger.particle.endswith("ل")
        return "proposed" if open_still or trigger.row["status"] in _OPEN else trigger.row["status"]
    before = (line.form(position) for position in range(max(0, index - 3), index))
    return "in-force" if noun.kind == "ceasefire" or any(is_kind(form, "in-force") for form in before) else "agreed"


def _agreed(line: Line, index: int, trigger: Trigger) -> Phrase | None:
    """`اتفق أ وب على …`, `اتفقت أ مع ب على …`."""
    group = line.subject_after(index) or line.subject_before(index)
    parties = line.parties(group)
    stop = _stop(line, index)
    on = next((p for p in range(index + 1, stop) if bare(line.form(p)) == "علي"), None)
    if on is None or bare(line.form(on + 1)) in ("ان", "انه", "انها"):
        return None
    partner = next((g for g in line.groups_in(index + 1, on) if g.preposition == "مع"), None)
    parties = tuple(dict.fromkeys((*parties, *line.parties(partner))))
    persons = all(line.reading.entity(party).type is EntityType.PERSON for party in parties)
    if len(parties) < 2 or persons or is_word(line.form(index - 1), "negation"):
        return None
    end = next((p for p in range(on + 1, stop) if line.form(p) in ("،", ",")), min(stop, on + 1 + _CONTENT))
    content = [line.form(position) for position in range(on + 1, end)]
    kinds = [kind for kind in ("ceasefire", "partnership", "cooperation") if any(is_kind(f, kind) for f in content)]
    status = "proposed" if trigger.tense in ("present", "future") else "agreed"
    first = min(index, group.first) if group is not None else index
    return Phrase(line, kinds[0] if kinds else "agreement", parties, status, first, end, "agreement.verb")
