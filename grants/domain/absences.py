"""Absences of the staff: somebody is away some days, somebody else takes their place.

Source: our decision, so that a promised date does not wait for a person who is away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from grants.domain.errors import DomainError

LONGEST = timedelta(days=731)  # two years: beyond, the person left


@dataclass(frozen=True)
class Period:
    """The days of an absence, both included."""

    from_on: date
    until_on: date

    def meets(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return self.from_on <= other.until_on and other.from_on <= self.until_on

    def holds(self, day: date) -> bool:
        """Whether the person is away on this day."""
        return self.from_on <= day <= self.until_on


@dataclass(frozen=True)
class Neighbours:
    """The absences that stand, around a new one: the person's own, the substitute's, and those
    in which the person takes somebody's place."""

    own: Iterable[Period] = ()
    of_substitute: Iterable[Period] = ()
    replaced: Iterable[Period] = ()


def check_period(period: Period, *, today: date) -> None:
    """Refuse a period that ends before it begins or before today, or that lasts over two years.

    Errors: absence_order, absence_over, absence_long.
    """
    if period.until_on < period.from_on:
        raise DomainError("absence_order")
    if period.until_on < today:
        raise DomainError("absence_over")
    if period.until_on - period.from_on > LONGEST:
        raise DomainError("absence_long")


def check_neighbours(period: Period, around: Neighbours) -> None:
    """Refuse what would leave files with nobody: the substitute must be there on every day.

    Nobody is away twice, and nobody replaces while away (chains are refused, not followed).
    Errors: absence_overlaps, substitute_away, absence_replaces, each with `from_on`, `until_on`.
    """
    rules = (
        ("absence_overlaps", around.own),
        ("substitute_away", around.of_substitute),
        ("absence_replaces", around.replaced),
    )
    for code, periods in rules:
        for other in periods:
            if period.meets(other):
                raise DomainError(code, from_on=other.from_on, until_on=other.until_on)
