"""Accounts: created once, named to nobody, their password set by a one-use link."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import SYSTEM, Role
from grants.domain.errors import DomainError
from grants.domain.throttling import LIMITS, Purpose
from grants.models.people import Account, AccountLink, Person, StaffMember, WebSession
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import accounts, password_hashes, sign_in
from grants.operations.accounts import NewAccount, StaffDetails
from grants.queries.accounts import live_link
from grants.unit_of_work import saving
from tests.factories import NOW

ODILE = NewAccount("Odile Morin", "odile@exemple.quebec", "+14185550101", "hash")
STAFF = StaffDetails(
    "Hélène Caron", "Helene@Exemple.Quebec", "SACA", "Cheffe d’équipe", frozenset({Role.TEAM_LEAD})
)


def create(details: NewAccount = ODILE) -> int | None:
    with saving() as session:
        return accounts.create(session, details, now=NOW)


def kinds(session: Session) -> list[str]:
    return list(session.scalars(select(JournalEvent.kind).order_by(JournalEvent.id)))


def owed(session: Session, kind: str) -> int:
    query = select(func.count()).select_from(OutboxRow).where(OutboxRow.kind == kind)
    return session.scalar(query) or 0


@pytest.mark.engine
def test_a_new_account_keeps_when_the_notice_was_read(session: Session) -> None:
    account = session.get_one(Account, create())
    assert account.notice_read_at == NOW
    assert account.email_confirmed_at is None, "the mailed code confirms it"
    assert account.person.full_name == "Odile Morin"
    assert kinds(session)[-1] == "account_created"


@pytest.mark.engine
def test_a_known_address_gets_a_link_and_no_second_account(session: Session) -> None:
    create()
    assert create() is None
    assert session.scalar(select(func.count()).select_from(Account)) == 1
    assert session.scalar(select(func.count()).select_from(Person)) == 1
    assert owed(session, "mail.link") == 1


def test_nobody_can_flood_a_mailbox_with_links(session: Session) -> None:
    create()
    for _ in range(20):
        with saving() as act:
            accounts.ask_link(act, ODILE.email, now=NOW)
    assert owed(session, "mail.link") == LIMITS[Purpose.MAIL].tries


def test_an_unknown_address_gets_nothing(session: Session) -> None:
    with saving() as act:
        accounts.ask_link(act, "personne@exemple.quebec", now=NOW)
    assert owed(session, "mail.link") == 0


def test_staff_is_invited_by_a_link_and_nobody_chose_the_password(session: Session) -> None:
    with saving() as act:
        account_id = accounts.create_staff(act, STAFF, actor=SYSTEM, now=NOW)
    account = session.get_one(Account, account_id)
    staff = session.get_one(StaffMember, account.person_id)
    assert (account.email, account.password_hash) == ("helene@exemple.quebec", None)
    assert [held.role for held in staff.roles] == ["team_lead"]
    assert owed(session, "mail.link") == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "helene"}, "email_format"),
        ({"full_name": "H"}, "name_length"),
        ({"secretariat_code": "XYZ"}, "secretariat_unknown"),
    ],
)
def test_a_bad_description_of_staff_is_refused(
    session: Session, changes: dict[str, str], code: str
) -> None:
    described = StaffDetails(**{**STAFF.__dict__, **changes})
    with pytest.raises(DomainError) as refusal, saving() as act:
        accounts.create_staff(act, described, actor=SYSTEM, now=NOW)
    assert refusal.value.code == code


def test_a_taken_address_is_told_to_the_administrator(session: Session) -> None:
    with saving() as act:
        accounts.create_staff(act, STAFF, actor=SYSTEM, now=NOW)
    with pytest.raises(DomainError) as refusal, saving() as act:
        accounts.create_staff(act, STAFF, actor=SYSTEM, now=NOW)
    assert refusal.value.code == "email_taken"


def ask_link(session: Session) -> AccountLink:
    with saving() as act:
        accounts.ask_link(act, ODILE.email, now=NOW)
    return session.scalars(select(AccountLink).order_by(AccountLink.id.desc())).first()


@pytest.mark.engine
def test_a_link_serves_once_and_ends_every_session(session: Session) -> None:
    account_id = create()
    with saving() as act:
        sign_in.begin(act, account_id, "hash", now=NOW)
    other, link = ask_link(session).id, ask_link(session).id
    with saving() as act:
        accounts.set_password(act, link, "new hash", now=NOW)
    account = session.get_one(Account, account_id)
    assert (account.password_hash, account.email_confirmed_at) == ("new hash", NOW)
    assert not session.scalars(select(WebSession).where(WebSession.ended_at.is_(None))).all()
    assert kinds(session)[-1] == "password_changed"
    for burnt in (link, other):
        with pytest.raises(DomainError), saving() as act:
            accounts.set_password(act, burnt, "third hash", now=NOW)
    assert session.get_one(Account, account_id).password_hash == "new hash"


def test_a_link_lives_an_hour(session: Session) -> None:
    create()
    link = ask_link(session)
    assert live_link(session, link.public_id, now=NOW + timedelta(minutes=59)) is not None
    assert live_link(session, link.public_id, now=NOW + timedelta(minutes=60)) is None
    with pytest.raises(DomainError), saving() as act:
        accounts.set_password(act, link.id, "hash", now=NOW + timedelta(minutes=60))


def test_a_new_password_keeps_the_second_factor(session: Session) -> None:
    account_id = create()
    session.get_one(Account, account_id).totp_enrolled_at = NOW
    session.commit()
    link = ask_link(session).id
    with saving() as act:
        accounts.set_password(act, link, "new hash", now=NOW)
    assert session.get_one(Account, account_id).totp_enrolled_at == NOW


def test_no_stored_password_matches_nothing() -> None:
    stored = password_hashes.hashed("trois lacs gelés")
    assert stored.startswith("$argon2id$")
    assert password_hashes.matches(stored, "trois lacs gele\u0301s")
    assert not password_hashes.matches(stored, "trois lacs")
    assert not password_hashes.matches(None, "trois lacs gelés")
    assert not password_hashes.matches("", "")


def test_an_unknown_address_costs_the_same_hash() -> None:
    assert not password_hashes.HASHER.check_needs_rehash(password_hashes.NOBODYS)
