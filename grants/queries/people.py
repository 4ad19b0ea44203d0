"""The people of a secretariat, for who manages them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, Role
from grants.domain.text import fold
from grants.models.case_files import CaseFile
from grants.models.people import Account, Person, StaffMember, StaffRole


@dataclass(frozen=True)
class StaffPerson:
    """A person as the administration sees them: no case content, only how many files."""

    person_id: int
    public_id: str
    name: str
    email: str
    title: str
    extension: str
    standing: str
    disabled_at: datetime | None
    roles: frozenset[Role]
    open_files: int = 0
    open_requests: int = 0


def page(session: Session, *, actor: Actor) -> list[StaffPerson]:
    """Everybody of the actor's secretariat, those with access first, by name: two statements."""
    rows = sorted(session.execute(_people(actor)).all(), key=_place)
    held = _roles(session, [row[0] for row in rows])
    return [_person(row, held) for row in rows]


def one(session: Session, public_id: str, *, actor: Actor) -> StaffPerson | None:
    """A person of the actor's secretariat by public id, with what is in their name."""
    row = session.execute(_people(actor).where(Person.public_id == public_id)).one_or_none()
    if row is None:
        return None
    held = _roles(session, [row[0]])
    files, requests = _open(session, row[0])
    return _person(row, held, files, requests)


@dataclass(frozen=True)
class LeftBehind:
    """A person without access in whose name something is still open."""

    name: str
    files: int
    requests: int


def left_behind(session: Session, *, actor: Actor) -> list[LeftBehind]:
    """What is still open in the name of people who left, by person: counts only."""
    query = (
        select(Person.full_name, func.count(CaseFile.organization_id), func.count())
        .select_from(CaseFile)
        .join(Account, Account.person_id == CaseFile.advisor_id)
        .join(Person, Person.id == Account.person_id)
        .where(CaseFile.secretariat_id == actor.secretariat_id, CaseFile.closed_at.is_(None))
        .where(Account.disabled_at.is_not(None))
        .group_by(Person.id, Person.full_name)
        .order_by(Person.id)
    )
    found = [LeftBehind(name, files, both - files) for name, files, both in session.execute(query)]
    return sorted(found, key=lambda one: fold(one.name))


def _place(row: Row[*tuple[Any, ...]]) -> tuple[bool, str, int]:
    """Where a person stands in the list: a name in the order of a dictionary, without accents."""
    return row.disabled_at is not None, fold(row.full_name), row.id


def _people(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Person.id,
            Person.public_id,
            Person.full_name,
            Account.email,
            StaffMember.title,
            StaffMember.extension,
            Account.password_hash.is_not(None),
            Account.totp_enrolled_at.is_not(None),
            Account.disabled_at,
        )
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(Account, Account.person_id == Person.id)
        .where(StaffMember.secretariat_id == actor.secretariat_id)
    )


def _roles(session: Session, person_ids: Iterable[int]) -> dict[int, set[Role]]:
    query = select(StaffRole.person_id, StaffRole.role).where(
        StaffRole.person_id.in_(list(person_ids))
    )
    found: dict[int, set[Role]] = {}
    for person_id, role in session.execute(query):
        found.setdefault(person_id, set()).add(Role(role))
    return found


def _person(row: Any, held: dict[int, set[Role]], files: int = 0, requests: int = 0) -> StaffPerson:
    return StaffPerson(
        person_id=row[0],
        public_id=row[1],
        name=row[2],
        email=row[3],
        title=row[4],
        extension=row[5],
        standing=_standing(*row[6:]),
        disabled_at=row[8],
        roles=frozenset(held.get(row[0], ())),
        open_files=files,
        open_requests=requests,
    )


def _standing(has_password: bool, has_factor: bool, disabled_at: datetime | None) -> str:
    if disabled_at is not None:
        return "removed"
    if has_factor:
        return "active"
    return "no_factor" if has_password else "invited"


def _open(session: Session, person_id: int) -> tuple[int, int]:
    """How many open files and open requests are in this person's name."""
    query = (
        select(func.count(CaseFile.organization_id), func.count())
        .where(CaseFile.advisor_id == person_id, CaseFile.closed_at.is_(None))
        .select_from(CaseFile)
    )
    files, everything = session.execute(query).one()
    return files, everything - files
