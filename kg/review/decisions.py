"""Decisions as a person writes them down: a CSV or TSV file with the columns `actor` and `decision`.

    actor                     an IRI, or what follows the base in it (`actor/3f0c…`)
    decision                  a Wikidata item (`Q42`), `none` (Wikidata has none), `undo`, or empty: not decided
    label, person             optional: the name as shown, who decided

Other columns are left alone, so that the file that `khabar link review` prints can be filled in and given back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.errors import UsageError
from kg.named_queries import is_wikidata_item
from kg.rdf.decisions import LinkDecision

NONE, UNDO = "none", "undo"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a file or a person at the terminal decided: decisions, and the actors whose decision is taken back."""

    decisions: tuple[LinkDecision, ...]
    taken_back: tuple[str, ...]


def read(text: str, name: str, base: str, labels: Mapping[str, str], person: str | None) -> Decided:
    """The decisions of a file's text.

    `labels` are those of known actors by IRI; `person` decided where no row says who.
    UsageError names the line that cannot be understood; then nothing of the file holds.
    """
    text = text.removeprefix("\ufeff")
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    if not {"actor", "decision"} <= set(rows.fieldnames or ()):
        raise UsageError(f"{name}: its first line must name the columns actor and decision")
    lines = [
        (f"{name}:{rows.line_num}", {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)})
        for row in rows
    ]
    return gather((decide(place, row, base, labels, person) for place, row in lines if row["decision"]))


def gather(decided: Iterable[LinkDecision | str]) -> Decided:
    """Decisions, and IRIs of actors whose decision is taken back, sorted out."""
    everything = list(decided)
    return Decided(
        tuple(one for one in everything if isinstance(one, LinkDecision)),
        tuple(one for one in everything if isinstance(one, str)),
    )


def decide(
    place: str, row: Mapping[str, str], base: str, labels: Mapping[str, str], person: str | None
) -> LinkDecision | str:
    """One decision, or the IRI of the actor whose decision is taken back; UsageError names `place`."""
    actor = row["actor"] if row["actor"].startswith(base) else base + row["actor"]
    if actor not in labels:
        raise UsageError(f"{place}: {row['actor']} is no unlinked or decided actor of this store")
    if row["decision"] == UNDO:
        return actor
    if row["decision"] != NONE and not is_wikidata_item(row["decision"]):
        raise UsageError(f"{place}: the decision {row['decision']} is no item (Q…), nor {NONE}, nor {UNDO}")
    who = row.get("person") or person
    if not who:
        raise UsageError(f"{place}: says not who decided; fill in the column person or give --person")
    item = None if row["decision"] == NONE else row["decision"]
    return LinkDecision(actor, item, labels[actor], who, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
