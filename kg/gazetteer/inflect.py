"""Inflections of demonyms (نسبة): from روسي to روسية، روسيون، روسيين، الروس, for one word or two (كوري شمالي)."""

from __future__ import annotations

from collections.abc import Iterator

from kg.gazetteer.entry import Demonym, Entry

_ENDINGS = ("", "ة", "ا", "ان", "ين", "ون", "تان", "تين", "ات")
_SINGULAR = {"m": "", "f": "ة"}


def inflections(demonym: Demonym) -> tuple[str, ...]:
    """All forms without the article: singular, accusative, dual and sound plural of both genders, broken plurals.

    Of a two-word demonym both words take the ending (كورية شمالية).
    """
    regular = (_ending(demonym.base, ending) for ending in _ENDINGS)
    return tuple(dict.fromkeys((*regular, *_written(demonym))))


def with_article(form: str) -> str:
    """Every word with the definite article: كوري شمالي → الكوري الشمالي."""
    return " ".join(word if word.startswith("ال") else "ال" + word for word in form.split())


def agreeing(demonym: Demonym, gender: str) -> str:
    """The definite singular that agrees with a head of `gender` (`m`, `f`): الروسي, الروسية."""
    return with_article(_ending(demonym.base, _SINGULAR[gender[0]]))


def completed(head: str, gender: str, owner: Entry) -> Iterator[str]:
    """Names of a body or office: the head with each demonym of `owner`, then with its names.

    وزارة الدفاع + روسيا → وزارة الدفاع الروسية، وزارة الدفاع في روسيا; رئيس → الرئيس الروسي، رئيس روسيا.
    """
    several = " " in head
    definite = head if several else with_article(head)
    for demonym in owner.demonyms:
        yield f"{definite} {agreeing(demonym, gender)}"
    if gender.endswith("!"):
        return
    for name in owner.names_ar:
        yield f"{head} في {name}" if several else f"{head} {name}"


def _ending(base: str, ending: str) -> str:
    return " ".join(word + ending for word in base.split())


def _written(demonym: Demonym) -> Iterator[str]:
    for plural in demonym.plurals:
        yield plural
        if plural.endswith("ون"):
            yield " ".join(word[:-2] + "ين" if word.endswith("ون") else word for word in plural.split())
