"""What a change of the days off does to the promises that still run.

Source of the rules: our decision 11. A due date is computed anew from its receipt, with the delay
of its own commitment; one that is past does not move, and none falls before the day of the change,
so that nobody is made late by it and figures already published never change.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from grants.domain.calendar import SATURDAY, Calendar, DayOff, end_of_day, local_date
from grants.domain.deadlines import Delay, OpeningSpan, compute
from grants.domain.errors import DomainError

LONGEST_LABEL = 80


@dataclass(frozen=True)
class Running:
    """A promise that runs: its receipt, its delay, and when it is due for now."""

    clock_id: int
    case_file_id: int
    received_at: datetime
    due_on: date
    due_at: datetime
    delay: Delay
    span: OpeningSpan


@dataclass(frozen=True)
class Computed:
    """The same promise under the changed calendar: its due date, moved or not."""

    running: Running
    due_on: date
    due_at: datetime
    provisional: bool

    @property
    def moved(self) -> bool:
        """Whether its due date is another one than before."""
        return self.due_at != self.running.due_at


def check(year: int, days: Iterable[DayOff]) -> None:
    """Refuse a list that is not the days off of a year.

    Raises `days_off_required` for none, `day_off_other_year`, `day_off_weekend` (the public
    service takes on a weekday what falls on a weekend: section 3 of chapter J-3, r. 3),
    `day_off_twice` and `day_off_name` (1 to 80 characters), each with its `day`.
    """
    seen: set[date] = set()
    for day in days:
        if day.on.year != year:
            raise DomainError("day_off_other_year", day=day.on, year=year)
        if day.on.weekday() >= SATURDAY:
            raise DomainError("day_off_weekend", day=day.on)
        if day.on in seen:
            raise DomainError("day_off_twice", day=day.on)
        if not 0 < len(day.label.strip()) <= LONGEST_LABEL:
            raise DomainError("day_off_name", day=day.on, limit=LONGEST_LABEL)
        seen.add(day.on)
    if not seen:
        raise DomainError("days_off_required")


def with_year(calendar: Calendar, year: int, days: Collection[DayOff]) -> Calendar:
    """The calendar once this year is confirmed with these days, one version further."""
    others = {on: label for on, label in calendar.days_off.items() if on.year != year}
    return replace(
        calendar,
        days_off={**others, **{day.on: day.label.strip() for day in days}},
        years={**calendar.years, year: True},
        version=calendar.version + 1,
    )


def computed_anew(
    promises: Iterable[Running], calendar: Calendar, now: datetime
) -> Iterator[Computed]:
    """Each promise not yet due at `now`, computed again from its receipt.

    A date that would already be past lands on the end of the first business day from today, but
    never later than where it was. Raises `year_without_days_off`.
    """
    for one in promises:
        if one.due_at <= now:
            continue
        due = compute(one.received_at, one.delay, calendar, one.span)
        due_at = due.due_at if due.due_at > now else min(one.due_at, _soonest(calendar, now))
        yield Computed(one, local_date(due_at), due_at, due.provisional)


def _soonest(calendar: Calendar, now: datetime) -> datetime:
    """The end of the first business day from today, today included."""
    yesterday = local_date(now) - timedelta(days=1)
    return end_of_day(calendar.next_business_day(yesterday))
