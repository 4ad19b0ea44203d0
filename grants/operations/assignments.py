"""Giving a file to an advisor, and taking it back. History is ended, never erased."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from grants.domain.access import Action, Actor, demand
from grants.domain.assignment import Candidate, Proposal, propose
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Act, Status, advance
from grants.models.case_files import Assignment, CaseFile, Participant
from grants.models.organizations import Organization
from grants.operations.locking import lock
from grants.operations.messages import ASSIGNMENT, owe_message
from grants.operations.trail import record
from grants.queries import applications, decisions, staff

REASON_MAX = 500


@dataclass(frozen=True)
class AssignmentDetails:
    """The team lead's choice: a person, and a reason when it is not the one proposed.

    `proposed_id` is the person the page proposed, None to ask for the proposal now; `version`
    is that of the file as the page showed it, None when the act does not depend on it.
    """

    person_id: int
    reason: str = ""
    version: int | None = None
    proposed_id: int | None = None


def assign(
    session: Session,
    case_file_id: int,
    details: AssignmentDetails,
    *,
    actor: Actor,
    now: datetime,
) -> Assignment:
    """Give a file to an advisor; the organization learns the name and the telephone number.

    Source: the declaration (people barred from the other side) and our decision (proposal, reason
    for a change). Whoever has the file already keeps it: a second post changes nothing. Raises
    `not_allowed`, `stale_page`, `nobody_possible`, `person_not_possible`, `text_too_long`,
    `assignment_reason_required`, `act_not_possible`.
    """
    demand(actor, Action.ASSIGN, case_file_id=case_file_id)
    case_file = _locked(session, case_file_id, actor)
    present = open_assignment(session, case_file)
    if present and present.person_id == details.person_id:
        return present
    if details.version not in (None, case_file.version):
        raise DomainError("stale_page")
    proposed_id = _checked(session, case_file, details, actor, now)
    who = {"actor_id": actor.person_id, "case_file_id": case_file_id}
    status = advance(case_file.status, Act.ASSIGN, **who)
    if present:
        _end(present, now)
        session.flush()
    assignment = _given(session, case_file, details, proposed_id, actor, now)
    case_file.status = status.value
    _tell(session, case_file, assignment, actor, now)
    return assignment


def _locked(session: Session, case_file_id: int, actor: Actor) -> CaseFile:
    """The file under its organization's lock, which a declaration of conflict takes too."""
    its = select(CaseFile.organization_id).where(CaseFile.id == case_file_id)
    query = select(Organization).where(Organization.id == its.scalar_subquery())
    session.scalars(query.with_for_update()).one()
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    return case_file


def take_back(
    session: Session, case_file: CaseFile, *, actor: Actor, now: datetime, why: str
) -> None:
    """End the present assignment of a locked file: it waits for somebody again.

    A file that waited for a decision goes back with its recommendation ended. `why` is the code
    of the event that took it back, kept in the journal.
    """
    present = open_assignment(session, case_file)
    if present is None:
        return
    case_file.status = advance(case_file.status, Act.UNASSIGN).value
    _end(present, now)
    _end_recommendation(session, case_file, now, why)
    case_file.advisor_id = None
    case_file.touched_at = now
    session.flush()
    record(
        session,
        "advisor_unassigned",
        actor=actor,
        now=now,
        case_file_id=case_file.id,
        act=Act.UNASSIGN.value,
        person_id=present.person_id,
        why=why,
    )


def proposal(session: Session, case_file: CaseFile, *, now: datetime) -> Proposal:
    """Who is proposed for this file now, and why; nobody who is away today.

    Raises `nobody_possible`.
    """
    return propose(_candidates(session, case_file, local_date(now)))


