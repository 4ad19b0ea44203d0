"""What an administrator does for the installation itself."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.models.trail import OutboxRow
from grants.operations import outbox
from grants.operations.trail import record


def retry(session: Session, row_id: int, *, actor: Actor, now: datetime) -> bool:
    """Try again a debt that was given up; False when it is no longer so (tried again, done).

    Error: not_allowed.
    """
    demand(actor, Action.READ_HEALTH)
    key = session.scalar(select(OutboxRow.key).where(OutboxRow.id == row_id))
    if key is None or not outbox.retry(session, key, now=now):
        return False
    record(session, "outbox_retried", actor=actor, now=now, outbox_id=row_id)
    return True
