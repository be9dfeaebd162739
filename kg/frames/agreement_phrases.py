"""Phrases that mean an agreement, one sentence at a time: the noun or verb, its parties, and how far it has come."""

from __future__ import annotations

from bisect import bisect_left

from kg.frames.agreement_acts import Phrase, agreed_by_verb, agreed_on, clause_end
from kg.frames.agreement_lexicon import DECLARED, VERB, Noun, agreement_triggers, is_kind, matching, noun_rows
from kg.frames.agreement_parties import (
    apart_from_bodies,
    bound_by,
    by_adjective,
    factions,
    for_states,
    mediators,
    negotiators,
    other_side,
    owners,
    parties_after,
    proclaimers,
    sides_of,
    signers,
    under_it,
    visiting,
)
from kg.frames.line import CLAUSE_ENDS, Line, bare, is_word
from kg.frames.triggers import Trigger
from kg.model import EntityType, Zone

_BEFORE = 14  # tokens before it in which who signs stands
_NEAR = 5
_OPEN_REACH = 10  # tokens before the noun in which a word can leave it open
_THREAT = 3  # tokens between a threat and what is threatened
_CLAUSE = 12  # tokens after the noun in which a clause about it has its verb
_OPEN = frozenset({"proposed", "urged"})
_SETTLED = frozenset({"signed", "agreed", "broken", "ended", "ratified"})


def phrases_of(line: Line) -> list[Phrase]:
    """The phrases of a sentence that mean agreements, in order; one inside what was agreed on takes its place."""
    found: list[Phrase] = []
    told = 0  # the token after the last noun with its modifier
    for index, token in enumerate(line.tokens):
        rows, definite, pronoun = noun_rows(token.form)
        noun, named = matching(line, index, rows)
        if noun is None and is_kind(token.form, "declared") and line.form(index - 1) == '"':
            noun, definite = DECLARED, True
        if noun is None or index < told or line.group_over(index) is not None or _absent(line, index):
            continue
        told = named
        on = agreed_on(line, index) if definite and not pronoun else None
        if on is not None:
            found += [on] if len(on.parties) > 1 else []
        elif not _agreeing(line, index):
            phrase = _named(line, index, named, noun, definite, pronoun)
            phrase.event = _event(line, index)
            found.append(phrase)
    found.sort(key=lambda phrase: phrase.first)
    starts = [phrase.first for phrase in found]
    verbs: list[Phrase] = []
    for index in line.sentence.opening(VERB):
        trigger = next((t for t in line.ways(agreement_triggers(), index) if t.row["status"] == "agree"), None)
        agreed = agreed_by_verb(line, index, trigger) if trigger is not None else None
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


def _absent(line: Line, index: int) -> bool:
    """Whether there is none (`لا يوجد اتفاق`, `دون اتفاق`)."""
    before = line.form(index - 1)
    if is_word(before, "existence"):
        return is_word(line.form(index - 2), "negation", "lack")
    return is_word(before, "lack")


def _named(line: Line, index: int, end: int, noun: Noun, definite: bool, pronoun: str) -> Phrase:
    stop = clause_end(line, index)
    signing = _signing(line, index)
    parties, last = parties_after(line, index, stop)
    signing_parties, first, listed = signers(line, index, stop, signing)
    if len(parties) < 2:
        parties = tuple(dict.fromkeys((*signing_parties, *parties)))
    else:
        first = index
    if len(parties) < 2:
        parties = tuple(dict.fromkeys((*parties, *by_adjective(line, index))))
    if len(parties) < 2 and pronoun:
        parties = tuple(dict.fromkeys((*parties, *owners(line, index, pronoun))))
    peace = any(is_kind(line.form(position), "peace") for position in range(index + 1, index + 3))
    if not definite and len(parties) < 2:
        parties = _by_occasion(line, index, stop, signing, parties)
    elif not parties and definite:
        parties = bound_by(line, index, stop)
    if not parties and peace:
        parties = factions(line, index)
    if not parties and noun.kind == "ceasefire":
        parties = sides_of(line, index, stop) or proclaimers(line, index, stop, signing)
    if signing is not None and signing[1].row["status"] == "ratified":
        parties = for_states(line, parties)
    if len(parties) == 1:
        parties = (*other_side(line, index, stop, parties), *parties)
    parties = apart_from_bodies(line, parties)
    pointing = is_kind(line.form(index - 1), "demonstrative") or is_kind(line.form(index - 2), "demonstrative")
    status = _status(line, index, noun, signing)
    start = min(first, index, signing[0] if signing and signing[0] >= index - _NEAR else index)
    phrase = Phrase(
        line, noun.kind, parties, status, start, max(last, end, listed), "agreement.noun", definite, pointing
    )
    if signing is not None and signing[1].row["status"] == "urged":
        phrase.outsiders = line.parties(line.subject_after(signing[0]) or line.subject_before(signing[0]))
    phrase.internal = peace and len(parties) == 1
    phrase.half = len(parties) == 1 and last > index + 1
    phrase.outsiders += mediators(line, index, stop)
    phrase.concluded = signing[0] if signing and signing[0] > index else None
    return phrase


