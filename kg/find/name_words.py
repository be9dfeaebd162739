"""Whether a word can be part of a person's name: known parts, connectors, everyday words where a name holds them."""

from __future__ import annotations

from kg.find.lexicon import MODIFIER, SONS, TITLE
from kg.find.phrases import Line
from kg.model import EntityType
from kg.text.tokens import bare

_COMPOUND = 2  # words of a first name with `الدين`, of which the first may stand before the run


def may_be_name(line: Line, index: int, place: int) -> bool:
    """Whether a word can be part of a person's name after `place` names of it (0 for its first word)."""
    first = place == 0 and (index == 0 or line.form(index - 1) not in line.lexicon.sets["connectors"])
    form = line.form(index)
    lex = line.lexicon
    if form in lex.sets["names_too"] and _named_too(line, index):
        return True
    if form == "قد":  # إحسان قد بيغي: no verb follows it
        after = line.form(index + 1)
        return not first and form_is_new(line, after) and after[0] not in "يتن"
    if len(form) < 2 or form in lex.stops:
        return False
    if first and is_son_named(line, index):
        return True
    if not first and line.form(index - 1) in lex.sets["fathers"] and line.form(index - 1) != "ام":
        return form not in lex.ubiquitous or is_house(line, index - 1)  # آل ثاني, بن مساعد, عبد الأمير
    if line.tokens[index].is_latin:
        return first or line.tokens[index - 1].is_latin
    if not first and line.tokens[index - 1].is_latin:
        return False
    if not first and form in lex.sets["names_inside"] and place > 0 and _holds_honorific(line, index):
        return True
    if form in line.lexicon.sets["connectors"]:
        return _connects(line, index, first)
    if form == "علي":
        beside = index + 1 if first else index - 1
        return not line.is_folded_from(index, "ى") and (line.form(beside) in SONS or _name_word(line, beside))
    if form == "هي":  # a Korean name's last syllable, where no clause can begin
        return not first and not line.form(index + 1)[:1].isalnum() and _name_word(line, index - 1)
    hit = line.hit(index)
    if hit is not None and hit.proclitic:
        return form in lex.name_parts and not first
    if hit is not None and line.type_of(hit) is not EntityType.PERSON:
        return not first and form in lex.name_parts and hit.last == index + 1
    before = line.form(index - 1)
    if hit is not None and not first and before not in lex.sets["connectors"] and _ends_hit(line, index):
        return False  # two names side by side: أخبر كيم بوتين
    title = lex.at(TITLE, line.tokens, index)
    if title is not None and not first and (title.length > 1 or title.kind in ("head", "minister", "spokes")):
        return False
    if title is not None and first and title.kind == "head" and not may_be_name(line, index + 1, 1):
        return False  # سمو أمير المنطقة
    if form in lex.name_parts:
        return True
    if line.demonym(index) is not None:
        if first:
            return form in lex.sets["nations_too"] and _begins_family(line, index + 1)
        return _family_of_nationality(line, index, place)
    if lex.knows(form) or lex.at(MODIFIER, line.tokens, index):
        return False
    if not first and line.form(index - 1) == "ام":
        return form not in lex.ubiquitous
    if lex.is_common(form):
        return not first and _inside_name(line, index, place)
    if form.startswith("ال") and first:
        return form.endswith("ي") and len(form) > 5
    if first and _is_verbal_noun(line, index):
        return False  # لم يشأ الكاتب إماطة اللثام
    return not carries_particle(line, form, first)


def _is_verbal_noun(line: Line, index: int) -> bool:
    """Whether a word of the patterns إفعال and إفعالة governs a definite noun, as verbal nouns do."""
    form = line.form(index)
    if not line.tokens[index].span.of(line.text).startswith("إ") or not line.form(index + 1).startswith("ال"):
        return False
    return len(form) == 5 and (form[3] == "ا" or (form[2] == "ا" and form[4] == "ه"))


def is_house(line: Line, index: int) -> bool:
    """Whether a word is `آل`, after which the name of a house stands, whatever else that means (`آل ثاني`)."""
    return line.form(index) == "ال" and line.tokens[index].span.of(line.text) == "آل"


def is_son_named(line: Line, index: int) -> bool:
    """Whether a word without the article stands before `بن` or `بنت` and a name: a first name, whatever it means."""
    form, lex = line.form(index), line.lexicon
    if line.form(index + 1) not in SONS or form.startswith("ال") or form in lex.sets["connectors"] or form in lex.stops:
        return False
    if form not in lex.name_parts and form[0] in "ولف" and form[1:] in lex.name_parts:
        return False  # ولسلطان بن
    if lex.is_verb(form) or form in lex.sets["people_say"] or form[1:] in lex.sets["people_say"]:
        return False  # وقال بن فلان
    return form not in lex.ubiquitous and _connects(line, index + 1, False)


