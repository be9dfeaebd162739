"""`khabar eval`: extraction measured against gold annotation."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import ReadError, UsageError

if TYPE_CHECKING:
    from kg.evaluate import Problem, Report

_SHOWN = 160  # characters of a passage in the error listing


@click.command()
@click.argument("gold", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--predictions",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Extraction records, one a line (- for standard input).",
)
@click.option(
    "--articles",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The annotated articles: extracted on the fly without --predictions, quoted by --errors.",
)
@click.option(
    "--entities", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Default: GOLD/entities.tsv."
)
@click.option(
    "--dated",
    is_flag=True,
    help="Extract as if the source gave each article's annotated date: measures dates apart from finding that one.",
)
@click.option("--errors", is_flag=True, help="List every error with its passage.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    gold: Path,
    predictions: Path | None,
    articles: Path | None,
    entities: Path | None,
    dated: bool,
    errors: bool,
    form: str,
) -> None:
    """Measure extraction against the annotation in GOLD: precision, recall, F1 and the accuracy of each attribute."""
    from kg.evaluate import evaluate, read_gold, read_records

    if predictions is None and articles is None:
        raise UsageError("give --predictions, or --articles to extract them now")
    if predictions is not None and dated:
        raise UsageError("--dated is for extraction on the fly; it changes no predictions")
    annotation = read_gold(gold, entities)
    if predictions is not None:
        with click.open_file(str(predictions), encoding="utf-8") as lines:
            records = read_records(lines, str(predictions))
    else:
        dates = {stem: row.get("published") for stem, row in annotation.articles.items()} if dated else {}
        records = dict(_extracted(articles or gold, dates))
    report = evaluate(annotation, records)
    texts = _texts(articles) if articles else {}
    if form == "json":
        figures = report.as_json()
        if errors:
            figures["errors"] = [_as_json(problem, texts) for problem in report.problems]
        click.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    _print(report)
    if errors:
        for problem in report.problems:
            click.echo(_line(problem, texts))


def _extracted(articles: Path, dates: dict[str, str | None]) -> Iterator[tuple[str, dict[str, Any]]]:
    from kg.pipeline import extract
    from kg.read import read_sources
    from kg.record import record

    for found in read_sources([articles]):
        if isinstance(found, ReadError):
            raise UsageError(str(found))
        stem = Path(found.name).stem
        yield stem, record(extract(dataclasses.replace(found, published=dates.get(stem) or found.published)))


def _texts(articles: Path) -> dict[str, str]:
    from kg.read import read_sources

    return {Path(a.name).stem: a.text for a in read_sources([articles]) if not isinstance(a, ReadError)}


def _print(report: Report) -> None:
    figures = report.as_json()
    for task in report.counts:
        row = figures[task]
        right = row.get("all_attributes_right_recall")
        click.echo(
            f"{task:11} P {row['precision']:.3f}  R {row['recall']:.3f}  F1 {row['f1']:.3f}"
            f"  (tp {row['tp']} fp {row['fp']} fn {row['fn']})"
            + (f"  all attributes right {right:.3f}" if right is not None else "")
        )
    for name, cell in figures["attributes"].items():
        always = f"  (always asserted: {cell['always_asserted']:.3f})" if "always_asserted" in cell else ""
        click.echo(f"  {name:30} {cell['right']:>4}/{cell['of']:<4} {cell['accuracy']:.3f}{always}")
    click.echo(f"publication date                 {report.published.right:>4}/{report.published.of}")


def _as_json(problem: Problem, texts: dict[str, str]) -> dict[str, Any]:
    return dataclasses.asdict(problem) | {"text": _passage(problem, texts)}


def _passage(problem: Problem, texts: dict[str, str]) -> str:
    if problem.span is None or problem.article not in texts:
        return ""
    passage = " ".join(texts[problem.article][slice(*problem.span)].split())
    return passage if len(passage) <= _SHOWN else f"{passage[:_SHOWN]}…"


def _line(problem: Problem, texts: dict[str, str]) -> str:
    where = f"{problem.article} {problem.task} {problem.ident}".strip()
    at = f" [{problem.span[0]}, {problem.span[1]}]" if problem.span else ""
    what = f"{problem.what} {problem.attribute}" if problem.attribute else problem.what
    values = "" if problem.expected is None else f"  expected {json.dumps(problem.expected, ensure_ascii=False)}"
    values += "" if problem.found is None else f"  found {json.dumps(problem.found, ensure_ascii=False)}"
    passage = _passage(problem, texts)
    return f"{where}{at}: {what}{values}" + (f"\n    \u2067{passage}\u2069" if passage else "")
