"""What a transfer's verb governs: how far its clause reaches and which cargo is its object."""

from __future__ import annotations

from functools import cache

from kg.frames.cargo import PEOPLE, Cargo, find_cargo, is_cargo_word
from kg.frames.lexicon import cues, table
from kg.frames.line import CLAUSE_ENDS, Line, bare, is_word
from kg.frames.outlook import stops
from kg.frames.transfer_clauses import Clause, passive, relative
from kg.frames.triggers import Trigger, Triggers, triggers_of
from kg.model import EntityType
from kg.text.fold import fold
from kg.text.numbers import is_numeral
from kg.text.quantities import figure_start

_WINDOW = 45  # tokens after the verb
_ANTECEDENT = 25  # tokens before it in which the cargo of a relative clause or a passive stands
_LOAD = 10  # tokens after `محملة` in which the load is named
_RELATED = 3  # tokens between a cargo and the verb that says it arrives
_CARGO_REACH = 5  # tokens of a cargo with its modifiers
_STRANGERS = 2  # unknown words that may stand between a verb and its cargo


@cache
def transfer_triggers() -> Triggers:
    """The verbs and verbal nouns of `transfer_verbs.tsv`."""
    return triggers_of(table("transfer_verbs"))


def is_compound(line: Line, index: int, ways: tuple[Trigger, ...]) -> bool:
    """Whether the word is no trigger here: a cargo itself (`شحنة`, `دعما`), or the second half of one (`حاوية شحن`)."""
    if is_cargo_word(line.form(index)):
        supplying = any(way.row["pattern"] == "supply" and not way.finite and not way.definite for way in ways)
        if supplying and not any(cargo.first == index for cargo in find_cargo(line, index, index + _CARGO_REACH)):
            return False  # دعم حلفائه بالسلاح
        after = line.group_from(index + 1)  # منح أ كذا: a verbal noun with who receives
        giving = any(way.row["pattern"] == "grant" and not way.finite and not way.definite for way in ways)
        return not (giving and after is not None and after.free)
    noun = any(not way.finite and not way.particle for way in ways)
    before = line.form(index - 1)
    return noun and is_cargo_word(before) and not before.startswith(("ال", "وال")) and not ways[0].pronoun


def clause_of(line: Line, index: int, trigger: Trigger) -> Clause:
    """How far the clause of the trigger at `index` reaches, and where in it something is given in return."""
    stop = min(len(line), index + 1 + _WINDOW)
    for position in range(index + 1, stop):
        form = line.forms[position]
        if form in CLAUSE_ENDS:
            return Clause(index, position, -1)
        if is_word(form, "return", "copula", "outcome", "subordinator", "conjunction") and position > index + 1:
            if is_word(form, "return"):
                return Clause(index, position, position)
            copula = is_word(form, "copula", "outcome") and not trigger.finite
            if copula or is_word(form, "subordinator") or (position > index + 2 and is_word(form, "conjunction")):
                return Clause(index, position, -1)
        elif position == index + 1:
            if is_word(form, "subordinator") or (form == "عن" and trigger.row["prep"] != "عن"):
                return Clause(index, position, -1)
        elif position > index + 2 and (_opens_speech(form) or _opens_another(line, position)):
            return Clause(index, position, -1)
    return Clause(index, stop, -1)


def _opens_another(line: Line, position: int) -> bool:
    """Whether a clause with a trigger of its own begins at a token, or an arrival is named."""
    if position not in line.opening:
        return False
    ways = line.ways(transfer_triggers(), position)
    return any(way.joined if way.finite else way.row["pattern"] == "arrive" for way in ways)


def _opens_speech(form: str) -> bool:
    return form[:1] == "و" and len(form) > 3 and form[1:] in cues() and not is_word(form, "between", "preposition")


def cargoes_of(line: Line, clause: Clause, trigger: Trigger) -> list[Cargo]:
    """The cargoes of a trigger: before it where a pronoun or a relative clause refers back, else after it."""
    if _refers_back(line, clause.at, trigger):
        before = find_cargo(line, max(0, clause.at - _ANTECEDENT), clause.at)
        return before[-1:]
    if trigger.finite and trigger.pronoun and trigger.row["pattern"].startswith("give"):
        return []
    if trigger.row["pattern"] == "raise":
        giver = line.subject_after(clause.at) if trigger.finite else None
        at = giver.end if giver is not None else clause.at + 1
        return [Cargo("aid", at, at + 1, definite=True)] if is_word(line.form(at), "assistance") else []
    after = _objects(line, clause, trigger)
    if trigger.row["pattern"] == "welcome":
        return load_of(line, clause) or _connected(line, after)
    if not after and trigger.row["pattern"] == "give" and trigger.tense == "past" and not trigger.pronoun:
        return _sent(line, clause)
    if trigger.row["pattern"] == "deploy":
        after = [cargo for cargo in after if cargo.kind in PEOPLE]
    if trigger.row["pattern"] in ("arrive", "depart"):
        return [cargo for cargo in _arriving(line, clause, after) if _arrives(line, cargo)]
    return _connected(line, after)


