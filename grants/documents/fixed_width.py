"""Fields of a fixed width, for a file where one shifted column pays somebody else.

A value that does not fit exactly its field is refused, never cut.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from grants.domain import payee_name
from grants.domain.errors import DomainError
from grants.wording.payment_problems import FILE_FIELDS

_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Fields:
    """Writes the fields of one thing; `where` names it in the sentence of a refusal.

    Error of every method: bank_file_field (facts `field`, `words`, `where`).
    """

    where: str

    def number(self, field: str, value: int, width: int) -> str:
        """A whole number, zeros on its left: 12 in 4 gives "0012"."""
        if not 0 <= value < 10**width:
            raise self.refused(field)
        return f"{value:0{width}d}"

    def digits(self, field: str, value: str, width: int) -> str:
        """A code of exactly that many digits."""
        if len(value) != width or not _DIGITS.fullmatch(value):
            raise self.refused(field)
        return value

    def text(self, field: str, value: str, width: int, *, required: bool = True) -> str:
        """Characters of the bank file's set, spaces on their right."""
        too_long = len(value) > width
        if too_long or (required and not value) or not payee_name.is_writable(value):
            raise self.refused(field)
        return value.ljust(width)

    def account(self, field: str, value: str, width: int) -> str:
        """Digits of an account, spaces on their right."""
        if not _DIGITS.fullmatch(value):
            raise self.refused(field)
        return self.text(field, value, width)

    def choice(self, field: str, value: str, choices: Sequence[str], width: int) -> str:
        """One of the values known, spaces on its right."""
        if value not in choices:
            raise self.refused(field)
        return value.ljust(width)

    def refused(self, field: str) -> DomainError:
        """The refusal to raise for a field."""
        words = FILE_FIELDS[field]
        return DomainError("bank_file_field", field=field, words=words, where=self.where)


def day(value: date) -> str:
    """A date as the file writes it, year and day of the year: "0YYDDD"."""
    return f"0{value:%y%j}"
