"""The work that the clock asks for: figures every hour, the head of the journal every day."""

from datetime import datetime

from sqlalchemy.orm import Session

from grants.operations import periodic
from grants.unit_of_work import saving


def owe_periodic(session: Session, now: datetime) -> None:
    """Owe what this hour and this day ask for. Looking writes nothing when all is owed."""
    debts = periodic.missing(session, now=now)
    if debts:
        with saving() as writing:
            periodic.owe(writing, debts, now=now)
