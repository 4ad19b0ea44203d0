"""Organizations and who may act for them: created, asked for, accepted, ended."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, MemberRole, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.identity import parse_email, parse_neq, parse_phone
from grants.domain.text import fold
from grants.models.organizations import Membership, Organization
from grants.operations.trail import record

NAME_LENGTHS = range(2, 201)


@dataclass(frozen=True)
class OrganizationDetails:
    """An organization as its first person describes it; e-mail and phone may be empty."""

    neq: str
    legal_name: str
    email: str = ""
    phone: str = ""
    seen: str = ""  # the mark of the facts that the page showed, when it corrects them


def create(
    session: Session, details: OrganizationDetails, *, actor: Actor, now: datetime
) -> Organization:
    """Record an organization; the person who does it becomes responsible for it.

    Our decision: the NEQ is checked for its form only. Errors: those of `identity`,
    `organization_known` (ask to join it instead), `legal_name_length`.
    """
    demand(actor, Action.HAVE_ACCOUNT)
    made = _described(details, now)
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return _made_before(session, made.neq, actor)
    record(session, "organization_created", actor=actor, now=now, organization=made.id)
    responsible = _membership(made.id, person_of(actor), MemberRole.RESPONSIBLE, now)
    responsible.accepted_at, responsible.accepted_by_id = now, actor.person_id
    session.add(responsible)
    session.flush()
    return made


def _described(details: OrganizationDetails, now: datetime) -> Organization:
    name = _legal_name(details.legal_name)
    return Organization(
        public_id=secrets.token_hex(16),
        neq=parse_neq(details.neq),
        legal_name=name,
        search_name=fold(name)[:200],
        email=parse_email(details.email) if details.email.strip() else "",
        phone=parse_phone(details.phone) if details.phone.strip() else "",
        created_at=now,
    )


def _made_before(session: Session, neq: str, actor: Actor) -> Organization:
    """The same person's double click finds its own organization; anybody else must ask."""
    known = session.scalars(select(Organization).where(Organization.neq == neq)).one()
    own = select(Membership.id).where(
        Membership.organization_id == known.id,
        Membership.person_id == actor.person_id,
        Membership.role == MemberRole.RESPONSIBLE.value,
        Membership.accepted_at.is_not(None),
        Membership.ended_at.is_(None),
    )
    if session.scalar(own) is None:
        raise DomainError("organization_known")
    return known


def update(session: Session, details: OrganizationDetails, *, actor: Actor, now: datetime) -> None:
    """Correct the name, e-mail and phone of one's organization; its NEQ never changes.

    Errors: `stale_page` when somebody corrected them since the page was shown.
    """
    demand(actor, Action.MANAGE_TEAM)
    organization = _own_locked(session, actor)
    if details.seen != facts_mark(organization):
        raise DomainError("stale_page")
    organization.legal_name = _legal_name(details.legal_name)
    organization.search_name = fold(organization.legal_name)[:200]
    organization.email = parse_email(details.email) if details.email.strip() else ""
    organization.phone = parse_phone(details.phone) if details.phone.strip() else ""
    record(session, "organization_updated", actor=actor, now=now, organization=organization.id)


def facts_mark(organization: Organization) -> str:
    """The facts of an organization as a short text that a page can carry."""
    facts = [organization.legal_name, organization.email, organization.phone]
    return sha256("\n".join(facts).encode()).hexdigest()[:16]


def ask_to_join(
    session: Session, organization_id: int, *, actor: Actor, now: datetime
) -> Membership:
    """Ask the responsible person of a known organization for access.

    Asking twice, or when one already has access, changes nothing.
    """
    demand(actor, Action.HAVE_ACCOUNT)
    session.get_one(Organization, organization_id, with_for_update=True)
    person_id = person_of(actor)
    known = session.scalar(
        select(Membership).where(
            Membership.organization_id == organization_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
        )
    )
    if known is not None:
        return known
    asked = _membership(organization_id, person_id, MemberRole.WRITER, now)
    session.add(asked)
    session.flush()
    record(session, "membership_asked", actor=actor, now=now, membership=asked.id)
    return asked


