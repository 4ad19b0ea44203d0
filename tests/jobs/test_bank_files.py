"""The bank file of a batch: what it says, made once, and nothing left by a worker that was lost."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.jobs import bank_files, handlers
from grants.models.payments import Batch
from grants.models.trail import OutboxRow
from grants.operations import outbox
from grants.queries import calendars
from grants.unit_of_work import saving
from tests import batch_cases
from tests.batch_cases import make_payable
from tests.documents.bank_file_parser import parse
from tests.jobs.rows import row_of

KIND = "file.batch"


@pytest.fixture
def asked(session: Session) -> Batch:
    """A batch of two payments whose file is owed."""
    now = datetime.now(UTC) - timedelta(minutes=1)
    preparer, approver = batch_cases.make_preparer(session), batch_cases.make_approver(session)
    funds_on = calendars.calendar(session).next_business_day(local_date(now))
    lines = [make_payable(session), make_payable(session, "Les Œuvres de l’Éveil")]
    batch = batch_cases.make_batch(session, preparer, *lines, funds_on=funds_on, now=now)
    batch_cases.approve(batch, approver, now)
    return batch_cases.ask(session, batch, approver, now)


def stored(app: Flask) -> list[Path]:
    root: Path = app.extensions["storage"].root
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.engine
def test_the_file_says_what_the_batch_says(app: Flask, session: Session, asked: Batch) -> None:
    handlers.run(row_of(session, KIND).id)
    batch = session.get_one(Batch, asked.id, populate_existing=True)
    content = app.extensions["storage"].get(batch.storage_key)
    assert (batch.status, batch.file_sha256) == ("released", sha256(content).hexdigest())
    assert batch.file_size == len(content)
    read = parse(content)
    rows = batch_cases.payments(session, batch)
    assert [one.reference for one in read.payments] == [one.reference for one in rows]
    assert sum(one.cents for one in read.payments) == sum(one.amount_cents for one in rows)
    assert {one.account for one in read.payments} == {"1234567"}


def test_of_two_workers_the_second_forgets_its_file(
    app: Flask, session: Session, asked: Batch
) -> None:
    before, batch_id = len(stored(app)), asked.id
    effects = [bank_files.bank_file(batch_id) for _ in range(2)]
    for effect in effects:
        with saving() as saved:
            effect.record(saved)
    assert len(stored(app)) == before + 1
    key = session.get_one(Batch, batch_id).storage_key
    assert app.extensions["storage"].get(key)
    assert bank_files.bank_file(batch_id) is bank_files.NOTHING


def test_a_lost_lease_leaves_neither_file_nor_status(
    app: Flask, session: Session, asked: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, batch_id = stored(app), asked.id

    def lost(*_arguments: object) -> None:
        raise outbox.LeaseLost("frozen too long")

    row_id = row_of(session, KIND).id
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "finish", lost)
        handlers.run(row_id)
    assert session.get_one(Batch, batch_id).status == "approved"
    assert stored(app) == before
    again = {"state": "waiting", "lease_id": None, "lease_until": None}
    session.execute(update(OutboxRow).where(OutboxRow.id == row_id).values(again))
    session.commit()
    handlers.run(row_id)
    assert session.get_one(Batch, batch_id, populate_existing=True).status == "released"
