"""Yearly counts of complaints, for whoever handles them: received, on time, founded.

A delay is over once it was kept or its last day is past; what still runs is neither kept nor
missed (our decision, after the formula of the published figures).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from grants.domain.calendar import local_date
from grants.domain.complaints import Finding

APRIL = 4


@dataclass(frozen=True)
class Counted:
    """What one complaint brings to the counts: `finding` is empty until the conclusion, `anonymous`
    when there is nobody to acknowledge it to."""

    acknowledge_due_on: date
    acknowledged_at: datetime | None
    answer_due_on: date
    concluded_at: datetime | None
    finding: str
    anonymous: bool


@dataclass(frozen=True)
class Share:
    """How many were on time, of how many whose delay is over."""

    on_time: int
    over: int


@dataclass(frozen=True)
class YearCounts:
    """The counts of the complaints received in one fiscal year."""

    received: int
    acknowledged: Share
    concluded: Share
    ended: int
    founded: int


def fiscal_year(day: date) -> int:
    """The year in which the fiscal year of this day began, on the first of April."""
    return day.year if day.month >= APRIL else day.year - 1


def count(complaints: Iterable[Counted], today: date) -> YearCounts:
    """Count the complaints received in a year, as they stand today. Partly founded is founded."""
    every = list(complaints)
    to_acknowledge = [(c.acknowledge_due_on, c.acknowledged_at) for c in every if not c.anonymous]
    to_answer = [(c.answer_due_on, c.concluded_at) for c in every]
    ended = [one for one in every if one.concluded_at is not None]
    founded = [one for one in ended if one.finding in (Finding.FOUNDED, Finding.PARTLY)]
    return YearCounts(
        received=len(every),
        acknowledged=_share(to_acknowledge, today),
        concluded=_share(to_answer, today),
        ended=len(ended),
        founded=len(founded),
    )


def _share(kept: Iterable[tuple[date, datetime | None]], today: date) -> Share:
    over = [(due, at) for due, at in kept if at is not None or due < today]
    on_time = sum(1 for due, at in over if at is not None and local_date(at) <= due)
    return Share(on_time, len(over))
