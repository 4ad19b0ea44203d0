"""Organizations: created once per NEQ, joined with leave, never left without a responsible."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor, MemberRole
from grants.domain.errors import DomainError, Refusal
from grants.models.organizations import Membership
from grants.models.trail import JournalEvent
from grants.operations import organizations as acts
from grants.operations.organizations import OrganizationDetails
from grants.queries import organizations, sessions
from grants.unit_of_work import saving
from tests.factories import NOW, make_account, make_member, make_organization

DETAILS = OrganizationDetails(
    neq="11 4455-6677", legal_name="  Comité   logement Rive-Claire ", phone="418 555-0188"
)


def newcomer(session: Session, name: str = "Théo Bédard") -> Actor:
    return sessions.member_actor(session, make_account(session, name, "organization"), None)


def test_creating_makes_the_person_responsible(session: Session) -> None:
    actor = newcomer(session)
    with saving() as saved:
        created = acts.create(saved, DETAILS, actor=actor, now=NOW)
    assert created.neq == "1144556677"
    assert created.legal_name == "Comité logement Rive-Claire"
    assert created.search_name == "comite logement rive-claire"
    place = session.scalars(select(Membership).where(Membership.person_id == actor.person_id)).one()
    assert (place.role, place.accepted_at) == ("responsible", NOW)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (OrganizationDetails("123", "Comité"), "neq_length"),
        (OrganizationDetails("9944556677", "Comité"), "neq_prefix"),
        (OrganizationDetails("1144556677", "C"), "legal_name_length"),
        (OrganizationDetails("1144556677", "Comité", email="nous"), "email_format"),
        (OrganizationDetails("1144556677", "Comité", phone="12"), "phone_format"),
    ],
)
def test_what_is_wrong_is_named(session: Session, details: OrganizationDetails, code: str) -> None:
    actor = newcomer(session)
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.create(saved, details, actor=actor, now=NOW)
    assert refused.value.code == code


def test_a_known_neq_is_joined_instead(session: Session) -> None:
    known = make_organization(session)
    actor, details = newcomer(session), OrganizationDetails(known.neq, "Autre nom")
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.create(saved, details, actor=actor, now=NOW)
    assert refused.value.code == "organization_known"


def test_asking_gives_nothing_until_accepted(session: Session) -> None:
    responsible = make_member(session)
    actor = newcomer(session)
    for _ in range(2):
        with saving() as saved:
            place = acts.ask_to_join(saved, responsible.organization_id, actor=actor, now=NOW)
    assert place.accepted_at is None
    events = select(JournalEvent).where(JournalEvent.kind == "membership_asked")
    assert len(session.scalars(events).all()) == 1
    assert organizations.team(session, actor=responsible)[0][0].id == place.id
    with saving() as saved:
        acts.accept(saved, place.id, MemberRole.READER, actor=responsible, now=NOW)
    assert (place.role, place.accepted_by_id) == ("reader", responsible.person_id)


def test_only_a_responsible_person_of_that_organization_gives_access(session: Session) -> None:
    responsible = make_member(session)
    writer = make_member(
        session, organizations.own(session, actor=responsible), "writer", "Théo Bédard"
    )
    stranger = make_member(session, name="Luc Tremblay")
    actor = newcomer(session, "Nora Diallo")
    with saving() as saved:
        place = acts.ask_to_join(saved, responsible.organization_id, actor=actor, now=NOW)
    place_id = place.id
    for nobody in (writer, stranger, actor):
        with pytest.raises(Refusal), saving() as saved:
            acts.accept(saved, place_id, MemberRole.WRITER, actor=nobody, now=NOW)
    refusals = select(JournalEvent).where(JournalEvent.kind == "refused")
    assert len(session.scalars(refusals).all()) == 3


def test_the_last_responsible_person_stays(session: Session) -> None:
    responsible = make_member(session)
    own = organizations.own(session, actor=responsible)
    places = select(Membership.id).where(Membership.person_id == responsible.person_id)
    place_id = session.scalars(places).one()
    for act in (
        lambda saved: acts.end(saved, place_id, actor=responsible, now=NOW),
        lambda saved: acts.accept(saved, place_id, MemberRole.READER, actor=responsible, now=NOW),
    ):
        with pytest.raises(DomainError) as refused, saving() as saved:
            act(saved)
        assert refused.value.code == "last_responsible"
    make_member(session, own, "responsible", "Théo Bédard")
    with saving() as saved:
        acts.end(saved, place_id, actor=responsible, now=NOW)
    assert session.get_one(Membership, place_id).ended_at == NOW


def test_a_writer_may_leave_by_oneself(session: Session) -> None:
    responsible = make_member(session)
    writer = make_member(
        session, organizations.own(session, actor=responsible), "writer", "Théo Bédard"
    )
    places = select(Membership.id).where(Membership.person_id == writer.person_id)
    place_id = session.scalars(places).one()
    with saving() as saved:
        acts.end(saved, place_id, actor=writer, now=NOW)
    assert [place.person_id for place, _ in organizations.team(session, actor=responsible)] == [
        responsible.person_id
    ]


def test_correcting_the_facts_is_for_the_responsible_person(session: Session) -> None:
    responsible = make_member(session)
    own = organizations.own(session, actor=responsible)
    assert own is not None
    details = OrganizationDetails(
        "", "Comité des locataires", "nous@exemple.quebec", "", acts.facts_mark(own)
    )
    with saving() as saved:
        acts.update(saved, details, actor=responsible, now=NOW)
    own = organizations.own(session, actor=responsible)
    assert own is not None
    assert (own.legal_name, own.email, own.phone) == (
        "Comité des locataires",
        "nous@exemple.quebec",
        "",
    )
