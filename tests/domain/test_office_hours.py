"""Who may telephone now, and from when on: lunch, evening, week-end and days off."""

from datetime import date, datetime, time

import pytest

from grants.domain.calendar import TORONTO, Calendar
from grants.domain.errors import DomainError
from grants.domain.office_hours import Opening, opening

SPANS = ((time(8, 30), time(12)), (time(13), time(16, 30)))
CALENDAR = Calendar(
    days_off={date(2026, 12, 24): "Veille de Noël", date(2026, 12, 25): "Noël"},
    years={2026: True},
    version=1,
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """An instant of 2026 as a clock in Québec City shows it."""
    return datetime(2026, month, day, hour, minute, tzinfo=TORONTO)


@pytest.mark.parametrize(
    ("now", "is_open", "change"),
    [
        (at(24, 8, 29), False, at(24, 8, 30)),  # a Tuesday, early
        (at(24, 8, 30), True, at(24, 12)),
        (at(24, 11, 59), True, at(24, 12)),
        (at(24, 12), False, at(24, 13)),  # lunch
        (at(24, 16, 29), True, at(24, 16, 30)),
        (at(24, 16, 30), False, at(25, 8, 30)),  # evening
        (at(27, 17), False, at(30, 8, 30)),  # Friday evening
        (at(28, 10), False, at(30, 8, 30)),  # Saturday
        (at(23, 20, month=12), False, at(28, 8, 30, month=12)),  # two days off, a week-end
        (at(24, 10, month=12), False, at(28, 8, 30, month=12)),
        (at(31, 23, 30, month=10), False, at(2, 8, 30)),  # the clocks go back that night
    ],
)
def test_open_now_or_when(now: datetime, is_open: bool, change: datetime) -> None:
    assert opening(now, SPANS, CALENDAR) == Opening(is_open=is_open, at=change)


def test_a_year_without_days_off_gives_no_answer() -> None:
    with pytest.raises(DomainError, match="year_without_days_off"):
        opening(at(31, 17, month=12), SPANS, CALENDAR)
