"""Bodies by a head word and a proper name, or by the adjectives of a creed: `صحيفة "…"`, `الحزب الاشتراكي`."""

from __future__ import annotations

from kg.find.body_names import agrees
from kg.find.known import adjective_phrase
from kg.find.lexicon import BODY, TITLE, Term
from kg.find.names import Hit
from kg.find.person_names import latin_after, run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.model import ACTOR_TYPES, OUTLETS, EntityType
from kg.text.tokens import bare

_LONGEST_QUOTED = 6


def proper_body(line: Line, index: int, term: Term) -> Phrase | None:
    """Head and proper name: `صحيفة "…"`, `حركة فلان`, `شركة فلان للنفط`."""
    at = index + term.length
    if term.definite or term.enclitic:
        return None
    quoted = quoted_after(line, at)
    if quoted is None and term.key in line.lexicon.sets["bracketed_media"]:
        quoted = _bracketed(line, at)
    hit = line.hit(at + 1) if quoted else line.hit(at)
    if hit is not None and not hit.proclitic and (quoted is None or hit.last == quoted[1]):
        kind = line.type_of(hit)
        if term.kind == "Company" and kind in OUTLETS:
            return _finish(line, index, term, (hit.first, hit.last), quoted[1] + 1 if quoted else hit.last, None)
        if kind in ACTOR_TYPES and kind not in (EntityType.PERSON, EntityType.STATE):
            after = quoted[1] + 1 if quoted else hit.last
            return _finish(line, index, term, (hit.first, hit.last), after, hit)
        if quoted is None and kind is EntityType.STATE and term.kind != "Company":
            return None
    if quoted is not None:
        return _finish(line, index, term, (at + 1, quoted[1]), quoted[1] + 1, None)
    last = _proper_run(line, at, term.detail)
    if last == at:
        return None
    after = last + 1 if line.form(last) == '"' else last
    named = line.hit(after)
    if (
        named is not None
        and not named.proclitic
        and line.type_of(named) in ACTOR_TYPES - {EntityType.PERSON, EntityType.STATE}
    ):
        after = named.last + (1 if line.form(named.last) == '"' else 0)  # وكالة الإغاثة "فلان"
        return _finish(line, index, term, (named.first, named.last), after, named)
    return _finish(line, index, term, (at, last), last, None)


def _finish(line: Line, index: int, term: Term, name: tuple[int, int], after: int, hit: Hit | None) -> Phrase:
    latin = latin_after(line, after)
    after = latin[1] + 1 if latin else after
    country = line.country_of(hit) if hit else None
    adjective = line.demonym(after)
    if adjective is not None and not adjective.proclitic and adjective.definite:
        country = country or line.nationality(adjective)
        after = adjective.last
    quoted = line.form(name[0] - 1) == '"'
    firm = term.key in line.lexicon.sets["firms"] and line.form(name[0]).startswith("ال") and adjective is not None
    if firm and hit is None and not quoted:
        name = (name[0], after)
    keeps_head = hit is None and not quoted and (firm or term.kind not in ("MediaOutlet", "Company", "NewsAgency"))
    return Phrase(
        Kind.NAME if hit else Kind.BODY, index, after, (index, name[1]) if keeps_head else name,
        line.type_of(hit) if hit else EntityType(term.kind), term.proclitic, True, hit, title=term.words,
        country=country, words=tuple(line.form(i) for i in range(*name)), latin=latin,
    )  # fmt: skip