def _sent(line: Line, clause: Clause) -> list[Cargo]:
    """The cargo that a passive says was sent, right before it (`وحدات من جيشها أُرسلت`)."""
    if line.subject_after(clause.at) is not None or line.subject_before(clause.at) is not None:
        return []
    before = find_cargo(line, max(0, clause.at - _ANTECEDENT), clause.at)[-1:]
    known = ("ال", "وال", "فال")
    ends = {group.preposition for group in line.groups_in(clause.at + 1, clause.stop)}
    routed = "من" in ends and not ends.isdisjoint(("الي", "ل"))  # الصواريخ شُحنت من أ إلى ب
    near = [c for c in before if clause.at - c.end <= _RELATED]
    near = [c for c in near if routed or not line.form(c.first).startswith(known)]
    return [c for c in near if is_word(line.form(c.first - 1), "subordinator")]


def _objects(line: Line, clause: Clause, trigger: Trigger) -> list[Cargo]:
    """The cargoes after a trigger that can be its object: no other trigger and few strange words stand between."""
    triggers = transfer_triggers()
    end = clause.stop
    for position in range(clause.at + 1, end):
        ways = line.ways(triggers, position) if position in line.opening else ()
        raising = all(way.row["pattern"] == "raise" for way in ways)  # قرر زيادة إرسال كذا
        if ways and not raising and line.group_over(position) is None and not is_compound(line, position, ways):
            end = position
            break
    found = find_cargo(line, clause.at + 1, end)
    if len(found) > 1 and trigger.finite and _carries(line, clause.at, found[0], found[1]):
        del found[0]
    if found and trigger.finite and found[0].kind in PEOPLE and found[0].definite:
        subject = line.subject_after(clause.at) or line.subject_before(clause.at)
        if subject is None:  # أعلن الفريق الطبي: the people are the subject
            return []
    near = found and _strangers(line, clause.at + 1, figure_start(line.tokens, found[0].first)) <= _STRANGERS
    return found if near and _object(line, clause.at, trigger, found[0]) else []


def _carries(line: Line, verb: int, first: Cargo, second: Cargo) -> bool:
    """Whether the first thing named after a verb carries the second (`نقلت طائرات إماراتية مساعدات`)."""
    joined = line.form(second.first)[:1] == "و" or is_word(line.form(second.first - 1), "preposition")
    return first.first == verb + 1 and first.kind in ("aircraft", "vehicles") and not joined


def _object(line: Line, verb: int, trigger: Trigger, cargo: Cargo) -> bool:
    """Whether the preposition before a cargo is one that the verb takes, so that the cargo can be its object."""
    if _owned(line, cargo, verb):
        return False
    own = trigger.row["prep"]
    start = figure_start(line.tokens, cargo.first)
    attached = cargo.particle.lstrip("وف") if start == cargo.first else _preposition(line.form(start))
    at = start - 1
    while is_word(line.form(at), "demonstrative"):
        at -= 1
    if trigger.row["pattern"] == "supply" and attached != "ب":  # what is supplied follows ب or the one supplied
        beside = line.group_over(at) is not None or line.is_demonym(at) or is_word(line.form(at), "adverb")
        return bare(line.form(at)) in ("ب", "مع") or (not attached and beside)
    if attached:
        return attached == "ب" or (attached == "ل" and not trigger.finite)
    before = line.form(at)
    if before in ("ب", "مع"):
        return True
    if bare(before) == "من":
        return is_word(line.form(at - 1), "quantifier") or line.tokens[at - 1].is_number
    return is_word(before, "but") or not is_word(before, "preposition") or bare(before) == fold(own).text


def _preposition(figure: str) -> str:
    """The `ب` written onto a figure (`بأربع`, `بما لا يقل عن`), or nothing."""
    return "ب" if bare(figure)[:1] == "ب" and not is_numeral(figure) else ""


def _strangers(line: Line, first: int, end: int) -> int:
    """How many words between two tokens are neither named nor figures nor function words."""
    if any(_purpose(line, at) or stops(line, at) or is_word(line.form(at), "seizure") for at in range(first, end)):
        return _STRANGERS + 1
    return sum(_strange(line, index) for index in range(first, end))


