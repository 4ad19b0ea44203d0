"""The chain of the journal: what is written, and what its digest covers."""

import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

GENESIS = "0" * 64


@dataclass(frozen=True)
class Line:
    """A line of the chain as stored: its place, its event's columns and its digest."""

    position: int
    event_id: int
    columns: tuple[str, ...]
    digest: str


@dataclass(frozen=True)
class Head:
    """The end of the chain: its last place and the digest up to it."""

    position: int
    digest: str

    def __str__(self) -> str:
        """ "POSITION:DIGEST", as it is exported and given back to be verified."""
        return f"{self.position}:{self.digest}"


def head_line(head: Head, at: datetime) -> str:
    """The one line written outside the database: "POSITION:DIGEST 2026-11-24T15:12:40+00:00"."""
    return f"{head} {at.astimezone(UTC).isoformat(timespec='seconds')}\n"


def exported_head(line: str) -> str:
    """The "POSITION:DIGEST" of a line written outside."""
    return line.partition(" ")[0].strip()


def canonical(facts: Mapping[str, object]) -> str:
    """The one JSON text of these facts, so that the same facts always give the same digest."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(key: bytes, position: int, previous: str, columns: Iterable[str]) -> str:
    """HMAC-SHA-256 of a line: its place, the digest before it and its columns as stored.

    The key stands in the settings, outside the database, so that whoever rewrites the tables
    cannot compute the chain again.
    """
    text = json.dumps([position, previous, *columns], ensure_ascii=False)
    return hmac.new(key, text.encode(), sha256).hexdigest()


def first_bad_line(key: bytes, lines: Iterable[Line]) -> int | None:
    """The position of the first line that was edited, moved or lost; None when all hold."""
    previous, expected = GENESIS, 1
    for line in lines:
        right = digest(key, expected, previous, line.columns)
        if line.position != expected or not hmac.compare_digest(right, line.digest):
            return expected
        previous, expected = line.digest, expected + 1
    return None
