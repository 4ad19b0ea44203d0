"""Québec City time, fiscal years and the working days of a secretariat.

Instants are aware and kept in UTC; every date is the civil date in Québec City, read in the zone
America/Toronto (rule R1, our decision: one wall clock for the whole of Québec).
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from grants.domain.errors import DomainError

TORONTO = ZoneInfo("America/Toronto")
ONE_DAY = timedelta(days=1)
SATURDAY = 5
APRIL = 4


def local_time(instant: datetime) -> datetime:
    """The instant as a clock in Québec City shows it; an instant without a zone is refused."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its zone")
    return instant.astimezone(TORONTO)


def local_date(instant: datetime) -> date:
    """The civil date in Québec City at this instant."""
    return local_time(instant).date()


def at_local_time(on: date, clock: time) -> datetime:
    """The UTC instant at which a clock in Québec City shows this time on this date."""
    return datetime.combine(on, clock, TORONTO).astimezone(UTC)


def start_of_day(on: date) -> datetime:
    """The UTC instant of midnight, Québec City time, that opens this date."""
    return at_local_time(on, time(0, 0, 0))


def end_of_day(on: date) -> datetime:
    """The UTC instant of 23:59:59, Québec City time: the last second of this date."""
    return at_local_time(on, time(23, 59, 59))


@dataclass(frozen=True)
class DayOff:
    """One paid day off of the public service, with its French name."""

    on: date
    label: str


@dataclass(frozen=True)
class Calendar:
    """The days off a secretariat keeps, year by year.

    `days_off` gives the French name of each day off; `years` says of each year held whether a
    person confirmed it (True) or it is only proposed (False); `version` names this state of the
    calendar. A year that is not held is an error, never a year without days off.
    """

    days_off: Mapping[date, str]
    years: Mapping[int, bool]
    version: int

    def is_business_day(self, on: date) -> bool:
        """Monday to Friday, not a day off (rule R2)."""
        self._require(on.year)
        return on.weekday() < SATURDAY and on not in self.days_off

    def next_business_day(self, on: date) -> date:
        """The first business day strictly after this date."""
        following = on + ONE_DAY
        while not self.is_business_day(following):
            following += ONE_DAY
        return following

    def previous_business_day(self, on: date) -> date:
        """The last business day strictly before this date."""
        preceding = on - ONE_DAY
        while not self.is_business_day(preceding):
            preceding -= ONE_DAY
        return preceding

    def label(self, on: date) -> str | None:
        """The French name of the day off, None when the date is not one."""
        self._require(on.year)
        return self.days_off.get(on)

    def is_provisional(self, first: date, last: date) -> bool:
        """True when the dates from `first` to `last` touch a year nobody confirmed."""
        confirmed = [self._require(year) for year in range(first.year, last.year + 1)]
        return False in confirmed

    def business_days_between(self, after: date, until: date) -> int:
        """How many business days there are after `after`, up to `until` included."""
        for year in range(after.year, until.year + 1):
            self._require(year)
        closed = self._closed_weekdays
        days_off = bisect_right(closed, until) - bisect_right(closed, after)
        return _weekdays_until(until) - _weekdays_until(after) - days_off

    @cached_property
    def _closed_weekdays(self) -> tuple[date, ...]:
        return tuple(sorted(on for on in self.days_off if on.weekday() < SATURDAY))

    def _require(self, year: int) -> bool:
        confirmed = self.years.get(year)
        if confirmed is None:
            raise DomainError("year_without_days_off", year=year)
        return confirmed


def call_closing(on: date, calendar: Calendar) -> date:
    """The last day to apply to a call (rule R6, our decision).

    A call stays open until 23:59:59, Québec City time, on its date, or on the next business day
    when its date is not one.
    """
    return on if calendar.is_business_day(on) else calendar.next_business_day(on)


def _weekdays_until(on: date) -> int:
    """Mondays to Fridays from 1 January of year 1, a Monday, up to this date included."""
    weeks, rest = divmod(on.toordinal(), 7)
    return weeks * SATURDAY + min(rest, SATURDAY)
