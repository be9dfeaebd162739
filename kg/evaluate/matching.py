"""Which extracted frame stands for which annotated one, and which of its attributes are right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.evaluate.gold import Record
from kg.evaluate.identity import Cast

# A more specific kind also answers for those above it.
_KINDS = {
    **{kind: {kind, "arms"} for kind in ("ammunition", "missiles", "artillery", "aircraft", "drones", "air-defence")},
    "vehicles": {"vehicles", "arms", "equipment"},
    **{
        kind: {kind, "agreement"}
        for kind in ("treaty", "deal", "partnership", "cooperation", "memorandum", "ceasefire")
    },
    "defence": {"defence", "agreement", "treaty"},
}
_FRAGMENTS = 1  # further pieces of a paired item that are not charged


@dataclass(frozen=True, slots=True)
class Pairing:
    """Indexes into the annotated and the extracted frames; fragments are neither rewarded nor charged."""

    pairs: list[tuple[int, int]]
    fragments: set[int]


@dataclass(frozen=True, slots=True)
class Task:
    """How frames of one kind are paired and compared."""

    compatible: Callable[[Cast, Record, Record], bool]
    attributes: Callable[[Cast, Record, Record], Iterator[tuple[str, bool]]]
    least_overlap: float


def pair(cast: Cast, task: Task, annotated: Sequence[Record], extracted: Sequence[Record]) -> Pairing:
    """One-to-one pairs of compatible frames, greedily: most overlap, required before optional, then closest extent."""
    ranked = sorted(
        (
            (round(_overlap(found["span"], gold["span"]), 1), not gold.get("optional"), _closeness(found, gold), g, f)
            for g, gold in enumerate(annotated)
            for f, found in enumerate(extracted)
            if task.compatible(cast, gold, found) and _overlap(found["span"], gold["span"]) >= task.least_overlap
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken: set[int] = set()
    for *_rank, g, f in ranked:
        if g not in taken_gold and f not in taken:
            taken_gold.add(g)
            taken.add(f)
            pairs.append((g, f))
    fragments: set[int] = set()
    pieces: dict[int, int] = {}
    for *_rank, g, f in ranked:
        if f not in taken and pieces.get(g, 0) < _FRAGMENTS:
            pieces[g] = pieces.get(g, 0) + 1
            fragments.add(f)
    return Pairing(pairs, fragments)


def _overlap(span: Sequence[int], spans: Sequence[Sequence[int]]) -> float:
    """The largest share of the shorter of two passages that both cover."""
    best = 0.0
    for start, end in spans:
        shared = min(span[1], end) - max(span[0], start)
        if shared > 0:
            best = max(best, shared / max(1, min(span[1] - span[0], end - start)))
    return best


def _closeness(found: Record, gold: Record) -> float:
    start, end = found["span"]
    shares = [(min(end, b) - max(start, a)) / (max(end, b) - min(start, a)) for a, b in gold["span"]]
    return float(max(shares))


# ── statements ────────────────────────────────────────────────────────────────────────────────────────────────────


def _same_speaker(cast: Cast, gold: Record, found: Record) -> bool:
    return cast.any_same([*gold["speaker"], *gold.get("speaker_accept", ())], found.get("speaker") or ())


def _of_statement(cast: Cast, gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    yield "speaker", _role(cast, gold, found, "speaker")
    if gold.get("chain") and not gold.get("chain_optional"):
        chain = found.get("chain") or []
        order = [index for key in gold["chain"] for index, ident in enumerate(chain) if cast.same(key, ident)]
        yield "chain", cast.all_same(gold["chain"], chain, gold.get("chain_accept", ())) and order == sorted(order)
    if gold.get("addressee") and not gold.get("addressee_optional"):
        accept = gold.get("addressee_accept", ())
        yield "addressee", cast.all_same(gold["addressee"], found.get("addressee") or (), accept)
    yield "modality", found.get("modality") in gold["modality"]
    if gold.get("date") and not gold.get("date_optional"):
        yield "date", date_fits(found.get("date"), gold["date"])


def members(cast: Cast, gold: Record, found: Record, name: str) -> tuple[int, int, int]:
    """Found, missed and invented members of a list such as the chain; none expected means none allowed."""
    keys, idents = gold.get(name) or [], found.get(name) or []
    free = [*keys, *gold.get(name + "_accept", ()), *gold.get(name + "_may", ())]
    required = [] if gold.get(name + "_optional") else keys
    right = sum(cast.any_same([key], idents) for key in required)
    return right, len(required) - right, sum(not cast.any_same(free, [ident]) for ident in idents)


# ── transfers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _same_transfer(cast: Cast, gold: Record, found: Record) -> bool:
    return kind_fits(found.get("kind"), gold["kind"]) and all(
        _role_meets(cast, gold, found, role) for role in ("sender", "recipient")
    )


def _role_meets(cast: Cast, gold: Record, found: Record, role: str) -> bool:
    wanted = [*gold.get(role, ()), *gold.get(role + "_accept", ())]
    return not wanted or bool(gold.get(role + "_optional")) or cast.any_same(wanted, found.get(role) or ())


def _of_transfer(cast: Cast, gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    for role in ("sender", "recipient"):
        if gold.get(role) and not gold.get(role + "_optional"):
            yield role, cast.all_same(gold[role], found.get(role) or (), gold.get(role + "_accept", ()))
    if gold.get("quantity"):
        yield "quantity", quantity_fits(found.get("quantity"), gold["quantity"])
    if gold.get("claimed_by"):
        accept = gold.get("claimed_by_accept", ())
        yield "claimed_by", cast.all_same(gold["claimed_by"], found.get("claimed_by") or (), accept)
    if gold.get("denied_by") or found.get("denied_by"):
        accept = gold.get("denied_by_accept", ())
        yield "denied_by", cast.all_same(gold.get("denied_by", ()), found.get("denied_by") or (), accept)
    if gold.get("status"):
        yield "status", found.get("status") in gold["status"]


# ── agreements ────────────────────────────────────────────────────────────────────────────────────────────────────


def _same_parties(cast: Cast, gold: Record, found: Record) -> bool:
    parties = found.get("parties") or []
    return any(
        all(cast.any_same([key], parties) for key in keys)
        for keys in [gold["parties"], *gold.get("parties_accept", ())]
    )


def _of_agreement(_cast: Cast, gold: Record, found: Record) -> Iterator[tuple[str, bool]]:
    yield "kind", kind_fits(found.get("kind"), gold["kind"])
    if gold.get("status"):
        yield "status", found.get("status") in gold["status"]
    if gold.get("date"):
        yield "date", date_fits(found.get("date"), gold["date"])


# ── values ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _role(cast: Cast, gold: Record, found: Record, name: str) -> bool:
    accept, optional = gold.get(name + "_accept", ()), gold.get(name + "_optional", ())
    return cast.all_same(gold[name], found.get(name) or (), accept, optional)


def date_fits(date: str | None, accepted: Sequence[str]) -> bool:
    """An accepted form as it stands, or a finer date inside a coarse form where no accepted form is as fine."""
    if not accepted:
        return True
    if not date:
        return False
    date = date.rstrip("~?")
    finest = max((len(form) for form in accepted if "/" not in form), default=0)
    inside = any(date.startswith(form + "-") for form in accepted if len(form) == finest)
    return date in accepted or (len(date) > finest and inside)


def quantity_fits(found: Record | None, gold: Record) -> bool:
    """The same unit and bounds; where no maximum is annotated any is right, a missing one is right where one is."""
    if not found:
        return False
    least = found.get("min") in gold.get("accept_min", [gold["min"]])
    most = gold.get("max") is None or found.get("max") in (gold["max"], None)
    return least and most and found.get("unit") == gold["unit"]


def kind_fits(kind: str | None, accepted: Sequence[str]) -> bool:
    """The kind or one above it is accepted."""
    return bool(_KINDS.get(kind or "", {kind}) & set(accepted))


TASKS = {
    "statements": Task(_same_speaker, _of_statement, 0.5),
    "transfers": Task(_same_transfer, _of_transfer, 0.3),
    "agreements": Task(_same_parties, _of_agreement, 0.3),
}
