"""What a file of payments may hold, and what it adds up to once read back.

Units: integer cents. Source: Payments Canada's Standard 005 and the limits banks publish.
"""

from dataclasses import dataclass

from grants.domain.errors import DomainError

MOST_CENTS = 9_999_999_999
LAST_FILE_NUMBER = 9999
FUNDS_DAYS_PAST = 30
FUNDS_DAYS_AHEAD = 173


@dataclass(frozen=True)
class FileTotals:
    """Number of payments, their sum in cents, number of the file, SHA-256 of its bytes."""

    count: int
    total_cents: int
    file_creation_number: int
    sha256: str


def demand_same(
    read: FileTotals, *, count: int, total_cents: int, file_creation_number: int
) -> None:
    """Refuse a file that does not hold exactly its batch. Error: bank_file_differs."""
    expected = (count, total_cents, file_creation_number)
    if (read.count, read.total_cents, read.file_creation_number) != expected:
        raise DomainError("bank_file_differs")
