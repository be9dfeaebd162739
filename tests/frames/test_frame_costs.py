"""The frame finders cost in proportion to the text, whether it has full stops or not, and raise nothing on any text."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.frames.agreements import find_agreements
from kg.frames.claims import attach
from kg.frames.measures import find_measures
from kg.frames.meetings import find_meetings
from kg.frames.reading import Reading, Sentence, split_tokens
from kg.frames.transfers import find_transfers
from kg.model import Agreement, Article, Measure, Meeting, Transfer
from kg.text.fold import fold
from kg.text.segment import segment
from kg.text.tokens import tokenize

Marked = Callable[[str], Reading]
Finder = Callable[[Reading], tuple[Transfer | Agreement | Meeting | Measure, ...]]

UK, IRAN, SYRIA = "{uk:State|بريطانيا}", "{iran:State|إيران}", "{syria:State|سوريا}"
CLAUSE = (
    f"قالت {UK} إن {IRAN} أرسلت أكثر من 20 صاروخا إلى {SYRIA} ووقعت {IRAN} اتفاقية مع {SYRIA} "
    f"وفرضت {UK} عقوبات على {IRAN} وأجرت محادثات مع {SYRIA}"
)
FINDERS: list[Finder] = [find_transfers, find_agreements, find_meetings, find_measures]
LIKELY = (
    "أرسلت بإرسالها التي تم من إلى ل ب بين مع مقابل صواريخ 300 جندي لم قد بها وقعت اتفاق هدنة وقف إطلاق النار اتفق على "
    'التقى زيارة رسالة فرض عقوبات سمح حق النقض و ، . " ( ) - : زودها شحنة محملة المعدات'
)
WORDS = st.sampled_from(LIKELY.split(" "))


@pytest.mark.parametrize("stop", ["، ", ". "])
@pytest.mark.parametrize("find", FINDERS, ids=lambda find: str(getattr(find, "__name__", find)))
def test_eight_times_the_text_costs_no_more_than_about_eight_times(marked: Marked, find: Finder, stop: str) -> None:
    def once(reading: Reading) -> float:
        began = time.process_time()
        find(reading)
        return time.process_time() - began

    def cost(times: int) -> float:
        reading = marked((CLAUSE + stop) * times)
        find(reading)
        return min(once(reading) for _ in range(3))  # the collector may run in any one of them

    small, large = cost(40), cost(320)
    assert large < 20 * (small + 0.005)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=50).map(" ".join) | st.text(max_size=150))
def test_no_text_raises(text: str) -> None:
    folded = fold(text)
    segments = segment(folded, None)
    tokens = split_tokens(segments, tokenize(folded))
    sentences = tuple(Sentence(i, piece, words) for i, (piece, words) in enumerate(zip(segments, tokens, strict=True)))
    reading = Reading(Article("a", "a", text, ""), folded, segments, sentences, ())
    told = attach(
        reading,
        (),
        find_transfers(reading),
        find_agreements(reading),
        find_meetings(reading),
        find_measures(reading),
    )
    assert told.statements == ()
