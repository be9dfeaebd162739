"""The process of one validation: no network, a memory limit and a deadline, and then it ends."""

from __future__ import annotations

import json
import socket
from contextlib import suppress

import pyoxigraph as ox

from kg.gate.shapes import all_shapes
from kg.validate.formats import FORMS
from kg.validate.formats.words import Words
from kg.validate.run import validate
from kg.validate.sources import FORMATS, SourceError, read_source
from kg.validate.terms import packaged_terms
from server.validation.job import INPUTS, OUTPUTS, Job
from server.workers.limits import confine, limit_memory, start_clock, stop_clock
from server.workers.protocol import Kind, message, read_message
from server.workers.worker import GRAPH_FORMATS


def warm() -> None:
    """Loads what every validation needs, once, before processes are forked."""
    all_shapes()
    packaged_terms()


def answer(connection: socket.socket) -> None:
    """Answers one job and ends."""
    with suppress(ConnectionError):
        connection.sendall(message(Kind.READY, json.dumps(confine()).encode()))
        received = read_message(connection.makefile("rb"))
        if received is None:
            return
        job = Job.decode(received[1])
        limit_memory(job.memory)
        start_clock(job.deadline)
        connection.sendall(message(Kind.WHOLE, report(job)))
        stop_clock()


def report(job: Job) -> bytes:
    """The report on a job's data, in the media type that it accepts; data that do not parse are a finding of it."""
    name = f"data{INPUTS[job.media_type]}"
    try:
        source = read_source(name, job.data, FORMATS[INPUTS[job.media_type]])
        outcome = validate([source], all_shapes(), (), packaged_terms())
    except SourceError as error:
        outcome = validate([], all_shapes(), [error])
    text = FORMS[OUTPUTS[job.accepted]](outcome, Words(job.language, all_shapes().graph))
    if OUTPUTS[job.accepted] != "turtle" or job.accepted == "text/turtle":
        return text.encode()
    triples = (quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE))
    return ox.serialize(triples, format=GRAPH_FORMATS[job.accepted]) or b""
