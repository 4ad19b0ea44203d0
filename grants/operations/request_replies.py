"""Promises made to whoever asked for information: acknowledged with a date, put off, moved."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain import information_requests as rules
from grants.domain import request_answers
from grants.domain.access import Actor
from grants.domain.calendar import end_of_day, local_date
from grants.domain.errors import DomainError
from grants.domain.information_requests import Topic
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.reference import ServiceCommitment
from grants.models.requests import Reply
from grants.models.trail import OutboxRow
from grants.operations import clocks
from grants.operations.request_acts import locked, refresh, take_if_free
from grants.operations.request_telling import EMAIL, POST, Said, keep, said_already, tell
from grants.queries import calendars, commitments

ACKNOWLEDGEMENT, EXTENSION, MOVE = "acknowledgement", "extension", "requalification"


@dataclass(frozen=True)
class DatedDetails:
    """What is said, and the date on which the person will have their answer."""

    said: Said
    due_on: date | None = None


def acknowledge(
    session: Session, case_file_id: int, details: DatedDetails, *, actor: Actor, now: datetime
) -> Reply:
    """Acknowledge a request and announce the date of its answer, which is then followed.

    The SCT always announces a date (declaration); SACA may, even after its automatic
    acknowledgement (our decision). By e-mail the promise is kept when the mail leaves, by post on
    the day of posting, by telephone at once. Raises the errors of `keep`, `not_allowed`,
    `stale_page`, `request_closed`, `answer_date_required`, `answer_date_past`,
    `answer_date_closed`, `acknowledged_already`.
    """
    handled = locked(session, case_file_id, actor=actor)
    if known := said_already(session, details.said):
        return known
    refresh(handled, details.said.version, actor=actor)
    case_file, due_on = handled.case_file, details.due_on
    _check_acknowledgement(session, case_file, due_on, now)
    take_if_free(session, handled, actor=actor, now=now)
    reply = keep(
        session, handled, ACKNOWLEDGEMENT, details.said, actor=actor, now=now, due_on=due_on
    )
    if due_on:
        clocks.announce(session, case_file, calendars.calendar(session), due_on, now=now)
    _stop_acknowledgement(session, case_file, reply, now)
    tell(session, "request_acknowledged", reply, actor=actor, now=now)
    return reply


def extend(
    session: Session, case_file_id: int, details: DatedDetails, *, actor: Actor, now: datetime
) -> Reply:
    """Put off the answer to a later date, with the reason, told to the person.

    Staff then work to the new date; the measure keeps the first one (our decision). Raises the
    errors of `keep`, `not_allowed`, `stale_page`, `request_closed`, `answer_date_required`,
    `answer_date_past`, `answer_date_closed`, `no_date_announced`, `extension_not_later`.
    """
    handled = locked(session, case_file_id, actor=actor)
    if known := said_already(session, details.said):
        return known
    refresh(handled, details.said.version, actor=actor)
    case_file = handled.case_file
    due_on = _open_day(session, details.due_on, now)
    request_answers.check_extension(due_on, _announced(session, case_file))
    take_if_free(session, handled, actor=actor, now=now)
    reply = keep(session, handled, EXTENSION, details.said, actor=actor, now=now, due_on=due_on)
    if clock := _answer_clock(session, case_file):
        clock.extended_due_at = end_of_day(due_on)
        session.flush()
    clocks.refresh_next_due(session, case_file)
    tell(session, "answer_extended", reply, actor=actor, now=now)
    return reply


def move_to_access(
    session: Session, case_file_id: int, said: Said, *, actor: Actor, now: datetime
) -> Reply:
    """Treat the request as one for access to documents, told to the person with the law's delays.

    Once only; its receipt stays; what the declaration still promised stops as moved (A-2.1, our
    decision). Raises the errors of `keep`, `not_allowed`, `stale_page`, `request_closed`,
    `moved_already`, `media_not_moved`.
    """
    handled = locked(session, case_file_id, actor=actor)
    if known := said_already(session, said):
        return known
    refresh(handled, said.version, actor=actor)
    case_file, asked = handled.case_file, handled.asked
    rules.check_move(asked.topic, asked.moved_at)
    take_if_free(session, handled, actor=actor, now=now)
    calendar, span = calendars.calendar(session), commitments.opening_span(case_file.secretariat)
    due_on = request_answers.access_due_on(case_file.received_at, calendar, span)
    reply = keep(session, handled, MOVE, said, actor=actor, now=now, due_on=due_on)
    asked.topic_before, asked.topic, asked.moved_at = asked.topic, Topic.ACCESS.value, now
    clocks.settle(session, case_file, event="moved", now=now, at=reply.made_at)
    tell(session, "topic_moved_to_access", reply, actor=actor, now=now)
    return reply


def _check_acknowledgement(
    session: Session, case_file: CaseFile, due_on: date | None, now: datetime
) -> None:
    """Refuse a second acknowledgement, and one without the date it must announce."""
    if due_on is None:
        if rules.date_required(case_file.secretariat.code):
            raise DomainError("answer_date_required")
        if _acknowledged(session, case_file):
            raise DomainError("acknowledged_already")
        return
    if _announced(session, case_file) is not None:
        raise DomainError("acknowledged_already")
    _open_day(session, due_on, now)


def _open_day(session: Session, due_on: date | None, now: datetime) -> date:
    if due_on is None:
        raise DomainError("answer_date_required")
    request_answers.check_answer_date(due_on, local_date(now), calendars.calendar(session))
    return due_on


def _announced(session: Session, case_file: CaseFile) -> date | None:
    """The latest date told to the person for their answer."""
    told = Reply.kind.in_((ACKNOWLEDGEMENT, EXTENSION))
    query = select(func.max(Reply.due_on)).where(Reply.case_file_id == case_file.id, told)
    return session.scalar(query)


def _acknowledged(session: Session, case_file: CaseFile) -> bool:
    """Whether somebody acknowledged, or an acknowledgement left or is about to: a mail that was
    given up acknowledges nothing."""
    replied = select(Reply.id).where(
        Reply.case_file_id == case_file.id, Reply.kind == ACKNOWLEDGEMENT
    )
    refused = select(OutboxRow.id).where(
        OutboxRow.key == "message:" + Message.public_id, OutboxRow.state == "failed"
    )
    mailed = select(Message.id).where(
        Message.case_file_id == case_file.id, Message.kind == ACKNOWLEDGEMENT, ~refused.exists()
    )
    return bool(session.scalar(select(replied.exists() | mailed.exists())))


def _answer_clock(session: Session, case_file: CaseFile) -> Clock | None:
    """The promise to answer by the date announced, while it runs."""
    query = (
        select(Clock)
        .join(Clock.commitment)
        .where(Clock.case_file_id == case_file.id, Clock.stopped_at.is_(None))
        .where(ServiceCommitment.start_event == clocks.ANNOUNCED)
    )
    return session.scalar(query)


def _stop_acknowledgement(
    session: Session, case_file: CaseFile, reply: Reply, now: datetime
) -> None:
    """Posted or spoken, it keeps the promise now; by e-mail, when the mail leaves."""
    if reply.channel == EMAIL:
        return
    event = "acknowledgement_posted" if reply.channel == POST else "acknowledged_by_phone"
    promise, at = clocks.ACKNOWLEDGED, reply.made_at
    clocks.stop(session, case_file, promise=promise, event=event, at=at, now=now)
