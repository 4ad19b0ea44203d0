"""How a request for information ends: answered, sent on, given up, withdrawn."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.case_number import normalize
from grants.domain.errors import DomainError
from grants.domain.request_answers import Attempt, check_unreachable
from grants.domain.request_flow import RequestAct, RequestStatus
from grants.models.case_files import CaseFile
from grants.models.directory import Resource
from grants.models.requests import CallAttempt, InformationRequest, Reply
from grants.operations import acknowledgements, clocks, messages
from grants.operations.request_acts import Handled, locked, move, refresh, take_if_free
from grants.operations.request_telling import EMAIL, Said, keep, said_already, tell
from grants.operations.trail import record
from grants.queries import calendars, request_mails

UNREACHABLE, DUPLICATE = "unreachable", "duplicate"


@dataclass(frozen=True)
class RedirectDetails:
    """What is said, and the public body to turn to, by its public id."""

    said: Said
    resource_public_id: str


@dataclass(frozen=True)
class AbandonDetails:
    """Why a request is given up: 'unreachable', or 'duplicate' of the request `number`."""

    reason: str
    number: str = ""
    version: int | None = None


def answer(
    session: Session, case_file_id: int, said: Said, *, actor: Actor, now: datetime
) -> Reply:
    """Answer a request: it is closed, and nothing more is promised.

    By e-mail the promises are kept when the mail leaves, by post on the day of posting, by word
    of mouth when spoken; an answer also acknowledges and returns a call (our decision). When the
    mail server refused the mail that closed a request, it is answered once more, another way
    (our decision). Raises the errors of `keep`, `not_allowed`, `stale_page`, `request_closed`.
    """
    handled = locked(session, case_file_id, actor=actor)
    if known := said_already(session, said):
        return known
    unheard = not handled.is_open and request_mails.answer_refused(session, case_file_id)
    refresh(handled, said.version, actor=actor, even_closed=unheard)
    if unheard:
        return _said_otherwise(session, handled, said, actor=actor, now=now)
    take_if_free(session, handled, actor=actor, now=now)
    reply = keep(session, handled, messages.ANSWER, said, actor=actor, now=now)
    end(session, handled, RequestAct.ANSWER, reply, actor=actor, now=now)
    tell(session, "request_answered", reply, actor=actor, now=now, act=RequestAct.ANSWER.value)
    return reply


def _said_otherwise(
    session: Session, handled: Handled, said: Said, *, actor: Actor, now: datetime
) -> Reply:
    """The answer of a closed request whose mail was refused: its state stays as it is."""
    reply = keep(session, handled, messages.ANSWER, said, actor=actor, now=now)
    _settle(session, handled, reply, now)
    tell(session, "request_answered", reply, actor=actor, now=now)
    return reply


def redirect(
    session: Session, case_file_id: int, details: RedirectDetails, *, actor: Actor, now: datetime
) -> Reply:
    """Send the person to the public body that can answer, with its coordinates, and close.

    Raises the errors of `keep`, `not_allowed`, `stale_page`, `request_closed`, `body_not_public`.
    """
    handled = locked(session, case_file_id, actor=actor)
    if known := said_already(session, details.said):
        return known
    refresh(handled, details.said.version, actor=actor)
    body = _public_body(session, details.resource_public_id)
    take_if_free(session, handled, actor=actor, now=now)
    said, kind = details.said, messages.REDIRECTION
    reply = keep(session, handled, kind, said, actor=actor, now=now, resource_id=body.id)
    act = RequestAct.REDIRECT
    end(session, handled, act, reply, actor=actor, now=now)
    facts = {"act": act.value, "resource": body.code or body.public_id}
    tell(session, "request_redirected", reply, actor=actor, now=now, **facts)
    return reply


def end(
    session: Session,
    handled: Handled,
    act: RequestAct,
    reply: Reply,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Close a request with what is said last; a mail settles its promises when it leaves."""
    move(handled, act, actor=actor, now=now)
    _settle(session, handled, reply, now)


