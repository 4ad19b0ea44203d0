"""What an agreement may say: amounts that always sum, days in order, a true return."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grants.domain import agreements
from grants.domain.errors import DomainError
from grants.domain.program_rules import InstalmentRule

TODAY = date(2026, 11, 24)
START = date(2027, 4, 1)
HALVES = (InstalmentRule(5000, 0, None), InstalmentRule(5000, 6, "yearly_reports"))
THIRDS = (
    InstalmentRule(6000, 0, None),
    InstalmentRule(3000, 6, "interim_report"),
    InstalmentRule(1000, 18, "final_report"),
)
cents = st.integers(1, 100_000_000_00)
days = st.dates(date(2026, 1, 1), date(2099, 12, 31))


@given(total=cents, rules=st.sampled_from([HALVES, THIRDS]), start=days)
def test_the_parts_of_a_grant_sum_to_it_to_the_cent(
    total: int, rules: tuple[InstalmentRule, ...], start: date
) -> None:
    parts = agreements.plan(total, rules, starts_on=start, today=TODAY)
    assert sum(part.amount_cents for part in parts) == total
    assert all(part.amount_cents > 0 and part.planned_on >= TODAY for part in parts)
    assert [part.rank for part in parts] == list(range(1, len(parts) + 1))
    assert sum(agreements.by_year(parts).values()) == total


@given(total=cents, lines=st.lists(cents, min_size=1, max_size=12))
def test_a_budget_brought_to_the_grant_sums_to_it(total: int, lines: list[int]) -> None:
    asked = [(f"poste {rank}", amount) for rank, amount in enumerate(lines)]
    shared = agreements.share_out(total, asked)
    assert sum(amount for _, amount in shared) == total
    assert all(amount > 0 for _, amount in shared)


def test_the_plan_of_a_project_in_days_and_fiscal_years() -> None:
    parts = agreements.plan(10_000_01, THIRDS, starts_on=START, today=TODAY)
    assert [(part.amount_cents, part.planned_on, part.fiscal_year) for part in parts] == [
        (6_000_00, date(2027, 4, 1), 2027),
        (3_000_00, date(2027, 10, 1), 2027),
        (1_000_01, date(2028, 10, 1), 2028),
    ]
    assert agreements.by_year(parts) == {2027: 9_000_00, 2028: 1_000_01}
    assert agreements.payable_at_receipt([(p.amount_cents, p.condition) for p in parts]) == 6_000_00


def test_nothing_is_planned_before_the_draft() -> None:
    parts = agreements.plan(100, HALVES, starts_on=date(2026, 4, 1), today=TODAY)
    assert [part.planned_on for part in parts] == [TODAY, TODAY]


def test_a_part_without_a_cent_is_left_out() -> None:
    parts = agreements.plan(1, HALVES, starts_on=START, today=TODAY)
    assert [(part.rank, part.amount_cents) for part in parts] == [(1, 1)]


@pytest.mark.parametrize(
    ("on", "months", "expected"),
    [
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2027, 4, 1), 0, date(2027, 4, 1)),
    ],
)
def test_months_later(on: date, months: int, expected: date) -> None:
    assert agreements.add_months(on, months) == expected


def test_the_fiscal_year_opens_on_the_first_of_april() -> None:
    assert agreements.fiscal_year(date(2027, 3, 31)) == 2026
    assert agreements.fiscal_year(date(2027, 4, 1)) == 2027


def test_the_usual_period() -> None:
    assert agreements.usual_start(2027, TODAY) == START
    assert agreements.usual_start(2026, TODAY) == TODAY
    assert agreements.usual_end(START, 12) == date(2028, 3, 31)


@pytest.mark.parametrize(
    ("month", "expected"),
    [(3, date(2028, 6, 29)), (6, date(2027, 9, 28)), (None, date(2028, 6, 29))],
)
def test_the_first_reports_follow_the_next_year_end(month: int | None, expected: date) -> None:
    ends_on = date(2028, 3, 31)
    due = agreements.reports_due(month, starts_on=START, ends_on=ends_on, days=90, today=TODAY)
    assert due == expected


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(49_999_99, "compilation"), (50_000_00, "review"), (499_999_99, "review")]
    + [(500_000_00, "audit")],
)
def test_the_report_of_an_accountant(amount: int, expected: str) -> None:
    assert agreements.assurance(amount) == expected


def test_what_cannot_be_written() -> None:
    refused = (
        (lambda: agreements.check_period(START, START), "agreement_dates"),
        (
            lambda: agreements.check_resolution("31", date(2026, 11, 25), today=TODAY),
            "resolution_in_future",
        ),
        (
            lambda: agreements.check_resolution(" ", TODAY, today=TODAY),
            "resolution_number_required",
        ),
        (lambda: agreements.check_text("x" * 201, "address_required"), "text_too_long"),
    )
    for act, code in refused:
        with pytest.raises(DomainError) as error:
            act()
        assert error.value.code == code


def test_a_paper_comes_back_between_its_issue_and_today() -> None:
    issued_at = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
    issued_on = date(2026, 11, 20)
    for day, code in ((25, "date_in_future"), (19, "returned_before_issue")):
        with pytest.raises(DomainError) as error:
            agreements.check_returned(date(2026, 11, day), issued_on=issued_on, today=TODAY)
        assert error.value.code == code
    agreements.check_returned(issued_on, issued_on=issued_on, today=TODAY)
    assert agreements.returned_at(issued_on, issued_at) == issued_at
    later = agreements.returned_at(date(2026, 11, 23), issued_at)
    assert later == datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
