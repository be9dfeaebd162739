"""One act of speech in a sentence, as the grammar of attribution builds it up."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.frames.lexicon import Cue, words
from kg.frames.subject import Subject
from kg.frames.view import View
from kg.model import Entity, EntityType

MEDIA = frozenset({EntityType.NEWS_AGENCY, EntityType.MEDIA_OUTLET})


@dataclass(slots=True)
class Act:
    """One act of speech: tokens `first` to `last` (exclusive) of the sentence, the content from `content`.

    `speakers` stays empty for a verb without a written subject until the discourse gives it. `outer` is the verb that
    opens the sentence's clause where another's words are nested in it, else `verb`; `mark` the token that introduces
    the content; `frame` the tokens of an attribution frame that belongs to the act.
    """

    view: View
    rule: str
    first: int
    content: int
    last: int
    verb: int = -1
    cue: Cue | None = None
    inner: Cue | None = None
    subject: Subject | None = None
    speakers: tuple[Entity, ...] = ()
    addressee: list[Entity] = field(default_factory=list)
    chain: list[Entity] = field(default_factory=list)
    negated: bool = False
    way: str = ""
    estimate: bool = False
    mark: int = -1
    outer: int = -1
    frame: tuple[int, int] | None = None
    resume: int = 0
    participles: list[Cue] = field(default_factory=list)

    @property
    def nested(self) -> bool:
        """Whether it stands inside a sentence that says something else: nouns, relative clauses, `بعد أن قالت …`."""
        subordinate = self.first > 0 and self.view.form(self.first - 1) in words("subordinator")
        return subordinate or self.rule == "say.nominal" or self.rule.startswith("say.relative")

    @property
    def dropped(self) -> bool:
        """Whether the verb's subject is not written."""
        return self.subject is not None and self.subject.how == "dropped"
