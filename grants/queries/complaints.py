"""Complaints, as their circle reads them: to anybody else they do not exist.

Who may see a complaint is part of the statement that looks for it, so that a hidden one and a
missing one are the same statements with the same answer.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from grants.domain.access import Action, Actor
from grants.domain.complaints import AnswerBy
from grants.models.complaints import Complaint, ComplaintMessage, ComplaintReader
from grants.models.reference import Secretariat

PAGE = 50

Cursor = tuple[bool, date, int]


@dataclass(frozen=True)
class ListedComplaint:
    """One line of the registry."""

    public_id: str
    number: str
    requester: str
    anonymous: bool
    status: str
    received_at: datetime
    acknowledged_at: datetime | None
    acknowledge_due_on: date
    answer_due_on: date
    concluded_at: datetime | None


@dataclass(frozen=True)
class Page:
    """Fifty lines at most, and the cursor of the next fifty."""

    complaints: list[ListedComplaint]
    next_after: Cursor | None


@dataclass(frozen=True)
class Received:
    """What came, deciphered: who, how to reach them, their words."""

    words: str
    requester: str
    answer_by: str
    email: str
    phone: str
    address: str
    about: str
    channel: str
    filed_by: int | None


@dataclass(frozen=True)
class Told:
    """What was told to the person, and when; `sent_at` is None while a mail waits."""

    public_id: str
    kind: str
    channel: str
    recipient: str
    body: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True)
class FollowedComplaint:
    """What the person may see of their complaint: dates, state, and what was told to them."""

    number: str
    secretariat: Secretariat
    status: str
    received_at: datetime
    acknowledged_at: datetime | None
    acknowledge_due_on: date
    answer_due_on: date
    concluded_at: datetime | None
    messages: tuple[Told, ...]


def read(complaint: Complaint) -> Received:
    """What came, from its enciphered text."""
    return Received(**json.loads(complaint.received))


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Whether the actor is in the circle: who handles the complaints of that secretariat and did
    not step aside of this one, or whoever was named on it and still is.

    Stepping aside is a part named by oneself that has ended (our decision).
    """
    own = and_(
        ComplaintReader.complaint_id == Complaint.id, ComplaintReader.person_id == actor.person_id
    )
    named = exists().where(own, ComplaintReader.ended_at.is_(None))
    by_self = ComplaintReader.named_by_id == actor.person_id
    aside = exists().where(own, by_self, ComplaintReader.ended_at.is_not(None))
    handles = ~aside if actor.may(Action.HANDLE_COMPLAINT) else false()
    return and_(Complaint.secretariat_id == actor.secretariat_id, or_(named, handles))


def one(session: Session, public_id: str, *, actor: Actor) -> Complaint | None:
    """The complaint of this public id, if the actor is in its circle."""
    query = (
        select(Complaint)
        .options(joinedload(Complaint.secretariat))
        .where(Complaint.public_id == public_id, in_sight(actor))
    )
    return session.scalar(query)


def any_in_sight(session: Session, actor: Actor) -> bool:
    """Whether the actor has the list: who handles complaints, or was named on one."""
    if actor.may(Action.HANDLE_COMPLAINT):
        return True
    return session.scalar(select(Complaint.id).where(in_sight(actor)).limit(1)) is not None


def registry(session: Session, *, closed: bool, after: Cursor | None = None, actor: Actor) -> Page:
    """The open or the closed complaints of the actor's circle: those to answer first,
    the soonest before the others.

    `after` is the last line seen: whether it was concluded, its due date and its id.
    """
    state = Complaint.closed_at.is_not(None) if closed else Complaint.closed_at.is_(None)
    place = tuple_(Complaint.concluded_at.is_not(None), Complaint.answer_due_on, Complaint.id)
    query = select(Complaint).where(in_sight(actor), state).order_by(*place.clauses)
    if after is not None:
        query = query.where(place > after)
    found = list(session.scalars(query.limit(PAGE + 1)))
    last = found[PAGE - 1] if len(found) > PAGE else None
    lines = [_listed(complaint) for complaint in found[:PAGE]]
    return Page(lines, _place(last) if last else None)


def _place(complaint: Complaint) -> Cursor:
    return complaint.concluded_at is not None, complaint.answer_due_on, complaint.id


def _listed(complaint: Complaint) -> ListedComplaint:
    came = read(complaint)
    return ListedComplaint(
        public_id=complaint.public_id,
        number=complaint.number,
        requester=came.requester,
        anonymous=came.answer_by == AnswerBy.NONE,
        status=complaint.status,
        received_at=complaint.received_at,
        acknowledged_at=complaint.acknowledged_at,
        acknowledge_due_on=complaint.acknowledge_due_on,
        answer_due_on=complaint.answer_due_on,
        concluded_at=complaint.concluded_at,
    )


def email_of(session: Session, complaint_id: int) -> str:
    """The address given with a complaint, in lower case as it was read; empty without one."""
    return read(session.get_one(Complaint, complaint_id)).email


def told(session: Session, complaint_id: int) -> list[Told]:
    """What was told to the person, or waits to be, oldest first."""
    query = (
        select(ComplaintMessage)
        .where(ComplaintMessage.complaint_id == complaint_id)
        .order_by(ComplaintMessage.id)
    )
    return [
        Told(
            public_id=one.public_id,
            kind=one.kind,
            channel=one.channel,
            recipient=one.recipient,
            body=one.body,
            created_at=one.created_at,
            sent_at=one.sent_at,
        )
        for one in session.scalars(query)
    ]


def for_follower(session: Session, complaint_id: int) -> FollowedComplaint | None:
    """What the follow page may show to the person themselves: nothing of who examines it."""
    complaint = session.get(Complaint, complaint_id)
    if complaint is None:
        return None
    gone = tuple(one for one in told(session, complaint_id) if one.sent_at is not None)
    return FollowedComplaint(
        number=complaint.number,
        secretariat=complaint.secretariat,
        status=complaint.status,
        received_at=complaint.received_at,
        acknowledged_at=complaint.acknowledged_at,
        acknowledge_due_on=complaint.acknowledge_due_on,
        answer_due_on=complaint.answer_due_on,
        concluded_at=complaint.concluded_at,
        messages=gone,
    )
