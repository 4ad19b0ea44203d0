"""20,000 due dates beside `numpy.busday_offset`, over days off typed by hand for 2024-2032."""

from datetime import date, time, timedelta
from random import Random

import numpy as np
import pytest

from grants.domain.calendar import at_local_time, local_time
from grants.domain.days_off import proposed_days_off
from grants.domain.deadlines import ReceiptPolicy, business_days_left
from tests.due_dates import (
    CALENDAR,
    CHANGES,
    CLOSED,
    LONGEST,
    NUMPY_CLOSED,
    TYPED,
    disagreements,
    forgetful,
    receipts,
)


def test_business_days_agree_with_numpy() -> None:
    assert disagreements(receipts(20_000, seed=5)) == []


def test_the_receipts_hold_what_is_hard() -> None:
    known = receipts(20_000, seed=5)
    local = [local_time(one.at) for one in known]
    assert {one.policy for one in known} == set(ReceiptPolicy)
    assert {one.quantity for one in known} == set(range(1, LONGEST + 1))
    assert {moment.hour for moment in local} == set(range(24))
    assert {moment.weekday() for moment in local} == set(range(7))
    assert {moment.year for moment in local} == set(TYPED)
    assert {date.fromisoformat(night) for night in CHANGES} <= {moment.date() for moment in local}
    assert sum(moment.time().isoformat() == "17:00:00" for moment in local) > 1_900


def test_the_comparison_notices_a_day_forgotten() -> None:
    known = receipts(500, seed=7)
    assert len(disagreements(known, forgetful())) > 10


def test_the_nights_when_the_clock_changes() -> None:
    for night in CHANGES:
        on = date.fromisoformat(night)
        days = (on - timedelta(days=1), on)
        noons = {at_local_time(day, time(12)).hour for day in days}
        assert len(noons) == 2, "noon is not at the same hour of UTC"


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
