"""How a content is held, told by its first words: denials, calls, promises, worries and what nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

from kg.frames.complement import CLAUSAL
from kg.frames.lexicon import nominals, phrases, phrases_from, words
from kg.frames.view import View
from kg.model import Modality

Finding = tuple[Modality, str]
"""A modality and the reason for it."""

_HEAD = 14  # tokens at the beginning of the content in which its main verb stands
_NOUNS = 2  # tokens at the head of a content that make it a promise, a call, a denial
_WORRY = 4  # … in which its speaker worries or hopes
_REFUSED = 4  # tokens between a negation and the wrong that it speaks of
_SUBJECT = 6  # … in which the content's own subject stands
_BY_NOUN = frozenset(("request", "pledge", "threat", "deny", "warn"))
JUDGING = frozenset(("describe", "criticise", "praise", "boast"))
"""Classes of verbs that judge: what they say of another is no accusation."""


def said(view: View, content: tuple[int, int], way: str) -> Said:
    """The content of tokens `first` to `last` (exclusive), introduced as `way` says; its head ends with a quotation."""
    first, last = content
    start = first
    while start < last and view.form(start) in ('"', ":"):
        start += 1
    quoted = view.quote[start - 1] if start > first else 0
    closed = view.quotes[quoted - 1][1] if quoted else last
    return Said(view, first, last, way, tuple(view.forms[start : min(last, start + _HEAD, closed)]))


@dataclass(frozen=True, slots=True)
class Said:
    """What is said: tokens `first` to `last` (exclusive), `head` its first words without the marks before them."""

    view: View
    first: int
    last: int
    way: str
    head: tuple[str, ...]

    def untrue(self) -> Finding | None:
        """`ليس صحيحا أن …`, `هذه الأنباء عارية من الصحة`: the content says that something is not so."""
        opening = self._begins_with("untrue")
        if opening is not None:
            return Modality.DENIED, f"the content begins with {opening}"
        claimed = next((at for at, form in enumerate(self.head[:_SUBJECT]) if form in words("claim-noun")), None)
        if claimed is not None or self.head[:1] == ("ما",):
            rest = self.head[claimed or 0 :]
            for words_of in phrases("not-true"):
                if any(rest[at : at + len(words_of)] == words_of for at in range(1, len(rest))):
                    return Modality.DENIED, f"what is claimed is {' '.join(words_of)}"
        return None

    def _begins_with(self, kind: str) -> str | None:
        """The phrase of a kind that the content begins with."""
        head = self.head[1:] if self.head[:1] in (("لقد",), ("قد",)) else self.head
        known = phrases_from(kind).get(head[0], ()) if head else ()
        found = (words_of for words_of in known if head[: len(words_of)] == words_of)
        return next((" ".join(words_of) for words_of in found), None)

    def ignorant(self) -> Finding | None:
        """`لا علم لديه بـ…`, `لا يستطيع تأكيد …`: the speaker neither confirms nor denies."""
        opening = self._begins_with("not-known")
        return (Modality.UNCONFIRMED, f"the content begins with {opening}") if opening is not None else None

    def noun(self) -> Finding | None:
        """`أكد التزام …`, `جدد دعوته إلى …`, `نقلت تحذيرات من …`: the content is itself a promise, a call, a denial."""
        if self.head and self.head[0].removeprefix("ب") in words("no-promise"):  # أقر بوجود تهديد, عدم التزام إيران
            return None
        for form in self.head[:_NOUNS]:
            if form in words("commitment") and (self.way not in CLAUSAL or form[0] in "مع"):  # not أن التزام إيران …
                return Modality.PLEDGED, f"speaks of {form}"
            if form in words("worry-noun") and self.way not in CLAUSAL:
                return Modality.ESTIMATED, f"speaks of {form}"
            if form in words("wish-noun") and self.way not in CLAUSAL:
                return Modality.REQUESTED, f"speaks of {form}"
            if self.way == "موجه" and form.startswith("اتهام"):
                return Modality.ALLEGED, f"speaks of {form}"
            if self.way in CLAUSAL:  # أن تعهدات الدول تكفي: what is spoken of
                continue
            stem = form.removesuffix("هما").removesuffix("ها").removesuffix("هم").removesuffix("ه").removesuffix("ات")
            for noun in (form, stem, stem + "ه", stem + "ت", stem[:-1] + "ه" if stem.endswith("ت") else stem):
                cue = nominals().get(noun)
                if cue is not None and cue.verb.frame.name == "reject":
                    return Modality.ASSERTED, f"speaks of {form}"
                if cue is not None and cue.verb.frame.name in _BY_NOUN | JUDGING:
                    return cue.verb.frame.modality, f"speaks of {form}"
        return None

    def believes(self) -> Finding | None:
        """`نعتقد أننا سنصل إلى …`, `بلاده قلقة من …`: a belief or a worry, even about what the speaker will do."""
        worry = next((at for at, form in enumerate(self.head[:_WORRY]) if form in words("worry")), None)
        if worry is not None and words("negation").isdisjoint(self.head[:worry]):
            return Modality.ESTIMATED, f"worries or hopes: {self.head[worry]}"
        form = next((form for form in self.head[:2] if form[0].isalpha()), "")
        believing = form in words("hedge") and form[:1] in ("ن", "ا", "ي", "ت") and not self.esteems()
        return (Modality.ESTIMATED, f"hedged by {form}") if believing else None

    def must(self) -> Finding | None:
        """`يجب أن …`, `على فلان أن …`, `حان الوقت لـ…`: what the speaker asks others to do."""
        for form in self.head[:7]:
            if form in words("relative-whole"):  # الخوف الذي يجب أن يشعر به
                break
            if form in words("must"):
                return Modality.REQUESTED, f"the content begins with {form}"
        if self.head and self.head[0] in words("want"):
            return Modality.REQUESTED, f"the speaker wants: {self.head[0]}"
        opening = self._begins_with("due")
        if opening is not None:
            return Modality.REQUESTED, f"the content begins with {opening}"
        if self.head[:1] == ("علي",) and self._charged():
            return Modality.REQUESTED, "someone has to: على"
        return None

    def _charged(self) -> bool:
        """`على فلان أن …`, `على المجتمع الدولي التحرك`: who has to do something stands right behind `على`."""
        at = self.first + self.view.forms[self.first : self.last].index("علي") + 1
        phrase = self.view.at[at] if at < self.last else None
        behind = ["ان" if form == "الا" else form for form in self.head[2:_SUBJECT]]
        if phrase is not None:
            return "ان" in behind or self.view.form(phrase.last).startswith("ال")
        if self.head[1:2] and self.head[1] in words("charged"):
            return "ان" in behind or any(form.startswith("ال") for form in behind)
        return "ان" in behind and words("place-noun").isdisjoint(self.head[1:2])

    def esteems(self) -> bool:
        """`نقدر هذا الموقف تقديرا عاليا`: to esteem is not to estimate."""
        return not words("esteem").isdisjoint(self.head) and not any(form[0].isdigit() for form in self.head)

    def fought(self, index: int) -> bool:
        """`مكافحة الإرهاب`, `لن نسمح بأي تدخل`: to speak of a fight against it or its absence accuses nobody."""
        if any(form in words("against") for form in self.view.forms[max(0, index - 2) : index]):
            return True
        if self.view.form(index + 1) in words("no-wrong"):  # احتلال المركز الأول
            return True
        return any(form in words("negation") for form in self.view.forms[max(self.first, index - _REFUSED) : index])

    def blamed(self, index: int) -> bool:
        """`مسؤولة عن الهجوم`, not `مسؤولة عن توفير الغاز`."""
        after = self.view.forms[index + 1 : index + _REFUSED]
        return "عن" in after[:2] and not words("blame").isdisjoint(after)

    def supposed(self, index: int) -> bool:
        """`انتهاك الاتفاق سيكون له ثمن`: what would be a wrong is not said to be done."""
        return any(is_future(form) for form in self.view.forms[index + 1 : index + _REFUSED])

    def forms(self) -> list[str]:
        """The words of the content."""
        return self.view.forms[self.first : self.last]


def is_future(form: str) -> bool:
    """Whether a word is a present tense with the future's `س`."""
    bare = form[1:] if form[:1] in ("و", "ف") else form
    return len(bare) > 3 and bare[0] == "س" and bare[1] in "يتن" and bare not in words("not-future")
