"""What an owed mail of a request for information must say, and whether it is still wanted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from grants.domain.information_requests import Topic, goes_to_amp
from grants.domain.request_answers import access_due_on
from grants.models.case_files import CaseFile
from grants.models.directory import Resource
from grants.models.messages import Message
from grants.models.requests import InformationRequest, Reply
from grants.models.trail import OutboxRow
from grants.queries import applications, calendars, case_files, commitments
from grants.queries.applications import AdvisorCard

ENDS = ("answer", "redirection")
FIRST_WORDS = ("acknowledgement", "receipt")
ACKNOWLEDGED, CALL_RETURNED = "acknowledged", "call_returned"


@dataclass(frozen=True)
class OwedRequestMail:
    """Everything a mail of a request can say.

    `due_on` is the day told for the answer, or the law's for a request of access; `body` what a
    member of the staff wrote; `acknowledge_by` and `call_by` are promises that still run.
    """

    message_id: str
    kind: str
    recipient: str
    number: str
    topic: str
    received_at: datetime
    secretariat: str
    contact: Mapping[str, Any]
    holder: AdvisorCard | None
    body: str
    due_on: date | None
    access_due_on: date | None
    acknowledge_by: date | None
    call_by: datetime | None
    goes_to_amp: bool
    resource: Resource | None


def owed(session: Session, message_id: int) -> OwedRequestMail | None:
    """The mail that an outbox row owes; None when it was sent, posted or overtaken."""
    row = session.execute(_wanted(message_id)).one_or_none()
    if row is None or _overtaken(session, row[0]):
        return None
    message, case, asked = row
    reply = _reply(session, message)
    acknowledge_by, call_by = _promises(session, case)
    return OwedRequestMail(
        message_id=message.public_id,
        kind=message.kind,
        recipient=message.recipient,
        number=case.number,
        topic=asked.topic,
        received_at=case.received_at,
        secretariat=case.secretariat.name,
        contact=case.secretariat.contact,
        holder=_holder(session, case),
        body=reply.body if reply else "",
        due_on=_told_date(message),
        access_due_on=_access(session, case, asked),
        acknowledge_by=acknowledge_by,
        call_by=call_by,
        goes_to_amp=goes_to_amp(asked.topic, asked.details),
        resource=reply.resource if reply else None,
    )


def answer_refused(session: Session, case_file_id: int) -> bool:
    """Whether the mail that closed a request was given up, and nobody said its words otherwise."""
    refused = exists().where(
        *(Message.case_file_id == case_file_id, Message.kind.in_(ENDS)),
        *(OutboxRow.key == "message:" + Message.public_id, OutboxRow.state == "failed"),
    )
    otherwise = exists().where(
        *(Reply.case_file_id == case_file_id, Reply.kind.in_(ENDS), Reply.channel != "email")
    )
    return bool(session.scalar(select(refused & ~otherwise)))


def _told_date(message: Message) -> date | None:
    """The day that the act which owes the mail left for its words."""
    due_on = message.facts.get("due_on")
    return date.fromisoformat(due_on) if due_on else None


def _holder(session: Session, case: CaseFile) -> AdvisorCard | None:
    return applications.advisor(session, case.advisor_id) if case.advisor_id else None


def _wanted(message_id: int) -> Select[Message, CaseFile, InformationRequest]:
    return (
        select(Message, CaseFile, InformationRequest)
        .join(CaseFile, CaseFile.id == Message.case_file_id)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .options(joinedload(CaseFile.secretariat))
        .where(Message.id == message_id, Message.channel == "email", Message.sent_at.is_(None))
    )


def _overtaken(session: Session, message: Message) -> bool:
    """First words without a date, once somebody acknowledged another way or wrote since."""
    if message.kind not in FIRST_WORDS or message.facts:
        return False
    other = aliased(Message)
    same_file = other.case_file_id == message.case_file_id
    given = exists().where(same_file, other.kind == "acknowledgement", other.sent_at.is_not(None))
    return bool(session.scalar(select(given)))


def _reply(session: Session, message: Message) -> Reply | None:
    """What a member of the staff said, for a mail that carries it."""
    query = (
        select(Reply)
        .options(joinedload(Reply.resource))
        .where(Reply.case_file_id == message.case_file_id)
        .where(Reply.public_id == message.facts.get("reply", ""))
    )
    return session.scalar(query)


def _promises(session: Session, case: CaseFile) -> tuple[date | None, datetime | None]:
    """The day promised for the acknowledgement and the hour of the call, while they run."""
    running = {
        clock.commitment.stop_event: clock
        for clock in case_files.clocks(session, case.id)
        if clock.stopped_at is None
    }
    acknowledge, call = running.get(ACKNOWLEDGED), running.get(CALL_RETURNED)
    return (acknowledge.due_on if acknowledge else None), (call.due_at if call else None)


def _access(session: Session, case: CaseFile, asked: InformationRequest) -> date | None:
    """The law's last day for a request of access; None for any other."""
    if asked.topic != Topic.ACCESS:
        return None
    span = commitments.opening_span(case.secretariat)
    return access_due_on(case.received_at, calendars.calendar(session), span)
