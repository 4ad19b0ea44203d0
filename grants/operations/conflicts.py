"""Conflicts of interest: declared by the person, they take the organization's files away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError
from grants.models.case_files import CaseFile
from grants.models.organizations import Organization
from grants.models.people import ConflictOfInterest
from grants.operations.assignments import refuse_other_secretariat, take_back
from grants.operations.locking import lock
from grants.operations.trail import record
from grants.queries import staff

REASON_MAX = 500


@dataclass(frozen=True)
class ConflictDetails:
    """Why the person should not handle the files of this organization, in their words."""

    reason: str


def declare(
    session: Session, case_file_id: int, details: ConflictDetails, *, actor: Actor, now: datetime
) -> int:
    """Declare a tie with the organization of this file; return how many files leave one's list.

    Every open file of the organization that the person handles, application or revision, waits
    for somebody again, with a trace; a recommendation not decided yet is ended; what is granted
    or signed stays so. From then on the person sees no file of this organization (our decision,
    after the rule that nobody handles a file of their own). A second post finds it declared.
    Raises `not_allowed`, `conflict_reason_required`, `text_too_long`.
    """
    demand(actor, Action.READ_CASE, case_file_id=case_file_id)
    reason = _reason(details)
    case_file = session.get_one(CaseFile, case_file_id)
    organization_id = case_file.organization_id
    session.get_one(Organization, organization_id, with_for_update=True)  # as `assign` does
    if staff.has_conflict(session, actor.person_id, organization_id):
        return 0
    refuse_other_secretariat(case_file, actor)
    tie = ConflictOfInterest(
        person_id=actor.person_id,
        organization_id=organization_id,
        reason=reason,
        declared_at=now,
    )
    session.add(tie)
    session.flush()
    facts = {"case_file_id": case_file_id, "organization_id": organization_id}
    record(session, "conflict_declared", actor=actor, now=now, **facts)
    return _take_all_back(session, organization_id, actor, now)


def _reason(details: ConflictDetails) -> str:
    reason = details.reason.strip()
    if not reason:
        raise DomainError("conflict_reason_required")
    if len(reason) > REASON_MAX:
        raise DomainError("text_too_long", length=len(reason), limit=REASON_MAX)
    return reason


def _take_all_back(session: Session, organization_id: int, actor: Actor, now: datetime) -> int:
    """Take back the person's open files of this organization, locked in id order."""
    query = (
        select(CaseFile.id)
        .where(CaseFile.organization_id == organization_id)
        .where(CaseFile.advisor_id == actor.person_id, CaseFile.closed_at.is_(None))
        .order_by(CaseFile.id)
    )
    held = list(session.scalars(query))
    for case_file_id in held:
        case_file = lock(session, CaseFile, case_file_id, None)
        take_back(session, case_file, actor=actor, now=now, why="conflict_declared")
    return len(held)
