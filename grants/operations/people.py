"""The people of a secretariat, kept by its administrators: invited, changed, removed, let in again.

Source: our decision (separation of duties) and the checklist of our security page: a person who
was removed, or whose roles changed, finds it so at the very next request.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, Role, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.people import Place, check_last_administrator, check_place
from grants.models.people import Account, StaffMember, StaffRole
from grants.models.reference import Secretariat
from grants.operations import accounts
from grants.operations.accounts import StaffDetails
from grants.operations.offices import colleague, lock_office
from grants.operations.staff_files import give_back_files
from grants.operations.trail import record


@dataclass(frozen=True)
class Invitation:
    """A person to let in. `public_id` is the one the page carried for the account."""

    full_name: str
    email: str
    place: Place
    public_id: str = ""


def invite(session: Session, details: Invitation, *, actor: Actor, now: datetime) -> int:
    """Make an account in the actor's secretariat and owe its person a link; return its id.

    Errors: not_allowed, roles_required, finance_duties, title_length, extension_format,
    name_length, email_format, email_accents, email_taken.
    """
    office = _begin(session, actor)
    place = check_place(details.place)
    made = StaffDetails(
        full_name=details.full_name,
        email=details.email,
        secretariat_code=office.code,
        title=place.title,
        roles=place.roles,
        extension=place.extension,
        public_id=details.public_id,
    )
    return accounts.create_staff(session, made, actor=actor, now=now)


def change(
    session: Session,
    person_id: int,
    details: Place,
    *,
    give_back: bool = False,
    actor: Actor,
    now: datetime,
) -> None:
    """Change what a person is in the secretariat; their next request obeys.

    Who stops reviewing files keeps none: they wait for somebody else when `give_back` says so.
    Errors: not_allowed, own_roles, last_administrator, holds_files, roles_required,
    finance_duties, title_length, extension_format.
    """
    _begin(session, actor)
    place = check_place(details)
    staff, account = colleague(session, person_id, actor=actor)
    before = _roles(staff)
    stays = Role.ADMINISTRATOR in place.roles
    _keep_an_administrator(session, staff, stays_one=stays, actor=actor)
    if person_id == actor.person_id and place.roles != before:
        raise Refusal("own_roles", actor_id=actor.person_id)
    if Role.ADVISOR in before - place.roles:
        give_back_files(session, person_id, allowed=give_back, actor=actor, now=now)
    staff.title, staff.extension = place.title, place.extension
    _set_roles(session, staff, place.roles)
    roles = {"before": sorted(before), "after": sorted(place.roles)}
    record(session, "staff_changed", actor=actor, now=now, account=account.public_id, roles=roles)


def remove(
    session: Session, person_id: int, *, give_back: bool, actor: Actor, now: datetime
) -> int:
    """Take a person's access away at once: sessions ended, links burnt, sign-in refused.

    Refused while they hold open files, unless `give_back` says to let those wait for somebody
    else, each with a trace; return how many did. Nothing of what the person did is erased. A
    second post only gives back what is left. Errors: not_allowed, own_account,
    last_administrator, holds_files.
    """
    _begin(session, actor)
    staff, account = colleague(session, person_id, actor=actor)
    _keep_an_administrator(session, staff, stays_one=False, actor=actor)
    if person_id == actor.person_id:
        raise Refusal("own_account", actor_id=actor.person_id)
    given = give_back_files(session, person_id, allowed=give_back, actor=actor, now=now)
    if account.disabled_at is None:
        account.disabled_at = now
        accounts.end_what_is_open(session, account.id, now)
        _tell(session, "staff_removed", account, actor, now)
    return given


def let_in_again(session: Session, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Give access back to a person who was removed, as to somebody new: a link, a new password
    and a new authenticator; the roles they had. Nothing happens to somebody who has access.

    Error: not_allowed.
    """
    _begin(session, actor)
    _, account = colleague(session, person_id, actor=actor)
    if account.disabled_at is None:
        return
    account.disabled_at, account.password_hash = None, None
    _forget_factor(account)
    accounts.invite_again(session, account.id, now=now)
    _tell(session, "staff_restored", account, actor, now)


def invite_again(session: Session, person_id: int, *, actor: Actor, now: datetime) -> None:
    """Owe another link to a person who never chose a password. Errors: not_allowed,
    already_in (they ask for a new password themselves), person_removed."""
    _begin(session, actor)
    _, account = colleague(session, person_id, actor=actor)
    if account.disabled_at is not None:
        raise DomainError("person_removed")
    if account.password_hash is not None:
        raise DomainError("already_in")
    accounts.end_what_is_open(session, account.id, now)
    accounts.invite_again(session, account.id, now=now)
    _tell(session, "staff_invited_again", account, actor, now)


def renew_factor(session: Session, person_id: int, *, actor: Actor, now: datetime) -> None:
    """End the authenticator of a person who lost it: sessions ended, another one is enrolled
    after the next right password, and the old one is worth nothing.

    Nobody does it for themselves. Errors: not_allowed, own_account, person_removed.
    """
    _begin(session, actor)
    _, account = colleague(session, person_id, actor=actor)
    if person_id == actor.person_id:
        raise Refusal("own_account", actor_id=actor.person_id)
    if account.disabled_at is not None:
        raise DomainError("person_removed")
    _tell(session, "authenticator_ended", account, actor, now)
    _forget_factor(account)
    accounts.end_what_is_open(session, account.id, now)


def _begin(session: Session, actor: Actor) -> Secretariat:
    """The office, locked, once the actor is found to be its administrator still."""
    demand(actor, Action.MANAGE_PEOPLE)
    office = lock_office(session, actor)
    if actor.person_id not in _administrators(session, office.id):
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return office


def _administrators(session: Session, secretariat_id: int) -> set[int]:
    """Who can sign in now and let others in."""
    query = (
        select(StaffMember.person_id)
        .join(StaffRole, StaffRole.person_id == StaffMember.person_id)
        .join(Account, Account.person_id == StaffMember.person_id)
        .where(StaffMember.secretariat_id == secretariat_id)
        .where(StaffRole.role == Role.ADMINISTRATOR.value)
        .where(Account.disabled_at.is_(None), Account.totp_enrolled_at.is_not(None))
    )
    return set(session.scalars(query))


def _keep_an_administrator(
    session: Session, staff: StaffMember, *, stays_one: bool, actor: Actor
) -> None:
    others = _administrators(session, staff.secretariat_id) - {staff.person_id}
    check_last_administrator(
        is_one=Role.ADMINISTRATOR in _roles(staff),
        stays_one=stays_one,
        others=len(others),
        actor_id=actor.person_id,
    )


def _roles(staff: StaffMember) -> frozenset[Role]:
    return frozenset(Role(held.role) for held in staff.roles)


def _set_roles(session: Session, staff: StaffMember, roles: frozenset[Role]) -> None:
    """Take away what is no longer held, add what is new: a role kept is never deleted."""
    wanted = {role.value for role in roles}
    staff.roles = [held for held in staff.roles if held.role in wanted] + [
        StaffRole(role=role) for role in sorted(wanted - {held.role for held in staff.roles})
    ]
    session.flush()


def _forget_factor(account: Account) -> None:
    """The secret of an authenticator is derived from the account's public id: a new one makes
    another secret, and whoever found the old telephone has nothing."""
    account.public_id = secrets.token_hex(16)
    account.totp_enrolled_at, account.totp_last_step = None, 0


def _tell(session: Session, kind: str, account: Account, actor: Actor, now: datetime) -> None:
    record(session, kind, actor=actor, now=now, account=account.public_id)
