"""`flask batch`: the list as programs read it, and the bytes of a file."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.extensions import db
from grants.jobs import handlers
from grants.models.payments import Batch
from grants.operations import batches
from grants.operations.batches import Seen
from grants.queries import calendars
from grants.unit_of_work import saving
from tests import batch_cases
from tests.batch_cases import make_batch, make_payable
from tests.jobs.rows import row_of


@pytest.fixture
def released(session: Session) -> Batch:
    """A released batch, a cancelled one, and one in preparation."""
    preparer, approver = batch_cases.make_preparer(session), batch_cases.make_approver(session)
    now = datetime.now(UTC) - timedelta(minutes=1)
    funds_on = calendars.calendar(session).next_business_day(local_date(now))
    batch = make_batch(session, preparer, make_payable(session), funds_on=funds_on, now=now)
    batch_cases.approve(batch, approver, now)
    batch_cases.ask(session, batch, approver, now)
    batch_id = batch.id
    line = make_payable(session)
    gone = make_batch(session, preparer, line, funds_on=funds_on, now=now)
    with saving() as saved:
        batches.cancel(saved, gone.id, Seen(gone.content_version), actor=preparer, now=now)
    make_batch(session, preparer, line, funds_on=funds_on, now=now)
    handlers.run(row_of(session, "file.batch").id)  # last, for it gives the session back
    return db.session().get_one(Batch, batch_id)


def test_batches_as_json_and_as_a_table(app: Flask, released: Batch) -> None:
    runner = app.test_cli_runner()
    listed = json.loads(runner.invoke(args=["batch", "list", "--json"]).stdout)
    assert listed == [
        {
            "number": "LOT-2026-0001",
            "status": "released",
            "payments": 1,
            "total_cents": 24_250_00,
            "file_creation_number": 1,
        },
        {
            "number": "LOT-2026-0003",
            "status": "prepared",
            "payments": 1,
            "total_cents": 24_250_00,
            "file_creation_number": None,
        },
    ]
    table = runner.invoke(args=["batch", "list"]).stdout.splitlines()
    cells = ["LOT-2026-0001", "released", "1", "24\u00a0250,00\u00a0$", "0001"]
    assert re.split(" {2,}", table[1]) == cells


def test_the_stored_bytes(app: Flask, released: Batch) -> None:
    runner = app.test_cli_runner()
    answer = runner.invoke(args=["batch", "file", released.number])
    assert answer.stdout_bytes == app.extensions["storage"].get(released.storage_key)
    for number in ("LOT-2026-0003", "LOT-2026-0099"):
        answer = runner.invoke(args=["batch", "file", number])
        assert (answer.exit_code, answer.stdout_bytes) == (1, b"")
        assert number in answer.stderr
