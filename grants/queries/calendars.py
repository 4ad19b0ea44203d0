"""The calendar of days off as the due-date rules want it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import Calendar
from grants.models.reference import CalendarYear, DayOff


def calendar(session: Session) -> Calendar:
    """All days off on record; its version is the sum of the years' versions.

    Two statements whatever the number of years.
    """
    years = session.execute(
        select(CalendarYear.year, CalendarYear.confirmed, CalendarYear.version)
    ).all()
    days = session.execute(select(DayOff.on_date, DayOff.label)).all()
    return Calendar(
        days_off={day.on_date: day.label for day in days},
        years={year.year: year.confirmed for year in years},
        version=sum(year.version for year in years),
    )
