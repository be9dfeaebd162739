"""Speakers that no list knows and no name tells, by their place: a noun phrase between a verb of saying and its words.

`قال أحد الجالسين إن …`, `وأفادت أمانة المنطقة بأن …`: what stands there speaks, whoever it is. Verbs that things are
also the subject of (`تؤكد النتائج أن …`) want a noun of people, bodies, media or documents.
"""

from __future__ import annotations

from kg.find.lexicon import TITLE
from kg.find.person_names import run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import EntityType
from kg.text.tokens import bare

CLASS = "speaker"
_LONGEST = 8  # words of a description
_REACH = 20  # tokens from the description to what is said
_NEAR = 4  # … to a quotation mark: what stands further off may be a name or a term in quotation marks
_STOPS = frozenset(".؟!؛;")
_IMPERFECT = "يتن"
_PARTICLES = "وفبلك"
_TITLES = frozenset((Kind.OFFICE, Kind.UNNAMED))
_OF_NAMED = frozenset(("honorific", "rank", "head", "minister"))  # titles of somebody named elsewhere: سمو الأمير
_OUTLETS = frozenset((EntityType.NEWS_AGENCY, EntityType.MEDIA_OUTLET))
_SONS = frozenset(("بن", "ابن"))
_OF = frozenset(("الي", "عن", "علي"))
_ENDINGS = ("ه", "ات", "ان", "تان", "ون", "ين")


