"""The number of a case file, made to be read over the telephone: DCD-2027-0211-M.

Prefix of three letters, year, sequence of at least four digits, check letter. All letters come
from a set of 23 (I, O and Q are left out: they are taken for 1 and 0). The weighted sum modulo
23, a prime, reveals any one wrong character and any swap of two neighbours.
Source of the rule: our decision.
"""

import re
from itertools import count

from grants.domain.errors import DomainError

LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"

_FIRST_WEIGHT = 6
_VALUES = {character: value for value, character in enumerate("0123456789" + LETTERS)}
_BODY = re.compile(rf"([{LETTERS}]{{3}})-([0-9]{{4}})-([0-9]{{4,6}})-")
_CANONICAL = re.compile(rf"{_BODY.pattern}([{LETTERS}])")
_TYPED = re.compile(r"([A-Z]{3})([0-9OIL]{4})([0-9OIL]{4,6})([A-Z])")
_DIGITS = str.maketrans("OIL", "011")


def make(prefix: str, year: int, sequence: int) -> str:
    """The number of the `sequence`-th file of that prefix and year, with its check letter.

    Error: case_number_range, when the prefix, the year or the sequence cannot be written.
    """
    body = f"{prefix}{year:04d}{sequence:04d}"
    number = f"{prefix}-{year:04d}-{sequence:04d}-"
    if sequence < 1 or not _BODY.fullmatch(number):
        raise DomainError("case_number_range", prefix=prefix, year=year, sequence=sequence)
    return number + _check_letter(body)


def is_valid(text: str) -> bool:
    """Whether `text` is a number written exactly as `make` writes it."""
    parts = _CANONICAL.fullmatch(text)
    return parts is not None and _check_letter(parts[1] + parts[2] + parts[3]) == parts[4]


def normalize(text: str) -> str:
    """What a person typed, in the written form: any case, any or no separators, O for 0.

    A text that cannot be a number comes back trimmed, in capitals; `is_valid` then says no.
    """
    compact = re.sub(r"[^A-Z0-9]", "", text.upper())
    parts = _TYPED.fullmatch(compact)
    if parts is None:
        return text.strip().upper()
    year, sequence = parts[2].translate(_DIGITS), parts[3].translate(_DIGITS)
    return f"{parts[1]}-{year}-{sequence}-{parts[4]}"


def _check_letter(body: str) -> str:
    """The letter that brings the weighted sum to a multiple of 23.

    Weights are 6, 7, 8… from the left: none is a multiple of 23, and neighbours differ by one.
    """
    weighted = (
        weight * _VALUES[character]
        for weight, character in zip(count(_FIRST_WEIGHT), body, strict=False)
    )
    return LETTERS[-sum(weighted) % len(LETTERS)]
