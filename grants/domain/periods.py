"""Periods of figures: the fiscal year, its quarters and months, any two days.

The fiscal year runs from 1 April to 31 March and is named by both its years (source: the public
service's fiscal year).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from grants.domain.errors import DomainError

APRIL, MARCH, LAST_OF_MARCH = 4, 3, 31
FEBRUARY, LAST_OF_FEBRUARY = 2, 28
QUARTER, YEAR = 3, 12
LONGEST_DAYS = 366


@dataclass(frozen=True)
class Period:
    """Days, both included. Raises `period_order`, `period_too_long` (more than a year)."""

    from_on: date
    until_on: date

    def __post_init__(self) -> None:
        if self.until_on < self.from_on:
            raise DomainError("period_order")
        if (self.until_on - self.from_on).days >= LONGEST_DAYS:
            raise DomainError("period_too_long")

    @property
    def fiscal_year(self) -> int | None:
        """The year of its 1 April when the period is a whole fiscal year."""
        same = self == fiscal_year(self.from_on.year)
        return self.from_on.year if same else None

    @property
    def label(self) -> str:
        """ "2026-2027" for a fiscal year, else its two days: "2026-04-01 2026-06-30"."""
        if self.fiscal_year is not None:
            return f"{self.from_on.year}-{self.until_on.year}"
        return f"{self.from_on.isoformat()} {self.until_on.isoformat()}"

    @property
    def previous(self) -> "Period":
        """The same days one year earlier."""
        if self.fiscal_year is not None:
            return fiscal_year(self.fiscal_year - 1)
        return Period(_year_before(self.from_on), _year_before(self.until_on))

    def is_over(self, today: date) -> bool:
        """Whether its last day is past."""
        return today > self.until_on

    def months(self) -> Iterator["Period"]:
        """Its calendar months, the first and the last cut to its days."""
        start = self.from_on
        while start <= self.until_on:
            following = _months_later(start.replace(day=1), 1)
            yield Period(start, min(following - timedelta(days=1), self.until_on))
            start = following


def fiscal_year(year: int) -> Period:
    """The fiscal year that opens on 1 April of this year and ends on 31 March."""
    return Period(date(year, APRIL, 1), date(year + 1, MARCH, LAST_OF_MARCH))


def fiscal_year_of(on: date) -> Period:
    """The fiscal year of a day."""
    return fiscal_year(on.year if on.month >= APRIL else on.year - 1)


def quarters(year: Period) -> list[Period]:
    """The four quarters of a fiscal year."""
    starts = [_months_later(year.from_on, months) for months in range(0, YEAR, QUARTER)]
    return [Period(start, _months_later(start, QUARTER) - timedelta(days=1)) for start in starts]


def _months_later(first: date, months: int) -> date:
    """The first of a month, so many months later."""
    years, month = divmod(first.month - 1 + months, YEAR)
    return date(first.year + years, month + 1, 1)


def _year_before(on: date) -> date:
    """The same day a year earlier; 29 February becomes the 28th."""
    day = min(on.day, LAST_OF_FEBRUARY) if on.month == FEBRUARY else on.day
    return on.replace(year=on.year - 1, day=day)
