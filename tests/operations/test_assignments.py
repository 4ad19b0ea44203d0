"""Giving a file to an advisor: the rules, the trace, the mail, and taking it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import Assignment, CaseFile, Matter, Participant
from grants.models.messages import Message
from grants.models.people import ConflictOfInterest
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import assignments, conflicts
from grants.operations.assignments import AssignmentDetails
from grants.operations.conflicts import ConflictDetails
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_staff

LATER = NOW + timedelta(hours=1)
pytestmark = pytest.mark.engine


@pytest.fixture
def lead(session: Session) -> Actor:
    return make_staff(session, "Hélène Caron", "team_lead", title="Cheffe d’équipe")


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Marchand", "advisor")


@pytest.fixture
def marc(session: Session) -> Actor:
    return make_staff(session, "Marc Élie", "advisor", title="Conseiller")


def give(case: CaseFile, to: Actor, by: Actor, **facts: object) -> Assignment:
    details = AssignmentDetails(**{"person_id": to.person_id, "version": case.version, **facts})
    case_id = case.id
    with saving() as saved:
        return assignments.assign(saved, case_id, details, actor=by, now=LATER)


def test_the_proposed_person_needs_no_reason(
    session: Session, lead: Actor, odile: Actor, marc: Actor
) -> None:
    case = make_case(session)
    given = give(case, marc, lead)
    assert (given.person_id, given.proposed_id, given.reason) == (
        marc.person_id,
        marc.person_id,
        "",
    )
    assert (case.advisor_id, case.status) == (marc.person_id, "under_review")
    side = session.get_one(Participant, (case.matter_id, marc.person_id))
    assert side.side == "first"


def test_the_organization_learns_who_handles_its_file(
    session: Session, lead: Actor, odile: Actor
) -> None:
    case = make_case(session)
    give(case, odile, lead)
    query = select(Message).where(Message.case_file_id == case.id, Message.kind == "assignment")
    message = session.scalars(query).one()
    owed = select(OutboxRow).where(OutboxRow.key == f"message:{message.public_id}")
    assert (message.channel, message.sent_at) == ("email", None)
    assert session.scalars(owed).one().ref == message.id


def test_another_person_needs_a_reason(
    session: Session, lead: Actor, odile: Actor, marc: Actor
) -> None:
    case = make_case(session)
    with pytest.raises(DomainError, match="assignment_reason_required"):
        give(case, odile, lead)
    given = give(case, odile, lead, reason=" Connaît la région ")
    assert (given.proposed_id, given.reason) == (marc.person_id, "Connaît la région")


def test_the_proposal_that_the_page_showed_stands(
    session: Session, lead: Actor, odile: Actor, marc: Actor
) -> None:
    given = give(make_case(session), odile, lead, proposed_id=odile.person_id)
    assert given.proposed_id == odile.person_id


def test_a_declared_conflict_is_refused_and_journaled(
    session: Session, lead: Actor, odile: Actor, marc: Actor
) -> None:
    case = make_case(session)
    tie = ConflictOfInterest(
        person_id=marc.person_id,
        organization_id=case.organization_id,
        reason="Ancien emploi",
        declared_at=NOW,
    )
    session.add(tie)
    session.commit()
    with pytest.raises(Refusal, match="person_not_possible"):
        give(case, marc, lead, reason="Il connaît tout le monde")
    refused = select(JournalEvent).where(
        JournalEvent.kind == "refused", JournalEvent.case_file_id == case.id
    )
    assert session.scalars(refused).one().actor_id == lead.person_id
    assert case.advisor_id is None


def test_whoever_stands_on_the_other_side_is_barred(
    session: Session, lead: Actor, odile: Actor
) -> None:
    case = make_case(session)
    session.add(Participant(matter_id=case.matter_id, person_id=odile.person_id, side="revision"))
    session.commit()
    with pytest.raises(DomainError, match="nobody_possible"):
        give(case, odile, lead)


def test_only_staff_who_review_are_possible(session: Session, lead: Actor, odile: Actor) -> None:
    agent = make_staff(session, "Rose Auger", "information_agent")
    elsewhere = make_staff(session, "Paul Roy", "advisor", secretariat="SCT")
    case = make_case(session)
    for person in (agent, elsewhere, lead):
        with pytest.raises(Refusal, match="person_not_possible"):
            give(case, person, lead, reason="Pourquoi pas")


def test_only_a_lead_of_the_same_secretariat_assigns(session: Session, odile: Actor) -> None:
    case = make_case(session)
    stranger = make_staff(session, "Paul Roy", "team_lead", secretariat="SCT")
    agent = make_staff(session, "Rose Auger", "information_agent")
    for actor in (stranger, agent, odile):
        with pytest.raises(Refusal, match="not_allowed"):
            give(case, odile, actor)


def test_a_second_post_of_the_same_page_changes_nothing(
    session: Session, lead: Actor, odile: Actor
) -> None:
    case = make_case(session)
    version = case.version
    first = give(case, odile, lead, version=version)
    assert give(case, odile, lead, version=version).id == first.id
    assert session.scalars(select(Message).where(Message.kind == "assignment")).one()


def test_a_stale_page_is_told(session: Session, lead: Actor, odile: Actor, marc: Actor) -> None:
    case = make_case(session)
    version = case.version
    give(case, marc, lead)
    with pytest.raises(DomainError, match="stale_page"):
        give(case, odile, lead, version=version, reason="Trop tard")


def test_giving_the_file_to_another_ends_the_first_assignment(
    session: Session, lead: Actor, odile: Actor, marc: Actor
) -> None:
    case = make_case(session)
    first = give(case, marc, lead)
    give(case, odile, lead, reason="Congé de Marc")
    query = select(Assignment).where(Assignment.case_file_id == case.id).order_by(Assignment.id)
    ended, present = session.scalars(query).all()
    assert (ended.id, ended.ended_at, present.ended_at) == (first.id, LATER, None)
    sides = select(Participant.person_id).where(Participant.matter_id == case.matter_id)
    assert set(session.scalars(sides)) == {marc.person_id, odile.person_id}


def test_a_conflict_takes_every_file_of_the_organization_away(
    session: Session, lead: Actor, odile: Actor
) -> None:
    case = make_case(session)
    give(case, odile, lead)
    case_id = case.id
    with saving() as saved:
        details = ConflictDetails("Ma sœur siège au conseil")
        assert conflicts.declare(saved, case_id, details, actor=odile, now=LATER) == 1
    assert (case.advisor_id, case.status) == (None, "received")
    kinds = select(JournalEvent.kind).where(JournalEvent.case_file_id == case_id)
    assert {"conflict_declared", "advisor_unassigned"} <= set(session.scalars(kinds))
    assert session.get(Matter, case.matter_id) is not None


def test_a_conflict_is_declared_once_and_with_a_reason(session: Session, odile: Actor) -> None:
    case_id = make_case(session).id
    with pytest.raises(DomainError, match="conflict_reason_required"), saving() as saved:
        conflicts.declare(saved, case_id, ConflictDetails("  "), actor=odile, now=LATER)
    for _ in range(2):
        with saving() as saved:
            details = ConflictDetails("Bénévole en 2025")
            assert conflicts.declare(saved, case_id, details, actor=odile, now=LATER) == 0
    assert session.scalars(select(ConflictOfInterest)).one().reason == "Bénévole en 2025"
