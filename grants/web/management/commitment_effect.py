"""What another delay would have given over the fiscal year that is over and the present one."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from grants.domain.calendar import local_date
from grants.domain.commitment_changes import Wording
from grants.domain.periods import Period, fiscal_year_of
from grants.domain.results import simulate
from grants.queries import figures
from grants.wording.commitments import share

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class PastYear:
    """One fiscal year of a promise: how many were due, the share kept, what it would have been."""

    label: str
    due: int
    kept: str
    would: str


def past_years(
    session: "Session", secretariat_id: int, code: str, wanted: Wording, now: datetime
) -> list[PastYear]:
    """The last fiscal year and this one; none for a promise that has no length."""
    if wanted.quantity is None:
        return []
    this_year = fiscal_year_of(local_date(now))
    periods = (this_year.previous, this_year)
    return [_year(session, secretariat_id, code, wanted, period, now) for period in periods]


def _year(
    session: "Session",
    secretariat_id: int,
    code: str,
    wanted: Wording,
    period: Period,
    now: datetime,
) -> PastYear:
    known = figures.figures(session, secretariat_id, period, now)
    found = next((one for one in known if one.code == code), None)
    histogram = figures.histogram(session, secretariat_id, period, now, code=code)
    kept = found.share if found else None
    would = "ne se compare pas"
    if histogram is not None and histogram.unit == wanted.unit:
        would = share(simulate(histogram, wanted.quantity or 0))
    return PastYear(period.label, found.due if found else 0, share(kept), would)
