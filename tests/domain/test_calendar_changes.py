"""Days off changed while promises run: the same as computing anew, and nobody made late by it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

import pytest

from grants.domain.calendar import Calendar, DayOff, end_of_day, local_date
from grants.domain.calendar_changes import Running, check, computed_anew, with_year
from grants.domain.days_off import proposed_days_off
from grants.domain.deadlines import Delay, ReceiptPolicy, Unit, compute
from grants.domain.errors import DomainError

SPAN = (time(8, 30), time(16, 30))
YEARS = (2025, 2026, 2027)
CALENDAR = Calendar(
    {day.on: day.label for year in YEARS for day in proposed_days_off(year)},
    {2025: True, 2026: True, 2027: False},
    version=3,
)
NOW = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)


def promise(received_at: datetime, delay: Delay) -> Running:
    due = compute(received_at, delay, CALENDAR, SPAN)
    return Running(1, 1, received_at, due.due_on, due.due_at, delay, SPAN)


def random_promises(random: Random) -> Iterator[Running]:
    for _ in range(40):
        unit = random.choice((Unit.BUSINESS, Unit.CALENDAR, Unit.HOURS))
        quantity = 24 if unit is Unit.HOURS else random.randint(1, 25)
        delay = Delay(quantity, unit, random.choice(list(ReceiptPolicy)))
        yield promise(NOW - timedelta(minutes=random.randrange(60 * 24 * 60)), delay)


def random_year(random: Random) -> list[DayOff]:
    """The days off of 2026, some taken away, some added around the day of the change."""
    days = {day.on: day for day in proposed_days_off(2026) if random.random() < 0.8}
    for _ in range(random.randrange(8)):
        on = date(2026, 11, 16) + timedelta(days=random.randrange(40))
        if on.weekday() < 5:
            days[on] = DayOff(on, "Fermeture")
    return list(days.values())


@pytest.mark.parametrize("seed", range(25))
def test_a_moved_promise_is_due_as_if_computed_from_its_receipt(seed: int) -> None:
    random = Random(seed)
    promises = list(random_promises(random))
    changed = with_year(CALENDAR, 2026, random_year(random))
    computed = {id(one.running): one for one in computed_anew(promises, changed, NOW)}
    for one in promises:
        found = computed.get(id(one))
        assert (found is None) == (one.due_at <= NOW), "what is past does not move"
        if found is None:
            continue
        anew = compute(one.received_at, one.delay, changed, SPAN)
        assert found.due_at > NOW and found.due_on >= local_date(NOW)
        assert found.provisional == anew.provisional
        if anew.due_at > NOW:
            assert (found.due_on, found.due_at) == (anew.due_on, anew.due_at)
        else:
            assert found.due_at == min(one.due_at, end_of_day(date(2026, 11, 24)))


def test_a_day_taken_away_on_a_weekend_lands_on_monday() -> None:
    closed = with_year(CALENDAR, 2026, [DayOff(date(2026, 11, 20), "Fermeture")])
    late = compute(datetime(2026, 11, 13, 15, tzinfo=UTC), Delay(5, Unit.BUSINESS), closed, SPAN)
    assert late.due_on == date(2026, 11, 23)
    one = replace(promise(late.received_at, Delay(5, Unit.BUSINESS)), due_at=late.due_at)
    saturday = datetime(2026, 11, 21, 15, tzinfo=UTC)
    (found,) = computed_anew([one], CALENDAR, saturday)
    assert (found.due_on, found.due_at) == (date(2026, 11, 23), end_of_day(date(2026, 11, 23)))


def test_the_year_becomes_confirmed_and_the_others_stay() -> None:
    day = DayOff(date(2027, 1, 4), " Congé ")
    changed = with_year(CALENDAR, 2027, [day])
    assert changed.years == {2025: True, 2026: True, 2027: True} and changed.version == 4
    assert [on for on in changed.days_off if on.year == 2027] == [day.on]
    assert changed.days_off[day.on] == "Congé"
    assert sum(on.year == 2026 for on in changed.days_off) == 13


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ([], "days_off_required"),
        ([DayOff(date(2028, 1, 3), "Congé")], "day_off_other_year"),
        ([DayOff(date(2027, 1, 2), "Congé")], "day_off_weekend"),
        ([DayOff(date(2027, 1, 4), "Congé")] * 2, "day_off_twice"),
        ([DayOff(date(2027, 1, 4), " ")], "day_off_name"),
        ([DayOff(date(2027, 1, 4), "C" * 81)], "day_off_name"),
    ],
)
def test_what_is_not_the_days_of_a_year(days: list[DayOff], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check(2027, days)
