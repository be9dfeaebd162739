"""`khabar coverage`: what the rules of attribution pass over."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from typing import TYPE_CHECKING

import click

from kg.commands._options import json_option
from kg.errors import ReadError

if TYPE_CHECKING:
    from kg.coverage import Uncovered


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--cue", help="Only this cue: a verb in its past, or the words of a frame.")
@click.option("--limit", type=click.IntRange(min=0), default=5, show_default=True, help="Sentences shown a cue.")
@json_option
def command(sources: tuple[str, ...], cue: str | None, limit: int, as_json: bool) -> None:
    """List sentences with a word of attribution from which no statement came, by that word.

    Exit code 1 if an article could not be read.
    """
    from kg.coverage import uncovered
    from kg.read import read_sources

    by_cue: dict[str, list[Uncovered]] = defaultdict(list)
    unread = 0
    for found in read_sources(sources):
        if isinstance(found, ReadError):
            click.echo(f"khabar: {found}", err=True)
            unread += 1
            continue
        for sentence in uncovered(found):
            if cue is None or sentence.cue == cue:
                by_cue[sentence.cue].append(sentence)
    ranked = sorted(by_cue.items(), key=lambda item: (-len(item[1]), item[0]))
    if as_json:
        click.echo(json.dumps([_as_json(name, found) for name, found in ranked], ensure_ascii=False, indent=1))
    else:
        for name, sentences in ranked:
            click.echo(f"{len(sentences):5}  \u2068{name}\u2069")
            for sentence in sentences[:limit]:
                click.echo(f"       {sentence.article}:{sentence.sentence.start}  \u2067{_line(sentence.text)}\u2069")
    if unread:
        sys.exit(1)


def _line(text: str) -> str:
    return " ".join(text.split())


def _as_json(cue: str, sentences: list[Uncovered]) -> dict[str, object]:
    return {
        "cue": cue,
        "count": len(sentences),
        "sentences": [
            {
                "article": s.article,
                "span": [s.sentence.start, s.sentence.end],
                "cue": [s.at.start, s.at.end],
                "text": s.text,
            }
            for s in sentences
        ],
    }
