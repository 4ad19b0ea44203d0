"""The journal, replayed through the transition table, gives the stored status."""

import json
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain import request_flow
from grants.domain.access import Actor
from grants.domain.flow import Act, Status, replay
from grants.domain.request_flow import RequestAct
from grants.models.case_files import CaseFile
from grants.models.trail import JournalEvent
from grants.operations import (
    applications,
    conflicts,
    decisions,
    request_ends,
    request_hands,
)
from grants.operations import reviews as review_acts
from grants.operations.request_hands import TransferDetails
from grants.operations.request_telling import Said
from grants.operations.reviews import AssessmentDetails, DocumentFinding, RecommendationDetails
from grants.queries import reviews
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_member, make_staff, unique
from tests.request_cases import make_request


def _replayed(session: Session, case_id: int) -> Status:
    """The state that the acts written in a file's journal lead to."""
    query = select(JournalEvent.kind, JournalEvent.facts)
    query = query.where(JournalEvent.case_file_id == case_id).order_by(JournalEvent.id)
    lines = session.execute(query).all()
    assert lines[0].kind in ("application_received", "revision_asked")
    facts = [json.loads(line.facts) for line in lines]
    return replay([Act(found["act"]) for found in facts if "act" in found])


def _recommended(session: Session, case: CaseFile, advisor: Actor) -> None:
    """The whole review of a file, then its refusal recommended."""
    rules, case_id, at = reviews.rules(case), case.id, NOW + timedelta(hours=1)
    with saving() as saved:
        found = [DocumentFinding(one.key, "received") for one in rules.documents]
        review_acts.check_documents(saved, case_id, found, actor=advisor, now=at)
        for one in rules.criteria:
            details = AssessmentDetails(one.code, "met")
            review_acts.assess(saved, case_id, details, actor=advisor, now=at)
        advice = RecommendationDetails(unique(), "refused", 0, "Rien n’est prévu pour cela.")
        review_acts.recommend(saved, case_id, advice, actor=advisor, now=at)


def test_recommended_sent_back_then_refused(session: Session) -> None:
    advisor, decider = (make_staff(session, name, name) for name in ("advisor", "decider"))
    case = make_case(session, advisor=advisor)
    case_id, later = case.id, NOW + timedelta(hours=2)
    _recommended(session, case, advisor)
    assert case.status == _replayed(session, case_id) == Status.RECOMMENDED
    with saving() as saved:
        back = decisions.SendBackDetails("Le budget n’est pas le bon")
        decisions.send_back(saved, case_id, back, actor=decider, now=later)
    assert case.status == _replayed(session, case_id) == Status.UNDER_REVIEW
    _recommended(session, case, advisor)
    ruling = decisions.DecisionDetails(
        public_id=unique(),
        outcome="refused",
        granted_cents=0,
        reason_codes=("not_covered",),
        explanation="La dépense n’est pas couverte.",
        no_alternative="Aucun autre programme ne la couvre.",
    )
    with saving() as saved:
        decisions.decide(saved, case_id, ruling, actor=decider, now=later)
    assert case.status == _replayed(session, case_id) == Status.REFUSED


def test_a_recommendation_taken_back_after_a_conflict(session: Session) -> None:
    advisor = make_staff(session, "Odile Morin", "advisor")
    case = make_case(session, advisor=advisor)
    case_id = case.id
    _recommended(session, case, advisor)
    with saving() as saved:
        tie = conflicts.ConflictDetails("Ma sœur y travaille")
        conflicts.declare(saved, case_id, tie, actor=advisor, now=NOW + timedelta(hours=2))
    assert case.status == _replayed(session, case_id) == Status.RECEIVED


def test_received_then_assigned(session: Session) -> None:
    case = make_case(session, advisor=make_staff(session, "Odile Morin", "advisor"))
    assert case.status == _replayed(session, case.id) == Status.UNDER_REVIEW


def test_taken_back_after_a_conflict(session: Session) -> None:
    advisor = make_staff(session, "Odile Morin", "advisor")
    case = make_case(session, advisor=advisor)
    with saving() as saved:
        conflicts.declare(
            saved,
            case.id,
            conflicts.ConflictDetails("Ma sœur y travaille"),
            actor=advisor,
            now=NOW + timedelta(hours=1),
        )
    session.refresh(case)
    assert case.status == _replayed(session, case.id) == Status.RECEIVED
    assert case.advisor_id is None


def test_withdrawn(session: Session) -> None:
    member = make_member(session)
    case = make_case(session, member)
    with saving() as saved:
        applications.withdraw(
            saved,
            case.id,
            applications.WithdrawDetails(case.version),
            actor=member,
            now=NOW + timedelta(hours=1),
        )
    session.refresh(case)
    assert case.status == _replayed(session, case.id) == Status.WITHDRAWN


def test_no_personal_data_in_the_journal(session: Session) -> None:
    member = make_member(session, name="Aline Canari-Secret")
    case = make_case(session, member)
    texts = session.scalars(select(JournalEvent.facts)).all()
    assert texts and all(json.loads(text) is not None for text in texts)
    whole = " ".join(texts)
    assert "Canari" not in whole and member.email not in whole
    assert session.get(CaseFile, case.id) is not None


def test_a_request_taken_transferred_then_answered(session: Session) -> None:
    agent = make_staff(session, "Rose Canari-Secret", "information_agent")
    other = make_staff(session, "Odile Morin", "advisor")
    case_id = make_request(session).id
    to_other = TransferDetails(other.person_id or 0, "Canari-Secret")
    with saving() as saved:
        request_hands.take(saved, case_id, actor=agent, now=NOW)
        request_hands.transfer(saved, case_id, to_other, actor=agent, now=NOW)
        said = Said(unique(), "phone", "Canari-Secret")
        request_ends.answer(saved, case_id, said, actor=other, now=NOW)
    query = select(JournalEvent.facts).where(JournalEvent.case_file_id == case_id)
    facts = [json.loads(text) for text in session.scalars(query.order_by(JournalEvent.id))]
    acts = [RequestAct(found["act"]) for found in facts if "act" in found]
    assert acts == [RequestAct.TAKE, RequestAct.TRANSFER, RequestAct.ANSWER]
    assert session.get_one(CaseFile, case_id).status == request_flow.replay(acts)
    assert "Canari" not in " ".join(session.scalars(query))
