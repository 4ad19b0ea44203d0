"""20,000 due dates beside `numpy.busday_offset`, over days off typed by hand for 2024-2032.

The table is read from nothing of ours: printed calendars, the dates of Easter, and the list of 13
days (public service conditions of work, clause 8-35.01; LégisQuébec, chapter J-3, r. 3, s. 3).
"""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

import numpy as np
import numpy.typing as npt
import pytest

from grants.domain.calendar import Calendar, local_time
from grants.domain.days_off import proposed_days_off
from grants.domain.deadlines import Delay, ReceiptPolicy, Unit, business_days_left, compute

SPAN = (time(8, 30), time(16, 30))

TYPED = {
    2024: "01-01 01-02 03-29 04-01 05-20 06-24 07-01 09-02 10-14 12-24 12-25 12-26 12-31",
    2025: "01-01 01-02 04-18 04-21 05-19 06-24 07-01 09-01 10-13 12-24 12-25 12-26 12-31",
    2026: "01-01 01-02 04-03 04-06 05-18 06-24 07-01 09-07 10-12 12-24 12-25 12-28 12-31",
    2027: "01-01 01-04 03-26 03-29 05-24 06-24 07-01 09-06 10-11 12-24 12-27 12-28 12-31",
    2028: "01-03 01-04 04-14 04-17 05-22 06-23 06-30 09-04 10-09 12-22 12-25 12-26 12-29",
    2029: "01-01 01-02 03-30 04-02 05-21 06-25 07-02 09-03 10-08 12-24 12-25 12-26 12-31",
    2030: "01-01 01-02 04-19 04-22 05-20 06-24 07-01 09-02 10-14 12-24 12-25 12-26 12-31",
    2031: "01-01 01-02 04-11 04-14 05-19 06-24 07-01 09-01 10-13 12-24 12-25 12-26 12-31",
    2032: "01-01 01-02 03-26 03-29 05-24 06-24 07-01 09-06 10-11 12-24 12-27 12-28 12-31",
}
CLOSED = sorted(date.fromisoformat(f"{y}-{day}") for y, row in TYPED.items() for day in row.split())
CALENDAR = Calendar(dict.fromkeys(CLOSED, "Congé"), dict.fromkeys(TYPED, True), version=1)
NUMPY_CLOSED = np.array(CLOSED, dtype="datetime64[D]")

Days = npt.NDArray[np.datetime64]


def offset(days: Days, quantity: int | npt.NDArray[np.int64]) -> Days:
    """So many business days later; a closed day counts from the business day before it."""
    return np.busday_offset(days, quantity, roll="backward", holidays=NUMPY_CLOSED)


def random_instants(count: int, seed: int) -> list[datetime]:
    """Instants from 2024 to October 2032, one in ten within seconds of closing time."""
    random = Random(seed)
    first = datetime(2024, 1, 1, 5, tzinfo=UTC)
    instants = [first + timedelta(seconds=random.randrange(277_000_000)) for _ in range(count)]
    for index in range(0, count, 10):
        closing = local_time(instants[index]).replace(hour=16, minute=30, second=0)
        instants[index] = closing + timedelta(seconds=random.randint(-1, 1))
    return instants


def started(instants: list[datetime], policy: ReceiptPolicy) -> Days:
    locals_ = [local_time(instant) for instant in instants]
    days = np.array([moment.date() for moment in locals_], dtype="datetime64[D]")
    if policy is ReceiptPolicy.ARRIVAL:
        return days
    late = np.array([moment.time() > time(16, 30) for moment in locals_])
    opened = np.is_busday(days, holidays=NUMPY_CLOSED)
    return np.where(late | ~opened, offset(days, 1), days)


@pytest.mark.parametrize("policy", ReceiptPolicy)
def test_business_days_agree_with_numpy(policy: ReceiptPolicy) -> None:
    instants = random_instants(10_000, seed=5)
    quantities = np.array([Random(index).choice((1, 2, 5, 10, 30)) for index in range(10_000)])
    starts = started(instants, policy)
    expected = zip(starts.tolist(), offset(starts, quantities).tolist(), strict=True)
    for instant, quantity, (start_on, due_on) in zip(
        instants, quantities.tolist(), expected, strict=True
    ):
        due = compute(instant, Delay(quantity, Unit.BUSINESS, policy), CALENDAR, SPAN)
        assert (due.start_on, due.due_on) == (start_on, due_on), instant
        assert len(due.counted) == quantity
        assert local_time(due.due_at) == datetime.combine(
            due_on, time(23, 59, 59), local_time(due.due_at).tzinfo
        )


def test_business_days_left_agree_with_numpy() -> None:
    random = Random(11)
    for _ in range(3_000):
        today = date(2024, 1, 1) + timedelta(days=random.randrange(3_200))
        due_on = today + timedelta(days=random.randrange(-45, 46))
        if not date(2024, 1, 1) <= due_on <= date(2032, 12, 31):
            continue
        first, last = sorted((today, due_on))
        between = int(
            np.busday_count(first + timedelta(1), last + timedelta(1), holidays=NUMPY_CLOSED)
        )
        expected = between if today <= due_on else -max(1, between)
        assert business_days_left(today, due_on, CALENDAR) == expected, (today, due_on)


@pytest.mark.parametrize("year", TYPED)
def test_the_rule_proposes_the_typed_days(year: int) -> None:
    proposed = [day.on for day in proposed_days_off(year)]
    assert proposed == [on for on in CLOSED if on.year == year]
