"""The journal, replayed through the transition table, gives the stored status."""

import json
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.flow import Act, Status, replay
from grants.models.case_files import CaseFile
from grants.models.trail import JournalEvent
from grants.operations import applications, conflicts
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.factories import NOW, make_member, make_staff

ACTS = {
    "advisor_assigned": Act.ASSIGN,
    "advisor_unassigned": Act.UNASSIGN,
    "application_withdrawn": Act.WITHDRAW,
}


def _replayed(session: Session, case_id: int) -> Status:
    query = select(JournalEvent.kind).where(JournalEvent.case_file_id == case_id)
    kinds = list(session.scalars(query.order_by(JournalEvent.id)))
    assert kinds[0] == "application_received"
    return replay([ACTS[kind] for kind in kinds if kind in ACTS])


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
