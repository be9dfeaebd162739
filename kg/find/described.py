"""Speakers that no list knows and no name tells, by their place: a noun phrase between a verb of saying and its words.

`قال أحد الجالسين إن …`, `وأفادت أمانة المنطقة بأن …`: what stands there speaks, whoever it is. Verbs that things are
also the subject of (`تؤكد النتائج أن …`) want a noun of people, bodies, media or documents.
"""

from __future__ import annotations

from kg.find.appositions import apposed, closes, past_joined, quoted_name, titled, unlisted
from kg.find.lexicon import SONS, TITLE
from kg.find.phrases import Kind, Line, Phrase
from kg.find.speaking_words import (
    CLASS,
    is_adverbial,
    is_family,
    is_framed,
    is_imperfect,
    is_listed,
    is_plain,
    mark_of_words,
    opens,
    past_outlet,
    speaks,
    verb_of_saying,
)
from kg.model import EntityType
from kg.text.tokens import bare

_LONGEST = 8  # words of a description
_TITLES = frozenset((Kind.OFFICE, Kind.UNNAMED, Kind.DESCRIPTION))
_OF_NAMED = frozenset(("honorific", "rank", "head", "minister"))  # titles of somebody named elsewhere: سمو الأمير


def described_at(line: Line, verb: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """Who speaks right after the verb at a token, by a description; None where something else stands there.

    A name in apposition behind the description makes it that person's.
    """
    sets = line.lexicon.sets
    form = verb_of_saying(line, verb)
    if form in sets["things_show"] and _of_a_fact(line, verb):
        return None
    first = verb + 1
    while line.form(first) in sets["beside_verbs"]:
        first += 1
    first = past_outlet(line, first, by_token)
    known = by_token.get(first)
    if not form or (known is not None and (known.kind not in _TITLES or known.first != first or known.proclitic)):
        return None
    if known is None and not opens(line, first):
        return None
    if known is None and (name := unlisted(line, first, by_token, form in sets["things_show"])) is not None:
        return name if is_framed(line, verb, name.last) or mark_of_words(line, form, name.last) is not None else None
    last, inner = (known.last, known.inner) if known is not None else _extent(line, first, by_token)
    if line.form(last) in SONS and last > first + 1:  # السعودي الوليد بن …
        last -= 1
    quoted = quoted_name(line, last, by_token)
    mark = last if is_framed(line, verb, last) else mark_of_words(line, form, quoted.last + 1 if quoted else last)
    if last == first or mark is None:
        return None
    if quoted is not None:
        return titled(line, first, quoted, known, inner)
    doubtful = form in sets["things_show"] or form in sets["only_of"]
    if doubtful and known is None and not (is_listed(line, first) or is_family(line, first, last)):
        return None
    joined = past_joined(line, last) if line.form(first).startswith("ال") else last  # الناشر والمترجم فلان
    person = apposed(line, joined, mark, by_token) if known is not None or closes(line, last - 1, by_token) else None
    if person is not None:
        return titled(line, first, person, known, inner)
    title_of_quoted = line.form(last) == '"' and last == first + 1 and not line.form(first).startswith("ال")
    if known is not None or (title_of_quoted and (is_listed(line, first) or line.lexicon.knows(line.form(first)))):
        return None
    title = line.lexicon.at(TITLE, line.tokens, first)
    if title is not None and title.kind in _OF_NAMED:
        return None
    country = next((phrase.country for phrase in inner if phrase.country), None)
    return Phrase(
        Kind.UNNAMED, first, last, (first, last), EntityType.UNNAMED, definite=line.form(first).startswith("ال"),
        title=line.form(first), title_class=CLASS, country=country, inner=inner,
    )  # fmt: skip


def _of_a_fact(line: Line, verb: int) -> bool:
    """Whether what stands before a verb is its subject: `مما يؤكد مشاركة جنود`; in `حسب ما يؤكد السكان` it is not."""
    before = line.form(verb - 1)
    if before in ("مما", "بما"):
        return True
    return before == "ما" and line.form(verb - 2) not in line.lexicon.sets["frames_of_sources"]


def source_at(line: Line, frame: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """The description behind `بحسب`, `وفقا ل`, `برأي` where its noun is one of those that speak."""
    first = frame + 1
    form = line.form(first)
    with_l = line.form(frame).endswith("ا")  # وفقا, طبقا
    if first in by_token or first >= len(line.tokens) or with_l != form.startswith("ل"):
        return None
    proclitic = "ل" if with_l else ""
    stem = "ال" + form[2:] if form.startswith("لل") and with_l else form.removeprefix(proclitic)
    if not speaks(line, bare(stem)):
        return None
    last, inner = _extent(line, first, by_token, definite=stem.startswith("ال"))
    if last == first or any(phrase.kind is Kind.PERSON for phrase in inner):
        return None
    country = next((phrase.country for phrase in inner if phrase.country), None)
    return Phrase(
        Kind.UNNAMED, first, last, (first, last), EntityType.UNNAMED, proclitic, stem.startswith("ال"),
        title=stem, title_class=CLASS, country=country, inner=inner,
    )  # fmt: skip


def before(line: Line, verb: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """The description of people, a body or an outlet between a clause's beginning and its verb of saying.

    `يذكر أن مجموعة الدول أكدت أن …`, `فيما محللون غربيون يرون أن …`: the verb follows at once.
    """
    form = line.form(verb)
    sets = line.lexicon.sets
    if verb in by_token or not (form in sets["people_say"] or form in sets["things_show"]):
        return None
    if line.form(verb + 1) not in sets["opens_words"] and line.form(verb + 2) not in sets["opens_words"]:
        return None
    for first in range(verb - 1, max(-1, verb - 1 - _LONGEST), -1):
        if first in by_token or not line.form(first)[0].isalpha():
            return None
        if is_listed(line, first) and line.form(first - 1) in sets["clause_starts"] and opens(line, first):
            last, inner = _extent(line, first, by_token, end=verb)
            if last != verb or inner:
                return None
            return Phrase(
                Kind.UNNAMED, first, last, (first, last), EntityType.UNNAMED,
                definite=line.form(first).startswith("ال"), title=line.form(first), title_class=CLASS,
            )  # fmt: skip
    return None


def _extent(
    line: Line, first: int, by_token: dict[int, Phrase], definite: bool | None = None, end: int | None = None
) -> tuple[int, tuple[Phrase, ...]]:
    """Where a description ends, and the phrases inside it: its genitives and adjectives."""
    sets, inner, index = line.lexicon.sets, [], first + 1
    limit = min(end or len(line.tokens), first + _LONGEST)
    quantified = line.form(first) in sets["quantifiers"]
    definite = line.form(first).startswith("ال") if definite is None else definite
    if quantified and line.form(index) == "من":
        index += 1
    while index < limit:
        phrase = by_token.get(index)
        if phrase is not None:
            if phrase.first != index or phrase.proclitic or (phrase.kind is Kind.PERSON and index > first + 1):
                break
            if definite and phrase.kind in (Kind.PERSON, Kind.OFFICE):
                break
            if phrase.kind is Kind.UNNAMED and quantified:
                return first, ()
            inner.append(phrase)
            index = phrase.last
            continue
        form = line.form(index)
        if not form[:1].isalpha() or not is_plain(line, index):
            break
        if (is_imperfect(line, form) and not is_listed(line, index)) or is_adverbial(form):  # رجل يعمل في …
            break
        if definite and not form.startswith("ال"):  # ذكر الشيخ وجود …
            break
        index += 1
    if line.form(index - 1) == "من":
        return first, ()
    return index, tuple(inner)
