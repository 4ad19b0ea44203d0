"""A declared conflict of interest takes every file of the organization away, whatever its state."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import Refusal
from grants.models.case_files import Assignment, CaseFile
from grants.models.clocks import Clock
from grants.models.drafts import Attachment
from grants.models.reviews import Recommendation
from grants.models.trail import JournalEvent
from grants.operations import acknowledgements, conflicts, reviews
from grants.operations.acknowledgements import PostedLetter
from grants.operations.conflicts import ConflictDetails
from grants.operations.reviews import AssessmentDetails
from grants.queries import case_files, desk
from grants.queries.desk import MINE, NOBODY, SOMEBODY, TEAM, Filters
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_member, make_staff
from tests.money_cases import make_granted, make_recommended, make_signed

LATER = NOW + timedelta(hours=8)
pytestmark = pytest.mark.engine


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Marchand", "advisor", "information_agent")


@pytest.fixture
def member(session: Session) -> Actor:
    return make_member(session)


def declare(case_id: int, person: Actor) -> int:
    with saving() as saved:
        details = ConflictDetails("Ma sœur siège au conseil")
        return conflicts.declare(saved, case_id, details, actor=person, now=LATER)


def test_every_open_file_leaves_in_its_own_way(
    session: Session, odile: Actor, member: Actor
) -> None:
    reviewed = make_case(session, member, odile).id
    advised = make_recommended(session, member, odile).id
    granted = make_granted(session, member, odile).id
    signed = make_signed(session, make_granted(session, member, odile)).agreement.case_file_id
    elsewhere = make_case(session, advisor=odile).id
    assert declare(reviewed, odile) == 4
    status = {row.id: (row.status, row.advisor_id) for row in session.scalars(select(CaseFile))}
    assert status == {
        reviewed: ("received", None),
        advised: ("received", None),
        granted: ("granted", None),
        signed: ("signed", None),
        elsewhere: ("under_review", odile.person_id),
    }
    ended = {one.case_file_id: one for one in session.scalars(select(Recommendation))}
    assert ended[advised].end_reason == "conflict_declared"
    assert ended[advised].ended_at == LATER
    assert ended[granted].ended_at is None, "a decision rests on it"
    standing = select(Assignment.case_file_id).where(Assignment.ended_at.is_(None))
    assert session.scalars(standing).all() == [elsewhere]
    unassigned = select(JournalEvent).where(JournalEvent.kind == "advisor_unassigned")
    assert len(session.scalars(unassigned).all()) == 4


def test_every_act_is_refused_afterwards(session: Session, odile: Actor) -> None:
    case_id = make_case(session, advisor=odile).id
    declare(case_id, odile)
    with pytest.raises(Refusal, match="conflict_declared"), saving() as saved:
        reviews.assess(saved, case_id, AssessmentDetails("AC1", "met"), actor=odile, now=LATER)
    letter = PostedLetter(NOW.date())
    with pytest.raises(Refusal, match="conflict_declared"), saving() as saved:
        acknowledgements.record_posted(saved, case_id, letter, actor=odile, now=LATER)
    refused = select(JournalEvent.case_file_id).where(JournalEvent.kind == "refused")
    assert session.scalars(refused).all() == [case_id, case_id]


def test_no_query_shows_the_file_any_more(session: Session, odile: Actor) -> None:
    case, other = make_case(session, advisor=odile), make_case(session, advisor=odile)
    case_id, public_id, other_id = case.id, case.public_id, other.id
    clock = session.scalars(select(Clock.id).where(Clock.case_file_id == case_id)).first() or 0
    file = session.scalars(select(Attachment).where(Attachment.case_file_id == case_id)).one()
    assert case_files.attachment(session, public_id, file.public_id, actor=odile)
    declare(case_id, odile)
    for whose in (MINE, TEAM, NOBODY, SOMEBODY):
        seen = [] if whose == NOBODY else [other_id]
        assert [one.id for one in desk.page(session, odile, Filters(whose)).files] == seen
        assert sum(desk.due_counts(session, odile, whose).values()) == len(seen)
    assert desk.unassigned(session, odile) == []
    listed = case_files.page(session, case_files.Filters(), actor=odile).files
    assert [one.id for one in listed] == [other_id]
    assert case_files.several(session, [public_id], actor=odile) == []
    assert case_files.one(session, public_id, actor=odile) is None
    assert case_files.clock(session, public_id, clock, actor=odile) is None
    assert case_files.attachment(session, public_id, file.public_id, actor=odile) is None
    assert case_files.is_hidden(session, public_id, actor=odile)
    colleague = make_staff(session, "Marc Élie", "advisor")
    assert case_files.one(session, public_id, actor=colleague)
    assert not case_files.is_hidden(session, public_id, actor=colleague)
