"""The people of a secretariat: who may handle a file, and what stands in the way."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Subquery, func, or_, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, Role
from grants.domain.assignment import Candidate
from grants.domain.text import fold
from grants.models.case_files import CaseFile, Participant
from grants.models.organizations import Organization
from grants.models.people import Account, ConflictOfInterest, Person, StaffMember, StaffRole
from grants.models.programs import Call, Program
from grants.queries.absences import away_until


@dataclass(frozen=True)
class Subject:
    """What decides who may handle a file: its organization, its matter, its side."""

    case_file_id: int
    organization_id: int
    matter_id: int | None
    side: str | None


def advisors(session: Session, secretariat_id: int | None, on: date) -> list[Candidate]:
    """Everybody who reviews files in this secretariat, with their open files, by name, and until
    when they are away on this day.

    Who was invited and never signed in gets no file.
    """
    handled = _open_files()
    query = (
        select(
            Person.id,
            Person.full_name,
            func.coalesce(handled.c.open_files, 0),
            away_until(StaffMember.person_id, on),
        )
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(StaffRole, StaffRole.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(handled, handled.c.advisor_id == Person.id)
        .where(StaffMember.secretariat_id == secretariat_id, StaffRole.role == Role.ADVISOR.value)
        .where(Account.disabled_at.is_(None), Account.totp_enrolled_at.is_not(None))
        .order_by(Person.full_name, Person.id)
    )
    return [
        Candidate(person_id, name, open_files, away_until=until)
        for person_id, name, open_files, until in session.execute(query)
    ]


def _open_files() -> Subquery:
    """How many open files each advisor handles, requests for information left out."""
    return (
        select(CaseFile.advisor_id, func.count().label("open_files"))
        .where(CaseFile.closed_at.is_(None), CaseFile.advisor_id.is_not(None))
        .where(CaseFile.organization_id.is_not(None))
        .group_by(CaseFile.advisor_id)
        .subquery()
    )


def subjects(session: Session, case_file_ids: Iterable[int]) -> dict[int, Subject]:
    """What decides who may handle each of these files."""
    query = select(CaseFile.id, CaseFile.organization_id, CaseFile.matter_id, CaseFile.side).where(
        CaseFile.id.in_(list(case_file_ids))
    )
    return {row.id: Subject(*row) for row in session.execute(query)}


def subject(case_file: CaseFile) -> Subject:
    """What decides who may handle this file."""
    return Subject(case_file.id, case_file.organization_id, case_file.matter_id, case_file.side)


def candidates(
    session: Session, everybody: list[Candidate], files: Iterable[Subject]
) -> dict[int, list[Candidate]]:
    """Everybody as seen from each file: conflicts declared, side taken in the matter.

    Two statements whatever the number of files.
    """
    files = list(files)
    conflicts = _conflicts(session, {one.organization_id for one in files})
    sides = _sides(session, {one.matter_id for one in files if one.matter_id is not None})
    return {
        one.case_file_id: [
            replace(
                person,
                conflict=(person.person_id, one.organization_id) in conflicts,
                barred=sides.get((one.matter_id, person.person_id), one.side) != one.side,
            )
            for person in everybody
        ]
        for one in files
    }


def has_conflict(session: Session, person_id: int | None, organization_id: int) -> bool:
    """Whether this person declared a tie with this organization."""
    return (person_id, organization_id) in _conflicts(session, {organization_id})


def without_tie(person: int | None | ColumnElement[int]) -> ColumnElement[bool]:
    """The files of organizations with which this person declared no tie: the others are hidden."""
    tied = select(ConflictOfInterest.organization_id).where(ConflictOfInterest.person_id == person)
    return CaseFile.organization_id.not_in(tied)


def calls(session: Session, since: datetime, *, actor: Actor) -> list[tuple[str, int, str]]:
    """Public id, id and name of the calls of the secretariat not closed before `since`.

    Paper that arrived in time is recorded after the closing, too.
    """
    query = (
        select(Call.public_id, Call.id, Program.short_name, Call.title)
        .join(Program, Program.id == Call.program_id)
        .where(Program.secretariat_id == actor.secretariat_id, Call.closes_at >= since)
        .order_by(Program.short_name, Call.closes_at, Call.id)
    )
    return [(row.public_id, row.id, f"{row[2]}, {row.title}") for row in session.execute(query)]


def similar_organizations(session: Session, name: str) -> list[Organization]:
    """Organizations whose name shares its longest words with this one: likely the same."""
    words = sorted(re.findall(r"[a-z0-9]{4,}", fold(name)), key=len, reverse=True)[:2]
    if not words:
        return []
    alike = [Organization.search_name.contains(word, autoescape=True) for word in words]
    query = select(Organization).where(or_(*alike)).order_by(Organization.search_name).limit(5)
    return list(session.scalars(query))


def _conflicts(session: Session, organization_ids: set[int]) -> set[tuple[int | None, int]]:
    query = select(ConflictOfInterest.person_id, ConflictOfInterest.organization_id).where(
        ConflictOfInterest.organization_id.in_(organization_ids)
    )
    return {(row.person_id, row.organization_id) for row in session.execute(query)}


def _sides(session: Session, matter_ids: set[int]) -> dict[tuple[int | None, int], str | None]:
    query = select(Participant.matter_id, Participant.person_id, Participant.side).where(
        Participant.matter_id.in_(matter_ids)
    )
    return {(row.matter_id, row.person_id): row.side for row in session.execute(query)}
