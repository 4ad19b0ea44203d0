"""The queue of requests for information: who waits, for a call first, then by due date.

Lists select columns and move by keyset; a page takes a fixed number of statements.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.case_number import normalize
from grants.domain.information_requests import REACHED
from grants.domain.text import fold
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.people import Person
from grants.models.reference import ServiceCommitment
from grants.models.requests import CallAttempt, InformationRequest
from grants.queries.information_requests import IS_OPEN, answers_no_more, visible

PAGE = 50
MOST_CALLS = 200
MOST_ALIKE = 5
MINE, REPLACED, TEAM, NOBODY = "moi", "remplace", "equipe", "personne"
EXCERPT = 200
CALL_RETURNED = "call_returned"

Cursor = tuple[datetime, int]


@dataclass(frozen=True)
class Filters:
    """Whose requests, of which topic, matching what; open ones by due date unless `everything`.

    `held_by` are the persons whose place the reader takes, for the requests of those. `after` is
    where a list of open requests goes on, `before` the last id of the other list.
    """

    whose: str = TEAM
    held_by: tuple[int, ...] = ()
    topic: str = ""
    text: str = ""
    everything: bool = False
    after: Cursor | None = None
    before: int | None = None


@dataclass(frozen=True)
class ListedRequest:
    """One line of the queue, as columns."""

    id: int
    public_id: str
    number: str
    requester: str
    topic: str
    question: str
    channel: str
    status: str
    received_at: datetime
    next_due_at: datetime
    holder: str | None


@dataclass(frozen=True)
class Page:
    """Fifty lines at most, and where the next fifty begin."""

    requests: list[ListedRequest]
    next_after: Cursor | None
    next_before: int | None


@dataclass(frozen=True)
class CallBack:
    """Somebody waits for a call: since when, until what hour, and what was tried."""

    public_id: str
    number: str
    requester: str
    phone: str
    topic: str
    question: str
    urgent: bool
    received_at: datetime
    due_at: datetime | None
    holder: str | None
    attempts: int
    last_attempt_at: datetime | None


_LISTED: tuple[Any, ...] = (
    CaseFile.id,
    CaseFile.public_id,
    CaseFile.number,
    InformationRequest.requester,
    InformationRequest.topic,
    func.substr(InformationRequest.question, 1, EXCERPT),
    CaseFile.channel,
    CaseFile.status,
    CaseFile.received_at,
    CaseFile.next_due_at,
    Person.full_name,
)
_CALL_BACK: tuple[Any, ...] = (
    CaseFile.public_id,
    CaseFile.number,
    InformationRequest.requester,
    InformationRequest.phone,
    InformationRequest.topic,
    func.substr(InformationRequest.question, 1, EXCERPT),
    InformationRequest.urgent,
    CaseFile.received_at,
)
_REACHED = (
    select(CallAttempt.id)
    .where(CallAttempt.case_file_id == CaseFile.id)
    .where(CallAttempt.outcome.in_([outcome.value for outcome in REACHED]))
    .exists()
)
_WAITS_FOR_CALL = and_(IS_OPEN, InformationRequest.wants_callback, ~_REACHED)


def page(session: Session, wanted: Filters, *, actor: Actor) -> Page:
    """The requests that the filters ask for: open ones soonest first, those that wait for a call
    left to `call_backs`; or all of them, newest first."""
    query = _listed(actor).where(*_wanted(wanted, actor)).limit(PAGE + 1)
    query = query.order_by(*_order(wanted))
    found = [ListedRequest(*row) for row in session.execute(query)]
    last = found[PAGE - 1] if len(found) > PAGE else None
    after = (last.next_due_at, last.id) if last and not wanted.everything else None
    before = last.id if last and wanted.everything else None
    return Page(found[:PAGE], after, before)


def call_backs(session: Session, wanted: Filters, *, actor: Actor) -> list[CallBack]:
    """Whoever waits for a call and was not reached yet: who wants somebody now, then by hour."""
    query: Select[*tuple[Any, ...]] = (
        select(*_CALL_BACK, _call_due(), Person.full_name, *_tried())
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .outerjoin(Person, Person.id == CaseFile.advisor_id)
        .where(_WAITS_FOR_CALL, *visible(actor), *_whose(wanted, actor), *_about(wanted))
        .order_by(InformationRequest.urgent.desc(), CaseFile.next_due_at, CaseFile.id)
        .limit(MOST_CALLS)
    )
    return [CallBack(*row) for row in session.execute(query)]


def _tried() -> tuple[Any, Any]:
    """How many calls were made for a request, and when the last one was."""
    its = CallAttempt.case_file_id == CaseFile.id
    count = select(func.count()).select_from(CallAttempt).where(its)
    last = select(func.max(CallAttempt.made_at)).where(its)
    return count.scalar_subquery(), last.scalar_subquery()


def _call_due() -> ScalarSelect[datetime]:
    """The hour until which a call was promised, where the declaration promises one."""
    return (
        select(Clock.due_at)
        .join(Clock.commitment)
        .where(Clock.case_file_id == CaseFile.id, Clock.stopped_at.is_(None))
        .where(ServiceCommitment.stop_event == CALL_RETURNED)
        .limit(1)
        .scalar_subquery()
    )


def alike(
    session: Session, *, since: datetime, email: str, phone: str, name: str, actor: Actor
) -> list[ListedRequest]:
    """Requests received since then from the same address, telephone or name: five at most."""
    same = [
        column == typed
        for column, typed in (
            (InformationRequest.email, email),
            (InformationRequest.phone, phone),
            (InformationRequest.search_name, fold(name)),
        )
        if typed
    ]
    if not same:
        return []
    recent = CaseFile.received_at >= since
    query = _listed(actor).where(or_(*same), recent).order_by(CaseFile.id.desc()).limit(MOST_ALIKE)
    return [ListedRequest(*row) for row in session.execute(query)]


def _listed(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(*_LISTED)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .outerjoin(Person, Person.id == CaseFile.advisor_id)
        .where(*visible(actor))
    )


def _wanted(wanted: Filters, actor: Actor) -> list[ColumnElement[bool]]:
    conditions = [*_whose(wanted, actor), *_about(wanted)]
    if not wanted.everything:
        conditions += [IS_OPEN, ~_WAITS_FOR_CALL]
    if wanted.after is not None:
        conditions.append(tuple_(CaseFile.next_due_at, CaseFile.id) > tuple_(*wanted.after))
    if wanted.before is not None:
        conditions.append(CaseFile.id < wanted.before)
    return conditions


def _whose(wanted: Filters, actor: Actor) -> list[ColumnElement[bool]]:
    if wanted.whose == MINE:
        return [CaseFile.advisor_id == actor.person_id]
    if wanted.whose == REPLACED:
        return [CaseFile.advisor_id.in_(wanted.held_by)]
    if wanted.whose == NOBODY:
        left = CaseFile.advisor_id.in_(answers_no_more(actor.secretariat_id))
        return [or_(CaseFile.advisor_id.is_(None), left)]
    return []


def _about(wanted: Filters) -> list[ColumnElement[bool]]:
    """A topic; a number typed any way, or a part of the name of whoever asked."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.topic:
        conditions.append(InformationRequest.topic == wanted.topic)
    if wanted.text:
        number, name = normalize(wanted.text), fold(wanted.text)
        in_number = CaseFile.number.contains(number, autoescape=True)
        conditions.append(
            or_(in_number, InformationRequest.search_name.contains(name, autoescape=True))
        )
    return conditions


def _order(wanted: Filters) -> tuple[Any, ...]:
    newest = (CaseFile.id.desc(),)
    return newest if wanted.everything else (CaseFile.next_due_at, CaseFile.id)
