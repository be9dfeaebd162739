"""For programs: one JSON object. It is also what `--base` reads."""

from __future__ import annotations

import json

from kg.validate.formats.words import Words
from kg.validate.run import Outcome


def as_json(outcome: Outcome, words: Words) -> str:
    """The findings as JSON; terms in N-Triples syntax, messages in every language."""
    record = {
        "conforms": not any(finding.result.severity.rank == 0 for finding in outcome.findings),
        "files": list(outcome.files),
        "triples": outcome.triples,
        "results": [finding.as_json() for finding in outcome.findings],
    }
    return json.dumps(record, ensure_ascii=False, indent=1)
