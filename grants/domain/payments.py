"""Whether an instalment may be paid, when its funds may be available, and who may approve.

Source: the agreement (signed, conditions met), the declaration (the promise of SACA_PAY) and our
decisions: an account is one that two people gave and verified, an account that the bank refused
is never paid again, and neither its preparer, its last editor nor whoever touched one of its
accounts approves a batch.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from grants.domain.bank_file import FUNDS_DAYS_AHEAD
from grants.domain.calendar import Calendar
from grants.domain.errors import DomainError

RECENT = timedelta(days=60)


class Block(StrEnum):
    """Why an instalment waits; the words are in `grants.wording.payments`."""

    NOT_SIGNED = "not_signed"
    CONDITION_NOT_MET = "condition_not_met"
    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_UNVERIFIED = "account_unverified"
    RETURNED_ACCOUNT = "returned_account"
    OVER_BANK_LIMIT = "over_bank_limit"


@dataclass(frozen=True)
class Situation:
    """What the rules look at for one instalment of a live agreement.

    `is_waiting`: it has a condition that nobody confirmed yet. `account_refused`: a bank sent
    back a payment made to the present account, for a fault of the account itself. `is_over_limit`:
    no bank file can hold an amount that large.
    """

    is_signed: bool
    is_waiting: bool
    has_account: bool
    account_verified: bool
    account_refused: bool
    is_over_limit: bool


def blocks(situation: Situation) -> tuple[Block, ...]:
    """All that stands between an instalment and its payment, in the order of the file's life."""
    found = {
        Block.NOT_SIGNED: not situation.is_signed,
        Block.CONDITION_NOT_MET: situation.is_waiting,
        Block.ACCOUNT_MISSING: not situation.has_account,
        Block.ACCOUNT_UNVERIFIED: situation.has_account and not situation.account_verified,
        Block.RETURNED_ACCOUNT: situation.account_refused,
        Block.OVER_BANK_LIMIT: situation.is_over_limit,
    }
    return tuple(block for block, stands in found.items() if stands)


def is_recent_change(changed_at: datetime | None, now: datetime) -> bool:
    """Whether an account took the place of another too lately to be paid without a word.

    Sixty days, our decision: a change of account is how fraud is paid. None: it never changed.
    """
    return changed_at is not None and now - changed_at < RECENT


def check_funds_date(funds_on: date, today: date, calendar: Calendar) -> None:
    """Refuse a date at which a bank would not make the funds available.

    A business day from `today` to 173 days ahead (Standard 005; business days are those of the
    public service, our decision). Errors: funds_in_past, funds_too_far (fact `limit`, days),
    funds_not_business_day, year_without_days_off.
    """
    if funds_on < today:
        raise DomainError("funds_in_past")
    if (funds_on - today).days > FUNDS_DAYS_AHEAD:
        raise DomainError("funds_too_far", limit=FUNDS_DAYS_AHEAD)
    if not calendar.is_business_day(funds_on):
        raise DomainError("funds_not_business_day")


class Bar(StrEnum):
    """Why a person may not approve a batch; also the code of the refusal."""

    PREPARED = "batch_prepared_by_you"
    EDITED = "batch_edited_by_you"
    ACCOUNT = "batch_account_by_you"
    CONFLICT = "batch_conflict"


@dataclass(frozen=True)
class Hands:
    """Who had a hand in a batch: persons by id.

    `account_people` entered or verified one of its accounts; `in_conflict` declared a tie with
    one of its organizations.
    """

    prepared_by: int
    edited_by: int
    account_people: Collection[int] = frozenset()
    in_conflict: Collection[int] = frozenset()


def bar(person_id: int | None, hands: Hands) -> Bar | None:
    """What keeps this person from approving the batch; None when nothing does."""
    found = {
        Bar.PREPARED: person_id == hands.prepared_by,
        Bar.EDITED: person_id == hands.edited_by,
        Bar.ACCOUNT: person_id in hands.account_people,
        Bar.CONFLICT: person_id in hands.in_conflict,
    }
    return next((reason for reason, holds in found.items() if holds), None)


def batch_status(status: str, returned: int) -> str:
    """The status people read: `returned` is a released batch of which a payment came back."""
    return "returned" if status == "released" and returned else status


def reference(batch_number: str, rank: int) -> str:
    """Our cross-reference of the rank-th line of a batch, at most 19 characters.

    LOT-2026-0007 and 12 give 2026-0007-00012.
    """
    return f"{batch_number.partition('-')[2]}-{rank:05d}"
