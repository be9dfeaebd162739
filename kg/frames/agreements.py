"""Agreements: treaties, deals and understandings with their parties, and which phrases of an article mean the same one.

A noun of `kg/data/ar/agreement_nouns.tsv` with parties, or a verb of agreeing (`اتفق الجانبان على …`), makes one. A
definite noun without parties of its own (`الاتفاق`, `هذه المعاهدة`) refers to one named before, or to none that can be
told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import chain, islice

from kg.frames.agreement_acts import Phrase
from kg.frames.agreement_lexicon import OPENING
from kg.frames.agreement_parties import SIDES, apart_from_bodies
from kg.frames.agreement_phrases import phrases_of
from kg.frames.lexicon import table
from kg.frames.line import Line
from kg.frames.occasion import nearest_date
from kg.frames.reading import Reading
from kg.model import Agreement, EdtfDate, EntityType, Span, Zone

_DOMESTIC = frozenset({EntityType.PERSON, EntityType.GOVERNMENT_BODY, EntityType.COMPANY})
_SKIPPED = frozenset({Zone.WIDGET, Zone.FOOTER})
_DATE_REACH = 220  # characters of a clause that says who concluded an agreement, and when
_AROUND = 2  # sentences before and after a truce in which its sides are named
_LOOK_BACK = 40  # agreements before a phrase that it may refer to
_ROOTS = {"ceasefire": "ceasefire", "memorandum": "memorandum"}


def find_agreements(reading: Reading) -> tuple[Agreement, ...]:
    """The agreements an article speaks of, with ids `a1`, `a2` …; `spans` are further phrases for the same one."""
    phrases: list[Phrase] = []
    for sentence in reading.sentences:
        if sentence.zone not in _SKIPPED and sentence.may_open(OPENING):
            phrases += phrases_of(Line.of(reading, sentence))
    for phrase in phrases:
        _complete(reading, phrase)
        phrase.dated = _concluded_on(reading, phrase)
    joined = _joined(reading, phrases)
    return tuple(_agreement(reading, found, f"a{number}") for number, found in enumerate(joined, 1))


def _agreement(reading: Reading, found: Phrase, ident: str) -> Agreement:
    span = found.span
    date = nearest_date(reading, found.line.sentence.span, span) or found.dated
    event = reading.entity(found.event) if found.event else None
    others = tuple(other for other in found.spans if other != span)
    return Agreement(
        ident,
        found.kind,
        found.parties,
        found.status,
        span,
        found.rule,
        others,
        date,
        wikidata=event.wikidata if event else None,
        label=event.label_ar if event else None,
    )


# ── which phrases mean the same ───────────────────────────────────────────────────────────────────────────────────


def _concluded_on(reading: Reading, phrase: Phrase) -> EdtfDate | None:
    """The date in a clause that says who concluded an agreement (`الذي توصلت إليه أ وب يوم 14 يوليو`)."""
    if phrase.concluded is None:
        return None
    start = phrase.line.tokens[phrase.concluded].start
    clause = Span(start, min(phrase.line.sentence.span.end, start + _DATE_REACH))
    return nearest_date(reading, clause, clause)


@cache
def _known() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Kind and parties of the agreements of `known_agreements.tsv`, by gazetteer key."""
    return {row["key"]: (row["kind"], tuple(row["parties"].split())) for row in table("known_agreements")}


def _complete(reading: Reading, phrase: Phrase) -> None:
    """Gives an agreement with a name of its own those of its parties that the article mentions."""
    known = _known().get(reading.entity(phrase.event).key or "") if phrase.event else None
    if known is not None:
        kind, keys = known
        present = {entity.key: entity.id for entity in reading.entities if entity.key in keys}
        phrase.parties = tuple(dict.fromkeys((*phrase.parties, *(present[key] for key in keys if key in present))))
        phrase.kind = kind if phrase.kind == "agreement" else phrase.kind


def _belligerents(reading: Reading, phrase: Phrase) -> tuple[str, ...]:
    """Of those named around a truce without parties the two that the article names most; who urges it is left out."""
    at = phrase.line.sentence.index
    near = reading.sentences[max(0, at - _AROUND) : at + _AROUND + 1]
    for sentences in (near, reading.sentences):
        named = dict.fromkeys(m.entity for sentence in sentences for m in chain(sentence.mentions, sentence.inner))
        able = [reading.entity(ident) for ident in named if ident not in phrase.outsiders]
        fighting = set(apart_from_bodies(phrase.line, (*phrase.parties, *(e.id for e in able if e.type in SIDES))))
        sides = Counter({entity.id: len(entity.mentions) for entity in able if entity.id in fighting})
        if len(sides) > 1:
            break
    return tuple(ident for ident, _count in sides.most_common(2))


