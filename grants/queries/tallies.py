"""The figures of a fiscal year as the job last counted them: what the public page reads.

A page reads the row and counts nothing, so that it costs the same whatever the volume.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.periods import Period
from grants.domain.results import PromiseFigures
from grants.models.results import Tally
from grants.queries import evidence, figures
from grants.queries.evidence import Evidence, Measure
from grants.queries.figures import MonthFigures


@dataclass(frozen=True)
class Counted:
    """The figures of a period: promises with a delay, the others, and each month by code."""

    period: Period
    as_of: datetime
    figures: tuple[PromiseFigures, ...]
    evidence: tuple[Evidence, ...]
    months: Mapping[str, tuple[MonthFigures, ...]]


def count_table(session: Session, secretariat_id: int, period: Period, as_of: datetime) -> Counted:
    """Count a period as a publication tells it: without its months."""
    return Counted(
        period,
        as_of,
        tuple(figures.figures(session, secretariat_id, period, as_of)),
        tuple(evidence.evidence(session, secretariat_id, period, as_of)),
        {},
    )


def count(session: Session, secretariat_id: int, period: Period, as_of: datetime) -> Counted:
    """Count everything of a period: the work of the job, for the page that draws its months."""
    months = figures.by_month(session, secretariat_id, period, as_of)
    counted = count_table(session, secretariat_id, period, as_of)
    return replace(counted, months={code: tuple(parts) for code, parts in months.items()})


def latest(session: Session, secretariat_id: int) -> list[Counted]:
    """What was last counted for a secretariat, the newest fiscal year first."""
    query = (
        select(Tally).where(Tally.secretariat_id == secretariat_id).order_by(Tally.from_on.desc())
    )
    return [_read(row) for row in session.scalars(query)]


def of_year(session: Session, secretariat_id: int, period: Period) -> Counted | None:
    """What was last counted for one fiscal year; None when nothing was yet."""
    row = session.get(Tally, (secretariat_id, period.from_on))
    return _read(row) if row is not None and row.until_on == period.until_on else None


def _read(row: Tally) -> Counted:
    data = json.loads(row.figures)
    return Counted(
        Period(row.from_on, row.until_on),
        row.as_of,
        tuple(PromiseFigures(**one) for one in data["figures"]),
        tuple(_evidence(one) for one in data["evidence"]),
        {code: tuple(_month(part) for part in parts) for code, parts in data["months"].items()},
    )


def _evidence(data: Mapping[str, Any]) -> Evidence:
    measures = tuple(Measure(**one) for one in data["measures"])
    return Evidence(data["code"], data["sentence"], measures)


def _month(data: Mapping[str, Any]) -> MonthFigures:
    return MonthFigures(**{**data, "from_on": date.fromisoformat(data["from_on"])})
