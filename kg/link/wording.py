"""The article's own words for an entity, as its label."""

from __future__ import annotations

from kg.find.phrases import Line, Phrase
from kg.text.fold import fold_key


def written(line: Line, place: tuple[int, int], phrase: Phrase) -> str:
    """The article's words of some tokens of a phrase: without the particles before it and quotation marks."""
    first, last = place
    if phrase.label and place == phrase.name:
        return phrase.label
    if last <= first:
        return ""
    text = line.span(first, last).of(line.text)
    if first == phrase.first and phrase.proclitic:
        text = text[len(phrase.proclitic) :]
        if phrase.definite and text.startswith("ل"):
            lam_is_the_nouns = fold_key(text).startswith(fold_key(phrase.title).split()[0]) if phrase.title else False
            text = ("ال" if lam_is_the_nouns else "ا") + text
    return " ".join(text.replace('"', " ").replace("“", " ").replace("”", " ").split())
