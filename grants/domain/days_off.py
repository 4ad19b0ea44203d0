"""The 13 days off of the Québec public service, proposed by rule for one year.

The number and the list come from the public service's conditions of work (clause 8-35.01) and
stand alike in section 3 of chapter J-3, r. 3. The official dates are published each year: what is
proposed here is kept as data once a person has confirmed it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from grants.domain.calendar import SATURDAY, DayOff
from grants.domain.movable_days import (
    easter_monday,
    good_friday,
    labour_day,
    patriots_day,
    thanksgiving,
)

SUNDAY = 6


def proposed_days_off(year: int) -> tuple[DayOff, ...]:
    """The 13 days off of this year, on the dates they are taken, in order."""
    days = (*_new_year(year), *_spring_to_autumn(year), *_end_of_year(year))
    return tuple(sorted(days, key=lambda day: day.on))


def _new_year(year: int) -> Iterator[DayOff]:
    labels = ("Jour de l’An", "Lendemain du jour de l’An")
    return map(DayOff, _next_two_weekdays(date(year, 1, 1)), labels)


def _spring_to_autumn(year: int) -> Iterator[DayOff]:
    yield DayOff(good_friday(year), "Vendredi saint")
    yield DayOff(easter_monday(year), "Lundi de Pâques")
    yield DayOff(patriots_day(year), "Journée nationale des patriotes")
    yield DayOff(_nearest_weekday(date(year, 6, 24)), "Fête nationale du Québec")
    yield DayOff(_nearest_weekday(date(year, 7, 1)), "Fête du Canada")
    yield DayOff(labour_day(year), "Fête du Travail")
    yield DayOff(thanksgiving(year), "Action de grâces")


def _end_of_year(year: int) -> Iterator[DayOff]:
    yield DayOff(_weekday_or_friday_before(date(year, 12, 24)), "Veille de Noël")
    yield from map(DayOff, _next_two_weekdays(date(year, 12, 25)), ("Noël", "Lendemain de Noël"))
    yield DayOff(_weekday_or_friday_before(date(year, 12, 31)), "Veille du jour de l’An")


def _weekday_or_friday_before(on: date) -> date:
    """An eve that falls on a weekend is taken on the Friday before (checked on 2011 and 2023)."""
    return on - timedelta(days=max(0, on.weekday() - SATURDAY + 1))


def _next_two_weekdays(first: date) -> tuple[date, date]:
    """A pair of days off takes the first two weekdays from its date (checked on 2011-2012)."""
    weekdays = [day for day in (first + timedelta(days=n) for n in range(4)) if _is_weekday(day)]
    return weekdays[0], weekdays[1]


def _nearest_weekday(on: date) -> date:
    """Saturday goes to Friday and Sunday to Monday (not confirmed; first needed in 2028)."""
    shift = {SATURDAY: -1, SUNDAY: 1}.get(on.weekday(), 0)
    return on + timedelta(days=shift)


def _is_weekday(on: date) -> bool:
    return on.weekday() < SATURDAY
