"""The office that a title goes on to name: its portfolio, bodies, states and adjectives."""

from __future__ import annotations

from kg.find.bodies import body_at
from kg.find.body_names import TitleParser, agrees
from kg.find.known import adjective_phrase, bracketed_adjective, named_phrase, of_another_people
from kg.find.lexicon import BODY, MODIFIER, TITLE, Term
from kg.find.name_words import is_son_named
from kg.find.names import Hit
from kg.find.person_names import name_at
from kg.find.phrases import Kind, Line, Phrase
from kg.model import OUTLETS, PLACES, EntityType
from kg.text.tokens import bare

NAMED_AT_ONCE = frozenset({"rank", "honorific", "trade"})
_OF_GROUPS = ("official", "trade", "envoy", "people", "spokes")
_LONGEST_TITLE = 16
_NOT_PERSONS = tuple(kind for kind in EntityType if kind is not EntityType.PERSON)


class Office:
    """What stands between a title and the name: portfolio, bodies, states, adjectives. Reads on from `at`.

    `titled` reads another title inside this one.
    """

    def __init__(self, line: Line, at: int, term: Term, titled: TitleParser) -> None:
        self.line = line
        self.at = at
        self.term = term
        self._titled = titled
        self.country: str | None = None
        self.inner: list[Phrase] = []
        self.adjectives: list[Phrase] = []
        self.words: list[str] = []
        self.definite = False
        self.former = False
        self.words_wait = False  # `باسم` stands before
        self._ranked = False  # a rank or honorific stands right before
        # whether the next word may be the genitive of the last one: not after `خادم الحرمين الشريفين`
        self.closed = line.form(at - 1).startswith("ال") if term.length > 1 else term.definite
        self._open = not self.closed and not term.enclitic

    @property
    def says_something(self) -> bool:
        """Whether any office, body or state was named."""
        return bool(self.words or self.inner or self.country)

    def key(self) -> str:
        """The office as a key: the title and what it is of, without articles and nationality."""
        return " ".join([self.term.words, *self.words])

    def read(self) -> None:
        """Move past every complement."""
        limit = min(len(self.line.tokens), self.at + _LONGEST_TITLE)
        while self.at < limit and self._step():
            pass

    def _step(self) -> bool:
        line, at = self.line, self.at
        lex, form = line.lexicon, line.form(at)
        if form == "(":
            return self._bracketed()
        if form == '"':
            return self._quoted()
        group = lex.group_adjectives.get(form) if self.term.kind in _OF_GROUPS else None
        if group is not None:  # القيادي الحوثي: one of theirs
            self.adjectives.append(Phrase(Kind.NAME, at, at + 1, (at, at + 1), EntityType.ARMED_GROUP, key=group))
            self.at, self._open = at + 1, False
            return True
        hit, adjective = line.hit(at), line.demonym(at)
        if hit is not None and line.type_of(hit) is EntityType.PERSON:
            return False
        if (self.term.kind in NAMED_AT_ONCE or self._ranked) and form in lex.sets["names_too"] and name_at(line, at):
            return False  # الدكتور مساعد فلان
        if form in lex.sets["nations_too"] and (named := name_at(line, at)) and named[1] > at + 1:
            return False  # اللواء تركي فلان
        if form in lex.sets["then"] and self.says_something and name_at(line, at + 1):
            self.former, self._open, self.at = True, False, at + 1
            return True  # وزيرة الخارجية الفلانية آنذاك فلانة
        if is_son_named(line, at):
            return False  # عضو المجلس الدكتور مساعد بن فلان
        if adjective is not None and not adjective.proclitic and (hit is None or not self._open):
            if of_another_people(line, adjective, self.country):
                return False  # دعا وزير الخارجية الفلاني العلانيين إلى: those whom he calls upon
            self.country = self.country or line.nationality(adjective)
            self.adjectives.append(adjective_phrase(line, adjective))
            self.definite |= adjective.definite
            self.at, self._open = adjective.last, False
            return True
        if self._body(hit):
            return True
        modifier = line.lexicon.at(MODIFIER, line.tokens, at)
        if modifier and not modifier.proclitic and modifier.definite >= self.term.definite:
            self.former |= form.removeprefix("ال") in lex.sets["former"]
            self.at += modifier.length
            return True
        if nested := line.lexicon.at(TITLE, line.tokens, at):
            return self._nested(nested)
        if form in lex.sets["office_openers"]:
            self.words_wait = True
        if form in lex.sets["near_ones"] and self._near():
            return True
        if form in lex.sets["office_openers"] or (form in lex.sets["office_prepositions"] and self._leads(at)):
            self.at, self._open = at + 1, True
            return True
        return self._portfolio(form)

    def _near(self) -> bool:
        """`الصحافي المقرب من حزب كذا فلان`: a body that the one named behind it is close to, and holds no office of."""
        line, at = self.line, self.at + 2
        if not self.closed or line.form(at - 1) != "من":
            return False
        known = line.hit(at)
        found = body_at(line, at, self._titled) or (named_phrase(line, known) if known is not None else None)
        if found is None or found.type is EntityType.PERSON or found.proclitic or name_at(line, found.last) is None:
            return False
        self.adjectives.append(found)
        self.at, self._open = found.last, False
        return True

    def _bracketed(self) -> bool:
        adjective = bracketed_adjective(self.line, self.at)
        if adjective is None:
            return False
        self.country = self.country or self.line.nationality(adjective)
        self.at = adjective.last + 1
        return True

    def _quoted(self) -> bool:
        """`المتحدث باسم "تجمع كذا"`: a body's name in quotation marks after a word that waits for its genitive."""
        line, at = self.line, self.at
        closing = next((end for end in range(at + 2, at + 8) if line.form(end) == '"'), None)
        if not self._open or not self.words_wait or closing is None:
            return False
        name = (at + 1, closing)
        self.inner.append(Phrase(Kind.BODY, at, closing + 1, name, EntityType.ORGANIZATION, definite=True))
        self.at, self._open, self.definite = closing + 1, False, True
        return True

    def _body(self, hit: object) -> bool:
        """A body or a state as complement: at once after an open word, else with `ل` or `ب`."""
        line, at = self.line, self.at
        found: Phrase | None = None
        term = line.lexicon.at(BODY, line.tokens, at)
        if term is not None and term.detail == "ministry" and self.term.kind == "minister":
            return False  # وزير الخارجية السعودية: his portfolio, not the ministry
        known = line.hit(at)
        if term is not None and term.proclitic == "ل" and term.kind in OUTLETS:
            return False  # صرح الوزير الفلاني لقناة كذا
        particle = known.proclitic if known else term.proclitic if term else ""
        if (term or known) and ((self._open and not particle) or self._takes(particle, known)):
            found = body_at(line, at, self._titled)
            if found is None and known is not None:
                found = named_phrase(line, known)
        if found is None or found.last <= at:
            return False
        self.inner.append(found)
        town = found.hit is not None and found.type is EntityType.PLACE and not line.entry(found.hit).metonym_of
        self.country = self.country or (None if town else found.country)
        if town or found.type not in PLACES:
            self.words += found.words or map(bare, (token.form for token in line.tokens[slice(*found.name)]))
        self.definite |= not particle and not self.words_wait
        self.at, self._open = found.last, False
        return True

    def _takes(self, particle: str, known: Hit | None) -> bool:
        """Whether a complement with `ل` or `ب` belongs to the office: `السفير بالأردن`, `الرئيس الاتحادي للنمسا`."""
        if known is not None and self.line.type_of(known) in OUTLETS:
            return False  # قال قائد لرويترز
        town = known is not None and self.line.type_of(known) is EntityType.PLACE
        if town and particle == "ل" and self.term.kind == "minister":
            return False  # وصول وزير كذا للقاهرة
        return particle in ("ل", "ب") and (self.term.kind != "head" or (self.term.definite and particle == "ل"))

    def _nested(self, nested: Term) -> bool:
        """Another title: a rank of the same person, or an office that the first one serves."""
        line = self.line
        if nested.proclitic == "ل" or (self._open and nested.kind not in NAMED_AT_ONCE):
            inner = self._titled(line, self.at)
            if inner is None:
                return False
            if (
                inner.kind is Kind.PERSON
                and (nested.proclitic != "ل" or self._represents(inner))
                and not _serves_its_holder(line, inner)
            ):
                # مساعد الرئيس الروسي فلان: the name is the aide's, not the president's
                self.country = self.country or inner.country
                self.words.append(inner.office)
                self.at, self.definite, self._open = inner.name[0], True, False
                return False
            self.inner.append(inner)
            self.country = self.country or inner.country
            self.words.append(inner.office)
            self.at, self._open, self.definite = inner.last, False, True
            return True
        if nested.proclitic or not (nested.definite or nested.kind in NAMED_AT_ONCE):
            return False
        self.at += nested.length
        self._open = False
        self._ranked = nested.kind in NAMED_AT_ONCE
        return True

    def _represents(self, inner: Phrase) -> bool:
        """Whether the name after `الممثل الخاص للأمين العام لكذا` is that of who represents the other."""
        holds = inner.hit is not None and bool(self.line.entry(inner.hit).offices)
        plain = inner.title_class in ("official", "minister") and not holds
        return self.closed and self.term.kind in ("envoy", "official", "spokes") and plain

    def _leads(self, at: int) -> bool:
        """Whether a preposition leads to a state, a body or a field of duty that belongs to the office."""
        line = self.line
        kind = self.term.kind
        if line.form(at) == "علي" or kind in ("rank", "honorific"):
            return False
        if kind == "envoy" and line.form(at + 1) in line.lexicon.sets["realms"]:
            return True
        if kind == "envoy" and not self.term.definite and not self.says_something:
            return False  # ممثلة في وزارة كذا: represented by
        hit = line.hit(at + 1)
        if hit is not None and not hit.proclitic:
            kinds = _NOT_PERSONS if kind in ("official", "envoy", "spokes", "trade") else (EntityType.STATE,)
            return (
                line.type_of(hit) in kinds
                and line.form(at) in ("في", "لدي", "عن", "من", "الي")[: 3 if self.country else 4 + (kind == "envoy")]
            )
        term = line.lexicon.at(BODY, line.tokens, at + 1)
        return term is not None and not term.proclitic and self.term.kind not in ("head", "minister")

    def _portfolio(self, form: str) -> bool:
        """A word of the portfolio: `الدفاع`, `والصناعة`, `خارجية` before a state, `للأمن`."""
        if self.term.kind in ("rank", "honorific") or len(self.words) >= 5:
            return False
        line, lex = self.line, self.line.lexicon
        if form.startswith("لل") and line.form(self.at + 1) in lex.sets["office_prepositions"]:
            return False  # وصول الوزير الفلاني للنقاش في كذا: what for
        if form in lex.stops or (form.startswith("وال") and lex.at(BODY, line.tokens, self.at)):
            return False
        if self.closed and not self.words and self._qualifies(form):
            self.at += 1
            return True
        definite = form.startswith("ال") or (form.startswith(("لل", "وال")) and self._goes_on(form))
        if definite and (self._open or self.words or form.startswith("لل")):
            if form.startswith("ال") and not self._open and not agrees(line, form):
                return False
            if not lex.is_common(form) and form in lex.name_parts and not self._is_adjective(form):
                return False
        elif self._open and form in lex.name_parts and self._is_field(form):
            pass
        elif not (self._open and lex.is_common(form) and not lex.is_verb(form) and self._genitive_follows()):
            return False
        self.words.append(form.removeprefix("وال").removeprefix("ال").removeprefix("لل"))
        self.definite |= definite
        self._open = not definite
        self.at += 1
        return True

    def _qualifies(self, form: str) -> bool:
        """Whether an adjective of a field stands after a definite trade: `الخبير المصرفي الدولي فلان`."""
        if self.term.kind != "trade" or not form.startswith("ال") or not form.endswith(("ي", "يه")):
            return False
        lex = self.line.lexicon
        return form not in lex.name_parts and (lex.is_common(form) or lex.knows(form))

    def _is_adjective(self, form: str) -> bool:
        """Whether a family's name is only an adjective of the field before it: `وزير الدفاع والإنتاج الحربي`."""
        line, at = self.line, self.at
        of_noun = form.startswith("ال") and form.endswith("ي") and form[2:-1] in line.lexicon.frequent
        return bool(self.words) and of_noun and line.form(at - 1).startswith(("ال", "وال"))

    def _is_field(self, form: str) -> bool:
        """Whether a word that is also a first name is a field of duty before its genitive: `رئيس سلامة الطيران`."""
        lex, after = self.line.lexicon, self.line.form(self.at + 1)
        everyday = form in lex.sets["names_and_fields"]
        return everyday and after.startswith("ال") and lex.is_common(after) and not after.endswith("ي")

    def _goes_on(self, form: str) -> bool:
        """Whether a portfolio takes one more word with `و` or `ل`: `والصناعة`, `للأمن`; a head of state has none."""
        return bool(self.words) and not self.country if form[0] == "و" else self.term.kind != "head"

    def _genitive_follows(self) -> bool:
        line, after = self.line, self.at + 1
        hit = line.hit(after)
        if hit is not None:
            return not hit.proclitic
        adjective = line.demonym(after)
        return line.form(after).startswith("ال") and (
            adjective is None or not line.lexicon.is_common(line.form(self.at))
        )


def _serves_its_holder(line: Line, inner: Phrase) -> bool:
    """Whether a name after `مستشار الرئيس …` is the president's own: the gazetteer knows the person by that state."""
    return inner.hit is not None and inner.title_class == "head" and line.entry(inner.hit).country == inner.country
