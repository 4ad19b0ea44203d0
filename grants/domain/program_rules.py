"""What a program asks, pays and allows, read from the dated terms it is data of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WHOLE = 10_000  # shares are in basis points: 5 000 is half


@dataclass(frozen=True)
class Criterion:
    """One criterion of the policy. `priority`: it ranks a request, it does not exclude one."""

    code: str
    label: str
    help: str
    priority: bool = False


@dataclass(frozen=True)
class RequiredDocument:
    """One document of the program; `need` is required, if_changed or if_needed."""

    key: str
    label: str
    need: str


@dataclass(frozen=True)
class InstalmentRule:
    """One part of a grant: its share in basis points, when, on what condition (None: none)."""

    share: int
    months: int
    condition: str | None


@dataclass(frozen=True)
class RevisionRight:
    """Whether a decision may be revised, and within how many calendar days of the letter."""

    granted: bool
    days: int
    posted_extra_days: int


@dataclass(frozen=True)
class ProgramRules:
    """The rules of one program from a date on (our decision; amounts and texts are data)."""

    mode: str  # mission or project
    months: int
    criteria: Sequence[Criterion]
    documents: Sequence[RequiredDocument]
    reasons: Mapping[str, str]
    instalments: Sequence[InstalmentRule]
    revision: RevisionRight
    agreement: Mapping[str, int]


def read(data: Mapping[str, Any]) -> ProgramRules:
    """The rules held by the terms of a program, as typed values."""
    priority = set(data["priority"])
    return ProgramRules(
        mode=data["mode"],
        months=data["months"],
        criteria=[Criterion(**row, priority=row["code"] in priority) for row in data["criteria"]],
        documents=[RequiredDocument(**row) for row in data["documents"]],
        reasons={row["code"]: row["label"] for row in data["reasons"]},
        instalments=[InstalmentRule(**row) for row in data["instalments"]],
        revision=RevisionRight(**data["revision"]),
        agreement=dict(data["agreement"]),
    )


def recourse_until(right: RevisionRight, letter_on: date, *, posted: bool) -> date | None:
    """The last day on which a revision may be asked; None where the program grants none.

    The day of the letter is not counted, the last one is; a posted letter gives more days
    (our decision, where the declaration is silent).
    """
    if not right.granted:
        return None
    extra = right.posted_extra_days if posted else 0
    return letter_on + timedelta(days=right.days + extra)


def split(total_cents: int, shares: Sequence[int]) -> list[int]:
    """Cut an amount by shares in basis points: whole cents that always sum to the total.

    Each part is rounded down; the cents left over go to the last part (our decision). Shares
    sum to 10 000.
    """
    if sum(shares) != WHOLE:
        raise ValueError("the shares of a grant sum to the whole")
    parts = [total_cents * share // WHOLE for share in shares[:-1]]
    return [*parts, total_cents - sum(parts)]
