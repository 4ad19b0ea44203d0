"""A payment that came back: its file opens again, its instalment is paid again once."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import start_of_day
from grants.domain.errors import DomainError
from grants.domain.flow import Status
from grants.models.agreements import Instalment
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.payments import Batch, Payment
from grants.models.trail import JournalEvent
from grants.operations import conflicts, payment_returns
from grants.operations.conflicts import ConflictDetails
from grants.operations.payment_returns import ReturnDetails
from grants.unit_of_work import saving
from tests import batch_cases
from tests.batch_cases import LATER, make_batch, make_payable, make_released
from tests.cases import assign
from tests.factories import make_staff, unique
from tests.money_cases import make_verified_account

BACK = LATER + timedelta(days=7)
RETURNED = ReturnDetails("905", date(2026, 12, 2))


@pytest.fixture
def rejean(session: Session) -> Actor:
    return batch_cases.make_preparer(session)


@pytest.fixture
def maelle(session: Session) -> Actor:
    return batch_cases.make_approver(session)


@pytest.fixture
def line(session: Session) -> Instalment:
    return make_payable(session)


@pytest.fixture
def released(session: Session, rejean: Actor, maelle: Actor, line: Instalment) -> Batch:
    return make_released(session, rejean, maelle, line)


def come_back(
    session: Session, batch: Batch, actor: Actor, details: ReturnDetails = RETURNED
) -> Payment:
    payment_id = batch_cases.payments(session, batch)[0].id
    with saving() as saved:
        return payment_returns.record_return(saved, payment_id, details, actor=actor, now=BACK)


def test_a_return_reopens_tells_and_is_recorded_once(
    session: Session, rejean: Actor, line: Instalment, released: Batch
) -> None:
    for _ in range(2):
        come_back(session, released, rejean)
    payment = batch_cases.payments(session, released)[0]
    assert (payment.status, payment.return_code) == ("returned", "905")
    case = batch_cases.file_of(session, batch_cases.version_of(session, line))
    assert (case.status, case.closed_at) == (Status.SIGNED, None)
    kept = session.scalars(select(Clock).where(Clock.stop_event == "funds_available")).one()
    assert kept.stopped_at is not None, "the promise is measured on the first payment"
    told = session.scalars(select(Message).where(Message.kind == "payment_returned")).one()
    assert told.facts["new_details"] is True and told.facts["code"] == "905"
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("payment_returned") == 1
    with pytest.raises(DomainError, match="payment_not_released"):
        come_back(session, released, rejean, ReturnDetails("902", date(2026, 12, 2)))


@pytest.mark.engine
def test_paid_again_once_to_another_account(
    session: Session, rejean: Actor, maelle: Actor, line: Instalment, released: Batch
) -> None:
    first = come_back(session, released, rejean)
    with pytest.raises(DomainError, match="returned_account"):
        make_batch(session, rejean, line, now=BACK, funds_on=date(2026, 12, 10))
    make_verified_account(session, first.organization_id)
    again = make_batch(session, rejean, line, now=BACK, funds_on=date(2026, 12, 10))
    payment = batch_cases.payments(session, again)[0]
    assert (payment.reissue_of, payment.reissued_status) == (first.id, "returned")
    assert payment.reference != first.reference
    with pytest.raises(DomainError, match="already_in_batch"):
        make_batch(session, rejean, line, now=BACK, funds_on=date(2026, 12, 10))
    session.add(_twin(payment))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def _twin(payment: Payment) -> Payment:
    """The same payment again, past every rule but the database's."""
    kept = (
        "batch_id",
        "instalment_id",
        "agreement_version_id",
        "signature_id",
        "organization_id",
        "bank_details_id",
        "amount_cents",
        "status",
        "reissue_of",
        "reissued_status",
    )
    values = {name: getattr(payment, name) for name in kept}
    return Payment(public_id=unique(), reference="2026-0009-00009", **values)


@pytest.mark.parametrize(
    ("details", "code"),
    [
        (ReturnDetails("901", date(2026, 12, 2)), "return_code_unknown"),
        (ReturnDetails("905", date(2026, 11, 24)), "returned_before_release"),
        (ReturnDetails("905", date(2026, 12, 3)), "date_in_future"),
    ],
)
def test_what_a_bank_cannot_say(
    session: Session, rejean: Actor, released: Batch, details: ReturnDetails, code: str
) -> None:
    with pytest.raises(DomainError, match=code):
        come_back(session, released, rejean, details)


def test_a_payment_stopped_by_the_client_keeps_its_account(
    session: Session, rejean: Actor, line: Instalment, released: Batch
) -> None:
    come_back(session, released, rejean, ReturnDetails("903", date(2026, 12, 2)))
    again = make_batch(session, rejean, line, now=BACK, funds_on=date(2026, 12, 10))
    assert batch_cases.payments(session, again)[0].reissue_of is not None


def test_an_advisor_with_a_tie_does_not_get_the_file_back(
    session: Session, rejean: Actor, line: Instalment, released: Batch
) -> None:
    version = batch_cases.version_of(session, line)
    case = batch_cases.file_of(session, version)
    advisor = make_staff(session, "Solange Thériault", "advisor")
    assign(session, case, advisor, LATER)
    case.status, case.closed_at, case_id = "paid", LATER, case.id
    session.commit()
    details = ConflictDetails("Ma sœur y travaille.")
    with saving() as saved:
        assert conflicts.declare(saved, case_id, details, actor=advisor, now=BACK) == 0
    come_back(session, released, rejean)
    assert batch_cases.file_of(session, version).advisor_id is None


@pytest.mark.engine
def test_the_promise_stops_at_the_last_funds_date_whatever_the_order(
    session: Session, rejean: Actor, maelle: Actor, line: Instalment
) -> None:
    """Two unconditional instalments: one leaves later with its funds first; one comes back."""
    kept = {
        name: getattr(line, name)
        for name in ("agreement_version_id", "amount_cents", "planned_on", "fiscal_year")
    }
    other = Instalment(public_id=unique(), rank=3, condition=None, **kept)
    session.add(other)
    session.commit()
    first = make_released(session, rejean, maelle, line, funds_on=date(2026, 12, 8))
    clock = select(Clock.stopped_at).where(Clock.stop_event == "funds_available")
    assert session.scalar(clock) is None
    come_back(session, first, rejean, ReturnDetails("903", date(2026, 12, 2)))
    make_released(session, rejean, maelle, other, funds_on=date(2026, 12, 1))
    stopped = session.scalars(select(Clock.stopped_at).where(Clock.stop_event.is_not(None))).all()
    assert start_of_day(date(2026, 12, 8)) in stopped
