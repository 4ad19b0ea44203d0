"""Where an organization is paid: one gives, another verifies, and only the newest counts."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.bank_accounts import BankAccount, from_text
from grants.domain.errors import DomainError, Refusal
from grants.models.organizations import Organization
from grants.models.payments import BankDetails, BankProfile, BankVerification, Batch, Payment
from grants.models.people import ConflictOfInterest
from grants.models.trail import JournalEvent
from grants.operations import bank_details as acts
from grants.operations.bank_details import VerificationDetails
from grants.queries import bank_details as queries
from grants.unit_of_work import saving
from tests.account_cases import FIRST, OTHER, give, leave, public_id, verify
from tests.cases import make_case
from tests.factories import NOW, make_member, make_staff, unique
from tests.money_cases import make_granted, make_signed

pytestmark = pytest.mark.engine


@pytest.fixture
def member(session: Session) -> Actor:
    return make_member(session)


@pytest.fixture
def finance(session: Session, member: Actor) -> Actor:
    make_case(session, member)
    return make_staff(session, "Réjean Kirouac", "finance_preparer")


def refused(session: Session) -> str:
    query = select(JournalEvent.facts).where(JournalEvent.kind == "refused")
    return session.scalars(query.order_by(JournalEvent.id.desc())).first()


def test_an_account_is_given_then_verified_by_another_person(
    session: Session, member: Actor, finance: Actor
) -> None:
    version_id = give(member)
    row = session.get_one(BankDetails, version_id)
    assert (from_text(row.account), row.account_end) == (FIRST, "345")
    assert verify(finance, version_id) == "COMITE LOGEMENT"
    assert verify(finance, version_id) == "COMITE LOGEMENT", "a second post changes nothing"
    kinds = select(JournalEvent.kind, JournalEvent.actor_id).order_by(JournalEvent.id.desc())
    assert [tuple(line) for line in session.execute(kinds.limit(2))] == [
        ("bank_details_verified", finance.person_id),
        ("bank_details_given", member.person_id),
    ]
    shown = queries.present(session, member.organization_id, actor=member)
    assert (shown.end, shown.verified_at, shown.payee_name) == ("345", NOW, "COMITE LOGEMENT")


def test_the_same_page_gives_one_version_and_no_other_person_takes_it(
    session: Session, member: Actor
) -> None:
    page = unique()
    assert give(member, public_id=page) == give(member, OTHER, public_id=page)
    assert session.scalar(select(func.count(BankDetails.id))) == 1
    with pytest.raises(Refusal, match="not_allowed"):
        give(make_member(session), public_id=page)


def test_an_account_that_works_is_given_again_only_after_a_payment_came_back(
    session: Session, member: Actor, finance: Actor
) -> None:
    give(member)
    version_id = give(member, FIRST)
    verify(finance, version_id)
    with pytest.raises(DomainError, match="same_account"):
        give(member, FIRST)
    returned(session, member, version_id, finance)
    assert give(member, FIRST) > version_id


def returned(session: Session, member: Actor, version_id: int, preparer: Actor) -> None:
    """A payment to this account that left in a file, and that the bank sent back."""
    batch = prepared_batch(session, preparer)
    agreement = make_signed(session, make_granted(session, member))
    instalment = agreement.instalments[0]
    payment = Payment(
        public_id=unique(),
        batch_id=batch.id,
        instalment_id=instalment.id,
        agreement_version_id=agreement.id,
        signature_id=agreement.signature.id,
        organization_id=member.organization_id,
        bank_details_id=version_id,
        amount_cents=instalment.amount_cents,
        reference="V1",
        status="prepared",
    )
    session.add(payment)
    session.flush()
    release(session, batch, preparer)
    payment.status = "released"
    session.flush()
    payment.status, payment.return_code, payment.returned_on = "returned", "905", NOW.date()
    session.commit()


def release(session: Session, batch: Batch, preparer: Actor) -> None:
    approver = make_staff(session, "Paul Roy", "finance_approver")
    batch.status, batch.approved_by_id, batch.approved_at = "approved", approver.person_id, NOW
    batch.approved_version = 1
    session.flush()
    batch.cycle, batch.file_number, batch.release_asked_at = 1, 1, NOW
    batch.release_asked_by_id = preparer.person_id
    batch.status, batch.released_at, batch.storage_key = "released", NOW, unique()
    batch.file_sha256, batch.file_size = "a" * 64, 4392
    session.flush()


def prepared_batch(session: Session, preparer: Actor) -> Batch:
    profile = select(BankProfile.id).where(BankProfile.secretariat_id == preparer.secretariat_id)
    batch = Batch(
        public_id=unique(),
        number="LOT-2026-0001",
        secretariat_id=preparer.secretariat_id,
        profile_id=session.scalars(profile).one(),
        status="prepared",
        funds_on=NOW.date(),
        prepared_by_id=preparer.person_id,
        prepared_at=NOW,
        edited_by_id=preparer.person_id,
        edited_at=NOW,
    )
    session.add(batch)
    session.flush()
    return batch


def test_only_the_newest_is_verified_and_never_by_who_entered_it(
    session: Session, member: Actor, finance: Actor
) -> None:
    first = give(member)
    second = give(member, OTHER)
    with pytest.raises(Refusal, match="newer_account"):
        verify(finance, first)
    assert "newer_account" in refused(session)
    verify(finance, second)
    with pytest.raises(Refusal, match="already_verified"):
        verify(make_staff(session, "Aude Roy", "finance_preparer"), second)
    assert session.scalar(select(func.count(BankVerification.bank_details_id))) == 1


def test_finance_enters_what_came_on_paper_and_somebody_else_verifies(
    session: Session, member: Actor, finance: Actor
) -> None:
    own = {"organization_id": member.organization_id}
    with pytest.raises(Refusal, match="organization_online"):
        give(finance, **own)
    leave(session, member)
    version_id = give(finance, **own)
    assert queries.present(session, member.organization_id, actor=finance).on_paper
    for refusing in (verify, shown):
        with pytest.raises(Refusal, match="entered_by_you"):
            refusing(finance, version_id)
    verify(make_staff(session, "Aude Roy", "finance_preparer"), version_id)


def shown(actor: Actor, version_id: int) -> BankAccount:
    with saving() as act:
        return acts.show(act, version_id, actor=actor, now=NOW)


def test_the_whole_account_is_shown_to_who_verifies_it_and_journaled(
    session: Session, member: Actor, finance: Actor
) -> None:
    version_id = give(member)
    assert shown(finance, version_id) == FIRST
    line = session.scalars(select(JournalEvent).filter_by(kind="account_shown")).one()
    assert line.actor_id == finance.person_id and "12345" not in line.facts
    verify(finance, version_id)
    with pytest.raises(Refusal, match="already_verified"):
        shown(finance, version_id)


def test_nobody_else_gives(session: Session, member: Actor) -> None:
    writer = make_member(session, session.get_one(Organization, member.organization_id), "writer")
    with pytest.raises(Refusal, match="not_allowed"):
        give(writer)
    with pytest.raises(Refusal, match="not_allowed"):
        give(make_member(session), organization_id=member.organization_id)


def test_nobody_else_sees_or_verifies(session: Session, member: Actor, finance: Actor) -> None:
    version_id = give(member)
    sct = make_staff(session, "Léo Aubin", "finance_preparer", secretariat="SCT")
    approver = make_staff(session, "Paul Roy", "finance_approver")
    strangers = dict.fromkeys((member, approver, sct), "not_allowed")
    for actor, code in {**strangers, tied(session, member): "conflict_declared"}.items():
        for refusing in (verify, shown):
            with pytest.raises(Refusal, match=code):
                refusing(actor, version_id)
    assert queries.one(session, public_id(session, version_id), actor=sct) is None
    assert queries.history(session, member.organization_id, actor=make_member(session)) == []


def tied(session: Session, member: Actor) -> Actor:
    """Somebody of finance who declared a tie with this organization."""
    actor = make_staff(session, "Aude Roy", "finance_preparer")
    tie = ConflictOfInterest(
        person_id=actor.person_id,
        organization_id=member.organization_id,
        reason="Ancien emploi",
        declared_at=NOW,
    )
    session.add(tie)
    session.commit()
    return actor


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (VerificationDetails("Comité", "Lise"), "payee_name_invalid"),
        (VerificationDetails("COMITE", " "), "confirmed_with_required"),
        (VerificationDetails("COMITE", "x" * 121), "text_too_long"),
    ],
)
def test_what_the_call_confirmed_is_asked(
    session: Session, member: Actor, finance: Actor, details: VerificationDetails, code: str
) -> None:
    version_id = give(member)
    with pytest.raises(DomainError, match=code):
        verify(finance, version_id, details)