def _settle(session: Session, handled: Handled, reply: Reply, now: datetime) -> None:
    if reply.channel != EMAIL:
        event = f"{reply.kind}_given"
        clocks.settle(session, handled.case_file, event=event, now=now, at=reply.made_at)


def abandon(
    session: Session, case_file_id: int, details: AbandonDetails, *, actor: Actor, now: datetime
) -> None:
    """Close without an answer, for a person who cannot be reached or a request sent twice.

    Three calls on two business days at least come before the first (our decision). The figures
    set it apart, unless it was already late. Doing it twice changes nothing. Raises
    `not_allowed`, `stale_page`, `request_closed`, `closing_reason_required`, `reachable_still`,
    `duplicate_number_unknown`.
    """
    handled = locked(session, case_file_id, actor=actor)
    case_file = handled.case_file
    if case_file.status == RequestStatus.ABANDONED:
        return
    refresh(handled, details.version, actor=actor)
    same = _why(session, handled, details)
    take_if_free(session, handled, actor=actor, now=now)
    move(handled, RequestAct.ABANDON, actor=actor, now=now)
    clocks.settle(session, case_file, event=details.reason, now=now)
    record(
        session,
        "request_abandoned",
        actor=actor,
        now=now,
        case_file_id=case_file.id,
        act=RequestAct.ABANDON.value,
        because=details.reason,
        same=same,
    )


def withdraw(
    session: Session, case_file_id: int, version: int | None, *, actor: Actor, now: datetime
) -> None:
    """Take a request back at the person's word, told to a member of the staff.

    What was still promised stops as withdrawn. Doing it twice changes nothing. Raises
    `not_allowed`, `stale_page`, `request_closed`.
    """
    handled = locked(session, case_file_id, actor=actor)
    case_file = handled.case_file
    if case_file.status == RequestStatus.WITHDRAWN:
        return
    refresh(handled, version, actor=actor)
    act = RequestAct.WITHDRAW
    move(handled, act, actor=actor, now=now)
    clocks.settle(session, case_file, event="withdrawn", now=now)
    facts = {"act": act.value}
    record(session, "request_withdrawn", actor=actor, now=now, case_file_id=case_file.id, **facts)


def resend(
    session: Session, case_file_id: int, message_public_id: str, *, actor: Actor, now: datetime
) -> None:
    """Try again a mail of a request that was given up, for somebody who may see the request.

    Raises `not_allowed`, `mail_not_given_up`.
    """
    demand(actor, Action.ANSWER_REQUEST, case_file_id=case_file_id)
    locked(session, case_file_id, actor=actor)
    acknowledgements.resend(session, case_file_id, message_public_id, actor=actor, now=now)


def _public_body(session: Session, public_id: str) -> Resource:
    query = select(Resource).where(
        Resource.public_id == public_id,
        Resource.kind == "public_body",
        Resource.retired_at.is_(None),
    )
    if (found := session.scalar(query)) is None:
        raise DomainError("body_not_public")
    return found


def _why(session: Session, handled: Handled, details: AbandonDetails) -> str:
    """The number of the other request for a duplicate, once the reason is known to hold."""
    if details.reason == UNREACHABLE:
        _check_calls(session, handled.case_file)
        return ""
    if details.reason != DUPLICATE:
        raise DomainError("closing_reason_required")
    number = normalize(details.number)
    query = (
        select(CaseFile.number)
        .join(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .where(CaseFile.number == number, CaseFile.id != handled.case_file.id)
        .where(CaseFile.secretariat_id == handled.case_file.secretariat_id)
    )
    if session.scalar(query) is None:
        raise DomainError("duplicate_number_unknown")
    return number


def _check_calls(session: Session, case_file: CaseFile) -> None:
    query = select(CallAttempt.made_at, CallAttempt.outcome)
    rows = session.execute(query.where(CallAttempt.case_file_id == case_file.id))
    attempts = [Attempt(made_at, outcome) for made_at, outcome in rows]
    check_unreachable(attempts, calendars.calendar(session))
