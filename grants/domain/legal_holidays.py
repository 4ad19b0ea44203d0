"""The holidays of the Interpretation Act, which extend a delay counted in calendar days.

Chapter I-16, section 52 and section 61, paragraph 23. It is not the list of the public service's
days off: Saturdays, 2 January and 24, 26 and 31 December are not in it, Sundays are.
"""

from datetime import date, timedelta
from functools import lru_cache

from grants.domain.movable_days import (
    easter_monday,
    good_friday,
    labour_day,
    patriots_day,
    thanksgiving,
)

SUNDAY = 6


def legal_holiday(on: date) -> str | None:
    """The French name of the legal holiday, None when this date is not one."""
    label = _named_holidays(on.year).get(on)
    if label is None and on.weekday() == SUNDAY:
        return "Dimanche"
    return label


def first_day_not_legal_holiday(on: date) -> date:
    """This date, or the first one after it that is not a legal holiday (section 52)."""
    while legal_holiday(on) is not None:
        on += timedelta(days=1)
    return on


@lru_cache(maxsize=64)
def _named_holidays(year: int) -> dict[date, str]:
    return {
        date(year, 1, 1): "Jour de l’An",
        good_friday(year): "Vendredi saint",
        easter_monday(year): "Lundi de Pâques",
        patriots_day(year): "Journée nationale des patriotes",
        date(year, 6, 24): "Fête nationale du Québec",
        _canada_day(year): "Fête du Canada",
        labour_day(year): "Fête du Travail",
        thanksgiving(year): "Action de grâces",
        date(year, 12, 25): "Noël",
    }


def _canada_day(year: int) -> date:
    """1 July, or 2 July when the first is a Sunday (section 61, paragraph 23, f)."""
    first = date(year, 7, 1)
    return date(year, 7, 2) if first.weekday() == SUNDAY else first
