"""`khabar demo`: the sample articles read, shown, asked and served."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import pyoxigraph as ox

from kg.commands._options import db_option
from kg.commands.ingest import shown_progress


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with its values, and the columns of a row to print: column → label."""

    query: str
    values: Mapping[str, str]
    columns: Mapping[str, str]


QUESTIONS = (
    Question(
        "said-about",
        {"speaker": "فلاديمير بوتين"},
        {"speakerLabel": "speaker", "modality": "modality", "through": "through", "sentence": "sentence"},
    ),
    Question(
        "contradictions",
        {"cargo": "missiles"},
        {"claimantLabel": "claims", "claim": "sentence", "denierLabel": "denies", "denial": "sentence"},
    ),
    Question(
        "changed-position",
        {"speaker": "كوريا الشمالية"},
        {
            "speakerLabel": "speaker",
            "earlierDay": "earlier",
            "earlierModality": "modality",
            "earlierSentence": "sentence",
            "laterDay": "later",
            "laterModality": "modality",
            "laterSentence": "sentence",
        },
    ),
)
SHOWN = 3  # rows of an answer


@click.command()
@db_option
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve the graph afterwards.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free port.")
def command(db: Path, serve: bool, port: int) -> None:
    """Read the sample articles, show what was found, answer three questions, and serve the graph."""
    from kg.ingest import ingest
    from kg.read import read_sources
    from kg.resources import data_dir
    from kg.store import open_current

    click.echo(f"Reading the sample articles into {db} …", err=True)
    summary = ingest(db, shown_progress(read_sources([data_dir() / "samples"])))
    for problem in (*summary.failed, *summary.rejected):
        click.echo(f"{problem.place}: {problem.reason}", err=True)
    with open_current(db) as (version, graph):
        for line in (*found(graph), *answers(graph, version.base)):
            click.echo(line)
    if serve:
        _serve(db, port)
    sys.exit(0 if summary.fine else 1)


def found(graph: ox.Store) -> Iterator[str]:
    """A table of what the graph holds: class in English and Arabic, number."""
    from prettytable import PrettyTable, TableStyle

    from kg.named_queries import internal
    from kg.query import run

    table = PrettyTable(["what", "ماذا", "number"], align="l")
    table.set_style(TableStyle.SINGLE_BORDER)
    result = run(graph, internal("found"))
    assert isinstance(result, ox.QuerySolutions)
    for row in result:
        table.add_row([getattr(row[name], "value", "") for name in ("english", "arabic", "number")])
    yield table.get_string()


def answers(graph: ox.Store, base: str) -> Iterator[str]:
    """The questions, each with its first rows, a line a column."""
    from kg.named_queries import load
    from kg.query import actor_finder, run, select_iris

    named, labels = load(), _concept_labels(graph)
    for number, question in enumerate(QUESTIONS, 1):
        query = named[question.query]
        asked = ", ".join(question.values.values())
        yield f"\n{number}. {query.titles['en']} · {query.titles['ar']}: {asked}"
        yield f"   khabar query {query.name} " + " ".join(f"--param '{n}={v}'" for n, v in question.values.items())
        result = run(graph, query.bind(question.values, actor_finder(base, select_iris(graph))))
        assert isinstance(result, ox.QuerySolutions)
        rows = list(result)
        for row in rows[:SHOWN]:
            yield ""
            for column, label in question.columns.items():
                if (term := row[column]) is not None:
                    yield f"   {label:9} {_shown(term, labels)}"
        if len(rows) > SHOWN:
            yield f"   … and {len(rows) - SHOWN} more"


def _concept_labels(graph: ox.Store) -> dict[str, str]:
    from kg.named_queries import internal
    from kg.query import run

    result = run(graph, internal("concept-labels"))
    assert isinstance(result, ox.QuerySolutions)
    return {row["concept"].value: f"{row['english'].value} · {row['arabic'].value}" for row in result}


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, labels: Mapping[str, str]) -> str:
    value = str(term) if isinstance(term, ox.Triple) else term.value
    return labels.get(value, value).strip()


def _serve(db: Path, port: int) -> None:
    from server.config import ServerConfig
    from server.serve import serve

    def started(address: str) -> None:
        click.echo(f"\nKhabar serves {address} (Ctrl-C ends it)")

    serve(ServerConfig(db=db), "127.0.0.1", port, access_log=False, started=started)
