"""The files of a person who is away, and those that passed to the substitute."""

from dataclasses import dataclass

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import Session, aliased

from grants.domain.access import Actor
from grants.models.case_files import Assignment, CaseFile
from grants.models.organizations import Organization
from grants.queries.absences import AbsenceLine
from grants.queries.staff import without_tie


@dataclass(frozen=True)
class HeldFile:
    """A file in somebody's name, enough to name it."""

    id: int
    public_id: str
    number: str
    organization: str


def files_of(session: Session, person_id: int, *, actor: Actor) -> list[HeldFile]:
    """The open files of this person that the actor may see, in the order of their ids."""
    query = _files(actor).where(CaseFile.advisor_id == person_id)
    return [HeldFile(*row) for row in session.execute(query)]


def handed_over(session: Session, absence: AbsenceLine, *, actor: Actor) -> list[HeldFile]:
    """The open files that passed straight from the person to the substitute since the absence
    was recorded, and that the substitute still has."""
    before = aliased(Assignment)
    passed = (
        select(Assignment.case_file_id)
        .join(
            before,
            and_(
                before.case_file_id == Assignment.case_file_id,
                before.ended_at == Assignment.assigned_at,
            ),
        )
        .where(Assignment.ended_at.is_(None), Assignment.person_id == absence.substitute_id)
        .where(Assignment.assigned_at >= absence.recorded_at)
        .where(before.person_id == absence.person_id)
    )
    query = _files(actor).where(
        CaseFile.advisor_id == absence.substitute_id, CaseFile.id.in_(passed)
    )
    return [HeldFile(*row) for row in session.execute(query)]


def _files(actor: Actor) -> Select[int, str, str, str]:
    return (
        select(CaseFile.id, CaseFile.public_id, CaseFile.number, Organization.legal_name)
        .join(Organization, Organization.id == CaseFile.organization_id)
        .where(CaseFile.closed_at.is_(None), CaseFile.secretariat_id == actor.secretariat_id)
        .where(without_tie(actor.person_id))
        .order_by(CaseFile.id)
    )
