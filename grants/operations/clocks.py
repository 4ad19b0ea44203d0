"""Promises that run on a file: started at receipt, stopped by the event that keeps them."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.calendar import Calendar, local_date
from grants.domain.deadlines import Delay, compute
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment
from grants.queries import commitments

ACKNOWLEDGED = "acknowledged"  # the stop event of SACA_ACK and SCT_ACK
FUNDED = "funds_available"  # the stop event of SACA_PAY
RECEIVED = "received"  # the start event of everything that arrives
AGREED = "agreement_received"  # the start event of SACA_PAY
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def start(
    session: Session,
    case_file: CaseFile,
    calendar: Calendar,
    *,
    event: str,
    at: datetime | None = None,
) -> list[Clock]:
    """Start every timed commitment that `event` starts for this file's kind and channel.

    `at` is the instant of the event, the receipt of the file unless told. Which commitments
    apply is data of the declaration in force on that day (declaration; our decision where it is
    silent). Raises `year_without_days_off`.
    """
    at = at or case_file.received_at
    in_force = commitments.in_force(session, case_file.secretariat_id, local_date(at))
    started = [
        _clock(case_file, commitment, delay, calendar, at)
        for commitment in in_force
        if (delay := commitments.delay(commitment)) and _applies(commitment, case_file, event)
    ]
    session.add_all(started)
    case_file.next_due_at = min([case_file.next_due_at, *(clock.due_at for clock in started)])
    return started


def _applies(commitment: ServiceCommitment, case_file: CaseFile, event: str) -> bool:
    wanted = commitment.applies_to
    channels = wanted.get("channels", "all")
    return (
        commitment.start_event == event
        and case_file.kind in wanted.get("kinds", [])
        and (channels == "all" or case_file.channel in channels)
    )


def _clock(
    case_file: CaseFile,
    commitment: ServiceCommitment,
    delay: Delay,
    calendar: Calendar,
    at: datetime,
) -> Clock:
    due = compute(
        at,
        delay,
        calendar,
        commitments.opening_span(case_file.secretariat),
    )
    return Clock(
        case_file_id=case_file.id,
        commitment_id=commitment.id,
        received_at=at,
        start_on=due.start_on,
        due_on=due.due_on,
        due_at=due.due_at,
        calendar_version=due.calendar_version,
        provisional=due.provisional,
    )


def stop(session: Session, case_file: CaseFile, *, promise: str, event: str, at: datetime) -> bool:
    """Stop the running clocks whose commitment ends by `promise`; False when none ran.

    `event` says what in fact kept the promise, `at` when; a clock stops once only.
    """
    query = (
        select(Clock)
        .join(Clock.commitment)
        .where(Clock.case_file_id == case_file.id, Clock.stopped_at.is_(None))
        .where(ServiceCommitment.stop_event == promise)
        .with_for_update(of=Clock)
    )
    running = list(session.scalars(query, execution_options={"populate_existing": True}))
    for clock in running:
        clock.stopped_at, clock.stop_event = at, event
    session.flush()
    refresh_next_due(session, case_file)
    return bool(running)


def refresh_next_due(session: Session, case_file: CaseFile) -> None:
    """Put the earliest running due date on the file, where the desk's index finds it."""
    earliest = session.scalar(
        select(func.min(Clock.due_at)).where(
            Clock.case_file_id == case_file.id, Clock.stopped_at.is_(None)
        )
    )
    case_file.next_due_at = earliest or NEVER