def _strange(line: Line, index: int) -> bool:
    """Whether a word is neither named nor a function word, a nationality or a cargo."""
    form = line.form(index)
    known = line.group_over(index) is not None or line.is_demonym(index) or is_cargo_word(form)
    function = is_word(form, "adverb", "increase", "preposition", "quantifier", "negation", "demonstrative", "passive")
    return line.tokens[index].is_word and not known and not function


def _owned(line: Line, cargo: Cargo, verb: int) -> bool:
    """Whether a known cargo only tells what a strange noun right before it is of (`تدريب قواتها`)."""
    before = bare(line.form(cargo.first - 1))
    if is_word(before, "increase"):
        return False
    open_noun = not before.startswith(("ال", "لل")) and not before.endswith("ا") and not is_numeral(before)
    return cargo.definite and cargo.first - 1 > verb and open_noun and _strange(line, cargo.first - 1)


def _purpose(line: Line, index: int) -> bool:
    """Whether a word opens a purpose (`لإنتاج الطائرات`), whose noun is not the verb's object."""
    form = line.form(index)
    free = line.group_over(index) is None and not line.is_demonym(index)
    return len(form) > 4 and form[0] == "ل" and form[1] != "ل" and free and not is_word(form, "goal", "adverb")


def _connected(line: Line, cargoes: list[Cargo]) -> list[Cargo]:
    """The first cargo and those coordinated with it."""
    found = cargoes[:1]
    for cargo in cargoes[1:]:
        if line.form(cargo.first)[:1] != "و" or cargo.first - found[-1].end > 9:
            break
        found.append(cargo)
    return found


def _arrives(line: Line, cargo: Cargo) -> bool:
    """Whether what arrives is a delivery: an aircraft only brings someone; known people move."""
    if cargo.kind in PEOPLE and is_word(line.form(cargo.first), "some"):
        return False
    named = line.span(cargo.first, min(len(line), cargo.end + _RELATED))  # أولى طائرات إف-16: arms by their name
    weapons = (line.reading.entity(mention.entity).type is EntityType.WEAPON for mention in line.mentions_in(named))
    carriers = cargo.kind not in ("aircraft", "vehicles") or is_word(line.form(cargo.first), "shipment")
    return carriers or any(weapons)


def load_of(line: Line, clause: Clause) -> list[Cargo]:
    """What a ship or aircraft of the clause is laden with; nothing where none is."""
    for position in range(clause.at + 1, clause.stop):
        if is_word(line.form(position), "laden"):
            load = find_cargo(line, position + 1, min(clause.stop, position + _LOAD))
            if load:
                return load[:1]
    return []


def _arriving(line: Line, clause: Clause, after: list[Cargo]) -> list[Cargo]:
    """What arrives: the load of a ship or aircraft, else what stands after the verb, else before it."""
    laden = load_of(line, clause)
    if laden:
        return laden
    for position in range(clause.at - 1, max(-1, clause.at - _LOAD), -1):  # قطار محمل بالأسلحة انطلق
        if is_word(line.form(position), "laden"):
            load = find_cargo(line, position + 1, clause.at)
            return load[:1]
    near = bool(after) and _strangers(line, clause.at + 1, after[0].first) <= 1
    if near and not (after[0].kind in PEOPLE and after[0].definite):
        return after[:1]
    before = find_cargo(line, max(0, clause.at - _ANTECEDENT), clause.at)
    last = next((cargo for cargo in before if not cargo.definite), None)
    if last is not None and clause.at - last.end > _RELATED and not is_word(line.form(last.first), "shipment"):
        return []
    if last is None or any(group.free for group in line.groups_in(last.first, clause.at)):
        return []
    return [last]


def _refers_back(line: Line, index: int, trigger: Trigger) -> bool:
    supplied = trigger.row["pattern"] == "supply"
    if supplied or trigger.row["pattern"] == "arm":  # its pronoun is who is supplied; `بها` is with what
        return supplied and trigger.finite and is_word(line.form(index + 1), "thereby")
    if trigger.pronoun and passive(line, index):
        return True
    attached = relative(line, index) or is_cargo_word(line.form(index - 1)) or is_cargo_word(line.form(index - 2))
    prep = "ب" if trigger.row["pattern"] == "give-b" else trigger.row["prep"][:1]
    thereby = is_word(line.form(index + 1), "thereby") and line.form(index + 1)[:1] == prep
    return trigger.finite and (thereby or (attached and bool(trigger.pronoun)))
