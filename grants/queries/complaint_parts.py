"""The parts of one complaint, for who is in its circle, and the yearly counts of the officer."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, Role
from grants.domain.calendar import start_of_day
from grants.domain.complaint_counts import Counted
from grants.domain.complaints import AnswerBy
from grants.models.complaints import Complaint, ComplaintEvent, ComplaintMessage, ComplaintReader
from grants.models.encrypted import blind_index
from grants.models.people import Account, Person, StaffMember, StaffRole
from grants.models.reference import Secretariat
from grants.queries.complaints import in_sight, read

_HANDLES = exists().where(
    StaffRole.person_id == StaffMember.person_id,
    StaffRole.role == Role.COMPLAINTS_OFFICER.value,
)


@dataclass(frozen=True)
class Reader:
    """Somebody named on a complaint. `aside` is true for an officer who stepped aside."""

    id: int
    name: str
    title: str
    named_at: datetime
    ended_at: datetime | None
    aside: bool


@dataclass(frozen=True)
class Event:
    """A line of the journal of one complaint."""

    at: datetime
    kind: str
    actor: str
    facts: dict[str, Any]


@dataclass(frozen=True)
class Colleague:
    """A person of the secretariat who may be named."""

    id: int
    name: str
    title: str


@dataclass(frozen=True)
class SealedMail:
    """What a mail to the person who complained needs, read at the moment it leaves."""

    message_id: str
    recipient: str
    body: str
    secretariat: str


@dataclass(frozen=True)
class EntrustedMail:
    """What the mail to a person named needs."""

    message_id: str
    recipient: str
    name: str
    public_id: str


def readers(session: Session, complaint_id: int) -> list[Reader]:
    """Who was named, and which officers stepped aside, in the order it happened."""
    query = (
        select(ComplaintReader, Person.full_name, StaffMember.title)
        .join(Person, Person.id == ComplaintReader.person_id)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .where(ComplaintReader.complaint_id == complaint_id)
        .order_by(ComplaintReader.id)
    )
    return [
        Reader(row.id, name, title, row.named_at, row.ended_at, row.named_by_id == row.person_id)
        for row, name, title in session.execute(query)
    ]


def events(session: Session, complaint_id: int) -> list[Event]:
    """What happened, newest first; the name is empty for whoever filed on the public form."""
    query = (
        select(ComplaintEvent, Person.full_name)
        .outerjoin(Person, Person.id == ComplaintEvent.actor_id)
        .where(ComplaintEvent.complaint_id == complaint_id)
        .order_by(ComplaintEvent.id.desc())
    )
    return [
        Event(line.at, line.kind, name or "", json.loads(line.facts))
        for line, name in session.execute(query)
    ]


def nameable(session: Session, complaint: Complaint) -> list[Colleague]:
    """Who may be named: persons of the secretariat who signed in once, in nobody's way.

    Not who handles complaints already, nor who is named now.
    """
    named = exists().where(
        ComplaintReader.complaint_id == complaint.id,
        ComplaintReader.person_id == StaffMember.person_id,
        ComplaintReader.ended_at.is_(None),
    )
    query = (
        _active(complaint.secretariat_id)
        .where(~_HANDLES, ~named)
        .order_by(Person.full_name, Person.id)
    )
    return [Colleague(*row) for row in session.execute(query)]


def other_officers(session: Session, complaint: Complaint, actor: Actor) -> int:
    """How many other persons would still handle this complaint without the actor."""
    aside = exists().where(
        ComplaintReader.complaint_id == complaint.id,
        ComplaintReader.person_id == StaffMember.person_id,
        ComplaintReader.named_by_id == StaffMember.person_id,
        ComplaintReader.ended_at.is_not(None),
    )
    query = _active(complaint.secretariat_id).where(
        _HANDLES, ~aside, StaffMember.person_id != actor.person_id
    )
    return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _active(secretariat_id: int) -> Select[int, str, str]:
    return (
        select(Person.id, Person.full_name, StaffMember.title)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(StaffMember.secretariat_id == secretariat_id)
        .where(Account.disabled_at.is_(None), Account.totp_enrolled_at.is_not(None))
    )


def person_name(session: Session, person_id: int | None) -> str:
    """The name of whoever entered a complaint; empty for the public form."""
    if person_id is None:
        return ""
    return session.scalar(select(Person.full_name).where(Person.id == person_id)) or ""


def counted(session: Session, first: date, after: date, *, actor: Actor) -> Sequence[Counted]:
    """What the counts rest on, for the complaints received from `first` to the eve of `after`."""
    query = (
        select(Complaint)
        .where(in_sight(actor), Complaint.received_at >= start_of_day(first))
        .where(Complaint.received_at < start_of_day(after))
    )
    return [
        Counted(
            one.acknowledge_due_on,
            one.acknowledged_at,
            one.answer_due_on,
            one.concluded_at,
            finding=json.loads(one.finding)["finding"] if one.finding else "",
            anonymous=read(one).answer_by == AnswerBy.NONE,
        )
        for one in session.scalars(query)
    ]


def mail_to_send(session: Session, message_id: int) -> SealedMail | None:
    """The mail that an outbox row owes; None when it left, or was told otherwise."""
    query = (
        select(ComplaintMessage, Secretariat.name)
        .join(Complaint, Complaint.id == ComplaintMessage.complaint_id)
        .join(Secretariat, Secretariat.id == Complaint.secretariat_id)
        .where(ComplaintMessage.id == message_id, ComplaintMessage.sent_at.is_(None))
    )
    if (row := session.execute(query).one_or_none()) is None:
        return None
    message, office = row
    return SealedMail(message.public_id, message.recipient, message.body, office)


def reader_to_tell(session: Session, reader_id: int) -> EntrustedMail | None:
    """The mail to a person named; None once their part ended or their account is closed."""
    query = (
        select(Account.email, Person.full_name, Complaint.public_id)
        .select_from(ComplaintReader)
        .join(Complaint, Complaint.id == ComplaintReader.complaint_id)
        .join(Person, Person.id == ComplaintReader.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(ComplaintReader.id == reader_id, ComplaintReader.ended_at.is_(None))
        .where(Account.disabled_at.is_(None))
    )
    row = session.execute(query).one_or_none()
    return EntrustedMail(blind_index(f"entrusted:{reader_id}"), *row) if row else None
