"""Everybody and everything the stories of the demonstration need, and the hours people keep."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from grants.demo.printing import Printer
from grants.domain.access import Actor
from grants.domain.calendar import Calendar, at_local_time, local_date
from grants.storage import LocalFolder

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stage:
    """Who plays, where files go, who prints, and what a file's page is called in a letter."""

    storage: LocalFolder
    now: datetime
    staff: dict[str, Actor]
    members: list[Actor]
    calls: dict[str, int]
    calendar: Calendar
    printer: Printer
    page_of: Callable[[str], str]

    def office_hour(self, days_ago: float, hour: int) -> datetime:
        """That hour of the business day so many days ago, or of the one before it.

        Later days and hours give later instants, so the acts of a file keep their order.
        """
        on = local_date(self.now - days_ago * DAY)
        while not self.calendar.is_business_day(on):
            on -= DAY
        return at_local_time(on, time(hour, 20))

    def evening(self, days_ago: float) -> datetime:
        """That day at an hour at which volunteers see to the papers of their organization."""
        return at_local_time(local_date(self.now - days_ago * DAY), time(19, 40))

    def later(self, since: datetime, days: int, hour: int) -> datetime:
        """That hour, so many business days after, never before that instant nor after now."""
        at = at_local_time(self.business_day(local_date(since), days), time(hour, 20))
        return min(max(at, since), self.now)

    def business_day(self, on: date, days: int) -> date:
        """The day so many business days later."""
        for _ in range(days):
            on = self.calendar.next_business_day(on)
        return on

    def funds_day(self, days_ahead: float) -> date:
        """The first business day from so many days ahead on."""
        on = local_date(self.now + days_ahead * DAY)
        return on if self.calendar.is_business_day(on) else self.calendar.next_business_day(on)