def refuse_other_secretariat(case_file: CaseFile, actor: Actor) -> None:
    """A member of the staff acts on the files of their own secretariat, and on none of a tie.

    Raises `not_allowed`, and `conflict_declared` once the person declared a conflict of interest
    with the organization of the file (declaration; our decision for every act).
    """
    who = {"actor_id": actor.person_id, "case_file_id": case_file.id}
    if case_file.secretariat_id != actor.secretariat_id:
        raise Refusal("not_allowed", **who)
    session = object_session(case_file)
    if session and staff.has_conflict(session, actor.person_id, case_file.organization_id):
        raise Refusal("conflict_declared", **who)


def open_assignment(session: Session, case_file: CaseFile) -> Assignment | None:
    """The assignment that stands, if any."""
    query = select(Assignment).where(
        Assignment.case_file_id == case_file.id, Assignment.ended_at.is_(None)
    )
    return session.scalar(query)


def _candidates(session: Session, case_file: CaseFile, on: date) -> list[Candidate]:
    everybody = staff.advisors(session, case_file.secretariat_id, on)
    subject = staff.subject(case_file)
    return staff.candidates(session, everybody, [subject])[case_file.id]


def _checked(
    session: Session,
    case_file: CaseFile,
    details: AssignmentDetails,
    actor: Actor,
    now: datetime,
) -> int:
    """The person proposed, once the choice is known to be possible and reasoned."""
    found = proposal(session, case_file, now=now)
    if not found.allows(details.person_id):
        raise Refusal("person_not_possible", actor_id=actor.person_id, case_file_id=case_file.id)
    shown = details.proposed_id
    proposed_id = shown if shown is not None and found.allows(shown) else found.person_id
    reason = details.reason.strip()
    if details.person_id != proposed_id and not reason:
        raise DomainError("assignment_reason_required")
    if len(reason) > REASON_MAX:
        raise DomainError("text_too_long", length=len(reason), limit=REASON_MAX)
    return proposed_id


def _given(
    session: Session,
    case_file: CaseFile,
    details: AssignmentDetails,
    proposed_id: int,
    actor: Actor,
    now: datetime,
) -> Assignment:
    """The rows of an assignment: the side taken in the matter first, then who and why."""
    _take_side(session, case_file, details.person_id)
    case_file.advisor_id = details.person_id
    case_file.touched_at = now
    assignment = Assignment(
        case_file_id=case_file.id,
        matter_id=case_file.matter_id,
        side=case_file.side,
        person_id=details.person_id,
        proposed_id=proposed_id,
        assigned_by_id=actor.person_id,
        assigned_at=now,
        reason=details.reason.strip(),
    )
    session.add(assignment)
    session.flush()
    return assignment


def _take_side(session: Session, case_file: CaseFile, person_id: int) -> None:
    key = {"matter_id": case_file.matter_id, "person_id": person_id}
    if session.get(Participant, key) is None:
        session.add(Participant(**key, side=case_file.side))
        session.flush()


def _end(present: Assignment, now: datetime) -> None:
    present.ended_at = max(now, present.assigned_at)


def _end_recommendation(session: Session, case_file: CaseFile, now: datetime, why: str) -> None:
    """End the recommendation of a file that nobody decided; a decision keeps the one it took."""
    if case_file.status != Status.RECEIVED:
        return
    standing = decisions.recommendation(session, case_file.id)
    if standing:
        standing.ended_at, standing.end_reason = max(now, standing.made_at), why


def _tell(
    session: Session, case_file: CaseFile, assignment: Assignment, actor: Actor, now: datetime
) -> None:
    """Owe the organization the mail that names its advisor, and write the journal.

    Without an address the mail is not owed: the case page says to call or write.
    """
    address = applications.acknowledgement_address(session, case_file.id)
    address = address or case_file.organization.email
    if address:
        owe_message(session, case_file, ASSIGNMENT, address, now=now)
    record(
        session,
        "advisor_assigned",
        actor=actor,
        now=now,
        case_file_id=case_file.id,
        act=Act.ASSIGN.value,
        assignment_id=assignment.id,
        person_id=assignment.person_id,
        proposed_id=assignment.proposed_id,
        told_by_mail=bool(address),
    )
