"""Québec City time, fiscal years, business days."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from grants.domain.calendar import (
    Calendar,
    call_closing,
    end_of_day,
    local_date,
    local_time,
    start_of_day,
)
from grants.domain.days_off import proposed_days_off
from grants.domain.errors import DomainError

CALENDAR = Calendar(
    {day.on: day.label for year in (2026, 2027) for day in proposed_days_off(year)},
    {2026: True, 2027: False},
    version=4,
)


def test_a_late_evening_belongs_to_its_local_date() -> None:
    assert local_date(datetime(2026, 11, 24, 4, 59, 59, tzinfo=UTC)) == date(2026, 11, 23)
    assert local_date(datetime(2026, 11, 24, 5, 0, 0, tzinfo=UTC)) == date(2026, 11, 24)
    assert local_date(datetime(2026, 7, 2, 3, 59, 59, tzinfo=UTC)) == date(2026, 7, 1)


def test_any_zone_is_read_as_quebec_time() -> None:
    paris = timezone(timedelta(hours=1))
    assert local_time(datetime(2026, 11, 24, 22, 30, tzinfo=paris)).hour == 16


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local_date(datetime.fromisoformat("2026-11-24T12:00"))


@pytest.mark.parametrize(
    ("on", "opens", "closes"),
    [
        (date(2026, 1, 15), "2026-01-15T05:00:00+00:00", "2026-01-16T04:59:59+00:00"),
        (date(2026, 7, 15), "2026-07-15T04:00:00+00:00", "2026-07-16T03:59:59+00:00"),
        # Clocks go forward on 14 March 2027 and back on 7 November 2027, at 2 o'clock.
        (date(2027, 3, 14), "2027-03-14T05:00:00+00:00", "2027-03-15T03:59:59+00:00"),
        (date(2027, 11, 7), "2027-11-07T04:00:00+00:00", "2027-11-08T04:59:59+00:00"),
    ],
)
def test_the_bounds_of_a_day(on: date, opens: str, closes: str) -> None:
    assert start_of_day(on).isoformat() == opens
    assert end_of_day(on).isoformat() == closes
    assert local_date(start_of_day(on)) == local_date(end_of_day(on)) == on


@pytest.mark.parametrize(
    ("on", "open_"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-11-22", False),
        ("2026-10-12", False),
        ("2026-12-24", False),
        ("2026-12-26", False),
        ("2026-12-28", False),
        ("2026-12-29", True),
        ("2026-09-30", True),
        ("2026-11-11", True),
        ("2026-08-03", True),
    ],
)
def test_business_days(on: str, open_: bool) -> None:
    assert CALENDAR.is_business_day(date.fromisoformat(on)) is open_


def test_next_and_previous_business_days_are_strict() -> None:
    assert CALENDAR.next_business_day(date(2026, 12, 23)) == date(2026, 12, 29)
    assert CALENDAR.previous_business_day(date(2026, 12, 29)) == date(2026, 12, 23)
    assert CALENDAR.next_business_day(date(2026, 12, 30)) == date(2027, 1, 5)
    assert CALENDAR.previous_business_day(date(2027, 1, 5)) == date(2026, 12, 30)
    assert CALENDAR.next_business_day(date(2026, 11, 23)) == date(2026, 11, 24)


def test_label_names_days_off_only() -> None:
    assert CALENDAR.label(date(2026, 10, 12)) == "Action de grâces"
    assert CALENDAR.label(date(2026, 10, 13)) is None
    assert CALENDAR.label(date(2026, 10, 11)) is None


def test_business_days_between_excludes_the_first_and_includes_the_last() -> None:
    assert CALENDAR.business_days_between(date(2026, 10, 8), date(2026, 10, 16)) == 5
    assert CALENDAR.business_days_between(date(2026, 10, 9), date(2026, 10, 12)) == 0
    assert CALENDAR.business_days_between(date(2026, 10, 13), date(2026, 10, 13)) == 0


def test_a_day_off_on_a_weekend_is_not_taken_away_twice() -> None:
    saturday = Calendar({date(2026, 12, 26): "Lendemain de Noël"}, {2026: True}, version=1)
    assert saturday.business_days_between(date(2026, 12, 25), date(2026, 12, 28)) == 1


def test_provisional_when_a_year_is_not_confirmed() -> None:
    assert not CALENDAR.is_provisional(date(2026, 1, 1), date(2026, 12, 31))
    assert CALENDAR.is_provisional(date(2026, 12, 31), date(2027, 1, 1))


def test_a_year_that_is_not_held_is_an_error() -> None:
    outside = date(2028, 3, 1)
    calls = (
        lambda: CALENDAR.is_business_day(outside),
        lambda: CALENDAR.label(outside),
        lambda: CALENDAR.next_business_day(date(2027, 12, 31)),
        lambda: CALENDAR.is_provisional(date(2027, 1, 1), outside),
        lambda: CALENDAR.business_days_between(date(2027, 1, 1), outside),
        lambda: call_closing(outside, CALENDAR),
    )
    for call in calls:
        with pytest.raises(DomainError) as refused:
            call()
        assert (refused.value.code, refused.value.facts) == (
            "year_without_days_off",
            {"year": 2028},
        )


@pytest.mark.parametrize(
    ("announced", "last_day"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-21", "2026-11-23"),
        ("2026-10-11", "2026-10-13"),
        ("2026-12-24", "2026-12-29"),
    ],
)
def test_a_call_closes_on_a_business_day(announced: str, last_day: str) -> None:
    closing = call_closing(date.fromisoformat(announced), CALENDAR)
    assert closing.isoformat() == last_day
