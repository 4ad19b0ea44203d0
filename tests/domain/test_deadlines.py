"""Due dates: the rules R1 to R5 and R7, each at its edges."""

from datetime import UTC, date, datetime, time

import pytest

from grants.domain.calendar import TORONTO, Calendar, local_time
from grants.domain.days_off import proposed_days_off
from grants.domain.deadlines import (
    Delay,
    Due,
    ReceiptPolicy,
    State,
    Unit,
    business_days_left,
    compute,
    explain,
)
from grants.domain.errors import DomainError

YEARS = {2026: True, 2027: True, 2028: False, 2029: False}
CALENDAR = Calendar(
    {day.on: day.label for year in YEARS for day in proposed_days_off(year)}, YEARS, version=7
)
SPAN = (time(8, 30), time(16, 30))
LATER = ReceiptPolicy.NEXT_BUSINESS_DAY


def due(
    received: str, quantity: int, unit: str, policy: ReceiptPolicy = ReceiptPolicy.ARRIVAL
) -> Due:
    """The due date of something received at this wall-clock time in Québec City."""
    instant = datetime.fromisoformat(received).replace(tzinfo=TORONTO).astimezone(UTC)
    return compute(instant, Delay(quantity, Unit(unit), policy), CALENDAR, SPAN)


def wall_clock(instant: datetime) -> str:
    return local_time(instant).strftime("%Y-%m-%d %H:%M:%S")


def test_the_worked_example() -> None:
    """Thursday 8 October 2026 at 10 h, 5 business days, Thanksgiving on the 12th."""
    example = due("2026-10-08T10:00", 5, "business")
    assert example.start_on == date(2026, 10, 8)
    assert [on.day for on in example.counted] == [9, 13, 14, 15, 16]
    assert example.due_on == date(2026, 10, 16)
    assert example.due_at == datetime(2026, 10, 17, 3, 59, 59, tzinfo=UTC)
    assert example.skipped == (
        (date(2026, 10, 10), "weekend"),
        (date(2026, 10, 11), "weekend"),
        (date(2026, 10, 12), "day_off"),
    )
    assert (example.legal_due_on, example.operational_due_on) == (None, None)
    assert (example.provisional, example.calendar_version) == (False, 7)


def test_the_example_explained_day_by_day() -> None:
    rows = explain(due("2026-10-08T10:00", 5, "business"))
    assert [(row.on.day, row.state, row.counted, row.reason) for row in rows] == [
        (8, "start", None, "receipt_day"),
        (9, "counted", 1, None),
        (10, "skipped", None, "weekend"),
        (11, "skipped", None, "weekend"),
        (12, "skipped", None, "day_off"),
        (13, "counted", 2, None),
        (14, "counted", 3, None),
        (15, "counted", 4, None),
        (16, "last", 5, None),
    ]
    assert [row.label for row in rows if row.label] == ["Action de grâces"]


@pytest.mark.parametrize(
    ("received", "policy", "start_on", "due_on"),
    [
        ("2026-11-20T16:30:00", LATER, "2026-11-20", "2026-11-27"),
        ("2026-11-20T16:30:01", LATER, "2026-11-23", "2026-11-30"),
        ("2026-11-20T16:30:01", ReceiptPolicy.ARRIVAL, "2026-11-20", "2026-11-27"),
        ("2026-11-20T23:59:59", ReceiptPolicy.ARRIVAL, "2026-11-20", "2026-11-27"),
        ("2026-11-20T05:00:00", LATER, "2026-11-20", "2026-11-27"),
        ("2026-11-21T10:00:00", LATER, "2026-11-23", "2026-11-30"),
        ("2026-11-21T10:00:00", ReceiptPolicy.ARRIVAL, "2026-11-21", "2026-11-27"),
        ("2026-12-24T10:00:00", LATER, "2026-12-29", "2027-01-08"),
        ("2026-12-24T10:00:00", ReceiptPolicy.ARRIVAL, "2026-12-24", "2027-01-07"),
    ],
)
def test_the_day_of_receipt(
    received: str, policy: ReceiptPolicy, start_on: str, due_on: str
) -> None:
    found = due(received, 5, "business", policy)
    assert (found.start_on.isoformat(), found.due_on.isoformat()) == (start_on, due_on)


