"""The act of agreeing (`اتفقت أ وب على …`, `تم الاتفاق على …`): an agreement told by a verb, with its content."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.frames.agreement_lexicon import is_kind
from kg.frames.agreement_parties import apart_from_bodies, delegates, factions, two_armies
from kg.frames.line import CLAUSE_ENDS, Line, bare, is_word
from kg.frames.triggers import Trigger
from kg.model import EdtfDate, EntityType, Span

_AFTER = 16  # tokens after the noun in which its parties stand
_NEAR = 5
_CONTENT = 14  # tokens of what was agreed that belong to the passage
_SAID_WITH = 30  # tokens around the act of agreeing in which those who agree are named
_THAT = frozenset(("ان", "انه", "انها"))  # agreed that something is so


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
    internal: bool = False  # peace between the parties of one nation
    half: bool = False  # between one who is named and others who are not
    outsiders: tuple[str, ...] = ()  # who asks for it, rejects it or only mediates it
    concluded: int | None = None  # the verb of a clause about it that says who concluded it
    dated: EdtfDate | None = None
    event: str | None = None  # the entity of an agreement with a name of its own
    spans: list[Span] = field(default_factory=list)

    @property
    def span(self) -> Span:
        return self.line.span(self.first, self.end)


def agreed_on(line: Line, index: int) -> Phrase | None:
    """`تم خلال اللقاء الاتفاق على …`: the act of agreeing, by the first two sides that the sentence names together."""
    done = next((at for at in range(index - 1, index - _NEAR, -1) if is_word(line.form(at), "passive")), None)
    subject = line.subject_before(index)
    if done is None and subject is not None and len(line.parties(subject)) > 1:  # أعلنت أ وب الاتفاق على كذا
        done = subject.first
    on = next((at for at in range(index + 1, index + _NEAR) if bare(line.form(at)) == "علي"), None)
    if done is None or on is None or line.form(on + 1) in _THAT:
        return None
    stop = clause_end(line, on)
    named = (line.parties(g) for g in line.groups_in(max(0, done - _SAID_WITH), on + _SAID_WITH))
    parties = line.parties(subject) if subject and subject.first == done else next((p for p in named if len(p) > 1), ())
    end, kind = _content(line, on, stop)
    return Phrase(line, kind, parties, "agreed", done, end, "agreement.verb")


def agreed_by_verb(line: Line, index: int, trigger: Trigger) -> Phrase | None:
    """`اتفق أ وب على …`, `اتفقت أ مع ب على …`."""
    group = line.subject_after(index) or delegates(line, index) or line.subject_before(index)
    parties = line.parties(group) or two_armies(line, index)
    stop = clause_end(line, index)
    on = next((p for p in range(index + 1, stop) if bare(line.form(p)) == "علي"), None)
    if on is None or bare(line.form(on + 1)) in _THAT:
        return None
    partner = next((g for g in line.groups_in(index + 1, on) if g.preposition == "مع"), None)
    parties = tuple(dict.fromkeys((*parties, *line.parties(partner))))
    persons = all(line.reading.entity(party).type is EntityType.PERSON for party in parties)
    parties = apart_from_bodies(line, parties)
    internal = factions(line, index) if not parties else ()
    if (len(parties) < 2 and not internal) or (persons and parties) or is_word(line.form(index - 1), "negation"):
        return None
    end, kind = _content(line, on, stop)
    status = "proposed" if trigger.tense in ("present", "future") else "agreed"
    first = min(index, group.first) if group is not None else index
    phrase = Phrase(line, kind, parties or internal, status, first, end, "agreement.verb")
    phrase.internal = bool(internal)
    return phrase


def _content(line: Line, on: int, stop: int) -> tuple[int, str]:
    """The end of what was agreed on after `على` at `on`, and the kind of agreement that it makes."""
    end = next((p for p in range(on + 1, stop) if line.form(p) in ("،", ",")), min(stop, on + 1 + _CONTENT))
    content = [line.form(position) for position in range(on + 1, end)]
    kinds = [kind for kind in ("ceasefire", "partnership", "cooperation") if any(is_kind(f, kind) for f in content)]
    return end, kinds[0] if kinds else "agreement"


def clause_end(line: Line, index: int) -> int:
    """The token at which the clause of an agreement ends, within a fixed reach."""
    for position in range(index + 1, min(len(line), index + 1 + _AFTER)):
        form = line.form(position)
        if form in CLAUSE_ENDS or (is_word(form, "conjunction") and line.form(position - 1) != "من"):  # من حيث المبدأ
            return position
    return min(len(line), index + 1 + _AFTER)
