"""Revisions for tests, asked by the operation of the product."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.models.case_files import CaseFile
from grants.models.reviews import Recommendation
from grants.operations import decisions as decision_acts
from grants.operations import revisions
from grants.operations.revisions import RevisionDetails
from grants.queries import decisions
from grants.unit_of_work import saving
from tests.cases import make_case
from tests.decided import make_decider, ruling
from tests.factories import NOW, make_member, make_staff, unique
from tests.money_cases import make_refused

GROUNDS = "Le rapport d’activité joint montre les assemblées que la décision dit absentes."
ASKED_AT = NOW + timedelta(days=2)


def make_revision(
    session: Session,
    member: Actor | None = None,
    advisor: Actor | None = None,
    decider: Actor | None = None,
) -> CaseFile:
    """A refused application, and its revision two days later."""
    member = member or make_member(session)
    first = make_refused(session, member, advisor, decider)
    return ask_revision(session, first, member)


def ask_revision(session: Session, first: CaseFile, member: Actor) -> CaseFile:
    """The revision of a decided file, asked by a member of its organization."""
    decision = decisions.of_case(session, first.id)
    assert decision is not None
    decision_id, details = decision.id, RevisionDetails(unique(), GROUNDS)
    with saving() as saved:
        return revisions.ask(
            saved, decision_id, details, actor=member, arrived_at=ASKED_AT, now=ASKED_AT
        )


def make_refused_at(
    session: Session, now: datetime, member: Actor, advisor: Actor | None = None
) -> CaseFile:
    """An application refused at `now`, for pages, which read the clock."""
    advisor = advisor or make_staff(session, "Odile Morin", "advisor")
    case = make_case(session, member, advisor, now=now - timedelta(hours=2))
    session.add(
        Recommendation(
            public_id=unique(),
            case_file_id=case.id,
            matter_id=case.matter_id,
            side=case.side,
            person_id=advisor.person_id,
            outcome="refused",
            amount_cents=0,
            reasons="La demande ne remplit pas les conditions.",
            made_at=now - timedelta(hours=1),
        )
    )
    case.status = "recommended"
    session.commit()
    decider, case_id = make_decider(session), case.id
    with saving() as saved:
        decision = decision_acts.decide(saved, case_id, ruling(), actor=decider, now=now)
        decision_acts.read(saved, decision.id, actor=member, now=now)
    return case
