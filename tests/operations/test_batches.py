"""Batches: prepared, edited, approved; each rule refused once, each race settled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.models.agreements import Instalment
from grants.models.payments import Batch, Payment
from grants.models.people import ConflictOfInterest
from grants.operations import batch_lines, batches
from grants.operations.batches import AddDetails, BatchDetails, RemoveDetails, Seen
from grants.queries import payable
from grants.unit_of_work import saving
from tests import batch_cases
from tests.batch_cases import FUNDS_ON, LATER, approve, make_batch, make_payable
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


def test_a_batch_holds_its_lines_with_their_references(
    session: Session, rejean: Actor, line: Instalment
) -> None:
    other = make_payable(session, "Les Œuvres de l’Éveil")
    batch = make_batch(session, rejean, other, line)
    rows = batch_cases.payments(session, batch)
    assert batch.number == "LOT-2026-0001"
    assert [row.reference for row in rows] == ["2026-0001-00001", "2026-0001-00002"]
    assert [row.instalment_id for row in rows] == sorted([line.id, other.id])
    assert {row.status for row in rows} == {"prepared"}


def test_the_same_page_twice_is_one_batch(
    session: Session, rejean: Actor, line: Instalment
) -> None:
    details = BatchDetails(unique(), FUNDS_ON, [line.id])
    ids = set()
    for _ in range(2):
        with saving() as saved:
            ids.add(batches.prepare(saved, details, actor=rejean, now=LATER).id)
    assert len(ids) == 1
    assert len(session.scalars(select(Payment)).all()) == 1


@pytest.mark.engine
def test_a_line_stands_in_one_live_batch(
    session: Session, rejean: Actor, line: Instalment, batch: Batch
) -> None:
    with refused("already_in_batch"):
        make_batch(session, rejean, line)


@pytest.mark.engine
def test_the_index_is_the_wall_behind_the_rule(
    session: Session, rejean: Actor, line: Instalment, batch: Batch
) -> None:
    lines = list(payable.lines(session, [line.id], actor=rejean))
    with pytest.raises(DomainError) as told, saving() as saved:
        batch_lines.write(saved, batch, lines, rejean)
    assert told.value.code == "already_in_batch"
    assert told.value.facts == {"case_number": lines[0].case_number}


@pytest.mark.parametrize(
    ("funds_on", "code"),
    [
        (date(2026, 11, 24), "funds_in_past"),
        (date(2026, 11, 28), "funds_not_business_day"),
        (date(2027, 5, 21), "funds_too_far"),
    ],
)
def test_the_funds_date(
    session: Session, rejean: Actor, line: Instalment, funds_on: date, code: str
) -> None:
    with refused(code):
        make_batch(session, rejean, line, funds_on=funds_on)


def test_what_blocks_a_line(session: Session, rejean: Actor) -> None:
    version = batch_cases.make_agreed(session)
    first, second = batch_cases.instalments(session, version)
    with refused("account_missing"):
        make_batch(session, rejean, first)
    batch_cases.make_verified_account(session, version.organization_id)
    with refused("condition_not_met"):
        make_batch(session, rejean, second)
    batch_cases.another_account(session, version.organization_id)
    with refused("account_unverified"):
        make_batch(session, rejean, first)


def test_a_person_tied_to_an_organization_pays_it_nothing(
    session: Session, rejean: Actor, line: Instalment
) -> None:
    tie = {"organization_id": batch_cases.version_of(session, line).organization_id}
    session.add(
        ConflictOfInterest(person_id=rejean.person_id, reason="Ma sœur", declared_at=LATER, **tie)
    )
    session.commit()
    with refused("conflict_declared"):
        make_batch(session, rejean, line)


@pytest.mark.engine
def test_an_edit_takes_the_approval_back(
    session: Session, rejean: Actor, maelle: Actor, batch: Batch
) -> None:
    approve(batch, maelle)
    seen = batch.content_version
    other = make_payable(session, "Ateliers du Ruisseau-Neuf")
    add = AddDetails([other.id], seen)
    for _ in range(2):
        with saving() as saved:
            batches.add(saved, batch.id, add, actor=rejean, now=LATER)
    assert (batch.status, batch.approved_by_id) == ("prepared", None)
    assert batch.content_version == seen + 1
    with refused("stale_batch"), saving() as saved:
        batches.approve(saved, batch.id, Seen(seen), actor=maelle, now=LATER)
    approve(batch, maelle)
    assert batch.approved_version == batch.content_version


def test_a_removed_line_comes_back(
    session: Session, rejean: Actor, maelle: Actor, line: Instalment, batch: Batch
) -> None:
    payment = batch_cases.payments(session, batch)[0]
    for _ in range(2):
        with saving() as saved:
            batches.remove(saved, batch.id, RemoveDetails(payment.id), actor=rejean, now=LATER)
    with refused("batch_empty"):
        approve(batch, maelle)
    assert make_batch(session, rejean, line).number == "LOT-2026-0002"


def test_a_cancelled_batch_lets_its_lines_go(
    session: Session, rejean: Actor, maelle: Actor, line: Instalment, batch: Batch
) -> None:
    approve(batch, maelle)
    with saving() as saved:
        batches.cancel(saved, batch.id, Seen(batch.content_version), actor=rejean, now=LATER)
    assert batch.status == "cancelled"
    make_batch(session, rejean, line)


def test_who_may_not_approve(session: Session, line: Instalment) -> None:
    both = batch_cases.make_staff(session, "Sylvio Tardif", "finance_preparer", "finance_approver")
    other = batch_cases.make_preparer(session, "Odette Roy")
    own = make_batch(session, both, line)
    with refused("batch_prepared_by_you"):
        approve(own, both)
    edited = make_batch(session, other, make_payable(session), make_payable(session))
    last = batch_cases.payments(session, edited)[-1]
    with saving() as saved:
        batches.remove(saved, edited.id, RemoveDetails(last.id), actor=both, now=LATER)
    with refused("batch_edited_by_you"):
        approve(edited, both)
    verified = make_batch(session, other, make_payable(session, verifier=both))
    with refused("batch_account_by_you"):
        approve(verified, both)


def test_an_account_changed_meanwhile_stops_the_batch(
    session: Session, maelle: Actor, batch: Batch
) -> None:
    organization_id = batch_cases.payments(session, batch)[0].organization_id
    batch_cases.another_account(session, organization_id)
    with refused("account_unverified"):
        approve(batch, maelle)
    batch_cases.make_verified_account(session, organization_id)
    with refused("account_changed"):
        approve(batch, maelle)


@pytest.mark.engine
def test_two_clerks_at_once_prepare_one_payment(live_app: Callable[..., Flask]) -> None:
    app = live_app()
    with app.app_context():
        session = db.session()
        clerks = [batch_cases.make_preparer(session, name) for name in ("Réjean K", "Odette R")]
        line_id = make_payable(session).id
        db.session.remove()

    def prepare(clerk: Actor) -> str:
        with app.app_context():
            try:
                with saving() as saved:
                    details = BatchDetails(unique(), FUNDS_ON, [line_id])
                    batches.prepare(saved, details, actor=clerk, now=LATER)
            except DomainError as error:
                return error.code
            finally:
                db.session.remove()
        return "prepared"

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(prepare, clerks * 2))
    assert sorted(answers) == ["already_in_batch"] * 3 + ["prepared"]
    with app.app_context():
        assert len(db.session().scalars(select(Payment)).all()) == 1
