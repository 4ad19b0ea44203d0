"""Lists with a revision in them: its number, the application it is of, the amount asked there."""

import pytest
from sqlalchemy.orm import Session

from grants.domain.assignment import propose
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.queries import applications, case_files, desk, staff
from grants.queries.case_files import Filters
from grants.queries.desk import NOBODY
from tests.cases import AMOUNT
from tests.factories import NOW, make_member, make_staff
from tests.queries.test_desk import statements
from tests.revision_cases import make_revision

pytestmark = pytest.mark.engine


def test_every_list_shows_both_kinds(session: Session) -> None:
    member, odile = make_member(session), make_staff(session, "Odile Marchand", "advisor")
    revision = make_revision(session, member, odile)
    first = revision.first
    both = [(revision.number, first.number), (first.number, "")]
    with statements() as seen:
        found = case_files.page(session, Filters(), actor=odile).files
        queued = desk.page(session, odile, desk.Filters(NOBODY)).files
    assert len(seen) == 2
    assert [(line.number, line.first_number) for line in found] == both
    assert {line.amount_cents for line in found} == {AMOUNT}
    assert [(line.number, line.first_number) for line in queued] == both[:1]
    sent = applications.sent_by_organization(session, actor=member)
    assert [(line.number, line.first_number) for line in sent] == both
    for kind, expected in (("revision", both[:1]), ("application", both[1:]), ("none", [])):
        listed = case_files.page(session, Filters(kind=kind), actor=odile).files
        assert [(line.number, line.first_number) for line in listed] == expected
    typed = Filters(text=revision.number.replace("-", " ").lower())
    assert [line.id for line in case_files.page(session, typed, actor=odile).files] == [revision.id]
    same_call = (first.organization_id, first.call_id or 0)
    duplicates = case_files.of_organization(session, *same_call, actor=odile)
    assert [line.id for line in duplicates] == [first.id]


def test_a_revision_is_read_with_its_application(session: Session) -> None:
    member, odile = make_member(session), make_staff(session, "Odile Marchand", "advisor")
    key = make_revision(session, member, odile).public_id
    session.expire_all()
    for found in (
        case_files.one(session, key, actor=odile),
        applications.one(session, key, actor=member),
    ):
        assert found is not None and found.revision is not None and found.call is not None
        assert found.first.application.amount_cents == AMOUNT
    stranger = make_staff(session, "Paul Roy", "advisor", secretariat="SCT")
    assert case_files.one(session, key, actor=stranger) is None


def test_those_of_the_first_side_are_seen_as_barred(session: Session) -> None:
    odile = make_staff(session, "Odile Marchand", "advisor")
    irene = make_staff(session, "Irène Vallée", "decider", "advisor", title="Directrice")
    revision = make_revision(session, advisor=odile, decider=irene)
    everybody = staff.advisors(session, odile.secretariat_id, local_date(NOW))
    subject = staff.subject(revision)
    seen = staff.candidates(session, everybody, [subject])[revision.id]
    assert {one.name: one.barred for one in seen} == {
        "Irène Vallée": True,
        "Odile Marchand": True,
    }
    with pytest.raises(DomainError, match="nobody_possible"):
        propose(seen)
