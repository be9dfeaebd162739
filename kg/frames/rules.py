"""The registry of rules: what each looks for, with a sentence it must match and a near miss that it must leave alone.

Rules are data: `kg/data/ar/rules/*.toml`, one `[[rule]]` a rule with

- `id`: unique, dotted, English (`say.verb`), the value of a frame's `rule`;
- `frame`: the kind of frame it makes (statement, transfer, agreement, meeting, measure);
- `about`: one line, English;
- `match`: one or more texts in which the rule must find a frame;
- `miss`: one or more near misses in which it must find none.

The tests run every text; `khabar extract --rules` lists the registry.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from kg.errors import KhabarError
from kg.resources import data_dir


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a frame is found."""

    id: str
    frame: str
    about: str
    match: tuple[str, ...]
    miss: tuple[str, ...]


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the files' names and of the rules in them.

    Raises KhabarError where two rules share an id or one lacks a field.
    """
    found: dict[str, Rule] = {}
    for path in sorted((data_dir() / "ar" / "rules").glob("*.toml")):
        for row in tomllib.loads(path.read_text(encoding="utf-8")).get("rule", ()):
            try:
                rule = Rule(row["id"], row["frame"], row["about"], tuple(row["match"]), tuple(row["miss"]))
            except KeyError as missing:
                raise KhabarError(f"{path.name}: rule {row.get('id', '?')} lacks {missing}") from missing
            if rule.id in found:
                raise KhabarError(f"{path.name}: the id {rule.id} is taken")
            found[rule.id] = rule
    return found