def described_at(line: Line, verb: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """Who speaks right after the verb at a token, by a description; None where something else stands there.

    A name in apposition behind the description makes it that person's.
    """
    sets = line.lexicon.sets
    form = _verb(line, verb)
    first = verb + 1
    while line.form(first) in sets["beside_verbs"]:
        first += 1
    first = _told(line, first, by_token)
    known = by_token.get(first)
    if not form or (known is not None and (known.kind not in _TITLES or known.first != first or known.proclitic)):
        return None
    if known is None and not _opens(line, first):
        return None
    if known is None and (name := _unlisted(line, first, by_token, form in sets["things_show"])) is not None:
        return name if _framed(line, verb, name.last) or _mark(line, form, name.last) is not None else None
    last, inner = (known.last, known.inner) if known is not None else _extent(line, first, by_token)
    if line.form(last) in _SONS and last > first + 1:  # السعودي الوليد بن …
        last -= 1
    quoted = _quoted(line, last, by_token)
    mark = last if _framed(line, verb, last) else _mark(line, form, quoted.last + 1 if quoted else last)
    if last == first or mark is None:
        return None
    if quoted is not None:
        return _titled(line, first, quoted, known, inner)
    doubtful = form in sets["things_show"] or form in sets["only_of"]
    if doubtful and known is None and not (_listed(line, first) or _family(line, first, last)):
        return None
    joined = _joined(line, last) if line.form(first).startswith("ال") else last  # الناشر والمترجم فلان
    person = _apposed(line, joined, mark, by_token) if known is not None or _closed(line, last - 1, by_token) else None
    if person is not None:
        return _titled(line, first, person, known, inner)
    title_of_quoted = line.form(last) == '"' and last == first + 1 and not line.form(first).startswith("ال")
    if known is not None or (title_of_quoted and (_listed(line, first) or line.lexicon.knows(line.form(first)))):
        return None
    title = line.lexicon.at(TITLE, line.tokens, first)
    if title is not None and title.kind in _OF_NAMED:
        return None
    country = next((phrase.country for phrase in inner if phrase.country), None)
    return Phrase(
        Kind.UNNAMED, first, last, (first, last), EntityType.UNNAMED, definite=line.form(first).startswith("ال"),
        title=line.form(first), title_class=CLASS, country=country, inner=inner,
    )  # fmt: skip


def _told(line: Line, first: int, by_token: dict[int, Phrase]) -> int:
    """Where the outlet that something is said to ends: `أكد لصحيفة كذا مدير …`."""
    phrase = by_token.get(first)
    if phrase is not None:
        return phrase.last if phrase.proclitic == "ل" and phrase.type in _OUTLETS else first
    if line.form(first) == "ل" and line.form(first + 1) == '"':
        return next((at + 1 for at in range(first + 2, first + 2 + _NEAR) if line.form(at) == '"'), first)
    return first


def source_at(line: Line, frame: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """The description behind `بحسب`, `وفقا ل`, `برأي` where its noun is one of those that speak."""
    first = frame + 1
    form = line.form(first)
    with_l = line.form(frame).endswith("ا")  # وفقا, طبقا
    if first in by_token or first >= len(line.tokens) or with_l != form.startswith("ل"):
        return None
    proclitic = "ل" if with_l else ""
    stem = "ال" + form[2:] if form.startswith("لل") and with_l else form.removeprefix(proclitic)
    if not _speaks(line, bare(stem)):
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
        if _listed(line, first) and line.form(first - 1) in sets["clause_starts"] and _opens(line, first):
            last, inner = _extent(line, first, by_token)
            if last != verb or inner:
                return None
            return Phrase(
                Kind.UNNAMED, first, last, (first, last), EntityType.UNNAMED,
                definite=line.form(first).startswith("ال"), title=line.form(first), title_class=CLASS,
            )  # fmt: skip
    return None


def _joined(line: Line, last: int) -> int:
    """Where a second trade joined to a definite one ends."""
    index = last
    while index < last + 3 and line.form(index).startswith(("وال", "ال") if index > last else "وال"):
        index += 1
    return index


def _unlisted(line: Line, first: int, by_token: dict[int, Phrase], doubtful: bool) -> Phrase | None:
    """A name that begins with a word no list holds, or one whose rest is a person's name: `زينة علي أحمد`."""
    lex, form = line.lexicon, line.form(first)
    if form.startswith("ال") or _listed(line, first) or lex.knows(form):
        return None
    following = by_token.get(first + 1)
    if following is not None and following.kind is Kind.PERSON and following.name[0] == following.first:
        name = (first, following.name[1]) if not following.proclitic and not following.title else None
        return following.with_(first=first, name=name, hit=None) if name else None
    if lex.is_common(form) or form.endswith(("هم", "ها", "هما")):
        return None
    last = run_of_name(line, first)
    if doubtful and any(line.form(index).startswith("ال") for index in range(first, last)):
        return None
    if last == first or any(index in by_token for index in range(first, last)):
        return None
    if (
        last == first + 1
        and form[0] in "بلك"
        and line.form(last) not in lex.sets["opens_words"]
        and line.form(last) not in _OF
    ):
        return None  # تقول بفخر واعتزاز
    return Phrase(Kind.PERSON, first, last, (first, last), EntityType.PERSON, title_class=CLASS)


def _quoted(line: Line, at: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """A person's name in quotation marks that begin at a token."""
    if line.form(at) != '"':
        return None
    known = by_token.get(at + 1)
    if known is not None and known.kind is Kind.PERSON and line.form(known.last) == '"':
        return known
    last = run_of_name(line, at + 1)
    if last - at < 3 or line.form(last) != '"' or any(index in by_token for index in range(at + 1, last)):
        return None
    return Phrase(Kind.PERSON, at + 1, last, (at + 1, last), EntityType.PERSON)


def _framed(line: Line, verb: int, last: int) -> bool:
    """Whether a verb tells who said what stands before it: `كما يقول فلان`, `"…" يقول فلان`."""
    before, after = line.form(verb - 1), line.form(last)
    if after[:1].isalpha() and after not in line.lexicon.sets["np_ends"]:
        return False
    return (
        before in ("كما", "ما", "حسبما")
        or (before == '"' and verb > _NEAR)
        or (before == "،" and line.form(verb - 2) == '"')
    )


def _family(line: Line, first: int, last: int) -> bool:
    """Whether a lone word with the article ends as family names do."""
    form = line.form(first)
    return last == first + 1 and form.startswith("ال") and form.endswith("ي") and len(form) > 4


def _titled(line: Line, first: int, person: Phrase, office: Phrase | None, inner: tuple[Phrase, ...]) -> Phrase:
    """A person with the description before the name as title."""
    if office is not None:
        return person.with_(
            first=first, title=office.title, title_class=office.title_class, office=office.office,
            country=person.country or office.country, inner=(*person.inner, *office.inner),
        )  # fmt: skip
    country = person.country or next((phrase.country for phrase in inner if phrase.country), None)
    title = person.title or line.form(first)
    return person.with_(
        first=first, title=title, title_class=person.title_class or "trade", country=country,
        inner=(*person.inner, *inner),
    )  # fmt: skip


def _verb(line: Line, at: int) -> str:
    """The verb of saying at a token without the `و` or `ف` before it, or nothing."""
    sets = line.lexicon.sets
    if line.form(at - 1) in sets["before_nouns"]:  # في نفي الخبر: a noun
        return ""
    form = line.form(at)
    for verb in (form, form[1:] if form[:1] in ("و", "ف") else ""):
        if verb and (verb in sets["people_say"] or verb in sets["things_show"]):
            return verb
    return ""


def _opens(line: Line, index: int) -> bool:
    """Whether a word can be the head of a description: a noun without a particle before it."""
    lex, form = line.lexicon, line.form(index)
    if len(form) < 2 or not form[0].isalpha() or line.tokens[index].is_latin or not _plain(line, index):
        return False
    if form in lex.sets["no_speakers"] or (form.endswith("ا") and not form.startswith("ال")):  # قال ضاحكا
        return False
    return form not in lex.sets["people_say"] and not (_imperfect(line, form) and form not in lex.words)


def _imperfect(line: Line, form: str) -> bool:
    """Whether a word is a present tense; `تعليم` and the like are nouns."""
    noun = form[0] == "ت" and (form.endswith(("ه", "ات")) or (len(form) == 5 and form[3] == "ي"))
    return form[0] in _IMPERFECT and not noun and line.lexicon.is_verb(form)


def _plain(line: Line, index: int) -> bool:
    """Whether a word is no particle and has none written onto it."""
    lex, form = line.lexicon, line.form(index)
    if form in lex.stops or form in lex.sets["np_ends"] or form in lex.sets["beside_verbs"]:
        return False
    if form.startswith(("بال", "لل", "كال", "فال", "وال")):
        return form in lex.words
    carried = form[0] in _PARTICLES and lex.is_common(form[1:]) and form not in lex.words
    return not carried or _listed(line, index)


def _extent(
    line: Line, first: int, by_token: dict[int, Phrase], definite: bool | None = None
) -> tuple[int, tuple[Phrase, ...]]:
    """Where a description ends, and the phrases inside it: its genitives and adjectives."""
    sets, inner, index = line.lexicon.sets, [], first + 1
    limit = min(len(line.tokens), first + _LONGEST)
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
        if not form[:1].isalpha() or not _plain(line, index):
            break
        if (_imperfect(line, form) and not _listed(line, index)) or _adverbial(form):  # رجل يعمل في …
            break
        if definite and not form.startswith("ال"):  # ذكر الشيخ وجود …
            break
        index += 1
    if line.form(index - 1) == "من":
        return first, ()
    return index, tuple(inner)


def _adverbial(form: str) -> bool:
    """Whether a word is an indefinite accusative: `ذكر الرجل كثيرا …`."""
    return form.endswith("ا") and len(form) > 4 and not form.startswith("ال") and form[-2] not in "هنم"


def _mark(line: Line, verb: str, after: int) -> int | None:
    """Where what is said begins after a description that ends at token `after`; None where nothing is said."""
    sets = line.lexicon.sets
    if verb in sets["say_of"]:
        near = range(after, min(len(line.tokens), after + _NEAR))
        of = next((index for index in near if line.form(index) in _OF or not line.form(index)[0].isalpha()), after)
        if line.form(of) in _OF:
            return of
    if verb in sets["say_b"] and line.form(after)[:1] == "ب" and line.form(after) not in sets["beside_verbs"]:
        return after
    if verb in sets["only_of"]:
        reach = 0 if verb == "عبر" and not line.form(after - 1).startswith("ال") else _REACH // 2
        near = range(after, min(len(line.tokens), after + reach))
        return next((index for index in near if line.form(index) == "عن"), None)
    for index in range(after, min(len(line.tokens), after + _REACH)):
        form = line.form(index)
        if form in sets["opens_words"]:
            before = line.form(index - 1)
            return index if before in _OF or before not in sets["before_nouns"] else None
        if form == '"':
            if index - after <= _NEAR or verb in sets["quote"]:
                return index
        elif form in _STOPS or _verb(line, index):
            return None
    return None


def _apposed(line: Line, after: int, mark: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """The person named right before what is said, or right after the description: `…، فلان بن فلان إن`."""
    end = mark - 1 if line.form(mark) not in _OF and line.form(mark - 1) in _OF else mark
    end -= line.form(end - 1) in ("،", ",")
    at = after + (line.form(after) in ("،", ","))
    if at >= len(line.tokens):
        return None
    last_word = by_token.get(end - 1)
    for phrase in (by_token.get(at), last_word if last_word is not None and last_word.last == end else None):
        if phrase is not None and phrase.proclitic == "و" and phrase.title and phrase.first == after:
            phrase = phrase.with_(proclitic="")  # الصحفي والمحلل فلان
        if phrase is not None and phrase.kind is Kind.PERSON and not phrase.proclitic and phrase.first >= after:
            if phrase.first == at and run_of_name(line, at) > phrase.last:
                break  # a short name of somebody known begins a longer one
            return phrase if phrase.first == at or _closed(line, phrase.first - 1, by_token) else None
    if not _plain(line, at) and not line.form(at).startswith(("باسم", "بلسان")):
        return None
    if line.form(at).startswith(("باسم", "بلسان")):
        return _ending(line, at, end, by_token)
    if line.form(at).startswith("ال") and line.form(at + 1) in _SONS:
        last = run_of_name(line, at + 2)
        return Phrase(Kind.PERSON, at, last, (at, last), EntityType.PERSON) if last > at + 2 else None
    if (
        (at in by_token and by_token[at].kind is not Kind.PERSON)
        or not line.form(at)[:1].isalpha()
        or line.form(at).startswith("ال")
    ):
        return None
    last = run_of_name(line, at)
    alone = not line.lexicon.is_common(line.form(at)) and line.form(at)[0] not in _PARTICLES
    sure = last - at > 1 or (last > at and alone)
    free = all(by_token[index].kind is Kind.PERSON for index in range(at, last) if index in by_token)
    return Phrase(Kind.PERSON, at, last, (at, last), EntityType.PERSON) if sure and free and last <= end else None


def _ending(line: Line, after: int, end: int, by_token: dict[int, Phrase]) -> Phrase | None:
    """An unlisted name of two words or more that ends a title with a pronoun: `الناطق باسمها فلان بن فلان إن`."""
    for at in range(max(after + 1, end - 4), end - 1):
        free = all(index not in by_token for index in range(at, end))
        if free and line.form(at - 1).endswith(("ها", "هم")) and run_of_name(line, at) == end:
            return Phrase(Kind.PERSON, at, end, (at, end), EntityType.PERSON)
    return None


def _closed(line: Line, index: int, by_token: dict[int, Phrase]) -> bool:
    """Whether a noun phrase ends at a token, so that a name after it can only be an apposition."""
    form = line.form(index)
    if form in ("،", ",", ")", "-"):
        return True
    return index in by_token or (form.startswith(("ال", "وال")) and not line.lexicon.is_verb(form))


def _listed(line: Line, index: int) -> bool:
    """Whether a word is a noun of those that speak, in any of its forms."""
    return _speaks(line, bare(line.form(index)))


def _speaks(line: Line, stem: str) -> bool:
    nouns = line.lexicon.sets["speaking_nouns"]
    return stem in nouns or any(
        stem.endswith(ending) and (stem[: -len(ending)] in nouns or stem[: -len(ending)] + "ه" in nouns)
        for ending in _ENDINGS
    )
