"""Where what is said begins: `أن`, a colon, a quotation mark, a preposition or the bare object of a verb of saying."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames.lexicon import Cue, nominals, words
from kg.frames.view import View

_WINDOW = 60  # tokens from the verb to its content; subjects with titles and asides run long
_NEAR = 14  # tokens from a verb and its subject to a preposition that brings the content
_UNMARKED = 4  # tokens; words told with no mark before them are more
_BEHIND_COMMA = 7  # least tokens of words told behind a comma alone
_SHORT_QUOTE = 3  # tokens; two words between quotation marks are a name or a term
_ADVERBIAL = 14  # tokens of an adverbial between a verb with its subject and the object
_TOLD_OF = 14  # tokens from who said something to `من أن`
_STOPS = frozenset(".؟!؛")
_TURNS = frozenset(("لكن", "ولكن", "بينما", "وبينما", "فيما", "وفيما"))  # another clause begins
_OF_THAT = frozenset(("الي", "علي", "عن", "من"))
_PREPOSITIONS = _OF_THAT | {"في"}
CLAUSAL = frozenset(("ان", "بان", "الي_ان", "علي_ان", "عن_ان", "من_ان", "قول"))


@dataclass(frozen=True, slots=True)
class Complement:
    """How a verb takes its content (`way`, as in `saying.tsv`), the token that marks it, the first of the content."""

    way: str
    mark: int
    content: int

    @property
    def clausal(self) -> bool:
        """Whether the content is a clause or direct speech."""
        return self.way in CLAUSAL


def complement(view: View, cue: Cue, verb: int, after: int) -> Complement | None:
    """The content of the verb at token `verb`, looked for from token `after`; None where there is none.

    A clause counts before a prepositional object, and that before a bare one; another verb of saying with a clause of
    its own ends the search. Looks at most `_WINDOW` tokens ahead.
    """
    ways = cue.verb.content
    direct = False
    nearest: Complement | None = None
    forms, openers, marks = view.forms, words("direct"), words("mark")
    aside, at, quote, verbs = view.aside, view.at, view.quote, view.verbs
    noun = cue.form.tense == "noun"
    index, last = after, min(len(forms), verb + _WINDOW)
    near = last if cue.verb.addressee == "مفعول" or cue.verb.frame.name == "accuse" else after + _NEAR
    while index < last:
        form = forms[index]
        if aside[index] and form in ("(", "-"):
            index = aside[index]
            continue
        if form in _STOPS and index > after and not _abbreviates(view, index):
            break
        if form in openers:
            direct = True
        turns = form in _TURNS and view.form(index + 1) not in words("so-called")
        if turns or (noun and index > after and index in verbs):
            break
        found = _clause(view, ways, index, direct) if form in marks else None
        if form == '"' and found is None:  # يرى الوزير «أن التنسيق …»
            found = _clause(view, ways, index + 1, direct) if view.form(index + 1) in marks else None
        if found is not None:
            return found if nearest is None or _belongs(view, nearest, index) else nearest
        if quote[index] and quote[index] != quote[verb]:
            index = view.quotes[quote[index] - 1][1] + 1
            continue
        if index > after and index in verbs and _other_speech(view, index):
            break
        if nearest is None and index <= near:
            nearest = _prepositional(view, ways, index)
        phrase = at[index]
        index = phrase.last if phrase is not None and phrase.last > index else index + 1
    return nearest or _after_comma(view, cue, after) or _bare(view, cue, verb, after)


def _abbreviates(view: View, index: int) -> bool:
    """Whether a full stop ends an abbreviated title: `وزير الصحة د. فلان`."""
    return view.form(index) == "." and len(view.form(index - 1)) == 1 and view.form(index - 1).isalpha()


def _after_comma(view: View, cue: Cue, after: int) -> Complement | None:
    """`وقال لقناة كذا، لن نقبل …`: the words themselves, set apart by a comma alone."""
    if cue.form.tense != "past" or cue.form.pronoun or cue.verb.key not in words("plain-say"):
        return None
    told = view.phrase_at(after)
    if told is not None and told.preposition == "ل":
        after = told.last
    if view.form(after) in words("clause-head") and len(view) - after > _UNMARKED:  # وأضاف لن نقبل …
        return Complement("قول", after, after)
    first, form = after + 1, view.form(after + 1)
    if view.form(after) not in ("،", ",") or len(view) - first < _BEHIND_COMMA or first in view.verbs:
        return None
    opens = form[:1].isalpha() and not view.is_preposition(first) and view.at[first] is None
    if not opens or form[0] in "وف" or form in words("relative") | words("between") | words("opener"):
        return None
    return Complement("قول", after, first)


def told_of(view: View, cue: Cue, verb: int, after: int) -> Complement | None:
    """`ما قاله الوزير في كذا من أن …`: what the relative `ما` means stands behind `من أن`."""
    if cue.form.pronoun != "ه" or view.form(verb - 1).lstrip("وبلع") not in ("ما", "مما"):
        return None
    for index in range(after, min(len(view) - 1, after + _TOLD_OF)):
        if view.form(index) == "من" and view.form(index + 1) in words("that"):
            return Complement("من_ان", index, index + 2)
        if index in view.verbs or not view.form(index)[0].isalnum():
            return None
    return None


def _clause(view: View, ways: frozenset[str], index: int, direct: bool) -> Complement | None:
    form = view.form(index)
    before = view.form(index - 1)
    if form in words("that"):
        if before in _OF_THAT:
            way = f"{before}_ان"
            return Complement(way, index - 1, index + 1) if way in ways else None
        if before in words("not-content") or before.lstrip("وف") in words("not-content"):
            return None
        return Complement("ان", index, index + 1) if direct or "ان" in ways else None
    if form in words("b-that"):
        return Complement("بان", index, index + 1) if "بان" in ways else None
    if form == ":" and ("قول" in ways or direct):
        return Complement("قول", index, index + 1)
    titled = before in words("title-mark")
    if form == '"' and view.quote[index] and not titled and ("قول" in ways or direct):
        opened, closed = view.quotes[view.quote[index] - 1]
        if opened == index and closed - opened > _SHORT_QUOTE:
            return Complement("قول", index, index)
    return None


def _belongs(view: View, nearest: Complement, index: int) -> bool:
    """Whether a clause found after a possible prepositional object is the content: only right after it."""
    return index - nearest.mark <= 1 or (nearest.way in _OF_THAT and index - nearest.mark <= 2)


def _prepositional(view: View, ways: frozenset[str], index: int) -> Complement | None:
    form = view.forms[index]
    bare = form[1:] if form[:1] in ("و", "ف") and form not in _PREPOSITIONS else form  # في is no ف with ي
    if bare in ways and bare in _PREPOSITIONS and view.form(index + 1) not in words("that"):
        if bare == "الي" and _second(view, index, bare):
            return None
        return Complement(bare, index, index + 1)
    if "عن" in ways and bare in ("ما", "عما") and view.form(index + 1) == "اذا":  # يتساءل ما إذا كانت …
        return Complement("عن", index, index)
    phrase = view.at[index]
    if "ب" in ways:
        if phrase is not None:
            return Complement("ب", index, index) if phrase.first == index and phrase.preposition == "ب" else None
        if form == "ب" or (form.startswith("ب") and len(form) > 2 and form not in words("not-b")):
            return Complement("ب", index, index)
    if "فعل" in ways and said_by_noun(view, index) is not None:
        return Complement("فعل", index, index + 1)
    if "ل" in ways and phrase is None and form.startswith("ل") and _purpose(view, index):
        return Complement("ل", index, index)
    if "مسؤوليه" in ways and form.endswith(("مسؤوليه", "المسؤوليه", "مسئوليه")):
        return Complement("مسؤوليه", index, index + 1)
    if "لوم" in ways and form in ("باللوم", "اللوم", "باللائمه", "بالمسؤوليه"):
        return Complement("لوم", index, index + 1)
    if "قلق" in ways and form in ("بالقلق", "بقلق", "بالخوف"):
        return Complement("قلق", index, index + 1)
    if "رساله" in ways and _letter(form):
        return Complement("رساله", index, index)
    if "موجه" in ways and form in words("directed"):
        return Complement("موجه", index, index)
    if "مصدر" in ways and form in words("repeatable"):
        return Complement("مصدر", index, index)
    return None


def said_by_noun(view: View, index: int) -> Cue | None:
    """The verbal noun of saying after `ب`, `على` or `إلى`: `اكتفى بالإشارة إلى …`, `دأب على نفي …`."""
    form = view.form(index)
    if form.startswith("ب"):
        form = form[1:]
    elif view.form(index - 1) not in ("علي", "الي"):
        return None
    return nominals().get(form.removeprefix("ال"))


def _purpose(view: View, index: int) -> bool:
    """Whether a word with `ل` after the one called upon tells what for: `دعت موسكو للكف عن …`."""
    return view.form(index).startswith("لل") and view.at[index - 1] is not None and view.is_preposition(index + 1)


def _letter(form: str) -> bool:
    return form in words("letter") or form.removeprefix("ب").removesuffix("تين") in words("letter")


def _second(view: View, index: int, preposition: str) -> bool:
    """Whether `دعا في رسالة إلى فلان إلى …`: this preposition governs a person and the next one the content."""
    phrase = view.phrase_at(index + 1)
    return phrase is not None and preposition in view.forms[phrase.last : phrase.last + 10]


def _other_speech(view: View, index: int) -> bool:
    """Whether the verb of saying at an index is another finite one that begins its own clause."""
    if view.at[index] is not None:
        return False
    form, set_apart = view.form(index), view.form(index - 1) in ("،", ",")
    following = view.phrase_at(index + 1)
    told = all(cue.form.pronoun for cue in view.cues(index))
    if not told and following is not None and not following.proclitic and view.form(following.last) in words("that"):
        return True  # تعليق نشاطه، وهو قرار يتوقع مراقبون أن …
    return any(
        cue.form.tense != "participle" and (cue.form.written != form or (set_apart and cue.form.tense == "past"))
        for cue in view.cues(index)
    )


def _bare(view: View, cue: Cue, verb: int, after: int) -> Complement | None:
    """A bare object: right after the verb and its subject, or behind a comma that ends an adverbial."""
    if "مفعول" not in cue.verb.content:
        return None
    if view.form(after) == "ذلك" and not view.form(after + 1)[:1].isalnum():  # ونفت إيران ذلك
        return Complement("مفعول", after, after)
    if after > verb + 1 and view.form(verb + 1) == "ذلك":  # ونفى ذلك الوزير
        return Complement("مفعول", verb + 1, verb + 1)
    if cue.form.pronoun and cue.verb.addressee != "مفعول":
        return Complement("مفعول", after - 1, after)
    index = _past_adverbs(view, after)
    asked = view.phrase_at(index + 1) if view.form(index) == "من" else None
    if cue.verb.addressee == "من" and asked is not None:  # طلب من المجلس «ممارسة الضغط»
        index = _past_adverbs(view, asked.last)
    if view.is_preposition(index):
        marks = [at for at in range(index, min(len(view), index + _ADVERBIAL)) if view.form(at) in ("،", ",")]
        index = _past_adverbs(view, marks[0]) if marks else index
        if not marks and len(view) - index < _ADVERBIAL // 2:
            return None
    elif not view.form(index) or not (view.form(index)[0].isalnum() or view.form(index) == '"'):
        return None
    return Complement("مفعول", index, index) if index < len(view) else None


def _past_adverbs(view: View, index: int) -> int:
    while index < len(view) and (view.form(index) in words("between") or view.aside[index]):
        index = view.aside[index] or index + 1
    return index
