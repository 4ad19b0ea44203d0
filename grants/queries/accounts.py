"""Accounts as sign-in, mails and the demonstration need to read them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from grants.domain.access import MemberRole
from grants.models.organizations import Membership, Organization
from grants.models.people import Account, AccountLink, EmailCode, Person, StaffMember, WebSession
from grants.models.reference import Secretariat

CAST_DOMAIN = "@demo.appui.example"


@dataclass(frozen=True)
class KnownAccount:
    """What is needed to check a password."""

    id: int
    password_hash: str | None


@dataclass(frozen=True)
class CodeToSend:
    """A code that a mail must carry; its digits are derived from `public_id`."""

    public_id: str
    email: str
    full_name: str
    expires_at: datetime


@dataclass(frozen=True)
class Link:
    """A one-use link; `is_first` when its person never had a password."""

    id: int
    public_id: str
    email: str
    full_name: str
    account_kind: str
    is_first: bool
    expires_at: datetime


@dataclass(frozen=True)
class CastMember:
    """A person of the demonstration: where they stand; a title in a secretariat, a role in
    an organization."""

    id: int
    public_id: str
    full_name: str
    place: str
    title: str = ""
    role: MemberRole | None = None


def is_cast(email: str) -> bool:
    """Whether this address belongs to the demonstration set."""
    return email.endswith(CAST_DOMAIN)


def by_email(session: Session, email: str) -> KnownAccount | None:
    """The account of this address (lower case), unless it was disabled."""
    query = select(Account.id, Account.password_hash).where(
        Account.email == email, Account.disabled_at.is_(None)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else KnownAccount(row.id, row.password_hash)


def code_to_send(session: Session, code_id: int) -> CodeToSend:
    """The code that an outbox row owes."""
    query = (
        select(EmailCode.public_id, Account.email, Person.full_name, EmailCode.expires_at)
        .join(Account, Account.id == EmailCode.account_id)
        .join(Person, Person.id == Account.person_id)
        .where(EmailCode.id == code_id)
    )
    row = session.execute(query).one()
    return CodeToSend(row.public_id, row.email, row.full_name, row.expires_at)


def link_to_send(session: Session, link_id: int) -> Link:
    """The link that an outbox row owes."""
    return _link(session, _links().where(AccountLink.id == link_id))[0]


def live_link(session: Session, public_id: str, *, now: datetime) -> Link | None:
    """The link of this address of ours, unless it was used or its time is over."""
    query = (
        _links()
        .where(AccountLink.public_id == public_id, AccountLink.used_at.is_(None))
        .where(AccountLink.expires_at > now, Account.disabled_at.is_(None))
    )
    return next(iter(_link(session, query)), None)


def had_session(session: Session, token_hash: str) -> bool:
    """Whether this token was one of ours: its session is over, or went on under a new token."""
    query = select(WebSession.id).where(WebSession.token_hash == token_hash)
    return session.scalar(query) is not None


def cast(session: Session) -> list[CastMember]:
    """The people of the demonstration: one organization, the staff, then the others."""
    members, staff = _members_of_organizations(session), _members_of_the_staff(session)
    first = [person for person in members if person.place == members[0].place]
    return [*first, *staff, *members[len(first) :]]


def _links() -> Select[AccountLink, Account, Person]:
    return (
        select(AccountLink, Account, Person)
        .join(Account, Account.id == AccountLink.account_id)
        .join(Person, Person.id == Account.person_id)
    )


def _link(session: Session, query: Select[AccountLink, Account, Person]) -> list[Link]:
    return [
        Link(
            id=link.id,
            public_id=link.public_id,
            email=account.email,
            full_name=person.full_name,
            account_kind=account.kind,
            is_first=account.password_hash is None,
            expires_at=link.expires_at,
        )
        for link, account, person in session.execute(query)
    ]


def _members_of_organizations(session: Session) -> list[CastMember]:
    query = (
        select(Account, Person.full_name, Organization.legal_name, Membership.role)
        .join(Person, Person.id == Account.person_id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organization, Organization.id == Membership.organization_id)
        .where(Account.email.endswith(CAST_DOMAIN), Account.disabled_at.is_(None))
        .where(Membership.accepted_at.is_not(None), Membership.ended_at.is_(None))
        .order_by(Organization.id, Membership.id)
    )
    return [
        CastMember(account.id, account.public_id, name, place, role=MemberRole(role))
        for account, name, place, role in session.execute(query)
    ]


def _members_of_the_staff(session: Session) -> list[CastMember]:
    query = (
        select(Account, Person.full_name, Secretariat.name, StaffMember.title)
        .join(Person, Person.id == Account.person_id)
        .join(StaffMember, StaffMember.person_id == Person.id)
        .join(Secretariat, Secretariat.id == StaffMember.secretariat_id)
        .where(Account.email.endswith(CAST_DOMAIN), Account.disabled_at.is_(None))
        .order_by(Secretariat.name, StaffMember.title, Person.full_name, Account.id)
    )
    return [
        CastMember(account.id, account.public_id, name, place, title=title)
        for account, name, place, title in session.execute(query)
    ]
