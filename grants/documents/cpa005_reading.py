"""Reads a file of direct deposits back before it leaves, knowing only its bytes.

The payments are counted and added up one by one; the trailer is believed in nothing.
"""

import hashlib
from collections.abc import Iterator

from grants.domain.bank_file import FileTotals
from grants.domain.errors import DomainError

RECORD_LENGTH = 1464
FIRST_SEGMENT = 24
SEGMENT_LENGTH = 240
LINE_END = "\r\n"

_AMOUNT = slice(3, 13)
_NUMBER = slice(1, 10)
_KEY = slice(10, 24)  # originator and file creation number, the same on all records
_FILE_NUMBER = slice(20, 24)
_SUMS = slice(24, 112)


def read_totals(content: bytes) -> FileTotals:
    """What a file adds up to: payments counted, cents summed, its number and its SHA-256.

    Error: bank_file_broken (fact `line`, from 1), when a line is not a record of 1,464 ASCII
    characters, is out of its place, belongs to another file, has no amount or a gap between
    two payments, or when the trailer says anything else than what was counted.
    """
    count = total = 0
    records = _records(content)
    for line, record in records[1:-1]:
        amounts = list(_amounts(record, line))
        count += len(amounts)
        total += sum(amounts)
    line, trailer = records[-1]
    if trailer[_SUMS] != f"{0:022d}{total:014d}{count:08d}{0:044d}":
        raise _broken(line)
    digest = hashlib.sha256(content).hexdigest()
    return FileTotals(count, total, _whole(trailer[_FILE_NUMBER], line), digest)


def _records(content: bytes) -> list[tuple[int, str]]:
    """The records with the number of their line, once each stands in its place."""
    lines = list(enumerate(content.decode("latin-1").split(LINE_END), start=1))
    last, rest = lines.pop()
    if rest or not lines:
        raise _broken(last)
    if not lines[0][1].startswith("A"):
        lines.pop(0)  # the line a bank wants before the file
    if len(lines) < 3:
        raise _broken(last)
    key = lines[0][1][_KEY]
    kinds = ["A", *"C" * (len(lines) - 2), "Z"]
    for number, ((line, record), kind) in enumerate(zip(lines, kinds, strict=True), start=1):
        placed = record.startswith(f"{kind}{number:09d}{key}")
        if not placed or len(record) != RECORD_LENGTH or not record.isascii():
            raise _broken(line)
    return lines


def _amounts(record: str, line: int) -> Iterator[int]:
    """The cents of each payment of a record; blank segments stand after them all."""
    payments = record[FIRST_SEGMENT:].rstrip(" ")
    if not payments:
        raise _broken(line)
    for start in range(0, len(payments), SEGMENT_LENGTH):
        cents = _whole(payments[start : start + SEGMENT_LENGTH][_AMOUNT], line)
        if not cents:
            raise _broken(line)
        yield cents


def _whole(text: str, line: int) -> int:
    """A number in plain digits."""
    if not (text.isascii() and text.isdigit()):
        raise _broken(line)
    return int(text)


def _broken(line: int) -> DomainError:
    return DomainError("bank_file_broken", line=line)