def _joined(reading: Reading, phrases: list[Phrase]) -> list[Phrase]:
    """The agreements of an article: each phrase joined to the one it refers back to, those without parties left out."""
    found: list[Phrase] = []
    for phrase in phrases:
        back = [*islice(reversed(found), _LOOK_BACK)]
        named = (p for p in back if phrase.event is not None and phrase.event == p.event)
        earlier = next(named, None) or next((p for p in back if _same(p, phrase)), None)
        if earlier is not None:
            earlier.spans.append(phrase.span)
            _enrich(earlier, phrase)
        elif (
            phrase.kind == "ceasefire"
            or phrase.internal
            or len(phrase.parties) > 1
            or (phrase.parties and phrase.definite)
        ):
            found.append(replace(phrase, spans=[]))
    for phrase in found:
        if phrase.kind == "ceasefire" and len(phrase.parties) < 2 and not phrase.half:
            phrase.parties = tuple(dict.fromkeys((*phrase.parties, *_belligerents(reading, phrase))))[:2]
        phrase.parties = _of_the_known(reading, phrase)
    return [phrase for phrase in found if _told(reading, phrase)]


def _of_the_known(reading: Reading, phrase: Phrase) -> tuple[str, ...]:
    """The parties of an agreement with a name of its own without states that are none of its parties."""
    known = _known().get(reading.entity(phrase.event).key or "") if phrase.event else None
    if known is None:
        return phrase.parties
    parties = [reading.entity(party) for party in phrase.parties]
    return tuple(party.id for party in parties if party.type is not EntityType.STATE or party.key in known[1])


def _told(reading: Reading, phrase: Phrase) -> bool:
    """Whether two are bound by it that are not mere persons, or one by an agreement with a name of its own."""
    kinds = {reading.entity(party).type for party in phrase.parties}
    enough = len(phrase.parties) > 1 or (phrase.event is not None and bool(phrase.parties))
    domestic = EntityType.PERSON in kinds and kinds <= _DOMESTIC
    able = SIDES | {EntityType.GOVERNMENT_BODY} if phrase.kind == "ceasefire" else SIDES
    enough = enough or ((phrase.kind == "ceasefire" or phrase.internal) and bool(kinds & able))
    return enough and not domestic and not kinds <= {EntityType.PERSON, EntityType.ROLE}


def _enrich(earlier: Phrase, phrase: Phrase) -> None:
    from_headline = earlier.line.sentence.zone is Zone.HEADLINE
    if from_headline and phrase.line.sentence.zone is Zone.BODY:
        earlier.spans = [earlier.span, *(s for s in earlier.spans if s != phrase.span)]
        earlier.line, earlier.first, earlier.end, earlier.rule = phrase.line, phrase.first, phrase.end, phrase.rule
        earlier.status = phrase.status
    if earlier.kind == "agreement" and phrase.kind != "agreement":
        earlier.kind = phrase.kind
    earlier.dated = earlier.dated or phrase.dated
    earlier.event = earlier.event or phrase.event
    earlier.parties = tuple(dict.fromkeys((*earlier.parties, *phrase.parties)))
    if earlier.status == "agreed" and phrase.status in ("signed", "ratified"):
        earlier.status = phrase.status


def _year(phrase: Phrase) -> int | None:
    """The year of its own, else the article's."""
    reading = phrase.line.reading
    date = phrase.dated or nearest_date(reading, phrase.line.sentence.span, phrase.span) or reading.published.date
    return date.not_before.year if date is not None and date.not_before is not None else None


def _same(earlier: Phrase, phrase: Phrase) -> bool:
    heading = earlier.line.sentence.zone is Zone.HEADLINE and earlier.line is not phrase.line
    if phrase.rule == "agreement.verb" or earlier.rule == "agreement.verb":
        return heading and set(phrase.parties) == set(earlier.parties)
    if earlier.kind == phrase.kind == "ceasefire" and (heading or (phrase.definite and len(phrase.parties) < 2)):
        return True
    one, other = _ROOTS.get(earlier.kind, "treaty"), _ROOTS.get(phrase.kind, "treaty")
    said, held = set(phrase.parties), set(earlier.parties)
    if one != other:  # a heading may call a memorandum an agreement
        headed = earlier.line.sentence.zone is Zone.HEADLINE and earlier.kind == "agreement"
        return headed and "memorandum" in (one, other) and said == held
    related = not said or said <= held or held <= said
    headline = earlier.line.sentence.zone is Zone.HEADLINE and len(said & held) > 1
    if phrase.pointing or phrase.definite or headline or one == "ceasefire":
        return related or (one == "ceasefire" and bool(said & held))
    settled = earlier.status == phrase.status == "signed"
    return settled and _year(earlier) == _year(phrase) and set(earlier.parties) == set(phrase.parties)
