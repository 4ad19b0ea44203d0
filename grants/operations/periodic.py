"""What is owed because of the hour, not because somebody acted: figures counted, the journal's
head written outside.

The key of a debt holds its hour or its day in Québec City, and a key is unique: however many
sweeps look at once, the work is owed once. The hour that comes twice in November is one hour.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from grants.domain.calendar import local_time
from grants.models.reference import Secretariat
from grants.models.trail import OutboxRow

TALLY, JOURNAL_HEAD = "figures.tally", "file.journal_head"
KEPT = timedelta(days=7)  # what was done is looked at for a week, then it is only weight
MOST_FORGOTTEN = 1000

Debt = dict[str, Any]


def missing(session: Session, *, now: datetime) -> list[Debt]:
    """What this hour and this day ask for and nobody owed yet, as rows of the outbox."""
    debts = _wanted(session, now)
    keys = [debt["key"] for debt in debts]
    owed = set(session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))
    return [debt for debt in debts if debt["key"] not in owed]


def owe(session: Session, debts: Sequence[Debt], *, now: datetime) -> None:
    """Owe these debts, leaving those that another sweep owed meanwhile.

    With the day's first one, forget what was done more than a week ago: the rows of these two
    kinds would otherwise be most of the outbox in a few years. At most a thousand at once.
    """
    dialects = {"sqlite": sqlite, "postgresql": postgresql}
    insert = dialects[session.get_bind().dialect.name].insert(OutboxRow)
    session.execute(insert.on_conflict_do_nothing(index_elements=["key"]), list(debts))
    if any(debt["kind"] == JOURNAL_HEAD for debt in debts):
        _forget(session, now)


def _wanted(session: Session, now: datetime) -> list[Debt]:
    local = local_time(now)
    offices = session.execute(select(Secretariat.id, Secretariat.code).order_by(Secretariat.id))
    hour = local.strftime("%Y-%m-%dT%H")
    tallies = [_debt(TALLY, office.id, f"figures:{office.code}:{hour}", now) for office in offices]
    return [*tallies, _journal_head(local.date(), now)]


def _journal_head(day: date, now: datetime) -> Debt:
    return _debt(JOURNAL_HEAD, day.toordinal(), f"journal:{day.isoformat()}", now)


def _debt(kind: str, ref: int, key: str, now: datetime) -> Debt:
    return {
        "key": key,
        "kind": kind,
        "ref": ref,
        "state": "waiting",
        "attempts": 0,
        "crashes": 0,
        "created_at": now,
        "not_before": now,
    }


def _forget(session: Session, now: datetime) -> None:
    old = (
        select(OutboxRow.id)
        .where(OutboxRow.kind.in_((TALLY, JOURNAL_HEAD)), OutboxRow.state == "done")
        .where(OutboxRow.created_at < now - KEPT)
        .order_by(OutboxRow.id)
        .limit(MOST_FORGOTTEN)
    )
    ids = list(session.scalars(old))
    session.execute(
        delete(OutboxRow).where(OutboxRow.id.in_(ids)).execution_options(synchronize_session=False)
    )
