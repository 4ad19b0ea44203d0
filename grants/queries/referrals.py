"""Who was sent to which resource: from a case file of any kind."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.directory import Referral, Resource
from grants.models.organizations import Organization
from grants.models.people import Person
from grants.models.requests import InformationRequest
from grants.queries import case_files, information_requests


@dataclass(frozen=True)
class SentFrom:
    """The case file that somebody is sent on from; `organization` is empty for a request."""

    id: int
    public_id: str
    number: str
    kind: str
    organization: str


@dataclass(frozen=True)
class MadeReferral:
    """A referral with the name of its resource, who made it and what became of it."""

    id: int
    public_id: str
    resource_public_id: str
    resource: str
    checked_on: date
    consent: str
    handed_over: bool
    note: str
    made_by: str
    made_at: datetime
    outcome: str | None
    outcome_at: datetime | None


_MADE: tuple[Any, ...] = (
    Referral.id,
    Referral.public_id,
    Resource.public_id,
    Resource.name,
    Resource.checked_on,
    Referral.consent,
    Referral.handed_over,
    Referral.note,
    Person.full_name,
    Referral.made_at,
    Referral.outcome,
    Referral.outcome_at,
)


def sent_from(session: Session, public_id: str, *, actor: Actor) -> SentFrom | None:
    """The file of this public id that the actor may see, whatever its kind."""
    query = (
        select(
            CaseFile.id,
            CaseFile.public_id,
            CaseFile.number,
            CaseFile.kind,
            func.coalesce(Organization.legal_name, ""),
        )
        .outerjoin(Organization, Organization.id == CaseFile.organization_id)
        .outerjoin(InformationRequest, InformationRequest.case_file_id == CaseFile.id)
        .where(CaseFile.public_id == public_id, _visible(actor))
    )
    row = session.execute(query).first()
    return SentFrom(*row) if row else None


def of_case(session: Session, case_file_id: int) -> list[MadeReferral]:
    """The referrals made from a file, the latest first."""
    return _made(session, Referral.case_file_id == case_file_id)


def one(session: Session, public_id: str, *, actor: Actor) -> tuple[SentFrom, MadeReferral] | None:
    """A referral and its file, for somebody who may see that file."""
    file_id = select(CaseFile.public_id).join(Referral, Referral.case_file_id == CaseFile.id)
    place = session.scalar(file_id.where(Referral.public_id == public_id))
    file = sent_from(session, place, actor=actor) if place else None
    return (file, _made(session, Referral.public_id == public_id)[0]) if file else None


def _visible(actor: Actor) -> ColumnElement[bool]:
    """A file that the actor may see: what an organization sent, or what anyone asked."""
    sent = and_(CaseFile.organization_id.is_not(None), *case_files.visible(actor))
    return or_(sent, and_(*information_requests.visible(actor)))


def _made(session: Session, condition: ColumnElement[bool]) -> list[MadeReferral]:
    query = (
        select(*_MADE)
        .join(Resource, Resource.id == Referral.resource_id)
        .join(Person, Person.id == Referral.made_by_id)
        .where(condition)
        .order_by(Referral.id.desc())
    )
    return [MadeReferral(*row) for row in session.execute(query)]
