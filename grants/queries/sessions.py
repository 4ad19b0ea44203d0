"""Who a session token stands for, at this very moment."""

from datetime import datetime
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload

from grants.domain import confirmation as confirmations
from grants.domain.access import VISITOR, Actor, MemberRole, Role
from grants.models.organizations import Membership
from grants.models.people import Account, StaffMember, WebSession


def pending(session: Session, token_hash: str, *, now: datetime) -> WebSession | None:
    """The live session of this token at whatever stage, or None."""
    found = session.scalar(_live(), {"digest": token_hash, "now": now})
    return found if found and found.account.disabled_at is None else None


@cache
def _live() -> Select[WebSession]:
    """Built once: every request asks it."""
    return (
        select(WebSession)
        .options(joinedload(WebSession.account).joinedload(Account.person))
        .where(WebSession.token_hash == bindparam("digest"), WebSession.ended_at.is_(None))
        .where(WebSession.expires_at > bindparam("now"))
    )


def actor(session: Session, token_hash: str, organization: str | None, *, now: datetime) -> Actor:
    """The actor of a fully signed-in session; a visitor when it ended or waits for a factor.

    `organization` is the public id a person of several organizations chose last.
    """
    live = pending(session, token_hash, now=now)
    if live is None or live.stage != "in":
        return VISITOR
    if live.account.kind == "staff":
        return staff_actor(session, live.account)
    return member_actor(session, live.account, organization)


def confirmation(session: Session, token_hash: str, now: datetime) -> datetime | None:
    """Until when the confirmation of this browser's person holds; None without one.

    A page shows it; `grants.operations.identity.consume` decides.
    """
    live = pending(session, token_hash, now=now)
    if live is None or live.stage != "in":
        return None
    return confirmations.holds_until(live.confirmed_at, now=now)


def staff_actor(session: Session, account: Account) -> Actor:
    """The actor behind a staff account, with the roles of this moment."""
    staff = session.scalars(_staff(), {"person": account.person_id}).unique().one()
    return Actor(
        person_id=account.person_id,
        account_id=account.id,
        name=account.person.full_name,
        title=staff.title,
        email=account.email,
        roles=frozenset(Role(held.role) for held in staff.roles),
        secretariat_id=staff.secretariat_id,
    )


@cache
def _staff() -> Select[StaffMember]:
    return (
        select(StaffMember)
        .options(joinedload(StaffMember.roles))
        .where(StaffMember.person_id == bindparam("person"))
    )


def member_actor(session: Session, account: Account, organization: str | None) -> Actor:
    """The actor behind an organization's account, acting for the organization chosen."""
    places = session.scalars(
        select(Membership)
        .options(joinedload(Membership.organization))
        .where(Membership.person_id == account.person_id, Membership.ended_at.is_(None))
        .where(Membership.accepted_at.is_not(None))
        .order_by(Membership.id)
    ).all()
    chosen = [place for place in places if place.organization.public_id == organization]
    place = next(iter(chosen or places), None)
    return Actor(
        person_id=account.person_id,
        account_id=account.id,
        name=account.person.full_name,
        email=account.email,
        organization_id=place.organization_id if place else None,
        organization_name=place.organization.legal_name if place else "",
        member_role=MemberRole(place.role) if place else None,
    )
