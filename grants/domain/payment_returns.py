"""When a payment sent back by a bank may be recorded. Source: Standard 005; our decision."""

from datetime import date

from grants.domain.bank_returns import needs_new_details
from grants.domain.errors import DomainError


def check_return(code: str, returned_on: date, released_on: date, today: date) -> None:
    """Refuse a code that is none, and a day before the file left or after today.

    Errors: return_code_unknown (fact `given`), returned_before_release (fact `released_on`),
    date_in_future.
    """
    needs_new_details(code)
    if returned_on < released_on:
        raise DomainError("returned_before_release", released_on=released_on)
    if returned_on > today:
        raise DomainError("date_in_future")
