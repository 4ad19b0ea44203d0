"""One request for information, as its secretariat sees it and as its sender follows it.

Journalists' requests are seen by those who handle them only.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, func, literal, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from grants.domain.access import Actor, Role
from grants.domain.calendar import local_date
from grants.domain.information_requests import MEDIA_ROLES, Topic, sees_media
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.people import Account, Person, StaffMember, StaffRole
from grants.models.requests import CallAttempt, InformationRequest, Reply, Transfer
from grants.models.trail import JournalEvent
from grants.queries import applications, case_files
from grants.queries.applications import AdvisorCard

KIND = "information_request"
# In the text of each statement: no engine matches a parameter with the index of requests alone.
IS_REQUEST = CaseFile.kind == literal(KIND, literal_execute=True)
IS_OPEN = CaseFile.closed_at.is_(None)
ANSWERING = (Role.ADVISOR, Role.TEAM_LEAD, Role.INFORMATION_AGENT)


@dataclass(frozen=True)
class Sheet:
    """One request: its file and what was asked."""

    case: CaseFile
    asked: InformationRequest


@dataclass(frozen=True)
class Answerer:
    """Somebody who may answer requests."""

    person_id: int
    name: str
    title: str


@dataclass(frozen=True)
class Hand:
    """Who had a request in hand, from when on; rank 1 is not a hand-off."""

    rank: int
    person: str
    given_by: str
    given_at: datetime
    reason: str


@dataclass(frozen=True)
class FollowedPromise:
    """One promise to the person: `stop_event` is what keeps it, `extended_on` the later day told.

    `due_at` matters by the hour where `unit` is 'hours'; `stopped_by` is the event that ended it.
    """

    sentence: str
    stop_event: str
    unit: str
    due_on: date
    due_at: datetime
    extended_on: date | None
    stopped_at: datetime | None
    stopped_by: str | None


@dataclass(frozen=True)
class FollowedReply:
    """What was said to the person; `resource` names the body they were sent to, if any."""

    kind: str
    channel: str
    body: str
    due_on: date | None
    made_at: datetime
    resource: str
    resource_phone: str
    resource_email: str
    resource_url: str


@dataclass(frozen=True)
class FollowedRequest:
    """What the follow page shows to whoever sent the request; nothing of who they are.

    `because` is 'unreachable' or 'duplicate' of the request `same` once it was given up.
    """

    number: str
    secretariat: str
    secretariat_code: str
    topic: str
    status: str
    because: str
    same: str
    received_at: datetime
    closed_at: datetime | None
    answer_due_on: date | None
    wants_callback: bool
    calls: int
    hand_offs: int
    holder: AdvisorCard | None
    promises: tuple[FollowedPromise, ...]
    replies: tuple[FollowedReply, ...]


def visible(actor: Actor) -> list[ColumnElement[bool]]:
    """The requests of the actor's secretariat, without journalists' unless they handle them."""
    seen = [CaseFile.secretariat_id == actor.secretariat_id, IS_REQUEST]
    if not sees_media(actor.roles):
        seen.append(InformationRequest.topic != Topic.MEDIA.value)
    return seen


def one(session: Session, public_id: str, *, actor: Actor) -> Sheet | None:
    """A request that the actor may see, with its secretariat and whoever has it in hand."""
    query = (
        select(CaseFile, InformationRequest)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .options(joinedload(CaseFile.secretariat), joinedload(CaseFile.advisor))
        .where(CaseFile.public_id == public_id, *visible(actor))
    )
    row = session.execute(query).one_or_none()
    return Sheet(row[0], row[1]) if row else None


def hands(session: Session, case_file_id: int) -> list[Hand]:
    """Who had the request in hand, the first one first."""
    person, giver = aliased(Person), aliased(Person)
    query = (
        select(Transfer.rank, person.full_name, giver.full_name, Transfer.given_at, Transfer.reason)
        .join(person, person.id == Transfer.person_id)
        .join(giver, giver.id == Transfer.given_by_id)
        .where(Transfer.case_file_id == case_file_id)
        .order_by(Transfer.rank)
    )
    return [Hand(*row) for row in session.execute(query)]


def attempts(session: Session, case_file_id: int) -> Sequence[CallAttempt]:
    """The calls made to the person, in the order they were made."""
    query = (
        select(CallAttempt)
        .options(joinedload(CallAttempt.person))
        .where(CallAttempt.case_file_id == case_file_id)
        .order_by(CallAttempt.made_at, CallAttempt.id)
    )
    return session.scalars(query).all()


def replies(session: Session, case_file_id: int) -> Sequence[Reply]:
    """What was said to the person, from the acknowledgement to the answer."""
    query = (
        select(Reply)
        .options(joinedload(Reply.made_by), joinedload(Reply.resource))
        .where(Reply.case_file_id == case_file_id)
        .order_by(Reply.id)
    )
    return session.scalars(query).all()


def answerers(session: Session, secretariat_id: int | None, topic: str) -> list[Answerer]:
    """Who may answer requests of this topic in this secretariat, by name."""
    roles = MEDIA_ROLES & set(ANSWERING) if topic == Topic.MEDIA else ANSWERING
    query = (
        select(Person.id, Person.full_name, StaffMember.title)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(StaffMember.secretariat_id == secretariat_id)
        .where(StaffRole.role.in_([role.value for role in roles]))
        .where(Account.disabled_at.is_(None), Account.totp_enrolled_at.is_not(None))
        .distinct()
        .order_by(Person.full_name, Person.id)
    )
    return [Answerer(*row) for row in session.execute(query)]


def answers_no_more(office: int | None | ColumnElement[int]) -> Select[int]:
    """Who left this secretariat or lost the roles that answer: what they had in hand waits
    for somebody else (our decision)."""
    still = (
        select(StaffRole.person_id)
        .where(StaffRole.person_id == StaffMember.person_id)
        .where(StaffRole.role.in_([role.value for role in ANSWERING]))
        .exists()
    )
    return (
        select(StaffMember.person_id)
        .join(Account, Account.person_id == StaffMember.person_id)
        .where(StaffMember.secretariat_id == office)
        .where(or_(Account.disabled_at.is_not(None), ~still))
    )


def for_follower(session: Session, case_file_id: int) -> FollowedRequest | None:
    """What the follow page may show of a request; None when there is none of this id."""
    case = session.get(CaseFile, case_file_id, options=[joinedload(CaseFile.secretariat)])
    asked = session.get(InformationRequest, case_file_id)
    if case is None or asked is None:
        return None
    told = tuple(_followed_reply(one) for one in replies(session, case.id))
    because, same = _given_up(session, case)
    return FollowedRequest(
        number=case.number,
        secretariat=case.secretariat.name,
        secretariat_code=case.secretariat.code,
        topic=asked.topic,
        status=case.status,
        because=because,
        same=same,
        received_at=case.received_at,
        closed_at=case.closed_at,
        answer_due_on=_answer_date(told),
        wants_callback=asked.wants_callback,
        calls=_count(session, CallAttempt.case_file_id == case.id),
        hand_offs=max(0, _count(session, Transfer.case_file_id == case.id) - 1),
        holder=_holder(session, case),
        promises=tuple(_followed_promise(one) for one in case_files.clocks(session, case.id)),
        replies=told,
    )


def _answer_date(told: Iterable[FollowedReply]) -> date | None:
    """The latest date told for the answer; the law's date of a request of access is another."""
    dates = [one.due_on for one in told if one.due_on and one.kind != "requalification"]
    return max(dates, default=None)


