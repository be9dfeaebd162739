"""`khabar validate`: RDF against the shapes, for people and for CI."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click
import pyoxigraph as ox

from kg import resources
from kg.commands._options import screening_option, write_file
from kg.errors import UsageError
from kg.gate.shapes import load_shapes
from kg.gate.verdict import Severity
from kg.validate.formats import FORMS
from kg.validate.formats.words import Words
from kg.validate.limits import time_limit
from kg.validate.run import Finding, Outcome, validate
from kg.validate.sources import STDIN, Source, SourceError, changed_since, find_files, format_of, read_source
from kg.validate.terms import packaged_terms
from kg.validate.whole_store import Rules, check_store

_PATH = click.Path(exists=True, path_type=Path)
_SEVERITIES = [severity.value.lower() for severity in Severity]
_INPUTS = {
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@click.command("validate")
@click.argument("inputs", metavar="[FILE|DIR|GLOB|-]...", nargs=-1)
@click.option("--db", type=click.Path(file_okay=False, path_type=Path), help="A whole store instead of files.")
@click.option("--jobs", type=click.IntRange(min=1), help="Processes for a store; by default one a core.")
@click.option("--journal", type=click.Path(dir_okay=False, path_type=Path), help="Where a store's check can resume.")
@click.option("--shapes", "shape_paths", type=_PATH, multiple=True, help="Shapes instead of Khabar's own (repeatable).")
@click.option("--ontology", "ontology_paths", type=_PATH, multiple=True, help="Ontology instead of Khabar's own.")
@click.option("--input-format", type=click.Choice(list(_INPUTS)), help="Format of all inputs; needed for `-`.")
@click.option("--severity", type=click.Choice(_SEVERITIES), default="info", show_default=True, help="Least told.")
@click.option("--fail-on", type=click.Choice([*_SEVERITIES, "never"]), default="violation", show_default=True)
@click.option("--base", "baseline", type=_PATH, help="An earlier `--format json`: tell only what is new.")
@click.option("--changed", metavar="REV", help="Tell only what stands in files that differ from a git revision.")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="human", show_default=True)
@click.option(
    "--report",
    "reports",
    metavar="FORMAT=FILE",
    multiple=True,
    help="Write the findings to a file as well (repeatable).",
)
@screening_option
@click.option("--timeout", type=click.FloatRange(min=0), default=0, help="Seconds the check may take; 0: any.")
@click.option("--lang", type=click.Choice(["ar", "en"]), default="en", show_default=True, help="Of the messages.")
def command(
    inputs: tuple[str, ...],
    db: Path | None,
    jobs: int | None,
    journal: Path | None,
    shape_paths: tuple[Path, ...],
    ontology_paths: tuple[Path, ...],
    input_format: str | None,
    severity: str,
    fail_on: str,
    baseline: Path | None,
    changed: str | None,
    form: str,
    reports: tuple[str, ...],
    screened: bool,
    timeout: float,
    lang: str,
) -> None:
    """Validates RDF against shapes; all inputs together are one graph.

    Exit code 0 when nothing is as grave as --fail-on, 1 when something is, 2 when the check could not run.
    """
    if bool(inputs) == (db is not None):
        raise UsageError("name files, folders or globs to validate, - for standard input, or a store with --db")
    wanted = [_report(report) for report in reports]
    rules = Rules(
        shape_paths or (resources.shapes_dir(), resources.across_dir()),
        ontology_paths or (resources.ontology_dir(),),
        screened,
    )
    shapes = load_shapes(rules.shapes, rules.ontology)
    with time_limit(timeout):
        if db is not None:
            outcome = check_store(db, rules, jobs, journal, show=True)
        else:
            sources, broken = _read(find_files(inputs), None if input_format is None else _INPUTS[input_format])
            outcome = validate(sources, shapes, broken, None if ontology_paths else packaged_terms(), screened)
    outcome = _narrowed(outcome, severity, baseline, changed)
    words = Words(lang, shapes.graph)
    for told_as, file in wanted:
        write_file(file, FORMS[told_as](outcome, words) + "\n")
    text = FORMS[form](outcome, words)
    if text:
        click.echo(text)
    sys.exit(0 if fail_on == "never" or not outcome.at_least(_severity(fail_on)) else 1)


def _report(text: str) -> tuple[str, Path]:
    form, _, file = text.partition("=")
    if form not in FORMS or not file:
        raise UsageError(f"--report {text}: write FORMAT=FILE, with a format of {', '.join(FORMS)}")
    return form, Path(file)


def _read(files: Sequence[str], told: ox.RdfFormat | None) -> tuple[list[Source], list[SourceError]]:
    sources, broken = [], []
    for number, name in enumerate(files):
        form = told if name == STDIN and told is not None else format_of(name, told)
        try:
            sources.append(read_source(name, _bytes_of(name), form, number))
        except SourceError as error:
            broken.append(error)
    return sources, broken


def _bytes_of(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        arabic = f"تعذرت قراءته: {error.strerror}"
        raise SourceError(name, f"cannot be read: {error.strerror}", arabic=arabic) from error


def _narrowed(outcome: Outcome, severity: str, baseline: Path | None, changed: str | None) -> Outcome:
    findings = outcome.at_least(_severity(severity))
    if baseline is not None:
        findings = _new(findings, _fingerprints(baseline))
    if changed is not None:
        files = changed_since(changed)
        findings = [finding for finding in findings if Path(finding.file).resolve() in files]
    return replace(outcome, findings=tuple(findings))


def _new(findings: Sequence[Finding], known: Counter[str]) -> list[Finding]:
    """The findings beyond those that are known: nodes without a name share a fingerprint, so they are counted."""
    left, found = known.copy(), []
    for finding in findings:
        if left[finding.fingerprint()]:
            left[finding.fingerprint()] -= 1
        else:
            found.append(finding)
    return found


def _fingerprints(baseline: Path) -> Counter[str]:
    try:
        record = json.loads(baseline.read_text("utf-8"))
        return Counter(str(result["fingerprint"]) for result in record["results"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{baseline}: not a report of `khabar validate --format json`") from error


def _severity(name: str) -> Severity:
    return Severity(name.capitalize())
