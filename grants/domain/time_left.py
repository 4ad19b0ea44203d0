"""How much of a promise is left today, in business days: the chip beside each file.

Source of the thresholds: our decision ("soon" is two business days, as the desk groups them).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from grants.domain.calendar import Calendar, end_of_day, local_date
from grants.domain.deadlines import business_days_left

SOON_DAYS = 2


class Urgency(StrEnum):
    """How near the promised date is."""

    LATE = "late"
    SOON = "soon"
    RUNNING = "running"


@dataclass(frozen=True)
class TimeLeft:
    """Business days of a promise: `total`, `past` up to today, `left` (negative when late)."""

    urgency: Urgency
    total: int
    past: int
    left: int


def time_left(
    now: datetime, start_on: date, due_on: date, due_at: datetime, calendar: Calendar
) -> TimeLeft:
    """What is left at this instant of a promise that started and is due on these days."""
    today = local_date(now)
    total = calendar.business_days_between(start_on, due_on)
    reached = min(max(today, start_on), due_on)
    past = calendar.business_days_between(start_on, reached)
    left = business_days_left(today, due_on, calendar)
    if now > due_at:
        return TimeLeft(Urgency.LATE, total, total, min(left, 0))
    return TimeLeft(Urgency.SOON if left < SOON_DAYS else Urgency.RUNNING, total, past, left)


def next_business_days(today: date, calendar: Calendar, count: int) -> list[date]:
    """Today, and the business days that follow it: `count` dates in all."""
    days = [today]
    while len(days) < count:
        days.append(calendar.next_business_day(days[-1]))
    return days


def soon_until(today: date, calendar: Calendar) -> datetime:
    """The last instant of the second business day after today: the desk's second group."""
    return end_of_day(next_business_days(today, calendar, SOON_DAYS + 1)[-1])
