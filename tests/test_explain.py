"""Explanations: what is marked in the sentence, and that marks leave its words as they are."""

from __future__ import annotations

import re

import click
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.explain import _Mark, _marked, explain, legend
from kg.model import Article, Span
from kg.pipeline import extract

TEXT = (
    "قالت وكالة رويترز إن الرئيس التركي رجب طيب أردوغان اتهم إيران بتزويد سوريا بأكثر من 200 صاروخ في مارس/آذار 2015. "
    "ونفت إيران هذه الاتهامات."
)


def lines_of(text: str) -> list[str]:
    return [click.unstyle(line) for line in explain(extract(Article("a1", "test.txt", text, "0" * 64)))]


def test_the_speaker_the_verb_and_the_words_are_marked_in_the_sentence() -> None:
    lines = lines_of("قالت إيران إن السفينة غادرت الميناء.")
    sentence = next(line for line in lines if "[الفعل: " in line)
    assert sentence.strip() == "\u2067[الفعل: قالت] [المتكلم: إيران] إن [المضمون: السفينة غادرت الميناء]\u2069"


def test_rule_chain_modality_and_quantity_are_told() -> None:
    told = "\n".join(lines_of(TEXT))
    assert "rule " in told
    assert re.search(r"chain: .*أردوغان ← .*رويترز ← test\.txt", told)
    assert "modality: denied" in told
    assert "because" in told
    assert "[الكمية: " in told
    assert "denied by: " in told


def test_what_was_left_alone_is_said() -> None:
    assert any("nothing extracted" in line for line in lines_of("The talks have ended."))


def test_every_role_is_in_the_legend() -> None:
    roles = set(re.findall(r"\[([^:\[\]]+): ", "\n".join(lines_of(TEXT))))
    assert roles
    assert all(role in legend() for role in roles)


_SPANS = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(lambda ends: Span(min(ends), max(ends)))


@settings(max_examples=200)
@given(st.lists(_SPANS, max_size=8))
def test_marks_keep_the_sentence_word_for_word(spans: list[Span]) -> None:
    text = "".join(chr(ord("ا") + index % 20) for index in range(40))
    marked = click.unstyle(_marked(text, Span(0, 40), [_Mark(span, "speaker") for span in spans]))
    assert marked.replace("[المتكلم: ", "").replace("]", "") == text
