"""Due dates of the public promises and of the delays set by law.

Rules R1 to R5 and R7 of the product (our decisions where the declarations are silent). A delay
starts on the day of receipt, which is not counted; its last day is. Business days follow the
calendar of the secretariat; calendar days follow the Interpretation Act; twenty-four hours are
one business day, at the same hour on the clock in Québec City.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from grants.domain.calendar import (
    ONE_DAY,
    SATURDAY,
    Calendar,
    at_local_time,
    end_of_day,
    local_date,
    local_time,
)
from grants.domain.errors import DomainError
from grants.domain.legal_holidays import first_day_not_legal_holiday, legal_holiday

HOURS_IN_A_DAY = 24

OpeningSpan = tuple[time, time]
"""When the day opens and closes, both included, lunch counted as open."""


class Unit(StrEnum):
    """What a delay counts."""

    BUSINESS = "business"
    CALENDAR = "calendar"
    HOURS = "hours"
    ANNOUNCED = "announced"  # until a date told to the person, not a length


class ReceiptPolicy(StrEnum):
    """On which day something is received (rule R3)."""

    ARRIVAL = "arrival"
    NEXT_BUSINESS_DAY = "next-business-day"


class State(StrEnum):
    """What a day is in the count of a delay."""

    START = "start"
    COUNTED = "counted"
    SKIPPED = "skipped"
    LAST = "last"


class Reason(StrEnum):
    """Why a day is not counted."""

    RECEIPT_DAY = "receipt_day"
    AFTER_HOURS = "after_hours"
    WEEKEND = "weekend"
    DAY_OFF = "day_off"
    LEGAL_HOLIDAY = "legal_holiday"


@dataclass(frozen=True)
class Delay:
    """A length of time: so many business days, calendar days or hours.

    Raises `delay_not_positive`, and `hours_not_whole_days` for hours that are not a multiple of
    24: rule R7 gives a meaning to whole days only.
    """

    quantity: int
    unit: Unit
    receipt_policy: ReceiptPolicy = ReceiptPolicy.ARRIVAL

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise DomainError("delay_not_positive", quantity=self.quantity)
        if self.unit is Unit.HOURS and self.quantity % HOURS_IN_A_DAY:
            raise DomainError("hours_not_whole_days", quantity=self.quantity)

    @property
    def days(self) -> int:
        """How many days are counted."""
        return self.quantity // HOURS_IN_A_DAY if self.unit is Unit.HOURS else self.quantity


@dataclass(frozen=True)
class Day:
    """One day between receipt and due date: its rank when counted, the reason when not."""

    on: date
    state: State
    counted: int | None
    reason: Reason | None
    label: str | None


@dataclass(frozen=True)
class Due:
    """A due date and everything it rests on.

    `start_on` is the day of receipt, not counted. `due_at` is the last second of `due_on`, or the
    exact instant for hours. For calendar days `due_on` is `legal_due_on`, and
    `operational_due_on` is the day by which staff must have acted. `provisional` says that a year
    of the calendar is not confirmed.
    """

    received_at: datetime
    start_on: date
    due_on: date
    due_at: datetime
    legal_due_on: date | None
    operational_due_on: date | None
    provisional: bool
    counted: tuple[date, ...]
    skipped: tuple[tuple[date, str], ...]
    days: tuple[Day, ...]
    calendar_version: int


def compute(
    received_at: datetime, delay: Delay, calendar: Calendar, opening_span: OpeningSpan
) -> Due:
    """The due date of something received at this instant.

    Raises `year_without_days_off` when the count touches a year the calendar does not hold.
    """
    received = local_time(received_at)
    start_on = _start_on(received, delay, calendar, opening_span)
    counted = tuple(_counted(start_on, delay, calendar))
    due_on = counted[-1]
    days = tuple(_days(received.date(), start_on, counted, delay.unit, calendar))
    by_law = delay.unit is Unit.CALENDAR
    return Due(
        received_at=received_at,
        start_on=start_on,
        due_on=due_on,
        due_at=_due_at(received, start_on, due_on, delay, opening_span),
        legal_due_on=due_on if by_law else None,
        operational_due_on=_operational(start_on, due_on, calendar) if by_law else None,
        provisional=calendar.is_provisional(received.date(), due_on),
        counted=counted,
        skipped=tuple((day.on, str(day.reason)) for day in days if day.state is State.SKIPPED),
        days=days,
        calendar_version=calendar.version,
    )


def explain(due: Due) -> list[Day]:
    """Every day from receipt to due date, in order: the page "Comment cette date est calculée"."""
    return list(due.days)


def taken(
    unit: Unit, received_at: datetime, start_on: date, stopped_at: datetime, calendar: Calendar
) -> int:
    """How long a promise took, in what its delay counts: the figure behind medians.

    Business days after the day of receipt, or calendar days; for hours, the minutes really
    elapsed, nights and weekends included: the strict reading, reported beside rule R7.
    """
    if unit is Unit.HOURS:
        return int((stopped_at - received_at).total_seconds() // 60)
    stopped_on = local_date(stopped_at)
    if stopped_on <= start_on:
        return 0
    if unit is Unit.CALENDAR:
        return (stopped_on - start_on).days
    return calendar.business_days_between(start_on, stopped_on)


def business_days_left(today: date, due_on: date, calendar: Calendar) -> int:
    """Business days after today up to the due date; 0 on the last one, negative when late.

    The weekend after a missed Friday is already one day late.
    """
    if today <= due_on:
        return calendar.business_days_between(today, due_on)
    return -max(1, calendar.business_days_between(due_on, today))


def _start_on(
    received: datetime, delay: Delay, calendar: Calendar, opening_span: OpeningSpan
) -> date:
    """The day of receipt (rules R3 and R7).

    At arrival it is the local date, whatever the hour. Hours, and the other policy, leave to the
    next business day what comes strictly after closing time or on a closed day.
    """
    on = received.date()
    if delay.unit is not Unit.HOURS and delay.receipt_policy is ReceiptPolicy.ARRIVAL:
        return on
    closes = opening_span[1]
    if received.time() <= closes and calendar.is_business_day(on):
        return on
    return calendar.next_business_day(on)


def _counted(start_on: date, delay: Delay, calendar: Calendar) -> Iterator[date]:
    """The days counted, the start excluded and the last included (rule R4).

    Of calendar days, all count, except that the last one moves past legal holidays (rule R5).
    """
    on = start_on
    for rank in range(1, delay.days + 1):
        if delay.unit is not Unit.CALENDAR:
            on = calendar.next_business_day(on)
        elif rank < delay.days:
            on += ONE_DAY
        else:
            on = first_day_not_legal_holiday(on + ONE_DAY)
        yield on


def _due_at(
    received: datetime, start_on: date, due_on: date, delay: Delay, opening_span: OpeningSpan
) -> datetime:
    """The end of the last day; for hours, the hour at which the clock started (rule R7)."""
    if delay.unit is not Unit.HOURS:
        return end_of_day(due_on)
    opens = opening_span[0]
    on_time = start_on == received.date() and received.time() >= opens
    return at_local_time(due_on, received.time() if on_time else opens)


def _operational(start_on: date, legal_due_on: date, calendar: Calendar) -> date:
    """The last business day up to the legal due date (rule R5), the date staff work to.

    When no business day lies between receipt and the legal date, the legal date stands.
    """
    on = legal_due_on
    while on >= start_on:
        if calendar.is_business_day(on):
            return on
        on -= ONE_DAY
    return legal_due_on


def _days(
    received_on: date, start_on: date, counted: tuple[date, ...], unit: Unit, calendar: Calendar
) -> Iterator[Day]:
    ranks = {on: rank for rank, on in enumerate(counted, start=1)}
    on = received_on
    while on <= counted[-1]:
        if on in ranks:
            state = State.LAST if on == counted[-1] else State.COUNTED
            yield Day(on, state, ranks[on], None, calendar.label(on))
        elif on == start_on:
            yield Day(on, State.START, None, Reason.RECEIPT_DAY, calendar.label(on))
        elif unit is Unit.CALENDAR and on > start_on:
            yield Day(on, State.SKIPPED, None, Reason.LEGAL_HOLIDAY, legal_holiday(on))
        else:
            yield Day(on, State.SKIPPED, None, _why_closed(on, calendar), calendar.label(on))
        on += ONE_DAY


def _why_closed(on: date, calendar: Calendar) -> Reason:
    """Why this day is neither the start nor counted; an open one was reached after closing."""
    if calendar.is_business_day(on):
        return Reason.AFTER_HOURS
    return Reason.WEEKEND if on.weekday() >= SATURDAY else Reason.DAY_OFF
