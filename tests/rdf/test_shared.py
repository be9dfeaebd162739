"""Shared subjects are merged from the set of what articles say, whatever the order."""

from __future__ import annotations

from itertools import permutations

from kg.rdf.shared import merge

ACTOR = "<http://x/actor/1>"
GRAPH = "<http://x/graph/actors>"
LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def body(*pairs: str) -> bytes:
    return "".join(sorted(f"{ACTOR} {pair} {GRAPH} .\n" for pair in pairs)).encode()


WITH_HAMZA = body(f'{LABEL} "أحمد"@ar', f"{TYPE} <http://x/Person>")
WITHOUT = body(f'{LABEL} "احمد"@ar', f'{LABEL} "Ahmad"@en', f"{TYPE} <http://x/Person>")
AS_GROUP = body(f'{LABEL} "أحمد"@ar', f"{TYPE} <http://x/Zebra>")


def test_one_description_stays_as_it_is() -> None:
    assert merge([WITHOUT, WITHOUT]) == WITHOUT


def test_spelling_with_hamza_is_preferred_and_the_other_kept() -> None:
    merged = merge([WITHOUT, WITH_HAMZA]).decode()
    assert f'{LABEL} "أحمد"@ar' in merged
    assert 'altLabel> "احمد"@ar' in merged
    assert f'{LABEL} "Ahmad"@en' in merged


def test_types_are_those_of_one_description() -> None:
    assert merge([AS_GROUP, WITH_HAMZA]).count(TYPE.encode()) == 1


def test_name_is_not_both_preferred_and_other() -> None:
    swapped = body(f'{LABEL} "احمد"@ar', '<http://www.w3.org/2004/02/skos/core#altLabel> "أحمد"@ar')
    merged = merge([swapped, WITH_HAMZA]).decode()
    assert merged.count('"أحمد"@ar') == merged.count('"احمد"@ar') == 1


def test_order_does_not_show() -> None:
    assert len({merge(order) for order in permutations([WITH_HAMZA, WITHOUT, AS_GROUP])}) == 1
