"""Who has a request for information in hand, and the calls made to whoever asked."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import information_requests as rules
from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.domain.information_requests import REACHED, Outcome
from grants.domain.request_answers import check_moment, read_outcome
from grants.domain.request_flow import RequestAct, RequestStatus
from grants.models.case_files import CaseFile
from grants.models.requests import CallAttempt, Transfer
from grants.operations import clocks
from grants.operations.organizations import person_of
from grants.operations.request_acts import Handled, hand, locked, refresh, take_if_free
from grants.operations.trail import record
from grants.queries import information_requests


@dataclass(frozen=True)
class TransferDetails:
    """To whom a request goes and why; `version` is the file as the page showed it."""

    person_id: int
    reason: str
    version: int | None = None


@dataclass(frozen=True)
class AttemptDetails:
    """A call: `public_id` from the page, what came of it, when it was truly made.

    `note` names who the person was put through to, or says what is worth keeping.
    """

    public_id: str
    outcome: str
    made_at: datetime
    note: str = ""
    version: int | None = None


def take(session: Session, case_file_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a request that nobody has in hand. Taking one's own again changes nothing.

    Raises `not_allowed`, `request_closed`, `request_taken_already` (fact `name`).
    """
    handled = locked(session, case_file_id, actor=actor)
    refresh(handled, None, actor=actor)
    case_file = handled.case_file
    if case_file.advisor_id == actor.person_id:
        return
    if case_file.status != RequestStatus.RECEIVED:
        name = case_file.advisor.full_name if case_file.advisor else ""
        raise DomainError("request_taken_already", name=name)
    take_if_free(session, handled, actor=actor, now=now)


def transfer(
    session: Session, case_file_id: int, details: TransferDetails, *, actor: Actor, now: datetime
) -> Transfer | None:
    """Give a request to somebody else: one hand-off more, shown to the person who asked.

    When nobody had it yet it is no hand-off: that person is the first (our decision), and no
    reason is needed. None when that person has it already.
    Source: the declaration of the SCT promises few hands. Raises `not_allowed`, `stale_page`,
    `request_closed`, `person_cannot_answer`, `transfer_reason_required`, `text_too_long`.
    """
    handled = locked(session, case_file_id, actor=actor)
    if handled.case_file.advisor_id == details.person_id:
        return None
    refresh(handled, details.version, actor=actor)
    is_first = handled.case_file.status == RequestStatus.RECEIVED
    reason = _short(details.reason) if is_first else _reason(details.reason)
    check_person(session, handled.case_file, details.person_id, handled.asked.topic)
    act = RequestAct.TAKE if is_first else RequestAct.TRANSFER
    return hand(session, handled, details.person_id, act=act, actor=actor, now=now, reason=reason)


def log_attempt(
    session: Session, case_file_id: int, details: AttemptDetails, *, actor: Actor, now: datetime
) -> CallAttempt:
    """Keep a call made to the person, at its true time.

    Reaching them, or putting them through, keeps the promise to call back and, where an
    acknowledgement need not announce a date, acknowledges too (our decision). A voice mail or no
    answer stops nothing. The same call posted twice is one call. Raises `not_allowed`,
    `stale_page`, `request_closed`, `outcome_required`, `transferred_to_required`,
    `text_too_long`, `attempt_in_future`, `attempt_before_receipt`.
    """
    handled = locked(session, case_file_id, actor=actor)
    query = select(CallAttempt).where(CallAttempt.public_id == details.public_id)
    if known := session.scalar(query):
        return known
    refresh(handled, details.version, actor=actor)
    outcome = read_outcome(details.outcome, details.note)
    check_moment(details.made_at, handled.case_file.received_at, now)
    take_if_free(session, handled, actor=actor, now=now)
    return keep_attempt(session, handled, details, outcome, actor=actor, now=now)


def keep_attempt(
    session: Session,
    handled: Handled,
    details: AttemptDetails,
    outcome: Outcome,
    *,
    actor: Actor,
    now: datetime,
) -> CallAttempt:
    """The row of a call that was read already, and the promises it keeps."""
    case_file = handled.case_file
    attempt = _attempt(case_file, details, actor, now)
    session.add(attempt)
    case_file.touched_at = now
    if outcome in REACHED:
        _keep_promises(session, case_file, outcome, details.made_at, now)
    told, of = {"call": outcome.value}, case_file.id
    record(session, "call_attempted", actor=actor, now=now, case_file_id=of, **told)
    return attempt


def _attempt(
    case_file: CaseFile, details: AttemptDetails, actor: Actor, now: datetime
) -> CallAttempt:
    return CallAttempt(
        public_id=details.public_id,
        case_file_id=case_file.id,
        person_id=person_of(actor),
        made_at=details.made_at,
        recorded_at=now,
        outcome=details.outcome,
        note=_short(details.note),
    )


def check_person(session: Session, case_file: CaseFile, person_id: int, topic: str) -> None:
    """Refuse to give a request to whoever may not answer it. Raises `person_cannot_answer`."""
    possible = information_requests.answerers(session, case_file.secretariat_id, topic)
    if person_id not in {one.person_id for one in possible}:
        raise DomainError("person_cannot_answer")


def _keep_promises(
    session: Session, case_file: CaseFile, outcome: Outcome, at: datetime, now: datetime
) -> None:
    event = f"call_{outcome.value}"
    clocks.stop(session, case_file, promise=clocks.CALLED_BACK, event=event, at=at, now=now)
    if not rules.date_required(case_file.secretariat.code):
        by_phone = {"promise": clocks.ACKNOWLEDGED, "event": "acknowledged_by_phone"}
        clocks.stop(session, case_file, **by_phone, at=at, now=now)


def _reason(text: str) -> str:
    if not text.strip():
        raise DomainError("transfer_reason_required")
    return _short(text)


def _short(text: str) -> str:
    kept = text.strip()
    if len(kept) > rules.REASON_MAX:
        raise DomainError("text_too_long", length=len(kept), limit=rules.REASON_MAX)
    return kept
