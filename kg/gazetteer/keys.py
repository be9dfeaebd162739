"""The keys under which a name is indexed and looked for: from its own spelling to the bones of its consonants."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from kg.text.fold import fold_key
from kg.text.tokens import PROCLITICS

_SHORTEST_AFTER_KAF = 5  # letters: `كـ` is rare before names, and short ones begin with it
LONGEST_NAME = 200  # code points; what is longer names nothing the gazetteer holds
_BONES = str.maketrans(
    {
        **dict.fromkeys("غجقك", "ك"),  # one foreign g, written in as many ways as there are newspapers
        **dict.fromkeys("تط", "ت"),
        **dict.fromkeys("سصث", "س"),
        **dict.fromkeys("ذزظ", "ز"),
        **dict.fromkeys("دض", "د"),
        **dict.fromkeys("هح", "ه"),
        **dict.fromkeys("اويىءئؤأإآع", None),
    }
)


def key(name: str) -> str:
    """As `fold_key`, of Latin letters also without their accents; empty for what is too long or holds no letter."""
    if len(name) > LONGEST_NAME:
        return ""
    folded = fold_key(name)
    if not folded.isascii():
        plain = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in plain if not unicodedata.combining(char) or char > "\u036f")
        folded = folded.replace("ø", "o").replace("ł", "l").replace("ı", "i")
    return folded if any(char.isalnum() for char in folded) else ""


def joined(folded: str) -> str:
    """Without the spaces between its words."""
    return folded.replace(" ", "")


def bare(folded: str) -> str:
    """Every word without its article, where two letters are left."""
    return " ".join(word[2:] if word.startswith("ال") and len(word) > 3 else word for word in folded.split())


def bones(word: str) -> str:
    """The consonants of a word in classes of sounds that newspapers write alike: first letter kept, none doubled."""
    first, rest = word[:1].translate(_BONES) or word[:1], word[1:].translate(_BONES)
    kept = [first]
    for letter in rest.removesuffix("ه") if len(rest) > 2 else rest:
        if letter != kept[-1]:
            kept.append(letter)
    return "".join(kept)


def without_particles(folded: str) -> Iterator[str]:
    """The readings of a name whose first word begins with particles (`و ف ب ل ك`, `وال`, `لل`), article kept."""
    for particles in PROCLITICS:
        if not folded.startswith(particles) or particles == "ال":
            continue
        rest = folded[len(particles) :]
        if len(rest.split(" ", 1)[0]) < 2 or ("ك" in particles and len(rest) < _SHORTEST_AFTER_KAF):
            continue
        if particles.endswith(("ال", "لل")):
            yield "ال" + rest
        elif not particles.endswith("س"):
            yield rest
