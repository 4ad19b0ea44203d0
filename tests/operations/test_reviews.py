"""The advisor's review of a file: documents, criteria, recommendation, and whose file it is."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import CaseFile
from grants.models.reviews import Assessment, DocumentCheck, Recommendation
from grants.models.trail import JournalEvent
from grants.operations import reviews as acts
from grants.operations.reviews import AssessmentDetails, DocumentFinding, RecommendationDetails
from grants.queries import applications, reviews
from grants.unit_of_work import saving
from tests.cases import AMOUNT, assign, make_case
from tests.factories import NOW, make_staff, unique
from tests.revision_cases import ASKED_AT, make_revision

LATER = NOW + timedelta(hours=1)
pytestmark = pytest.mark.engine


@pytest.fixture
def odile(session: Session) -> Actor:
    return make_staff(session, "Odile Marchand", "advisor")


@pytest.fixture
def case(session: Session, odile: Actor) -> CaseFile:
    return make_case(session, advisor=odile)


def assess(case_id: int, actor: Actor, finding: str = "met", **facts: object) -> Assessment:
    details = AssessmentDetails(**{"criterion": "AC1", "finding": finding, **facts})
    with saving() as saved:
        return acts.assess(saved, case_id, details, actor=actor, now=LATER)


def check(case_id: int, actor: Actor, findings: list[DocumentFinding], version: int) -> int:
    with saving() as saved:
        return acts.check_documents(saved, case_id, findings, version, actor=actor, now=LATER)


def review_all(session: Session, case: CaseFile, actor: Actor) -> None:
    """Every document received, every criterion met."""
    rules, case_id = reviews.rules(case), case.id
    received = [DocumentFinding(one.key, "received") for one in rules.documents]
    with saving() as saved:
        acts.check_documents(saved, case_id, received, actor=actor, now=LATER)
        for one in rules.criteria:
            details = AssessmentDetails(one.code, "met")
            acts.assess(saved, case_id, details, actor=actor, now=LATER)


def recommend(case: CaseFile, actor: Actor, **facts: object) -> Recommendation:
    said = {"outcome": "accepted", "amount_cents": AMOUNT, "reasons": "Tout y est.", **facts}
    details = RecommendationDetails(**{"public_id": unique(), "version": case.version, **said})
    case_id = case.id
    with saving() as saved:
        return acts.recommend(saved, case_id, details, actor=actor, now=LATER)


def kinds(session: Session, case_id: int) -> list[str]:
    query = select(JournalEvent.kind).where(JournalEvent.case_file_id == case_id)
    return list(session.scalars(query.order_by(JournalEvent.id)))


def test_documents_are_checked_once_however_often_they_are_posted(
    session: Session, case: CaseFile, odile: Actor
) -> None:
    case_id, version = case.id, case.version
    found = [
        DocumentFinding("budget", "received"),
        DocumentFinding("bylaws", "not_needed", "Inchangés"),
    ]
    assert check(case_id, odile, found, version) == 2
    assert check(case_id, odile, found, version) == 0, "a second post of the same page"
    assert kinds(session, case_id).count("documents_checked") == 1
    changed = [DocumentFinding("budget", "unusable", "Illisible")]
    with pytest.raises(DomainError, match="stale_page"):
        check(case_id, odile, changed, version)
    assert check(case_id, odile, changed, session.get_one(CaseFile, case_id).version) == 1
    stored = select(DocumentCheck.finding).where(DocumentCheck.document_key == "budget")
    assert session.scalars(stored).one() == "unusable"
    with pytest.raises(DomainError, match="document_unknown"):
        check(case_id, odile, [DocumentFinding("diary", "received")], case.version)


def test_a_finding_changes_with_a_trace_and_its_evidence(
    session: Session, case: CaseFile, odile: Actor
) -> None:
    case_id = case.id
    file = applications.files(session, case_id)[0]
    ids = [file.public_id]
    assess(case_id, odile, "to_document", note="Lire le règlement 14", attachment_ids=ids)
    changed = assess(case_id, odile, "met", attachment_ids=ids)
    assert assess(case_id, odile, "met", attachment_ids=ids).id == changed.id
    assert [one.public_id for one in changed.evidence] == ids
    assert session.scalar(select(func.count(Assessment.id))) == 1
    past = reviews.past_findings(session, case_id, "AC1")
    assert [(one.finding, one.person) for one in past] == [
        ("met", "Odile Marchand"),
        ("to_document", "Odile Marchand"),
    ]
    assert reviews.past_findings(session, case_id, "AC2") == []


def test_a_stale_page_and_foreign_evidence_are_refused(
    session: Session, case: CaseFile, odile: Actor
) -> None:
    case_id, other_id = case.id, make_case(session, advisor=odile).id
    assess(case_id, odile, "partly_met", note="Un siège nommé", seen="")
    with pytest.raises(DomainError, match="stale_page"):
        assess(case_id, odile, "met", seen="")
    foreign = [applications.files(session, other_id)[0].public_id]
    with pytest.raises(DomainError, match="evidence_unknown"):
        assess(case_id, odile, "met", attachment_ids=foreign)
    with pytest.raises(DomainError, match="criterion_unknown"):
        assess(case_id, odile, "met", criterion="AC99")


def test_a_recommendation_waits_for_the_whole_review(
    session: Session, case: CaseFile, odile: Actor
) -> None:
    case_id = case.id
    with pytest.raises(DomainError, match="review_not_complete"):
        recommend(case, odile)
    review_all(session, case, odile)
    with pytest.raises(DomainError, match="recommendation_reasons_required"):
        recommend(case, odile, reasons=" ")
    public_id = unique()
    version = session.get_one(CaseFile, case_id).version
    made = recommend(case, odile, public_id=public_id, version=version)
    assert recommend(case, odile, public_id=public_id, version=version).id == made.id
    assert (case.status, made.ended_at) == ("recommended", None)
    query = select(JournalEvent.facts).where(JournalEvent.kind == "recommendation_made")
    assert json.loads(session.scalars(query).one())["act"] == "recommend"
    with pytest.raises(Refusal, match="act_not_possible"):
        assess(case_id, odile)
    with pytest.raises(Refusal, match="act_not_possible"):
        recommend(case, odile, version=None)


def test_an_unmet_criterion_leaves_a_refusal(
    session: Session, case: CaseFile, odile: Actor
) -> None:
    review_all(session, case, odile)
    assess(case.id, odile, "not_met", note="Créé par un ministère")
    with pytest.raises(DomainError, match="outcome_not_eligible"):
        recommend(case, odile, outcome="standby", amount_cents=0)
    assert recommend(case, odile, outcome="refused", amount_cents=0).amount_cents == 0


@pytest.mark.parametrize("title", ["another advisor", "a team lead", "another secretariat"])
def test_only_its_advisor_reviews_a_file(
    session: Session, case: CaseFile, odile: Actor, title: str
) -> None:
    people: dict[str, Callable[[], Actor]] = {
        "another advisor": lambda: make_staff(session, "Marc Élie", "advisor"),
        "a team lead": lambda: make_staff(session, "Hélène Caron", "team_lead"),
        "another secretariat": lambda: make_staff(session, "P. Roy", "advisor", secretariat="SCT"),
    }
    stranger, version, case_id = people[title](), case.version, case.id
    code = "not_your_file" if title == "another advisor" else "not_allowed"
    with pytest.raises(Refusal, match=code):
        assess(case_id, stranger)
    with pytest.raises(Refusal, match=code):
        check(case_id, stranger, [DocumentFinding("budget", "received")], version)
    with pytest.raises(Refusal, match=code):
        recommend(case, stranger)
    assert kinds(session, case_id).count("refused") == 3


def test_a_revision_has_its_own_review_on_the_files_of_the_application(
    session: Session, odile: Actor
) -> None:
    first_advisor = make_staff(session, "Marc Élie", "advisor")
    revision = make_revision(session, advisor=first_advisor)
    first, case_id = revision.first, revision.id
    assign(session, revision, odile, ASKED_AT)
    review_all(session, revision, odile)
    ids = [file.public_id for file in applications.files(session, first.id)]
    found = assess(case_id, odile, "partly_met", note="Un siège nommé", attachment_ids=ids)
    assert [file.public_id for file in found.evidence] == ids
    assert reviews.assessments(session, first.id) == {}, "the first review is untouched"
    assert reviews.requested_cents(session, revision) == AMOUNT
    with pytest.raises(DomainError, match="outcome_required"):
        recommend(revision, odile, outcome="refused", amount_cents=0)
    made = recommend(revision, odile, outcome="upheld", amount_cents=0)
    assert (made.side, revision.status) == ("revision", "recommended")
