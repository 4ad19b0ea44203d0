"""Clocks for tests of figures, written as they stand in the tables: one file each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import end_of_day
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.reference import Secretariat, ServiceCommitment
from grants.operations.clocks import NEVER
from tests.factories import unique

_RANK = count(1)


@dataclass(frozen=True)
class Told:
    """One promise as it went: due on a day; done `after` that day's end, negative before.

    `after` None: still open. `known` is how long after the fact it was written down.
    """

    due_on: date
    after: timedelta | None = timedelta(days=-1)
    event: str = "acknowledged"
    taken: int = 3
    known: timedelta = timedelta()
    entered: timedelta = timedelta()
    code: str = "SACA_ACK"


def make_request(session: Session, secretariat: str, received_at: datetime) -> CaseFile:
    """The file of a request for information, and nothing in it."""
    office = session.scalars(select(Secretariat).where(Secretariat.code == secretariat)).one()
    case_file = CaseFile(
        public_id=unique(),
        number=f"REN-TEST-{next(_RANK):06d}",
        kind="information_request",
        secretariat_id=office.id,
        channel="email",
        received_at=received_at,
        entered_at=received_at,
        status="received",
        next_due_at=NEVER,
        touched_at=received_at,
    )
    session.add(case_file)
    session.flush()
    return case_file


def make_clock(session: Session, told: Told) -> Clock:
    """The clock of one promise on a file of its own, received ten days before its date."""
    query = select(ServiceCommitment).where(ServiceCommitment.code == told.code)
    commitment = session.scalars(query).one()
    start_on = told.due_on - timedelta(days=10)
    received_at = datetime.combine(start_on, time(15), UTC)
    due_at = end_of_day(told.due_on)
    stopped_at = None if told.after is None else due_at + told.after
    clock = Clock(
        case_file_id=make_request(session, told.code.partition("_")[0], received_at).id,
        commitment_id=commitment.id,
        received_at=received_at,
        start_on=start_on,
        due_on=told.due_on,
        due_at=due_at,
        calendar_version=1,
        provisional=False,
        recorded_at=received_at + told.entered,
        stopped_at=stopped_at,
        stop_event=told.event if stopped_at else None,
        stop_recorded_at=stopped_at + told.known if stopped_at else None,
        taken=told.taken if stopped_at else None,
    )
    session.add(clock)
    session.flush()
    return clock
