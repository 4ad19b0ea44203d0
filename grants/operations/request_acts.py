"""What every act on a request for information begins and ends with."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.information_requests import may_see
from grants.domain.request_flow import CLOSED, RequestAct, RequestStatus, advance
from grants.models.case_files import CaseFile
from grants.models.requests import InformationRequest, Transfer
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.locking import lock
from grants.operations.messages import REQUEST
from grants.operations.organizations import person_of
from grants.operations.trail import record


@dataclass(frozen=True)
class Handled:
    """A locked request: its file, and what was asked."""

    case_file: CaseFile
    asked: InformationRequest

    @property
    def is_open(self) -> bool:
        """Whether anything may still be done."""
        return self.case_file.status not in CLOSED


def locked(session: Session, case_file_id: int, *, actor: Actor) -> Handled:
    """The request under its lock, for somebody of its secretariat who may see its topic.

    Raises `not_allowed`.
    """
    demand(actor, Action.ANSWER_REQUEST, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    asked = session.get(InformationRequest, case_file_id, populate_existing=True)
    if case_file.kind != REQUEST or asked is None or not may_see(actor, asked.topic):
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
    return Handled(case_file, asked)


def refresh(
    handled: Handled, version: int | None, *, actor: Actor, even_closed: bool = False
) -> None:
    """Refuse a page that is out of date and a request that is closed, unless `even_closed`.

    `version` is what the page carried, None when nothing on it matters. Raises `stale_page`,
    `request_closed`.
    """
    case_file = handled.case_file
    if version not in (None, case_file.version):
        raise DomainError("stale_page")
    if not handled.is_open and not even_closed:
        raise Refusal("request_closed", actor_id=actor.person_id, case_file_id=case_file.id)


def hand(
    session: Session,
    handled: Handled,
    person_id: int,
    *,
    act: RequestAct,
    actor: Actor,
    now: datetime,
    reason: str = "",
) -> Transfer:
    """Give the request to somebody: the first is whose it is, each later one is a hand-off."""
    case_file = handled.case_file
    move(handled, act, actor=actor, now=now)
    case_file.advisor_id = person_id
    taken = Transfer(
        case_file_id=case_file.id,
        rank=_last_rank(session, case_file.id) + 1,
        person_id=person_id,
        given_by_id=person_of(actor),
        given_at=now,
        reason=reason,
    )
    session.add(taken)
    session.flush()
    _note(session, taken, act, actor, now)
    return taken


def _note(session: Session, taken: Transfer, act: RequestAct, actor: Actor, now: datetime) -> None:
    kind = "request_transferred"
    if act is RequestAct.TAKE:
        kind = "request_taken" if taken.person_id == actor.person_id else "request_given"
    facts = {"act": act.value, "person_id": taken.person_id, "rank": taken.rank}
    record(session, kind, actor=actor, now=now, case_file_id=taken.case_file_id, **facts)


def take_if_free(session: Session, handled: Handled, *, actor: Actor, now: datetime) -> None:
    """Whoever acts on a request that nobody has takes it first (our decision)."""
    if handled.case_file.status == RequestStatus.RECEIVED:
        hand(session, handled, person_of(actor), act=RequestAct.TAKE, actor=actor, now=now)


def move(handled: Handled, act: RequestAct, *, actor: Actor, now: datetime) -> RequestStatus:
    """Put the request in the state that the act leads to. Raises `act_not_possible`."""
    case_file = handled.case_file
    who = {"actor_id": actor.person_id, "case_file_id": case_file.id}
    status = advance(case_file.status, act, **who)
    case_file.status, case_file.touched_at = status.value, now
    if status in CLOSED:
        case_file.closed_at = now
    return status


def _last_rank(session: Session, case_file_id: int) -> int:
    query = select(func.max(Transfer.rank)).where(Transfer.case_file_id == case_file_id)
    return session.scalar(query) or 0