def form_is_new(line: Line, form: str) -> bool:
    """Whether a word stands in no list at all, under no reading of its particles."""
    lex = line.lexicon
    return form[:1].isalpha() and form not in lex.stops and not lex.is_common(form) and not lex.knows(form)


def _holds_honorific(line: Line, index: int) -> bool:
    """Whether `الشيخ`, `السيد` or `الحاج` is part of a name: between two names, or the last of three."""
    after = line.form(index + 1)
    if after in line.lexicon.name_parts:
        return True
    return line.form(index).startswith("ال") and line.form(index - 1) in line.lexicon.name_parts


def _ends_hit(line: Line, index: int) -> bool:
    """Whether a name of the gazetteer ends right before a word."""
    before = line.hit(index - 1)
    return before is not None and before.last <= index


def _begins_family(line: Line, index: int) -> bool:
    """Whether a word with the article is a family's name and no noun: `اللواء تركي الفلاني`."""
    form, lex = line.form(index), line.lexicon
    return form.startswith("ال") and not (lex.is_common(form) or lex.knows(form) or line.demonym(index))


def _family_of_nationality(line: Line, index: int, place: int) -> bool:
    """Whether an adjective of nationality is a family's name: right after a lone first name (`أحمد المصري`)."""
    before, form = line.form(index - 1), line.form(index)
    if before == "الدين":  # سعد الدين العثماني
        return form.startswith("ال") and form.endswith("ي") and place <= _COMPOUND
    plain = before in line.lexicon.name_parts and line.hit(index - 1) is None and not line.lexicon.is_common(before)
    if place != 1:
        return False
    return plain and form.startswith("ال") and form.endswith("ي") and line.form(index - 2) not in ("", "،", '"', "(")


def _named_too(line: Line, index: int) -> bool:
    """Whether an everyday word that is also a first name (`رمضان`, `صباح`) stands before the rest of a name."""
    lex, after = line.lexicon, line.form(index + 1)
    return after in lex.name_parts or (after[:1].isalpha() and not lex.is_common(after) and not lex.knows(after))


def _connects(line: Line, index: int, first: bool) -> bool:
    after = index + 1
    if (
        after >= len(line.tokens)
        or not line.tokens[after].is_word
        or (first and line.form(index) in line.lexicon.sets["opening_connectors"])
    ):
        return False
    form = line.form(after)
    return (
        form in line.lexicon.name_parts
        or is_house(line, index)
        or (form not in line.lexicon.ubiquitous and form not in line.lexicon.stops)
    )


def _inside_name(line: Line, index: int, place: int) -> bool:
    """Whether an everyday word is part of a name: after a lone first name (`غازي الخطيب`) or between two names."""
    lex, form = line.lexicon, line.form(index)
    before, after = line.form(index - 1), line.form(index + 1)
    if lex.is_common(before) or lex.is_verb(form) or form in lex.ubiquitous or bare(form) in lex.ubiquitous:
        return False
    if form[0] == "و" or (form.startswith("ال") and {form, bare(form)} & lex.frequent - lex.sets["families_too"]):
        return False  # وفاته; الأسبوع
    if form.endswith("ا") and form[:-1] in lex.words:
        return False  # صباحا, an adverb
    if form.endswith("ه") and form in lex.words and line.is_folded_from(index, "ة") and after[:1].isalpha():
        return False  # a noun of its own: أعطى فلان الفلاني فرصة كبيرة
    if form not in lex.words and form[0] in "بلك" and lex.is_word(form[1:]):
        return False  # وجه السفير فلان الفلاني بأهمية كذا
    if place == 1 and (form.startswith("ال") or form in lex.words):
        return True
    return form not in lex.frequent and after[:1].isalpha() and may_be_name(line, index + 1, place + 1)


def carries_particle(line: Line, form: str, first: bool) -> bool:
    """Whether a word that is in no list reads as a particle before a word that is: `وترامب`, `لبوتين`, `بالقاهرة`."""
    if form.startswith(("وال", "فال", "بال", "لل", "كال")):
        return True
    if form[0] == "و":
        return True
    if form[0] == "س":
        return form[1] in "يتن" and len(form) > 3 and line.lexicon.is_common(form[1:])  # سيقول; سالمان is a name
    if form[0] in "وفبلك" and len(form) > 3:
        rest = form[1:]
        if form[0] == "ف" and not rest.startswith("ال"):
            return rest in line.lexicon.name_parts or rest in line.lexicon.words  # فلتشر
        return rest in line.lexicon.name_parts or line.lexicon.is_word(rest)
    return False


def _name_word(line: Line, index: int) -> bool:
    form = line.form(index)
    lex = line.lexicon
    if form in lex.name_parts:
        return True
    return form[:1].isalpha() and form not in lex.ubiquitous and form not in lex.stops and not lex.is_verb(form)
