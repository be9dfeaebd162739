"""Whether a word is a finite verb of saying that opens a clause, or a noun, a subjunctive, an impersonal."""

from __future__ import annotations

from kg.frames.act import MEDIA
from kg.frames.agreement import gender
from kg.frames.complement import Complement
from kg.frames.lexicon import Cue, words
from kg.frames.subject import Subject
from kg.frames.view import View

_TOPIC = 4  # tokens of a noun with an adverbial that open a sentence
_SUBJECT = 9  # tokens from `أن` to the verb of the subject behind it


def is_noun(view: View, index: int) -> bool:
    """Whether a word that could be a verb of saying can only be a noun here, or is not said yet."""
    before = view.form(index - 1)
    cue = view.cues(index)[0]
    if cue.form.tense == "future":
        return True
    if cue.form.pronoun and cue.form.written == cue.verb.masdar + cue.form.pronoun and before[:1].isalnum():
        return before not in words("relative") and before not in words("opener")  # استنكار الدولة ورفضها
    if cue.form.written != view.form(index):
        return False
    if cue.form.tense == "present" and before in words("not-yet"):  # دون أن تؤكد, قد يرحب
        return True
    if before in words("if"):  # إذا رفض المجلس
        return True
    if cue.form.written == cue.verb.masdar and _noun_governed(view, index - 1):  # من أن رفض الاتفاق يضر
        return True
    return before in words("preposition") and before not in ("بعد", "قبل", "رغم", "حتي", "من")


def others_clause(view: View, index: int) -> bool:
    """Whether the subject of the verb at an index is a noun that is no mention and so says nothing.

    `أن قرار المجلس اعتبر …`: a noun behind `أن` with its genitive; `الوقائع على الأرض، تشير إلى …`: a definite noun
    that opens the sentence, with an adverbial set apart.
    """
    if view.form(index) != view.cues(index)[0].form.written:
        return False
    phrase = view.at[index - 1] if index > 1 else None
    if phrase is not None and not phrase.proclitic and _is_noun_of(view, phrase.first - 1):
        return view.form(phrase.first - 2) in words("that")
    if phrase is None and view.form(index - 1)[:1].isalpha() and _subject_unlisted(view, index):
        return True
    if index - 1 > _TOPIC or view.form(index - 1) not in ("،", ",") or view.cues(index)[0].form.tense != "present":
        return False
    opening = view.forms[: index - 1]
    definite = len(opening) > 1 and opening[0].lstrip("و").startswith("ال") and view.is_preposition(1)
    named = any(view.at[at] for at in range(index))
    return definite and not named and opening[0].lstrip("و") not in words("after-verb")


def _is_noun_of(view: View, index: int) -> bool:
    """Whether a word is an indefinite noun that is no mention: `قرار` in `قرار المجلس`."""
    form = view.form(index)
    if not form[:1].isalpha() or form.startswith("ال") or view.at[index] is not None or index in view.verbs:
        return False
    return not view.is_preposition(index) and form not in words("quantifier") | words("opener") | words("that")


def _noun_governed(view: View, index: int) -> bool:
    """Whether the word at an index stands before a noun only.

    `أن` does but after `بعد`, `منذ`, `سبق`, `ما`; `من` right after a verb of saying or its subject (`حذرت من رفض`)
    does, where it cannot be `مَن`.
    """
    form = view.form(index)
    if form == "من" and index > 0:
        return index - 1 in view.verbs or view.at[index - 1] is not None
    return form in ("لان", "بان") or (form == "ان" and view.form(index - 1).lstrip("وف") not in words("perfect-that"))


