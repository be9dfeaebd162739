"""What the HTTP process asks of a writer, and what it hears."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum

from server.workers.protocol import Kind, message

DESCRIPTOR = b"+"
"""The byte before a job's message: it carries the descriptor of the job's file, where there is one. A file without a
name goes with the processes that hold it, however they end."""


class Act(StrEnum):
    """The kinds of write."""

    UPDATE = "update"
    PUT = "put"  # replace a graph
    POST = "post"  # add to a graph
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Part:
    """Triples in the file that goes with a job: where they begin and how many bytes they are, media type, base IRI."""

    start: int
    size: int
    media_type: str
    base: str


@dataclass(frozen=True, slots=True)
class Job:
    """One write. `text` of an update; `graph` of the other acts, None for the unnamed graph.

    `using` and `using_named` are the protocol's dataset for an update. `protected`: the graphs that Khabar keeps itself
    may be changed. `lenient`: warnings do not refuse. `deadline` in seconds, `memory` in bytes.
    """

    act: Act
    deadline: float
    memory: int
    text: str = ""
    base: str | None = None
    using: tuple[str, ...] | None = None
    using_named: tuple[str, ...] | None = None
    graph: str | None = None
    parts: tuple[Part, ...] = ()
    protected: bool = False
    lenient: bool = False

    def encode(self) -> bytes:
        """The message that carries this job."""
        return message(Kind.REQUEST, json.dumps(asdict(self)).encode())

    @classmethod
    def decode(cls, payload: bytes) -> Job:
        """The job in a REQUEST message's payload."""
        fields = json.loads(payload)
        parts = tuple(Part(**part) for part in fields.pop("parts"))
        return cls(**{**fields, "act": Act(fields["act"]), "parts": parts})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a write did. `existed`: the graph was there before. `report`: warnings that were let through, as Turtle."""

    version: int | None
    added: int
    removed: int
    existed: bool = True
    report: str | None = None

    def encode(self) -> bytes:
        """The message that carries this outcome."""
        return message(Kind.WHOLE, json.dumps(asdict(self)).encode())

    @classmethod
    def decode(cls, payload: bytes) -> Outcome:
        """The outcome in a WHOLE message's payload."""
        return cls(**json.loads(payload))
