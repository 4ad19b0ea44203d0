"""Shares, ranks and periods at their edges."""

from datetime import date

import pytest

from grants.domain.deadlines import Unit
from grants.domain.errors import DomainError
from grants.domain.periods import Period, fiscal_year, fiscal_year_of, quarters
from grants.domain.results import (
    Histogram,
    Outcome,
    Promise,
    Tallied,
    figures_of,
    histogram_of,
    percentile,
    share,
    simulate,
)


@pytest.mark.parametrize(
    ("kept", "due", "expected"),
    [
        (0, 0, None),
        (0, 3, 0),
        (3, 3, 1000),
        (2, 3, 667),
        (1, 3, 333),
        (812, 842, 964),
        (1, 16, 63),  # 6.25 is rounded up
        (1999, 2000, 999),  # never all when one was missed
        (1, 5000, 1),  # never none when one was kept
    ],
)
def test_a_share_in_tenths_never_lies_at_its_ends(
    kept: int, due: int, expected: int | None
) -> None:
    assert share(kept, due) == expected


@pytest.mark.parametrize(
    ("histogram", "percent", "expected"),
    [
        ({}, 50, None),
        ({7: 1}, 50, 7),
        ({7: 1}, 90, 7),
        ({1: 1, 9: 1}, 50, 1),  # the lower of two, never their mean
        ({1: 1, 9: 1}, 90, 9),
        ({1: 9, 9: 1}, 90, 1),  # rank 9 of 10
        ({1: 8, 9: 2}, 90, 9),
        ({0: 3, 2: 4, 5: 3}, 50, 2),
        ({3: 1, 1: 1, 2: 1}, 50, 2),  # in order, however it comes
    ],
)
def test_the_nearest_rank_is_a_value_that_happened(
    histogram: dict[int, int], percent: int, expected: int | None
) -> None:
    assert percentile(histogram, percent) == expected


def test_another_delay_counts_those_never_done_as_missed() -> None:
    days = Histogram(Unit.BUSINESS, {2: 3, 5: 4, 8: 1}, never=2)
    assert [simulate(days, wanted) for wanted in (1, 2, 5, 8, 99)] == [0, 300, 700, 800, 800]
    calls = Histogram(Unit.HOURS, {1440: 1, 1441: 1})
    assert [simulate(calls, wanted) for wanted in (24, 48)] == [500, 1000]
    assert simulate(Histogram(Unit.BUSINESS, {}), 5) is None


def test_the_present_delay_gives_the_present_share() -> None:
    promise = Promise("SACA_ACK", "Cinq jours.", Unit.BUSINESS, 5, 100)
    on_sunday = Tallied(Outcome.MISSED, 1, taken=5)  # due on the Friday before
    rows = (Tallied(Outcome.KEPT, 3, taken=5), on_sunday, Tallied(Outcome.GIVEN_UP, 1, taken=30))
    found, shape = figures_of(promise, rows), histogram_of(promise, rows)
    assert (found.share, found.missed, found.median) == (600, 2, 5)
    assert [simulate(shape, days) for days in (5, 6)] == [600, 800]
    longer = Promise("SACA_ACK", "Dix jours.", Unit.BUSINESS, 10, 100)
    before = Tallied(Outcome.MISSED, 1, taken=6, quantity=5)  # it ran when five were promised
    assert simulate(histogram_of(longer, (before,)), 6) == 1000


def test_a_promise_put_off_then_withdrawn_is_set_apart_once() -> None:
    promise = Promise("SCT_ANSWER", "À la date annoncée.", Unit.ANNOUNCED, None, 100)
    apart = Tallied(Outcome.EXCLUDED, 1, reason="withdrawn")
    found = figures_of(promise, (apart, Tallied(Outcome.EXCLUDED, 0, extended=1)))
    assert (found.excluded, found.extended) == ({"withdrawn": 1}, 0)


def test_a_fiscal_year_its_name_its_quarters_and_the_one_before() -> None:
    year = fiscal_year(2026)
    assert (year.label, year.previous.label, year.fiscal_year) == ("2026-2027", "2025-2026", 2026)
    assert fiscal_year_of(date(2027, 3, 31)) == year == fiscal_year_of(date(2026, 4, 1))
    parts = quarters(year)
    assert [(one.from_on, one.until_on) for one in parts] == [
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 31)),
    ]
    assert len(list(year.months())) == 12
    assert not year.is_over(date(2027, 3, 31)) and year.is_over(date(2027, 4, 1))
    leap = Period(date(2028, 2, 29), date(2028, 3, 2))
    assert leap.previous == Period(date(2027, 2, 28), date(2027, 3, 2))
    assert [one.from_on for one in leap.months()] == [date(2028, 2, 29), date(2028, 3, 1)]
    assert leap.label == "2028-02-29 2028-03-02"


def test_a_period_is_in_order_and_no_longer_than_a_year() -> None:
    assert Period(date(2027, 4, 1), date(2028, 3, 31)).fiscal_year == 2027  # with 29 February
    with pytest.raises(DomainError, match="period_order"):
        Period(date(2026, 4, 2), date(2026, 4, 1))
    with pytest.raises(DomainError, match="period_too_long"):
        Period(date(2026, 4, 1), date(2027, 4, 2))
