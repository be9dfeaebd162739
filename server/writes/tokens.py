"""Who may write, and who may see and end running queries: bearer tokens with names, read from a TOML file.

    [tokens.desk]
    token = "…"                      # or sha256 = "…" of it, so that the file holds no secret
    rights = ["write"]               # write, protected (also the graphs that Khabar itself keeps), queries

Make a token with `python -c "import secrets; print(secrets.token_urlsafe(32))"`.
"""

from __future__ import annotations

import hmac
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import overload

from kg.errors import UsageError

RIGHTS = frozenset({"write", "protected", "queries"})
_SHORTEST = 16


@dataclass(frozen=True, slots=True)
class Token:
    """`digest`: the SHA-256 of the token's UTF-8 bytes in hexadecimal."""

    name: str
    digest: str
    rights: frozenset[str]


def read_tokens(path: Path) -> tuple[Token, ...]:
    """The tokens of a file; UsageError tells what is wrong with it."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as TOML ({error})") from error
    tokens = content.get("tokens")
    if not isinstance(tokens, dict) or not tokens:
        raise UsageError(f"{path}: has no [tokens.NAME]")
    return tuple(_token(path, name, entry) for name, entry in tokens.items())


class TokenFile(Sequence[Token]):
    """The tokens of a file, which can be read anew while the server runs."""

    def __init__(self, path: Path) -> None:
        """UsageError tells what is wrong with the file."""
        self._path = path
        self._tokens = read_tokens(path)

    def reload(self) -> None:
        """Reads the file again; UsageError where it is no longer in order, and the tokens stay as they were."""
        self._tokens = read_tokens(self._path)

    def __len__(self) -> int:
        return len(self._tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Token]: ...
    def __getitem__(self, place: int | slice) -> Token | Sequence[Token]:
        return self._tokens[place]


def _token(path: Path, name: str, entry: object) -> Token:
    if not isinstance(entry, dict):
        raise UsageError(f"{path}: tokens.{name} is no table")
    rights = frozenset(entry.get("rights", ["write"]))
    if rights - RIGHTS:
        raise UsageError(
            f"{path}: tokens.{name} has unknown rights {sorted(rights - RIGHTS)}; known are {sorted(RIGHTS)}"
        )
    secret, digest = entry.get("token"), entry.get("sha256")
    if isinstance(secret, str) and len(secret) >= _SHORTEST:
        digest = sha256(secret.encode()).hexdigest()
    if not isinstance(digest, str) or len(digest) != 64:
        raise UsageError(f"{path}: tokens.{name} needs a token of at least {_SHORTEST} characters, or its sha256")
    return Token(name, digest.lower(), rights)


def owner(tokens: Sequence[Token], authorization: str | None) -> Token | None:
    """The token that an `Authorization` header carries; all are compared, each in constant time."""
    scheme, _, secret = (authorization or "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    digest = sha256(secret.strip().encode("utf-8", "surrogateescape")).hexdigest()
    found = None
    for token in tokens:
        if hmac.compare_digest(token.digest, digest):
            found = token
    return found
