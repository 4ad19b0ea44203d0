"""Promises that run on a file: started at receipt, stopped by the event that keeps them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from grants.domain.calendar import Calendar, end_of_day, local_date
from grants.domain.deadlines import Due, Unit, compute, taken
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.reference import ServiceCommitment
from grants.operations.locking import hold_calendar
from grants.queries import calendars, commitments

ACKNOWLEDGED = "acknowledged"  # the stop event of SACA_ACK and SCT_ACK
FUNDED = "funds_available"  # the stop event of SACA_PAY
CALLED_BACK = "call_returned"  # the stop event of SACA_CALLBACK
ANSWERED = "answered"  # the stop event of the answer announced for a date
RECEIVED = "received"  # the start event of everything that arrives
AGREED = "agreement_received"  # the start event of SACA_PAY
CALLED = "call_received"  # the start event of SACA_CALLBACK
ANNOUNCED = "answer_announced"  # the start event of the answer announced for a date
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def start(
    session: Session,
    case_file: CaseFile,
    calendar: Calendar,
    *,
    event: str,
    now: datetime,
    at: datetime | None = None,
) -> list[Clock]:
    """Start every timed commitment that `event` starts for this file's kind and channel.

    `at` is the instant of the event, the receipt of the file unless told; `now` is when we wrote
    it down. Which commitments apply is data of the declaration in force on that day (declaration;
    our decision where it is silent). Raises `year_without_days_off`.
    """
    at = at or case_file.received_at
    span = commitments.opening_span(case_file.secretariat)
    calendar = hold_calendar(session, calendar)
    started = [
        _clock(case_file, commitment, compute(at, delay, calendar, span), now)
        for commitment in _started_by(session, case_file, event, at)
        if (delay := commitments.delay(commitment))
    ]
    session.add_all(started)
    case_file.next_due_at = min([case_file.next_due_at, *(clock.due_at for clock in started)])
    return started


def announce(
    session: Session, case_file: CaseFile, calendar: Calendar, due_on: date, *, now: datetime
) -> Clock | None:
    """Follow the date announced to a person for their answer, like any other promise.

    None when the declaration in force makes nothing of an announced date. Until the end of that
    day in Québec City. Source: the acknowledgement of the Conseil du trésor says when the answer
    comes (declaration); that this date is then measured is our decision.
    """
    found = [one for one in _started_by(session, case_file, ANNOUNCED, now) if one.unit]
    if not found:
        return None
    today = local_date(now)
    due = Due(
        received_at=now,
        start_on=today,
        due_on=due_on,
        due_at=end_of_day(due_on),
        legal_due_on=None,
        operational_due_on=None,
        provisional=calendar.is_provisional(today, due_on),
        counted=(),
        skipped=(),
        days=(),
        calendar_version=calendar.version,
    )
    clock = _clock(case_file, found[0], due, now)
    session.add(clock)
    case_file.next_due_at = min(case_file.next_due_at, clock.due_at)
    return clock


def _started_by(
    session: Session, case_file: CaseFile, event: str, at: datetime
) -> Iterator[ServiceCommitment]:
    """The commitments in force that day which this event starts for this file."""
    for one in commitments.in_force(session, case_file.secretariat_id, local_date(at)):
        channels = one.applies_to.get("channels", "all")
        if (
            one.start_event == event
            and case_file.kind in one.applies_to.get("kinds", [])
            and (channels == "all" or case_file.channel in channels)
        ):
            yield one


def _clock(case_file: CaseFile, commitment: ServiceCommitment, due: Due, now: datetime) -> Clock:
    return Clock(
        case_file_id=case_file.id,
        commitment_id=commitment.id,
        received_at=due.received_at,
        start_on=due.start_on,
        due_on=due.due_on,
        due_at=due.due_at,
        calendar_version=due.calendar_version,
        provisional=due.provisional,
        recorded_at=now,
    )


def stop(
    session: Session,
    case_file: CaseFile,
    *,
    promise: str,
    event: str,
    at: datetime,
    now: datetime,
) -> bool:
    """Stop the running clocks whose commitment ends by `promise`; False when none ran.

    `event` says what in fact kept the promise, `at` when, `now` when we wrote it down; a clock
    stops once only.
    """
    promised = ServiceCommitment.stop_event == promise
    return _stop(session, case_file, promised, event, at, now)


def settle(
    session: Session,
    case_file: CaseFile,
    *,
    event: str,
    now: datetime,
    at: datetime | None = None,
) -> bool:
    """Stop whatever still runs on a file that is closed; False when nothing ran.

    `event` says why nobody waits any more: the figures set apart what ended so before its date,
    and count as missed what was already late (our decision). `at` is when it ended, now unless
    told.
    """
    return _stop(session, case_file, true(), event, at or now, now)


def _stop(
    session: Session,
    case_file: CaseFile,
    which: ColumnElement[bool],
    event: str,
    at: datetime,
    now: datetime,
) -> bool:
    query = (
        select(Clock, ServiceCommitment.unit)
        .join(Clock.commitment)
        .where(Clock.case_file_id == case_file.id, Clock.stopped_at.is_(None), which)
        .with_for_update(of=Clock)
    )
    running = session.execute(query, execution_options={"populate_existing": True}).all()
    calendar = calendars.calendar(session) if running else None
    for clock, unit in running:
        stopped_at = max(at, clock.received_at)
        clock.stopped_at, clock.stop_event, clock.stop_recorded_at = stopped_at, event, now
        facts = (Unit(unit or ""), clock.received_at, clock.start_on, stopped_at)
        clock.taken = taken(*facts, calendar) if calendar else None
    session.flush()
    refresh_next_due(session, case_file)
    return bool(running)


def refresh_next_due(session: Session, case_file: CaseFile) -> None:
    """Put the earliest running due date on the file, where the desk's index finds it."""
    worked_to = func.coalesce(Clock.extended_due_at, Clock.due_at)
    earliest = session.scalar(
        select(func.min(worked_to)).where(
            Clock.case_file_id == case_file.id, Clock.stopped_at.is_(None)
        )
    )
    case_file.next_due_at = earliest or NEVER