def test_a_late_receipt_is_explained() -> None:
    rows = explain(due("2026-10-09T17:00", 1, "business", LATER))
    assert [(row.on.day, row.state, row.reason) for row in rows] == [
        (9, "skipped", "after_hours"),
        (10, "skipped", "weekend"),
        (11, "skipped", "weekend"),
        (12, "skipped", "day_off"),
        (13, "start", "receipt_day"),
        (14, "last", None),
    ]


def test_the_later_policy_never_gives_an_earlier_date() -> None:
    for day in range(1, 31):
        for hour in (0, 8, 16, 17, 23):
            received = f"2026-12-{day:02}T{hour:02}:45"
            early, late = due(received, 5, "business"), due(received, 5, "business", LATER)
            assert early.due_on <= late.due_on


@pytest.mark.parametrize(
    ("called", "back_by"),
    [
        ("2026-11-20T15:00:00", "2026-11-23 15:00:00"),  # Friday to Monday
        ("2026-11-17T12:30:00", "2026-11-18 12:30:00"),  # lunch counts as open
        ("2026-11-17T08:30:00", "2026-11-18 08:30:00"),  # both ends of the span are in it
        ("2026-11-17T16:30:00", "2026-11-18 16:30:00"),
        ("2026-11-17T08:29:59", "2026-11-18 08:30:00"),  # before opening: that morning
        ("2026-11-17T16:30:01", "2026-11-19 08:30:00"),  # after closing: next morning
        ("2026-11-20T18:00:00", "2026-11-24 08:30:00"),
        ("2026-11-21T11:00:00", "2026-11-24 08:30:00"),  # Saturday
        ("2026-12-23T15:00:00", "2026-12-29 15:00:00"),  # over the holidays
        ("2026-12-25T15:00:00", "2026-12-30 08:30:00"),
        ("2027-03-12T15:00:00", "2027-03-15 15:00:00"),  # clocks go forward on the 14th
        ("2027-11-05T15:00:00", "2027-11-08 15:00:00"),  # clocks go back on the 7th
    ],
)
def test_twenty_four_hours(called: str, back_by: str) -> None:
    found = due(called, 24, "hours")
    assert wall_clock(found.due_at) == back_by
    assert found.due_on.isoformat() == back_by[:10]
    assert found.counted == (found.due_on,)


def test_the_wall_clock_decides_not_the_elapsed_seconds() -> None:
    forward, back = due("2027-03-12T15:00", 24, "hours"), due("2027-11-05T15:00", 24, "hours")
    assert (forward.due_at - forward.received_at).total_seconds() == 71 * 3600
    assert (back.due_at - back.received_at).total_seconds() == 73 * 3600


def test_forty_eight_hours_are_two_business_days() -> None:
    assert wall_clock(due("2026-11-20T15:00", 48, "hours").due_at) == "2026-11-24 15:00:00"


@pytest.mark.parametrize(
    ("received", "days", "legal", "operational"),
    [
        ("2026-11-02T10:00", 20, "2026-11-23", "2026-11-23"),  # Sunday 22 moves to Monday
        ("2026-11-01T10:00", 20, "2026-11-21", "2026-11-20"),  # Saturday does not move
        ("2026-11-26T10:00", 30, "2026-12-26", "2026-12-23"),  # 26 December does not move
        ("2026-11-25T10:00", 30, "2026-12-26", "2026-12-23"),  # 25 December moves to Saturday 26
        ("2026-11-24T10:00", 30, "2026-12-24", "2026-12-23"),
        ("2026-12-01T10:00", 30, "2026-12-31", "2026-12-30"),
        ("2026-12-02T10:00", 30, "2027-01-02", "2026-12-30"),  # 1 January moves to Saturday 2
        ("2026-03-04T10:00", 30, "2026-04-04", "2026-04-02"),  # Good Friday to Saturday
        ("2026-03-06T10:00", 30, "2026-04-07", "2026-04-07"),  # Easter Sunday and Monday
        ("2026-04-28T10:00", 20, "2026-05-19", "2026-05-19"),
        ("2026-06-04T10:00", 20, "2026-06-25", "2026-06-25"),
        ("2029-06-11T10:00", 20, "2029-07-03", "2029-07-03"),  # Sunday 1 and Monday 2 July
        ("2029-06-04T10:00", 20, "2029-06-25", "2029-06-22"),  # Sunday 24 June, 25 a day off only
        ("2026-11-03T10:00", 20, "2026-11-23", "2026-11-23"),
    ],
)
def test_calendar_days(received: str, days: int, legal: str, operational: str) -> None:
    found = due(received, days, "calendar")
    assert found.legal_due_on is not None
    assert found.operational_due_on is not None
    assert found.legal_due_on.isoformat() == legal
    assert found.operational_due_on.isoformat() == operational
    assert found.due_on == found.legal_due_on == found.counted[-1]
    assert len(found.counted) == days


