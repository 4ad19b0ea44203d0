"""Dates as people type them: three parts, the ISO form, or French words.

Source of the rule: our decision. Two-digit years are refused, never guessed.
"""

import re
from collections.abc import Sequence
from datetime import date

from grants.domain.errors import DomainError

MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
FIRST_YEAR = 1800
LAST_YEAR = 2200

_PARTS = ("day", "month", "year")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_WORDS = re.compile(r"(\S+)\s+(\S+)\s+(\S+)")
_UNACCENTED = str.maketrans("éèû", "eeu")


def parse_date(typed: str | Sequence[str]) -> date:
    """The date typed as [day, month, year], as "2026-11-09" or as "9 novembre 2026".

    Errors: date_incomplete (fact `missing`: "day", "month" or "year"), date_format,
    date_year (not four digits, or out of the range kept), date_impossible (31 février).
    """
    day, month, year = _three_parts(typed)
    number = _year(year)
    try:
        return date(number, _month(month), _day(day))
    except ValueError:
        raise DomainError("date_impossible") from None


def write_parts(day: date) -> list[str]:
    """The three parts a form shows: 9 November 2026 gives ["9", "11", "2026"]."""
    return [str(day.day), str(day.month), str(day.year)]


def _three_parts(typed: str | Sequence[str]) -> tuple[str, str, str]:
    """Day, month and year, each filled in and still text."""
    if isinstance(typed, str):
        return _split(typed.strip())
    parts = [*(part.strip() for part in typed), "", "", ""][:3]
    for name, part in zip(_PARTS, parts, strict=True):
        if not part:
            raise DomainError("date_incomplete", missing=name)
    return parts[0], parts[1], parts[2]


def _split(text: str) -> tuple[str, str, str]:
    if iso := _ISO.fullmatch(text):
        return iso[3], iso[2], iso[1]
    if words := _WORDS.fullmatch(text):
        return words[1], words[2], words[3]
    raise DomainError("date_format")


def _day(text: str) -> int:
    return _number(text.lower().removesuffix("er"))


def _month(text: str) -> int:
    """A month number, or its French name with or without accents."""
    name = text.lower().translate(_UNACCENTED)
    for number, month in enumerate(MONTHS, start=1):
        if name == month.translate(_UNACCENTED):
            return number
    return _number(text)


def _year(text: str) -> int:
    year = _number(text)
    if len(text) != 4 or not FIRST_YEAR <= year <= LAST_YEAR:
        raise DomainError("date_year")
    return year


def _number(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text):
        raise DomainError("date_format")
    return int(text)