def _by_occasion(
    line: Line, index: int, stop: int, signing: tuple[int, Trigger] | None, parties: tuple[str, ...]
) -> tuple[str, ...]:
    """The parties of a new agreement that its own words do not name: in talks, acting under it, on a visit."""
    parties = parties or negotiators(line, index)
    parties = tuple(dict.fromkeys((*parties, *under_it(line, index, len(parties)))))
    if len(parties) > 1 or signing is None or signing[1].row["status"] != "signed":
        return parties
    both = visiting(line, index, stop)
    if parties:  # who signs, with the host
        return tuple(dict.fromkeys((*parties, *both[-1:])))
    return both if len(both) > 1 else ()


def _signing(line: Line, index: int) -> tuple[int, Trigger] | None:
    """The verb or verbal noun whose object the agreement is: in a clause about it after it, else the nearest before."""
    triggers = agreement_triggers()
    for position in range(index + 1, min(len(line), index + _CLAUSE)):
        form = line.form(position)
        if form in CLAUSE_ENDS or form == "،":
            break
        ways = [way for way in line.ways(triggers, position) if way.row["status"] in _SETTLED]
        if ways and _of_the_noun(line, position, ways[0]):
            return position, ways[0]
    for position in range(index - 1, max(-1, index - 1 - _BEFORE), -1):
        if line.form(position) in CLAUSE_ENDS:
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


def _status(line: Line, index: int, noun: Noun, signing: tuple[int, Trigger] | None) -> str:
    """How far it has come: the nearest of signing and of words that leave it open decides."""
    at, trigger = signing if signing is not None else (-1, None)
    if is_word(line.form(index - 1), "passive"):  # تم الاتفاق على كذا
        return "agreed"
    settled = trigger is not None and trigger.tense == "past" and trigger.row["status"] in _SETTLED
    settled = settled and not is_kind(line.form(at - 1), "conditional")
    if trigger is not None and settled and at > index:
        return trigger.row["status"]
    for position in range(index - 1, max(-1, index - 1 - _OPEN_REACH), -1):
        form = line.form(position)
        if form in CLAUSE_ENDS:
            break
        if trigger is not None and settled and position == at:
            return trigger.row["status"]
        ways = line.ways(agreement_triggers(), position)
        may = bare(form) != "قد" or _may_be(line.form(position + 1))
        if (is_kind(form, "proposed") and may) or any(way.row["status"] in _OPEN for way in ways):
            return "proposed"
    if any(is_kind(line.form(position), "signed") for position in range(index + 1, index + 1 + _NEAR)):
        return "signed"
    if trigger is not None and _headlined(line, at, trigger):
        return trigger.row["status"]
    if trigger is not None:
        open_still = trigger.tense in ("present", "future") or trigger.particle.endswith("ل")
        if trigger.row["status"] in ("signed", "ratified") and not trigger.finite:  # وافق على توقيع، يسعى إلى إبرام
            told = is_kind(line.form(at - 2), "told")  # أشار إلى توقيع كذا
            open_still = open_still or (bare(line.form(at - 1)) in ("علي", "الي") and not told)
        if not trigger.finite and trigger.row["status"] in ("ended", "broken") and _threatened(line, at):
            return "in-force"
        return "proposed" if open_still or trigger.row["status"] in _OPEN else trigger.row["status"]
    before = (line.form(position) for position in range(max(0, index - 3), index))
    return "in-force" if noun.kind == "ceasefire" or any(is_kind(form, "in-force") for form in before) else "agreed"


def _may_be(verb: str) -> bool:
    """Whether a verb after قد is in the present, so that something only may be."""
    return verb[:1] in ("ي", "ت") and not is_word(verb, "passive") and verb[:2] != "تم"


def _threatened(line: Line, at: int) -> bool:
    """Whether an end or breach is only threatened or ruled out (`هدد بالانسحاب`, `عدم خرق`)."""
    return any(is_kind(line.form(position), "threat") for position in range(at - _THREAT, at))


def _headlined(line: Line, index: int, trigger: Trigger) -> bool:
    """`أ وب توقعان اتفاقا`: a heading tells in the present, behind its subject, what is done."""
    opening = line.sentence.zone in (Zone.HEADLINE, Zone.SUBHEAD) or line.sentence.index == 0
    subject = line.subject_before(index)
    settled = trigger.row["status"] in ("signed", "ratified") and trigger.tense == "present"
    return settled and opening and subject is not None and subject.first <= 1
