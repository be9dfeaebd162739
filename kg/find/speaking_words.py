"""Words around a speaker whom only a noun phrase tells of: the verb, the noun, where what is said begins."""

from __future__ import annotations

from kg.find.phrases import Line, Phrase
from kg.model import OUTLETS
from kg.text.tokens import bare

CLASS = "speaker"
_REACH = 20  # tokens from the description to what is said
_NEAR = 4  # … to a quotation mark: what stands further off may be a name or a term in quotation marks
_STOPS = frozenset(".؟!؛;")
_IMPERFECT = "يتن"
PARTICLES = "وفبلك"
OF = frozenset(("الي", "عن", "علي"))
_ENDINGS = ("ه", "ات", "ان", "تان", "ون", "ين")


def verb_of_saying(line: Line, at: int) -> str:
    """The verb of saying at a token without the `و` or `ف` before it, or nothing."""
    sets = line.lexicon.sets
    if line.form(at - 1) in sets["before_nouns"]:  # في نفي الخبر: a noun
        return ""
    form = line.form(at)
    for verb in (form, form[1:] if form[:1] in ("و", "ف") else ""):
        if verb and (verb in sets["people_say"] or verb in sets["things_show"]):
            return verb
    return ""


def opens(line: Line, index: int) -> bool:
    """Whether a word can be the head of a description: a noun without a particle before it."""
    lex, form = line.lexicon, line.form(index)
    if len(form) < 2 or not form[0].isalpha() or line.tokens[index].is_latin or not is_plain(line, index):
        return False
    if form in lex.sets["no_speakers"] or (form.endswith("ا") and not form.startswith("ال")):  # قال ضاحكا
        return False
    if form[0] in "بلك" and not (form in lex.words or form in lex.name_parts or is_listed(line, index)):
        following = line.form(index + 1)  # a name, if what is said follows; else a circumstance: قالت بفخر واعتزاز
        if following[:1].isalpha() and following not in lex.sets["opens_words"] and following not in OF:
            return False
    return form not in lex.sets["people_say"] and not (is_imperfect(line, form) and form not in lex.words)


def is_plain(line: Line, index: int) -> bool:
    """Whether a word is no particle and has none written onto it."""
    lex, form = line.lexicon, line.form(index)
    if form in lex.stops or form in lex.sets["np_ends"] or form in lex.sets["beside_verbs"]:
        return False
    if form.startswith(("بال", "لل", "كال", "فال", "وال")):
        return form in lex.words
    carried = form[0] in PARTICLES and lex.is_common(form[1:]) and form not in lex.words
    return not carried or is_listed(line, index)


def is_imperfect(line: Line, form: str) -> bool:
    """Whether a word is a present tense; `تعليم` and the like are nouns."""
    noun = form[0] == "ت" and (form.endswith(("ه", "ات")) or (len(form) == 5 and form[3] == "ي"))
    return form[0] in _IMPERFECT and not noun and line.lexicon.is_verb(form)


def is_adverbial(form: str) -> bool:
    """Whether a word is an indefinite accusative: `ذكر الرجل كثيرا …`."""
    return form.endswith("ا") and len(form) > 4 and not form.startswith("ال") and form[-2] not in "هنم"


def is_listed(line: Line, index: int) -> bool:
    """Whether a word is a noun of those that speak, in any of its forms."""
    return speaks(line, bare(line.form(index)))


def speaks(line: Line, stem: str) -> bool:
    """Whether a folded word without its article is such a noun: its feminine, dual and sound plurals too."""
    nouns = line.lexicon.sets["speaking_nouns"]
    return stem in nouns or any(
        stem.endswith(ending) and (stem[: -len(ending)] in nouns or stem[: -len(ending)] + "ه" in nouns)
        for ending in _ENDINGS
    )


def is_family(line: Line, first: int, last: int) -> bool:
    """Whether a lone word with the article ends as family names do."""
    form = line.form(first)
    return last == first + 1 and form.startswith("ال") and form.endswith("ي") and len(form) > 4


def is_framed(line: Line, verb: int, last: int) -> bool:
    """Whether a verb tells who said what stands before it: `كما يقول فلان`, `"…" يقول فلان`."""
    before, after = line.form(verb - 1), line.form(last)
    if after[:1].isalpha() and after not in line.lexicon.sets["np_ends"]:
        return False
    return (
        before in ("كما", "ما", "حسبما")
        or (before == '"' and verb > _NEAR)
        or (before == "،" and line.form(verb - 2) == '"')
    )


def mark_of_words(line: Line, verb: str, after: int) -> int | None:
    """Where what is said begins after a description that ends at token `after`; None where nothing is said."""
    sets = line.lexicon.sets
    if verb in sets["say_of"]:
        near = range(after, min(len(line.tokens), after + _NEAR))
        of = next((index for index in near if line.form(index) in OF or not line.form(index)[0].isalpha()), after)
        if line.form(of) in OF:
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
            return index if before in OF or before not in sets["before_nouns"] else None
        if form == '"':
            if index - after <= _NEAR or verb in sets["quote"]:
                return index
        elif form in _STOPS or verb_of_saying(line, index):
            return None
    return None


def past_outlet(line: Line, first: int, by_token: dict[int, Phrase]) -> int:
    """Where the outlet that something is said to ends: `أكد لصحيفة كذا مدير …`."""
    phrase = by_token.get(first)
    if phrase is not None:
        return phrase.last if phrase.proclitic == "ل" and phrase.type in OUTLETS else first
    if line.form(first) == "ل" and line.form(first + 1) == '"':
        return next((at + 1 for at in range(first + 2, first + 2 + _NEAR) if line.form(at) == '"'), first)
    return first
