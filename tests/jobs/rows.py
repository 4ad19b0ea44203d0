"""Outbox rows for tests, without the act that would owe them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.models.trail import OutboxRow
from grants.operations import trail
from grants.unit_of_work import saving
from tests.factories import NOW, unique


def owe(kind: str = "mail.code", ref: int = 1, now: datetime = NOW) -> int:
    """Owe a piece of work and return the id of its row."""
    key = f"test:{unique()}"
    with saving() as session:
        trail.owed(session, kind, ref, key=key, now=now)
    return session.scalars(select(OutboxRow.id).where(OutboxRow.key == key)).one()


def row(session: Session, row_id: int) -> OutboxRow:
    """The row as it is now in the database."""
    return session.get_one(OutboxRow, row_id, populate_existing=True)


def row_of(session: Session, kind: str) -> OutboxRow:
    """The one row of this kind."""
    query = select(OutboxRow).where(OutboxRow.kind == kind)
    return session.scalars(query, execution_options={"populate_existing": True}).one()
