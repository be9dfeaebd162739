"""Attribution frames: `وفقا لـ…`, `حسبما ذكرت …`, `نقلا عن …`, `مستشهدة بـ…`, `كما كتب …`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg.frames.complement import complement, told_of
from kg.frames.coordination import coordinated
from kg.frames.issuers import PAPER_PARTICLES, document, issued_by
from kg.frames.lexicon import Cue, joined_cues, nominals, table, words
from kg.frames.subject import subject
from kg.frames.triggers import OPENERS
from kg.frames.view import NounPhrase, View
from kg.model import EntityType
from kg.text.fold import fold

_PARTICLE = 3  # letters: a first word this short begins much else than a phrase of attribution
_WORDS = 4  # tokens of a quotation before the verb that tells whose it is
_REACH = 9  # tokens from the phrase to its source: `وفقا لما جاء في بيان صادر عن وزارة …`


@dataclass(frozen=True, slots=True)
class Attribution:
    """A frame over tokens `first` to `last` (exclusive): its kind, its sources and the verb in it, if any.

    `pronoun` holds where the source is only pointed back to (`نقلا عنه`).
    """

    first: int
    last: int
    kind: str
    sources: tuple[NounPhrase, ...]
    phrase: str
    verb: Cue | None = None
    estimate: bool = False


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """The phrases of `attribution.tsv` by their first word, longest first: words, kind, marker."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for row in table("attribution"):
        parts = tuple(fold(row["phrase"]).text.split())
        found[parts[0]].append((parts, row["kind"], fold(row["marker"]).text))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return dict(found)


@cache
def triggers() -> frozenset[str]:
    """The words without one of which a sentence says nothing of what anybody said."""
    nouns = {particle + noun for noun in nominals() for particle in ("", "و", "ب", "ل", "ف")}
    shapes = ("{}", "{}ا", *(particle + "{}" for particle in PAPER_PARTICLES))
    papers = {shape.format(noun) for noun in words("document-noun") for shape in shapes}
    phrases = (parts for rows in _phrases().values() for parts, _, _ in rows)
    telling = {parts[0] if len(parts[0]) > _PARTICLE else parts[-1] for parts in phrases}  # قول of على حد قول
    return frozenset(joined_cues()) | telling | nouns | papers | words("wrote") | {":", '"'}


SPEECH = OPENERS.bit(lambda form: form in triggers(), triggers)
_OPENING = OPENERS.bit(lambda form: form in _phrases(), _phrases)


@cache
def _seconds() -> dict[str, frozenset[str]]:
    """The second words of phrases by the first, of those first words that are no phrase on their own."""
    return {
        first: frozenset(parts[1] for parts, _, _ in rows)
        for first, rows in _phrases().items()
        if all(len(parts) > 1 for parts, _, _ in rows)
    }


def attributions(view: View) -> list[Attribution]:
    """The attribution frames of a sentence, in order, those without a source left out."""
    found: list[Attribution] = []
    resume = 0
    seconds = _seconds()
    for index in view.sentence.opening(_OPENING):
        if index < resume or view.quote[index]:
            continue
        needed = seconds.get(view.forms[index])
        if needed is not None and view.form(index + 1) not in needed:
            continue
        frame = _frame(view, index)
        if frame is not None:
            found.append(frame)
            resume = frame.last
    quoted = (_after_quotation(view, index) for index in view.verbs) if view.quotes else ()
    behind = [frame for frame in quoted if frame is not None]
    return sorted(found + behind, key=lambda frame: frame.first) if behind else found


def _after_quotation(view: View, verb: int) -> Attribution | None:
    """`"…" يقول فلان`: a verb of saying right after a quotation, with a subject and no content of its own."""
    before = verb - 1 if view.form(verb - 1) == '"' else verb - 2
    if before < 1 or view.form(before) != '"' or not view.quote[before] or view.form(verb - 1) not in ('"', "،", ","):
        return None
    opened, closed = view.quotes[view.quote[before] - 1]
    if closed != before or closed - opened < _WORDS or view.form(opened - 1) == ":":
        return None
    for cue in view.cues(verb):
        if cue.form.tense == "participle" or cue.form.written != view.form(verb) or cue.verb.frame.name != "say":
            continue
        found = subject(view, cue, verb)
        if found.how == "after" and complement(view, cue, verb, found.last) is None:
            return Attribution(verb, found.last, "according", found.phrases, view.form(verb), cue)
    return None


