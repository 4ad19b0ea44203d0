"""The files of a person who leaves or stops reviewing: they wait for another, with a trace."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.models.case_files import CaseFile
from grants.models.organizations import Organization
from grants.operations.assignments import take_back
from grants.operations.locking import lock


def give_back_files(
    session: Session, person_id: int, *, allowed: bool, actor: Actor, now: datetime
) -> int:
    """Take back the open files of this person; return how many there were.

    The organizations are locked first, in the order of their ids, as an assignment does. An
    administrator reads nothing of these files. Error: holds_files when it was not `allowed`.
    """
    its = select(CaseFile.organization_id).where(_open_files(person_id))
    organizations = select(Organization.id).where(Organization.id.in_(its))
    list(session.scalars(organizations.order_by(Organization.id).with_for_update()))
    held = select(CaseFile.id).where(_open_files(person_id)).order_by(CaseFile.id)
    ids = list(session.scalars(held))
    if ids and not allowed:
        raise DomainError("holds_files", count=len(ids))
    for case_file_id in ids:
        case_file = lock(session, CaseFile, case_file_id, None)
        take_back(session, case_file, actor=actor, now=now, why="person_removed")
    return len(ids)


def _open_files(person_id: int) -> ColumnElement[bool]:
    """Those that an assignment gave: a request for information is taken, and transferred."""
    return and_(
        CaseFile.advisor_id == person_id,
        CaseFile.closed_at.is_(None),
        CaseFile.organization_id.is_not(None),
    )
