"""Which grants anybody may read: those granted and told, with what was really paid."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import local_date
from grants.domain.periods import fiscal_year, fiscal_year_of
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.queries import open_data
from tests.batch_cases import (
    file_of,
    instalments,
    make_agreed,
    make_approver,
    make_preparer,
    make_released,
)
from tests.cases import AMOUNT, assign
from tests.decided import PART, make_decided
from tests.factories import NOW, make_member, make_organization, make_staff
from tests.money_cases import make_granted, make_refused, make_verified_account, recommendation
from tests.revision_cases import ASKED_AT, ask_revision

pytestmark = pytest.mark.engine
YEAR = fiscal_year_of(local_date(NOW))


def told(session: Session, case: CaseFile) -> CaseFile:
    """The organization has read the decision on this file."""
    decision = session.scalars(select(Decision).where(Decision.case_file_id == case.id)).one()
    decision.first_read_at = decision.decided_at + timedelta(hours=1)
    decision.first_read_by_id = case.first.application.sent_by_id
    session.commit()
    return case


def numbers(session: Session) -> list[tuple[str, str]]:
    return [(one.number, one.first_number) for one in open_data.grants(session, YEAR)]


def member_of(session: Session, name: str) -> Actor:
    return make_member(session, make_organization(session, name))


def test_only_what_was_granted_and_told(session: Session) -> None:
    told(session, make_refused(session, member_of(session, "Les refusés")))
    untold = make_granted(session, member_of(session, "Pas encore avisé"))
    assert open_data.grants(session, YEAR) == []
    assert open_data.years(session) == []
    told(session, untold)
    (grant,) = open_data.grants(session, YEAR)
    assert (grant.number, grant.organization) == (untold.number, "Pas encore avisé")
    assert (grant.granted_cents, grant.paid_cents, grant.starts_on) == (AMOUNT, 0, None)
    assert open_data.years(session) == [YEAR]
    assert open_data.grants(session, fiscal_year(2020)) == []


def test_paid_is_what_left_for_the_bank(session: Session) -> None:
    version = make_agreed(session)
    make_verified_account(session, version.organization_id)
    first, _ = instalments(session, version)
    make_released(session, make_preparer(session), make_approver(session), first)
    (grant,) = open_data.grants(session, YEAR)
    assert grant.number == file_of(session, version).number, "an agreement issued was told"
    assert grant.paid_cents == first.amount_cents
    assert grant.starts_on == version.starts_on


def test_a_revision_adds_a_line_and_never_shows_a_refusal(session: Session) -> None:
    refused_member, part_member = member_of(session, "Refusé"), member_of(session, "En partie")
    refused = told(session, make_refused(session, refused_member))
    part = told(session, make_granted(session, part_member, amount_cents=PART))
    grant_revision(session, refused, refused_member, AMOUNT)
    revision = grant_revision(session, part, part_member, AMOUNT - PART)
    assert sorted(numbers(session)) == sorted(
        [(refused.number, ""), (part.number, ""), (revision.number, part.number)]
    )


def grant_revision(session: Session, first: CaseFile, member: Actor, cents: int) -> CaseFile:
    """A revision of this file that another advisor and another decider grant, and that was read."""
    case = ask_revision(session, first, member)
    advisor = make_staff(session, "Paul Roy", "advisor")
    assign(session, case, advisor, ASKED_AT)
    session.add(recommendation(case, advisor, "accepted", cents))
    case.status = "recommended"
    session.commit()
    make_decided(session, None, None, "accepted", cents, case=case)
    return told(session, case)
