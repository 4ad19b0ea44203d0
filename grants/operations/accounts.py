"""Accounts: created by a person or by an administrator, and their password set by a link.

Source: our decision on sign-in (organizations by password and e-mailed code, staff by password
and TOTP). Whoever writes an address on a public form never learns whether it has an account:
the mail says it, to the person who reads that address.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain.access import Actor, Role
from grants.domain.errors import DomainError
from grants.domain.identity import parse_email
from grants.domain.throttling import Purpose
from grants.models.people import Account, AccountLink, Person, StaffMember, StaffRole, WebSession
from grants.models.reference import Secretariat
from grants.operations import throttles
from grants.operations.trail import owed, record

LINK_LIFE = timedelta(minutes=60)
INVITATION_LIFE = timedelta(hours=24)
NAME_LENGTHS = range(2, 121)  # characters


@dataclass(frozen=True)
class NewAccount:
    """What a person of an organization gives; the password is already hashed."""

    full_name: str
    email: str
    phone: str
    password_hash: str


@dataclass(frozen=True)
class StaffDetails:
    """A new member of the staff, as an administrator describes them.

    `public_id` is the one the page carried for the account: a second post finds it made.
    """

    full_name: str
    email: str
    secretariat_code: str
    title: str
    roles: frozenset[Role]
    extension: str = ""
    public_id: str = ""


def address(typed: str) -> str:
    """The e-mail address of an account: lower case. Errors: email_accents, email_format."""
    return parse_email(typed).lower()


def name(typed: str) -> str:
    """A person's name, single spaces. Error: name_length."""
    words = " ".join(typed.split())
    if len(words) not in NAME_LENGTHS:
        raise DomainError("name_length")
    return words


def create(session: Session, details: NewAccount, *, now: datetime) -> int | None:
    """Create an organization's account, whose collection notice was read; return its id.

    None when the address already has one: its owner is sent a link instead.
    """
    try:
        with session.begin_nested():
            account = _add(session, details.full_name, "organization", details.email, now)
            account.person.phone = details.phone
            account.password_hash = details.password_hash
            account.notice_read_at = now
    except IntegrityError:
        ask_link(session, details.email, now=now)
        return None
    record(
        session,
        "account_created",
        actor=Actor(person_id=account.person_id),
        now=now,
        account=account.public_id,
        account_kind="organization",
    )
    return account.id


def create_staff(session: Session, details: StaffDetails, *, actor: Actor, now: datetime) -> int:
    """Create a member of the staff and owe them the link that sets their password.

    Nobody else ever knows that password. Returns the account's id. Errors: email_accents,
    email_format, email_taken, name_length, secretariat_unknown.
    """
    office = session.scalar(select(Secretariat).where(Secretariat.code == details.secretariat_code))
    if office is None:
        raise DomainError("secretariat_unknown", secretariat=details.secretariat_code)
    email = address(details.email)
    present = _by_email(session, email)
    if present is not None and present.public_id == details.public_id:
        return present.id
    if present is not None:
        raise DomainError("email_taken")
    account = _add(session, name(details.full_name), "staff", email, now, details.public_id)
    session.add(_staff_member(account.person_id, office.id, details))
    record(
        session,
        "account_created",
        actor=actor,
        now=now,
        account=account.public_id,
        account_kind="staff",
        roles=sorted(details.roles),
    )
    invite_again(session, account.id, now=now)
    return account.id


def _staff_member(person_id: int, secretariat_id: int, details: StaffDetails) -> StaffMember:
    staff = StaffMember(
        person_id=person_id,
        secretariat_id=secretariat_id,
        title=details.title,
        extension=details.extension,
    )
    staff.roles = [StaffRole(role=role) for role in sorted(details.roles)]
    return staff


def ask_link(session: Session, email: str, *, now: datetime) -> None:
    """Owe the owner of this address a link, when there is one: 60 minutes, one use.

    At most five mails an hour for one address, whoever asks; past that, and for an unknown
    address, nothing happens and nothing shows.
    """
    too_many = throttles.count(session, Purpose.MAIL, email, now=now)
    account = _by_email(session, email)
    if account is not None and account.disabled_at is None and too_many is None:
        _owe_link(session, account.id, LINK_LIFE, now)


def set_password(session: Session, link_id: int, password_hash: str, *, now: datetime) -> None:
    """Use a link: set the password and end every session of the account.

    The second factor stays. The mail was read, so the address is confirmed and the counter of
    wrong passwords starts again. Error: link_dead (used or expired meanwhile).
    """
    account_id = session.execute(
        update(AccountLink)
        .where(AccountLink.id == link_id, AccountLink.used_at.is_(None))
        .where(AccountLink.expires_at > now)
        .values(used_at=now)
        .returning(AccountLink.account_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if account_id is None:
        raise DomainError("link_dead")
    account = session.get_one(Account, account_id, with_for_update=True, populate_existing=True)
    account.password_hash = password_hash
    account.email_confirmed_at = account.email_confirmed_at or now
    end_what_is_open(session, account_id, now)
    throttles.clear(session, Purpose.SIGN_IN, account.email)
    record(
        session,
        "password_changed",
        actor=Actor(person_id=account.person_id),
        now=now,
        account=account.public_id,
    )


def invite_again(session: Session, account_id: int, *, now: datetime) -> None:
    """Owe a member of the staff the link by which they choose their password: a day, one use."""
    _owe_link(session, account_id, INVITATION_LIFE, now)


def end_what_is_open(session: Session, account_id: int, now: datetime) -> None:
    """End the sessions of an account and burn its other links."""
    for table, ends in ((WebSession, "ended_at"), (AccountLink, "used_at")):
        column = getattr(table, ends)
        session.execute(
            update(table)
            .where(table.account_id == account_id, column.is_(None))
            .values({ends: now})
            .execution_options(synchronize_session=False)
        )


def _by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == func.lower(email)))


def _add(
    session: Session, full_name: str, kind: str, email: str, now: datetime, public_id: str = ""
) -> Account:
    person = Person(public_id=secrets.token_hex(16), full_name=full_name)
    account = Account(
        person=person,
        kind=kind,
        email=email,
        public_id=public_id or secrets.token_hex(16),
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account


def _owe_link(session: Session, account_id: int, life: timedelta, now: datetime) -> None:
    link = AccountLink(
        account_id=account_id,
        public_id=secrets.token_hex(16),
        created_at=now,
        expires_at=now + life,
    )
    session.add(link)
    session.flush()
    owed(session, "mail.link", link.id, key=f"link:{link.public_id}", now=now)
