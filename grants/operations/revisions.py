"""Revisions: asked once by the organization, handled by people without part in the first side."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import flow
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.domain.revisions import demand_revisable
from grants.models.case_files import CaseFile, Revision
from grants.models.decisions import Decision
from grants.operations import case_numbers, clocks, messages
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.drafts import PAPER_CHANNELS
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import applications, calendars, revisions

PREFIX = "REV"
SIDE = "revision"
GROUNDS_MAX = 5_000


@dataclass(frozen=True)
class RevisionDetails:
    """A request for revision as typed; `public_id` comes from the page, so that it opens one."""

    public_id: str
    grounds: str


@dataclass(frozen=True)
class PaperRevision:
    """A request for revision that came on paper: what it says, how and when it truly arrived."""

    public_id: str
    grounds: str
    channel: str
    received_at: datetime


@dataclass(frozen=True)
class _Arrival:
    """How and when a request arrived, when it is recorded, and who is told; maybe nobody."""

    channel: str
    received_at: datetime
    now: datetime
    recipient: str


def ask(
    session: Session,
    decision_id: int,
    details: RevisionDetails,
    *,
    actor: Actor,
    arrived_at: datetime,
    now: datetime,
) -> CaseFile:
    """Open the revision of a decision of the actor's organization; judged on its arrival.

    The first file, its decision and all that hangs on them stay as they are. A second post of
    the same page finds the same file. Source: declaration (SACA_REVISION, SACA_ACK) and our
    decision. Errors: `grounds_required`, `text_too_long`; refusals of
    `grants.domain.revisions.demand_revisable`, `not_allowed`.
    """
    demand(actor, Action.WRITE_OWN)
    decision, first = _locked(session, decision_id)
    if first.organization_id != actor.organization_id:
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=first.id)
    arrival = _Arrival("web", arrived_at, now, actor.email)
    return _opened(session, decision, first, details, actor, arrival)


def receive_paper(
    session: Session, decision_id: int, details: PaperRevision, *, actor: Actor, now: datetime
) -> CaseFile:
    """Record a request for revision that came on paper: same file, same clocks, true receipt.

    Errors: `channel_unknown`, `receipt_in_future`, `revision_before_decision` (fact
    `letter_on`), then those of `ask`, judged on the true receipt.
    """
    demand(actor, Action.RECORD_PAPER)
    decision, first = _locked(session, decision_id)
    refuse_other_secretariat(first, actor)
    _check_receipt(details, decision, now)
    address = applications.acknowledgement_address(session, first.id) or first.organization.email
    arrival = _Arrival(details.channel, details.received_at, now, address)
    typed = RevisionDetails(details.public_id, details.grounds)
    return _opened(session, decision, first, typed, actor, arrival)


def _locked(session: Session, decision_id: int) -> tuple[Decision, CaseFile]:
    """The decision and its file, locked: two requests at once come one after the other."""
    decision = session.get_one(Decision, decision_id)
    return decision, lock(session, CaseFile, decision.case_file_id, None)


def _check_receipt(details: PaperRevision, decision: Decision, now: datetime) -> None:
    if details.channel not in PAPER_CHANNELS:
        raise DomainError("channel_unknown")
    if details.received_at > now:
        raise DomainError("receipt_in_future")
    if local_date(details.received_at) < decision.letter_on:
        raise DomainError("revision_before_decision", letter_on=decision.letter_on)


def _opened(
    session: Session,
    decision: Decision,
    first: CaseFile,
    details: RevisionDetails,
    actor: Actor,
    arrival: _Arrival,
) -> CaseFile:
    """The file of a revision: number, clocks, grounds, what is owed; or the one of this page."""
    known = session.scalar(select(CaseFile).where(CaseFile.public_id == details.public_id))
    if known is not None:
        return _of_same_page(known, first, actor)
    who = {"actor_id": actor.person_id, "case_file_id": first.id}
    demand_revisable(revisions.revisable(session, decision), arrival.received_at, **who)
    grounds = _grounds(details.grounds)
    case_file = _case_file(session, first, details.public_id, arrival)
    session.add(_revision(case_file, first, grounds, actor))
    clocks.start(
        session, case_file, calendars.calendar(session), event=clocks.RECEIVED, now=arrival.now
    )
    session.flush()
    _leave_trail(session, case_file, first, actor, arrival)
    return case_file


def _of_same_page(known: CaseFile, first: CaseFile, actor: Actor) -> CaseFile:
    """The revision that an earlier post of this page opened."""
    if known.revision is None or known.revision.first_id != first.id:
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=first.id)
    return known


def _grounds(typed: str) -> str:
    grounds = typed.strip()
    if not grounds:
        raise DomainError("grounds_required")
    if len(grounds) > GROUNDS_MAX:
        raise DomainError("text_too_long", length=len(grounds), limit=GROUNDS_MAX)
    return grounds


def _case_file(session: Session, first: CaseFile, public_id: str, arrival: _Arrival) -> CaseFile:
    """The new file in the same matter, on its other side; its year is that of the receipt."""
    entered_at = max(arrival.now, arrival.received_at)
    year = local_date(arrival.received_at).year
    case_file = CaseFile(
        public_id=public_id,
        number=case_numbers.next_number(session, PREFIX, year),
        kind=revisions.REVISION,
        secretariat_id=first.secretariat_id,
        organization_id=first.organization_id,
        channel=arrival.channel,
        received_at=arrival.received_at,
        entered_at=entered_at,
        status=flow.START.value,
        matter_id=first.matter_id,
        side=SIDE,
        call_id=first.call_id,
        next_due_at=clocks.NEVER,
        touched_at=entered_at,
    )
    session.add(case_file)
    session.flush()
    return case_file


def _revision(case_file: CaseFile, first: CaseFile, grounds: str, actor: Actor) -> Revision:
    return Revision(
        case_file_id=case_file.id,
        matter_id=case_file.matter_id,
        first_id=first.id,
        grounds=grounds,
        asked_by_id=person_of(actor),
    )


def _leave_trail(
    session: Session, case_file: CaseFile, first: CaseFile, actor: Actor, arrival: _Arrival
) -> None:
    """Owe the acknowledgement where it can leave by e-mail, and write the journal."""
    now, recipient = arrival.now, arrival.recipient
    if recipient:
        messages.owe_message(session, case_file, messages.ACKNOWLEDGEMENT, recipient, now=now)
    record(
        session,
        "revision_asked",
        actor=actor,
        now=now,
        case_file_id=case_file.id,
        number=case_file.number,
        first_id=first.id,
        first=first.number,
        channel=case_file.channel,
    )
