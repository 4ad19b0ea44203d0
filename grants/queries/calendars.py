"""The calendar of days off as the due-date rules want it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import Calendar
from grants.models.reference import CalendarYear, DayOff

_DAYS = select(
    CalendarYear.year, CalendarYear.confirmed, CalendarYear.version, DayOff.on_date, DayOff.label
).outerjoin(DayOff, DayOff.year == CalendarYear.year)


def calendar(session: Session) -> Calendar:
    """All days off on record; its version is the sum of the years' versions.

    One statement whatever the number of years.
    """
    rows = session.connection().execute(_DAYS).all()
    versions = {row.year: row.version for row in rows}
    return Calendar(
        days_off={row.on_date: row.label for row in rows if row.on_date is not None},
        years={row.year: row.confirmed for row in rows},
        version=sum(versions.values()),
    )
