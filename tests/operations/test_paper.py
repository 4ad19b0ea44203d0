"""Applications on paper: same file, same clocks, the true receipt and channel."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.drafts import Attachment
from grants.models.messages import Message
from grants.models.organizations import Organization
from grants.models.trail import OutboxRow
from grants.operations import paper
from grants.operations.attachments import FileDetails
from grants.operations.paper import PaperDetails
from grants.unit_of_work import saving
from tests.factories import NOW, make_call, make_organization, make_staff, unique

RECEIVED = NOW - timedelta(days=4)
pytestmark = pytest.mark.engine


@pytest.fixture
def agent(session: Session) -> Actor:
    return make_staff(session, "Rose Auger", "information_agent")


@pytest.fixture
def details(session: Session) -> PaperDetails:
    return PaperDetails(
        public_id=unique(),
        call_id=make_call(session).id,
        channel="post",
        received_at=RECEIVED,
        neq="1144 556 677",
        amount="48 500,00 $",
        legal_name="Entraide Val-Boréal",
        email="bonjour@val-boreal.exemple",
        phone="418 555-0112",
        answers={"address_line1": "12, rue du Moulin", "postal_code": ""},
    )


def enter(details: PaperDetails, actor: Actor) -> CaseFile:
    with saving() as saved:
        return paper.record(saved, details, actor=actor, now=NOW)


def test_the_clock_starts_at_the_true_receipt(
    session: Session, agent: Actor, details: PaperDetails
) -> None:
    case = enter(details, agent)
    assert (case.channel, case.received_at, case.entered_at) == ("post", RECEIVED, NOW)
    clock = session.scalars(select(Clock).where(Clock.case_file_id == case.id)).one()
    assert clock.received_at == RECEIVED
    assert case.next_due_at == clock.due_at
    assert case.application.amount_cents == 48_500_00
    assert case.application.answers["address_line1"] == "12, rue du Moulin"
    assert case.organization.search_name == "entraide val-boreal"


def test_an_address_gets_a_mail_and_none_waits_for_a_letter(
    session: Session, agent: Actor, details: PaperDetails
) -> None:
    with_mail = enter(details, agent)
    message = session.scalars(select(Message).where(Message.case_file_id == with_mail.id)).one()
    assert message.recipient == "bonjour@val-boreal.exemple"
    without = enter(replace(details, public_id=unique(), neq="1144556678", email=""), agent)
    query = select(func.count()).where(Message.case_file_id == without.id)
    assert session.scalar(query) == 0


def test_the_proof_of_deposit_is_owed(
    session: Session, agent: Actor, details: PaperDetails
) -> None:
    case = enter(details, agent)
    owed = select(OutboxRow.ref).where(OutboxRow.kind == "pdf.deposit_proof")
    assert session.scalars(owed).one() == case.id


def test_a_known_organization_is_found_by_its_number(
    session: Session, agent: Actor, details: PaperDetails
) -> None:
    known = make_organization(session, "Maison des aînés du Grand-Pré")
    case = enter(replace(details, neq=known.neq, legal_name=""), agent)
    assert case.organization_id == known.id
    assert session.scalar(select(func.count()).select_from(Organization)) == 1


def test_a_second_post_opens_no_second_file(
    session: Session, agent: Actor, details: PaperDetails
) -> None:
    first = enter(details, agent)
    assert enter(details, agent).id == first.id
    assert session.scalar(select(func.count()).select_from(CaseFile)) == 1


def test_a_scan_follows_the_file(session: Session, agent: Actor, details: PaperDetails) -> None:
    scan = FileDetails(
        unique(), paper.SCAN, "demande.pdf", "application/pdf", 9_000, "b" * 64, unique()
    )
    case = enter(replace(details, scan=scan), agent)
    kept = session.scalars(select(Attachment)).one()
    assert (kept.case_file_id, kept.draft_id, kept.field_key) == (case.id, None, paper.SCAN)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"channel": "web"}, "channel_unknown"),
        ({"received_at": NOW + timedelta(hours=1)}, "receipt_in_future"),
        ({"amount": "beaucoup"}, "money_format"),
        ({"amount": "0"}, "amount_unreadable"),
        ({"neq": "12"}, "neq_length"),
        ({"legal_name": ""}, "legal_name_length"),
        ({"email": "nulle part"}, "email_format"),
        ({"received_at": NOW - timedelta(days=60)}, "call_not_open"),
    ],
)
def test_what_cannot_be_recorded_is_refused(
    session: Session, agent: Actor, details: PaperDetails, change: dict[str, object], code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        enter(replace(details, **change), agent)
    assert session.scalar(select(func.count()).select_from(CaseFile)) == 0


def test_paper_of_another_secretariat_is_refused(session: Session, details: PaperDetails) -> None:
    stranger = make_staff(session, "Paul Roy", "information_agent", secretariat="SCT")
    with pytest.raises(Refusal, match="not_allowed"):
        enter(details, stranger)