def _proper_run(line: Line, at: int, detail: str) -> int:
    """Where an unquoted proper name ends: unknown words, or words with the article (`الشرق الأوسط`)."""
    form = line.form(at)
    if form in line.lexicon.sets["epithets"]:
        return at  # جريدة إلكترونية
    if form.startswith("ال") and len(form) > 4:
        last = at
        while last < at + 3 and line.form(last).startswith("ال") and line.demonym(last) is None:
            if line.form(last) in line.lexicon.stops or (last > at and not agrees(line, line.form(last))):
                break
            last += 1
        named = line.hit(last + 1 if line.form(last) == '"' else last)
        if detail not in ("strict", "quoted") or (named is not None and not named.proclitic):
            title = line.lexicon.at(TITLE, line.tokens, at)
            return at if title is not None and title.kind in ("head", "minister") else last  # قناة الرئيس
        if last > at and bare(line.form(at - 1)) in line.lexicon.sets["firms"] and _state_after(line, last):
            return last
        return at + 1 if detail == "strict" and _is_proper(line, at) else at
    if not form or not form[0].isalpha():
        return at
    if line.tokens[at].is_latin:
        last = at
        while last < len(line.tokens) and last < at + 5 and line.tokens[last].is_latin:
            last += 1
        return last
    if detail == "quoted" or _is_epithet(line, at):
        return at
    last = run_of_name(line, at, plain=True)
    return at if last == at + 1 and form in line.lexicon.words and form.endswith("ي") else last  # مركز رئيسي


def party(line: Line, index: int, term: Term) -> Phrase | None:
    """A party by the adjectives of its creed: `الحزب الاشتراكي الفلاني`, `التيار الديمقراطي`."""
    last, sets = index + term.length, line.lexicon.sets
    while bare(line.form(last)) in sets["creeds"] and line.form(last).startswith("ال"):
        last += 1
    if last == index + term.length or term.enclitic:
        return None
    words = tuple(bare(line.form(at)) for at in range(index + term.length, last))
    adjective = line.demonym(last)
    country: str | None = None
    inner: tuple[Phrase, ...] = ()
    if adjective is not None and not adjective.proclitic and adjective.definite:
        country, last, inner = line.nationality(adjective), adjective.last, (adjective_phrase(line, adjective),)
        while bare(line.form(last)) in sets["creeds"] and line.form(last).startswith("ال"):
            last += 1  # الحزب القومي الفلاني الاجتماعي
    return Phrase(
        Kind.BODY, index, last, (index, last), EntityType.POLITICAL_PARTY, term.proclitic, True, title=term.words,
        country=country, words=words, inner=inner,
    )  # fmt: skip


def _state_after(line: Line, at: int) -> bool:
    """Whether a nationality ends the name of a firm: `شركة النفط الوطنية الفلانية`."""
    adjective = line.demonym(at)
    return adjective is not None and adjective.definite and not adjective.proclitic


def _is_epithet(line: Line, at: int) -> bool:
    """Whether a feminine participle describes the head before it: `مجموعة متناسقة`."""
    form = line.form(at)
    if not line.form(at - 1).endswith("ه") or not form.endswith("ه") or form in line.lexicon.name_parts:
        return False
    return len(form) > 5 and form.startswith(("مت", "مست"))


def _is_proper(line: Line, at: int) -> bool:
    """Whether a word with the article is a name and no noun: `مصرف الراجحي`, `بنك الرافدين`."""
    form, lex = line.form(at), line.lexicon
    if lex.at(BODY, line.tokens, at) or line.demonym(at) or lex.at(TITLE, line.tokens, at):
        return False
    return form in lex.name_parts or form[2:] in lex.name_parts or not lex.is_common(form)


def quoted_after(line: Line, at: int) -> tuple[int, int] | None:
    """The quotation marks that open at a token and close a few words on."""
    if line.form(at) != '"':
        return None
    for end in range(at + 2, min(len(line.tokens), at + 2 + _LONGEST_QUOTED)):
        if line.form(end) == '"':
            return at, end
    return None


def _bracketed(line: Line, at: int) -> tuple[int, int] | None:
    """Brackets that stand for quotation marks: `قناة (كذا)`, with one word or two in Arabic letters."""
    if line.form(at) != "(" or line.tokens[min(at + 1, len(line.tokens) - 1)].is_latin:
        return None
    return next(((at, end) for end in range(at + 2, min(len(line.tokens), at + 4)) if line.form(end) == ")"), None)
