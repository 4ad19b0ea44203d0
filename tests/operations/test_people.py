"""People: invited, changed, removed, let in again, always with somebody left to let others in."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, Role
from grants.domain.credentials import totp_secret
from grants.domain.errors import DomainError, Refusal
from grants.domain.people import Place
from grants.extensions import db
from grants.models.case_files import Assignment, CaseFile
from grants.models.people import Account, AccountLink, StaffRole
from grants.models.trail import JournalEvent
from grants.operations import people, sign_in
from grants.operations.people import Invitation
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_staff, unique

PLACE = Place("Conseillère", "4218", frozenset({Role.ADVISOR}))
ACTS = (people.let_in_again, people.invite_again, people.renew_factor)


@pytest.fixture
def ada(session: Session) -> Actor:
    return make_staff(session, "Ada Lemire", "administrator", title="Administratrice")


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Morin", "advisor")


def account(session: Session, actor: Actor) -> Account:
    return session.get_one(Account, actor.account_id, populate_existing=True)


def last_event(session: Session) -> JournalEvent:
    return session.scalars(select(JournalEvent).order_by(JournalEvent.id.desc())).first()


def change(person: Actor, roles: set[str], actor: Actor, **more: object) -> None:
    place = Place("Conseillère", "4218", frozenset(map(Role, roles)))
    with saving() as session:
        people.change(session, person.person_id, place, actor=actor, now=NOW, **more)


def remove(person: Actor, actor: Actor, *, give_back: bool = False) -> int:
    with saving() as session:
        return people.remove(session, person.person_id, give_back=give_back, actor=actor, now=NOW)


def test_an_invitation_posted_twice_makes_one_account(session: Session, ada: Actor) -> None:
    details = Invitation("Luc Roy", "LUC@exemple.quebec", PLACE, unique())
    ids = set()
    for _ in range(2):
        with saving() as saved:
            ids.add(people.invite(saved, details, actor=ada, now=NOW))
    assert len(ids) == 1
    links = select(AccountLink).where(AccountLink.account_id == ids.pop())
    assert len(session.scalars(links).all()) == 1
    other = Invitation("Luc Roy", "luc@exemple.quebec", PLACE, unique())
    with pytest.raises(DomainError, match="email_taken"), saving() as saved:
        people.invite(saved, other, actor=ada, now=NOW)


@pytest.mark.engine
def test_roles_change_in_place_and_the_journal_says_which(
    session: Session, ada: Actor, odile: Actor
) -> None:
    change(odile, {"advisor", "team_lead"}, ada)
    change(odile, {"team_lead"}, ada)
    held = select(StaffRole.role).where(StaffRole.person_id == odile.person_id)
    assert session.scalars(held).all() == ["team_lead"]
    told = last_event(session)
    assert told.kind == "staff_changed"
    assert '"after":["team_lead"],"before":["advisor","team_lead"]' in told.facts
    assert "Odile" not in told.facts


def test_the_last_administrator_stays(session: Session, ada: Actor) -> None:
    invited = make_staff(session, "Bruno Côté", "administrator")
    account(session, invited).totp_enrolled_at = None  # never came in: lets nobody in
    session.commit()
    for refused in (lambda: change(ada, {"advisor"}, ada), lambda: remove(ada, ada)):
        with pytest.raises(Refusal, match="last_administrator"):
            refused()


def test_nobody_changes_their_own_roles_nor_removes_themselves(
    session: Session, ada: Actor
) -> None:
    make_staff(session, "Bruno Côté", "administrator")
    change(ada, {"administrator"}, ada)  # a title is not a role
    with pytest.raises(Refusal, match="own_roles"):
        change(ada, {"administrator", "decider"}, ada)
    with pytest.raises(Refusal, match="own_account"):
        remove(ada, ada)
    with pytest.raises(Refusal, match="own_account"), saving() as saved:
        people.renew_factor(saved, ada.person_id, actor=ada, now=NOW)


def test_only_the_people_of_one_s_own_secretariat(session: Session, ada: Actor) -> None:
    elsewhere = make_staff(session, "Guy Hébert", "advisor", secretariat="SCT")
    with pytest.raises(Refusal, match="not_allowed"):
        remove(elsewhere, ada)
    for act in ACTS:
        with pytest.raises(Refusal, match="not_allowed"), saving() as saved:
            act(saved, elsewhere.person_id, actor=ada, now=NOW)


def test_whoever_does_not_manage_people_does_nothing(session: Session, odile: Actor) -> None:
    other = make_staff(session, "Luc Roy", "advisor")
    with pytest.raises(Refusal, match="not_allowed"):
        remove(other, odile)
    with pytest.raises(Refusal, match="not_allowed"):
        change(other, {"decider"}, odile)


@pytest.mark.engine
def test_open_files_stop_a_removal_or_wait_for_somebody_else(
    session: Session, ada: Actor, odile: Actor
) -> None:
    case = make_case(session, advisor=odile)
    for refused in (lambda: remove(odile, ada), lambda: change(odile, {"decider"}, ada)):
        with pytest.raises(DomainError, match="holds_files"):
            refused()
    assert account(session, odile).disabled_at is None
    assert remove(odile, ada, give_back=True) == 1
    file = session.get_one(CaseFile, case.id, populate_existing=True)
    assert (file.status, file.advisor_id) == ("received", None)
    assert session.scalars(select(Assignment.ended_at)).one() is not None
    assert account(session, odile).disabled_at == NOW
    assert remove(odile, ada) == 0, "a second post changes nothing"


def test_whoever_comes_back_begins_anew(session: Session, ada: Actor, odile: Actor) -> None:
    before = account(session, odile)
    before.password_hash, secret = "x", totp_secret(b"k", before.public_id)
    session.commit()
    remove(odile, ada)
    with pytest.raises(DomainError, match="person_removed"), saving() as saved:
        people.renew_factor(saved, odile.person_id, actor=ada, now=NOW)
    for _ in range(2):
        with saving() as saved:
            people.let_in_again(saved, odile.person_id, actor=ada, now=NOW)
    after = account(session, odile)
    assert (after.disabled_at, after.password_hash, after.totp_enrolled_at) == (None, None, None)
    assert totp_secret(b"k", after.public_id) != secret
    assert len(session.scalars(select(AccountLink)).all()) == 1


def test_another_invitation_burns_the_first_link(session: Session, ada: Actor) -> None:
    with saving() as saved:
        details = Invitation("Luc Roy", "luc@exemple.quebec", PLACE)
        account_id = people.invite(saved, details, actor=ada, now=NOW)
    luc = session.get_one(Account, account_id).person_id
    with saving() as saved:
        people.invite_again(saved, luc, actor=ada, now=NOW)
    used = session.scalars(select(AccountLink.used_at).order_by(AccountLink.id)).all()
    assert used == [NOW, None]
    session.get_one(Account, account_id).password_hash = "x"
    session.commit()
    with pytest.raises(DomainError, match="already_in"), saving() as saved:
        people.invite_again(saved, luc, actor=ada, now=NOW)


def test_a_lost_authenticator_is_worth_nothing_after(
    session: Session, ada: Actor, odile: Actor
) -> None:
    before = account(session, odile)
    before.password_hash, secret = "x", totp_secret(b"k", before.public_id)
    session.commit()
    with saving() as saved:
        people.renew_factor(saved, odile.person_id, actor=ada, now=NOW)
    with saving() as saved:
        opened = sign_in.begin(saved, odile.account_id, "x", now=NOW)
    assert opened is not None and opened.stage == "enrol"
    assert totp_secret(b"k", account(session, odile).public_id) != secret


@pytest.mark.engine
def test_of_two_who_remove_each_other_one_stays(live_app: Callable[..., Flask]) -> None:
    app, together = live_app(), Barrier(2)
    with app.app_context():
        ada, bruno = (
            make_staff(db.session(), name, "administrator") for name in ("Ada L", "Bruno C")
        )

    def work(who: Actor, by: Actor) -> str:
        with app.app_context():
            together.wait()
            try:
                remove(who, by)
            except Refusal as refusal:
                return refusal.code
            finally:
                db.session.remove()
        return "removed"

    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(work, ada, bruno), pool.submit(work, bruno, ada)]
        results = sorted(each.result() for each in both)
    assert results == ["not_allowed", "removed"], "whoever lost access removes nobody"
    with app.app_context():
        left = select(Account).where(Account.disabled_at.is_(None))
        assert len(db.session().scalars(left).all()) == 1