def _frame(view: View, index: int) -> Attribution | None:
    for parts, kind, marker in _phrases()[view.form(index)]:
        if tuple(view.forms[index : index + len(parts)]) != parts:
            continue
        after = index + len(parts)
        frame = _clause(view, index, after, kind) if marker == "clause" else _source(view, index, after, kind, marker)
        if frame is not None:
            return frame
    return None


def _clause(view: View, first: int, verb: int, kind: str) -> Attribution | None:
    """`حسبما ذكرت الوكالة`: a verb of saying with a subject after it and no content of its own."""
    for cue in view.cues(verb):
        if cue.form.tense == "participle" or cue.form.written != view.form(verb):
            continue
        found = subject(view, cue, verb)
        if found.how != "after":
            continue
        if told_of(view, cue, verb, found.last) is not None:  # أثنت على ما قاله فلان من أن …: what she praises
            return None
        content = complement(view, cue, verb, found.last)
        if view.form(first) in ("كما", "وكما") and (
            first == 0 or content is not None or cue.verb.frame.name != "say" or view.form(first - 1)[0].isalnum()
        ):
            return None
        return Attribution(first, found.last, kind, found.phrases, " ".join(view.forms[first : verb + 1]), cue)
    return None


def _source(view: View, first: int, after: int, kind: str, marker: str) -> Attribution | None:
    form = view.form(after)
    phrase = view.phrase_at(after)
    if marker in ("ل", "ب") and phrase is None and not form.startswith(marker):
        return None
    if marker in ("ل", "ب") and phrase is not None and phrase.preposition != marker:
        return None
    index, last = after, min(len(view), after + _REACH)
    estimate = False
    while index < last:
        phrase = view.at[index]
        if (
            phrase is not None
            and view.form(first).startswith("استناد")
            and document(view, phrase) in words("no-source")
        ):
            return None
        if phrase is not None:
            group = coordinated(view, phrase)
            estimate = estimate or _estimates(view, phrase)
            written = " ".join(view.forms[first:after])
            return Attribution(first, _end(view, group), kind, group, written, None, estimate)
        form = view.form(index)
        if form == '"' and index == after:
            index += 1
            continue
        if form in "،,:؛." or form in words("that"):
            return None
        if not _links(form) and not _trade(view, index):
            return None
        estimate = estimate or form.removeprefix("ل") in words("estimate-noun")
        index += 1
    return None


def _end(view: View, group: tuple[NounPhrase, ...]) -> int:
    """Where the sources end, the closing quotation mark and who issued a document included: `تقرير لوزارة …`."""
    last = group[-1].last
    if document(view, group[-1]) and issued_by(view, group[-1]):
        issuer = next(iter(view.phrases_in(last, last + _REACH)), None)
        last = issuer.last if issuer is not None else last
    return last + (view.form(last) == '"' and view.form(group[0].first - 1) == '"')


def _estimates(view: View, phrase: NounPhrase) -> bool:
    """`وبحسب تقديرات أوكرانية`: a source that is itself an estimate."""
    return view.form(phrase.first).removeprefix("ل") in words("estimate-noun")


def _trade(view: View, index: int) -> bool:
    """`حسب الصحفي فلان`: a trade before a name that the article has given in full."""
    following = view.phrase_at(index + 1)
    named = following is not None and all(entity.type is EntityType.PERSON for entity in following.entities)
    return named and view.form(index).startswith("ال")


def _links(form: str) -> bool:
    """Whether a word can stand between a frame and its source: `وفقا لتقرير صادر عن …`."""
    bare = form.removeprefix("لل").removeprefix("ل").removeprefix("ب").removeprefix("ال")
    kinds = ("source-link", "estimate-noun", "document-noun")
    return any(word in words(kind) for word in (form, bare) for kind in kinds)
