"""What the HTTP process and a query worker say to each other over an AF_UNIX socket pair.

The HTTP process sends one `Request`; the worker answers either with one WHOLE message, or with START, any
number of DATA and END. FAILED may come at any time and ends the answer. A closed socket means the worker died.
"""

from __future__ import annotations

import json
import marshal
import socket
import struct
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, BinaryIO, NamedTuple

CHUNK = 64 * 1024
"""Bytes of an answer that are held back until it is known to be whole or large; the size of what is streamed."""

_HEAD = struct.Struct(">IB")


class Kind(IntEnum):
    """What a message is."""

    REQUEST = 0
    WHOLE = 1  # the form of the answer in one byte, then all of it
    START = 2  # the form in one byte, then the first of it
    DATA = 3
    END = 4
    FAILED = 5  # JSON of a Failure
    READY = 6  # JSON list of the protections that this system does not offer


_KINDS = tuple(Kind)  # to call an enumeration takes thirty times as long


class Form(IntEnum):
    """What a query gives; each has its own media types."""

    SOLUTIONS = 0
    BOOLEAN = 1
    GRAPH = 2


class Request(NamedTuple):
    """One query to run on version `version` of the store.

    `default_graphs` and `named_graphs` are the protocol's dataset; both None means the query's own, or the union of
    all graphs (without `union`, the unnamed graph alone). `formats` names a media type per `Form` in its order; None
    where the client accepts none of that form. `deadline` is in seconds.
    """

    version: int
    text: str
    formats: tuple[str | None, str | None, str | None]
    deadline: float
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None
    union: bool = True

    def encode(self, seconds: float) -> bytes:
        """The message that carries this request, with what is left of its deadline."""
        fields = (self.version, self.text, self.formats, seconds, self.default_graphs, self.named_graphs, self.base)
        return message(Kind.REQUEST, marshal.dumps((*fields, self.union)))

    @classmethod
    def decode(cls, payload: bytes) -> Request:
        """The request in a REQUEST message's payload: what workers take is read by `marshal`, the quickest; what they
        tell is not, since it may come from a process that a query has taken over."""
        return cls(*marshal.loads(payload))


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer. `code` is one of syntax, refused, service, format, evaluation, gone."""

    code: str
    detail: str
    line: int | None = None
    column: int | None = None

    def encode(self) -> bytes:
        """The message that carries this failure."""
        return message(Kind.FAILED, json.dumps(asdict(self)).encode())

    @classmethod
    def decode(cls, payload: bytes) -> Failure:
        """The failure in a FAILED message's payload."""
        return cls(**json.loads(payload))


def message(kind: Kind, payload: bytes | bytearray = b"") -> bytes:
    """One message: its length in four bytes, its kind in one, its payload."""
    return _HEAD.pack(len(payload), kind) + payload


def split_message(received: bytes) -> tuple[Kind, bytes, bytes] | int:
    """The message that `received` begins with and what follows it; or how many bytes are missing, at least."""
    if len(received) < _HEAD.size:
        return _HEAD.size - len(received)
    length, kind = _HEAD.unpack_from(received)
    end = _HEAD.size + length
    return (_KINDS[kind], received[_HEAD.size : end], received[end:]) if len(received) >= end else end - len(received)


def read_message(stream: BinaryIO) -> tuple[Kind, bytes] | None:
    """The next message, or None when the other side has closed or died in the middle of one."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    length, kind = _HEAD.unpack(head)
    payload = stream.read(length)
    return None if len(payload) < length else (Kind(kind), payload)


def send_json(control: socket.socket, content: Any, descriptors: tuple[int, ...] = ()) -> None:
    """One line of the control channel between the HTTP process and the workers' parent."""
    socket.send_fds(control, [json.dumps(content).encode()], descriptors)


def receive_json(control: socket.socket) -> tuple[Any, list[int]] | None:
    """The next line of the control channel with the descriptors it carries; None when the other side is gone."""
    content, descriptors, _, _ = socket.recv_fds(control, CHUNK, 1)
    return (json.loads(content), list(descriptors)) if content else None
