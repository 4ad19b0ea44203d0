"""Absences: nobody is away twice, and nobody replaces while away."""

from datetime import date, timedelta

import pytest

from grants.domain.absences import LONGEST, Neighbours, Period, check_neighbours, check_period
from grants.domain.errors import DomainError

TODAY = date(2026, 11, 24)
WEEK = Period(TODAY, TODAY + timedelta(days=6))
DAY = timedelta(days=1)
BEFORE = Period(TODAY - 5 * DAY, TODAY - DAY)
AFTER = Period(WEEK.until_on + DAY, WEEK.until_on + 9 * DAY)
LAST_DAY = Period(WEEK.until_on, WEEK.until_on + 9 * DAY)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (TODAY, TODAY - DAY, "absence_order"),
        (TODAY - 9 * DAY, TODAY - DAY, "absence_over"),
        (TODAY, TODAY + LONGEST + DAY, "absence_long"),
    ],
)
def test_a_period_nobody_can_mean_is_refused(first: date, last: date, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_period(Period(first, last), today=TODAY)


def test_one_day_and_a_period_that_began_are_possible() -> None:
    check_period(Period(TODAY, TODAY), today=TODAY)
    check_period(Period(TODAY - 9 * DAY, TODAY), today=TODAY)


@pytest.mark.parametrize(
    ("around", "code"),
    [
        (Neighbours(own=[LAST_DAY]), "absence_overlaps"),
        (Neighbours(of_substitute=[AFTER, LAST_DAY]), "substitute_away"),
        (Neighbours(replaced=[LAST_DAY]), "absence_replaces"),
    ],
)
def test_a_day_in_common_is_refused_with_its_dates(around: Neighbours, code: str) -> None:
    with pytest.raises(DomainError, match=code) as refused:
        check_neighbours(WEEK, around)
    assert refused.value.facts == {"from_on": LAST_DAY.from_on, "until_on": LAST_DAY.until_on}


def test_the_day_before_and_the_day_after_are_free() -> None:
    both = (BEFORE, AFTER)
    check_neighbours(WEEK, Neighbours(both, both, both))
