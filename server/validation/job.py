"""What the HTTP process asks of a validator."""

from __future__ import annotations

import json
from dataclasses import dataclass

from server.workers.protocol import Kind, message

INPUTS = {
    "text/turtle": ".ttl",
    "application/trig": ".trig",
    "application/n-triples": ".nt",
    "application/n-quads": ".nq",
    "application/ld+json": ".jsonld",
    "application/rdf+xml": ".rdf",
}
"""Media types of data, with the endings of such files."""

OUTPUTS = {
    "text/turtle": "turtle",
    "application/json": "json",
    "application/ld+json": "turtle",
    "application/n-triples": "turtle",
    "application/rdf+xml": "turtle",
    "application/sarif+json": "sarif",
    "text/plain": "human",
}
"""Media types of reports, with the forms of `kg.validate.formats` they are made from; the first is the default."""


@dataclass(frozen=True, slots=True)
class Job:
    """One validation: `media_type` of the data, `accepted` of the report; `deadline` in seconds, `memory` in bytes."""

    media_type: str
    accepted: str
    language: str
    deadline: float
    memory: int
    data: bytes

    def encode(self) -> bytes:
        """The message that carries this job."""
        head = [self.media_type, self.accepted, self.language, self.deadline, self.memory]
        return message(Kind.REQUEST, json.dumps(head).encode() + b"\n" + self.data)

    @classmethod
    def decode(cls, payload: bytes) -> Job:
        """The job in a REQUEST message's payload."""
        head, _, data = payload.partition(b"\n")
        media_type, accepted, language, deadline, memory = json.loads(head)
        return cls(media_type, accepted, language, deadline, memory, data)
