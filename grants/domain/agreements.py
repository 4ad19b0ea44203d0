"""Agreements: what may be written in one, how its amount is split, and what proves its return.

Sources: the model agreement and its terms (data of the program); our decisions where they are
silent, each told in the function that holds it.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from grants.domain.calendar import APRIL, start_of_day
from grants.domain.errors import DomainError
from grants.domain.program_rules import InstalmentRule, split

MONTHS_IN_A_YEAR = 12
TEXT_MAX = 200
AUDIT_FROM, REVIEW_FROM = 500_000_00, 50_000_00


@dataclass(frozen=True)
class PlannedInstalment:
    """One part of a grant: rank from 1, cents, when it is planned, on what condition (or none).

    `fiscal_year` is the year of the 1 April that opens the year of `planned_on`.
    """

    rank: int
    amount_cents: int
    planned_on: date
    fiscal_year: int
    condition: str | None


def check_period(starts_on: date, ends_on: date) -> None:
    """An agreement ends after it starts. Raises `agreement_dates`."""
    if ends_on <= starts_on:
        raise DomainError("agreement_dates", starts_on=starts_on)


def check_resolution(number: str, adopted_on: date, *, today: date) -> None:
    """The resolution of the board that names the signatory: a number, a day already passed.

    Raises `resolution_number_required`, `text_too_long`, `resolution_in_future`.
    """
    check_text(number, "resolution_number_required")
    if adopted_on > today:
        raise DomainError("resolution_in_future")


def check_text(text: str, missing: str) -> None:
    """A line that the agreement cannot do without. Raises `missing`, `text_too_long`."""
    if not text.strip():
        raise DomainError(missing)
    if len(text) > TEXT_MAX:
        raise DomainError("text_too_long", length=len(text), limit=TEXT_MAX)


def plan(
    total_cents: int, rules: Sequence[InstalmentRule], *, starts_on: date, today: date
) -> list[PlannedInstalment]:
    """The instalments of a grant: whole cents that always sum to it, each with its planned day.

    A part is planned its months after the start, and never before the day of the draft: nothing
    can be paid before there is an agreement (our decision). A part without a cent is left out.
    """
    amounts = split(total_cents, [rule.share for rule in rules])
    kept = [(rule, cents) for rule, cents in zip(rules, amounts, strict=True) if cents]
    return [
        _planned(rank, cents, max(add_months(starts_on, rule.months), today), rule.condition)
        for rank, (rule, cents) in enumerate(kept, start=1)
    ]


def _planned(rank: int, cents: int, on: date, condition: str | None) -> PlannedInstalment:
    return PlannedInstalment(rank, cents, on, fiscal_year(on), condition)


def by_year(parts: Sequence[PlannedInstalment]) -> dict[int, int]:
    """The cents planned in each fiscal year, in order."""
    years: dict[int, int] = {}
    for part in sorted(parts, key=lambda part: part.fiscal_year):
        years[part.fiscal_year] = years.get(part.fiscal_year, 0) + part.amount_cents
    return years


def payable_at_receipt(parts: Sequence[tuple[int, str | None]]) -> int:
    """The cents of the parts (cents, condition) that no condition holds back."""
    return sum(cents for cents, condition in parts if condition is None)


def share_out(total_cents: int, lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """A budget (label, cents) brought to the amount granted, line by line in proportion.

    It always sums to the grant: each line is rounded down and the last one takes what is left; a
    line without a cent is left out (our decision: the agreement lets amounts move a little).
    """
    asked = sum(cents for _, cents in lines)
    shares = [(label, total_cents * cents // asked) for label, cents in lines]
    left = total_cents - sum(cents for _, cents in shares)
    label, last = shares[-1]
    return [(name, cents) for name, cents in [*shares[:-1], (label, last + left)] if cents]


def fiscal_year(on: date) -> int:
    """The year of the 1 April that opens the fiscal year of this date."""
    return on.year if on.month >= APRIL else on.year - 1


def add_months(on: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month."""
    years, month = divmod(on.month - 1 + months, MONTHS_IN_A_YEAR)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def usual_end(starts_on: date, months: int) -> date:
    """The last day of an agreement of so many months: the eve of the day they have passed."""
    return add_months(starts_on, months) - timedelta(days=1)


def usual_start(year: int, decided_on: date) -> date:
    """The 1 April of the call's year, or the day of the decision when that one came later."""
    return max(date(year, APRIL, 1), decided_on)


def reports_due(
    year_end_month: int | None, *, starts_on: date, ends_on: date, days: int, today: date
) -> date:
    """When the first reports are due: so many days after the financial year-end that comes next.

    Next after the start and after the draft (our decision); the end of the agreement stands for
    a year-end that nobody told, and for a project.
    """
    if year_end_month is None:
        return ends_on + timedelta(days=days)
    after = max(starts_on, today)
    ends = (_month_end(year, year_end_month) for year in (after.year, after.year + 1))
    return next(on for on in ends if on >= after) + timedelta(days=days)


def _month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def assurance(grant_cents: int) -> str:
    """Which report of an accountant comes with the financial report: audit, review, compilation.

    Source: the uniform thresholds of community-action programs since 1 April 2024, applied to
    this grant, the only public amount known here (our decision).
    """
    if grant_cents >= AUDIT_FROM:
        return "audit"
    return "review" if grant_cents >= REVIEW_FROM else "compilation"


def check_returned(received_on: date, *, issued_on: date, today: date) -> None:
    """A paper agreement came back on a true day: not before its issue, not in the future.

    Raises `date_in_future`, `returned_before_issue`.
    """
    if received_on > today:
        raise DomainError("date_in_future")
    if received_on < issued_on:
        raise DomainError("returned_before_issue", issued_on=issued_on)


def returned_at(received_on: date, issued_at: datetime) -> datetime:
    """The instant of a receipt of which only the day is known, never before the issue."""
    return max(start_of_day(received_on), issued_at)
