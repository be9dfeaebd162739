"""An article's zones and sentences.

A sentence is what FORMAT calls one: it ends at `.` `؟` `!` or two dots and a space, at a line's end, or where several
spaces stand for a lost paragraph break. A full stop inside quotation marks does not end it, nor one after a single
letter (`أ.` `U.S.`) or inside a number. Zones come from `kg/data/ar/zones.tsv` and from the shape of the lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.model import Segment, Zone
from kg.resources import data_dir
from kg.text.fold import Folded, fold, fold_key

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")
_MARKS = re.compile(r'[.!؟?…]+(?:["\')\]]{1,3})?(?=\s|$)')
_GAP = re.compile(r"  +")
_BEFORE_GAP = '.!؟?"'
_ABBREVIATED = re.compile(r"(?:^|[\s(.])[^\W\d_]$")
_CLOSING = '.!؟?:؛،,"'  # marks at the end of what is no heading
_PAGE_DATE = re.compile(r"(?=.{0,60}$)(?:[^\n]*\b(?:19|20)\d\d\b)(?:[^\n]*\d[:/]\d|\s*$)")
_LONGEST_QUOTE = 1500
_NO_OPENING = ".,،؛;:!؟?)]"
_SUBHEAD_WORDS = 12
_HEADLINE_WORDS = 30


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        return self.text.count(" ") + 1


@cache
def _zone_words() -> dict[str, dict[str, list[tuple[Zone, str]]]]:
    """`zones.tsv` by place; whole lines and beginnings by their first word, folded."""
    table: dict[str, dict[str, list[tuple[Zone, str]]]] = {"line": {}, "start": {}, "inside": {}}
    for row in (data_dir() / "ar" / "zones.tsv").read_text(encoding="utf-8").splitlines()[2:]:
        zone, place, words = row.split("\t")
        key = fold(words).text if place == "inside" else fold_key(words)
        first = "" if place == "inside" else key.split()[0]
        table[place].setdefault(first, []).append((Zone(zone), key))
    return table


def segment(folded: Folded, title: str | None = None) -> tuple[Segment, ...]:
    """The sentences of an article in order, each with its zone and the number of its paragraph (from 0).

    `title` is the source's own title where it has one: a line that repeats it is a headline. Linear in the text.
    """
    lines = [line for match in _LINE.finditer(folded.text) if (line := _trimmed(match))]
    zones = _zones(lines, fold_key(title) if title else None)
    found = []
    paragraph = -1
    for line, zone in zip(lines, zones, strict=True):
        for first, start, end in _sentences(line):
            paragraph += first
            of = zone if zone is not Zone.BODY else _tail(line, start, end)
            found.append(Segment(folded.span(start, end), of, paragraph))
    return tuple(found)


def _trimmed(match: re.Match[str]) -> _Line | None:
    text = match.group().strip()
    if not text:
        return None
    start = match.start() + match.group().index(text[0])
    return _Line(start, start + len(text), text)


def _zones(lines: list[_Line], title: str | None) -> list[Zone]:
    found: list[Zone] = []
    headline: str | None = title
    in_footer = headed = False
    before_body = True
    for index, line in enumerate(lines):
        zone = _by_words(line)
        if zone is Zone.FOOTER and len(lines) > 1 and line.words <= _HEADLINE_WORDS:
            in_footer = True
        if zone is None and in_footer and line.words <= _SUBHEAD_WORDS:
            zone = Zone.FOOTER
        if zone is None and line.words <= 8 and _PAGE_DATE.match(line.text):
            zone = Zone.WIDGET
        if zone is None and headline is not None and _repeats(line, headline):
            zone = Zone.HEADLINE
        open_ended = line.text[-1] not in _CLOSING or (line.text.endswith('"') and line.words <= _SUBHEAD_WORDS + 6)
        if zone is None and open_ended and len(lines) > 1:
            if before_body and not headed and line.words <= _HEADLINE_WORDS:
                zone, headline = Zone.HEADLINE, fold_key(line.text)
            elif line.words <= _SUBHEAD_WORDS and (index + 1 < len(lines) or before_body):
                zone = Zone.SUBHEAD
        found.append(zone := zone or Zone.BODY)
        headed |= zone is Zone.HEADLINE
        before_body &= zone is not Zone.BODY
    return found


def _repeats(line: _Line, headline: str) -> bool:
    """Whether a line says what the headline says; marks may differ, so lengths are compared first and loosely."""
    return abs(len(line.text) - len(headline)) <= 2 + len(headline) // 4 and fold_key(line.text) == headline


def _by_words(line: _Line) -> Zone | None:
    table = _zone_words()
    first = _WORD.search(line.text)
    word = first.group() if first else ""
    if word in table["line"] or word in table["start"]:
        key = fold_key(line.text[:60])
        for zone, words in table["line"].get(word, ()):
            if key == words:
                return zone
        for zone, words in table["start"].get(word, ()):
            if (
                key.startswith(words)
                and (len(key) == len(words) or key[len(words)] == " ")
                and _heads(zone, line, words)
            ):
                return zone
    tail = line.text[-60:]
    return next((zone for zone, words in table["inside"][""] if words in tail), None) if "(" in tail else None


def _heads(zone: Zone, line: _Line, words: str) -> bool:
    """Whether a line that begins with zone words is one: a footer ends there or has a colon or bullet after them."""
    rest = line.text[len(words) :].lstrip()
    if zone is Zone.WIDGET:
        return line.words <= _HEADLINE_WORDS and line.text[-1] not in _CLOSING
    if zone is Zone.FOOTER:
        return not rest or rest[0] in ":•-|" or ":" in rest[:30] or line.text[-1] not in _CLOSING
    return line.words <= _HEADLINE_WORDS * 2


def _tail(line: _Line, start: int, end: int) -> Zone:
    """The zone of a body line's sentence: tags after the last full stop belong to the footer."""
    if end == line.end and start > line.start:
        text = line.text[start - line.start :]
        rows = _zone_words()["start"].get(text.split(" ", 1)[0], ())
        if any(text.startswith(words + " ") for zone, words in rows if zone is Zone.FOOTER):
            return Zone.FOOTER if text[-1] not in _CLOSING else Zone.BODY
    return Zone.BODY