def _holder(session: Session, case: CaseFile) -> AdvisorCard | None:
    return applications.advisor(session, case.advisor_id) if case.advisor_id else None


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(which)) or 0


def _followed_promise(clock: Clock) -> FollowedPromise:
    later = clock.extended_due_at
    return FollowedPromise(
        sentence=clock.commitment.sentence,
        stop_event=clock.commitment.stop_event or "",
        unit=clock.commitment.unit or "",
        due_on=clock.due_on,
        due_at=clock.due_at,
        extended_on=local_date(later) if later else None,
        stopped_at=clock.stopped_at,
        stopped_by=clock.stop_event,
    )


def _followed_reply(reply: Reply) -> FollowedReply:
    body = reply.resource
    return FollowedReply(
        kind=reply.kind,
        channel=reply.channel,
        body=reply.body,
        due_on=reply.due_on,
        made_at=reply.made_at,
        resource=body.name if body else "",
        resource_phone=body.phone if body else "",
        resource_email=body.email if body else "",
        resource_url=body.url if body else "",
    )


def _given_up(session: Session, case: CaseFile) -> tuple[str, str]:
    """Why a request was closed without an answer, and the other one it repeats."""
    if case.status != "abandoned":
        return "", ""
    query = select(JournalEvent.facts).where(
        JournalEvent.case_file_id == case.id, JournalEvent.kind == "request_abandoned"
    )
    facts = json.loads(session.scalar(query) or "{}")
    return str(facts.get("because", "")), str(facts.get("same", ""))
