"""The life of a debt: claimed under a lease, then done, given back or given up."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, case, or_, select, update
from sqlalchemy.orm import Session

from grants.models.trail import OutboxRow

LEASE = timedelta(seconds=60)
PATIENCE = timedelta(seconds=30)  # a server that is away is asked again this often
MOST_CRASHES = 5
SWEEP_LIMIT = 500


class LeaseLost(Exception):
    """Another worker has the row: whatever this one did in the database must not stay."""


@dataclass(frozen=True)
class Claim:
    """A row taken by this worker, and the lease that proves it."""

    row_id: int
    kind: str
    ref: int
    lease_id: str


def claim(session: Session, row_id: int, *, now: datetime) -> Claim | None:
    """Take a row that is due, or whose lease has lapsed; None when somebody has it.

    One conditional UPDATE decides, so that two workers never take the same row. A row whose
    worker was lost five times is given up, visible, and the others go on.
    """
    lapsed = and_(OutboxRow.state == "taken", OutboxRow.lease_until < now)
    waiting = and_(OutboxRow.state == "waiting", OutboxRow.not_before <= now)
    lease_id = secrets.token_hex(16)
    taken = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == row_id, or_(waiting, lapsed))
        .values(
            state="taken",
            lease_id=lease_id,
            lease_until=now + LEASE,
            attempts=OutboxRow.attempts + 1,
            crashes=OutboxRow.crashes + case((OutboxRow.state == "taken", 1), else_=0),
        )
        .returning(OutboxRow.kind, OutboxRow.ref, OutboxRow.crashes)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        return None
    found = Claim(row_id, taken.kind, taken.ref, lease_id)
    if taken.crashes >= MOST_CRASHES:
        give_up(session, found, "worker lost five times")
        return None
    return found


def finish(session: Session, claimed: Claim) -> None:
    """Mark the work done, in the transaction of its effect. Raises LeaseLost when too late."""
    _release(session, claimed, state="done")


def give_back(session: Session, claimed: Claim, error: str, *, now: datetime) -> None:
    """Let the row wait for another try: what it needs is away (mail server, disk)."""
    _release(session, claimed, state="waiting", not_before=now + PATIENCE, last_error=error[:200])


def give_back_broken(session: Session, claimed: Claim, error: str, *, now: datetime) -> None:
    """Let the row wait after a fault of ours; the fifth fault gives it up."""
    crashes = session.scalar(select(OutboxRow.crashes).where(OutboxRow.id == claimed.row_id))
    if (crashes or 0) + 1 >= MOST_CRASHES:
        give_up(session, claimed, error)
        return
    _release(
        session,
        claimed,
        state="waiting",
        not_before=now + PATIENCE,
        crashes=OutboxRow.crashes + 1,
        last_error=error[:200],
    )


def give_up(session: Session, claimed: Claim, error: str) -> None:
    """Stop trying (address refused, five faults): staff see it and act."""
    _release(session, claimed, state="failed", last_error=error[:200])


def _release(session: Session, claimed: Claim, **values: object) -> None:
    released = session.execute(
        update(OutboxRow)
        .where(OutboxRow.id == claimed.row_id, OutboxRow.lease_id == claimed.lease_id)
        .where(OutboxRow.state == "taken")
        .values(lease_id=None, lease_until=None, **values)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if released is None:
        raise LeaseLost(f"outbox row {claimed.row_id}")


def due(session: Session, *, now: datetime) -> list[tuple[str, int]]:
    """Kind and id of the rows that wait and are due, or whose worker is lost; oldest first."""
    query = (
        select(OutboxRow.kind, OutboxRow.id)
        .where(
            or_(
                and_(OutboxRow.state == "waiting", OutboxRow.not_before <= now),
                and_(OutboxRow.state == "taken", OutboxRow.lease_until < now),
            )
        )
        .order_by(OutboxRow.not_before, OutboxRow.id)
        .limit(SWEEP_LIMIT)
    )
    return [(kind, row_id) for kind, row_id in session.execute(query)]


def retry(session: Session, key: str, *, now: datetime) -> bool:
    """Try a given-up row again, because a person asked for it; False when none has this key."""
    again = session.execute(
        update(OutboxRow)
        .where(OutboxRow.key == key, OutboxRow.state == "failed")
        .values(state="waiting", not_before=now, crashes=0)
        .returning(OutboxRow.id)
        .execution_options(synchronize_session=False)
    )
    return again.one_or_none() is not None
