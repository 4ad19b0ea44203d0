"""Whether somebody answers the telephone of a secretariat at an instant, or from when on.

Source: the opening hours each secretariat publishes, lunch included, and the days off of the
public service (rule R2). Hours are those of a clock in Québec City; an hour of closing is already
closed (our decision).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from grants.domain.calendar import Calendar, at_local_time, local_time

Span = tuple[time, time]


@dataclass(frozen=True)
class Opening:
    """Open at the instant asked about until `at`, or closed until it. `at` is in UTC."""

    is_open: bool
    at: datetime


def opening(instant: datetime, spans: Sequence[Span], calendar: Calendar) -> Opening:
    """Whether the office is open at this instant, and when that changes.

    `spans` are the hours of a day in their order, as pairs: opens, closes. Raises
    `year_without_days_off` when the answer lies in a year that the calendar does not hold.
    """
    local = local_time(instant)
    if calendar.is_business_day(local.date()):
        today = _today(local.date(), local.time(), spans)
        if today is not None:
            return today
    next_day = calendar.next_business_day(local.date())
    return Opening(is_open=False, at=at_local_time(next_day, spans[0][0]))


def _today(day: date, clock: time, spans: Sequence[Span]) -> Opening | None:
    """The first change still to come today; None when the last hour is past."""
    for opens, closes in spans:
        if clock < opens:
            return Opening(is_open=False, at=at_local_time(day, opens))
        if clock < closes:
            return Opening(is_open=True, at=at_local_time(day, closes))
    return None
