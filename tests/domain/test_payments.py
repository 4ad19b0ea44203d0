"""What may be paid, when, and who may approve it."""

from datetime import date

import pytest

from grants.domain.calendar import Calendar
from grants.domain.errors import DomainError
from grants.domain.payment_returns import check_return
from grants.domain.payments import (
    Bar,
    Block,
    Hands,
    Situation,
    bar,
    batch_status,
    blocks,
    check_funds_date,
    reference,
)

READY = Situation(
    is_signed=True,
    is_waiting=False,
    has_account=True,
    account_verified=True,
    account_refused=False,
    is_over_limit=False,
)
CALENDAR = Calendar({date(2026, 12, 25): "Noël"}, {2026: True, 2027: True}, 1)
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, ()),
        ({"is_signed": False}, (Block.NOT_SIGNED,)),
        ({"is_waiting": True}, (Block.CONDITION_NOT_MET,)),
        ({"has_account": False, "account_verified": False}, (Block.ACCOUNT_MISSING,)),
        ({"account_verified": False}, (Block.ACCOUNT_UNVERIFIED,)),
        ({"account_refused": True}, (Block.RETURNED_ACCOUNT,)),
        ({"is_over_limit": True}, (Block.OVER_BANK_LIMIT,)),
        ({"is_signed": False, "is_waiting": True}, (Block.NOT_SIGNED, Block.CONDITION_NOT_MET)),
    ],
)
def test_why_a_line_waits(changes: dict[str, bool], found: tuple[Block, ...]) -> None:
    assert blocks(Situation(**{**vars(READY), **changes})) == found


@pytest.mark.parametrize("funds_on", [TODAY, date(2026, 12, 24), date(2027, 5, 14)])
def test_days_a_bank_accepts(funds_on: date) -> None:
    check_funds_date(funds_on, TODAY, CALENDAR)


@pytest.mark.parametrize(
    ("funds_on", "code"),
    [
        (date(2026, 11, 23), "funds_in_past"),
        (date(2026, 11, 28), "funds_not_business_day"),
        (date(2026, 12, 25), "funds_not_business_day"),
        (date(2027, 5, 17), "funds_too_far"),
        (date(2028, 1, 3), "funds_too_far"),
    ],
)
def test_days_a_bank_refuses(funds_on: date, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        check_funds_date(funds_on, TODAY, CALENDAR)


@pytest.mark.parametrize(
    ("person", "found"),
    [(1, Bar.PREPARED), (2, Bar.EDITED), (3, Bar.ACCOUNT), (4, Bar.CONFLICT), (5, None)],
)
def test_who_may_approve(person: int, found: Bar | None) -> None:
    assert bar(person, Hands(1, 2, {3}, {4})) is found


def test_a_batch_of_which_a_payment_came_back() -> None:
    assert batch_status("released", 1) == "returned"
    assert batch_status("released", 0) == "released"
    assert batch_status("cancelled", 1) == "cancelled"


def test_a_reference_fits_the_bank_file() -> None:
    assert reference("LOT-2026-0007", 12) == "2026-0007-00012"
    assert len(reference("LOT-2026-123456", 10_000)) <= 19


def test_a_return_is_of_a_known_code_and_a_possible_day() -> None:
    check_return("905", TODAY, TODAY, TODAY)
    for code, on, refused in (
        ("901", TODAY, "return_code_unknown"),
        ("905", date(2026, 11, 23), "returned_before_release"),
        ("905", date(2026, 11, 25), "date_in_future"),
    ):
        with pytest.raises(DomainError, match=refused):
            check_return(code, on, TODAY, TODAY)