def _sentences(line: _Line) -> Iterator[tuple[bool, int, int]]:
    """(whether a paragraph begins, start, end) of each sentence of a line, in folded offsets."""
    quoted = _quotations(line.text)
    begin, new, at = 0, True, 0
    for match in _ends(line.text):
        end = match.end() if match.group()[0] != " " else match.start()
        while at < len(quoted) and quoted[at][1] < match.start():
            at += 1
        inside = at < len(quoted) and quoted[at][0] < match.start() and end < quoted[at][1]
        dot = match.start()
        if inside or (match.group() == "." and _ABBREVIATED.search(line.text, max(0, dot - 2), dot)):
            continue
        if piece := line.text[begin:end].strip():
            start = line.start + line.text.index(piece[0], begin)
            yield new, start, start + len(piece)
            new = False
        new = new or match.group()[0] == " "
        begin = end
    if piece := line.text[begin:].strip():
        start = line.start + line.text.index(piece[0], begin)
        yield new, start, start + len(piece)


def _ends(text: str) -> list[re.Match[str]]:
    """Where sentences may end: at their marks, and at gaps that stand for a lost paragraph break."""
    marks = list(_MARKS.finditer(text))
    if "  " not in text:
        return marks
    gaps = [gap for gap in _GAP.finditer(text) if len(gap[0]) > 2 or text[gap.start() - 1] in _BEFORE_GAP]
    return sorted([*marks, *gaps], key=lambda match: match.start())


def _quotations(text: str) -> list[tuple[int, int]]:
    """Pairs of quotation marks as (open, after the close); an odd one out opens nothing.

    A mark with a space before it and a word after it opens, one after a word with none behind it closes; of a mark that
    stands between words, or alone, its turn decides.
    """
    pairs = []
    opened: int | None = None
    for match in re.finditer('"', text):
        mark = match.start()
        before, after = text[mark - 1 : mark] or " ", text[mark + 1 : mark + 2] or " "
        opens = not after.isspace() and after not in _NO_OPENING
        closes = not before.isspace() and before not in "(["
        if opened is None or (opens and not closes):
            opened = mark if opens or not closes else None
        else:
            if mark - opened <= _LONGEST_QUOTE:
                pairs.append((opened, mark + 1))
            opened = None
    return pairs
