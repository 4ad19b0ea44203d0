"""What is counted of the promises without a delay, as of an instant, on both engines."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.periods import fiscal_year
from grants.models.directory import Referral, Resource
from grants.models.reference import Secretariat
from grants.models.requests import InformationRequest, Reply, Transfer
from grants.operations import conflicts
from grants.operations.conflicts import ConflictDetails
from grants.queries.evidence import Measure, evidence
from grants.unit_of_work import saving
from tests.cases import assign, make_case
from tests.factories import NOW, make_staff, unique
from tests.results_cases import make_request
from tests.revision_cases import make_revision

YEAR = fiscal_year(2026)
DAY = timedelta(days=1)


def measured(session: Session, code: str, as_of: datetime, office: str = "SACA") -> list[Measure]:
    row = session.scalars(select(Secretariat).where(Secretariat.code == office)).one()
    found = evidence(session, row.id, YEAR, as_of)
    return list(next(one.measures for one in found if one.code == code))


@pytest.mark.engine
def test_files_decisions_and_conflicts_are_counted_as_they_were_known(session: Session) -> None:
    odile = make_staff(session, "Odile Morin", "advisor")
    revision = make_revision(session, advisor=odile)
    make_case(session)
    case_id = make_case(session, advisor=odile).id
    assign(session, revision, make_staff(session, "Samuel Gagné", "advisor"), NOW + 5 * DAY)
    why = ConflictDetails("Ma sœur y travaille.")
    with saving() as saved:
        conflicts.declare(saved, case_id, why, actor=odile, now=NOW + 6 * DAY)
    before, later = NOW + 4 * DAY, NOW + 10 * DAY
    for code, as_of, expected in (
        ("SACA_ADVISOR", before, [("with_advisor", 2, 4), ("days_to_advisor", 0, None)]),
        ("SACA_ADVISOR", later, [("with_advisor", 3, 4), ("days_to_advisor", 0, None)]),
        ("SACA_REVISION", before, [("revised_by_others", 0, 0)]),
        ("SACA_REVISION", later, [("revised_by_others", 1, 1)]),
        ("SACA_REASONS", later, [("reasoned", 1, 1), ("with_alternative", 0, 1)]),
        ("SACA_IMPARTIAL", before, [("conflicts", 0, None), ("taken_back", 0, None)]),
        ("SACA_IMPARTIAL", later, [("conflicts", 1, None), ("taken_back", 1, None)]),
        ("SACA_COURTESY", later, []),
    ):
        assert measured(session, code, as_of) == [Measure(*one) for one in expected], code


def ask(session: Session) -> int:
    """A request for information of the Conseil du trésor, in nobody's hands."""
    case_id = make_request(session, "SCT", NOW).id
    session.add(
        InformationRequest(case_file_id=case_id, topic="general", question="Où?", answer_by="none")
    )
    session.flush()
    return case_id


def answer(session: Session, agent: Actor, hands: int, kind: str = "answer") -> None:
    """A request passed from hand to hand so many times, answered or redirected."""
    case_id, who = ask(session), agent.person_id
    for rank in range(1, hands + 2):
        given = {"person_id": who, "given_by_id": who, "given_at": NOW, "reason": "Sait mieux"}
        session.add(Transfer(case_file_id=case_id, rank=rank, **given))
    session.add(
        Reply(
            public_id=unique(),
            case_file_id=case_id,
            kind=kind,
            channel="phone",
            body="Voici.",
            resource_id=resource(session).id if kind == "redirection" else None,
            made_by_id=who,
            made_at=NOW,
            recorded_at=NOW + DAY,
        )
    )


def refer(session: Session, agent: Actor, outcome_at: datetime | None) -> None:
    """Somebody sent to a resource, which helped or of which nothing is known yet."""
    session.add(
        Referral(
            public_id=unique(),
            case_file_id=make_request(session, "SCT", NOW).id,
            resource_id=resource(session).id,
            consent="given",
            made_by_id=agent.person_id,
            made_at=NOW,
            outcome="helped" if outcome_at else None,
            outcome_at=outcome_at,
            outcome_by_id=agent.person_id if outcome_at else None,
        )
    )


def resource(session: Session) -> Resource:
    found = Resource(
        public_id=unique(),
        kind="community",
        name="Table régionale",
        search_name="table regionale",
        purpose="Accompagner",
        phone="418 555-0100",
        checked_on=date(2026, 11, 1),
    )
    session.add(found)
    session.flush()
    return found


@pytest.mark.engine
def test_hands_redirections_and_referrals(session: Session) -> None:
    agent = make_staff(session, "Paul Roy", "information_agent", secretariat="SCT")
    for hands in (0, 0, 1, 3):
        answer(session, agent, hands)
    answer(session, agent, 0, "redirection")
    for outcome_at in (None, NOW + DAY):
        refer(session, agent, outcome_at)
    session.flush()
    later = NOW + 2 * DAY
    few, referred = "SCT_FEW_HANDS", "SCT_REFERRAL"
    for code, as_of, expected in (
        (few, NOW, [("few_hands", 0, 0), ("hand_offs", None, None)]),
        (few, later, [("few_hands", 3, 4), ("hand_offs", 0, None)]),
        (referred, NOW, [("referred", 2, None), ("referral_known", 0, 2), ("redirected", 0, None)]),
        (
            referred,
            later,
            [("referred", 2, None), ("referral_known", 1, 2), ("redirected", 1, None)],
        ),
    ):
        assert measured(session, code, as_of, "SCT") == [Measure(*one) for one in expected], code
