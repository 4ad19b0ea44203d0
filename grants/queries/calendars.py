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
    years = {year: (confirmed, version) for year, confirmed, version, _, _ in rows}
    return Calendar(
        days_off={day: label for _, _, _, day, label in rows if day is not None},
        years={year: confirmed for year, (confirmed, _) in years.items()},
        version=sum(version for _, version in years.values()),
    )
