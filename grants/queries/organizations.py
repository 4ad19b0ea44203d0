"""Organizations and the people who act for them, as far as the actor may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session, aliased, contains_eager, joinedload

from grants.domain.access import Actor, MemberRole
from grants.models.case_files import CaseFile
from grants.models.organizations import Membership, Organization
from grants.models.people import Account, Person


def by_neq(session: Session, neq: str) -> Organization | None:
    """The organization of this enterprise number, ten plain digits."""
    return session.scalar(select(Organization).where(Organization.neq == neq))


def own(session: Session, *, actor: Actor) -> Organization | None:
    """The organization the actor acts for now."""
    if actor.organization_id is None:
        return None
    return session.get(Organization, actor.organization_id)


def places(session: Session, *, actor: Actor) -> Sequence[Membership]:
    """The actor's open memberships, accepted or still asked for, with their organizations."""
    query = (
        select(Membership)
        .join(Membership.organization)
        .options(contains_eager(Membership.organization))
        .where(Membership.person_id == actor.person_id, Membership.ended_at.is_(None))
        .order_by(Membership.id)
    )
    return session.scalars(query).all()


def team(session: Session, *, actor: Actor) -> Sequence[tuple[Membership, str]]:
    """The people of the actor's organization with their e-mail, those who wait first."""
    query = (
        select(Membership, Account.email)
        .join(Membership.person)
        .join(Account, Account.person_id == Person.id)
        .options(contains_eager(Membership.person))
        .where(Membership.organization_id == actor.organization_id)
        .where(Membership.ended_at.is_(None))
        .order_by(Membership.accepted_at.is_not(None), Membership.id)
    )
    return [(place, email) for place, email in session.execute(query)]


def place(session: Session, public_id: str, *, actor: Actor) -> Membership | None:
    """One open membership of the actor's organization, with its person."""
    query = (
        select(Membership)
        .options(joinedload(Membership.person))
        .where(Membership.public_id == public_id, Membership.ended_at.is_(None))
        .where(Membership.organization_id == actor.organization_id)
    )
    return session.scalar(query)


@dataclass(frozen=True)
class AccessRequest:
    """Somebody who waits at the door of an organization."""

    membership_id: int
    public_id: str
    organization: str
    neq: str
    person: str
    email: str
    phone: str
    asked_at: datetime
    has_responsible: bool


def access_requests(session: Session, *, actor: Actor) -> list[AccessRequest]:
    """The requests nobody answered yet, oldest first, at most fifty.

    Staff see those of organizations that have a file with their secretariat.
    """
    query = (
        select(
            Membership.id,
            Membership.public_id,
            Organization.legal_name,
            Organization.neq,
            Person.full_name,
            Account.email,
            Person.phone,
            Membership.asked_at,
            has_responsible(),
        )
        .join(Membership.organization)
        .join(Person, Person.id == Membership.person_id)
        .join(Account, Account.person_id == Person.id)
        .where(Membership.accepted_at.is_(None), Membership.ended_at.is_(None))
        .where(known_to(actor.secretariat_id))
        .order_by(Membership.asked_at, Membership.id)
        .limit(50)
    )
    return [AccessRequest(*row) for row in session.execute(query)]


def has_responsible() -> Exists:
    """Whether somebody answers online for the organization of a query."""
    answering = aliased(Membership)
    return exists().where(
        answering.organization_id == Organization.id,
        answering.role == MemberRole.RESPONSIBLE.value,
        answering.accepted_at.is_not(None),
        answering.ended_at.is_(None),
    )


def known_to(secretariat_id: int | None) -> Exists:
    """Whether the organization of a query has a file with this secretariat."""
    return exists().where(
        CaseFile.organization_id == Organization.id, CaseFile.secretariat_id == secretariat_id
    )
