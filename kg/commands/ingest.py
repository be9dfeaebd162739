"""`khabar ingest`: articles into the store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import click

from kg.commands._options import db_option, json_option, screening_option
from kg.errors import ReadError
from kg.model import Article

SHOWN = 20  # problems of a kind that are printed; --json prints all


@click.command()
@click.argument("sources", nargs=-1, required=True)
@db_option
@click.option("--base", metavar="IRI", help="Base IRI of the data, fixed when the store is made.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes. Default: one for few articles, else one a core.")
@click.option(
    "--batch", type=click.IntRange(min=1), default=512, show_default=True, help="Articles a version publishes."
)
@click.option("--readmit", is_flag=True, help="Take in articles that were removed with `khabar remove`.")
@screening_option
@json_option
def command(
    sources: tuple[str, ...],
    db: Path,
    base: str | None,
    jobs: int | None,
    batch: int,
    readmit: bool,
    screened: bool,
    as_json: bool,
) -> None:
    """Read articles into the store: files, folders, globs or - for standard input.

    Text, HTML, JSON and JSON lines are read. Articles that did not change since the last run are left alone; what does
    not pass the shapes is kept in quarantine. Exit code 1 if an article did not get through.
    """
    from kg.gate import judge_all
    from kg.gate.screening import screening_of
    from kg.gate.shapes import default_shapes
    from kg.ingest import ingest
    from kg.pipeline import Stages
    from kg.read import read_sources

    found = shown_progress(read_sources(sources))
    if screened:
        screening_of(default_shapes())  # tells, here and not in each worker, where it cannot
    stages = Stages(judge=partial(judge_all, screened=screened))
    summary = ingest(db, found, base=base, jobs=jobs, batch=batch, readmit=readmit, stages=stages)
    if as_json:
        click.echo(json.dumps(summary.as_json(), ensure_ascii=False, indent=1))
    else:
        click.echo(
            f"{summary.written} articles written ({summary.added} new, {summary.changed} changed, "
            f"{summary.reextracted} for release {summary.release}), {summary.quads} quads, "
            f"{summary.unchanged} unchanged; version {summary.version} in {db}"
        )
        for what, problems in {
            "duplicates": summary.duplicates,
            "removed before": summary.removed,
            "stored, but nothing found in them": summary.empty,
            "in quarantine": summary.rejected,
            "failed": summary.failed,
        }.items():
            if problems:
                click.echo(f"{len(problems)} {what}:")
            for problem in problems[:SHOWN]:
                click.echo(f"  {problem.place}: {problem.reason}")
            if len(problems) > SHOWN:
                click.echo(f"  … and {len(problems) - SHOWN} more; --json lists all")
    sys.exit(0 if summary.fine else 1)


def shown_progress(sources: Iterable[Article | ReadError]) -> Iterator[Article | ReadError]:
    """The same sources, counted on stderr as they are read, where that is a terminal."""
    from tqdm import tqdm

    yield from tqdm(sources, desc="read", unit=" articles", file=sys.stderr, disable=None, dynamic_ncols=True)
