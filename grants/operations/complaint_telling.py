"""What is told to whoever complained: by mail, by post or by phone, and when it counts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import end_of_day, local_date
from grants.domain.errors import DomainError
from grants.domain.identity import show_phone
from grants.models.complaints import Complaint, ComplaintMessage
from grants.operations.complaint_circle import locked
from grants.operations.complaint_trail import MAIL, note, owe_sealed
from grants.queries import directory
from grants.queries.complaints import Received, read
from grants.wording import complaints as words

EMAIL = "email"
PROTECTOR = "PC"  # the Protecteur du citoyen in the directory
ACKNOWLEDGEMENT, CONCLUSION, FOLLOW_UP = "acknowledgement", "conclusion", "follow_up"


@dataclass(frozen=True)
class Telling:
    """How the person is told: by e-mail now, or by post or phone on a day of the past."""

    channel: str
    on: date | None = None


def say(
    session: Session,
    complaint: Complaint,
    kind: str,
    telling: Telling,
    now: datetime,
    **facts: object,
) -> datetime:
    """Write the message, keep it and owe its mail; return when the person is told without one.

    Raises `choice_required`, `complaint_way_unknown`, `date_required`, `date_in_future`,
    `complaint_told_before_receipt`.
    """
    told_at = _told_at(complaint, telling, now)
    message = ComplaintMessage(
        public_id=secrets.token_hex(16),
        complaint_id=complaint.id,
        kind=kind,
        sequence=_next(session, complaint, kind),
        channel=telling.channel,
        recipient=_recipient(read(complaint), telling.channel),
        body=_body(session, complaint, kind, facts),
        created_at=now,
        sent_at=None if telling.channel == EMAIL else told_at,
    )
    session.add(message)
    session.flush()
    if message.sent_at is None:
        owe_sealed(session, MAIL, message.id, now=now)
    return told_at


def tell_otherwise(
    session: Session,
    complaint_id: int,
    message_public_id: str,
    details: Telling,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Record that a message whose mail has not left was posted or said: the mail goes no more.

    Raises `not_allowed`, `complaint_message_gone`, and what `say` raises.
    """
    complaint = locked(session, complaint_id, actor=actor)
    query = select(ComplaintMessage).where(
        ComplaintMessage.complaint_id == complaint.id,
        ComplaintMessage.public_id == message_public_id,
        ComplaintMessage.sent_at.is_(None),
    )
    message = session.scalar(query.with_for_update())
    if message is None:
        raise DomainError("complaint_message_gone")
    if details.channel == EMAIL:
        raise DomainError("choice_required")
    message.recipient = _recipient(read(complaint), details.channel)
    message.channel, message.sent_at = details.channel, _told_at(complaint, details, now)
    _count(complaint, message)
    note(session, complaint, "told_otherwise", actor=actor, now=now, channel=details.channel)


def delivered(session: Session, message_id: int, *, now: datetime) -> None:
    """Record that the mail server accepted a message; a second delivery changes nothing."""
    message = session.get_one(ComplaintMessage, message_id)
    complaint = session.get_one(
        Complaint, message.complaint_id, with_for_update=True, populate_existing=True
    )
    session.refresh(message)
    if message.sent_at is not None:
        return
    message.sent_at = now
    _count(complaint, message)
    note(session, complaint, f"{message.kind}_sent", actor=None, now=now)


def has_message(session: Session, complaint: Complaint, kind: str) -> bool:
    """Whether a message of this kind was given, or waits to leave."""
    of = (ComplaintMessage.complaint_id == complaint.id, ComplaintMessage.kind == kind)
    return bool(session.scalar(select(exists().where(*of))))


def waits(session: Session, complaint: Complaint) -> bool:
    """Whether a mail to the person has not left."""
    of = (ComplaintMessage.complaint_id == complaint.id, ComplaintMessage.sent_at.is_(None))
    return bool(session.scalar(select(exists().where(*of))))


def _body(session: Session, complaint: Complaint, kind: str, facts: Mapping[str, object]) -> str:
    office = (complaint.secretariat.name, complaint.secretariat.contact)
    known = {**facts, "protector": directory.by_code(session, PROTECTOR)}
    return words.letter(kind, complaint.number, complaint.received_at, office, **known)


def _next(session: Session, complaint: Complaint, kind: str) -> int:
    """The rank of the next message of this kind."""
    last = session.scalar(
        select(func.max(ComplaintMessage.sequence)).where(
            ComplaintMessage.complaint_id == complaint.id, ComplaintMessage.kind == kind
        )
    )
    return (last or 0) + 1


def _recipient(received: Received, channel: str) -> str:
    ways = {
        "email": received.email,
        "post": received.address,
        "phone": show_phone(received.phone) if received.phone else "",
    }
    if channel not in ways:
        raise DomainError("choice_required")
    if not ways[channel]:
        raise DomainError("complaint_way_unknown")
    return ways[channel]


def _told_at(complaint: Complaint, telling: Telling, now: datetime) -> datetime:
    """When it was posted or said: the end of that day, never after now nor before the receipt."""
    if telling.channel == EMAIL:
        return now
    if telling.on is None:
        raise DomainError("date_required")
    if telling.on > local_date(now):
        raise DomainError("date_in_future")
    if telling.on < local_date(complaint.received_at):
        raise DomainError("complaint_told_before_receipt")
    return max(min(end_of_day(telling.on), now), complaint.received_at)


def _count(complaint: Complaint, message: ComplaintMessage) -> None:
    """An acknowledgement that was given keeps the delay, the first time."""
    if message.kind == ACKNOWLEDGEMENT and complaint.acknowledged_at is None:
        complaint.acknowledged_at = message.sent_at
