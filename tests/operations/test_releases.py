"""Releases: asked once by a confirmed person, numbered without a gap, settled as a whole."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Status
from grants.models.agreements import Instalment
from grants.models.clocks import Clock
from grants.models.messages import Message
from grants.models.payments import BankProfile, Batch
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import batches, instalments
from grants.operations.batches import ReleaseDetails, Seen
from grants.unit_of_work import saving
from tests import batch_cases
from tests.batch_cases import LATER, approve, ask, make_batch, make_payable, release
from tests.factories import unique


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
def batch(session: Session, rejean: Actor, line: Instalment) -> Batch:
    return make_batch(session, rejean, line)


def refused(code: str) -> object:
    return pytest.raises(DomainError, match=f"^{code}$")


def test_a_release_needs_a_fresh_confirmation(
    session: Session, maelle: Actor, batch: Batch
) -> None:
    approve(batch, maelle)
    details = ReleaseDetails(batch.content_version, None)
    with refused("identity_not_confirmed"), saving() as saved:
        batches.ask_release(saved, batch.id, details, actor=maelle, now=LATER)
    assert ask(session, batch, maelle).file_number == 1


def test_asked_once_and_frozen(
    session: Session, rejean: Actor, maelle: Actor, batch: Batch
) -> None:
    approve(batch, maelle)
    assert ask(session, batch, maelle).file_number == ask(session, batch, maelle).file_number == 1
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == "file.batch")).all()
    assert [row.ref for row in rows] == [batch.id]
    with refused("batch_closed"), saving() as saved:
        batches.cancel(saved, batch.id, Seen(batch.content_version), actor=rejean, now=LATER)


def test_numbers_roll_over_without_a_gap(session: Session, rejean: Actor, maelle: Actor) -> None:
    session.scalars(select(BankProfile)).one().last_number = 9999
    session.commit()
    given = []
    for _ in range(2):
        batch = make_batch(session, rejean, make_payable(session))
        approve(batch, maelle)
        ask(session, batch, maelle)
        given.append((batch.cycle, batch.file_number))
    assert given == [(2, 1), (2, 2)]


@pytest.mark.engine
def test_a_release_pays_stops_the_promise_and_tells(
    session: Session, rejean: Actor, maelle: Actor, line: Instalment, batch: Batch
) -> None:
    approve(batch, maelle)
    ask(session, batch, maelle)
    assert release(session, batch) is True
    assert release(session, batch) is False
    case = batch_cases.file_of(session, batch_cases.version_of(session, line))
    assert {row.status for row in batch_cases.payments(session, batch)} == {"released"}
    assert (case.status, case.closed_at) == (Status.SIGNED, None)
    clock = session.scalars(select(Clock).where(Clock.stop_event == "funds_available")).one()
    assert clock.stopped_at is not None
    assert clock.stopped_at.isoformat() == "2026-12-01T05:00:00+00:00"
    message = session.scalars(select(Message).where(Message.kind == "payment")).one()
    assert message.facts == {
        "amount_cents": line.amount_cents,
        "payments": 1,
        "funds_on": "2026-12-01",
        "is_complete": False,
    }
    keys = session.scalars(select(OutboxRow.key)).all()
    assert keys.count(f"message:{message.public_id}") == 1
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert (kinds.count("payment_released"), kinds.count("batch_released")) == (1, 1)


@pytest.mark.engine
def test_the_last_instalment_closes_the_file(
    session: Session, rejean: Actor, maelle: Actor, line: Instalment
) -> None:
    version = batch_cases.version_of(session, line)
    second = batch_cases.instalments(session, version)[1]
    case = batch_cases.file_of(session, version)
    odile = batch_cases.make_staff(session, "Odile", "advisor")
    with pytest.raises(Refusal, match="not_your_file"), saving() as saved:
        instalments.confirm_condition(saved, second.id, actor=odile, now=LATER)
    advisor = Actor(
        person_id=case.advisor_id, secretariat_id=case.secretariat_id, roles=odile.roles
    )
    with saving() as saved:
        instalments.confirm_condition(saved, second.id, actor=advisor, now=LATER)
    before = case.version
    batch_cases.make_released(session, rejean, maelle, line, second)
    case = batch_cases.file_of(session, version)
    assert (case.status, case.closed_at) == (Status.PAID, LATER)
    assert case.version > before
    assert case.next_due_at > LATER + timedelta(days=1)
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("grant_paid") == 1


def test_a_file_that_differs_releases_nothing(
    session: Session, maelle: Actor, batch: Batch
) -> None:
    approve(batch, maelle)
    ask(session, batch, maelle)
    wrong = batches.FileTotals(1, 1, 1, "f" * 64)
    stored = batches.Stored(unique(), "f" * 64, 4392)
    with refused("bank_file_differs"), saving() as saved:
        batches.release(saved, batch.id, stored, wrong, actor=maelle, now=LATER)
    session.refresh(batch)
    assert batch.status == "approved"
