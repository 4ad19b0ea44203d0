"""Accounts as lists show them: who waits for a call, who writes on paper, whom to call."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.queries import bank_details as queries
from grants.queries import known_phones
from tests.account_cases import OTHER, give, leave, public_id, verify
from tests.cases import make_case
from tests.factories import NOW, make_member, make_organization, make_staff
from tests.money_cases import make_granted

pytestmark = pytest.mark.engine


@pytest.fixture
def member(session: Session) -> Actor:
    return make_member(session)


@pytest.fixture
def finance(session: Session, member: Actor) -> Actor:
    make_case(session, member)
    return make_staff(session, "Réjean Kirouac", "finance_preparer")


def test_who_waits_for_a_call_comes_in_order_with_what_waits_to_be_paid(
    session: Session, member: Actor, finance: Actor
) -> None:
    granted = make_granted(session, member)
    give(member)
    other = make_member(session, make_organization(session, "Abri du coin"))
    make_case(session, other)
    give(other)
    give(member, OTHER)
    give(make_member(session), OTHER)  # has no file with this secretariat
    lines = queries.waiting(session, actor=finance).accounts
    assert [(line.organization, line.is_change, line.case_numbers) for line in lines] == [
        ("Abri du coin", False, ()),
        ("Comité logement Rive-Claire", True, (granted.number,)),
    ]
    assert queries.waiting(session, actor=finance, after=lines[0].id).accounts == lines[1:]
    verify(finance, lines[0].id)
    assert queries.waiting(session, actor=finance).accounts == lines[1:]


def test_the_number_to_call_was_given_before_the_account(
    session: Session, member: Actor, finance: Actor
) -> None:
    version_id = give(member)
    version = queries.one(session, public_id(session, version_id), actor=finance)
    assert known_phones.before(session, version, actor=finance) == []
    later = replace(version, entered_at=NOW + timedelta(minutes=1))
    phones = known_phones.before(session, later, actor=finance)
    assert phones and phones[0].case_number.startswith("DCD-")
    assert all(phone.received_at < later.entered_at for phone in phones)
    assert queries.on_paper(session, actor=finance) == []
    granted = make_granted(session, member)
    leave(session, member)
    assert queries.on_paper(session, actor=finance) == [], "its account waits for a call"
    verify(finance, version_id)
    (line,) = queries.on_paper(session, actor=finance)
    assert (line.end, line.case_numbers) == ("345", (granted.number,))


def test_a_new_application_does_not_bring_the_number_to_call(
    session: Session, member: Actor, finance: Actor
) -> None:
    granted = make_granted(session, member)
    make_case(session, member, now=NOW + timedelta(hours=1))
    version = queries.one(session, public_id(session, give(member)), actor=finance)
    later = replace(version, entered_at=NOW + timedelta(hours=2))
    phones = known_phones.before(session, later, actor=finance)
    assert {phone.case_number for phone in phones} == {granted.number}
