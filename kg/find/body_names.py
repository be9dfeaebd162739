"""The name of a body word by word: head, genitives, adjectives, state (`وزارة الخارجية الروسية`)."""

from __future__ import annotations

from collections.abc import Callable

from kg.find.known import adjective_phrase, bracketed_adjective, named_phrase, of_another_people
from kg.find.lexicon import BODY, REFERENCE, TITLE, UNNAMED, Term
from kg.find.names import Hit
from kg.find.person_names import name_at, run_of_name
from kg.find.phrases import Kind, Line, Phrase
from kg.gazetteer.entry import Entry
from kg.model import PLACES, EntityType
from kg.text.tokens import bare

TitleParser = Callable[[Line, int], "Phrase | None"]
_OWNERS = (EntityType.COMPANY, EntityType.MEDIA_OUTLET, EntityType.ORGANIZATION)
_LONGEST = 8
_AIMS = ("عن", "ضد", "علي")


def body_name(line: Line, index: int, term: Term, titled: TitleParser | None) -> Phrase | None:
    """The body whose head word stands at a token; a description (`الوزارة`) where nothing follows; None for no name."""
    reader = _BodyName(line, index, term, titled)
    reader.read()
    return reader.phrase()


class _BodyName:
    """Reads from `at` on: `open` while the next word may be the genitive of the last, `definite` once it is a name."""

    def __init__(self, line: Line, index: int, term: Term, titled: TitleParser | None) -> None:
        self.line, self.index, self.term, self.titled = line, index, term, titled
        self.at = index + term.length
        self.words = [bare(word) for word in term.key.split()[1:]]
        self.given = len(self.words)
        self.inner: list[Phrase] = []
        self.adjectives: list[Phrase] = []
        self.country: str | None = None
        self.group: Hit | None = None  # an armed group's name or adjective as the genitive
        has_article = line.form(self.at - 1).startswith("ال") if term.length > 1 else term.definite
        self.open = not term.enclitic and not has_article
        self.definite = not self.open
        self.name_last = self.at

    def read(self) -> None:
        """Move past every word of the name."""
        limit = min(len(self.line.tokens), self.at + _LONGEST)
        while self.at < limit and self._step():
            pass

    def phrase(self) -> Phrase | None:
        """What was read, where it names a body."""
        term = self.term
        if not self.definite or (self.open and not self.country and not self.inner):
            return None
        if self.group is not None:  # ميليشيات الحوثيين: the group itself
            entry = self.line.entry(self.group, demonym=True)
            if len(self.group.references) > 1 and not any(meant.demonym for meant in self.group.references):
                return named_phrase(self.line, self.group).with_(
                    first=self.index, last=self.at, proclitic=term.proclitic, definite=term.definite
                )  # قوات التحالف: which of several, the article tells
            return named_phrase(self.line, self.group).with_(
                type=entry.type, country=entry.country, key=entry.key, hit=None, first=self.index, last=self.at,
                proclitic=term.proclitic, definite=term.definite,
            )  # fmt: skip
        said = self.words[self.given :]
        alone = not self.words and not self.country and not self.inner
        sets = self.line.lexicon.sets
        generic = not self.country and (term.definite or self.given > 0) and set(said) <= sets["generic_adjectives"]
        if term.definite and len(said) == 1 and not self.country and term.key in sets["generic_heads"]:
            generic = True  # المؤسسة الجامعية
        if term.detail in ("force", "of") and not alone and not self.country and not self.inner and not self._force():
            return None
        if term.key in sets["states_only"] and term.proclitic.endswith("ب"):
            return None  # برئاسة مصر: chaired by
        if term.key in sets["managements"] and any(phrase.type in _OWNERS for phrase in self.inner):
            return None  # إدارة المصرف: no body beside the bank
        if term.key in sets["alliances"] and not alone and set(said) <= sets["epithets"] and not self.inner:
            return None  # التحالف التركي الأميركي
        if term.detail == "of" and not any(p.type is EntityType.INTERNATIONAL_ORGANIZATION for p in self.inner):
            return None
        if term.key in sets["qualified_heads"] and term.definite and set(said) <= sets["qualifiers"]:
            generic = not self.country  # الحكومة الحالية
        kind = Kind.DESCRIPTION if alone or term.enclitic or (generic and bool(said) and not self.inner) else Kind.BODY
        return Phrase(
            kind, self.index, self.at, (self.index, max(self.name_last, self.index + term.length)),
            EntityType(term.kind), term.proclitic, term.definite, title=term.words, country=self.country,
            words=tuple(self.words), enclitic=term.enclitic, inner=(*self.inner, *self.adjectives),
        )  # fmt: skip

    def _force(self) -> bool:
        """`القوات المسلحة`, `الحرس الثوري`: a force by its kind alone, of a state that the article tells elsewhere."""
        return (
            self.term.kind == "ArmedForce"
            and self.words[:1] != []
            and self.words[0] in self.line.lexicon.sets["forces"]
        )

    def _take(self, last: int, definite: bool = True) -> bool:
        self.at = self.name_last = last
        self.open = False
        self.definite = self.definite or definite
        return True

    def _step(self) -> bool:
        line, form = self.line, self.line.form(self.at)
        hit, adjective = line.hit(self.at), line.demonym(self.at)
        if adjective is not None and not adjective.proclitic and self._is_group(line.entry(adjective, demonym=True)):
            self.group = adjective
            self._take(adjective.last)
            return False
        if adjective is not None and not adjective.proclitic and (hit is None or adjective.definite):
            if of_another_people(line, adjective, self.country):
                return False  # دعت الوزارة الفلانية العلانيين إلى
            self.country = self.country or line.nationality(adjective)
            self.adjectives.append(adjective_phrase(line, adjective))
            return self._take(adjective.last, adjective.definite)
        if form == "(":
            return self._bracketed()
        if hit is not None:
            return self._named(hit)
        if self._house() or (self.open and line.lexicon.at(REFERENCE, line.tokens, self.at)):
            return False  # حكومة بلاده
        if self._led(form) or self._royal(form):
            return True
        if form == "-" and self.country and line.demonym(self.at + 1):
            self.at += 1
            return True
        if self._goes_on(form):
            self.words.append(bare(form.removeprefix("و") if form.startswith("وال") else form))
            has_article = form.startswith(("ال", "وال", "لل"))
            last = self.at + 1
            self.at = self.name_last = last
            self.definite |= has_article
            self.open = not has_article
            return True
        if form and self.term.key in line.lexicon.sets["districts"]:
            return False
        if self.open and not self.words and (self.term.detail == "office" or self.term.kind == "ArmedForce"):
            return self._unknown_genitive()
        return False

    def _is_group(self, entry: Entry) -> bool:
        """Whether an armed group follows a head for fighters at once: `ميليشيات الحوثيين`, `قوات التحالف`."""
        if self.words or self.term.kind not in ("ArmedForce", "ArmedGroup"):
            return False
        return entry.type is EntityType.ARMED_GROUP or entry.label_ar.startswith("التحالف")

    def _bracketed(self) -> bool:
        adjective = bracketed_adjective(self.line, self.at)
        if adjective is None:
            return False
        self.country = self.country or self.line.nationality(adjective)
        self.at = adjective.last + 1
        return True

    def _named(self, hit: Hit) -> bool:
        """A gazetteer name: the genitive of an open word (`حكومة مالطا`), or a state with `ل` after an office."""
        line, kind = self.line, self.line.type_of(hit)
        if line.form(hit.first) == line.form(self.index):
            return False
        if kind in PLACES and self.term.key == "نظام":
            return False
        if kind not in PLACES and self.term.key in line.lexicon.sets["states_only"]:
            return False  # برئاسة فلان
        if kind is EntityType.PERSON:
            if not self.open or self.words or hit.proclitic or self.term.key == "نظام":
                return False
            form = line.form(hit.first)
            if hit.last == hit.first + 1 and form.endswith("ي") and form[:-1] in line.lexicon.words:
                return False  # مركز رئيسي
        elif hit.proclitic:
            if hit.proclitic != "ل" or self.open or self.term.detail != "office" or kind not in PLACES:
                return False
        elif not self.open:
            return False
        if self._is_group(line.entry(hit)):
            self.group = hit
            self._take(hit.last)
            return False
        named = named_phrase(line, hit)
        self.inner.append(named)
        governs = kind is EntityType.PERSON and self.term.key in line.lexicon.sets["governments"]
        if kind in PLACES or governs:
            self.country = self.country or named.country
        if not governs and kind is not EntityType.STATE and line.entry(hit).metonym_of is None:
            self.words += [bare(token.form) for token in line.tokens[slice(*named.name)]]
        self._take(named.last)
        return kind is not EntityType.STATE

    def _house(self) -> bool:
        """`مكتب رئيس الوزراء الإسرائيلي`, `حكومة الرئيس فلان`: the body of an office, without its holder's name."""
        line = self.line
        if self.titled is None or not self.open or self.words:
            return False
        head = self.term.key
        title = line.lexicon.at(TITLE, line.tokens, self.at) if head in line.lexicon.sets["houses"] else None
        holder = self.titled(line, self.at) if title is not None and not title.proclitic else None
        if holder is None:
            return False
        self.inner.append(holder)
        self.country = self.country or holder.country
        if head not in line.lexicon.sets["governments"]:
            self.words += holder.office.split()
        self._take(holder.last)
        self.name_last = holder.name[0] if holder.kind is Kind.PERSON else holder.last
        return True

    def _led(self, form: str) -> bool:
        """A preposition that goes on with the name: `في كوريا الجنوبية`, `عن الديمقراطيات`, `التابع للأمم المتحدة`."""
        line, lex, after = self.line, self.line.lexicon, self.at + 1
        hit = line.hit(after)
        if form in lex.sets["attached"] and hit is not None and hit.proclitic == "ل":
            self.inner.append(named_phrase(line, hit))
            return self._take(hit.last)
        if form in _AIMS and self.words and self._has_aim(self.at):
            self.words.append(bare(line.form(after)))
            return self._take(self.at + 2)
        if form == "في" and self._mission(hit):
            return True
        if form != "في" or self.term.detail != "office" or not self.definite or not (self.words or self.country):
            return False
        if hit is not None and not hit.proclitic and line.type_of(hit) in PLACES:
            if self.country or not line.country_of(hit):
                return False
            self.inner.append(named_phrase(line, hit))
            self.country = line.country_of(hit)
            return self._take(hit.last)
        house = lex.at(BODY, line.tokens, after)
        if hit is None or hit.proclitic or house is None or self.term.key != "لجنه":
            return False
        self.inner.append(named_phrase(line, hit))
        return self._take(hit.last)

    def _mission(self, hit: Hit | None) -> bool:
        """Where an office of an organisation sits: `بعثة الاتحاد الفلاني في كذا`."""
        line = self.line
        of = any(phrase.type is EntityType.INTERNATIONAL_ORGANIZATION for phrase in self.inner)
        if not of or self.term.key not in line.lexicon.sets["missions"] or hit is None or hit.proclitic:
            return False
        if line.type_of(hit) not in PLACES:
            return False
        self.inner.append(named_phrase(line, hit))
        self.words += [bare(line.form(index)) for index in range(self.at, hit.last)]
        return self._take(hit.last)

    def _has_aim(self, at: int) -> bool:
        """Whether a preposition leads to what a body is there for: `الحركة العالمية للدفاع عن الأطفال`."""
        line, sets = self.line, self.line.lexicon.sets
        aims = self.term.kind == "Organization" or self.term.key in sets["heads_with_aims"]
        return aims and line.form(at) in _AIMS and line.form(at + 1).startswith("ال")

    def _royal(self, form: str) -> bool:
        """`جامعة الملك فلان`: a person's name as part of a body's."""
        if not self.open or form not in self.line.lexicon.sets["royal_titles"]:
            return False
        name = name_at(self.line, self.at + 1)
        if name is None:
            return False
        self.words += [self.line.form(number) for number in range(self.at, name[1])]
        return self._take(name[1])

    def _unknown_genitive(self) -> bool:
        """`قوات` and a place or a person that no list holds."""
        last = run_of_name(self.line, self.at)
        if last == self.at or self._is_adverb(last):
            return False
        self.words += [self.line.form(number) for number in range(self.at, last)]
        if self.term.detail == "force":
            self.inner.append(Phrase(Kind.PLACE, self.at, last, (self.at, last), EntityType.PLACE))
        return self._take(last)

    def _is_adverb(self, last: int) -> bool:
        """Whether one word alone says when or by which way: `إلى مستشفى ليلا`, `ديوان برا`."""
        return last == self.at + 1 and self.line.form(self.at) in self.line.lexicon.sets["adverbs_too"]

    def _goes_on(self, form: str) -> bool:
        """Whether a word is one more of the body's name."""
        line, lex, at = self.line, self.line.lexicon, self.at
        if not form or not form[0].isalpha() or line.tokens[at].is_latin or form.removeprefix("و") in lex.stops:
            return False
        if form.startswith("ال") and len(form) > 3:
            if self.term.detail == "force" and lex.at(TITLE, line.tokens, at):
                return False
            if not self.open and line.is_folded_from(at, "ى"):
                return False  # قوات كذا المبنى
            if self.adjectives and bare(form) not in lex.body_adjectives:
                return False  # تبادلت السلطات الفلانية المسؤولية
            return self.open or ((self.definite or bool(self.country)) and agrees(line, form))
        kind_of_force = form in lex.sets["forces"] and self.open and not self.words  # قوات مكافحة الإرهاب
        if (self.term.detail == "force" and not kind_of_force) or line.form(at) == line.form(at - 1):
            return False
        if form.startswith("وال"):
            return self._pairs(form)
        if form.startswith("لل"):
            if self.open or not self.words or form in lex.sets["audiences"]:
                return False
            if line.form(at + 1) in lex.sets["office_prepositions"] and not self._has_aim(at + 1):
                return False  # البنك المركزي الفلاني للمساعدة في كذا: what for
            named = self.term.definite or self.term.kind == "Organization" or form == "للشؤون"
            return named and lex.is_common(form) and not lex.at(UNNAMED, line.tokens, at)
        if not self.open or form[0] == "و" or not lex.is_common(form):
            return False
        if form[0] in "يتن" and lex.is_verb(form):
            return False  # حكومة تمثل الشعب
        hit = line.hit(at + 1)
        return line.form(at + 1).startswith("ال") or (hit is not None and not hit.proclitic)

    def _pairs(self, form: str) -> bool:
        """Whether a word with `و` goes on with the field of a ministry or the like (`التجارة والصناعة`)."""
        line, lex = self.line, self.line.lexicon
        if self.term.key.split()[0] not in lex.sets["heads_with_pairs"]:
            return False
        if not self.words or self.open or self.country or not lex.is_common(form):
            return False
        return lex.at(TITLE, line.tokens, self.at) is None and lex.at(BODY, line.tokens, self.at) is None


def agrees(line: Line, form: str) -> bool:
    """Whether a definite word is an adjective of the kind that names bear: a nisba, or one of the listed ones."""
    return form.endswith(("ي", "يه", "يين")) or form[2:] in line.lexicon.body_adjectives
