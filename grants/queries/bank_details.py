"""Accounts as screens show them: their last three digits, their state, who waits for a call.

Nothing here deciphers an account: columns are read one by one, never the enciphered one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from grants.domain.access import Action, Actor
from grants.domain.flow import Status
from grants.models.case_files import CaseFile
from grants.models.organizations import Organization
from grants.models.payments import BankDetails, BankVerification
from grants.models.people import Person, StaffMember
from grants.queries.organizations import has_responsible, known_to

PAGE = 50
VERSIONS = 20  # of one organization: no screen needs more
MONEY_TO_COME = (Status.GRANTED.value, Status.SIGNED.value)


@dataclass(frozen=True)
class Version:
    """One version of an account, masked; what `verified_at` and the next hold is None before."""

    id: int
    public_id: str
    organization_id: int
    end: str
    entered_at: datetime
    entered_by_id: int
    entered_by: str
    on_paper: bool
    verified_at: datetime | None
    verified_by_id: int | None
    verified_by: str | None
    payee_name: str | None
    confirmed_with: str | None


@dataclass(frozen=True)
class Waiting:
    """An organization whose newest account waits for a call."""

    id: int
    public_id: str
    organization_id: int
    organization: str
    neq: str
    phone: str
    end: str
    entered_at: datetime
    is_change: bool
    case_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Page:
    """Fifty organizations at most, and where the next fifty begin."""

    accounts: list[Waiting]
    next_after: int | None


@dataclass(frozen=True)
class OnPaper:
    """An organization where nobody answers online, and the end of its present account."""

    public_id: str
    organization: str
    neq: str
    end: str | None
    case_numbers: tuple[str, ...]


_verifier = aliased(Person)
_newer, _older = aliased(BankDetails), aliased(BankDetails)
_COLUMNS: tuple[Any, ...] = (
    BankDetails.id,
    BankDetails.public_id,
    BankDetails.organization_id,
    BankDetails.account_end,
    BankDetails.entered_at,
    BankDetails.entered_by_id,
    Person.full_name,
    exists().where(StaffMember.person_id == BankDetails.entered_by_id),
    BankVerification.verified_at,
    BankVerification.verified_by_id,
    _verifier.full_name,
    BankVerification.payee_name,
    BankVerification.confirmed_with,
)
_IS_NEWEST = ~exists().where(
    _newer.organization_id == BankDetails.organization_id, _newer.id > BankDetails.id
)
_IS_CHANGE = exists().where(
    _older.organization_id == BankDetails.organization_id, _older.id < BankDetails.id
)


def present(session: Session, organization_id: int, *, actor: Actor) -> Version | None:
    """The newest account of an organization, as far as the actor may see it."""
    return next(iter(_versions(session, organization_id, actor, limit=1)), None)


def history(session: Session, organization_id: int, *, actor: Actor) -> list[Version]:
    """The accounts of an organization, newest first."""
    return _versions(session, organization_id, actor, limit=VERSIONS)


def one(session: Session, public_id: str, *, actor: Actor) -> Version | None:
    """One version of the account of an organization of the actor's secretariat."""
    query = _of_versions(actor).where(BankDetails.public_id == public_id)
    found = session.execute(query).first()
    return Version(*found) if found else None


def waiting(session: Session, *, actor: Actor, after: int | None = None) -> Page:
    """The newest accounts that nobody verified yet, in the order they came to the secretariat.

    `after` is the id of the last one seen.
    """
    query = _waiting(actor)
    if after is not None:
        query = query.where(BankDetails.id > after)
    rows = list(session.execute(query.limit(PAGE + 1)))
    numbers = _case_numbers(session, [row.organization_id for row in rows[:PAGE]], actor)
    accounts = [
        replace(Waiting(*row), case_numbers=numbers.get(row.organization_id, ()))
        for row in rows[:PAGE]
    ]
    return Page(accounts, accounts[-1].id if len(rows) > PAGE else None)


