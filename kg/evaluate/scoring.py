"""Precision, recall, F1 and the accuracy of each attribute, with every error as something a person can look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.evaluate.gold import Gold, Record
from kg.evaluate.identity import Cast
from kg.evaluate.matching import TASKS, date_fits, members, pair
from kg.model import ACTOR_TYPES

_ACTORS = frozenset(kind.value for kind in ACTOR_TYPES) | {"Actor"}
_LISTS = ("chain", "addressee")
_LEAST_OF_A_CLASS = 3  # gold items a modality needs to count in the macro-F1


@dataclass(frozen=True, slots=True)
class Problem:
    """One error: `what` is missed, extra or wrong; `span` in the article, `attribute` and values where they apply."""

    article: str
    task: str
    what: str
    ident: str
    span: tuple[int, int] | None = None
    attribute: str | None = None
    expected: Any = None
    found: Any = None


@dataclass(slots=True)
class Counts:
    """True and false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def as_json(self) -> dict[str, Any]:
        """With precision, recall and F1 to four places; 1 where nothing could be wrong."""
        precision = self.tp / (self.tp + self.fp) if self.tp + self.fp else 1.0
        recall = self.tp / (self.tp + self.fn) if self.tp + self.fn else 1.0
        both = precision + recall
        f1 = round(2 * precision * recall / both, 4) if both else 0.0
        rates = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": f1}
        return {"tp": self.tp, "fp": self.fp, "fn": self.fn, **rates}


@dataclass(slots=True)
class Share:
    """So many right out of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.of += 1

    @property
    def rate(self) -> float | None:
        """The share to four places, None of nothing."""
        return round(self.right / self.of, 4) if self.of else None


@dataclass(slots=True)
class Report:
    """All figures, and the errors behind them."""

    counts: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in ("actors", *TASKS)})
    all_right: dict[str, Share] = field(default_factory=lambda: {name: Share() for name in TASKS})
    attributes: dict[str, Share] = field(default_factory=dict)
    lists: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in _LISTS})
    modalities: list[tuple[str, str | None]] = field(default_factory=list)
    published: Share = field(default_factory=Share)
    problems: list[Problem] = field(default_factory=list)
    rules: dict[str, Share] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The figures as JSON, in the same form and rounding for everybody who scores these records."""
        result: dict[str, Any] = {name: counts.as_json() for name, counts in self.counts.items()}
        for task, share in self.all_right.items():
            result[task]["all_attributes_right_recall"] = share.rate
        attributes: dict[str, Any] = {
            name: {"right": share.right, "of": share.of, "accuracy": share.rate}
            for name, share in sorted(self.attributes.items())
        }
        for name, counts in self.lists.items():
            total = 2 * counts.tp + counts.fn + counts.fp
            attributes[f"statements.{name}_f1"] = {
                "right": counts.tp,
                "of": counts.tp + counts.fn,
                "invented": counts.fp,
                "accuracy": round(2 * counts.tp / total, 4) if total else 1.0,
            }
        attributes["statements.modality_macro_f1"] = {
            "right": sum(gold == found for gold, found in self.modalities),
            "of": len(self.modalities),
            "accuracy": _macro_f1(self.modalities),
            "always_asserted": _macro_f1([(gold, "asserted") for gold, _found in self.modalities]),
        }
        result["attributes"] = attributes
        result["published"] = {"right": self.published.right, "of": self.published.of}
        return result


def _macro_f1(pairs: list[tuple[str, str | None]]) -> float:
    """The mean F1 of the classes that the gold's first choices hold often enough."""
    scores = []
    for label in sorted({gold for gold, _found in pairs}):
        right = sum(gold == found == label for gold, found in pairs)
        in_gold, in_found = sum(gold == label for gold, _ in pairs), sum(found == label for _, found in pairs)
        if in_gold >= _LEAST_OF_A_CLASS:
            scores.append(2 * right / (in_gold + in_found))
    return round(sum(scores) / len(scores), 4) if scores else 1.0