def test_a_moved_last_day_is_explained() -> None:
    rows = explain(due("2026-04-01T10:00", 4, "calendar"))
    assert [(row.on.day, row.state, row.reason, row.label) for row in rows[-3:]] == [
        (5, "skipped", "legal_holiday", "Dimanche"),
        (6, "skipped", "legal_holiday", "Lundi de Pâques"),
        (7, "last", None, None),
    ]


def test_staff_never_have_to_act_before_receipt() -> None:
    found = due("2026-12-25T10:00", 1, "calendar")
    assert found.due_on == found.operational_due_on == date(2026, 12, 26)
    on_the_day = due("2026-12-23T10:00", 1, "calendar")
    assert on_the_day.legal_due_on == date(2026, 12, 24)
    assert on_the_day.operational_due_on == on_the_day.start_on == date(2026, 12, 23)


def test_a_date_on_an_unconfirmed_year_is_provisional() -> None:
    assert not due("2027-12-22T10:00", 2, "business").provisional
    assert due("2027-12-23T10:00", 5, "business").provisional
    assert due("2027-12-10T10:00", 30, "calendar").provisional
    assert due("2028-02-01T10:00", 24, "hours").provisional


@pytest.mark.parametrize("unit", ["business", "calendar"])
@pytest.mark.parametrize("received", ["2029-12-27T10:00", "2025-12-31T10:00"])
def test_a_missing_year_is_an_error(received: str, unit: str) -> None:
    with pytest.raises(DomainError, match="year_without_days_off"):
        due(received, 10, unit)


def test_delays_without_meaning_are_refused() -> None:
    with pytest.raises(DomainError, match="delay_not_positive"):
        Delay(0, Unit.BUSINESS)
    with pytest.raises(DomainError, match="hours_not_whole_days"):
        Delay(36, Unit.HOURS)


@pytest.mark.parametrize("unit", ["business", "calendar"])
@pytest.mark.parametrize("policy", ReceiptPolicy)
def test_the_rows_are_every_day_and_agree_with_the_date(unit: str, policy: ReceiptPolicy) -> None:
    for day in range(1, 32):
        found = due(f"2026-12-{day:02}T17:15", 10, unit, policy)
        rows = explain(found)
        assert [row.on.toordinal() for row in rows] == list(
            range(date(2026, 12, day).toordinal(), found.due_on.toordinal() + 1)
        )
        assert [row.on for row in rows if row.counted] == list(found.counted)
        assert [row.on for row in rows if row.state is State.START] == [found.start_on]
        assert rows[-1].state is State.LAST


@pytest.mark.parametrize(
    ("today", "left"),
    [
        ("2026-10-08", 5),
        ("2026-10-10", 4),
        ("2026-10-15", 1),
        ("2026-10-16", 0),
        ("2026-10-17", -1),
        ("2026-10-19", -1),
        ("2026-10-20", -2),
    ],
)
def test_business_days_left(today: str, left: int) -> None:
    assert business_days_left(date.fromisoformat(today), date(2026, 10, 16), CALENDAR) == left
