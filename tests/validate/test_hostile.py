"""Forty malformed or hostile inputs: a verdict or a clear error within limits, no network, no crash."""

from __future__ import annotations

import json
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kg.cli import khabar
from kg.errors import KhabarError

KHABAR = "@prefix khabar: <https://w3id.org/khabar/ontology#> .\n"
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
GOOD = b"<urn:a> <urn:p> <urn:b> .\n"

DATA: dict[str, bytes | Callable[[], bytes]] = {
    "empty.ttl": b"",
    "blank.nt": b"\n\n# nothing\n",
    "truncated.ttl": b"<urn:a> <urn:p>",
    "truncated-iri.ttl": b"<urn:a",
    "truncated-string.ttl": b'<urn:a> <urn:p> "text',
    "truncated-long-string.ttl": b'<urn:a> <urn:p> """text\n',
    "truncated.trig": b"<urn:g> { <urn:a> <urn:p> <urn:b>",
    "truncated.nq": b"<urn:a> <urn:p> <urn:b> <urn:g>",
    "truncated.jsonld": b'{"@id": "urn:a", "urn:p": [',
    "truncated.rdf": f"<rdf:RDF {RDF}><rdf:Description".encode(),
    "unclosed.rdf": f"<rdf:RDF {RDF}><rdf:Description rdf:about='urn:a'>".encode(),
    "utf16.ttl": GOOD.decode().encode("utf-16"),
    "windows-1256.ttl": '<urn:a> <urn:p> "نص" .'.encode("cp1256"),
    "latin.nt": b'<urn:a> <urn:p> "caf\xe9" .\n',
    "broken-utf8.jsonld": b'{"@id": "urn:\xff"}',
    "surrogate.ttl": b'<urn:a> <urn:p> "\\uD800" .',
    "nul.ttl": b'<urn:a> <urn:p> "\x00" .',
    "binary.ttl": bytes(range(256)) * 64,
    "bom.ttl": b"\xef\xbb\xbf" + GOOD,
    "no-prefix.ttl": b"ex:a ex:p ex:b .",
    "bad-iri.ttl": b"<urn:a b> <urn:p> <http://[> .",
    "relative.nt": b"<a> <p> <b> .",
    "html.ttl": b"<!DOCTYPE html><html><body>404</body></html>",
    "json.ttl": b'{"@id": "urn:a"}',
    "turtle.jsonld": GOOD,
    "crlf.nt": GOOD.replace(b"\n", b"\r\n"),
    "rdf-star.ttl": b"<< <urn:a> <urn:p> <urn:b> >> <urn:q> 1 .",
    "triple-term.ttl": b"<urn:a> <urn:p> <<( <urn:a> <urn:p> <urn:b> )>> .",
    "deep-brackets.ttl": lambda: b"<urn:a> <urn:p> " + b"[ <urn:p> " * 100_000 + b"1" + b" ]" * 100_000 + b" .",
    "deep-lists.ttl": lambda: b"<urn:a> <urn:p> " + b"(" * 100_000 + b")" * 100_000 + b" .",
    "deep.jsonld": lambda: b'{"urn:p":' * 100_000 + b"1" + b"}" * 100_000,
    "deep-arrays.jsonld": lambda: b"[" * 100_000 + b"]" * 100_000,
    "deep.rdf": lambda: f"<rdf:RDF {RDF}>".encode() + b"<a xmlns='urn:x:'>" * 100_000,
    "entity-bomb.rdf": f'<!DOCTYPE r [<!ENTITY e0 "{"x" * 100}">{BOMB}]><rdf:RDF {RDF}>'
    "<rdf:Description rdf:about='urn:a'><p xmlns='urn:'>&e9;</p></rdf:Description></rdf:RDF>".encode(),
    "external-entity.rdf": f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><rdf:RDF {RDF}>'
    "<rdf:Description rdf:about='urn:a'><p xmlns='urn:'>&x;</p></rdf:Description></rdf:RDF>".encode(),
    "remote-context.jsonld": b'{"@context": "http://127.0.0.1:PORT/context.jsonld", "@id": "urn:a", "p": 1}',
    "remote-import.jsonld": b'{"@context": {"@version": 1.1, "@import": "http://127.0.0.1:PORT/c"}, "@id": "urn:a"}',
    "imports.ttl": b"<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ;"
    b" <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:PORT/o> .",
    "long-line.nt": lambda: b'<urn:a> <urn:p> "' + b"x" * 5_000_000 + b'" .\n',
    "many-languages.ttl": lambda: (
        KHABAR + "<urn:p> a khabar:Person , khabar:Actor ;"
        " <http://www.w3.org/2004/02/skos/core#prefLabel> " + " , ".join(f'"x{n}"@ar' for n in range(3000)) + " ."
    ).encode(),
    "many-blanks.ttl": lambda: (KHABAR + "[] a khabar:Person , khabar:Actor .\n" * 2000).encode(),
}
SHAPES = {
    "backtracking": "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; "
    'sh:property [ sh:path <urn:p> ; sh:pattern "^(x+x+)+y$" ] .',
    "imports": "<urn:o> a <http://www.w3.org/2002/07/owl#Ontology> ; <http://www.w3.org/2002/07/owl#imports> "
    "<http://127.0.0.1:PORT/shapes> . <urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:nodeKind sh:IRI .",
    "service": '<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:sparql [ sh:select """SELECT $this WHERE {'
    ' SERVICE <http://127.0.0.1:PORT/sparql> { $this ?p ?o } }""" ] .',
    "recursive": "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:property [ sh:path <urn:p> ; sh:node <urn:s> ] .",
    "bad-pattern": "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; "
    'sh:property [ sh:path <urn:p> ; sh:pattern "(" ] .',
    "bad-query": '<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:sparql [ sh:select "SELECT" ] .',
    "bad-list": "<urn:s> a sh:NodeShape ; sh:targetNode <urn:a> ; sh:or <urn:nolist> .",
    "two-paths": "<urn:s> a sh:PropertyShape ; sh:targetNode <urn:a> ; sh:path <urn:p> , <urn:q> .",
}