def evaluate(gold: Gold, records: Mapping[str, Record]) -> Report:
    """The records of the annotated articles against the gold; an article without a record has found nothing."""
    report = Report()
    for stem, annotated in sorted(gold.articles.items()):
        record = records.get(stem, {})
        cast = Cast(gold.identities, record.get("entities", ()))
        if annotated.get("published_accept"):
            right = date_fits(record.get("published"), annotated["published_accept"])
            report.published.add(right)
            if not right:
                accepted = annotated["published_accept"]
                report.problems.append(
                    Problem(stem, "published", "wrong", "", None, "date", accepted, record.get("published"))
                )
        _score_actors(report, stem, cast, annotated, record)
        for name in TASKS:
            _score_frames(report, stem, cast, name, annotated.get(name, []), record.get(name, []))
    return report


def _score_actors(report: Report, stem: str, cast: Cast, annotated: Record, record: Record) -> None:
    counts = report.counts["actors"]
    named = [entity for entity in record.get("entities", ()) if entity.get("type") in _ACTORS]
    idents = [entity["id"] for entity in named]
    allowed = [*annotated["actors"], *annotated.get("actors_optional", ())]
    for key in annotated["actors"]:
        if cast.any_same([key], idents):
            counts.tp += 1
        else:
            counts.fn += 1
            report.problems.append(Problem(stem, "actors", "missed", key))
    for entity in named:
        if not cast.any_same(allowed, [entity["id"]]):
            counts.fp += 1
            at = next((tuple(span) for span in entity.get("mentions", ())), None)
            shown = {"label": entity.get("label"), "wikidata": entity.get("wikidata"), "type": entity.get("type")}
            report.problems.append(Problem(stem, "actors", "extra", entity["id"], at, None, None, shown))


def _score_frames(
    report: Report, stem: str, cast: Cast, name: str, annotated: list[Record], extracted: list[Record]
) -> None:
    counts, task = report.counts[name], TASKS[name]
    pairing = pair(cast, task, annotated, extracted)
    for g, f in pairing.pairs:
        gold, found = annotated[g], extracted[f]
        _count_rule(report, found, right=True)
        if gold.get("optional"):
            continue
        counts.tp += 1
        if name == "statements":
            report.modalities.append((gold["modality"][0], found.get("modality")))
            for member in _LISTS:
                _add(report.lists[member], members(cast, gold, found, member))
        report.all_right[name].right += _score_attributes(report, stem, cast, name, gold, found)
    paired_gold, paired = ({pair[side] for pair in pairing.pairs} for side in (0, 1))
    for g, gold in enumerate(annotated):
        if gold.get("optional"):
            continue
        report.all_right[name].of += 1
        if g not in paired_gold:
            counts.fn += 1
            report.problems.append(Problem(stem, name, "missed", gold["id"], _whole(gold), None, _who(gold)))
    for f, found in enumerate(extracted):
        if f not in paired and f not in pairing.fragments:
            counts.fp += 1
            _count_rule(report, found, right=False)
            ident, span = str(found.get("id")), (found["span"][0], found["span"][1])
            report.problems.append(Problem(stem, name, "extra", ident, span, found.get("rule"), None, _who(found)))


def _score_attributes(report: Report, stem: str, cast: Cast, name: str, gold: Record, found: Record) -> bool:
    right = True
    for attribute, good in TASKS[name].attributes(cast, gold, found):
        report.attributes.setdefault(f"{name}.{attribute}", Share()).add(good)
        right &= good
        if not good:
            span = (found["span"][0], found["span"][1])
            values = gold.get(attribute), found.get(attribute)
            report.problems.append(Problem(stem, name, "wrong", gold["id"], span, attribute, *values))
    return right


def _add(counts: Counts, found_missed_invented: tuple[int, int, int]) -> None:
    found, missed, invented = found_missed_invented
    counts.tp += found
    counts.fn += missed
    counts.fp += invented


def _count_rule(report: Report, found: Record, *, right: bool) -> None:
    report.rules.setdefault(found.get("rule") or "?", Share()).add(right)


def _whole(gold: Record) -> tuple[int, int]:
    return min(span[0] for span in gold["span"]), max(span[1] for span in gold["span"])


def _who(frame: Record) -> Any:
    return frame.get("speaker") or frame.get("parties") or [*frame.get("sender", ()), "→", *frame.get("recipient", ())]
