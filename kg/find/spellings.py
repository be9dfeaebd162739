"""Other spellings of a name that its writers use as well."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_G = ("غ", "ج")
_MOST_G = 3


def spellings(name: str) -> Iterator[str]:
    """A name with its two words written together, `عبد` joined or parted, the foreign g as ghain or jim."""
    words = name.split()
    if len(words) == 2 and not words[1].startswith("ال") and all(len(word) > 2 and word >= "ء" for word in words):
        yield "".join(words)
    if "عبد ال" in name:
        yield name.replace("عبد ال", "عبدال")
    if "عبدال" in name:
        yield name.replace("عبدال", "عبد ال")
    places = [index for index, char in enumerate(name) if char == "غ"]
    if 0 < len(places) <= _MOST_G:
        for chosen in product(_G, repeat=len(places)):
            letters = list(name)
            for place, letter in zip(places, chosen, strict=True):
                letters[place] = letter
            if "".join(letters) != name:
                yield "".join(letters)