FINE = {
    "nul.ttl",
    "empty.ttl",
    "blank.nt",
    "bom.ttl",
    "crlf.nt",
    "imports.ttl",
    "long-line.nt",
    "deep-brackets.ttl",
    "deep-lists.ttl",
}
VIOLATING = {"many-languages.ttl", "many-blanks.ttl"}
LIMIT = 60.0
"""Seconds and no more for any of them, on a slow machine."""


class Listener:
    """A server of which can be asked whether anyone came."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(0.05)
        self.port = str(self._server.getsockname()[1])

    def was_asked(self) -> bool:
        try:
            self._server.accept()[0].close()
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        self._server.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def content(name: str, listener: Listener) -> bytes:
    made = DATA[name]
    return (made if isinstance(made, bytes) else made()).replace(b"PORT", listener.port.encode())


def call(*words: object) -> tuple[Result, float]:
    start = time.monotonic()
    result = CliRunner().invoke(khabar, ["validate", *map(str, words)])
    return result, time.monotonic() - start


def test_there_are_forty_of_them() -> None:
    assert len(DATA) + len(SHAPES) >= 40


# Judged in the one process for all, below.
SLOW = {"deep-brackets.ttl", "deep-lists.ttl", "many-blanks.ttl", "many-languages.ttl", "deep.rdf"}


def is_exit(result: Result) -> bool:
    """Whether the command ended by its own will."""
    return result.exception is None or isinstance(result.exception, SystemExit)


def expected_of(name: str) -> set[str]:
    """The shapes that find something in the data of that name."""
    return {"Named-prefLabel"} if name in VIOLATING else set() if name in FINE else {"Syntax"}


@pytest.mark.parametrize("name", [name for name in DATA if name not in SLOW])
def test_data_get_a_verdict_or_a_clear_error(name: str, tmp_path: Path, listener: Listener) -> None:
    file = tmp_path / name
    file.write_bytes(content(name, listener))
    result, seconds = call(file, "--format", "json")
    assert is_exit(result), repr(result.exception)
    found = {each["shape"].rpartition("#")[2] for each in json.loads(result.stdout)["results"]}
    assert found == expected_of(name)
    assert result.exit_code == (1 if found else 0)
    assert not listener.was_asked()
    assert seconds < LIMIT


@pytest.mark.parametrize("name", SHAPES)
def test_shapes_get_a_verdict_or_a_clear_error(name: str, tmp_path: Path, listener: Listener) -> None:
    head = "@prefix sh: <http://www.w3.org/ns/shacl#> . "
    (tmp_path / "shapes.ttl").write_text(head + SHAPES[name].replace("PORT", listener.port))
    (tmp_path / "data.ttl").write_text(f'<urn:a> <urn:p> "{"x" * 60}" , <urn:a> .')
    (tmp_path / "none.ttl").write_text("")
    words = (tmp_path / "data.ttl", "--shapes", tmp_path / "shapes.ttl", "--ontology", tmp_path / "none.ttl")
    result, seconds = call(*words, "--timeout", "2")
    if is_exit(result):
        assert result.exit_code in (0, 1)
    else:
        assert isinstance(result.exception, KhabarError), repr(result.exception)
        assert "\n" not in str(result.exception)
    assert not listener.was_asked()
    assert seconds < LIMIT


@pytest.mark.slow
def test_one_process_judges_them_all_within_its_memory(tmp_path: Path, listener: Listener) -> None:
    for name in DATA:
        (tmp_path / name).write_bytes(content(name, listener))
    (tmp_path / "good.ttl").write_bytes(GOOD)
    limit = 3 * 1024**3
    ran = subprocess.run(
        [sys.executable, "-m", "kg", "validate", str(tmp_path), "--format", "json"],
        capture_output=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
    assert ran.returncode == 1, ran.stderr.decode()[-2000:]
    report = json.loads(ran.stdout)
    found: dict[str, set[str]] = {Path(file).name: set() for file in report["files"]}
    for each in report["results"]:
        found[Path(each["file"]).name].add(each["shape"].rpartition("#")[2])
    assert found == {"good.ttl": set()} | {name: expected_of(name) for name in DATA}
    assert not listener.was_asked()