def on_paper(session: Session, *, actor: Actor) -> list[OnPaper]:
    """Organizations with money to come where nobody answers online, by name; fifty at most.

    Those that wait for a verification are in the other list.
    """
    rows = list(session.execute(_on_paper(actor)))
    numbers = _case_numbers(session, [row.id for row in rows], actor)
    return [
        OnPaper(row.public_id, row.legal_name, row.neq, row.account_end, numbers.get(row.id, ()))
        for row in rows
    ]


def organization(session: Session, public_id: str, *, actor: Actor) -> Organization | None:
    """An organization that has a file with the actor's secretariat."""
    query = select(Organization).where(Organization.public_id == public_id)
    return session.scalar(query.where(known_to(actor.secretariat_id)))


def organization_of(session: Session, version: Version) -> Organization:
    """The organization of a version that the actor was let see."""
    return session.get_one(Organization, version.organization_id)


def _versions(session: Session, organization_id: int, actor: Actor, *, limit: int) -> list[Version]:
    query = _of_versions(actor).where(BankDetails.organization_id == organization_id)
    rows = session.execute(query.order_by(BankDetails.id.desc()).limit(limit))
    return [Version(*row) for row in rows]


def _of_versions(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COLUMNS)
        .join(Organization, Organization.id == BankDetails.organization_id)
        .join(Person, Person.id == BankDetails.entered_by_id)
        .outerjoin(BankVerification, BankVerification.bank_details_id == BankDetails.id)
        .outerjoin(_verifier, _verifier.id == BankVerification.verified_by_id)
        .where(_visible(actor))
    )


def _visible(actor: Actor) -> ColumnElement[bool]:
    """One's own organization; for finance, those of one's secretariat."""
    if actor.is_staff and actor.may(Action.READ_PAYMENTS):
        return known_to(actor.secretariat_id)
    return Organization.id == actor.organization_id


def _waiting(actor: Actor) -> Select[*tuple[Any, ...]]:
    verified = exists().where(BankVerification.bank_details_id == BankDetails.id)
    columns: tuple[Any, ...] = (
        BankDetails.id,
        BankDetails.public_id,
        BankDetails.organization_id,
        Organization.legal_name,
        Organization.neq,
        Organization.phone,
        BankDetails.account_end,
        BankDetails.entered_at,
        _IS_CHANGE,
    )
    return (
        select(*columns)
        .join(Organization, Organization.id == BankDetails.organization_id)
        .where(_IS_NEWEST, ~verified, known_to(actor.secretariat_id))
        .order_by(BankDetails.id)
    )


def _on_paper(actor: Actor) -> Select[*tuple[Any, ...]]:
    money = exists().where(CaseFile.organization_id == Organization.id, *_money_to_come(actor))
    settled = or_(BankDetails.id.is_(None), BankVerification.bank_details_id.is_not(None))
    newest = (BankDetails.organization_id == Organization.id) & _IS_NEWEST
    return (
        select(
            Organization.id,
            Organization.public_id,
            Organization.legal_name,
            Organization.neq,
            BankDetails.account_end,
        )
        .outerjoin(BankDetails, newest)
        .outerjoin(BankVerification, BankVerification.bank_details_id == BankDetails.id)
        .where(money, ~has_responsible(), settled)
        .order_by(Organization.legal_name, Organization.id)
        .limit(PAGE)
    )


def _money_to_come(actor: Actor) -> list[ColumnElement[bool]]:
    return [
        CaseFile.secretariat_id == actor.secretariat_id,
        CaseFile.status.in_(MONEY_TO_COME),
    ]


def _case_numbers(
    session: Session, organization_ids: Iterable[int], actor: Actor
) -> dict[int, tuple[str, ...]]:
    """The files of each organization with money to come."""
    query = (
        select(CaseFile.organization_id, CaseFile.number)
        .where(CaseFile.organization_id.in_(list(organization_ids)), *_money_to_come(actor))
        .order_by(CaseFile.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for organization_id, number in session.execute(query):
        found[organization_id] = (*found.get(organization_id, ()), number)
    return found