def credible(view: View, cue: Cue, index: int, whose: Subject, content: Complement | None) -> bool:
    """Whether the word is a verb of saying here and not one of its homographs, nor without a person behind it."""
    kind = cue.verb.frame.name
    if cue.form.pronoun and cue.verb.frame.name == "deny" and view.form(index + 1) == "الي":
        return False  # نفاه إلى …: banished him
    of_that = content is not None and content.way == "من_ان"  # ما قاله من أن …
    if cue.form.pronoun and "مفعول" not in cue.verb.content and cue.verb.addressee != "مفعول" and not of_that:
        return False  # أقرّها: adopted it
    if cue.form.pronoun and cue.verb.addressee == "من":
        return False  # أسلحة تطلبها كييف: what is asked for is told of, not said
    if whose.how == "relative" and content is not None and _undergone(kind, content, index):
        return False
    fact = view.form(index - 1) in ("ما", "مما") and view.form(index + 1) not in words("own-that")
    if fact and not cue.form.pronoun and whose.how != "after" and view.form(index - 2) != "سرعان":
        return False  # مما يؤكد أن …: what shows it
    of_antecedent = whose.how == "dropped" and cue.form.pronoun and view.form(index - 1) in words("relative-whole")
    if of_antecedent and kind != "describe" and (content is None or not content.clausal):
        return False  # الخطة التي اقترحها: what the plan is
    if cue.verb.key in words("media-only") and not (whose.entities and all(e.type in MEDIA for e in whose.entities)):
        return False
    if content is not None and content.way == "موجه" and whose.how == "dropped" and content.mark > index + 2:
        return False
    if content is not None and content.way == "مسؤوليه" and content.mark == index + 1:
        return False  # قرر تحمل المسؤولية: to bear it
    if cue.verb.key in words("pronoun-only") and not (cue.form.pronoun and whose.how == "after"):
        return False
    if kind in ("no-comment", "unable") and (content is None or not _on_comment(view, content)):
        return False
    if kind == "relay" and (content is None or not content.clausal):
        return False
    if kind == "unable":
        return view.form(index - 1).removeprefix("و") in ("لم", "لا") and whose.how in ("after", "before")
    if cue.verb.key in words("homograph") and (content is None or content.mark - index > 4 or whose.how == "before"):
        return False
    if whose.how == "after" and _disagrees(view, cue, index, whose, content):
        return False
    if cue.verb.frame.name == "find" and whose.how in ("dropped", "unknown"):
        return False
    if (
        cue.form.tense == "present"
        and whose.how == "before"
        and view.form(whose.first - 1).lstrip("و") in ("كان", "كانت")
    ):
        return False
    impersonal = cue.form.tense == "present" and cue.form.number == "s" and cue.verb.key in words("impersonal")
    if impersonal and whose.how == "relative" and kind == "estimate":  # الذي يعتقد بأنه: who is believed
        return False
    return not (impersonal and whose.how == "dropped" and cue.form.gender == "m")


def _undergone(kind: str, content: Complement, index: int) -> bool:
    """`الذي اتهم بكذا`, `الذي يعتبر من أهم …`: without an object the one spoken of is the one accused or described."""
    return (kind == "accuse" and content.mark == index + 1) or (kind == "describe" and not content.clausal)


def _disagrees(view: View, cue: Cue, index: int, whose: Subject, content: Complement | None) -> bool:
    """`إلى جانب رفض الحكومة …`: a masculine form before a feminine genitive, inside a clause, is the verbal noun."""
    if content is None or content.clausal or cue.form.tense != "past" or cue.form.gender != "m":
        return False
    bare = cue.form.written == view.form(index) == cue.verb.masdar and whose.first == index + 1
    return bare and gender(whose.entities[0]) == "f"


def _on_comment(view: View, content: Complement) -> bool:
    """Whether what is refused or impossible is to comment or confirm."""
    return any(form in words("no-comment") for form in view.forms[content.mark : content.content + 2])


def may_drop(view: View, cue: Cue, index: int) -> bool:
    """Whether a verb without a subject of its own can begin a clause here: joined by `و`, after a mark or an opener.

    One behind `أو` goes on with the verb before it: `الدول التي فرضت العقوبات أو أيدتها`.
    """
    if view.form(index - 1) == "او":
        return False
    if cue.form.written != view.form(index) or cue.form.pronoun or index == 0:
        return True
    if view.form(index + 1) in words("his-grace"):  # وحول ذلك قال سموه إن …
        return True
    if resumed(view, index) or (view.form(index + 1) in ("انه", "انها", "انهم") and not _subject_unlisted(view, index)):
        return True
    while index > 0 and (
        view.form(index - 1) in words("auxiliary") or view.form(index - 1) in ("لم", "لا", "ولم", "ولا")
    ):
        index -= 1
        if view.form(index) == "كما":  # طالب بكذا كما دعا إلى كذا
            return True
    before = view.form(index - 1)
    if before in ("من", "ممن", "لمن"):  # من يقولون: others
        return False
    return index == 0 or not before[0].isalnum() or before in words("opener") or before.lstrip("و") in words("relative")


def _subject_unlisted(view: View, index: int) -> bool:
    """`يذكر أن مجموعة كذا أكدت أنها …`: the subject stands before the verb and is no mention."""
    for at in range(index - 1, max(-1, index - _SUBJECT), -1):
        if view.form(at) == "ان":
            return at < index - 1
        if view.at[at] is not None or not view.form(at)[0].isalpha() or view.is_preposition(at) or at in view.verbs:
            return False
    return False


def resumed(view: View, index: int) -> bool:
    """`اجتماعا أعلن في أعقابه أن …`: a relative clause without a pronoun of its own; one after the verb points back."""
    following = view.forms[index + 1 : index + 3]
    return bool(following) and (
        following[0] in words("resumptive") or (following[0] == "في" and following[-1].endswith(("ه", "ها")))
    )


def clause_start(view: View, index: int) -> int:
    """The first token of the clause: auxiliaries and `كما` before the verb or its subject belong to it."""
    while index > 0 and view.form(index - 1) in words("auxiliary") | {"لم", "ولم", "لا", "ولا"}:
        index -= 1
    return index
