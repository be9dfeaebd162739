"""Whether a capital's name means the city or the government that sits there."""

from __future__ import annotations

from kg.find.phrases import Line

# Where the city itself is meant: a preposition of place, a word for a town, a verb or noun of motion before it.
_PLACE_BEFORE = frozenset(
    ["في", "داخل", "وسط", "قرب", "شرق", "غرب", "شمال", "جنوب", "شرقي", "غربي", "شمالي", "جنوبي", "مدينه", "العاصمه", "عاصمه", "عاصمتها", "ضواحي", "ضاحيه", "سماء", "شوارع", "مطار", "زياره", "زيارته", "زيارتها", "زيارتهما", "يزور", "تزور", "زار", "زارت", "سيزور", "ستزور", "وصل", "وصلت", "يصل", "تصل", "وصوله", "وصولها", "غادر", "غادرت", "يغادر", "تغادر", "مغادرته", "مغادرتها", "مغادره", "محافظه", "ولايه", "حي", "قصر", "بلديه", "جامعه", "نحو", "تجاه", "حصار", "قصف", "محيط", "مشارف", "وفي", "بوسط", "بمدينه", "بالعاصمه", "بقرب", "احياء", "سكان"]
)
_MOTION = frozenset(
    ["وصل", "وصلت", "يصل", "تصل", "وصول", "وصوله", "وصولها", "توجه", "توجهت", "يتوجه", "تتوجه", "سافر", "سافرت", "يسافر", "عاد", "عادت", "يعود", "تعود", "عودته", "عودتها", "انتقل", "رحله", "زياره", "زيارته", "زيارتها", "طائره", "سفره", "قادما", "متوجها", "عائدا", "طريقه", "رحلته", "هرب", "فر", "نقل", "نقلت"]
)
_WINDOW = 5


def means_the_city(line: Line, first: int, proclitic: str) -> bool:
    """Whether a capital's name at a token is the place: `في موسكو`, `زار موسكو`, `بموسكو`, `وصل إلى موسكو`."""
    if proclitic.endswith("ب"):
        return True
    if proclitic not in ("", "و"):
        return False
    before = line.form(first - 1)
    if proclitic == "":
        if before in _PLACE_BEFORE:
            return True
        if before == "الي" or before == "من":
            return any(line.form(first - back) in _MOTION for back in range(2, 2 + _WINDOW))
    if line.form(first + 1) == "-" and first <= 4:
        return True  # a dateline
    return before == "-" and first <= 4 and first + 1 == len(line.tokens)