def accept(
    session: Session, membership_id: int, role: MemberRole, *, actor: Actor, now: datetime
) -> None:
    """Let a person act for the organization, or change what this person may do in it.

    Errors: `last_responsible` when nobody would be left to answer for the organization.
    """
    place = _managed(session, membership_id, actor)
    if place.role == role and place.accepted_at is not None:
        return
    if role != MemberRole.RESPONSIBLE:
        _keep_one_responsible(session, place)
    kind = "membership_changed" if place.accepted_at else "membership_accepted"
    place.role = role
    if place.accepted_at is None:
        place.accepted_at, place.accepted_by_id = now, actor.person_id
    record(session, kind, actor=actor, now=now, membership=place.id, role=role.value)


def end(session: Session, membership_id: int, *, actor: Actor, now: datetime) -> None:
    """Refuse a request for access, or take access back. Its trace stays.

    Anybody may leave; to end another's place one must be responsible. Error:
    `last_responsible`.
    """
    place = _managed(session, membership_id, actor)
    if place.ended_at is not None:
        return
    _keep_one_responsible(session, place)
    kind = "membership_ended" if place.accepted_at else "membership_refused"
    place.ended_at = now
    record(session, kind, actor=actor, now=now, membership=place.id)


def admit(
    session: Session, membership_id: int, *, admitted: bool, actor: Actor, now: datetime
) -> None:
    """Answer a request for access in the place of a responsible person who cannot.

    Source: our decision, for an organization first recorded on paper or whose responsible person
    left; staff check by telephone first. The person admitted becomes responsible. Answering
    twice changes nothing.
    """
    demand(actor, Action.ADMIT_MEMBER)
    place = session.get_one(Membership, membership_id, with_for_update=True, populate_existing=True)
    if place.accepted_at is not None or place.ended_at is not None:
        return
    if admitted:
        place.role = MemberRole.RESPONSIBLE.value
        place.accepted_at, place.accepted_by_id = now, actor.person_id
    else:
        place.ended_at = now
    kind = "membership_admitted" if admitted else "membership_refused"
    record(session, kind, actor=actor, now=now, membership=place.id)


def person_of(actor: Actor) -> int:
    """The person behind an actor; the system and a visitor own and sign nothing."""
    if actor.person_id is None:
        raise Refusal("not_allowed", actor_id=None)
    return actor.person_id


def _legal_name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) not in NAME_LENGTHS:
        raise DomainError("legal_name_length")
    return name


def _membership(
    organization_id: int, person_id: int, role: MemberRole, now: datetime
) -> Membership:
    return Membership(
        public_id=secrets.token_hex(16),
        organization_id=organization_id,
        person_id=person_id,
        role=role.value,
        asked_at=now,
    )


def _own_locked(session: Session, actor: Actor) -> Organization:
    if actor.organization_id is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return session.get_one(
        Organization, actor.organization_id, with_for_update=True, populate_existing=True
    )


def _managed(session: Session, membership_id: int, actor: Actor) -> Membership:
    """A place in the actor's organization, under the organization's lock."""
    organization = _own_locked(session, actor)
    place = session.get_one(Membership, membership_id, populate_existing=True)
    if place.organization_id != organization.id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    if place.person_id != actor.person_id:
        demand(actor, Action.MANAGE_TEAM)
    return place


def _keep_one_responsible(session: Session, leaving: Membership) -> None:
    if leaving.role != MemberRole.RESPONSIBLE or leaving.accepted_at is None:
        return
    others = session.scalar(
        select(func.count(Membership.id)).where(
            Membership.organization_id == leaving.organization_id,
            Membership.role == MemberRole.RESPONSIBLE.value,
            Membership.accepted_at.is_not(None),
            Membership.ended_at.is_(None),
            Membership.id != leaving.id,
        )
    )
    if not others:
        raise DomainError("last_responsible")
